//! The virtual modem over real sockets, driven by raw bytes; our own core takes part only where scenarios with TLS are
//! held against what it accuses.

#![allow(clippy::unwrap_used, reason = "a helper that fails shall fail its test")]

mod command_line;
#[path = "../kit/mod.rs"]
mod kit;
#[cfg(unix)]
mod pty_bytes;
mod range;
mod rig;
mod scenarios;
mod truth;
mod tutorial;
