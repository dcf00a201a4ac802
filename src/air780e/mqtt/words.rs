//! What must follow the `OK` of an MQTT command before its outcome is known (reference, section 12).

use crate::{
    air780e::{limits, urc::without_link_number},
    at::{
        exchange::{Verdict, Word},
        reply::Final,
    },
    mqtt::Qos,
};

/// The words that follow `OK` of a publish.
pub fn publish_words(qos: Qos) -> &'static [Word] {
    match qos {
        Qos::AtMostOnce => &[],
        Qos::AtLeastOnce => &PUBACK_WORDS,
        Qos::ExactlyOnce => &PUBCOMP_WORDS,
    }
}

/// Good when `line` is `word`; bad when the link ended, a late error came, or the word says that it failed.
fn judge(line: &str, word: &str) -> Option<Verdict> {
    let line = without_link_number(line);
    if line == word {
        return Some(Verdict::Good);
    }
    let is_failure = line.starts_with(word) && FAILURES.iter().any(|failure| line.contains(failure));
    let is_refusal = Final::parse(line).is_some_and(|result| result != Final::Ok);
    (is_failure || is_refusal || line == "CLOSED").then_some(Verdict::Bad)
}

fn judge_link(line: &str) -> Option<Verdict> {
    match without_link_number(line) {
        "CONNECT OK" => Some(Verdict::Good),
        "CONNECT FAIL" | "ALREADY CONNECT" => Some(Verdict::Bad),
        remark if remark.starts_with("STATE:") || remark.starts_with("TCP ERROR:") => Some(Verdict::Remark),
        other => judge(other, "CONNECT OK"),
    }
}

fn judge_login(line: &str) -> Option<Verdict> {
    match line {
        "CONNACK OK" => Some(Verdict::Good),
        other if other.starts_with("CONNACK") => Some(Verdict::Bad),
        other => judge(other, "CONNACK OK"),
    }
}

/// What follows `AT+MIPSTART`.
pub static LINK_WORDS: [Word; 1] = [Word { expected: "CONNECT OK", limit: limits::CONNECT, judge: judge_link }];
/// What follows `AT+SSLMIPSTART`: the handshake comes on top.
pub static TLS_LINK_WORDS: [Word; 1] = [Word { expected: "CONNECT OK", limit: limits::CONNECT_TLS, judge: judge_link }];
/// What follows `AT+SSLMIPSTART` when the handshake was given long.
pub static LONG_TLS_LINK_WORDS: [Word; 1] =
    [Word { expected: "CONNECT OK", limit: limits::CONNECT_TLS_LONG, judge: judge_link }];
/// What follows `AT+MCONNECT`.
pub static LOGIN_WORDS: [Word; 1] = [Word { expected: "CONNACK OK", limit: limits::CONNACK, judge: judge_login }];
/// What follows `AT+MSUB`.
pub static SUBSCRIBE_WORDS: [Word; 1] =
    [Word { expected: "SUBACK", limit: limits::SUBACK, judge: |line| judge(line, "SUBACK") }];
/// What follows `AT+MUNSUB`.
pub static UNSUBSCRIBE_WORDS: [Word; 1] =
    [Word { expected: "UNSUBACK", limit: limits::SUBACK, judge: |line| judge(line, "UNSUBACK") }];
/// What follows a publish that is confirmed once (`PUBACK`).
pub static PUBACK_WORDS: [Word; 1] =
    [Word { expected: "PUBACK", limit: limits::PUBACK, judge: |line| judge(line, "PUBACK") }];
/// What follows a publish that is confirmed twice (`PUBREC`, `PUBCOMP`).
pub static PUBCOMP_WORDS: [Word; 2] = [
    Word { expected: "PUBREC", limit: limits::PUBACK, judge: |line| judge(line, "PUBREC") },
    Word { expected: "PUBCOMP", limit: limits::PUBACK, judge: |line| judge(line, "PUBCOMP") },
];
const FAILURES: [&str; 3] = ["FAIL", "ERROR", "REFUSED"];
