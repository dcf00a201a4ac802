//! The file of `--save-trace`: begun with the check, gone on with when a port comes back.

use std::{
    fs::{File, OpenOptions},
    io::{self, BufWriter},
    path::PathBuf,
    time::Duration,
};

use super::verdict::Failure;
use crate::{cli::args::CheckArgs, worker::RecordInto};

/// Where a check is recorded.
#[derive(Debug)]
pub(super) struct TraceFile {
    path: PathBuf,
    keeps_identifiers: bool,
}

impl TraceFile {
    /// The file that was asked for, if one was.
    pub(super) fn of(asked: &CheckArgs) -> Option<Self> {
        let path = asked.save_trace.clone()?;
        Some(Self { path, keeps_identifiers: asked.keep_identifiers })
    }

    /// Begins the file anew.
    pub(super) fn begin(&self) -> Result<RecordInto, Failure> {
        let file = File::create(&self.path).map_err(|error| {
            Failure::plain(format!("--save-trace {}: {error}; choose another file", self.path.display()))
        })?;
        Ok(self.record(file, None))
    }

    /// Goes on behind what stands in the file; the link that is recorded now opens `after` the first one.
    pub(super) fn go_on(&self, after: Duration) -> io::Result<RecordInto> {
        let file = OpenOptions::new().append(true).open(&self.path)?;
        Ok(self.record(file, Some(after)))
    }

    fn record(&self, file: File, goes_on_after: Option<Duration>) -> RecordInto {
        let out = Box::new(BufWriter::new(file));
        RecordInto { out, keeps_identifiers: self.keeps_identifiers, goes_on_after }
    }
}
