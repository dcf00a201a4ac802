//! A payload that comes from a file. The application reads it on a thread of its own; here is only what came of it.

use std::sync::Arc;

use crate::{
    lang::Text,
    view::files::{FileFault, fault_text},
};

/// What is known of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum FileState {
    /// None was chosen.
    #[default]
    None,
    /// It is being read.
    Reading {
        /// Its path.
        path: String,
    },
    /// It was read.
    Read {
        /// Its path.
        path: String,
        /// Its bytes.
        bytes: Arc<[u8]>,
    },
    /// It is longer than a message may be, and was not read.
    TooLong {
        /// Its path.
        path: String,
        /// Its length in bytes.
        bytes: u64,
    },
    /// It cannot be read.
    Failed {
        /// Its path.
        path: String,
        /// Why the file cannot be used.
        fault: FileFault,
    },
}

impl FileState {
    /// The path that this is about.
    pub fn path(&self) -> Option<&str> {
        match self {
            Self::None => None,
            Self::Reading { path }
            | Self::Read { path, .. }
            | Self::TooLong { path, .. }
            | Self::Failed { path, .. } => Some(path),
        }
    }

    /// Why there are no bytes to send; `None` when there are.
    pub fn problem(&self, limit: usize) -> Option<Text> {
        match self {
            Self::None => Some(Text::new("file-none")),
            Self::Reading { .. } => Some(Text::new("file-reading")),
            Self::Read { .. } => None,
            Self::TooLong { bytes, .. } => {
                Some(Text::new("fault-payload-too-long").with("bytes", *bytes).with("limit", limit))
            }
            Self::Failed { path, fault } => Some(fault_text(path, fault)),
        }
    }
}
