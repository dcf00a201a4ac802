//! Messages to the module: cut, kept in its cache, lost with it, or left over from an older session.

use std::time::Duration;

use super::{ended, sent, told};
use crate::{
    air780e::verb::Verb,
    diagnosis::{Course, Fact, catalogue as c, messages::Arrived, suspects::Suspects},
    lang::Text,
    modem::event::ExchangeRecord,
    time::Moment,
};

/// A message that is shorter than it was: at the module's limit, or on the line.
pub(super) fn cut(course: &Course, suspects: &mut Suspects) {
    if let Some(short) = course.messages().arrived().rfind(|one| one.is_cut()) {
        let Arrived { topic, announced, bytes, .. } = short;
        let fact = told(
            short.at,
            Text::new("fact-reception-msub-bytes-announced-came")
                .put("topic", topic)
                .put("announced", announced)
                .put("bytes", bytes),
        );
        let cause =
            if course.status.printed_limits().contains(&short.bytes) { &c::MESSAGE_TOO_LONG } else { &c::UART_LOSS };
        suspects.seen(cause, [fact]);
    }
    let own = course.exchanges().rev().filter(|record| record.command.verb().publishes() && record.result.is_ok());
    let limits = course.status.printed_limits();
    let is_cut = |record: &ExchangeRecord| {
        let bytes = super::payload::length(&record.command)?;
        let topic = record.command.argument(0)?;
        let is_its = |one: &&Arrived| {
            one.topic == topic
                && one.at >= record.sent_at
                && limits.contains(&one.bytes)
                && one.bytes < bytes
                && one.announced == one.bytes
        };
        let back = course.messages().arrived().find(is_its)?;
        let fact = told(
            back.at,
            Text::new("fact-reception-msub-bytes-came-back")
                .put("topic", topic)
                .put("bytes", back.bytes)
                .put("whole", bytes),
        );
        Some([ended(record), fact])
    };
    if let Some(facts) = own.take(LOOKED_AT).find_map(is_cut) {
        suspects.seen(&c::MESSAGE_TOO_LONG, facts);
    }
}

/// Places of the cache are named, and nobody reads them.
pub(super) fn only_places(course: &Course, now: Moment, suspects: &mut Suspects) {
    // A session of this program reads its cache by itself.
    let is_own = course.last(|verb| verb == Verb::LogIn).is_some_and(|record| record.step.is_some());
    if is_own {
        return;
    }
    let is_read = |named: Moment| {
        course.messages().arrived().any(|one| one.at >= named)
            || course.exchanges().any(|record| record.command.verb() == Verb::Fetch && record.ended_at >= named)
    };
    let started = course.boots().back().copied().unwrap_or_default();
    let unread: Vec<Moment> = course.messages().named().filter(|named| *named >= started && !is_read(*named)).collect();
    let Some(first) = unread.first() else { return };
    if course.gap(*first, now).is_none_or(|gap| gap >= READ_BY) {
        let setting = course.last(|verb| verb == Verb::Reception).filter(|record| !record.command.is_question());
        suspects.seen(&c::CACHE_MODE, setting.map(sent).into_iter().chain(unread.iter().copied().map(place)));
    }
    if unread.len() > CACHE {
        suspects.seen(&c::CACHE_OVERRUN, unread[CACHE..].iter().copied().map(place));
    }
}

/// Reports of a message for whose place an older one made room.
pub(in super::super) fn overwriting(course: &Course) -> Vec<Fact> {
    let is_read = |from: Moment, to: Moment| {
        let within = |at: Moment| from < at && at <= to;
        course.exchanges().any(|record| record.command.verb() == Verb::Fetch && within(record.ended_at))
            || course.boots().iter().any(|boot| within(*boot))
    };
    let (mut unread, mut last, mut found) = (0, Moment::ZERO, Vec::new());
    for named in course.messages().named() {
        unread = if is_read(last, named) { 1 } else { unread + 1 };
        last = named;
        if unread > CACHE {
            found.push(place(named));
        }
    }
    found
}

fn place(at: Moment) -> Fact {
    told(at, Text::new("fact-reception-msub-names-place-cache"))
}

/// The cache held messages when the module started anew.
pub(super) fn lost(course: &Course, suspects: &mut Suspects) {
    let Some(boot) = course.boots().back() else { return };
    let count = course.status.lost_in_cache;
    let unread = course.messages().named().rfind(|named| named < boot).filter(|named| {
        let is_read = |at: Moment| at >= *named && at <= *boot;
        !course.messages().arrived().any(|one| is_read(one.at))
            && !course.exchanges().any(|record| record.command.verb() == Verb::Fetch && is_read(record.ended_at))
    });
    let facts = unread.map(place).into_iter().chain([Fact::at(*boot, "RDY")]);
    if count > 0 {
        suspects.seen(
            &c::CACHE_LOST,
            facts.chain([Fact::said(Text::new("fact-reception-messages-lay-cache").put("count", count))]),
        );
    } else if unread.is_some() {
        suspects.seen(&c::CACHE_LOST, facts);
    }
}

/// A login that keeps the old session, and many messages before anything was subscribed in this one.
pub(super) fn backlog(course: &Course, suspects: &mut Suspects) {
    let login = course
        .last(|verb| verb == Verb::LogIn)
        .filter(|record| record.result.is_ok() && record.command.argument(0) == Some("0"));
    let Some(login) = login else { return };
    let subscribed =
        course.exchanges().find(|record| record.command.verb() == Verb::Subscribe && record.sent_at > login.sent_at);
    let is_old = |at: Moment| at >= login.sent_at && subscribed.is_none_or(|record| at <= record.sent_at);
    let old: Vec<_> = course.messages().arrived().filter(|one| is_old(one.at)).collect();
    let is_too_much = old.len() >= BURST || (course.status.overwritten > 0 && !old.is_empty());
    if let Some(first) = old.first().filter(|_| is_too_much) {
        let (topic, count) = (&first.topic, old.len());
        let count = told(
            first.at,
            Text::new("fact-reception-messages-before-any-subscription").put("count", count).put("topic", topic),
        );
        suspects.likely(&c::OLD_SESSION, [ended(login), count]);
    }
}

