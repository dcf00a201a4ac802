//! The search for the one setting that decides, as far as it has come.

use crate::{
    bisect::{Bisect, Shelf},
    model::request::RequestId,
};

/// The search under way, or none.
#[derive(Debug, Default)]
pub(super) struct Search {
    pub(super) shelf: Option<Shelf>,
    pub(super) running: Option<Bisect>,
    pub(super) asked: Option<RequestId>,
}

impl Search {
    /// Lists lie on `shelf`.
    pub(super) fn on(shelf: Option<Shelf>) -> Self {
        Self { shelf, ..Self::default() }
    }
}
