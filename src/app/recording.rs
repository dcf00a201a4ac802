//! The way to whoever reads the open log.

use crossbeam_channel::Sender;

use crate::doctor::Wish;

/// The way to whoever reads the open log; he ends when it is let go of.
#[derive(Debug, Default)]
pub(super) struct Recording {
    /// Counts the logs of this run: what an earlier one is told late is ignored.
    pub(super) number: u64,
    pub(super) wishes: Option<Sender<Wish>>,
}
