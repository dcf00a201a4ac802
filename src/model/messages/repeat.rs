//! One message sent again and again: when the next is due, and what became of those before.
//!
//! Only one is on its way at a time. When the modem needs longer than the interval, the next goes out as soon as the one
//! before has ended, is counted as late, and the plan goes on from there: nothing piles up.

use std::time::Duration;

use crate::{
    modem::{event::Delivery, request::RequestId},
    mqtt::Qos,
    time::Moment,
};

/// Why no more are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RepeatEnd {
    /// All were sent.
    Finished,
    /// The user stopped it.
    Stopped,
    /// The session with the broker ended.
    SessionEnded,
    /// A message was not taken, or can no longer be made of what was typed.
    Refused,
}

/// One run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repeat {
    interval: Duration,
    wanted: Option<u64>,
    next: Moment,
    /// The one on its way, with its quality of service.
    open: Option<RequestId>,
    end: Option<RepeatEnd>,
    /// Messages handed to the modem.
    pub sent: u64,
    /// Messages that the broker confirmed.
    pub confirmed: u64,
    /// Messages at QoS 0 that the modem accepted; nobody will say more of them.
    pub accepted: u64,
    /// Messages that were certainly not sent.
    pub failed: u64,
    /// Messages whose outcome nobody knows.
    pub unknown: u64,
    /// Messages that went out later than planned because the one before took longer than the interval.
    pub late: u64,
}

impl Repeat {
    /// A run of `wanted` messages (without end when `None`), the first due at `now`, each `interval` after the one before.
    pub fn new(now: Moment, interval: Duration, wanted: Option<u64>) -> Self {
        Self {
            interval,
            wanted,
            next: now,
            open: None,
            end: None,
            sent: 0,
            confirmed: 0,
            accepted: 0,
            failed: 0,
            unknown: 0,
            late: 0,
        }
    }

    /// How many were wanted; `None` without end.
    pub const fn wanted(&self) -> Option<u64> {
        self.wanted
    }

    /// From one planned start to the next.
    pub const fn interval(&self) -> Duration {
        self.interval
    }

    /// Why no more are sent; `None` while it runs.
    pub const fn end(&self) -> Option<RepeatEnd> {
        self.end
    }

    /// Whether it runs.
    pub const fn is_running(&self) -> bool {
        self.end.is_none()
    }

    /// Whether the next message shall go out at `now`.
    pub fn is_due(&self, now: Moment) -> bool {
        self.is_running() && self.open.is_none() && now >= self.next
    }

    /// How long until the next is due; `None` while one is on its way or when the run has ended.
    pub fn wait(&self, now: Moment) -> Option<Duration> {
        (self.is_running() && self.open.is_none()).then(|| self.next.since(now))
    }

    /// Learns that a message was handed over at `now` as `id`, or was not taken.
    pub(super) fn note_sent(&mut self, now: Moment, id: Option<RequestId>) {
        let Some(id) = id else {
            self.stop(RepeatEnd::Refused);
            return;
        };
        let lateness = now.since(self.next);
        let is_late = self.sent > 0 && lateness >= self.interval / 2;
        self.late += u64::from(is_late);
        self.sent += 1;
        self.open = Some(id);
        self.next = if is_late { now + self.interval } else { self.next + self.interval };
    }

    /// Learns that `id` moved on.
    pub(super) fn note_delivery(&mut self, id: RequestId, delivery: &Delivery, qos: Qos) {
        if self.open != Some(id) {
            return;
        }
        match delivery {
            Delivery::Accepted { .. } if qos == Qos::AtMostOnce => self.accepted += 1,
            Delivery::Confirmed { .. } => self.confirmed += 1,
            Delivery::Failed(_) => self.failed += 1,
            Delivery::Unknown(_) => self.unknown += 1,
            _ => return,
        }
        self.open = None;
        if self.wanted.is_some_and(|wanted| self.sent >= wanted) {
            self.stop(RepeatEnd::Finished);
        }
    }

