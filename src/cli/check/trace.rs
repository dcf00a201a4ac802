//! The file of `--save-trace`: begun with the check, gone on with when a port comes back. Every line is in it as soon as it is
//! written: nothing of it waits in this program.

use std::{
    fs::{File, OpenOptions},
    io,
    path::PathBuf,
    time::Duration,
};

use super::verdict::Failure;
use crate::{cli::args::TraceArgs, worker::RecordInto};

/// Where a check is recorded.
#[derive(Debug)]
pub(in crate::cli) struct TraceFile {
    path: PathBuf,
    keeps_identifiers: bool,
}

impl TraceFile {
    /// The file that was asked for, if one was.
    pub(in crate::cli) fn of(asked: &TraceArgs) -> Option<Self> {
        let path = asked.save_trace.clone()?;
        Some(Self { path, keeps_identifiers: asked.keep_identifiers })
    }

    /// Begins the file anew.
    pub(in crate::cli) fn begin(&self) -> Result<RecordInto, Failure> {
        let file = File::create(&self.path).map_err(|error| {
            Failure::plain(format!("--save-trace {}: {error}; choose another file", self.path.display()))
        })?;
        Ok(self.record(file, None))
    }

    /// Goes on behind what stands in the file, with a link whose moments go on.
    pub(in crate::cli) fn go_on(&self) -> io::Result<RecordInto> {
        let file = OpenOptions::new().append(true).open(&self.path)?;
        Ok(self.record(file, Some(Duration::ZERO)))
    }

    fn record(&self, file: File, goes_on_after: Option<Duration>) -> RecordInto {
        RecordInto { out: Box::new(file), keeps_identifiers: self.keeps_identifiers, goes_on_after }
    }
}
