//! What lies behind MQTT: an application that refuses what a message says, a module that is another vendor's.

use std::time::Duration;

use serde_json::Value;

use super::{ended, is_soon, shown};
use crate::{
    air780e::verb::Verb,
    diagnosis::{Course, Fact, catalogue as c, messages::Arrived, suspects::Suspects},
    modem::event::ExchangeRecord,
};

/// The last answer to an own message says no.
pub(super) fn refused(course: &Course, suspects: &mut Suspects) {
    let verdicts = course.messages().arrived().rev().filter_map(|one| Some((one, is_refusal(&one.payload)?)));
    let answers = verdicts.filter_map(|(one, is_no)| Some((one, is_no, question(course, one)?)));
    if let Some((one, true, question)) = answers.into_iter().next() {
        let text = shown(&String::from_utf8_lossy(&one.payload));
        suspects.likely(
            &c::APPLICATION_REFUSED,
            [ended(question), Fact::at(one.at, format!("+MSUB: \"{}\": {text}", one.topic))],
        );
    }
}

/// The own message that `one` may answer: sent shortly before, under another topic.
fn question<'a>(course: &'a Course, one: &Arrived) -> Option<&'a ExchangeRecord> {
    course.exchanges().rfind(|record| {
        record.command.verb().publishes()
            && record.result.is_ok()
            && record.command.argument(0).is_some_and(|topic| topic != one.topic)
            && is_soon(course, record.sent_at, one.at, ANSWERS)
    })
}

/// Whether an answer says no; `None` when it says nothing of the kind.
fn is_refusal(payload: &[u8]) -> Option<bool> {
    let Ok(Value::Object(fields)) = serde_json::from_slice(payload) else { return None };
    let named = |names: &[&str]| {
        fields.iter().find(|(name, _)| names.contains(&name.to_ascii_lowercase().as_str())).map(|(_, value)| value)
    };
    let words = named(REASONS).and_then(Value::as_str);
    let is_order = named(ORDERS).is_some() && words.is_none();
    let is_bad_word = words.map(|words| !words.is_empty() && !is_yes(words));
    match (named(CODES), named(ERRORS)) {
        (Some(code), _) => match number(code) {
            Some(0 | 200) => Some(false),
            Some(_) if is_order => None,
            Some(code) if !(1..400).contains(&code) => Some(true),
            Some(_) => is_bad_word,
            None => Some(!is_yes(code.as_str()?)),
        },
        (None, Some(Value::Null | Value::Bool(false))) => Some(false),
        (None, Some(error)) => match number(error) {
            Some(error) => Some(error != 0),
            None => Some(error.as_str().is_none_or(|words| !words.is_empty() && !is_yes(words))),
        },
        (None, None) => None,
    }
}

fn number(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| value.as_str()?.trim().parse().ok())
}

fn is_yes(words: &str) -> bool {
    let words = words.trim().to_lowercase();
    ["ok", "success", "succeed", "succeeded", "successful", "succ", "true", "none", "成功"].contains(&words.as_str())
}

/// The module answers another vendor's commands, and none of ours. Its reports are noted by whoever hears them.
pub(super) fn other_module(course: &Course, suspects: &mut Suspects) {
    let is_ours = |record: &ExchangeRecord| {
        let verb = record.command.verb();
        record.result.is_ok() && (verb.is_of_session() || matches!(verb, Verb::SessionState | Verb::Reception))
    };
    if course.exchanges().any(|record| is_ours(record) && !record.command.is_question()) {
        return;
    }
    let foreign = |record: &&ExchangeRecord| {
        record.command.verb() == Verb::Foreign && record.result.is_ok() && !record.command.is_question()
    };
    if let Some(record) = course.exchanges().find(foreign) {
        return suspects.seen(&c::OTHER_MODULE, [ended(record)]);
    }
    let maker = course.exchanges().filter(|record| record.command.verb() == Verb::Identity).find_map(|record| {
        let is_maker = |line: &&String| MAKERS.iter().any(|maker| line.to_ascii_lowercase().contains(maker));
        Some((record, record.answer.iter().find(is_maker)?))
    });
    if let Some((record, line)) = maker {
        suspects.likely(&c::OTHER_MODULE, [super::answered(record, line)]);
    }
}

