//! What the Latency page may ask.

/// What the Latency page may ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LatencyAction {}
