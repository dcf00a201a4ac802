//! At which line of a log something happened: the newest moments, and those that something went wrong at.

use std::collections::{BTreeMap, VecDeque};

use crate::time::Moment;

/// Moments with their lines.
#[derive(Debug, Default)]
pub(super) struct Places {
    recent: VecDeque<(Moment, u32)>,
    pinned: BTreeMap<Moment, u32>,
}

impl Places {
    /// What happens at `at` stands in `line`.
    pub(super) fn note(&mut self, at: Moment, line: u32) {
        if self.recent.back().is_some_and(|(last, _)| *last >= at) {
            return;
        }
        if self.recent.len() == RECENT {
            self.recent.pop_front();
        }
        self.recent.push_back((at, line));
    }

    /// `at` will be asked for later.
    pub(super) fn pin(&mut self, at: Moment, line: u32) {
        let line = self.recently(at).unwrap_or(line);
        if self.pinned.len() < PINNED || self.pinned.contains_key(&at) {
            self.pinned.entry(at).or_insert(line);
        }
    }

    /// The line at `at`, or the last one before it.
    pub(super) fn line(&self, at: Moment) -> Option<u32> {
        let pinned = self.pinned.range(..=at).next_back();
        if let Some((_, line)) = pinned.filter(|(moment, _)| **moment == at) {
            return Some(*line);
        }
        self.recently(at).or_else(|| pinned.map(|(_, line)| *line))
    }

    /// How many moments will be asked for; `None` when no more are noted.
    pub(super) fn pinned(&self) -> Option<usize> {
        (self.pinned.len() < PINNED).then_some(self.pinned.len())
    }

    fn recently(&self, at: Moment) -> Option<u32> {
        let behind = self.recent.partition_point(|(moment, _)| *moment <= at);
        behind.checked_sub(1).map(|place| self.recent[place].1)
    }
}

/// As many as a course looks back.
const RECENT: usize = 16_384;
/// More troubles are not told one by one.
const PINNED: usize = 8_192;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_moments_are_found_and_pinned_ones_last() {
        let mut places = Places::default();
        for line in 1..=100_000 {
            places.note(Moment::from_millis(u64::from(line)), line);
            if line == 50 {
                places.pin(Moment::from_millis(40), line);
            }
        }
        assert_eq!(places.line(Moment::from_millis(40)), Some(40));
        assert_eq!(places.line(Moment::from_micros(99_999_500)), Some(99_999));
    }
}
