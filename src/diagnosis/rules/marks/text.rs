//! The text of a line: bytes that are no UTF-8, a missing line end, values that are too long.

use std::time::Duration;

use super::{is_close, is_soon, sent, shown, told};
use crate::{
    air780e::verb::Verb,
    diagnosis::{
        Course, Fact, Trouble, catalogue as c,
        suspects::Suspects,
        trouble::{command_of, is_glued},
    },
    lang::Text,
    modem::event::ExchangeRecord,
};

/// A client id or a topic in another encoding, and the broker closed because of it (MQTT 3.1.1, section 1.5.3).
pub(super) fn not_utf8(course: &Course, trouble: &Trouble, suspects: &mut Suspects) {
    if !is_close(&trouble.fault) {
        return;
    }
    let Some(acted) = course.last(|verb| verb == Verb::LogIn || verb.subscribes() || verb.publishes()) else { return };
    if !is_soon(course, acted.sent_at, trouble.at, AT_ONCE) {
        return;
    }
    let carrier =
        if acted.command.verb() == Verb::LogIn { course.last(|verb| verb == Verb::Configure) } else { Some(acted) };
    let Some(carrier) = carrier.filter(|record| is_odd(record)) else { return };
    let mut facts = vec![sent(carrier)];
    if let Some((at, text)) = course.messages().foreign().rev().find_map(|(at, bytes)| Some((at, as_gbk(bytes)?))) {
        facts.push(Fact::at(at, format!("GBK {}", shown(&text))));
    }
    facts.push(Fact::at(trouble.at, "CLOSED"));
    suspects.seen(&c::NOT_UTF8, facts);
}

/// Whether what the broker must be able to read holds bytes that were no text. A payload may hold any.
fn is_odd(record: &ExchangeRecord) -> bool {
    let arguments = record.command.arguments();
    let read_by_broker =
        if record.command.verb() == Verb::Configure { &arguments[..] } else { arguments.get(..1).unwrap_or(&[]) };
    read_by_broker.iter().any(|argument| argument.contains(char::REPLACEMENT_CHARACTER))
}

/// The bytes of the characters beyond ASCII, where every one has the form of GBK: two bytes, the first from 81 to FE.
fn as_gbk(bytes: &[u8]) -> Option<String> {
    let mut rest = bytes;
    let mut pairs = Vec::new();
    loop {
        rest = match rest {
            [] => break,
            [0x81..=0xFE, second @ (0x40..=0x7E | 0x80..=0xFE), after @ ..] => {
                pairs.push(format!("{:02X}{second:02X}", rest[0]));
                after
            }
            [..=0x7F, after @ ..] => after,
            _ => return None,
        };
    }
    (!pairs.is_empty()).then(|| pairs.join(" "))
}

/// Two commands in one line: the first had no carriage return.
pub(in crate::diagnosis::rules) fn glued(_: &Course, trouble: &Trouble, suspects: &mut Suspects) {
    if let Some(line) = command_of(&trouble.fault).filter(|line| is_glued(line)) {
        suspects.seen(&c::NO_CARRIAGE_RETURN, [Fact::at(trouble.at, shown(line))]);
    }
}

/// A will that is longer than the module takes (reference, section 11.1); the other values are judged with the command.
pub(super) fn long_will(_: &Course, trouble: &Trouble, suspects: &mut Suspects) {
    let Some(line) = command_of(&trouble.fault).filter(|line| line.verb() == Verb::Configure) else { return };
    let over = |place: usize, limit: usize| {
        let bytes = line.argument(place).map(str::len).filter(|bytes| *bytes > limit)?;
        Some(told(trouble.at, Text::new("fact-text-will-too-long").put("bytes", bytes).put("limit", limit)))
    };
    if let Some(found) = over(5, LONGEST_TOPIC).or_else(|| over(6, LONGEST_WILL)) {
        suspects.seen(&c::FIELD_TOO_LONG, [found]);
    }
}

