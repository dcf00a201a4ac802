//! What the application knows. Only events change it.

pub mod latency;
pub mod messages;
