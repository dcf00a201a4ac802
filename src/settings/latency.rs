//! What is wanted of publishes on the Latency page, as it is kept.

use serde::{Deserialize, Serialize};

/// How many of a hundred publishes shall be confirmed within how long.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BudgetEntry {
    /// Of a hundred publishes: 50, 95, 99 or 100.
    pub percent: u64,
    /// In milliseconds, as typed; empty without a budget.
    pub limit: String,
}

impl Default for BudgetEntry {
    fn default() -> Self {
        Self { percent: 95, limit: String::new() }
    }
}