/// A broker closes within this after what it cannot read.
const AT_ONCE: Duration = Duration::from_millis(1_500);
const LONGEST_TOPIC: usize = 256;
const LONGEST_WILL: usize = 1_360;

#[cfg(test)]
mod tests {
    use super::{
        super::tests::{Kit, outcome, refusal},
        *,
    };
    use crate::{
        diagnosis::Certainty::Seen,
        modem::event::{Awaited, Event, LossCause, WireKind, WireLine},
    };

    #[test]
    fn a_close_right_after_a_client_id_in_gbk_is_its_doing() {
        let mut kit = Kit::default().works("AT+MCONFIG=\"\u{fffd}\u{fffd}\",\"u\",\"***\"", "OK");
        let bytes = b"AT+MCONFIG=\"\xb2\xe2\",\"u\",\"p\"";
        let text = "AT+MCONFIG=\"<B2><E2>\"".to_owned();
        kit.course.take(&Event::Wire(WireLine {
            at: kit.now(),
            kind: WireKind::Echo,
            text,
            bytes: Some(bytes[..].into()),
        }));
        let kit =
            kit.works("AT+MIPSTART=\"b\",1883", "CONNECT OK").ends_in("AT+MCONNECT=1,120", Awaited::Login, "CLOSED");
        let trouble = kit.trouble(outcome("AT+MCONNECT=1,120", Awaited::Login, "CLOSED"));
        assert_eq!(kit.of(not_utf8, &trouble), [("F-016", Seen)]);
    }

    #[test]
    fn a_payload_may_hold_any_bytes_and_a_late_close_has_another_cause() {
        let kit = Kit::default().logs_in("b", "AT+MCONNECT=1,120").works("AT+MPUB=\"t\",0,0,\"\u{fffd}\"", "OK");
        assert_eq!(kit.of(not_utf8, &kit.loss(LossCause::Closed)), []);
        let kit = Kit::default().works("AT+MSUB=\"\u{fffd}\",0", "SUBACK").later(60_000);
        assert_eq!(kit.of(not_utf8, &kit.loss(LossCause::Closed)), []);
    }

    #[test]
    fn pairs_of_bytes_have_the_form_of_gbk() {
        assert_eq!(as_gbk(b"a\xb2\xe2b\xca\xd4").as_deref(), Some("B2E2 CAD4"));
        for other in [&b"plain"[..], b"\xb2", b"\xff\xff", b"\xb2\x20"] {
            assert_eq!(as_gbk(other), None, "{other:02x?}");
        }
    }

    #[test]
    fn two_commands_in_one_line_lack_a_carriage_return() {
        let kit = Kit::default();
        assert_eq!(kit.of(glued, &kit.trouble(refusal("AT+CGATT?AT+CSQ", 58))), [("F-010", Seen)]);
        for fine in
            ["AT+CGATT?", "AT+IPR=115200;&W", "AT+MCONFIG=\"AT+1\",\"u\",\"***\"", "AT+MPUB=\"t\",0,0,\"AT+CSQ\""]
        {
            assert_eq!(kit.of(glued, &kit.trouble(refusal(fine, 58))), [], "{fine}");
        }
    }

    #[test]
    fn a_will_over_the_limit_is_seen_in_the_line() {
        let kit = Kit::default();
        let said = |topic: usize, message: usize| {
            let (topic, message) = ("t".repeat(topic), "m".repeat(message));
            let command = format!("AT+MCONFIG=\"c\",\"u\",\"***\",0,0,\"{topic}\",\"{message}\"");
            kit.of(long_will, &kit.trouble(refusal(&command, 0)))
        };
        assert_eq!(said(4, 1_361), [("F-139", Seen)]);
        assert_eq!(said(257, 4), [("F-139", Seen)]);
        assert_eq!(said(256, 1_360), []);
    }
}
