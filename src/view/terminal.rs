//! The terminal: which lines are shown and how each looks.

use std::collections::VecDeque;

use crate::{
    model::{
        Model,
        event::{WireKind, WireLine},
        terminal::Terminal,
    },
    time::{Moment, WallAnchor},
};

use super::WireLook;

/// What the user typed and chose on the terminal.
#[derive(Clone, Debug, Default)]
pub struct Screen {
    /// Only lines that hold this text are shown, without regard to case.
    pub search: String,
    /// Kinds of lines that are hidden.
    pub hidden: Vec<WireLook>,
    /// The command line.
    pub command: String,
    /// Commands sent by hand, oldest first.
    pub history: Vec<String>,
    /// How far back in the history the command line stands; 0 is the line being typed.
    pub recalled: usize,
    shown: Shown,
}

/// The numbers of the lines that pass the filter, kept up as lines come and go.
#[derive(Clone, Debug, Default)]
struct Shown {
    numbers: VecDeque<u64>,
    /// How many numbers were taken off the front since the filter changed.
    gone: u64,
    /// The number after the last line looked at.
    next: u64,
    filter: (String, Vec<WireLook>),
}

impl Screen {
    /// Looks at the lines that came or went since the last time.
    pub fn refresh(&mut self, terminal: &Terminal) {
        let first = terminal.forgotten();
        let end = first + terminal.lines().len() as u64;
        let filter = (self.search.to_lowercase(), self.hidden.clone());
        if self.shown.filter != filter || end < self.shown.next {
            self.shown = Shown { filter, ..Shown::default() };
        }
        let shown = &mut self.shown;
        while shown.numbers.front().is_some_and(|number| *number < first) {
            shown.numbers.pop_front();
            shown.gone += 1;
        }
        let skip = usize::try_from(shown.next.saturating_sub(first)).unwrap_or(usize::MAX);
        for (line, number) in terminal.lines().iter().zip(first..).skip(skip) {
            if passes(line, &shown.filter) {
                shown.numbers.push_back(number);
            }
        }
        shown.next = end;
    }

    /// Brings back an older (`-1`) or newer (`1`) command.
    pub fn recall(&mut self, step: i8) {
        let recalled = match step {
            ..0 => (self.recalled + 1).min(self.history.len()),
            _ => self.recalled.saturating_sub(1),
        };
        self.recalled = recalled;
        self.command = match recalled {
            0 => String::new(),
            back => self.history[self.history.len() - back].clone(),
        };
    }

    /// Puts the command line into the history and returns it; `None` when it is empty.
    pub fn take_command(&mut self) -> Option<String> {
        let command = std::mem::take(&mut self.command).trim().to_owned();
        self.recalled = 0;
        if command.is_empty() {
            return None;
        }
        self.history.retain(|earlier| *earlier != command);
        self.history.push(command.clone());
        if self.history.len() > MOST_REMEMBERED {
            self.history.remove(0);
        }
        Some(command)
    }
}

fn passes(line: &WireLine, (search, hidden): &(String, Vec<WireLook>)) -> bool {
    !hidden.contains(&look(line.kind)) && (search.is_empty() || line.text.to_lowercase().contains(search.as_str()))
}

/// One line, ready to be drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineView<'a> {
    /// Time of day with milliseconds.
    pub clock: String,
    /// Whether it went to the modem.
    pub is_sent: bool,
    /// How it looks.
    pub look: WireLook,
    /// The text, secrets masked, control characters as tokens.
    pub text: &'a str,
}

/// The terminal.
#[derive(Clone, Debug)]
pub struct TerminalView<'a> {
    screen: &'a Screen,
    terminal: &'a Terminal,
    anchor: Option<WallAnchor>,
    /// Whether there is an open port to send to.
    pub can_send: bool,
    /// Lines that never arrived because the window was too slow.
    pub dropped: u64,
    /// Older lines that were forgotten.
    pub forgotten: u64,
}

/// The terminal; call [`Screen::refresh`] before.
pub fn view<'a>(model: &'a Model, screen: &'a Screen) -> TerminalView<'a> {
    let terminal = model.terminal();
    TerminalView {
        screen,
        terminal,
        anchor: model.anchor(),
        can_send: model.connection().is_open(),
        dropped: terminal.dropped(),
        forgotten: terminal.forgotten(),
    }
}

