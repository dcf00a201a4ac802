//! The conversation with the modem, the newest lines of it.

mod lines;

use super::{
    Input,
    event::{Event, WireLine},
};

pub use self::lines::{Line, Lines};

/// The newest lines of the conversation, oldest first.
#[derive(Debug)]
pub struct Terminal {
    lines: Lines,
    limit: usize,
    forgotten: u64,
    dropped: u64,
    epoch: u64,
}

impl Default for Terminal {
    fn default() -> Self {
        Self { lines: Lines::default(), limit: DEFAULT_LINES, forgotten: 0, dropped: 0, epoch: 0 }
    }
}

impl Terminal {
    /// Takes what happened.
    pub(super) fn apply(&mut self, input: &Input) {
        match input {
            Input::Began { .. } => *self = Self { limit: self.limit, epoch: self.epoch + 1, ..Self::default() },
            Input::Told { event: Event::Wire(line), .. } => self.push(line),
            Input::Told { event: Event::Dropped { lines, others }, .. } => self.dropped += lines + others,
            Input::Limits { terminal_lines, .. } => {
                self.limit = (*terminal_lines).max(1);
                self.forget(self.lines.len().saturating_sub(self.limit));
            }
            Input::TerminalCleared => self.forget(self.lines.len()),
            _ => {}
        }
    }

    fn push(&mut self, line: &WireLine) {
        self.lines.push(line);
        self.forget(self.lines.len().saturating_sub(self.limit));
        while self.lines.bytes() > MAX_BYTES && self.lines.len() > 1 {
            self.forget(self.lines.oldest_piece());
        }
    }

    fn forget(&mut self, count: usize) {
        self.lines.forget(count);
        self.forgotten += count as u64;
    }

    /// The lines kept, oldest first.
    pub const fn lines(&self) -> &Lines {
        &self.lines
    }

    /// How many lines before the first kept one were forgotten: the number of the first kept line.
    pub const fn forgotten(&self) -> u64 {
        self.forgotten
    }

    /// How many lines never arrived because the window was too slow.
    pub const fn dropped(&self) -> u64 {
        self.dropped
    }

    /// Changes whenever lines are counted from zero again.
    pub const fn epoch(&self) -> u64 {
        self.epoch
    }
}

const DEFAULT_LINES: usize = 20_000;
/// However many lines are allowed, their text never takes more bytes than this.
pub const MAX_BYTES: usize = 256 << 20;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::{Generation, event::WireKind},
        time::Moment,
    };

    fn told(terminal: &mut Terminal, text: String) {
        let line = WireLine { at: Moment::ZERO, kind: WireKind::Answer, text, bytes: None };
        terminal.apply(&Input::Told { generation: Generation::default(), event: Event::Wire(line) });
    }

    #[test]
    fn the_oldest_lines_go_first_and_are_counted() {
        let mut terminal = Terminal::default();
        terminal.apply(&Input::Limits { terminal_lines: 3, messages: 1 });
        for number in 0..10 {
            told(&mut terminal, number.to_string());
        }
        let kept: Vec<_> = terminal.lines().iter().map(|line| line.text.to_owned()).collect();
        assert_eq!((kept, terminal.forgotten()), (vec!["7".to_owned(), "8".to_owned(), "9".to_owned()], 7));
    }

    #[test]
    fn long_lines_do_not_take_more_memory_than_allowed() {
        let mut terminal = Terminal::default();
        terminal.apply(&Input::Limits { terminal_lines: 1_000_000, messages: 1 });
        let long = "x".repeat(1 << 20);
        for _ in 0..1_500 {
            told(&mut terminal, long.clone());
        }
        assert!(terminal.lines().bytes() <= MAX_BYTES + (1 << 20), "{}", terminal.lines().bytes());
        assert_eq!(terminal.forgotten() + terminal.lines().len() as u64, 1_500);
    }
}
