//! Pure: from the model to what a panel shows. No egui here.

pub mod latency;
pub mod messages;
