//! The virtual Air780E, written from the reference alone.

pub mod host;
pub mod range;
