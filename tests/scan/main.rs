//! `air780e scan` at real listeners with one defect each: the range of this program, a real mosquitto, OpenSSL's own server. What it
//! says is held against `openssl s_client`, against `air780e check` at a virtual module, and against what is really wrong.
#![allow(clippy::unwrap_used, reason = "a helper that fails shall fail its test")]

#[path = "../kit/mod.rs"]
mod kit;

mod authority;
#[cfg(all(unix, feature = "serial"))]
mod bisect;
mod brokers;
mod cures;
mod limits;
mod login;
mod matrix;
mod odd;
mod places;
mod proxies;
mod range;
mod tools;
