//! A secret that cannot be printed by accident.

use std::fmt;

use zeroize::Zeroizing;

/// A password. Neither `Debug` nor any message shows it; only [`Password::reveal`] gives it out. Its memory is wiped when it is
/// dropped, wherever it was held.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Password(Zeroizing<String>);

impl Password {
    /// Wraps a password.
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// The password itself. Call it only where bytes for the wire are made.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Whether `text` is this password, and no word that may stand for something else by chance.
    pub fn is_telling(&self, text: &str) -> bool {
        self.0.len() >= SHORTEST_TELLING && *self.0 == text
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(***)")
    }
}

/// A shorter password may be the name of a host or a user as well.
const SHORTEST_TELLING: usize = 8;
