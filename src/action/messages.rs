//! What the Messages page may ask.

/// What the Messages page may ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MessagesAction {}
