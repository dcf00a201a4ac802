//! Very many lines in little memory: chunks that share their text, so that a million of them are copied, counted and
//! forgotten without touching each one.

use std::{collections::VecDeque, ops::Range, sync::Arc};

use crate::{
    model::event::{WireKind, WireLine},
    time::Moment,
};

/// One line of the conversation, borrowed from where it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line<'a> {
    /// When its last byte passed.
    pub at: Moment,
    /// What it is.
    pub kind: WireKind,
    /// Its text without line end, secrets masked, control characters as tokens.
    pub text: &'a str,
    /// Its exact bytes without line end, where they differ from the text and no secret is among them.
    pub bytes: Option<&'a [u8]>,
}

/// Lines in order. A clone costs a few pointers for each thousand lines.
#[derive(Clone, Debug, Default)]
pub struct Lines {
    /// All but the last hold [`CHUNK`] rows.
    chunks: VecDeque<Arc<Chunk>>,
    /// Rows of the first chunk that no longer count.
    skipped: usize,
    len: usize,
    bytes: usize,
}

#[derive(Clone, Debug, Default)]
struct Chunk {
    rows: Vec<Row>,
    text: String,
    raw: Vec<u8>,
}

#[derive(Clone, Copy, Debug)]
struct Row {
    at: Moment,
    kind: WireKind,
    has_raw: bool,
    text_end: u32,
    raw_end: u32,
}

impl Lines {
    /// How many there are.
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Bytes of text held.
    pub const fn bytes(&self) -> usize {
        self.bytes
    }

    /// The line at `index`, from the oldest.
    pub fn get(&self, index: usize) -> Option<Line<'_>> {
        if index >= self.len {
            return None;
        }
        let place = self.skipped + index;
        self.chunks.get(place / CHUNK)?.line(place % CHUNK)
    }

    /// All lines, oldest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = Line<'_>> + ExactSizeIterator {
        (0..self.len).map(|index| self.get(index).expect("every index below the length has a line"))
    }

    /// Takes one more line.
    pub(super) fn push(&mut self, line: &WireLine) {
        if self.chunks.back().is_none_or(|chunk| chunk.rows.len() == CHUNK) {
            self.chunks.push_back(Arc::default());
        }
        if let Some(chunk) = self.chunks.back_mut() {
            self.bytes += Arc::make_mut(chunk).push(line);
            self.len += 1;
        }
    }

    /// Forgets the `count` oldest lines.
    pub(super) fn forget(&mut self, count: usize) {
        let count = count.min(self.len);
        self.len -= count;
        self.skipped += count;
        while self.skipped >= CHUNK || (self.len == 0 && !self.chunks.is_empty()) {
            self.skipped = self.skipped.saturating_sub(CHUNK);
            if let Some(chunk) = self.chunks.pop_front() {
                self.bytes -= chunk.text.len() + chunk.raw.len();
            }
        }
        if self.len == 0 {
            self.skipped = 0;
        }
    }

    /// How many lines the oldest piece of memory holds that can be given back at once.
    pub(super) fn oldest_piece(&self) -> usize {
        self.len.min(CHUNK - self.skipped)
    }
}

impl Chunk {
    /// Takes one line; says how many bytes it needs.
    fn push(&mut self, line: &WireLine) -> usize {
        let before = self.text.len() + self.raw.len();
        self.text.push_str(&line.text);
        let bytes = line.bytes.as_deref();
        self.raw.extend_from_slice(bytes.unwrap_or_default());
        let end = |len: usize| u32::try_from(len).unwrap_or(u32::MAX);
        let (text_end, raw_end) = (end(self.text.len()), end(self.raw.len()));
        self.rows.push(Row { at: line.at, kind: line.kind, has_raw: bytes.is_some(), text_end, raw_end });
        self.text.len() + self.raw.len() - before
    }

    fn line(&self, row: usize) -> Option<Line<'_>> {
        let Row { at, kind, has_raw, text_end, raw_end } = *self.rows.get(row)?;
        let before = row.checked_sub(1).and_then(|before| self.rows.get(before));
        let range = |start: Option<u32>, end: u32| -> Range<usize> { start.unwrap_or(0) as usize..end as usize };
        let text = self.text.get(range(before.map(|row| row.text_end), text_end))?;
        let raw = self.raw.get(range(before.map(|row| row.raw_end), raw_end))?;
        Some(Line { at, kind, text, bytes: has_raw.then_some(raw) })
    }
}

/// Lines in one piece of memory.
const CHUNK: usize = 1_024;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn line(number: usize) -> WireLine {
        let bytes = number.is_multiple_of(7).then(|| number.to_le_bytes().into());
        WireLine { at: Moment::from_millis(number as u64), kind: WireKind::Answer, text: number.to_string(), bytes }
    }

    proptest! {
        #[test]
        fn lines_come_and_go_like_in_a_plain_queue(steps in prop::collection::vec((0_usize..1_500, 0_usize..1_500), 1..12)) {
            let (mut lines, mut plain, mut next) = (Lines::default(), VecDeque::new(), 0);
            for (added, forgotten) in steps {
                for _ in 0..added {
                    lines.push(&line(next));
                    plain.push_back(next);
                    next += 1;
                }
                lines.forget(forgotten);
                plain.drain(..forgotten.min(plain.len()));
                prop_assert_eq!(lines.len(), plain.len());
                for index in [0, plain.len() / 2, plain.len().saturating_sub(1), plain.len()] {
                    let (found, wanted) = (lines.get(index), plain.get(index).map(|number| line(*number)));
                    prop_assert_eq!(found.map(|found| found.text.to_owned()), wanted.as_ref().map(|line| line.text.clone()));
                    prop_assert_eq!(found.and_then(|found| found.bytes), wanted.as_ref().and_then(|line| line.bytes.as_deref()));
                }
                if plain.is_empty() {
                    prop_assert_eq!(lines.bytes(), 0, "nothing is held for lines that are gone");
                }
            }
        }
    }

    #[test]
    fn a_copy_stays_as_it_was() {
        let mut lines = Lines::default();
        lines.push(&line(1));
        let copy = lines.clone();
        lines.push(&line(2));
        lines.forget(1);
        assert_eq!((copy.len(), copy.get(0).map(|line| line.text)), (1, Some("1")));
        assert_eq!(lines.get(0).map(|line| line.text), Some("2"));
    }
}
