//! Subscriptions and messages.

use super::signal;
use crate::{
    air780e::verb::Line,
    diagnosis::{Course, Fact, Trouble, catalogue as c, suspects::Suspects},
    mqtt::{Filter, Topic},
};

/// `MSUB` was accepted and ended in `got`.
pub(super) fn subscribe_refused(line: &Line, got: &str, suspects: &mut Suspects) {
    by_filter(line, suspects);
    if got.contains("CLOSED") {
        suspects.likely(&c::SUBSCRIBE_DENIED, []);
        suspects.any_of(&[&c::BROKER_KICK]);
    } else {
        suspects.any_of(&[&c::SUBSCRIBE_DENIED, &c::WRONG_STATE]);
    }
}

/// `MSUB` was accepted and no `SUBACK` followed.
pub(super) fn subscribe_unanswered(course: &Course, trouble: &Trouble, suspects: &mut Suspects) {
    by_weakness(course, suspects);
    by_damage(course, trouble, suspects);
    suspects.likely(&c::NO_SUBACK, []);
    suspects.any_of(&[&c::SUBSCRIBE_DENIED, &c::HALF_OPEN]);
}

/// A publish was accepted and ended in `got`.
pub(super) fn publish_refused(line: &Line, got: &str, suspects: &mut Suspects) {
    by_topic(line, suspects);
    if got.contains("CLOSED") {
        suspects.likely(&c::PUBLISH_DENIED, []);
        suspects.any_of(&[&c::BROKER_LIMIT, &c::BROKER_KICK]);
    } else {
        suspects.any_of(&[&c::NO_PUBACK, &c::WRONG_STATE]);
    }
}

/// A publish was accepted and no acknowledgement followed.
pub(super) fn publish_unanswered(course: &Course, trouble: &Trouble, suspects: &mut Suspects) {
    by_weakness(course, suspects);
    by_damage(course, trouble, suspects);
    suspects.likely(&c::NO_PUBACK, []);
    suspects.any_of(&[&c::HALF_OPEN]);
}

/// Subscribed, and a message that should come does not: the topics or the rights.
pub(super) fn missing_message(suspects: &mut Suspects) {
    suspects.any_of(&[&c::TOPIC_DIFFERS, &c::READ_DENIED, &c::SUBSCRIBE_DENIED, &c::PUBLISH_DENIED]);
}

/// A filter that breaks the rules of wildcards, or that is longer than the module takes.
pub(super) fn by_filter(line: &Line, suspects: &mut Suspects) {
    let Some(filter) = line.argument(0) else { return };
    if filter.len() > LONGEST_TOPIC {
        suspects.seen(&c::TOPIC_TOO_LONG, [Fact::new(format!("{} bytes > {LONGEST_TOPIC}", filter.len()))]);
    } else if filter.parse::<Filter>().is_err() {
        suspects.seen(&c::FILTER_FORM, [Fact::new(filter.to_owned())]);
    }
}

/// A topic that nothing can be published to.
pub(super) fn by_topic(line: &Line, suspects: &mut Suspects) {
    let Some(topic) = line.argument(0) else { return };
    if topic.len() > LONGEST_TOPIC {
        suspects.seen(&c::TOPIC_TOO_LONG, [Fact::new(format!("{} bytes > {LONGEST_TOPIC}", topic.len()))]);
    } else if topic.parse::<Topic>().is_err() {
        suspects.seen(&c::PUBLISH_TOPIC, [Fact::new(topic.to_owned())]);
    }
}

fn by_weakness(course: &Course, suspects: &mut Suspects) {
    if signal::is_weak(&course.status) {
        suspects.likely(&c::SIGNAL_WEAK, signal::fact(&course.status));
    }
}

/// A line that nobody knows where the awaited word should stand: it came, and was damaged on the line.
fn by_damage(course: &Course, trouble: &Trouble, suspects: &mut Suspects) {
    let since = course.exchanges().rev().find(|record| record.ended_at <= trouble.at).map(|record| record.sent_at);
    let damaged = course.lines().rev().find(|(at, text)| {
        since.is_none_or(|since| *at >= since) && *at <= trouble.at && WORDS.iter().any(|word| is_nearly(text, word))
    });
    if let Some((at, text)) = damaged {
        suspects.seen(&c::UART_WIRING, [Fact::at(at, text)]);
        suspects.any_of(&[&c::BAUD_WRONG]);
    }
}

/// The word but for one or two signs; a byte that is shown as a token such as `<1A>` counts as one sign.
fn is_nearly(text: &str, word: &str) -> bool {
    if text.len() > 4 * word.len() {
        return false;
    }
    let mut signs = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let is_token = first == '<' && rest.as_bytes().get(3) == Some(&b'>');
        signs.push(if is_token { char::REPLACEMENT_CHARACTER } else { first });
        rest = &rest[if is_token { 4 } else { first.len_utf8() }..];
    }
    (1..=2).contains(&distance(&signs, &word.chars().collect::<Vec<_>>()))
}

/// How many signs must be put in, taken out or changed (Levenshtein).
fn distance(from: &[char], to: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (place, sign) in from.iter().enumerate() {
        let mut corner = std::mem::replace(&mut row[0], place + 1);
        for (column, wanted) in to.iter().enumerate() {
            let changed = corner + usize::from(sign != wanted);
            corner = row[column + 1];
            row[column + 1] = changed.min(corner + 1).min(row[column] + 1);
        }
    }
    row[to.len()]
}

const WORDS: [&str; 5] = ["PUBACK", "PUBCOMP", "PUBREC", "SUBACK", "CONNACK OK"];
/// Bytes of a topic (reference, section 16).
const LONGEST_TOPIC: usize = 256;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_damaged_word_is_known_by_what_is_left_of_it() {
        assert!(is_nearly("PUB<81>CK", "PUBACK") && is_nearly("PUBQCK", "PUBACK") && is_nearly("UBACK", "PUBACK"));
        assert!(!is_nearly("PUBACK", "PUBACK") && !is_nearly("CLOSED", "PUBACK"));
    }
}
