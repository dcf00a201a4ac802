//! What is true only of this module, mostly tables, each with its section of the reference.

pub mod identity;
pub mod limits;
pub mod network;
pub mod signal;
pub mod sim;
