//! What the app knows for the Messages page.

use super::Input;

/// What the app knows for the Messages page.
#[derive(Debug, Default)]
pub struct Messages {}

impl Messages {
    /// Takes what happened.
    pub fn apply(&mut self, _input: &Input) {}
}
