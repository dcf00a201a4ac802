//! The way to whoever reads the open log.

use crossbeam_channel::Sender;

use crate::doctor::{Origin, Wish};

use super::replayed::Replayed;

/// The way to whoever reads the open log; he ends when it is let go of.
#[derive(Debug, Default)]
pub(super) struct Recording {
    /// Counts the logs of this run: what an earlier one is told late is ignored.
    pub(super) number: u64,
    pub(super) wishes: Option<Sender<Wish>>,
    /// What is read.
    pub(super) origin: Option<Origin>,
    /// Its ports as a connection would have told them, when that is known.
    pub(super) ports: Vec<Replayed>,
}
