//! Raw data after the prompt `>` (reference, sections 8 and 11.6).

use std::time::Duration;

use crate::sim::{Timing, files::FileWrite};

/// Ends data whose length was not given.
const SUB: u8 = 0x1A;

/// Where the data goes.
#[derive(Debug)]
pub(in crate::sim) enum Target {
    /// Into a publish.
    Publish { topic: String, qos: u8, is_retained: bool },
    /// Into a file.
    File(FileWrite),
}

/// Data being collected.
#[derive(Debug)]
pub(in crate::sim) struct Data {
    pub(in crate::sim) target: Target,
    /// How many bytes end it; without it SUB or silence does.
    wanted: Option<usize>,
    /// Time for all of it, counted from the prompt.
    patience: Option<Duration>,
    /// Most bytes that are kept.
    limit: usize,
    pub(in crate::sim) bytes: Vec<u8>,
    /// More came than may be kept.
    pub(in crate::sim) is_over: bool,
}

/// What ended the data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::sim) enum DataEnd {
    /// All bytes came, or the mark of the end.
    Complete,
    /// Nothing came for too long.
    Silence,
}

impl Data {
    pub(in crate::sim) const fn new(target: Target, wanted: Option<usize>, limit: usize) -> Self {
        Self { target, wanted, patience: None, limit, bytes: Vec::new(), is_over: false }
    }

    /// Data of exactly `size` bytes that must have come after `patience`.
    pub(in crate::sim) const fn for_file(target: Target, size: usize, patience: Duration) -> Self {
        Self { target, wanted: Some(size), patience: Some(patience), limit: size, bytes: Vec::new(), is_over: false }
    }

    /// Takes what belongs to it: how many bytes that were, and whether it is complete.
    pub(super) fn take(&mut self, bytes: &[u8]) -> (usize, bool) {
        if let Some(wanted) = self.wanted {
            let count = bytes.len().min(wanted.saturating_sub(self.bytes.len()));
            self.bytes.extend_from_slice(&bytes[..count]);
            return (count, self.bytes.len() >= wanted);
        }
        let end = bytes.iter().position(|byte| *byte == SUB);
        let chunk = &bytes[..end.unwrap_or(bytes.len())];
        let room = self.limit.saturating_sub(self.bytes.len()).min(chunk.len());
        self.bytes.extend_from_slice(&chunk[..room]);
        self.is_over |= room < chunk.len();
        (chunk.len() + usize::from(end.is_some()), end.is_some())
    }

    /// How long it waits from now on, at the prompt or after some bytes; without a new limit the old one holds on.
    pub(super) const fn limit(&self, timing: &Timing, is_at_prompt: bool) -> Option<Duration> {
        match (self.wanted, is_at_prompt) {
            (None, _) => Some(Duration::from_millis(timing.data_silence_ms)),
            (Some(_), true) => self.patience,
            (Some(_), false) => None,
        }
    }
}
