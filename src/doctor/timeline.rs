//! A port of a log as a line of time: sessions, losses, the signal, and which line stands where. However long the log is, only so
//! many places are kept.

use crate::{
    modem::{
        event::Event,
        status::{Session, Status},
    },
    time::Moment,
};

/// A place in a log.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// When.
    pub at: Moment,
    /// The line, from 1.
    pub line: u32,
}

/// What happened when at one port.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Timeline {
    /// Whether the log tells times; without, only the lines of its spots mean anything.
    pub is_timed: bool,
    /// Sessions with a broker, each with its end; `None` while it lasts.
    pub sessions: Vec<(Spot, Option<Spot>)>,
    /// Where a session was lost.
    pub drops: Vec<Spot>,
    /// The signal in dBm; `None` where the module knew none.
    pub signal: Vec<(Spot, Option<i16>)>,
    /// Spots from the first line to the last, in order.
    pub marks: Vec<Spot>,
    /// The last spot, which stands among the marks only at the end.
    last: Spot,
    marked: Thinning,
    signalled: Thinning,
    read: Option<Moment>,
    is_connected: bool,
}

/// Every so many things one is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Thinning {
    stride: u32,
    passed: u32,
}

impl Default for Thinning {
    fn default() -> Self {
        Self { stride: 1, passed: 0 }
    }
}

impl Thinning {
    pub(super) fn push<T: Copy>(&mut self, kept: &mut Vec<T>, one: T) {
        if self.passed.is_multiple_of(self.stride) {
            if kept.len() >= MOST_SPOTS {
                let mut place = 0;
                kept.retain(|_| {
                    place += 1;
                    place % 2 == 1
                });
                self.stride *= 2;
            }
            kept.push(one);
        }
        self.passed = self.passed.wrapping_add(1) % (self.stride * 2);
    }
}

impl Timeline {
    /// Nothing passed yet.
    pub(super) fn new(is_timed: bool) -> Self {
        Self { is_timed, ..Self::default() }
    }

    /// The log reaches `spot`.
    pub(super) fn pass(&mut self, spot: Spot) {
        if spot.line > self.last.line {
            self.marked.push(&mut self.marks, spot);
        }
        self.last = self.last.max(spot);
    }

    /// Something was told at `spot`.
    pub(super) fn take(&mut self, spot: Spot, event: &Event) {
        match event {
            Event::Status(status) => self.take_status(spot, status),
            Event::SessionLost { .. } => {
                if self.drops.len() < MOST_STRETCHES {
                    self.drops.push(spot);
                }
                self.end_session(spot);
            }
            _ => {}
        }
    }

    fn take_status(&mut self, spot: Spot, status: &Status) {
        if let Some(read) = status.signal.as_ref().filter(|read| self.read != Some(read.at)) {
            self.read = Some(read.at);
            self.signalled.push(&mut self.signal, (spot, read.value.rssi_dbm()));
        }
        let is_connected = status.session == Session::Connected;
        if is_connected && !self.is_connected && self.sessions.len() < MOST_STRETCHES {
            self.sessions.push((spot, None));
        }
        if !is_connected && self.is_connected {
            self.end_session(spot);
        }
        self.is_connected = is_connected;
    }

    fn end_session(&mut self, spot: Spot) {
        if let Some((_, end)) = self.sessions.last_mut() {
            end.get_or_insert(spot);
        }
        self.is_connected = false;
    }

    /// The log is over.
    pub(super) fn end(&mut self) {
        if self.marks.last() != Some(&self.last) && self.last.line > 0 {
            self.marks.push(self.last);
        }
    }

    /// The first and the last spot; `None` where nothing passed the port.
    pub fn ends(&self) -> Option<(Spot, Spot)> {
        Some((*self.marks.first()?, *self.marks.last()?))
    }

    /// Where `line` stands between the first spot and the last, from 0 to 1: by time where the log tells times.
    pub fn part_of(&self, line: u32) -> f32 {
        let behind = self.marks.partition_point(|mark| mark.line <= line);
        let before = self.marks.get(behind.saturating_sub(1)).copied().unwrap_or_default();
        let after = self.marks.get(behind).copied().unwrap_or(before);
        let gone = part(u64::from(before.line), u64::from(after.line), u64::from(line));
        let at = before.at + after.at.since(before.at).mul_f64(gone);
        self.part(Spot { at, line })
    }

    /// The same of a spot.
    pub fn part(&self, spot: Spot) -> f32 {
        let Some((first, last)) = self.ends() else { return 0.0 };
        let part = if self.is_timed && last.at > first.at {
            part(first.at.as_micros(), last.at.as_micros(), spot.at.as_micros())
        } else {
            part(u64::from(first.line), u64::from(last.line), u64::from(spot.line))
        };
        #[expect(clippy::cast_possible_truncation, reason = "a place on the screen")]
        let part = part as f32;
        part
    }

    /// The line that stands at this part of the way from the first spot to the last.
    pub fn line_at(&self, wanted: f32) -> Option<u32> {
        let (first, last) = self.ends()?;
        let behind = self.marks.partition_point(|mark| self.part(*mark) <= wanted);
        let before = self.marks.get(behind.saturating_sub(1)).copied().unwrap_or(first);
        let after = self.marks.get(behind).copied().unwrap_or(last);
        let (from, to) = (self.part(before), self.part(after));
        let share = if to > from { ((wanted - from) / (to - from)).clamp(0.0, 1.0) } else { 0.0 };
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of some lines")]
        let lines = (f64::from(after.line - before.line) * f64::from(share)).round() as u32;
        Some(before.line + lines)
    }
}

/// Where `value` stands between `from` and `to`, from 0 to 1.
#[expect(clippy::cast_precision_loss, reason = "a place on the screen")]
fn part(from: u64, to: u64, value: u64) -> f64 {
    if to <= from { 0.0 } else { (value.saturating_sub(from) as f64 / (to - from) as f64).clamp(0.0, 1.0) }
}

/// More than a screen has columns.
const MOST_SPOTS: usize = 4_096;
/// More sessions and losses are not drawn.
const MOST_STRETCHES: usize = 4_096;

#[cfg(test)]
mod tests {
    use super::*;

    fn spot(line: u32) -> Spot {
        Spot { at: Moment::from_millis(u64::from(line) * 10), line }
    }

    #[test]
    fn a_long_log_keeps_few_spots_and_finds_its_lines_by_them() {
        let mut timeline = Timeline { is_timed: true, ..Timeline::default() };
        (1..=1_000_000).for_each(|line| timeline.pass(spot(line)));
        timeline.end();
        assert!(timeline.marks.len() <= MOST_SPOTS + 1, "{}", timeline.marks.len());
        assert_eq!(timeline.ends(), Some((spot(1), spot(1_000_000))));
        for line in [1, 2, 77_777, 500_000, 999_999, 1_000_000] {
            let found = timeline.line_at(timeline.part_of(line)).expect("a line");
            assert!(found.abs_diff(line) <= 2, "{line} is found again as {found}");
        }
    }

    #[test]
    fn without_times_lines_stand_by_their_numbers() {
        let mut timeline = Timeline::default();
        for line in [1, 2, 3, 101] {
            timeline.pass(Spot { at: Moment::ZERO, line });
        }
        timeline.end();
        assert!((timeline.part_of(51) - 0.5).abs() < 0.01, "{}", timeline.part_of(51));
        assert_eq!(timeline.line_at(0.5), Some(51));
        assert_eq!(Timeline::default().line_at(0.5), None);
    }
}
