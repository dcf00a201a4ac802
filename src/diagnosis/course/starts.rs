//! Which lines tell of a start of the module of its own, and which of one that was told already.

use std::time::Duration;

use crate::time::Moment;

/// A line with which the module starts (reference, section 3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BootLine {
    /// `^boot.rom…`: the loader's banner, once a start.
    Banner,
    /// `RDY`: the AT processor is there. EC718 modules print it twice.
    Ready,
}

impl BootLine {
    pub(super) fn of(text: &str) -> Option<Self> {
        if text.starts_with("^boot.rom") {
            return Some(Self::Banner);
        }
        (text == "RDY").then_some(Self::Ready)
    }
}

/// What came of the last start so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Starts {
    last: Option<Last>,
}

#[derive(Clone, Debug)]
struct Last {
    at: Moment,
    has_banner: bool,
    is_ready: bool,
    /// Another line came since.
    has_lines: bool,
}

impl Starts {
    /// Takes `line`. Says whether it begins a start of its own. Without times only the order of the lines decides.
    pub(super) fn is_new(&mut self, line: BootLine, at: Moment, is_timed: bool) -> bool {
        let is_soon = |last: &Last| is_timed && at.since(last.at) <= ONE_BOOT;
        let known = self.last.as_mut().filter(|last| match line {
            // The two lines of one start may come in either order.
            BootLine::Banner => !last.has_banner && (is_soon(last) || !is_timed && !last.has_lines),
            BootLine::Ready if !last.is_ready => !is_timed || at.since(last.at) <= SLOW_BOOT,
            BootLine::Ready => is_soon(last) || !is_timed && !last.has_lines,
        });
        let is_new = known.is_none();
        let last = match known {
            Some(last) => last,
            None => self.last.insert(Last { at, has_banner: false, is_ready: false, has_lines: false }),
        };
        last.at = at;
        last.has_banner |= line == BootLine::Banner;
        last.is_ready |= line == BootLine::Ready;
        is_new
    }

    /// Something else was printed.
    pub(super) const fn pass_line(&mut self) {
        if let Some(last) = &mut self.last {
            last.has_lines = true;
        }
    }

    /// The module answered: its start is over.
    pub(super) const fn pass_dialogue(&mut self) {
        if let Some(last) = &mut self.last {
            (last.has_lines, last.is_ready, last.has_banner) = (true, true, true);
        }
    }
}

/// `RDY` twice, and both lines in the unusual order, come within this.
const ONE_BOOT: Duration = Duration::from_secs(3);
/// `RDY` follows its banner within this; nothing is answered between them.
const SLOW_BOOT: Duration = Duration::from_secs(30);

#[cfg(test)]
mod tests {
    use super::{BootLine::*, *};

    /// How many starts `lines` tell of: a boot line at this many milliseconds, or `None` for another line.
    fn starts(lines: &[(u64, Option<BootLine>)], is_timed: bool) -> usize {
        let mut starts = Starts::default();
        let mut is_new = |(ms, line): &(u64, Option<BootLine>)| {
            if let Some(line) = line {
                return starts.is_new(*line, Moment::from_millis(*ms), is_timed);
            }
            starts.pass_line();
            false
        };
        lines.iter().filter(|line| is_new(line)).count()
    }

    #[test]
    fn both_lines_of_a_start_are_one_and_a_second_banner_is_another() {
        let one = [(0, Some(Banner)), (5_000, Some(Ready)), (5_400, Some(Ready))];
        let turned = [(0, Some(Ready)), (200, Some(Banner))];
        let two = [(0, Some(Banner)), (1_000, Some(Ready)), (2_000, Some(Banner)), (3_000, Some(Ready))];
        let ready_only = [(0, Some(Ready)), (900, None), (20_000, Some(Ready))];
        for is_timed in [true, false] {
            assert_eq!(starts(&one, is_timed), 1, "{is_timed}");
            assert_eq!(starts(&turned, is_timed), 1, "{is_timed}");
            assert_eq!(starts(&two, is_timed), 2, "a start a second later is a start: {is_timed}");
            assert_eq!(starts(&ready_only, is_timed), 2, "{is_timed}");
        }
    }

    #[test]
    fn what_was_answered_between_them_parts_two_starts() {
        let mut starts = Starts::default();
        assert!(starts.is_new(Banner, Moment::ZERO, true));
        starts.pass_dialogue();
        assert!(starts.is_new(Ready, Moment::from_millis(9_000), true));
    }
}
