//! One cause, whoever is asked: what the window says of a session, what `air780e check` says of it and what `air780e replay`
//! says of its trace, held against each other and against what the scenario is about.
//!
//! A check needs a port that a program can open: without PTYs only window and recordings are asked.
#![allow(clippy::unwrap_used, reason = "a helper that fails shall fail its test")]

#[path = "../kit/mod.rs"]
mod kit;

mod apart;
mod check;
#[cfg(all(unix, feature = "serial"))]
mod device;
#[cfg(all(unix, feature = "serial"))]
mod foreign;
mod healthy;
mod lab;
mod live;
#[cfg(all(unix, feature = "serial"))]
mod members;
mod recorded;
mod said;
mod scenarios;
mod together;
mod window;

/// This computer's clock in seconds since 1970: certificates are made for today, since real programs check them.
#[expect(clippy::disallowed_methods, reason = "a program of its own judges dates by the real clock")]
fn today() -> i64 {
    chrono::Utc::now().timestamp()
}
