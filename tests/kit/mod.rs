//! What several integration tests share: processes that end with the test, waiting for a condition, a real mosquitto.
//!
//! Nothing here skips: a program that is missing fails the test and names the package to install.

#![allow(dead_code, reason = "each test binary uses its own part of the kit")]
#![allow(unreachable_pub, reason = "the kit is a module of test binaries, not a crate")]

pub mod mosquitto;
pub mod process;

use std::{
    net::TcpListener,
    time::{Duration, Instant},
};

/// How often something is done: `usual` times, or as often as `AIR780E_TEST_RUNS` says for a longer run by hand.
pub fn times(usual: usize) -> usize {
    std::env::var("AIR780E_TEST_RUNS").ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

/// A free port on 127.0.0.1. Somebody else may take it before it is used: start what needs it at once.
pub fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free loopback port");
    listener.local_addr().expect("its address").port()
}

/// Waits until `condition` gives something, and fails naming `what` when it takes longer than [`LIMIT`].
#[track_caller]
pub fn wait_for<T>(what: &str, mut condition: impl FnMut() -> Option<T>) -> T {
    let started = now();
    loop {
        if let Some(found) = condition() {
            return found;
        }
        assert!(started.elapsed() < LIMIT, "{what}: not within {} s", LIMIT.as_secs());
        pause();
    }
}

#[expect(clippy::disallowed_methods, reason = "another process can only be asked again, not waited for")]
fn pause() {
    std::thread::sleep(Duration::from_millis(5));
}

#[expect(clippy::disallowed_methods, reason = "a limit for real processes needs the real clock")]
pub fn now() -> Instant {
    Instant::now()
}

/// Longest wait for anything real. Generous, as test machines are slow; nothing waits that long when all is well.
pub const LIMIT: Duration = Duration::from_mins(1);
