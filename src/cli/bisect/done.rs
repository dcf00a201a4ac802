//! A bisect that is over.

use crate::{
    bisect::{Bisect, Verdict},
    diagnosis::Diagnosis,
};

/// A bisect that is over.
pub(super) struct Done {
    pub(super) bisect: Bisect,
    pub(super) diagnosis: Diagnosis,
    /// Why the list could not be taken away, when it could not.
    pub(super) unforgotten: Option<String>,
}

impl Done {
    /// Whether an older list was undone.
    pub(super) fn is_restored(&self) -> bool {
        matches!(self.bisect.verdict(), Some(Verdict::Restored)) && self.bisect.is_undone()
    }
}
