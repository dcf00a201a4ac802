//! Roots and what only follows from them, late lines, wanted ends, and what stays known after it was put right.

use std::time::Duration;

use air780e_companion::{
    diagnosis::{Case, Course, Diagnosis, diagnose},
    modem::Modem,
    time::Moment,
};

/// What a recording of `said` comes to: each piece so many milliseconds after the one before, `>` for what was sent.
fn watched(pieces: &[(u64, &str)]) -> Diagnosis {
    watched_into(Course::default(), pieces)
}

fn watched_into(mut course: Course, pieces: &[(u64, &str)]) -> Diagnosis {
    let (mut modem, mut now) = (Modem::new(Moment::ZERO), Moment::ZERO);
    for (wait, piece) in pieces {
        now += Duration::from_millis(*wait);
        while let Some(due) = modem.poll_timeout().filter(|due| *due < now) {
            modem.handle_timeout(due);
        }
        match piece.strip_prefix('>') {
            Some(line) => modem.observe(now, format!("{line}\r").as_bytes()),
            None => modem.handle_bytes(now, format!("\r\n{piece}\r\n").as_bytes()),
        }
        while let Some(event) = modem.poll_event() {
            course.take(&event);
        }
    }
    diagnose(&Case { course: &course, now })
}

const SESSION: [(u64, &str); 9] = [
    (10, ">AT+MCONFIG=\"c\""),
    (10, "OK"),
    (10, ">AT+MIPSTART=\"broker.test\",1883"),
    (10, "OK"),
    (100, "CONNECT OK"),
    (10, ">AT+MCONNECT=1,120"),
    (10, "OK"),
    (60, "CONNACK OK"),
    (9_000, "+CSQ: 24,0"),
];

fn after_session(pieces: &[(u64, &str)]) -> Diagnosis {
    watched(&[&SESSION[..], pieces].concat())
}

#[test]
fn a_line_that_comes_late_and_lies_deeper_is_the_root() {
    let pulled = after_session(&[(0, "+CGEV: NW PDN DEACT 1"), (800, "+CPIN: SIM REMOVED 0")]);
    assert_eq!(pulled.cause().map(|finding| finding.id), Some("F-021"));
    assert_eq!(pulled.episodes.len(), 1, "{:?}", pulled.episodes);
    let alone = after_session(&[(0, "+CGEV: NW PDN DEACT 1")]);
    assert_eq!(alone.cause().map(|finding| finding.id), Some("F-049"));
}

#[test]
fn what_fails_after_a_loss_never_replaces_it() {
    let publish = ">AT+MPUB=\"a\",0,0,\"x\"";
    let lost = after_session(&[(0, "+CGEV: NW PDN DEACT 1"), (500, publish), (10, "+CME ERROR: 767")]);
    let [episode] = &lost.episodes[..] else { panic!("{:?}", lost.episodes) };
    assert_eq!(episode.findings[0].id, "F-049", "the loss first: {:?}", episode.findings);
    assert!(!episode.followers.is_empty(), "the refused publish follows from it");
}

#[test]
fn a_close_right_behind_what_was_sent_is_the_brokers_answer() {
    let subscribed = after_session(&[(0, ">AT+MSUB=\"a/b\",0"), (10, "OK"), (65, "CLOSED")]);
    assert_eq!(subscribed.cause().map(|finding| finding.id), Some("F-155"));
    let published = after_session(&[(0, ">AT+MPUB=\"a/b\",0,0,\"x\""), (10, "OK"), (65, "CLOSED")]);
    assert_eq!(published.cause().map(|finding| finding.id), Some("F-171"));
    let later = after_session(&[(0, ">AT+MPUB=\"a/b\",0,0,\"x\""), (10, "OK"), (7_000, "CLOSED")]);
    assert!(later.undecided.is_some(), "seven seconds later nothing decides: {:?}", later.findings);
}

#[test]
fn what_was_put_right_is_still_known() {
    let again: Vec<(u64, &str)> = [&[(0, "+CGEV: NW PDN DEACT 1")][..], &SESSION[..]].concat();
    let back = after_session(&again);
    assert_eq!(back.trouble, None);
    let [episode] = &back.episodes[..] else { panic!("{:?}", back.episodes) };
    assert!(episode.is_recovered && episode.end.is_some());
    assert_eq!(episode.findings[0].id, "F-049");
}

#[test]
fn an_end_that_was_asked_for_is_no_trouble() {
    let wanted = after_session(&[
        (0, ">AT+MDISCONNECT"),
        (10, "OK"),
        (30, "CLOSED"),
        (10, ">AT+MIPCLOSE"),
        (10, "+CME ERROR: 767"),
    ]);
    assert_eq!((wanted.trouble, wanted.episodes), (None, vec![]));
    let restarted = after_session(&[(0, ">AT+RESET"), (10, "OK"), (900, "^boot.rom'v'!\\n"), (900, "RDY")]);
    assert_eq!(restarted.cause().map(|finding| finding.id), Some("F-209"), "{:?}", restarted.findings);
}

#[test]
fn without_stamps_no_rule_reads_a_time_and_no_fact_shows_one() {
    let closed = [&SESSION[..], &[(0, ">AT+MSUB=\"a/b\",0"), (10, "OK"), (65, "CLOSED")]].concat();
    let untimed = watched_into(Course::untimed(), &closed);
    assert!(
        untimed.findings.iter().all(|one| one.evidence.iter().all(|fact| fact.at.is_none() && fact.took.is_none()))
    );
    assert!(untimed.undecided.is_some(), "65 ms are no fact here: {:?}", untimed.findings);
}
