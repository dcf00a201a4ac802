//! What speaks for a file's being a log of an AT line, and for which maker's and firmware's: counted, with the first lines
//! that show it.

use super::{
    entry::{Row, Way},
    words,
};
use crate::{
    air780e::{
        dialect,
        verb::{Line, Verb},
    },
    at::reply::Final,
};

/// What was seen.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    /// Lines that are not blank.
    pub lines: u64,
    /// Lines that look like commands.
    pub commands: u64,
    /// Of those, lines of which the log itself says that they were sent.
    pub sent: u64,
    /// Final results.
    pub results: u64,
    /// Lines that only a module says.
    pub telling: u64,
    /// Lines of script firmware; the first of many.
    pub lua: Vec<u32>,
    /// Lines that show another maker's module; the first of many.
    pub foreign: Vec<u32>,
    /// Lines by which the module says that it is one of this family.
    pub own: u64,
    /// What the file is by its first bytes, when it is no text at all.
    pub kind: Option<&'static str>,
    /// The last command asks which module this is.
    asks_identity: bool,
    /// The last command is another maker's, and on this line.
    foreign_command: Option<u32>,
}

impl Evidence {
    /// Whether this is a log of an AT line.
    pub const fn is_at_log(&self) -> bool {
        // The module's name in a text about it is no word of it.
        let is_named = self.own > 0 && self.commands + self.results > 0;
        self.sent > 0 || self.telling > 0 || (self.commands > 0 && self.results > 0) || is_named
    }

    /// Everything that is counted.
    pub(super) const fn counts(&self) -> [u64; 6] {
        [self.lines, self.commands, self.sent, self.results, self.telling, self.own]
    }

    /// Counts what makes `counts`, so many times.
    pub(super) fn add(&mut self, counts: [u64; 6], times: u64) {
        let Self { lines, commands, sent, results, telling, own, .. } = self;
        for (count, more) in [lines, commands, sent, results, telling, own].into_iter().zip(counts) {
            *count += more * times;
        }
    }

    /// Whether the last command has its answer.
    pub(super) const fn is_idle(&self) -> bool {
        !self.asks_identity && self.foreign_command.is_none()
    }

    /// Looks at the first bytes: some kinds of files are known by them.
    pub(super) fn look_at_start(&mut self, sample: &[u8]) {
        self.kind = KINDS.iter().find(|(start, _)| sample.starts_with(start)).map(|(_, kind)| *kind);
    }

    /// Takes the data of one entry.
    pub(super) fn take(&mut self, rows: &[Row], way: Way) {
        for row in rows {
            let text = row.text();
            let text = text.trim();
            if text.is_empty() {
                continue;
            }
            if way != Way::Received && words::is_command(text) {
                self.note_command(row.line, text, way);
            } else if way != Way::Sent {
                self.note_reply(row.line, text);
            }
        }
    }

    fn note_command(&mut self, line: u32, text: &str, way: Way) {
        let command = Line::from(text);
        self.commands += 1;
        self.sent += u64::from(way == Way::Sent);
        self.asks_identity = command.verb() == Verb::Identity;
        self.foreign_command = (command.verb() == Verb::Foreign).then_some(line);
    }

    fn note_reply(&mut self, line: u32, text: &str) {
        if words::is_command(text) {
            // An echo: where nothing else shows what was sent, it is the command.
            let command = Line::from(text);
            self.commands += 1;
            self.asks_identity = command.verb() == Verb::Identity;
            self.foreign_command = (command.verb() == Verb::Foreign).then_some(line);
            return;
        }
        let result = Final::parse(text);
        self.results += u64::from(result.is_some());
        self.telling += u64::from(words::is_telling(text));
        self.own += u64::from(text.contains("AirM2M") || text.contains("Air780"));
        if dialect::is_lua_log(text) {
            note(&mut self.lua, line);
        }
        let is_answered = self.foreign_command.filter(|_| result == Some(Final::Ok));
        let names_other = self.asks_identity && MAKERS.iter().any(|maker| names(text, maker));
        if dialect::is_foreign_report(text) || names_other {
            note(&mut self.foreign, line);
        } else if let Some(command) = is_answered {
            note(&mut self.foreign, command);
        }
        if result.is_some() {
            (self.asks_identity, self.foreign_command) = (false, None);
        }
    }
}

fn note(lines: &mut Vec<u32>, line: u32) {
    if lines.len() < MOST && !lines.contains(&line) {
        lines.push(line);
    }
}

fn names(text: &str, maker: &str) -> bool {
    text.get(..LONGEST_NAME.min(text.len())).unwrap_or(text).to_ascii_uppercase().contains(maker)
}

/// Names that other makers' modules say of themselves.
const MAKERS: [&str; 22] = [
    "QUECTEL",
    "SIMCOM",
    "SIM7",
    "SIM8",
    "SIM9",
    "A7670",
    "A7680",
    "FIBOCOM",
    "NEOWAY",
    "MEIG",
    "U-BLOX",
    "TELIT",
    "SIERRA",
    "ESP-AT",
    "ESPRESSIF",
    "AI-THINKER",
    "CINTERION",
    "GOSUNCN",
    "HUAWEI",
    "ML307",
    "CMIOT",
    "YINERDA",
];
const KINDS: [(&[u8], &str); 12] = [
    (b"PK\x03\x04", "zip"),
    (b"\x1F\x8B", "gzip"),
    (b"7z\xBC\xAF", "7z"),
    (b"Rar!", "rar"),
    (b"%PDF", "pdf"),
    (b"\x89PNG", "png"),
    (b"\xFF\xD8\xFF", "jpeg"),
    (b"\x7FELF", "elf"),
    (b"MZ", "exe"),
    (b"SQLite format", "sqlite"),
    (b"\xD0\xCF\x11\xE0", "office"),
    (b"\x0A\x0D\x0D\x0A", "pcapng"),
];
const MOST: usize = 8;
const LONGEST_NAME: usize = 80;
