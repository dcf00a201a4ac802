//! What is kept of the wish for logs.

use serde::{Deserialize, Serialize};

/// Whether each connection is logged, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LogEntry {
    /// Whether there is a log of each connection.
    pub is_on: bool,
    /// The folder, as typed; empty for the one beside the settings.
    pub folder: String,
    /// Whether IMEI, IMSI, ICCID and positions stay readable in what is copied and exported. Logs never show them.
    pub shows_numbers: bool,
}

impl Default for LogEntry {
    fn default() -> Self {
        Self { is_on: true, folder: String::new(), shows_numbers: false }
    }
}
