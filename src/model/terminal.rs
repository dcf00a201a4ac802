//! The conversation with the modem, the newest lines of it.

use std::collections::VecDeque;

use super::{
    Input,
    event::{Event, WireLine},
};

/// The newest lines of the conversation, oldest first.
#[derive(Debug)]
pub struct Terminal {
    lines: VecDeque<WireLine>,
    limit: usize,
    forgotten: u64,
    dropped: u64,
}

impl Default for Terminal {
    fn default() -> Self {
        Self { lines: VecDeque::new(), limit: DEFAULT_LINES, forgotten: 0, dropped: 0 }
    }
}

impl Terminal {
    /// Takes what happened.
    pub(super) fn apply(&mut self, input: &Input) {
        match input {
            Input::Began { .. } => *self = Self { limit: self.limit, ..Self::default() },
            Input::Told { event: Event::Wire(line), .. } => self.push(line.clone()),
            Input::Told { event: Event::Dropped { lines }, .. } => self.dropped += lines,
            Input::Limits { terminal_lines, .. } => {
                self.limit = (*terminal_lines).max(1);
                self.trim();
            }
            Input::TerminalCleared => {
                self.forgotten += self.lines.len() as u64;
                self.lines.clear();
            }
            _ => {}
        }
    }

    fn push(&mut self, line: WireLine) {
        self.lines.push_back(line);
        self.trim();
    }

    fn trim(&mut self) {
        while self.lines.len() > self.limit {
            self.lines.pop_front();
            self.forgotten += 1;
        }
    }

    /// The lines kept, oldest first.
    pub const fn lines(&self) -> &VecDeque<WireLine> {
        &self.lines
    }

    /// How many lines before the first kept one were forgotten.
    pub const fn forgotten(&self) -> u64 {
        self.forgotten
    }

    /// How many lines never arrived because the window was too slow.
    pub const fn dropped(&self) -> u64 {
        self.dropped
    }
}

const DEFAULT_LINES: usize = 20_000;
