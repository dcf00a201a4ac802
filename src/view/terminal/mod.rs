//! The terminal: which lines are shown and how each looks.

mod batch;
mod handbook;
pub mod hex;
mod index;
mod record;
mod screen;

#[cfg(test)]
mod tests;

use std::ops::Range;

use crate::{
    model::{
        Model,
        event::WireKind,
        terminal::{Line, Terminal},
    },
    time::{Moment, WallAnchor},
};

use self::index::Index;
use super::{WireLook, clip};

pub use self::{
    batch::{Batch, Stopped},
    handbook::{Advice, Danger, advice, suggestions},
    record::{Chosen, Record},
    screen::{MOST_AT_ONCE, Screen, commands},
};

/// One line, ready to be drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineView<'a> {
    /// Its number in the conversation, from 0.
    pub number: u64,
    /// Time of day with milliseconds.
    pub clock: String,
    /// Whether it went to the modem.
    pub is_sent: bool,
    /// How it looks.
    pub look: WireLook,
    /// The text, secrets masked, control characters as tokens; cut when it is too long to be drawn.
    pub text: &'a str,
    /// Bytes of the text that are left out.
    pub more: usize,
    /// Where the text looked for stands in it.
    pub marks: Vec<Range<usize>>,
    /// Whether it is chosen.
    pub is_chosen: bool,
}

/// The chosen line in full.
#[derive(Clone, Debug)]
pub struct DetailView<'a> {
    /// As in the list, cut later.
    pub line: LineView<'a>,
    /// Its exact bytes without line end; the text itself when a secret is masked in it.
    pub bytes: &'a [u8],
    /// Whether something in it is masked, so that the bytes are those of the masked text.
    pub is_masked: bool,
    /// How many lines are chosen.
    pub chosen: u64,
}

/// Where the search stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HitsView {
    /// How many lines hold the text, as far as they were looked at.
    pub count: usize,
    /// Which of them is chosen, from 1.
    pub current: Option<usize>,
}

/// The terminal.
#[derive(Clone, Debug)]
pub struct TerminalView<'a> {
    screen: &'a Screen,
    terminal: &'a Terminal,
    anchor: Option<WallAnchor>,
    /// Whether there is an open port to send to.
    pub can_send: bool,
    /// Whether a virtual modem is at the other end.
    pub is_simulated: bool,
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
        is_simulated: model.connection().is_simulated(),
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
        self.screen.shown.as_ref().map_or_else(|| self.total(), Index::len)
    }

    /// A number for the first line that passes the filter; it stays that line's while others come and go.
    pub fn first_shown(&self) -> u64 {
        self.screen.shown.as_ref().map_or(self.forgotten, Index::first)
    }

    /// How many lines there are.
    pub const fn total(&self) -> usize {
        self.terminal.lines().len()
    }

    /// The line at `index` among those that pass the filter.
    pub fn line(&self, index: usize) -> Option<LineView<'a>> {
        match &self.screen.shown {
            None => self.any_line(index),
            Some(shown) => self.numbered(shown.number(index)?),
        }
    }

    /// The line at `index` among all.
    pub fn any_line(&self, index: usize) -> Option<LineView<'a>> {
        self.numbered(self.forgotten + index as u64)
    }

    /// Where the search stands; `None` while nothing is looked for.
    pub fn hits(&self) -> Option<HitsView> {
        let hits = self.screen.hits.as_ref()?;
        let place = self.screen.chosen.map(|(_, last)| (last, hits.before(last)));
        let current = place.filter(|(last, place)| hits.number(*place) == Some(*last)).map(|(_, place)| place + 1);
        Some(HitsView { count: hits.len(), current })
    }

    /// How often a jump was wanted, and the place among the shown lines to bring into sight; the newest when `None`.
    pub fn jump(&self) -> (u64, Option<usize>) {
        let (serial, number) = self.screen.jump;
        let place = number.and_then(|number| match &self.screen.shown {
            None => usize::try_from(number.checked_sub(self.forgotten)?).ok(),
            Some(shown) => Some(shown.before(number)),
        });
        (serial, place)
    }

    /// The line chosen last, with its bytes.
    pub fn detail(&self) -> Option<DetailView<'a>> {
        let (_, number) = self.screen.chosen?;
        let line = self.kept(number)?;
        let (text, more) = clip::clip(line.text, MOST_DETAIL);
        let chosen = self.screen.chosen().map_or(0, |range| range.end() - range.start() + 1);
        Some(DetailView {
            line: LineView { text, more, ..self.look_at(number, line) },
            bytes: line.bytes.unwrap_or(line.text.as_bytes()),
            is_masked: line.bytes.is_none() && line.text.contains(MASK),
            chosen,
        })
    }

    fn numbered(&self, number: u64) -> Option<LineView<'a>> {
        self.kept(number).map(|line| self.look_at(number, line))
    }

    fn kept(&self, number: u64) -> Option<Line<'a>> {
        self.terminal.lines().get(usize::try_from(number.checked_sub(self.forgotten)?).ok()?)
    }

    fn look_at(&self, number: u64, line: Line<'a>) -> LineView<'a> {
        let (text, more) = clip::clip(line.text, clip::ROW);
        LineView {
            number,
            clock: clock(self.anchor, line.at),
            is_sent: is_sent(line.kind),
            look: look(line.kind),
            text,
            more,
            marks: self.marks(text),
            is_chosen: self.screen.chosen().is_some_and(|chosen| chosen.contains(&number)),
        }
    }

    fn marks(&self, text: &str) -> Vec<Range<usize>> {
        let needle = self.screen.search.trim().to_lowercase();
        let mut marks: Vec<Range<usize>> = Vec::new();
        while !needle.is_empty()
            && marks.len() < MOST_MARKS
            && let from = marks.last().map_or(0, |mark| mark.end)
            && let Some((start, end)) = index::find(&text[from..], &needle)
            && end > start
        {
            marks.push(from + start..from + end);
        }
        marks
    }
}

/// The text of one line to copy: `12:00:00.123 → AT`.
fn copied(out: &mut String, anchor: Option<WallAnchor>, line: &Line<'_>) {
    let arrow = if is_sent(line.kind) { "→" } else { "←" };
    out.extend([clock(anchor, line.at).as_str(), " ", arrow, " ", line.text, "\n"]);
}

fn clock(anchor: Option<WallAnchor>, at: Moment) -> String {
    anchor.map_or_else(|| at.to_string(), |anchor| anchor.clock_text(at))
}

/// Whether a line of that kind went to the modem.
const fn is_sent(kind: WireKind) -> bool {
    matches!(kind, WireKind::Sent | WireKind::SentData)
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

/// What stands for a secret in a text.
const MASK: &str = "***";
/// Marks drawn in one row.
const MOST_MARKS: usize = 40;
/// Bytes of the chosen line that are drawn as text.
const MOST_DETAIL: usize = 4_096;
