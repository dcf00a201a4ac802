//! Messages from the module: data at the wrong moment, one before the other was confirmed, hex digits, sizes.

use std::time::Duration;

use super::{answered, ended, is_close, is_soon, met, sent, told};
use crate::{
    air780e::verb::{Line, Verb},
    diagnosis::{Course, Fact, Trouble, catalogue as c, suspects::Suspects, trouble::command_of},
    lang::Text,
    modem::event::{Awaited, ExchangeRecord, Fault},
    time::Moment,
};

/// The data of `MPUBEX` came before the module asked for them.
pub(super) fn without_prompt(course: &Course, trouble: &Trouble, suspects: &mut Suspects) {
    if command_of(&trouble.fault).is_none_or(|line| line.verb() != Verb::PublishBytes) || takes_both_at_once(course) {
        return;
    }
    let is_it = |record: &&ExchangeRecord| {
        let is_unprompted = match &record.result {
            Err(Fault::Refused { .. }) => true,
            Err(Fault::TimedOut { expected, .. }) => *expected == Awaited::Prompt,
            _ => false,
        };
        record.command.verb() == Verb::PublishBytes && is_unprompted && record.sent_at <= trouble.at
    };
    let Some(record) = course.exchanges().rfind(is_it) else { return };
    if let Some((at, text)) = stray_after(course, record.sent_at, PROMPT) {
        suspects.seen(&c::DATA_WITHOUT_PROMPT, [sent(record), Fact::at(at, text), met(trouble)]);
    }
}

/// V1155 took command and data in one go, V1159 does not any more (reference, section 18).
fn takes_both_at_once(course: &Course) -> bool {
    let version = course.status.firmware.as_ref().and_then(|seen| seen.value.version);
    version.is_some_and(|version| (1_155..1_159).contains(&version))
}

/// The rest of a message without a length was taken for a line: the byte 1A ended it (reference, section 11.6).
pub(super) fn ended_early(course: &Course, suspects: &mut Suspects) {
    let is_marked = |record: &&ExchangeRecord| {
        record.command.verb() == Verb::PublishBytes && record.command.argument(3).is_none_or(str::is_empty)
    };
    let taken = course.exchanges().rev().filter(|record| record.result.is_ok()).filter(is_marked);
    let found = taken.take(LOOKED_AT).find_map(|record| Some((record, stray_after(course, record.sent_at, REST)?)));
    if let Some((record, (at, text))) = found {
        suspects.seen(&c::DATA_CUT, [ended(record), Fact::at(at, text)]);
    }
}

/// A line that is no command, sent after `from` and before the next command.
fn stray_after(course: &Course, from: Moment, limit: Duration) -> Option<(Moment, &str)> {
    let next = course.exchanges().map(|record| record.sent_at).find(|at| *at > from);
    let mut strays = course.messages().strays();
    strays.find(|(at, _)| is_soon(course, from, *at, limit) && next.is_none_or(|next| *at < next))
}

/// A message that wants a confirmation was sent before the one before it had its own.
pub(super) fn in_flight(course: &Course, trouble: &Trouble, suspects: &mut Suspects) {
    if command_of(&trouble.fault).is_none_or(|line| !line.verb().publishes()) {
        return;
    }
    let wants = |record: &&ExchangeRecord| {
        record.command.verb().publishes()
            && matches!(record.command.argument(1), Some("1" | "2"))
            && record.sent_at <= trouble.at
    };
    let all: Vec<_> = course.exchanges().filter(wants).collect();
    let overtaken = all.windows(2).rev().find_map(|pair| {
        let [first, second] = pair else { return None };
        let is_unconfirmed =
            matches!(&first.result, Err(Fault::TimedOut { expected, .. }) if expected.confirms_publish());
        let is_hasty = is_soon(course, first.sent_at, second.sent_at, PATIENCE)
            && is_soon(course, first.ended_at, second.sent_at, HASTE);
        (is_unconfirmed && is_hasty).then_some([sent(first), sent(second)])
    });
    if let Some(facts) = overtaken {
        suspects.seen(&c::IN_FLIGHT, facts);
    }
}

