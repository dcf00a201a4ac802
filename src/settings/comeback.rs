//! What is kept of the wish to come back to a lost session.

use serde::{Deserialize, Serialize};

/// What is done when a session was lost that nobody closed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ComebackChoice {
    /// Nothing.
    Off,
    /// The user is asked each time.
    #[default]
    Ask,
    /// It is opened again until that succeeds or somebody stops it.
    Automatic,
}

impl ComebackChoice {
    /// All three.
    pub const ALL: [Self; 3] = [Self::Off, Self::Ask, Self::Automatic];
}

/// The same with its pauses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ComebackEntry {
    /// What is done.
    pub choice: ComebackChoice,
    /// From the loss to the first try, in seconds; each pause is twice the one before.
    pub first_pause_s: u16,
    /// No pause is longer, in seconds.
    pub longest_pause_s: u16,
}

impl Default for ComebackEntry {
    fn default() -> Self {
        Self { choice: ComebackChoice::Ask, first_pause_s: 2, longest_pause_s: 60 }
    }
}
