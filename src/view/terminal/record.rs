//! Copies of the conversation, to be turned into text elsewhere while it goes on.

use std::{collections::VecDeque, ops::RangeInclusive};

use chrono::{DateTime, Local};

use crate::{
    model::{
        Model,
        event::WireKind,
        terminal::{Line, Lines},
    },
    time::{Moment, WallAnchor},
    trace::{Header, Recorder},
};

use super::{Screen, copied};

/// Which lines are copied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// Those that pass the filter.
    Shown,
    /// Those of these numbers that pass the filter.
    Numbers(RangeInclusive<u64>),
}

/// A copy of the conversation.
#[derive(Clone, Debug)]
pub struct Record {
    lines: Lines,
    forgotten: u64,
    /// Numbers of the lines that pass the filter; `None` when all do.
    shown: Option<VecDeque<u64>>,
    anchor: Option<WallAnchor>,
    port: String,
    is_simulated: bool,
    shows_numbers: bool,
}

impl Record {
    /// Copies what there is now. Costs little, however long the conversation is.
    pub fn new(model: &Model, screen: &Screen) -> Self {
        let (terminal, connection) = (model.terminal(), model.connection());
        Self {
            lines: terminal.lines().clone(),
            forgotten: terminal.forgotten(),
            shown: screen.shown.as_ref().map(super::index::Index::numbers),
            anchor: model.anchor(),
            port: connection.link().to_owned(),
            is_simulated: connection.is_simulated(),
            shows_numbers: false,
        }
    }

    /// The same with the numbers of device and card, and positions, where `shows_numbers`.
    #[must_use]
    pub const fn showing_numbers(mut self, shows_numbers: bool) -> Self {
        self.shows_numbers = shows_numbers;
        self
    }

    /// Whether a virtual modem was at the other end.
    pub const fn is_simulated(&self) -> bool {
        self.is_simulated
    }

    /// The chosen lines for people, one a line, each with its time; `SIMULATED` stands above them when it is so.
    pub fn text(&self, chosen: &Chosen) -> String {
        let mut text = String::new();
        if self.is_simulated {
            text.push_str("# SIMULATED\n");
        }
        let fits = |number: &u64| match chosen {
            Chosen::Shown => true,
            Chosen::Numbers(range) => range.contains(number),
        };
        let mut add = |number: u64| {
            if let Some(line) = self.line(number) {
                copied(&mut text, self.anchor, &line);
            }
        };
        match &self.shown {
            Some(shown) => shown.iter().copied().filter(fits).for_each(&mut add),
            None => (self.forgotten..self.forgotten + self.lines.len() as u64).filter(fits).for_each(&mut add),
        }
        text
    }

    /// All lines in the text form of a trace. Secrets are masked in the lines already; the numbers of device and card
    /// are hidden here, unless they are to be shown.
    pub fn trace(&self) -> String {
        let header = Header {
            port: self.port.clone(),
            opened: self.opened().map(|opened| opened.to_rfc3339()).unwrap_or_default(),
            is_simulated: self.is_simulated,
        };
        let begin = if self.shows_numbers { Recorder::keeping_identifiers } else { Recorder::new };
        let Ok(mut recorder) = begin(Vec::new(), &header) else { return String::new() };
        let mut bytes = Vec::new();
        for line in self.lines.iter() {
            bytes.clear();
            line.kind.put_on_wire(line.bytes.unwrap_or(line.text.as_bytes()), &mut bytes);
            // A vector takes all.
            let _ = match line.kind {
                WireKind::Sent | WireKind::SentData => recorder.sent(line.at, &bytes, &[]),
                _ => recorder.received(line.at, &bytes),
            };
        }
        recorder.finish().map(|out| String::from_utf8_lossy(&out).into_owned()).unwrap_or_default()
    }

    /// A name for the file: says `SIMULATED` when it is so.
    pub fn file_name(&self) -> String {
        let mark = if self.is_simulated { "-SIMULATED" } else { "" };
        let first = self.lines.get(0).and_then(|line| Some(self.anchor?.at(line.at))).unwrap_or_default();
        format!("air780e-{}{mark}.trace", first.format("%Y%m%d-%H%M%S"))
    }

    fn opened(&self) -> Option<DateTime<Local>> {
        self.anchor.map(|anchor| anchor.at(Moment::ZERO))
    }

    fn line(&self, number: u64) -> Option<Line<'_>> {
        self.lines.get(usize::try_from(number.checked_sub(self.forgotten)?).ok()?)
    }
}