/// The module wants hex digits, and was sent text.
pub(super) fn hex_mode(course: &Course, trouble: &Trouble, suspects: &mut Suspects) {
    let Some(line) = command_of(&trouble.fault).filter(|line| line.verb() == Verb::Publish) else { return };
    let text = line.argument(3).unwrap_or_default();
    let is_hex = text.len() % 2 == 0 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let is_told = |record: &&ExchangeRecord| record.command.verb() == Verb::PayloadForm && record.result.is_ok();
    // Who asks only after the refusal is told how it was, unless something was set in between.
    let before = course.exchanges().filter(is_told).rfind(|record| record.sent_at <= trouble.at);
    let after = || course.exchanges().filter(is_told).find(|record| record.sent_at > trouble.at);
    let asked = || after().filter(|record| record.command.is_question());
    let Some(record) = before.or_else(asked).filter(|_| !is_hex) else { return };
    let answer = record.answer.iter().find(|line| line.starts_with("+MQTTMODE"));
    let fact = match answer {
        _ if record.command.argument(0) == Some("1") => sent(record),
        Some(told) if told.trim_end().ends_with('1') => answered(record, told),
        _ => return,
    };
    suspects.seen(&c::HEX_MODE, [fact, met(trouble)]);
}

/// The broker closed on a large message, where smaller ones passed.
pub(super) fn too_large(course: &Course, trouble: &Trouble, suspects: &mut Suspects) {
    let Some(last) = course.last(Verb::publishes).filter(|_| is_close(&trouble.fault)) else { return };
    let Some(bytes) = length(&last.command).filter(|bytes| *bytes >= LARGE) else { return };
    if !is_soon(course, last.sent_at, trouble.at, AT_ONCE) {
        return;
    }
    let passed = |record: &&ExchangeRecord| {
        record.result.is_ok()
            && record.sent_at < last.sent_at
            && record.command.argument(0) == last.command.argument(0)
            && length(&record.command).is_some_and(|smaller| smaller < bytes)
    };
    let closed = told(trouble.at, Text::new("fact-payload-closed-bytes").put("bytes", bytes));
    match course.exchanges().filter(|record| record.command.verb().publishes()).rfind(passed) {
        Some(smaller) => suspects.likely(&c::BROKER_LIMIT, [ended(smaller), sent(last), closed]),
        None => suspects.possible(&c::BROKER_LIMIT, [sent(last), closed]),
    }
}

/// How many bytes a publish carries.
pub(super) fn length(line: &Line) -> Option<usize> {
    match line.verb() {
        Verb::PublishBytes => line.argument(3)?.parse().ok(),
        Verb::Publish => Some(unescaped(line.argument(3)?)),
        _ => None,
    }
}

