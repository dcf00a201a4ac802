//! Bytes that pass between somebody else's program and a module, through the core that watches them: marks that give a cause away.

use std::time::Duration;

use air780e_companion::{
    diagnosis::{Case, Certainty, Course, Diagnosis, diagnose},
    modem::Modem,
    time::Moment,
};

/// One piece of a recording.
enum Piece<'a> {
    /// Sent to the module.
    Sent(&'a [u8]),
    /// Said by the module.
    Said(&'a [u8]),
    /// So many milliseconds pass.
    Wait(u64),
}

use Piece::{Said, Sent, Wait};

/// What a recording comes to; every piece follows 10 ms after the one before.
fn judged(pieces: &[Piece<'_>]) -> Diagnosis {
    let (mut modem, mut course, mut now) = (Modem::new(Moment::ZERO), Course::default(), Moment::ZERO);
    for piece in pieces {
        now += Duration::from_millis(if let Wait(millis) = piece { *millis } else { 10 });
        while let Some(due) = modem.poll_timeout().filter(|due| *due < now) {
            modem.handle_timeout(due);
        }
        match piece {
            Sent(bytes) => modem.observe(now, bytes),
            Said(bytes) => modem.handle_bytes(now, bytes),
            Wait(_) => {}
        }
        while let Some(event) = modem.poll_event() {
            course.take(&event);
        }
    }
    diagnose(&case(&course, now))
}

fn case(course: &Course, now: Moment) -> Case<'_> {
    Case { course, now }
}

/// The causes that are named, the surest first.
fn named(pieces: &[Piece<'_>]) -> Vec<&'static str> {
    let findings = judged(pieces).findings;
    findings.iter().filter(|finding| finding.certainty != Certainty::Possible).map(|finding| finding.id).collect()
}

#[track_caller]
fn assert_named(id: &str, pieces: &[Piece<'_>]) {
    let named = named(pieces);
    assert!(named.contains(&id), "{id} is not among {named:?}");
}

const OK: Piece<'_> = Said(b"\r\nOK\r\n");
const OPEN: &[u8] = b"AT+MIPSTART=\"b\",1883\r";
const OPENED: Piece<'_> = Said(b"\r\nOK\r\n\r\nCONNECT OK\r\n");
const LOG_IN: Piece<'_> = Sent(b"AT+MCONNECT=1,120\r");
const LOGGED_IN: Piece<'_> = Said(b"\r\nOK\r\n\r\nCONNACK OK\r\n");

/// A login, and then `more`.
fn online<'a>(more: impl IntoIterator<Item = Piece<'a>>) -> Vec<Piece<'a>> {
    let login = [Sent(b"AT+MCONFIG=\"c\",\"u\",\"p\"\r"), OK, Sent(OPEN), OPENED, LOG_IN, LOGGED_IN];
    login.into_iter().chain(more).collect()
}

#[test]
fn a_client_id_in_gbk_closes_the_link() {
    let mut pieces = vec![Sent(b"AT+MCONFIG=\"\xb2\xe2\xca\xd4\",\"u\",\"p\"\r"), OK, Sent(OPEN), OPENED, LOG_IN];
    pieces.extend([OK, Wait(60), Said(b"\r\nCLOSED\r\n")]);
    assert_named("F-016", &pieces);
}

#[test]
fn two_lines_in_one() {
    assert_named("F-010", &[Sent(b"AT+MIPSTART=\"b\",1883AT+MCONNECT=1,120\r"), Said(b"\r\nERROR\r\n")]);
}

#[test]
fn a_setting_that_was_only_asked_for() {
    let pieces = [
        Sent(b"AT+SSLCFG=\"cacert\",88\r"),
        Said(b"\r\n+SSLCFG: \"cacert\",88,\"\"\r\n\r\nOK\r\n"),
        Sent(b"AT+SSLMIPSTART=\"b\",8883\r"),
        OK,
        Wait(700),
        Said(b"\r\nCONNECT FAIL\r\n"),
    ];
    assert_named("F-091", &pieces);
}

#[test]
fn data_at_the_wrong_moment_and_data_that_end_themselves() {
    let hasty =
        online([Sent(b"AT+MPUBEX=\"t\",0,0,5\r"), Said(b"\r\nERROR\r\n"), Sent(b"hello\r\n"), Said(b"\r\nERROR\r\n")]);
    assert_named("F-166", &hasty);
    let cut =
        online([Sent(b"AT+MPUBEX=\"t\",0,0\r"), Said(b"\r\n> "), Sent(b"ab\x1acd\r\n"), OK, Said(b"\r\nERROR\r\n")]);
    assert_named("F-167", &cut);
}

#[test]
fn a_message_that_overtakes_another() {
    let pieces = online([
        Sent(b"AT+MPUB=\"t\",1,0,\"a\"\r"),
        OK,
        Sent(b"AT+MPUB=\"t\",1,0,\"b\"\r"),
        Said(b"\r\n+CME ERROR: 767\r\n"),
    ]);
    assert_named("F-170", &pieces);
}

#[test]
fn text_in_hex_mode() {
    let pieces = online([Sent(b"AT+MQTTMODE=1\r"), OK, Sent(b"AT+MPUB=\"t\",0,0,\"hello\"\r"), Said(b"\r\nERROR\r\n")]);
    assert_named("F-173", &pieces);
}

#[test]
fn a_message_longer_than_the_module_prints() {
    let publish = format!("AT+MPUB=\"t\",0,0,\"{}\"\r", "a".repeat(1_361));
    let report = format!("\r\n+MSUB: \"t\",1360 byte,{}\r\n", "a".repeat(1_360));
    let subscribed = [Sent(b"AT+MSUB=\"t\",0\r"), Said(b"\r\nOK\r\n\r\nSUBACK\r\n")];
    let pieces = online(subscribed.into_iter().chain([Sent(publish.as_bytes()), OK, Said(report.as_bytes())]));
    assert_named("F-175", &pieces);
}

#[test]
fn places_of_the_cache_that_nobody_reads_and_that_a_start_empties() {
    let told = [
        Sent(b"AT+MQTTMSGSET=1\r"),
        OK,
        Said(b"\r\n+MSUB: 0\r\n"),
        Wait(8_000),
        Sent(b"AT+CSQ\r"),
        Said(b"\r\n+CSQ: 20,0\r\n\r\nOK\r\n"),
    ];
    assert_named("F-177", &online(told));
    let started = [Said(b"\r\n+MSUB: 0\r\n"), Wait(1_000), Said(b"\r\n^boot.rom'v'!\\n\r\nRDY\r\n"), Wait(9_000)];
    let started: Vec<_> = online(started).into_iter().chain(online([])).collect();
    assert_named("F-178", &started);
}

#[test]
fn a_line_that_came_too_early_and_a_start_that_was_asked_for() {
    let early =
        [Said(b"\r\nRDY\r\n"), Wait(1_500), Sent(b"AT+MCONFIG=\"c\",\"u\",\"p\"\r"), Said(b"\r\n+CME ERROR: 4\r\n")];
    assert_named("F-206", &early);
    let restart = online([Sent(b"AT+RESET\r"), OK, Wait(2_000), Said(b"\r\n^boot.rom'v'!\\n\r\nRDY\r\n"), Wait(2_000)]);
    assert_eq!(named(&restart).first(), Some(&"F-209"));
}

#[test]
fn an_application_that_refuses() {
    let report = br#"
+MSUB: "down",38 byte,{"code":460,"message":"no such field"}
"#;
    let subscribed = [Sent(b"AT+MSUB=\"down\",0\r"), Said(b"\r\nOK\r\n\r\nSUBACK\r\n")];
    let text = String::from_utf8_lossy(report).replace('\n', "\r\n");
    let pieces = online(subscribed.into_iter().chain([
        Sent(b"AT+MPUB=\"up\",1,0,\"x\"\r"),
        Said(b"\r\nOK\r\n\r\nPUBACK\r\n"),
        Said(text.as_bytes()),
    ]));
    assert_named("F-207", &pieces);
}

#[test]
fn another_vendors_module_and_a_second_broker() {
    let other =
        [Sent(b"AT+QMTOPEN=0,\"b\",1883\r"), OK, Said(b"\r\n+QMTOPEN: 0,0\r\n"), Sent(b"AT+QMTCONN=0,\"c\"\r"), OK];
    assert_named("F-208", &other);
    let second = online([Sent(b"AT+MIPSTART=\"two\",1883\r"), OK, Said(b"\r\nALREADY CONNECT\r\n")]);
    assert_named("F-068", &second);
}

#[test]
fn a_will_that_is_given_in_part() {
    let pieces = [Sent(b"AT+MCONFIG=\"c\",\"u\",\"p\",1,0,\"will\"\r"), OK, Sent(OPEN), OPENED, LOG_IN, LOGGED_IN];
    assert_named("F-198", &pieces);
}

#[test]
fn a_session_in_which_all_is_well_gives_no_mark() {
    let subscribed = [Sent(b"AT+MSUB=\"t\",0\r"), Said(b"\r\nOK\r\n\r\nSUBACK\r\n")];
    let published = [
        Sent(b"AT+MPUB=\"t\",1,0,\"hello\"\r"),
        Said(b"\r\nOK\r\n\r\nPUBACK\r\n"),
        Said(b"\r\n+MSUB: \"t\",5 byte,hello\r\n"),
    ];
    let data = [
        Sent(b"AT+MPUBEX=\"t\",0,0,5\r"),
        Said(b"\r\n> "),
        Sent(b"a\r\nbc"),
        OK,
        Said(b"\r\n+MSUB: \"t\",5 byte,a\r\nbc\r\n"),
    ];
    let pieces = online(subscribed.into_iter().chain(published).chain(data).chain([Wait(30_000)]));
    assert_eq!(named(&pieces), Vec::<&str>::new());
}
