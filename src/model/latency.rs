//! What the app knows for the Latency page.

use super::Input;

/// What the app knows for the Latency page.
#[derive(Debug, Default)]
pub struct Latency {}

impl Latency {
    /// Takes what happened.
    pub fn apply(&mut self, _input: &Input) {}
}
