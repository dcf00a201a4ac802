//! What the user typed and chose on the terminal, and what follows from it without looking at a clock.

use std::ops::RangeInclusive;

use crate::model::terminal::Terminal;

use super::{
    Batch, WireLook,
    index::{Budget, Filter, Index},
};

/// What the user typed and chose on the terminal.
#[derive(Clone, Debug, Default)]
pub struct Screen {
    /// The text looked for, without regard to case.
    pub search: String,
    /// Whether only lines that hold it are shown.
    pub only_hits: bool,
    /// Kinds of lines that are hidden.
    pub hidden: Vec<WireLook>,
    /// The command line.
    pub command: String,
    /// Commands sent by hand, oldest first.
    pub history: Vec<String>,
    /// How far back in the history the command line stands; 0 is the line being typed.
    pub recalled: usize,
    /// What waits for a word: a command that does harm, or several that were pasted.
    pub asks_for: Vec<String>,
    /// Lines that are sent one after the other.
    pub batch: Batch,
    /// The chosen lines by their numbers: where the choice began and where it ends.
    pub(super) chosen: Option<(u64, u64)>,
    /// The line number to be brought into sight, and how often that was wanted.
    pub(super) jump: (u64, Option<u64>),
    pub(super) shown: Option<Index>,
    pub(super) hits: Option<Index>,
    pub(super) end: u64,
    pub(super) epoch: u64,
}

impl Screen {
    /// Looks at the lines that came or went since the last time, a piece at a time. Says whether there is more to look
    /// at: then the page must be drawn again soon.
    pub fn refresh(&mut self, terminal: &Terminal) -> bool {
        self.refresh_within(terminal, Budget::of_frame())
    }

    pub(super) fn refresh_within(&mut self, terminal: &Terminal, mut budget: Budget) -> bool {
        self.end = terminal.forgotten() + terminal.lines().len() as u64;
        if self.epoch != terminal.epoch() {
            (self.epoch, self.chosen) = (terminal.epoch(), None);
        }
        let needle = self.search.trim().to_lowercase();
        let shown =
            Filter { needle: if self.only_hits { needle.clone() } else { String::new() }, hidden: self.hidden.clone() };
        let hits = (!needle.is_empty()).then(|| Filter { needle, hidden: self.hidden.clone() });
        let was_shown = self.shown.is_some();
        let is_new = renew(&mut self.shown, (!shown.is_open()).then_some(shown), terminal);
        renew(&mut self.hits, hits, terminal);
        if is_new || was_shown != self.shown.is_some() {
            self.jump = (self.jump.0 + 1, self.chosen.map(|(_, last)| last));
        }
        let mut is_left = false;
        for index in self.shown.iter_mut().chain(&mut self.hits) {
            is_left |= index.advance(terminal, &mut budget);
        }
        is_left
    }

    /// Chooses the line of this number, or all from the first chosen one to it.
    pub fn choose(&mut self, number: u64, extends: bool) {
        let start = self.chosen.filter(|_| extends).map_or(number, |(start, _)| start);
        self.chosen = Some((start, number));
    }

    /// Chooses the line of this number and brings it into sight.
    pub fn reveal(&mut self, number: u64) {
        self.choose(number, false);
        self.jump = (self.jump.0 + 1, Some(number));
    }

    /// Chooses no line.
    pub const fn choose_none(&mut self) {
        self.chosen = None;
    }

    /// The numbers chosen.
    pub fn chosen(&self) -> Option<RangeInclusive<u64>> {
        self.chosen.map(|(one, other)| one.min(other)..=one.max(other))
    }

    /// Goes to the next hit (`1`) or the one before (`-1`); behind the last comes the first.
    pub fn seek(&mut self, step: i8) {
        let Some(hits) = self.hits.as_ref().filter(|hits| hits.len() > 0) else { return };
        let from = self.chosen.map_or(self.end, |(_, last)| last);
        let place = match step {
            ..0 => hits.before(from).checked_sub(1).unwrap_or(hits.len() - 1),
            _ => match hits.before(from.saturating_add(1)) {
                beyond if beyond == hits.len() => 0,
                place => place,
            },
        };
        if let Some(number) = hits.number(place) {
            self.reveal(number);
        }
    }

    /// Moves the choice by so many shown lines.
    pub fn step(&mut self, step: i64, oldest: u64) {
        let Some((_, last)) = self.chosen else { return };
        let number = match &self.shown {
            None => last.saturating_add_signed(step).clamp(oldest, self.end.saturating_sub(1).max(oldest)),
            Some(shown) => {
                let place = shown.before(last) as u64;
                let place = place.saturating_add_signed(step).min(shown.len().saturating_sub(1) as u64);
                let Some(number) = usize::try_from(place).ok().and_then(|place| shown.number(place)) else { return };
                number
            }
        };
        self.reveal(number);
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

    /// Gives up what was asked about; a single command goes back to the command line.
    pub fn withdraw(&mut self) {
        let mut lines = std::mem::take(&mut self.asks_for);
        if lines.len() == 1 {
            self.command = lines.pop().unwrap_or_default();
        }
    }

    /// Puts the command line into the history and returns it; `None` when it is empty.
    pub fn take_command(&mut self) -> Option<String> {
        let command = std::mem::take(&mut self.command).trim().to_owned();
        self.recalled = 0;
        if command.is_empty() {
            return None;
        }
        self.remember(&command);
        Some(command)
    }

    /// Puts a command into the history.
    pub fn remember(&mut self, command: &str) {
        self.history.retain(|earlier| earlier != command);
        self.history.push(command.to_owned());
        if self.history.len() > MOST_REMEMBERED {
            self.history.remove(0);
        }
    }
}

/// The commands of a pasted text, one a line; empty lines are none.
pub fn commands(text: &str) -> Vec<String> {
    text.split(['\r', '\n']).map(str::trim).filter(|line| !line.is_empty()).map(ToOwned::to_owned).collect()
}

/// Makes `index` answer `wanted`. Says whether it had to begin anew.
fn renew(index: &mut Option<Index>, wanted: Option<Filter>, terminal: &Terminal) -> bool {
    match wanted {
        Some(filter) if index.as_ref().is_some_and(|index| index.is_for(&filter, terminal)) => false,
        wanted => {
            *index = wanted.map(|filter| Index::new(filter, terminal));
            index.is_some()
        }
    }
}

/// Most commands kept in the history of the command line.
/// Most lines that are sent by one word: what a worker holds, and some room.
pub const MOST_AT_ONCE: usize = 32;
const MOST_REMEMBERED: usize = 100;