/// An application answers within this.
const ANSWERS: Duration = Duration::from_secs(10);
/// Fields that hold a result, 0 or 200 when all is well.
const CODES: &[&str] =
    &["code", "errcode", "err_code", "errorcode", "error_code", "errno", "resultcode", "result_code", "retcode"];
/// Fields that make a message an order.
const ORDERS: &[&str] = &["cmd", "command", "method", "action", "service", "params", "paras"];
/// Fields that are there when something is wrong.
const ERRORS: &[&str] = &["error", "err", "errors", "errmsg", "error_msg", "error_message"];
/// Fields that say why.
const REASONS: &[&str] = &["msg", "message", "errmsg", "error_msg", "desc", "description", "reason", "error"];
/// Makers as their modules write themselves.
const MAKERS: &[&str] = &["quectel", "simcom", "u-blox", "fibocom", "neoway", "meig", "telit", "sierra", "nordic"];

#[cfg(test)]
mod tests {
    use super::{super::tests::Kit, *};
    use crate::diagnosis::Certainty::{Likely, Seen};

    fn answer(text: &str) -> Kit {
        let kit = Kit::default().works("AT+MPUB=\"up\",1,0,\"{}\"", "PUBACK");
        kit.receives("down", text.as_bytes(), text.len())
    }

    #[test]
    fn a_no_from_the_application_is_told_until_a_yes_follows() {
        for no in [
            r#"{"id":"1","code":460,"message":"request parameter error"}"#,
            r#"{"code":-1}"#,
            r#"{"errcode":"40001","errmsg":"invalid field"}"#,
            r#"{"code":7,"msg":"missing temperature"}"#,
            r#"{"error":"bad value"}"#,
            r#"{"code":"FAILED"}"#,
            r#"{"code":460,"message":"no","method":"post"}"#,
        ] {
            assert_eq!(answer(no).rest(refused), [("F-207", Likely)], "{no}");
        }
        let mended = answer(r#"{"code":460}"#).works("AT+MPUB=\"up\",1,0,\"{}\"", "PUBACK").receives(
            "down",
            br#"{"code":200}"#,
            12,
        );
        assert_eq!(mended.rest(refused), []);
    }

    #[test]
    fn an_order_an_echo_and_a_yes_are_no_refusals() {
        for yes in [
            r#"{"code":0}"#,
            r#"{"code":200,"msg":"ok"}"#,
            r#"{"code":5,"cmd":"open"}"#,
            r#"{"code":1001,"command":"reboot"}"#,
            r#"{"temp":21.5}"#,
            r#"{"error":null}"#,
            r#"{"code":"success"}"#,
            "[1,2]",
            "error?",
        ] {
            assert_eq!(answer(yes).rest(refused), [], "{yes}");
        }
        let no = br#"{"code":460}"#;
        let own = Kit::default().works("AT+MPUB=\"t\",1,0,\"x\"", "PUBACK").receives("t", no, no.len());
        assert_eq!(own.rest(refused), [], "the own message came back");
        let unasked = Kit::default().receives("down", no, no.len());
        assert_eq!(unasked.rest(refused), []);
        let late =
            Kit::default().works("AT+MPUB=\"up\",1,0,\"x\"", "PUBACK").later(60_000).receives("down", no, no.len());
        assert_eq!(late.rest(refused), []);
    }

    #[test]
    fn another_vendors_module_answers_its_own_commands() {
        assert_eq!(Kit::default().works("AT+QMTOPEN=0,\"b\",1883", "OK").rest(other_module), [("F-208", Seen)]);
        assert_eq!(Kit::default().works("ATI", "Quectel").rest(other_module), [("F-208", Likely)]);
        assert_eq!(Kit::default().refused("AT+QMTOPEN=0,\"b\",1883", 0).rest(other_module), [], "refused: F-200");
        let both = Kit::default().works("AT+QMTCFG=\"version\",0,4", "OK").works("AT+MCONFIG=\"c\"", "OK");
        assert_eq!(both.rest(other_module), []);
        assert_eq!(Kit::default().works("ATI", "AirM2M_780E_V1169_LTE_AT").rest(other_module), []);
    }
}