/// Own messages that are looked at.
const LOOKED_AT: usize = 8;
/// Whoever reads the cache has read it by then.
const READ_BY: Duration = Duration::from_secs(5);
/// More old messages than a cache holds.
const BURST: usize = 5;

/// Messages that the module keeps (reference, section 11.7).
const CACHE: usize = 4;

#[cfg(test)]
mod tests {
    use super::{super::tests::Kit, *};
    use crate::{
        air780e::identity::Firmware,
        diagnosis::Certainty::{Likely, Seen},
        time::Observed,
    };

    #[test]
    fn a_message_cut_at_the_limit_is_too_long_and_one_cut_elsewhere_lost_bytes() {
        assert_eq!(Kit::default().receives("t", &[b'a'; 87], 100).rest(cut), [("F-019", Seen)]);
        assert_eq!(Kit::default().receives("t", &[b'a'; 1_360], 2_000).rest(cut), [("F-175", Seen)]);
        assert_eq!(Kit::default().receives("t", &[b'a'; 1_360], 1_360).rest(cut), []);
        let own = Kit::default().works("AT+MPUBEX=\"t\",0,0,1361", "OK").receives("t", &[b'a'; 1_360], 1_360);
        assert_eq!(own.rest(cut), [("F-175", Seen)]);
        let text = format!("AT+MPUB=\"t\",1,0,\"{}\"", "a".repeat(1_361));
        assert_eq!(
            Kit::default().works(&text, "PUBACK").receives("t", &[b'a'; 1_360], 1_360).rest(cut),
            [("F-175", Seen)]
        );
        let whole = Kit::default().works("AT+MPUBEX=\"t\",0,0,1360", "OK").receives("t", &[b'a'; 1_360], 1_360);
        assert_eq!(whole.rest(cut), []);
        let other = Kit::default().works("AT+MPUBEX=\"t\",0,0,1361", "OK").receives("u", &[b'a'; 1_360], 1_360);
        assert_eq!(other.rest(cut), []);
    }

    #[test]
    fn the_limit_of_another_model_is_no_reason() {
        let cut_at = |model: &str, bytes: usize| {
            let firmware = Observed::new(Firmware::parse(model), Moment::ZERO, "ATI");
            let kit = Kit::default().knows(|status| status.firmware = Some(firmware));
            kit.receives("t", &vec![b'a'; bytes], 5_000).rest(cut)
        };
        assert_eq!(cut_at("AirM2M_780E_V1169_LTE_AT", 1_360), [("F-175", Seen)]);
        assert_eq!(cut_at("AirM2M_780E_V1169_LTE_AT", 4_100), [("F-019", Seen)]);
        assert_eq!(cut_at("AirM2M_780EP_V1010_LTE_AT", 1_360), [("F-019", Seen)]);
        assert_eq!(cut_at("AirM2M_780EP_V1010_LTE_AT", 4_100), [("F-175", Seen)]);
        assert_eq!(cut_at("AirM2M_780EX_V1010_LTE_AT", 4_100), [("F-175", Seen)]);
    }

    #[test]
    fn places_that_nobody_reads_are_told_after_a_while() {
        let said = |kit: Kit| kit.rest(|course, suspects| only_places(course, kit.now(), suspects));
        let unread = || Kit::default().works("AT+MQTTMSGSET=1", "OK").hears("+MSUB: 0");
        assert_eq!(said(unread().later(6_000)), [("F-177", Seen)]);
        assert_eq!(said(unread().later(1_000)), []);
        assert_eq!(said(unread().works("AT+MQTTMSGGET", "OK").later(6_000)), []);
        assert_eq!(said(unread().receives("t", b"x", 1).later(6_000)), []);
        assert_eq!(said(Kit::default().later(6_000)), []);
    }

    #[test]
    fn a_restart_with_messages_in_the_cache_loses_them() {
        let unread = Kit::default().hears("+MSUB: 0").later(1_000).hears("RDY");
        assert_eq!(unread.rest(lost), [("F-178", Seen)]);
        let read = Kit::default().hears("+MSUB: 0").works("AT+MQTTMSGGET", "OK").hears("RDY");
        assert_eq!(read.rest(lost), []);
        assert_eq!(Kit::default().hears("RDY").rest(lost), []);
        assert_eq!(Kit::default().hears("RDY").knows(|status| status.lost_in_cache = 2).rest(lost), [("F-178", Seen)]);
    }

    #[test]
    fn a_backlog_is_told_when_the_login_kept_the_session() {
        let flood = |mut kit: Kit, count: usize| {
            for _ in 0..count {
                kit = kit.receives("t", b"x", 1);
            }
            kit
        };
        let kept = || Kit::default().logs_in("b", "AT+MCONNECT=0,120");
        assert_eq!(flood(kept(), 5).rest(backlog), [("F-150", Likely)]);
        assert_eq!(flood(kept(), 2).rest(backlog), [], "two left-over messages are what the setting is for");
        assert_eq!(flood(kept(), 2).knows(|status| status.overwritten = 1).rest(backlog), [("F-150", Likely)]);
        assert_eq!(flood(kept().works("AT+MSUB=\"t\",1", "SUBACK"), 9).rest(backlog), [], "asked for in this session");
        assert_eq!(flood(Kit::default().logs_in("b", "AT+MCONNECT=1,120"), 9).rest(backlog), []);
    }
}
