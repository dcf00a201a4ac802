//! Which of very many lines pass a test: found a piece at a time, so that no frame waits for the whole conversation.

use std::collections::VecDeque;

use crate::model::terminal::{Line, Terminal};

use super::{WireLook, look};

/// What a line must be to pass.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Filter {
    /// Text it must hold, in lower case; empty for any.
    pub(super) needle: String,
    /// Looks that do not pass.
    pub(super) hidden: Vec<WireLook>,
}

impl Filter {
    /// Whether every line passes.
    pub(super) const fn is_open(&self) -> bool {
        self.needle.is_empty() && self.hidden.is_empty()
    }

    fn passes(&self, line: &Line<'_>) -> bool {
        !self.hidden.contains(&look(line.kind)) && (self.needle.is_empty() || find(line.text, &self.needle).is_some())
    }
}

/// How much may be looked at in one frame.
#[derive(Clone, Copy, Debug)]
pub(super) struct Budget {
    lines: usize,
    bytes: usize,
}

impl Budget {
    /// What a frame can afford, whatever the lines hold.
    pub(super) const fn of_frame() -> Self {
        Self { lines: LINES, bytes: BYTES }
    }

    #[cfg(test)]
    pub(super) const fn endless() -> Self {
        Self { lines: usize::MAX, bytes: usize::MAX }
    }

    fn take(&mut self, line: &Line<'_>) -> bool {
        if self.lines == 0 || self.bytes == 0 {
            return false;
        }
        self.lines -= 1;
        self.bytes = self.bytes.saturating_sub(line.text.len() + 16);
        true
    }
}

/// The numbers of the lines that pass, in order. New lines are taken at the end; older ones are found from the newest
/// back, so that what is read first is there first.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    filter: Filter,
    epoch: u64,
    numbers: VecDeque<u64>,
    /// Place of the first number; it goes down as older lines are found and up as they are forgotten.
    first: u64,
    /// Lines before this number were not looked at yet.
    low: u64,
    /// Lines from this number on were not looked at yet.
    high: u64,
}

impl Index {
    /// An index that has not looked at anything yet.
    pub(super) fn new(filter: Filter, terminal: &Terminal) -> Self {
        let end = terminal.forgotten() + terminal.lines().len() as u64;
        Self { filter, epoch: terminal.epoch(), numbers: VecDeque::new(), first: MIDDLE, low: end, high: end }
    }

    /// Whether it answers `filter` for the conversation as it is.
    pub(super) fn is_for(&self, filter: &Filter, terminal: &Terminal) -> bool {
        self.filter == *filter && self.epoch == terminal.epoch()
    }

    /// Looks at lines that came, then at older ones, as far as `budget` allows. Says whether lines are left.
    pub(super) fn advance(&mut self, terminal: &Terminal, budget: &mut Budget) -> bool {
        let (oldest, lines) = (terminal.forgotten(), terminal.lines());
        let end = oldest + lines.len() as u64;
        while self.numbers.front().is_some_and(|number| *number < oldest) {
            self.numbers.pop_front();
            self.first += 1;
        }
        (self.low, self.high) = (self.low.max(oldest), self.high.max(oldest));
        let line = |number: u64| usize::try_from(number - oldest).ok().and_then(|index| lines.get(index));
        while self.high < end {
            let Some(line) = line(self.high).filter(|line| budget.take(line)) else { return true };
            if self.filter.passes(&line) {
                self.numbers.push_back(self.high);
            }
            self.high += 1;
        }
        while self.low > oldest {
            let Some(line) = line(self.low - 1).filter(|line| budget.take(line)) else { return true };
            self.low -= 1;
            if self.filter.passes(&line) {
                self.numbers.push_front(self.low);
                self.first -= 1;
            }
        }
        false
    }

    /// How many lines passed so far.
    pub(super) fn len(&self) -> usize {
        self.numbers.len()
    }

    /// A number for the first row that does not change while rows come and go.
    pub(super) const fn first(&self) -> u64 {
        self.first
    }

    /// The number of the line at `place` among those that pass.
    pub(super) fn number(&self, place: usize) -> Option<u64> {
        self.numbers.get(place).copied()
    }

    /// How many lines that pass stand before line `number`.
    pub(super) fn before(&self, number: u64) -> usize {
        self.numbers.partition_point(|passed| *passed < number)
    }

    /// All numbers, to be worked on elsewhere.
    pub(super) fn numbers(&self) -> VecDeque<u64> {
        self.numbers.clone()
    }
}

/// Where `needle`, which is in lower case, stands in `text` without regard to case: start and end in bytes.
pub(super) fn find(text: &str, needle: &str) -> Option<(usize, usize)> {
    if needle.is_ascii() {
        let start = find_ascii(text.as_bytes(), needle.as_bytes())?;
        return Some((start, start + needle.len()));
    }
    if let Some(start) = text.find(needle) {
        return Some((start, start + needle.len()));
    }
    let lowered = text.to_lowercase();
    let start = lowered.find(needle)?;
    let end = start + needle.len();
    // Lower case may be longer or shorter: then the whole line is the hit.
    let is_same = lowered.len() == text.len() && text.is_char_boundary(start) && text.is_char_boundary(end);
    Some(if is_same { (start, end) } else { (0, text.len()) })
}

fn find_ascii(text: &[u8], needle: &[u8]) -> Option<usize> {
    let (first, rest) = needle.split_first()?;
    let mut from = 0;
    while let Some(step) = text.get(from..)?.iter().position(|byte| byte.eq_ignore_ascii_case(first)) {
        let start = from + step;
        let found = text.get(start + 1..start + needle.len())?;
        if found.eq_ignore_ascii_case(rest) {
            return Some(start);
        }
        from = start + 1;
    }
    None
}

/// Far from both ends of the numbers there are.
const MIDDLE: u64 = 1 << 40;
/// Most lines looked at in one frame.
const LINES: usize = 40_000;
/// Most bytes looked at in one frame.
const BYTES: usize = 1 << 20;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_found_whatever_its_case() {
        let table = [
            ("+CSQ: 24,0", "csq:", Some((1, 5))),
            ("温度 ÄRGER", "ärger", Some((7, 13))),
            ("aab", "ab", Some((1, 3))),
            ("a", "ab", None),
            ("", "a", None),
            ("İx", "x", Some((2, 3))),
        ];
        for (text, needle, expected) in table {
            assert_eq!(find(text, needle), expected, "{needle} in {text}");
        }
    }
}
