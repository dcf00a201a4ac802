//! The will: given in part, come at the wrong moment, the same for two devices.

use std::time::Duration;

use super::{is_soon, sent};
use crate::{
    air780e::verb::Verb,
    diagnosis::{Course, Fact, catalogue as c, suspects::Suspects},
    modem::event::ExchangeRecord,
    time::Moment,
};

/// A will as `MCONFIG` gave it (reference, section 11.1).
struct Will<'a> {
    record: &'a ExchangeRecord,
    client_id: &'a str,
    is_retained: bool,
    topic: &'a str,
    message: &'a str,
}

impl<'a> Will<'a> {
    fn of(record: &'a ExchangeRecord) -> Option<Self> {
        let [client_id, _, _, _, retain, topic, message] = record.command.arguments()[..] else { return None };
        let is_whole = record.result.is_ok() && !topic.is_empty() && !message.is_empty();
        is_whole.then_some(Self { record, client_id, is_retained: retain == "1", topic, message })
    }
}

fn configurations(course: &Course) -> impl DoubleEndedIterator<Item = &ExchangeRecord> {
    course.exchanges().filter(|record| record.command.verb() == Verb::Configure && !record.command.is_question())
}

/// The newest configuration begins a will and does not end it.
pub(super) fn incomplete(course: &Course, suspects: &mut Suspects) {
    let Some(record) = configurations(course).next_back() else { return };
    let arguments = record.command.arguments();
    let is_begun = arguments.iter().skip(3).any(|argument| !argument.is_empty());
    let is_ended = matches!(arguments[..], [_, _, _, _, _, topic, message] if !topic.is_empty() && !message.is_empty());
    if is_begun && !is_ended && arguments.len() <= WHOLE {
        suspects.seen(&c::WILL_INCOMPLETE, [sent(record)]);
    }
}

/// The own will came right after a login.
pub(super) fn came(course: &Course, suspects: &mut Suspects) {
    for one in course.messages().arrived().rev() {
        let Some(login) =
            course.logins().iter().rfind(|login| **login <= one.at && is_soon(course, **login, one.at, RIGHT_AFTER))
        else {
            continue;
        };
        let will = configurations(course).rfind(|record| record.sent_at <= *login).and_then(Will::of);
        let Some(will) = will.filter(|will| will.topic == one.topic && will.message.as_bytes() == one.payload) else {
            continue;
        };
        let before = course.logins().iter().rfind(|earlier| *earlier < login);
        let facts =
            [sent(will.record), Fact::at(*login, "CONNACK OK"), Fact::at(one.at, format!("+MSUB: \"{}\"", one.topic))];
        return match before.and_then(|before| good_bye(course, *before, *login)) {
            Some(record) => suspects.likely(&c::WILL_ON_CLOSE, [sent(record)].into_iter().chain(facts)),
            // A retained one may lie there since long ago.
            None if before.is_none() || will.is_retained => suspects.likely(&c::WILL_ON_RETURN, facts),
            None => suspects.seen(&c::WILL_ON_RETURN, facts),
        };
    }
}

/// The session between two logins was closed by order.
fn good_bye(course: &Course, from: Moment, to: Moment) -> Option<&ExchangeRecord> {
    let is_last = |record: &&ExchangeRecord| {
        matches!(record.command.verb(), Verb::LogOut | Verb::CloseLink)
            && record.result.is_ok()
            && record.sent_at > from
            && record.sent_at < to
    };
    let lost = course.status.losses.iter().any(|loss| loss.at > from && loss.at < to);
    course.exchanges().find(is_last).filter(|_| !lost)
}

/// Two client ids with the same will, which names neither.
pub(super) fn shared(course: &Course, suspects: &mut Suspects) {
    let wills: Vec<_> = configurations(course).filter_map(Will::of).collect();
    let Some(last) = wills.last() else { return };
    let is_nameless = |id: &str| !last.topic.contains(id) && !last.message.contains(id);
    let is_twin = |will: &&Will<'_>| {
        will.client_id != last.client_id
            && will.topic == last.topic
            && will.message == last.message
            && is_nameless(will.client_id)
    };
    if let Some(other) = wills.iter().find(is_twin).filter(|_| is_nameless(last.client_id)) {
        suspects.seen(&c::WILL_SHARED, [sent(other.record), sent(last.record)]);
    }
}

/// `MCONFIG` with a whole will.
const WHOLE: usize = 7;
/// What an old session leaves comes within this after the new login.
const RIGHT_AFTER: Duration = Duration::from_secs(5);

#[cfg(test)]
mod tests {
    use super::{super::tests::Kit, *};
    use crate::diagnosis::Certainty::{Likely, Seen};

    fn with_will(kit: Kit, retain: u8) -> Kit {
        kit.works(&format!("AT+MCONFIG=\"c\",\"u\",\"***\",1,{retain},\"will\",\"offline\""), "OK")
            .logs_in("b", "AT+MCONNECT=0,120")
    }

    #[test]
    fn a_will_needs_four_values() {
        let said = |line: &str| Kit::default().works(line, "OK").rest(incomplete);
        assert_eq!(said("AT+MCONFIG=\"c\",\"u\",\"***\",1,0,\"will\""), [("F-198", Seen)]);
        assert_eq!(said("AT+MCONFIG=\"c\",\"u\",\"***\",1,0,\"\",\"off\""), [("F-198", Seen)]);
        assert_eq!(said("AT+MCONFIG=\"c\",\"u\",\"***\",1,0,\"will\",\"off\""), []);
        assert_eq!(said("AT+MCONFIG=\"c\",\"u\",\"***\""), []);
        assert_eq!(said("AT+MCONFIG=\"c\""), []);
    }

    #[test]
    fn a_will_after_the_new_login_belongs_to_the_old_session() {
        let back = with_will(with_will(Kit::default(), 0).later(60_000), 0).receives("will", b"offline", 7);
        assert_eq!(back.rest(came), [("F-196", Seen)]);
        let kept = with_will(with_will(Kit::default(), 1).later(60_000), 1).receives("will", b"offline", 7);
        assert_eq!(kept.rest(came), [("F-196", Likely)]);
        let closed = with_will(with_will(Kit::default(), 0).later(60_000).works("AT+MDISCONNECT", "OK"), 0);
        assert_eq!(closed.receives("will", b"offline", 7).rest(came), [("F-197", Likely)]);
    }

    #[test]
    fn another_message_or_one_long_after_the_login_is_no_will() {
        let back = || with_will(with_will(Kit::default(), 0).later(60_000), 0);
        assert_eq!(back().receives("will", b"online", 6).rest(came), []);
        assert_eq!(back().receives("other", b"offline", 7).rest(came), []);
        assert_eq!(back().later(60_000).receives("will", b"offline", 7).rest(came), []);
    }

    #[test]
    fn two_devices_with_one_will_cannot_be_told_apart() {
        let line = |id: &str, topic: &str| format!("AT+MCONFIG=\"{id}\",\"u\",\"***\",1,0,\"{topic}\",\"off\"");
        let said = |first: (&str, &str), second: (&str, &str)| {
            Kit::default().works(&line(first.0, first.1), "OK").works(&line(second.0, second.1), "OK").rest(shared)
        };
        assert_eq!(said(("one", "will"), ("two", "will")), [("F-199", Seen)]);
        assert_eq!(said(("one", "will"), ("one", "will")), [], "one device twice");
        assert_eq!(said(("one", "will/one"), ("two", "will/two")), []);
    }
}
