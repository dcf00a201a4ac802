//! The journal as a file: read whole, begun, gone on with, and brought to the disk in time.

use std::{
    fs::{File, OpenOptions, TryLockError},
    io::{self, BufReader},
    path::Path,
    time::Duration,
};

use thiserror::Error;

use super::{Entry, Journal, JournalError, Read, Summary, Trail, read};
use crate::{
    lang::Text,
    time::Moment,
    user_file::{self, FileFault},
};

/// Why a journal cannot be read or written.
#[derive(Debug, Error)]
pub enum BookFault {
    /// It cannot be opened.
    #[error("{0}")]
    File(FileFault),
    /// It is no journal.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// There is no watch in it.
    #[error("there is no watch in it; give the journal of a watch")]
    Empty,
    /// Somebody writes it.
    #[error("another watch is writing it; choose another file")]
    Busy,
    /// It cannot be written.
    #[error("{0}; choose another file")]
    Write(#[from] io::Error),
}

impl BookFault {
    /// Why, as a part of a sentence; what the system says stays in its own words.
    pub fn text(&self) -> Text {
        match self {
            Self::File(fault) => fault.text(),
            Self::Journal(JournalError::Line { line }) => Text::new("watch-no-journal-line").put("line", line),
            Self::Empty => Text::new("watch-no-watch-in-it"),
            Self::Busy => Text::new("watch-journal-busy"),
            Self::Journal(JournalError::Io(error)) | Self::Write(error) => Text::plain(error.to_string()),
        }
    }
}

/// A journal's file. Entries go into it at once, and to the disk every second, or every ten where nothing weighty waits.
#[derive(Debug)]
pub struct Book {
    journal: Journal<File>,
    /// Something waits for the disk: whether it is weighty.
    waits: Option<bool>,
    synced: Moment,
}

impl Book {
    /// Reads the journal at `path`: what it comes to, and its course.
    pub fn read(path: &Path) -> Result<(Summary, Trail, Read), BookFault> {
        let file = user_file::open(path).map_err(BookFault::File)?;
        let (mut summary, mut trail) = (Summary::default(), Trail::default());
        let state = read(BufReader::with_capacity(BUFFER, file), |entry| {
            summary.take(&entry);
            trail.take(&entry);
        })?;
        if summary.plan.is_none() {
            return Err(BookFault::Empty);
        }
        Ok((summary, trail, state))
    }

    /// Begins the journal at `path`, which is not there yet, or goes on behind the one that is there. `is_torn` says that it
    /// ends in the middle of a line.
    pub fn open(path: &Path, is_new: bool, is_torn: bool) -> Result<Self, BookFault> {
        let file = options(is_new).open(path)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(BookFault::Busy),
            // Where a file system knows no locks, the port keeps two watches apart.
            Err(TryLockError::Error(error)) => tracing::debug!(%error, "the journal is not locked"),
        }
        Ok(Self { journal: Journal::new(file, is_torn)?, waits: None, synced: Moment::ZERO })
    }

    /// Takes an entry.
    pub fn append(&mut self, entry: &Entry) -> io::Result<()> {
        self.journal.append(entry)?;
        self.waits = Some(self.waits.unwrap_or(false) || entry.is_weighty());
        Ok(())
    }

    /// Brings what waits to the disk, where it outlives a lost supply, when it has waited long enough at `now`.
    pub fn keep(&mut self, now: Moment) -> io::Result<()> {
        let age = now.since(self.synced);
        if self.waits.is_some_and(|is_weighty| age >= if is_weighty { SOON } else { LATER }) {
            self.synced = now;
            return self.sync();
        }
        Ok(())
    }

    /// Brings everything to the disk.
    pub fn sync(&mut self) -> io::Result<()> {
        self.waits = None;
        self.journal.out().sync_data()
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
