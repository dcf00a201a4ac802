//! The journal's file, and what is printed of it.

use std::{
    fs::{File, OpenOptions, TryLockError},
    io::{self, BufReader},
    path::Path,
    time::{Duration, Instant},
};

use super::said::said;
use crate::{
    cli::{check::verdict::Failure, complain, print_line, words},
    lang::{Lang, Text},
    user_file,
    watch::{Entry, Journal, JournalError, Read, Summary, read},
};

/// For whom is printed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Face {
    /// For programs.
    pub(super) is_json: bool,
    /// For people, in this language.
    pub(super) lang: Lang,
}

/// Takes entries: into the file at once, to the disk every second, and to whoever looks on.
#[derive(Debug)]
pub(super) struct Book {
    journal: Option<Journal<File>>,
    is_json: bool,
    lang: Lang,
    /// Something waits for the disk: whether it is weighty.
    waits: Option<bool>,
    synced: Instant,
    /// It was said that nothing can be written.
    has_complained: bool,
}

impl Book {
    /// Reads the journal at `path`; gives what it comes to.
    pub(super) fn read(path: &Path) -> Result<(Summary, Read), Failure> {
        let fail =
            |why: Text| Failure::plain(Text::new("command-file").put("path", user_file::named(path)).with("why", why));
        let file = user_file::open(path).map_err(|fault| fail(fault.text()))?;
        let mut summary = Summary::default();
        let state = read(BufReader::with_capacity(BUFFER, file), |entry| summary.take(&entry));
        let state = state.map_err(|error| match error {
            JournalError::Io(error) => fail(words::system(&error)),
            JournalError::Line { line } => fail(Text::new("watch-no-journal-line").put("line", line)),
        })?;
        if summary.plan.is_none() {
            return Err(fail(Text::new("watch-no-watch-in-it")));
        }
        Ok((summary, state))
    }

    /// Begins the journal at `path`, which is not there yet, or goes on behind the one that is there. `is_torn` says that it
    /// ends in the middle of a line.
    pub(super) fn open(path: &Path, is_new: bool, is_torn: bool, face: Face) -> Result<Self, Failure> {
        let fail = |error: &io::Error| Failure::plain(words::unwritable("--journal", path, error));
        let file = options(is_new).open(path).map_err(|error| fail(&error))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let busy = Text::new("watch-journal-busy").put("path", user_file::named(path));
                return Err(Failure::plain(busy));
            }
            // Where a file system knows no locks, the port keeps two watches apart.
            Err(TryLockError::Error(error)) => tracing::debug!(%error, "the journal is not locked"),
        }
        let journal = Journal::new(file, is_torn).map_err(|error| fail(&error))?;
        Ok(Self::of(Some(journal), face))
    }

    /// Only prints.
    pub(super) fn without_journal(face: Face) -> Self {
        Self::of(None, face)
    }

    #[expect(clippy::disallowed_methods, reason = "the command line owns the clock of its disk")]
    fn of(journal: Option<Journal<File>>, Face { is_json, lang }: Face) -> Self {
        Self { journal, is_json, lang, waits: None, synced: Instant::now(), has_complained: false }
    }

    /// Takes an entry.
    pub(super) fn take(&mut self, entry: &Entry) {
        let written = self.journal.as_mut().map(|journal| journal.append(entry));
        match written {
            Some(Err(error)) => self.complain(&error),
            Some(Ok(())) => self.waits = Some(self.waits.unwrap_or(false) || entry.is_weighty()),
            None => {}
        }
        if self.is_json {
            if !matches!(entry, Entry::Beat { .. })
                && let Ok(line) = serde_json::to_string(entry)
            {
                print_line(&line);
            }
        } else if let Some(line) = said(entry, self.lang) {
            print_line(&line);
        }
    }

    /// Brings what waits to the disk, where it outlives a lost supply: what is weighty within a second, the rest within ten.
    pub(super) fn keep(&mut self) {
        let age = self.synced.elapsed();
        if self.waits.is_some_and(|is_weighty| age >= if is_weighty { SOON } else { LATER }) {
            self.sync();
        }
    }

    /// Brings everything to the disk.
    #[expect(clippy::disallowed_methods, reason = "the command line owns the clock of its disk")]
    pub(super) fn sync(&mut self) {
        let synced = self.journal.as_ref().map(|journal| journal.out().sync_data());
        if let Some(Err(error)) = synced {
            self.complain(&error);
        }
        (self.waits, self.synced) = (None, Instant::now());
    }

    /// Said once; the watch goes on, and writes again as soon as it can.
    fn complain(&mut self, error: &io::Error) {
        if !std::mem::replace(&mut self.has_complained, true) {
            complain(&Text::new("watch-journal-unwritten").with("why", words::system(error)), self.lang);
        }
    }
}

/// For its owner alone: it tells where a device is and how it fares.
fn options(is_new: bool) -> OpenOptions {
    let mut options = OpenOptions::new();
    options.append(true).create_new(is_new);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

const SOON: Duration = Duration::from_secs(1);
const LATER: Duration = Duration::from_secs(10);
/// Journals grow large.
const BUFFER: usize = 1 << 16;
