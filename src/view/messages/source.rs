//! At which lines of a log its messages stand.

use std::collections::VecDeque;

use crate::model::messages::Messages;

/// The lines of the messages that are kept.
#[derive(Clone, Debug, Default)]
pub struct SourceLines {
    /// Number of the first message.
    first: u64,
    lines: VecDeque<u32>,
    /// Whether the log tells times.
    pub is_timed: bool,
}

impl SourceLines {
    /// What came into the history of `messages` since the last time stands at `line`.
    pub fn note(&mut self, messages: &Messages, line: u32) {
        let kept = messages.log().range();
        while self.first + (self.lines.len() as u64) < kept.end {
            self.lines.push_back(line);
        }
        while self.first < kept.start && self.lines.pop_front().is_some() {
            self.first += 1;
        }
    }

    /// The line of the message of this number.
    pub fn line(&self, seq: u64) -> Option<u32> {
        self.lines.get(usize::try_from(seq.checked_sub(self.first)?).ok()?).copied()
    }
}
