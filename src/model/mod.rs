//! What the application knows. Only events change it.

pub mod latency;
pub mod messages;

pub use crate::modem::{event, request, status};
