//! The AT plan of the profile it was made for.

use crate::{
    model::{plan::PlannedLine, request::Subscription},
    settings::Profile,
};

/// The lines that a connection will send, and what they were made for.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) made_for: Option<PlanKey>,
    pub(super) lines: Vec<PlannedLine>,
}

/// What a plan depends on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PlanKey {
    pub(super) profile: Profile,
    pub(super) is_virtual: bool,
    /// Which passwords are there.
    pub(super) passwords: [bool; 2],
    /// The files, as often as they have changed.
    pub(super) files: u64,
    /// Subscriptions beside the profile's.
    pub(super) added: Vec<Subscription>,
}
