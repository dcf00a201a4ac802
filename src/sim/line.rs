//! The serial line's pace: ten bits a byte at the chosen rate, in both directions.

use std::{collections::VecDeque, time::Duration};

use crate::time::Moment;

/// Bits that one byte takes on an 8N1 line.
const BITS_PER_BYTE: u64 = 10;
/// Bytes handed out together, as a serial driver does.
const SLICE: usize = 16;
/// Slowest rate that is simulated; lower values are raised to it.
const SLOWEST: u32 = 300;

/// Bytes on their way to the PC, and the time at which bytes from the PC have arrived.
#[derive(Clone, Debug)]
pub(super) struct Line {
    baud: u32,
    queue: VecDeque<u8>,
    /// Start of the running burst and how many of its bytes have left.
    burst: (Moment, u64),
    /// When the last byte from the PC has arrived completely.
    received_until: Moment,
}

impl Line {
    pub(super) fn new(baud: u32) -> Self {
        Self { baud: baud.max(SLOWEST), queue: VecDeque::new(), burst: (Moment::ZERO, 0), received_until: Moment::ZERO }
    }

    /// Changes the rate for everything that has not left yet.
    pub(super) fn set_baud(&mut self, baud: u32) {
        self.burst = (self.after(self.burst.1), 0);
        self.baud = baud.max(SLOWEST);
    }

    /// How long `bytes` bytes take.
    pub(super) fn span(&self, bytes: u64) -> Duration {
        Duration::from_micros(bytes.saturating_mul(BITS_PER_BYTE * 1_000_000).div_ceil(u64::from(self.baud)))
    }

    /// When the last of `count` bytes, sent from `now` on, has arrived here.
    pub(super) fn arrival(&mut self, now: Moment, count: usize) -> Moment {
        self.received_until = self.received_until.max(now) + self.span(count as u64);
        self.received_until
    }

    pub(super) fn push(&mut self, now: Moment, bytes: &[u8]) {
        if self.queue.is_empty() {
            self.burst = (now, 0);
        }
        self.queue.extend(bytes);
    }

    /// When the last queued byte will have left; `now` when nothing is queued.
    pub(super) fn drained(&self, now: Moment) -> Moment {
        self.after(self.burst.1 + self.queue.len() as u64).max(now)
    }

    /// The bytes that have left completely by `now`.
    pub(super) fn take(&mut self, now: Moment) -> Option<Vec<u8>> {
        let mut count = 0;
        while count < self.queue.len() && self.after(self.burst.1 + count as u64 + 1) <= now {
            count += 1;
        }
        if count == 0 {
            return None;
        }
        self.burst.1 += count as u64;
        Some(self.queue.drain(..count).collect())
    }

    /// When the next slice will have left.
    pub(super) fn next(&self) -> Option<Moment> {
        let slice = self.queue.len().min(SLICE);
        (slice > 0).then(|| self.after(self.burst.1 + slice as u64))
    }

    /// Forgets what has not left yet, as a power cut does.
    pub(super) fn clear(&mut self) {
        self.queue.clear();
    }

    fn after(&self, bytes: u64) -> Moment {
        self.burst.0 + self.span(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_leave_at_ten_bits_each() {
        let mut line = Line::new(10_000);
        line.push(Moment::from_millis(5), b"abc");
        assert_eq!(line.take(Moment::from_micros(5_999)), None);
        assert_eq!(line.take(Moment::from_millis(6)), Some(b"a".to_vec()));
        assert_eq!(line.next(), Some(Moment::from_millis(8)));
        assert_eq!(line.take(Moment::from_millis(20)), Some(b"bc".to_vec()));
        line.push(Moment::from_millis(30), b"d");
        assert_eq!(line.next(), Some(Moment::from_millis(31)));
    }

    #[test]
    fn bytes_from_the_pc_queue_behind_each_other() {
        let mut line = Line::new(10_000);
        assert_eq!(line.arrival(Moment::ZERO, 3), Moment::from_millis(3));
        assert_eq!(line.arrival(Moment::from_millis(1), 2), Moment::from_millis(5));
    }

    #[test]
    fn a_new_rate_holds_from_the_next_byte_on() {
        let mut line = Line::new(10_000);
        line.push(Moment::ZERO, b"ab");
        assert_eq!(line.take(Moment::from_millis(1)), Some(b"a".to_vec()));
        line.set_baud(1_000);
        assert_eq!(line.next(), Some(Moment::from_millis(11)));
    }
}