    /// No more are sent; what is on its way is still followed.
    pub(super) fn stop(&mut self, end: RepeatEnd) {
        self.end.get_or_insert(end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn at(millis: u64) -> Moment {
        Moment::from_millis(millis)
    }

    fn confirmed() -> Delivery {
        Delivery::Confirmed { accept: SECOND, ack: SECOND }
    }

    fn send(repeat: &mut Repeat, millis: u64, id: u64) {
        assert!(repeat.is_due(at(millis)), "{repeat:?}");
        repeat.note_sent(at(millis), Some(RequestId(id)));
    }

    #[test]
    fn it_keeps_the_interval_and_ends_after_the_last() {
        let mut repeat = Repeat::new(at(100), SECOND, Some(2));
        send(&mut repeat, 103, 1);
        repeat.note_delivery(RequestId(1), &Delivery::Accepted { accept: SECOND }, Qos::AtLeastOnce);
        assert!(!repeat.is_due(at(9_000)), "one above QoS 0 is on its way");
        repeat.note_delivery(RequestId(1), &confirmed(), Qos::AtLeastOnce);
        assert_eq!(repeat.wait(at(600)), Some(Duration::from_millis(500)), "planned from the planned instant");
        assert!(!repeat.is_due(at(1_099)));
        send(&mut repeat, 1_100, 2);
        assert_eq!(repeat.wait(at(1_100)), None);
        repeat.note_delivery(RequestId(2), &confirmed(), Qos::AtLeastOnce);
        assert_eq!((repeat.end(), repeat.sent, repeat.confirmed, repeat.late), (Some(RepeatEnd::Finished), 2, 2, 0));
        assert!(!repeat.is_due(at(99_000)));
    }

    #[test]
    fn a_slow_modem_makes_it_late_and_nothing_piles_up() {
        let mut repeat = Repeat::new(at(0), SECOND, None);
        send(&mut repeat, 0, 1);
        repeat.note_delivery(RequestId(1), &confirmed(), Qos::AtLeastOnce);
        send(&mut repeat, 1_000, 2);
        repeat.note_delivery(RequestId(2), &confirmed(), Qos::AtLeastOnce);
        send(&mut repeat, 7_500, 3);
        repeat.note_delivery(RequestId(3), &Delivery::Unknown(crate::modem::event::Fault::Cancelled), Qos::AtLeastOnce);
        assert_eq!(repeat.late, 1);
        assert!(!repeat.is_due(at(8_499)), "the missed ones are not sent after it");
        send(&mut repeat, 8_500, 4);
        assert_eq!((repeat.late, repeat.unknown), (1, 1));
    }

    #[test]
    fn qos_0_is_accepted_and_never_confirmed() {
        let mut repeat = Repeat::new(at(0), SECOND, None);
        send(&mut repeat, 0, 1);
        repeat.note_delivery(RequestId(1), &Delivery::Accepted { accept: SECOND }, Qos::AtMostOnce);
        assert_eq!((repeat.accepted, repeat.confirmed), (1, 0));
    }

    #[test]
    fn what_is_on_its_way_when_it_is_stopped_is_still_counted() {
        let mut repeat = Repeat::new(at(0), SECOND, None);
        send(&mut repeat, 0, 1);
        repeat.stop(RepeatEnd::Stopped);
        repeat.note_delivery(RequestId(1), &confirmed(), Qos::AtLeastOnce);
        assert_eq!((repeat.end(), repeat.confirmed, repeat.is_due(at(9_000))), (Some(RepeatEnd::Stopped), 1, false));
    }

    #[test]
    fn a_refused_message_ends_it() {
        let mut repeat = Repeat::new(at(0), SECOND, None);
        repeat.note_sent(at(0), None);
        assert_eq!((repeat.end(), repeat.sent), (Some(RepeatEnd::Refused), 0));
    }
}
