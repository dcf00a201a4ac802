//! The journal's text: written line by line, read again with all that a kill or a lost supply may have left of it.

use std::io::{self, BufRead, Read as _, Write};

use thiserror::Error;

use super::Entry;

/// Writes a journal, each entry at once and in one piece.
#[derive(Debug)]
pub struct Journal<W>(W);

impl<W: Write> Journal<W> {
    /// Writes behind what `out` holds already. `is_torn` says that it ends in the middle of a line.
    pub fn new(mut out: W, is_torn: bool) -> io::Result<Self> {
        if is_torn {
            out.write_all(b"\n")?;
        }
        Ok(Self(out))
    }

    /// Writes one entry.
    pub fn append(&mut self, entry: &Entry) -> io::Result<()> {
        let mut line = serde_json::to_vec(entry)?;
        line.push(b'\n');
        self.0.write_all(&line)
    }

    /// What it is written to.
    pub const fn out(&self) -> &W {
        &self.0
    }
}

/// Why something is not the journal of a watch.
#[derive(Debug, Error)]
pub enum JournalError {
    /// It cannot be read.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// A line is none of a journal.
    #[error("line {line}: this is no line of a watch's journal; give a file that air780e watch wrote")]
    Line {
        /// Which, from 1.
        line: u64,
    },
}

/// What was read of a journal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Read {
    /// Lines that were understood.
    pub entries: u64,
    /// Lines that a kill or a lost supply had torn; what they would have told is lost.
    pub torn: u64,
    /// It ends in the middle of a line.
    pub ends_torn: bool,
}

/// Reads a journal to its end and gives each entry to `tell`; nothing of it is kept.
///
/// A line may be torn where a run ended without warning: at the end, or before the line with which the next run begins.
pub fn read(mut from: impl BufRead, mut tell: impl FnMut(Entry)) -> Result<Read, JournalError> {
    let (mut read, mut number, mut torn) = (Read::default(), 0_u64, None);
    let mut line = Vec::new();
    loop {
        line.clear();
        let length = from.by_ref().take(LONGEST).read_until(b'\n', &mut line)?;
        if length == 0 {
            break;
        }
        number += 1;
        read.ends_torn = !line.ends_with(b"\n");
        match serde_json::from_slice::<Entry>(&line) {
            Ok(entry) if !read.ends_torn => {
                let is_first = read.entries == 0;
                if is_first != matches!(entry, Entry::Watch(_)) {
                    return Err(JournalError::Line { line: number });
                }
                if let Some(line) = torn.take().filter(|_| !matches!(entry, Entry::Run { .. })) {
                    return Err(JournalError::Line { line });
                }
                read.entries += 1;
                tell(entry);
            }
            _ if read.entries == 0 && !read.ends_torn => return Err(JournalError::Line { line: number }),
            _ => {
                read.torn += 1;
                torn = torn.or(Some(number));
            }
        }
    }
    // What was torn at the end of a file is what the end of its program had left; more than one line is not.
    match torn {
        Some(line) if read.entries == 0 || read.torn > 1 && line + 1 < number => Err(JournalError::Line { line }),
        _ => Ok(read),
    }
}

/// No line is longer, in bytes: a larger one is no line of a journal.
const LONGEST: u64 = 1 << 18;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::watch::{Plan, Wall};

    fn wall(seconds: i64) -> Wall {
        Wall::from_millis(1_767_225_600_000 + seconds * 1_000)
    }

    fn plan() -> Entry {
        Entry::Watch(Plan {
            t: wall(0),
            version: Plan::VERSION,
            for_s: 60,
            publish_every_s: None,
            qos: 0,
            signal_every_s: None,
            keep_alive_s: 120,
            broker: "b:1883".to_owned(),
            max_drops: None,
        })
    }

    fn written(entries: &[Entry]) -> Vec<u8> {
        let mut text = Vec::new();
        let mut journal = Journal::new(&mut text, false).expect("a vector takes all");
        for entry in entries {
            journal.append(entry).expect("a vector takes all");
        }
        text
    }

    fn told(text: &[u8]) -> Result<(Vec<Entry>, Read), JournalError> {
        let mut entries = Vec::new();
        let read = read(text, |entry| entries.push(entry))?;
        Ok((entries, read))
    }

    #[test]
    fn what_was_written_is_read_wherever_it_was_cut() {
        let entries = [plan(), Entry::Run { t: wall(0), port: "COM5".to_owned() }, Entry::Up { t: wall(2) }];
        let text = written(&entries);
        assert_eq!(told(&text).expect("a journal").0, entries);
        let first = text.iter().position(|byte| *byte == b'\n').expect("a line") + 1;
        for cut in first..text.len() {
            let (read, state) = told(&text[..cut]).unwrap_or_else(|error| panic!("cut at {cut}: {error}"));
            assert!(entries.starts_with(&read), "cut at {cut}");
            assert_eq!(state.ends_torn, text[cut - 1] != b'\n', "cut at {cut}");
        }
    }

    #[test]
    fn a_torn_line_is_passed_over_where_a_run_ended_there() {
        let run = Entry::Run { t: wall(9), port: "COM5".to_owned() };
        let mut text = written(&[plan(), Entry::Run { t: wall(0), port: "COM5".to_owned() }]);
        text.extend_from_slice(b"{\"kind\":\"bea");
        let mut journal = Journal::new(&mut text, true).expect("a vector takes all");
        journal.append(&run).expect("a vector takes all");
        let (entries, state) = told(&text).expect("a journal");
        assert_eq!((entries.last(), state.torn), (Some(&run), 1));
    }

    #[test]
    fn what_is_no_journal_is_named_with_its_line() {
        let mut broken = written(&[plan()]);
        broken.extend_from_slice(b"nonsense\n");
        broken.extend(written(&[Entry::Up { t: wall(2) }]));
        for (text, line) in [(&b"SSCOM log\nmore\n"[..], 1), (b"{\"kind\":\"end\",\"t\":1}\n", 1), (&broken, 2)] {
            let error = told(text).expect_err("no journal").to_string();
            assert!(error.starts_with(&format!("line {line}: ")), "{error}");
        }
    }
}
