//! The bounded history of messages in both directions.
//!
//! Every entry has a sequence number that never changes, so a reader can keep its place while old entries are
//! trimmed. What is trimmed is counted; nothing leaves silently.

use std::{collections::VecDeque, ops::Range, sync::Arc};

use chrono::{DateTime, Local};

use crate::{modem::event::Delivery, mqtt::Message};

/// How much history is kept; the older entries go first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HistoryLimit {
    /// Most entries.
    pub entries: usize,
    /// Most bytes of topics and payloads together.
    pub bytes: usize,
}

impl Default for HistoryLimit {
    fn default() -> Self {
        Self { entries: 20_000, bytes: 64 * 1024 * 1024 }
    }
}

/// Which way a message went, with what is known of its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Direction {
    /// It came from the broker.
    In {
        /// The length the modem announced, in bytes; differs from the payload's when the line was cut short.
        announced: usize,
        /// Colour index of the first subscription that asks for it.
        colour: Option<usize>,
        /// Whether the module printed it as it came, and it has exactly as many bytes as that module prints at most.
        is_at_limit: bool,
    },
    /// It was handed to the modem.
    Out {
        /// How far it is.
        delivery: Delivery,
    },
    /// It passed the client on this computer, which is neither the module nor the broker.
    Here {
        /// How far its publish is; `None` for what came to it.
        delivery: Option<Delivery>,
    },
}

/// One message of the history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Local time of day at which it arrived, or at which it was queued.
    pub time: DateTime<Local>,
    /// The number of the connection that it passed.
    pub connection: u32,
    /// Which way it went.
    pub direction: Direction,
    /// The message; shared, so that a copy of the history costs little.
    pub message: Arc<Message>,
}

impl Entry {
    fn bytes(&self) -> usize {
        self.message.topic.as_str().len() + self.message.payload.len()
    }
}

/// The bounded history, oldest entry first.
#[derive(Debug, Default)]
pub struct MessageLog {
    entries: VecDeque<Entry>,
    /// Sequence number of the oldest entry that is still here.
    first: u64,
    bytes: usize,
    trimmed: u64,
    limit: HistoryLimit,
}

impl MessageLog {
    /// An empty history that keeps at most `limit`.
    pub fn new(limit: HistoryLimit) -> Self {
        Self { limit, ..Self::default() }
    }

    /// Sequence numbers of the entries that are here, oldest first.
    pub fn range(&self) -> Range<u64> {
        self.first..self.first + self.entries.len() as u64
    }

    /// The entry with sequence number `seq`, unless it was trimmed or is still to come.
    pub fn entry(&self, seq: u64) -> Option<&Entry> {
        self.entries.get(self.position(seq)?)
    }

    /// How many entries were trimmed since the history was last emptied.
    pub fn trimmed(&self) -> u64 {
        self.trimmed
    }

    /// Appends `entry` and returns its sequence number.
    pub(super) fn push(&mut self, entry: Entry) -> u64 {
        self.bytes += entry.bytes();
        self.entries.push_back(entry);
        let seq = self.range().end - 1;
        self.trim();
        seq
    }

    /// How far the outgoing entry `seq` is, to change it.
    pub(super) fn delivery_mut(&mut self, seq: u64) -> Option<&mut Delivery> {
        let position = self.position(seq)?;
        match &mut self.entries.get_mut(position)?.direction {
            Direction::Out { delivery } | Direction::Here { delivery: Some(delivery) } => Some(delivery),
            Direction::In { .. } | Direction::Here { delivery: None } => None,
        }
    }

    /// Forgets all entries. Sequence numbers go on where they were.
    pub(super) fn clear(&mut self) {
        self.first = self.range().end;
        self.entries.clear();
        self.bytes = 0;
        self.trimmed = 0;
    }

    /// Changes the limit and trims to it.
    pub(super) fn set_limit(&mut self, limit: HistoryLimit) {
        self.limit = limit;
        self.trim();
    }

    fn position(&self, seq: u64) -> Option<usize> {
        usize::try_from(seq.checked_sub(self.first)?).ok()
    }

    fn trim(&mut self) {
        while self.entries.len() > self.limit.entries || (self.bytes > self.limit.bytes && self.entries.len() > 1) {
            let Some(oldest) = self.entries.pop_front() else { return };
            self.bytes -= oldest.bytes();
            self.first += 1;
            self.trimmed += 1;
        }
    }
}
