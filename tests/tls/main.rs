//! TLS over real loopback sockets: what the module-like client and the probes see at every broken listener.
//!
//! Certificates are made while the tests run; numbers are asserted, never sentences of the library.

#![allow(clippy::unwrap_used, reason = "a helper that fails shall fail its test")]

mod bench;
mod clients;
mod faults;
#[path = "../kit/mod.rs"]
mod kit;
mod mosquitto;
mod probes;
mod sessions;
