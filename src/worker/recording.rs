//! The recording of a link while it is served. A full disk ends the recording, never the connection.

use std::{fmt, io::Write, ops::Range, time::Duration};

use crate::{
    time::Moment,
    trace::{Header, Recorder},
};

/// Where a recording goes, and what it keeps.
pub struct RecordInto {
    /// Takes the text. Its writes must not block for long.
    pub out: Box<dyn Write + Send>,
    /// Whether the numbers of device and card stay readable. Secrets never do.
    pub keeps_identifiers: bool,
    /// What is added to every moment of this link, behind an earlier recording in `out`: nothing where its moments go on by
    /// themselves. `None` begins a new recording.
    pub goes_on_after: Option<Duration>,
}

impl fmt::Debug for RecordInto {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RecordInto(keeps identifiers: {})", self.keeps_identifiers)
    }
}

/// A recording that may be off, or have ended early.
#[derive(Default)]
pub(super) struct Recording(Option<Recorder<Box<dyn Write + Send>>>);

impl Recording {
    /// Begins to record, if there is somewhere to.
    pub(super) fn start(into: Option<RecordInto>, header: &Header) -> Self {
        let mut recording = Self::default();
        if let Some(RecordInto { out, keeps_identifiers, goes_on_after }) = into {
            let recorder = match goes_on_after {
                Some(offset) => Recorder::again(out, header, offset, !keeps_identifiers),
                None if keeps_identifiers => Recorder::keeping_identifiers(out, header),
                None => Recorder::new(out, header),
            };
            match recorder {
                Ok(recorder) => recording.0 = Some(recorder),
                Err(error) => tracing::warn!(%error, "this connection is not recorded"),
            }
        }
        recording
    }

    /// Notes bytes handed to the link, the last of them at `at`.
    pub(super) fn sent(&mut self, at: Moment, bytes: &[u8], secret: &[Range<usize>]) {
        self.note(|recorder| recorder.sent(at, bytes, secret));
    }

    /// Notes bytes that arrived at `at`.
    pub(super) fn received(&mut self, at: Moment, bytes: &[u8]) {
        self.note(|recorder| recorder.received(at, bytes));
    }

    /// Writes a line that has not ended and that nothing more belongs to by `now`.
    pub(super) fn pass(&mut self, now: Moment) {
        self.note(|recorder| recorder.pass(now));
    }

    /// Writes what is still held back.
    pub(super) fn finish(self) {
        if let Some(Err(error)) = self.0.map(Recorder::finish) {
            tracing::warn!(%error, "the end of the recording is missing");
        }
    }

    fn note(&mut self, write: impl FnOnce(&mut Recorder<Box<dyn Write + Send>>) -> std::io::Result<()>) {
        if let Some(Err(error)) = self.0.as_mut().map(write) {
            tracing::warn!(%error, "the recording ends here");
            self.0 = None;
        }
    }
}