impl<'a> TerminalView<'a> {
    /// What the user typed and chose.
    pub const fn screen(&self) -> &'a Screen {
        self.screen
    }

    /// How many lines pass the filter.
    pub fn shown(&self) -> usize {
        self.screen.shown.numbers.len()
    }

    /// How many lines that passed the filter were forgotten since it was set.
    pub const fn shown_before(&self) -> u64 {
        self.screen.shown.gone
    }

    /// How many lines there are.
    pub fn total(&self) -> usize {
        self.terminal.lines().len()
    }

    /// The line at `index` among those that pass the filter.
    pub fn line(&self, index: usize) -> Option<LineView<'a>> {
        let number = self.screen.shown.numbers.get(index)?;
        self.any_line(usize::try_from(number - self.terminal.forgotten()).ok()?)
    }

    /// The line at `index` among all.
    pub fn any_line(&self, index: usize) -> Option<LineView<'a>> {
        let line = self.terminal.lines().get(index)?;
        Some(LineView {
            clock: clock(self.anchor, line.at),
            is_sent: matches!(line.kind, WireKind::Sent | WireKind::SentData),
            look: look(line.kind),
            text: &line.text,
        })
    }

    /// The lines that pass the filter as text, one a line, to copy.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for line in (0..self.shown()).filter_map(|index| self.line(index)) {
            let arrow = if line.is_sent { "→" } else { "←" };
            text.extend([line.clock.as_str(), " ", arrow, " ", line.text, "\n"]);
        }
        text
    }
}

fn clock(anchor: Option<WallAnchor>, at: Moment) -> String {
    anchor.map_or_else(|| at.to_string(), |anchor| anchor.clock_text(at))
}

/// How a line of that kind looks.
pub const fn look(kind: WireKind) -> WireLook {
    match kind {
        WireKind::Sent | WireKind::SentData => WireLook::Sent,
        WireKind::Answer | WireKind::Prompt | WireKind::Late => WireLook::Answer,
        WireKind::Echo => WireLook::Echo,
        WireKind::Unsolicited => WireLook::Unsolicited,
        WireKind::Unrecognised => WireLook::Unrecognised,
    }
}

/// Most commands kept in the history of the command line.
const MOST_REMEMBERED: usize = 100;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Input, event::Event};

    fn told(model: &mut Model, kind: WireKind, text: &str) {
        let line = WireLine { at: Moment::ZERO, kind, text: text.to_owned() };
        model.apply(&Input::Told { generation: crate::model::Generation::default(), event: Event::Wire(line) });
    }

    fn texts(model: &Model, screen: &mut Screen) -> Vec<String> {
        screen.refresh(model.terminal());
        let view = view(model, screen);
        (0..view.shown()).filter_map(|index| view.line(index)).map(|line| line.text.to_owned()).collect()
    }

    #[test]
    fn search_and_kinds_choose_the_lines() {
        let mut model = Model::default();
        let mut screen = Screen::default();
        told(&mut model, WireKind::Sent, "AT+CSQ");
        told(&mut model, WireKind::Answer, "+CSQ: 24,0");
        assert_eq!(texts(&model, &mut screen), ["AT+CSQ", "+CSQ: 24,0"]);
        screen.search = "csq:".to_owned();
        assert_eq!(texts(&model, &mut screen), ["+CSQ: 24,0"]);
        told(&mut model, WireKind::Answer, "+CSQ: 25,0");
        assert_eq!(texts(&model, &mut screen), ["+CSQ: 24,0", "+CSQ: 25,0"]);
        screen.hidden = vec![WireLook::Answer];
        screen.search.clear();
        assert_eq!(texts(&model, &mut screen), ["AT+CSQ"]);
    }

    #[test]
    fn forgotten_lines_leave_the_list() {
        let mut model = Model::default();
        let mut screen = Screen::default();
        model.apply(&Input::Limits { terminal_lines: 3, messages: 1 });
        for number in 0..10 {
            told(&mut model, WireKind::Answer, &number.to_string());
            screen.refresh(model.terminal());
        }
        assert_eq!(texts(&model, &mut screen), ["7", "8", "9"]);
        assert_eq!(view(&model, &screen).shown_before(), 7);
        model.apply(&Input::TerminalCleared);
        assert!(texts(&model, &mut screen).is_empty());
        told(&mut model, WireKind::Answer, "new");
        assert_eq!(texts(&model, &mut screen), ["new"]);
    }

    #[test]
    fn the_history_of_commands_goes_back_and_forth() {
        let mut screen = Screen { command: " AT ".to_owned(), ..Screen::default() };
        assert_eq!(screen.take_command().as_deref(), Some("AT"));
        screen.command = "ATI".to_owned();
        screen.take_command();
        screen.recall(-1);
        assert_eq!(screen.command, "ATI");
        screen.recall(-1);
        screen.recall(-1);
        assert_eq!(screen.command, "AT");
        screen.recall(1);
        screen.recall(1);
        assert_eq!(screen.command, "");
        assert_eq!(screen.take_command(), None);
    }
}
