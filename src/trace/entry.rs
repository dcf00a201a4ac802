//! What a trace consists of.

use std::{ops::Range, time::Duration};

use crate::time::Moment;

/// Which way bytes went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// From the PC to the modem.
    Sent,
    /// From the modem to the PC.
    Received,
}

/// Some bytes that passed at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// When the last of them passed.
    pub at: Moment,
    /// Which way.
    pub direction: Direction,
    /// The bytes; secret ones are as many `*`.
    pub bytes: Vec<u8>,
    /// Which of the bytes are secret: in order, not overlapping, inside `bytes`.
    pub secret: Vec<Range<usize>>,
}

impl Entry {
    /// An entry whose secret bytes are overwritten at once. Ranges outside `bytes` are cut off.
    pub fn new(at: Moment, direction: Direction, bytes: &[u8], secret: &[Range<usize>]) -> Self {
        let mut bytes = bytes.to_vec();
        let mut kept: Vec<Range<usize>> = Vec::new();
        for range in secret {
            let start = range.start.max(kept.last().map_or(0, |last| last.end));
            let end = range.end.min(bytes.len());
            if start < end {
                bytes[start..end].fill(b'*');
                kept.push(start..end);
            }
        }
        Self { at, direction, bytes, secret: kept }
    }
}

/// What stands above the entries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Header {
    /// Name of the port.
    pub port: String,
    /// Local date and time at which the link opened, in RFC 3339; empty when not known.
    pub opened: String,
    /// Whether a virtual modem was at the other end.
    pub is_simulated: bool,
}

/// A whole recording.
#[derive(Clone, Debug, Default)]
pub struct Trace {
    /// What stands above the entries.
    pub header: Header,
    /// In order of time.
    pub entries: Vec<Entry>,
    /// The line of the text, from 1, in whose middle it breaks off: whoever wrote it was stopped. Everything before is there.
    pub cut_at: Option<usize>,
    /// Where the parts of the entries stand in the text they were read from; empty when they were not.
    pub(super) marks: Vec<Mark>,
}

/// The beginning of one line of text within an entry.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    pub(super) entry: usize,
    pub(super) offset: usize,
    pub(super) line: u32,
}

/// What was recorded, wherever it was read from.
impl PartialEq for Trace {
    fn eq(&self, other: &Self) -> bool {
        self.header == other.header && self.entries == other.entries
    }
}

impl Eq for Trace {}

impl Trace {
    /// The entries in the pieces in which they stand in the text, each with its line from 1 and a moment of its own: pieces
    /// of one moment follow each other by a microsecond. A trace that was not read from a text gives whole entries.
    pub fn pieces(&self) -> impl Iterator<Item = (Option<u32>, Moment, Direction, &[u8])> {
        let whole = self.marks.is_empty().then(|| self.entries.iter().map(|entry| (None, entry, 0, entry.bytes.len())));
        let marked = self.marks.iter().enumerate().map(|(place, mark)| {
            let entry = &self.entries[mark.entry];
            let next = self.marks.get(place + 1).filter(|next| next.entry == mark.entry);
            (Some(mark.line), entry, mark.offset, next.map_or(entry.bytes.len(), |next| next.offset))
        });
        let mut last = None;
        whole.into_iter().flatten().chain(marked).map(move |(line, entry, from, to)| {
            let at = last.map_or(entry.at, |last: Moment| entry.at.max(last + Duration::from_micros(1)));
            last = line.is_some().then_some(at);
            (line, at, entry.direction, &entry.bytes[from..to])
        })
    }
}
