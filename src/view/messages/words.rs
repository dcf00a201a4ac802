//! What is wrong, and how old or large something is, as texts that are in no language yet.

use std::time::Duration;

use chrono::{DateTime, Local};

use crate::{air780e::limits, lang::Text, mqtt::Qos, view::fault};

use super::{JsonFault, PayloadProblem, TopicProblem, WhyNot};

impl TopicProblem {
    /// The sentence that says it.
    pub fn text(&self) -> Text {
        match self {
            Self::Mqtt(error) => fault::topic_text(error),
            Self::LineEnd => Text::new("topic-line-end"),
            Self::TooLong { bytes, limit } => {
                Text::new("fault-topic-too-long").with("bytes", *bytes).with("limit", *limit)
            }
        }
    }
}

impl PayloadProblem {
    /// The sentence that says it.
    pub fn text(&self) -> Text {
        match self {
            Self::NotJson(fault) => fault.text(),
            Self::NotGbk(place) => Text::new("payload-not-gbk").with("place", *place),
            Self::File(file) => file.problem(limits::MPUBEX_BYTES).unwrap_or_else(|| Text::new("file-none")),
            Self::NotHex(place) => Text::new("payload-not-hex").with("place", *place),
            Self::OddHex => Text::new("payload-odd-hex"),
            Self::NotBase64(place) => Text::new("payload-not-base64").with("place", *place),
            Self::ShortBase64 => Text::new("payload-short-base64"),
            Self::TooLong { bytes, limit } => {
                Text::new("fault-payload-too-long").with("bytes", *bytes).with("limit", *limit)
            }
        }
    }
}

impl JsonFault {
    /// The sentence that says it.
    pub fn text(self) -> Text {
        match self {
            Self::Not(place) => Text::new("payload-not-json").with("line", place.line).with("column", place.column),
            Self::NoText => Text::new("json-no-text"),
            Self::TooDeep => Text::new("json-too-deep"),
            Self::TooLong => Text::new("json-too-long"),
        }
    }
}

impl WhyNot {
    /// The sentence that says it.
    pub fn text(&self) -> Text {
        match self {
            Self::NotConnected => Text::new("why-not-connected"),
            Self::Topic(problem) => problem.text(),
            Self::Payload(problem) => problem.text(),
            Self::Refused(refusal) => refusal.clone(),
            Self::Empty => Text::new("fault-topic-empty"),
            Self::Repeat(problem) => problem.text(),
            Self::NotHere => Text::new("why-not-here"),
            Self::OnlyModule => Text::new("why-only-module"),
        }
    }
}

/// The name of a quality of service in the language files: `QoS 1 – at least once`.
pub const fn qos_key(qos: Qos) -> &'static str {
    match qos {
        Qos::AtMostOnce => "qos-0",
        Qos::AtLeastOnce => "qos-1",
        Qos::ExactlyOnce => "qos-2",
    }
}

/// How old something is, in its largest whole unit.
pub fn age_text(age: Duration) -> Text {
    let seconds = age.as_secs();
    match seconds {
        0 => Text::new("age-now"),
        1..60 => Text::new("age-seconds").with("n", seconds),
        60..3_600 => Text::new("age-minutes").with("n", seconds / 60),
        3_600..86_400 => Text::new("age-hours").with("n", seconds / 3_600),
        _ => Text::new("age-days").with("n", seconds / 86_400),
    }
}

/// A time a publish took, with its unit and as many digits as mean something.
pub fn took_text(took: Duration) -> String {
    let millis = took.as_secs_f64() * 1_000.0;
    match millis {
        ..9.95 => format!("{millis:.1} ms"),
        9.95..9_999.5 => format!("{millis:.0} ms"),
        _ => format!("{:.1} s", millis / 1_000.0),
    }
}

/// A whole number with its thousands apart: `20,000`.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The local time of day at `seconds` after the beginning of 1970.
pub(super) fn clock_text(seconds: f64) -> String {
    #[expect(clippy::cast_possible_truncation, reason = "a cast of a float stops at the ends of the range")]
    let time = DateTime::from_timestamp_millis((seconds * 1_000.0) as i64).unwrap_or_default();
    time.with_timezone(&Local).format("%H:%M:%S").to_string()
}

/// A number of a payload with at most four decimals.
pub fn number_text(number: f64) -> String {
    let text = format!("{number:.4}");
    if text.len() > 20 {
        return format!("{number:e}");
    }
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_and_numbers_read_well() {
        let keys: Vec<_> =
            [0, 59, 60, 3_599, 3_600, 86_400].map(|seconds| age_text(Duration::from_secs(seconds)).key()).to_vec();
        assert_eq!(keys, ["age-now", "age-seconds", "age-minutes", "age-minutes", "age-hours", "age-days"]);
        let numbers: Vec<_> = [0, 999, 1_000, 20_000, 1_234_567].map(grouped).to_vec();
        assert_eq!(numbers, ["0", "999", "1,000", "20,000", "1,234,567"]);
        assert_eq!([21.5, -3.0, 0.000_04, 1e30].map(number_text), ["21.5", "-3", "0", "1e30"]);
        assert_eq!(took_text(Duration::from_micros(1_440)), "1.4 ms");
        assert_eq!(took_text(Duration::from_millis(84)), "84 ms");
        assert_eq!(took_text(Duration::from_millis(20_049)), "20.0 s");
    }
}
