//! What is counted and timed during a check.

use std::{collections::HashSet, time::Duration};

use hdrhistogram::Histogram;
use serde_json::{Value, json};

use crate::modem::{
    event::{Delivery, Event, Note, PublishUpdate},
    request::RequestId,
};

/// Counts and times of a check.
#[derive(Debug, Default)]
pub(in crate::cli) struct Tally {
    accepted: HashSet<RequestId>,
    confirmed: HashSet<RequestId>,
    failed: u64,
    unknown: u64,
    received: u64,
    lost: u64,
    accept: Times,
    ack: Times,
}

impl Tally {
    /// Takes what happened.
    pub(in crate::cli) fn take(&mut self, event: &Event) {
        match event {
            Event::Publish(update) => self.note_publish(update),
            Event::Note { note, .. } => self.note(note),
            Event::Message(_) => self.note_received(),
            _ => {}
        }
    }

    /// Notes how far a publish is.
    fn note_publish(&mut self, update: &PublishUpdate) {
        match update.delivery {
            Delivery::Accepted { accept } => self.note_accepted(update.id, accept),
            Delivery::Confirmed { accept, ack } => {
                self.note_accepted(update.id, accept);
                if self.confirmed.insert(update.id) {
                    self.ack.record(ack);
                }
            }
            Delivery::Failed(_) => self.failed += 1,
            Delivery::Unknown(_) => self.unknown += 1,
            Delivery::Queued | Delivery::Sending | Delivery::Received { .. } => {}
        }
    }

    /// Notes a message that arrived.
    const fn note_received(&mut self) {
        self.received += 1;
    }

    /// Notes that messages were lost in the module's cache.
    fn note(&mut self, note: &Note) {
        if let Note::MessagesOverwritten { count } | Note::KeptMessagesLost { count } = note {
            self.lost += u64::from(*count);
        }
    }

    /// Messages that the module had and lost before they were read, at least.
    pub(in crate::cli) const fn lost(&self) -> u64 {
        self.lost
    }

    /// Messages the modem said `OK` to.
    pub(in crate::cli) fn published(&self) -> usize {
        self.accepted.len()
    }

    /// Messages the broker confirmed. Always 0 at QoS 0, where nobody confirms.
    pub(in crate::cli) fn confirmed(&self) -> usize {
        self.confirmed.len()
    }

    /// Messages that certainly did not leave the module.
    pub(in crate::cli) const fn failed(&self) -> u64 {
        self.failed
    }

    /// Messages that may have left the module, or not; none of them is sent again.
    pub(in crate::cli) const fn unknown(&self) -> u64 {
        self.unknown
    }

    /// Messages that arrived.
    pub(in crate::cli) const fn received(&self) -> u64 {
        self.received
    }

    /// From the command's last byte to `OK`.
    pub(in crate::cli) const fn accept(&self) -> &Times {
        &self.accept
    }

    /// From `OK` to `PUBACK` or `PUBCOMP`.
    pub(in crate::cli) const fn ack(&self) -> &Times {
        &self.ack
    }

    fn note_accepted(&mut self, id: RequestId, accept: Duration) {
        if self.accepted.insert(id) {
            self.accept.record(accept);
        }
    }
}

/// A distribution of times, in microseconds.
#[derive(Debug)]
pub(in crate::cli) struct Times(Histogram<u64>);

impl Default for Times {
    fn default() -> Self {
        Self(
            Histogram::new_with_max(LONGEST_MICROS, SIGNIFICANT_DIGITS)
                .expect("an hour and three digits are legal bounds"),
        )
    }
}

impl Times {
    fn record(&mut self, time: Duration) {
        self.0.saturating_record(u64::try_from(time.as_micros()).unwrap_or(u64::MAX));
    }

    /// Percentiles in milliseconds; null as long as there is nothing to rank.
    pub(in crate::cli) fn as_json(&self) -> Value {
        let [p50, p95, p99, max] = self.ranks().map_or([None; 4], |ranks| ranks.map(Some));
        json!({ "p50": p50, "p95": p95, "p99": p99, "max": max, "count": self.0.len() })
    }

    /// Percentiles for people; `None` as long as there is nothing to rank.
    pub(in crate::cli) fn as_text(&self) -> Option<String> {
        let [p50, p95, p99, max] = self.ranks()?;
        Some(format!("p50 {p50:.1} ms, p95 {p95:.1} ms, p99 {p99:.1} ms, max {max:.1} ms, n {}", self.0.len()))
    }

    fn ranks(&self) -> Option<[f64; 4]> {
        let at = |quantile| Duration::from_micros(self.0.value_at_quantile(quantile)).as_secs_f64() * 1_000.0;
        (!self.0.is_empty()).then(|| [at(0.5), at(0.95), at(0.99), at(1.0)])
    }
}

/// One hour; what takes longer counts as that.
const LONGEST_MICROS: u64 = 3_600_000_000;
const SIGNIFICANT_DIGITS: u8 = 3;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Moment;

    fn update(id: u64, delivery: Delivery) -> PublishUpdate {
        PublishUpdate { at: Moment::ZERO, id: RequestId(id), delivery }
    }

    #[test]
    fn a_message_counts_once_however_often_it_is_told() {
        let ms = Duration::from_millis;
        let mut tally = Tally::default();
        tally.note_publish(&update(1, Delivery::Accepted { accept: ms(3) }));
        tally.note_publish(&update(1, Delivery::Confirmed { accept: ms(3), ack: ms(40) }));
        tally.note_publish(&update(2, Delivery::Confirmed { accept: ms(5), ack: ms(60) }));
        assert_eq!((tally.published(), tally.confirmed()), (2, 2));
        assert_eq!(tally.accept().as_json()["count"], 2);
        let ack = tally.ack().as_json();
        assert_eq!(ack["count"], 2);
        assert!(ack["max"].as_f64().is_some_and(|max| (59.9..60.1).contains(&max)), "{ack}");
    }

    #[test]
    fn what_the_module_lost_is_counted_whatever_took_it() {
        let mut tally = Tally::default();
        tally.note(&Note::KeptMessagesLost { count: 2 });
        tally.note(&Note::MessagesOverwritten { count: 3 });
        tally.note(&Note::UnknownDialect { name: "x".into() });
        assert_eq!(tally.lost(), 5);
    }

    #[test]
    fn nothing_measured_is_null_and_not_zero() {
        let tally = Tally::default();
        assert!(tally.accept().as_json()["p50"].is_null());
        assert_eq!(tally.accept().as_text(), None);
    }
}