/// The bytes of a text in which `\22` stands for one (reference, section 11.5).
fn unescaped(text: &str) -> usize {
    let bytes = text.as_bytes();
    let is_escape = |at: &usize| matches!(&bytes[*at..], [b'\\', high, low, ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit());
    let (mut at, mut count) = (0, 0);
    while at < bytes.len() {
        at += if is_escape(&at) { 3 } else { 1 };
        count += 1;
    }
    count
}

/// Whoever does not wait for the prompt sends its data within this.
const PROMPT: Duration = Duration::from_secs(2);
/// Own messages that are looked at.
const LOOKED_AT: usize = 8;
/// The rest of one write comes within this.
const REST: Duration = Duration::from_secs(1);
/// Nobody waits longer than this for a confirmation before the next message.
const PATIENCE: Duration = Duration::from_secs(8);
const HASTE: Duration = Duration::from_millis(50);
/// A broker closes within this on what it does not take.
const AT_ONCE: Duration = Duration::from_millis(1_500);
/// Brokers take at least this much.
const LARGE: usize = 1_024;

#[cfg(test)]
mod tests {
    use super::{
        super::tests::{Kit, outcome, refusal},
        *,
    };
    use crate::{
        air780e::identity::Firmware,
        diagnosis::Certainty::{Likely, Possible, Seen},
        modem::event::LossCause,
        time::Observed,
    };

    #[test]
    fn data_before_the_prompt_are_no_command() {
        let line = "AT+MPUBEX=\"t\",0,0,5";
        let hasty = || Kit::default().refused(line, 0).strays("hello");
        let said = |kit: &Kit| kit.of(without_prompt, &kit.trouble(refusal(line, 0)));
        let kit = hasty();
        assert_eq!(said(&kit), [("F-166", Seen)]);
        assert_eq!(said(&Kit::default().refused(line, 0)), [], "nothing was sent");
        assert_eq!(
            said(&Kit::default().refused(line, 0).works("AT", "OK").strays("hello")),
            [],
            "another command lies between"
        );
        let v1156 = Observed::new(Firmware::parse("AirM2M_780E_V1156_LTE_AT"), Moment::ZERO, "ATI");
        assert_eq!(said(&hasty().knows(|status| status.firmware = Some(v1156))), []);
    }

    #[test]
    fn the_rest_of_a_message_behind_its_1a_is_a_stray_line() {
        let marked = "AT+MPUBEX=\"t\",0,0";
        assert_eq!(Kit::default().works(marked, "OK").strays("rest").rest(ended_early), [("F-167", Seen)]);
        assert_eq!(Kit::default().works(marked, "OK").rest(ended_early), []);
        let counted = Kit::default().works("AT+MPUBEX=\"t\",0,0,9", "OK").strays("rest");
        assert_eq!(counted.rest(ended_early), [], "it has a length");
        assert_eq!(Kit::default().works(marked, "OK").later(9_000).strays("rest").rest(ended_early), []);
    }

    #[test]
    fn a_message_that_overtakes_another_is_seen_by_the_stamps() {
        let (one, two) = ("AT+MPUB=\"t\",1,0,\"a\"", "AT+MPUB=\"t\",1,0,\"b\"");
        let waits = |kit: Kit, seconds: u64| {
            let after = Duration::from_secs(seconds);
            let fault = Fault::TimedOut { command: one.into(), expected: Awaited::Acknowledged, after };
            kit.fails(one, seconds * 1_000, fault)
        };
        let said = |kit: &Kit| kit.of(in_flight, &kit.trouble(refusal(two, 767)));
        assert_eq!(said(&waits(Kit::default(), 1).refused(two, 767)), [("F-170", Seen)]);
        assert_eq!(said(&waits(Kit::default(), 15).refused(two, 767)), [], "it was waited for");
        assert_eq!(said(&Kit::default().works(one, "PUBACK").refused(two, 767)), []);
        let plain = waits(Kit::default(), 1).refused("AT+MPUB=\"t\",0,0,\"b\"", 767);
        assert_eq!(said(&plain), [], "QoS 0 waits for nothing");
    }

    #[test]
    fn text_is_refused_in_hex_mode_and_digits_are_not() {
        let said =
            |kit: Kit, text: &str| kit.of(hex_mode, &kit.trouble(refusal(&format!("AT+MPUB=\"t\",0,0,\"{text}\""), 0)));
        assert_eq!(said(Kit::default().works("AT+MQTTMODE=1", "OK"), "hello"), [("F-173", Seen)]);
        assert_eq!(said(Kit::default().works("AT+MQTTMODE?", "+MQTTMODE: 1"), "hello"), [("F-173", Seen)]);
        assert_eq!(said(Kit::default().works("AT+MQTTMODE=1", "OK"), "313233"), []);
        assert_eq!(said(Kit::default().works("AT+MQTTMODE=1", "OK").works("AT+MQTTMODE=0", "OK"), "hello"), []);
        assert_eq!(said(Kit::default().works("AT+MQTTMODE?", "+MQTTMODE: 0"), "hello"), []);
    }

    #[test]
    fn a_close_on_a_large_message_where_a_small_one_passed() {
        let large = "AT+MPUBEX=\"t\",1,0,4000";
        let closed = || outcome(large, Awaited::Acknowledged, "CLOSED");
        let ends = |kit: Kit| kit.ends_in(large, Awaited::Acknowledged, "CLOSED");
        let kit = ends(Kit::default().works("AT+MPUB=\"t\",1,0,\"small\"", "PUBACK"));
        assert_eq!(kit.of(too_large, &kit.trouble(closed())), [("F-174", Likely)]);
        let first = ends(Kit::default());
        assert_eq!(first.of(too_large, &first.trouble(closed())), [("F-174", Possible)]);
        let small = Kit::default().works("AT+MPUB=\"t\",0,0,\"small\"", "OK");
        assert_eq!(small.of(too_large, &small.loss(LossCause::Closed)), []);
        let later = Kit::default().works(large, "PUBACK").later(60_000);
        assert_eq!(later.of(too_large, &later.loss(LossCause::Closed)), []);
    }

    #[test]
    fn an_escape_is_one_byte() {
        assert_eq!(length(&"AT+MPUB=\"t\",0,0,\"{\\22a\\22:1}\"".into()), Some(7));
        assert_eq!(length(&"AT+MPUBEX=\"t\",0,0,12".into()), Some(12));
        assert_eq!(length(&"AT+CSQ".into()), None);
    }
}
