//! What a trace consists of.

use std::ops::Range;

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
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trace {
    /// What stands above the entries.
    pub header: Header,
    /// In order of time.
    pub entries: Vec<Entry>,
}
