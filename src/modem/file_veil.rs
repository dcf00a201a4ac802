//! Bytes of key files that somebody reads from the module by hand: overwritten before anything here sees them.
//!
//! What this program reads for itself it needs; that says on its own what of it is secret.

use std::borrow::Cow;

use crate::keys::FileGuard;

/// Stands before everything that takes the modem's bytes.
#[derive(Debug, Default)]
pub(crate) struct FileVeil {
    guard: FileGuard,
    /// Received and not decided.
    waiting: Vec<u8>,
}

impl FileVeil {
    /// Takes bytes that are sent.
    pub(crate) fn sent(&mut self, bytes: &[u8], has_secret: bool) {
        self.guard.sent(bytes, has_secret);
    }

    /// This program reads a file for itself.
    pub(crate) fn step_aside(&mut self) {
        self.guard.abandon();
    }

    /// The received bytes that are decided, those to hide overwritten.
    pub(crate) fn received<'a>(&mut self, bytes: &'a [u8]) -> Cow<'a, [u8]> {
        if !self.guard.is_reading() {
            self.guard.overhear(bytes);
            return Cow::Borrowed(bytes);
        }
        self.waiting.extend_from_slice(bytes);
        let marks = self.guard.received(bytes);
        let decided = self.waiting.drain(..marks.len());
        Cow::Owned(decided.zip(marks).map(|(byte, is_hidden)| if is_hidden { b'*' } else { byte }).collect())
    }
}
