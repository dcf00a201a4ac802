//! The AT plan of the profile it was made for.

use crate::{model::plan::PlannedLine, settings::Profile};

/// The lines that a connection will send, and what they were made for.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) made_for: Option<PlanKey>,
    pub(super) lines: Vec<PlannedLine>,
}

/// What a plan depends on: the profile, whether the modem is virtual, which passwords are there, the files.
pub(super) type PlanKey = (Profile, bool, [bool; 2], u64);
