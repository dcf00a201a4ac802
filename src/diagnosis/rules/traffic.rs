//! Subscriptions and messages.

use super::{signal, tcp};
use crate::{
    air780e::verb::Line,
    diagnosis::{Course, Fact, Trouble, catalogue as c, suspects::Suspects},
    lang::Text,
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
    if !tcp::is_untimed(course) {
        suspects.likely(&c::NO_PUBACK, []);
    }
    // Without times nobody knows how long it was waited for.
    suspects.any_of(&[&c::NO_PUBACK, &c::HALF_OPEN]);
}

/// Subscribed, and a message that should come does not: the topics or the rights.
pub(super) fn missing_message(suspects: &mut Suspects) {
    suspects.any_of(&[&c::TOPIC_DIFFERS, &c::READ_DENIED, &c::SUBSCRIBE_DENIED, &c::PUBLISH_DENIED]);
}

/// A filter that breaks the rules of wildcards, or that is longer than the module takes.
pub(super) fn by_filter(line: &Line, suspects: &mut Suspects) {
    let Some(filter) = line.argument(0) else { return };
    if filter.len() > LONGEST_TOPIC {
        suspects.seen(&c::TOPIC_TOO_LONG, [too_many(filter.len(), LONGEST_TOPIC)]);
    } else if filter.parse::<Filter>().is_err() {
        suspects.seen(&c::FILTER_FORM, [Fact::new(filter.to_owned())]);
    }
}

/// A topic that nothing can be published to.
pub(super) fn by_topic(line: &Line, suspects: &mut Suspects) {
    let Some(topic) = line.argument(0) else { return };
    if topic.len() > LONGEST_TOPIC {
        suspects.seen(&c::TOPIC_TOO_LONG, [too_many(topic.len(), LONGEST_TOPIC)]);
    } else if topic.parse::<Topic>().is_err() {
        suspects.seen(&c::PUBLISH_TOPIC, [Fact::new(topic.to_owned())]);
    }
}

/// A value of more bytes than the module takes.
pub(super) fn too_many(bytes: usize, most: usize) -> Fact {
    Fact::said(Text::new("fact-traffic-bytes-most-taken").put("bytes", bytes).put("most", most))
}

fn by_weakness(course: &Course, suspects: &mut Suspects) {
    if let Some(weak) = signal::weakness(course) {
        suspects.likely(&c::SIGNAL_WEAK, [weak]);
    }
}

/// A line that came where the awaited word should stand, and was damaged on the way.
fn by_damage(course: &Course, trouble: &Trouble, suspects: &mut Suspects) {
    let record = course.exchanges().rev().find(|record| record.sent_at <= trouble.at && record.unreadable.is_some());
    let Some((record, text)) = record.and_then(|record| Some((record, record.unreadable.as_ref()?))) else { return };
    suspects.seen(&c::UART_WIRING, [Fact::at(record.ended_at, format!("{} → {text}", record.command))]);
    suspects.any_of(&[&c::BAUD_WRONG]);
}

/// Bytes of a topic (reference, section 16).
const LONGEST_TOPIC: usize = 256;
