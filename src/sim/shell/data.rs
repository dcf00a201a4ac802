//! Raw data after the prompt `>` (reference, sections 8 and 11.6).

use std::time::Duration;

use crate::sim::Timing;

/// Ends data whose length was not given.
const SUB: u8 = 0x1A;

/// Where the data goes.
#[derive(Debug)]
pub(in crate::sim) enum Target {
    /// Into a publish.
    Publish { topic: String, qos: u8, is_retained: bool },
}

/// Data being collected.
#[derive(Debug)]
pub(in crate::sim) struct Data {
    pub(in crate::sim) target: Target,
    /// How many bytes end it; without it SUB or silence does.
    wanted: Option<usize>,
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
        Self { target, wanted, limit, bytes: Vec::new(), is_over: false }
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

    /// How long it waits for the next byte; without a limit it waits for ever.
    pub(super) const fn silence_limit(&self, timing: &Timing) -> Option<Duration> {
        match self.wanted {
            None => Some(Duration::from_millis(timing.data_silence_ms)),
            Some(_) => None,
        }
    }
}
