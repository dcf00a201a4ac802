//! A log that is looked at like a connection: how far it is read, what it comes to, which of its lines are looked at.

mod page;
mod rows;
mod time;

use std::{path::Path, sync::Arc};

use crate::{
    doctor::{Findings, Retold, Stop},
    user_file,
};

use super::{Page, Rung, latency, messages};

pub use self::{
    page::{BarView, CauseView, EpisodeView, FactView, PageView, Standing, bar, ladder, lines, page},
    rows::{Block, Rows},
    time::{Stretch, TimeView, time},
};
pub use crate::doctor::{Comparison, ShownLine, Understood, formats};

/// What the user has open of logs.
#[derive(Clone, Debug, Default)]
pub struct Screen {
    /// The log that is open.
    pub log: Option<Log>,
    /// The question which one, while it is asked.
    pub asks: Option<Ask>,
    /// A text that was pasted, until it is read or forgotten.
    pub pasted: Option<Arc<str>>,
    /// Whether the live connection stands in the log's place.
    pub is_live_shown: bool,
    /// The episode that is to be brought into sight.
    pub shows_episode: Option<usize>,
}

impl Screen {
    /// The open log, where it stands in the place of the live connection on `page`.
    pub fn on(&self, page: Page) -> Option<&Log> {
        let is_its_page = matches!(page, Page::Troubleshoot | Page::Terminal | Page::Messages | Page::Latency);
        self.log.as_ref().filter(|_| is_its_page && !self.is_live_shown)
    }

    /// The same to be changed.
    pub fn on_mut(&mut self, page: Page) -> Option<&mut Log> {
        self.on(page)?;
        self.log.as_mut()
    }

    /// Name of the open log, where it does not stand on `page`.
    pub fn elsewhere(&self, page: Page) -> Option<String> {
        self.log.as_ref().filter(|_| self.on(page).is_none()).map(|log| log.name.clone())
    }
}

/// The question which log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ask {
    /// The path as typed.
    pub path: String,
    /// Whether the system's own dialog is open.
    pub is_choosing: bool,
    /// Whether there is none.
    pub has_no_dialog: bool,
    /// Paths of the logs that were read last.
    pub last: Vec<String>,
    /// Paths of the program's own logs, the newest first.
    pub own: Vec<String>,
}

/// A log.
#[derive(Clone, Debug)]
pub struct Log {
    /// Its number among the logs of this run.
    pub number: u64,
    /// Name of its file; empty for a text that was pasted.
    pub name: String,
    /// Bytes that were read.
    pub bytes: u64,
    /// Bytes that it had when it was opened.
    pub length: Option<u64>,
    /// Lines that may be shown.
    pub lines: u32,
    /// What it came to, when it is read.
    pub end: Option<End>,
    /// Its rows that are there.
    pub rows: Rows,
    /// The line that is chosen.
    pub chosen: Option<u32>,
    /// The episode that led to it or lies around it.
    pub episode: Option<usize>,
    /// Counts what was gone to.
    pub jumps: u64,
    /// The family that somebody said it is of.
    pub format: Option<&'static str>,
    /// Whether it is read again when the file becomes another.
    pub follows: bool,
    /// Whether there is a file that may become another.
    pub is_file: bool,
    /// Whether what is understood stands beside each line.
    pub shows_understood: bool,
    /// Its ports, when all that passed them is known.
    pub ports: Vec<Retold>,
    /// The port that is looked at.
    pub port: usize,
    /// The rung whose evidence is open.
    pub rung: Option<Rung>,
    /// What is chosen of its messages.
    pub messages: messages::Screen,
    /// What is chosen of its latency.
    pub latency: latency::Screen,
}

/// How reading a log ended.
#[derive(Clone, Debug)]
pub struct End {
    /// What it comes to.
    pub findings: Box<Findings>,
    /// Why it was given up.
    pub stop: Option<Stop>,
    /// The lines that show something, in order.
    pub shows: Vec<u32>,
}

impl Log {
    /// A log at `path`, or a text that was pasted; nothing of it is read yet.
    pub fn new(number: u64, path: Option<&Path>) -> Self {
        let name = |path: &Path| user_file::named(path.file_name().map_or(path, Path::new));
        Self {
            number,
            name: path.map(name).unwrap_or_default(),
            bytes: 0,
            length: None,
            lines: 0,
            end: None,
            rows: Rows::default(),
            chosen: None,
            episode: None,
            jumps: 0,
            format: None,
            follows: false,
            is_file: path.is_some(),
            shows_understood: true,
            ports: Vec::new(),
            port: 0,
            rung: None,
            messages: messages::Screen::default(),
            latency: latency::Screen::default(),
        }
    }

    /// Learns that it was read to its end.
    pub fn ended(&mut self, findings: Box<Findings>, stop: Option<Stop>) {
        let found = findings.episodes.iter().flat_map(|episode| &episode.findings);
        let mut shows: Vec<_> = found
            .flat_map(|finding| &finding.evidence)
            .filter_map(|fact| fact.line)
            .chain(findings.shown.clone())
            .collect();
        shows.sort_unstable();
        shows.dedup();
        self.lines = findings.lines;
        self.rows.renew();
        self.end = Some(End { findings, stop, shows });
    }

    /// The port that is looked at.
    pub fn looked_at(&self) -> Option<&Retold> {
        self.ports.get(self.port)
    }

    /// Chooses a line, and brings it into sight when it was `gone_to`.
    pub fn choose(&mut self, line: Option<u32>, gone_to: bool) {
        self.chosen = line.filter(|_| gone_to || self.chosen != line);
        self.episode = self.chosen.and_then(|line| self.episode_around(line));
        self.jumps += u64::from(gone_to);
    }

    fn episode_around(&self, line: u32) -> Option<usize> {
        let episodes = &self.end.as_ref()?.findings.episodes;
        episodes.iter().position(|episode| (episode.begin_line..=episode.end_line).contains(&line))
    }
}
