//! The shape of a diagnosis: a cause from the catalogue and the facts that point to it.

use super::Excluded;

/// One sentence in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    /// English.
    pub en: &'static str,
    /// Simplified Chinese.
    pub zh: &'static str,
}

/// One entry of the catalogue: why something fails, whatever shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cause {
    /// Stable number, `F-002`. It never changes its meaning.
    pub id: &'static str,
    /// The same as a readable word, `port_busy`.
    pub key: &'static str,
    /// What is wrong.
    pub cause: Text,
    /// What to do next.
    pub fix: Text,
}

/// A cause found in one session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Stable number of the cause, `F-002`.
    pub id: &'static str,
    /// The same as a readable word, `port_busy`.
    pub key: &'static str,
    /// What is wrong.
    pub cause: Text,
    /// What to do next.
    pub fix: Text,
    /// Why we think so: commands, answers, values and times of this session, as they were seen.
    pub evidence: Vec<String>,
    /// What it is not, as far as a confirmed step of this session proves it.
    pub excluded: Vec<Excluded>,
}

impl Finding {
    /// `cause`, shown by `evidence`; `excluded` is ruled out.
    pub const fn new(cause: &Cause, evidence: Vec<String>, excluded: Vec<Excluded>) -> Self {
        let Cause { id, key, cause, fix } = *cause;
        Self { id, key, cause, fix, evidence, excluded }
    }
}
