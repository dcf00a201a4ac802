//! The journal of the command line, and what is printed of it.

use std::{io, path::Path, time::Instant};

use super::said::said;
use crate::{
    cli::{check::verdict::Failure, complain, print_line, words},
    lang::{Lang, Text},
    user_file,
    watch::{self, BookFault, Entry, JournalError, Read, Summary, Trail},
};

/// For whom is printed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Face {
    /// For programs.
    pub(super) is_json: bool,
    /// For people, in this language.
    pub(super) lang: Lang,
}

/// Takes entries: into the file at once, to the disk in time, and to whoever looks on.
#[derive(Debug)]
pub(super) struct Book {
    journal: Option<watch::Book>,
    /// The course so far, for a report.
    trail: Trail,
    is_json: bool,
    lang: Lang,
    opened: Instant,
    has_complained: bool,
}

impl Book {
    /// Reads the journal at `path`: what it comes to, and its course.
    pub(super) fn read(path: &Path) -> Result<(Summary, Trail, Read), Failure> {
        watch::Book::read(path).map_err(|fault| Failure::plain(in_file(path, &fault)))
    }

    /// Begins the journal at `path`, which is not there yet, or goes on behind the one that is there with the course `trail`.
    /// `is_torn` says that it ends in the middle of a line.
    pub(super) fn open(path: &Path, is_new: bool, is_torn: bool, trail: Trail, face: Face) -> Result<Self, Failure> {
        let journal = watch::Book::open(path, is_new, is_torn).map_err(|fault| {
            Failure::plain(match &fault {
                BookFault::Write(error) => words::unwritable("--journal", path, error),
                _ => Text::new("command-option-file").put("option", "--journal").with("why", in_file(path, &fault)),
            })
        })?;
        Ok(Self { trail, ..Self::of(Some(journal), face) })
    }

    /// Only prints.
    pub(super) fn without_journal(face: Face) -> Self {
        Self::of(None, face)
    }

    #[expect(clippy::disallowed_methods, reason = "the command line owns the clock of its disk")]
    fn of(journal: Option<watch::Book>, Face { is_json, lang }: Face) -> Self {
        Self { journal, trail: Trail::default(), is_json, lang, opened: Instant::now(), has_complained: false }
    }

    /// The course so far.
    pub(super) const fn trail(&self) -> &Trail {
        &self.trail
    }

    /// Takes an entry.
    pub(super) fn take(&mut self, entry: &Entry) {
        self.trail.take(entry);
        if let Some(Err(error)) = self.journal.as_mut().map(|journal| journal.append(entry)) {
            self.complain(&error);
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

    /// Brings what waits to the disk: what is weighty within a second, the rest within ten.
    pub(super) fn keep(&mut self) {
        let now = self.opened.elapsed().into();
        if let Some(Err(error)) = self.journal.as_mut().map(|journal| journal.keep(now)) {
            self.complain(&error);
        }
    }

    /// Brings everything to the disk.
    pub(super) fn sync(&mut self) {
        if let Some(Err(error)) = self.journal.as_mut().map(watch::Book::sync) {
            self.complain(&error);
        }
    }

    /// Said once; the watch goes on, and writes again as soon as it can.
    fn complain(&mut self, error: &io::Error) {
        if !std::mem::replace(&mut self.has_complained, true) {
            complain(&Text::new("watch-journal-unwritten").with("why", words::system(error)), self.lang);
        }
    }
}

/// Why the journal at `path` cannot be used.
fn in_file(path: &Path, fault: &BookFault) -> Text {
    let why = match fault {
        BookFault::Journal(JournalError::Io(error)) | BookFault::Write(error) => words::system(error),
        _ => fault.text(),
    };
    Text::new("command-file").put("path", user_file::named(path)).with("why", why)
}
