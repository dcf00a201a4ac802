//! Reading a file of known length back, block by block: shared by looking at a file and by checking one.

use std::fmt;

use crate::{
    air780e::{
        Command,
        files::{BLOCK_BYTES, ReadFile},
    },
    at::reply::Ended,
    modem::{request::Contents, step::Step},
};

use super::{Turn, ask};

/// What was read so far. `Debug` shows only how much: it may be a key.
pub(crate) struct ReadBack {
    name: String,
    total: usize,
    is_secret: bool,
    bytes: Vec<u8>,
}

impl ReadBack {
    /// Nothing is read yet of the file `name`, which has `total` bytes.
    pub(crate) const fn new(name: String, total: usize, is_secret: bool) -> Self {
        Self { name, total, is_secret, bytes: Vec::new() }
    }

    /// Asks for the next block; `None` when all of the file is there.
    pub(crate) fn next(&self) -> Option<Turn> {
        let from = self.bytes.len();
        (from < self.total).then(|| ask(&self.block(from), Step::ReadFile))
    }

    /// Takes the block that came; returns whether one did.
    pub(crate) fn take(&mut self, ended: &Ended) -> bool {
        let Some(block) = &ended.block else { return false };
        self.bytes.extend_from_slice(&block.0);
        true
    }

    /// Forgets everything behind the first `kept` bytes, to read it again.
    pub(crate) fn go_back(&mut self, kept: usize) {
        self.bytes.truncate(kept);
    }

    /// How long the file is.
    pub(crate) const fn total(&self) -> usize {
        self.total
    }

    /// What was read.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// What was read, as contents of its own.
    pub(crate) fn into_contents(self, is_secret: bool) -> Contents {
        if is_secret { Contents::secret(self.bytes) } else { Contents::public(self.bytes) }
    }

    /// The lines that reading the whole file takes.
    pub(crate) fn planned(self) -> impl Iterator<Item = (Step, String)> {
        (0..self.total).step_by(BLOCK_BYTES).map(move |from| (Step::ReadFile, self.block(from).line().masked()))
    }

    fn block(&self, from: usize) -> ReadFile<'_> {
        let bytes = (self.total - from).min(BLOCK_BYTES);
        ReadFile { name: &self.name, from, bytes, is_secret: self.is_secret }
    }
}

impl fmt::Debug for ReadBack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ReadBack({:?}, {} of {} bytes)", self.name, self.bytes.len(), self.total)
    }
}
