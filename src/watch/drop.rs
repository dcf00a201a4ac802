//! One drop, as its journal tells it.

use std::time::Duration;

use super::{Proof, Reason, Wall, Way};

/// One loss of the session, from its first sign until the session was open again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dropped {
    /// Its number, from 1.
    pub number: u32,
    /// When the session was lost.
    pub begin: Wall,
    /// When the broker accepted a login again; `None` while it lasts.
    pub end: Option<Wall>,
    /// By what, as far as the module or the port tells it.
    pub by: Reason,
    /// The same in words.
    pub text: String,
    /// The last known signal before.
    pub rssi_dbm: Option<i16>,
    /// How long nothing certain had passed before.
    pub quiet: Duration,
    /// Unasked lines shortly before.
    pub lines: Vec<String>,
    /// The cause; `None` when nothing decides.
    pub finding: Option<String>,
    /// How sure it is.
    pub certainty: Option<String>,
    /// What it may be, when nothing decides.
    pub undecided: Vec<String>,
    /// What shows it.
    pub evidence: Vec<Proof>,
    /// What brought the session back.
    pub helped: Option<Way>,
    /// Nobody watched for a part of it.
    pub has_gap: bool,
}

impl Dropped {
    /// From its begin to its end; `None` while it lasts.
    pub fn lasted(&self) -> Option<Duration> {
        Some(self.end?.since(self.begin))
    }
}
