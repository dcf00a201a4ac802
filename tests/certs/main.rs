//! The certificate kit against files as openssl makes them and people spoil them: whatever is recognised gives back exactly the
//! bytes that openssl has, and what lost something is never called usable.
#![allow(clippy::unwrap_used, reason = "a helper that fails shall fail its test")]

#[path = "../kit/mod.rs"]
mod kit;

mod authority;
mod checked;
mod command;
mod containers;
mod judged;
mod losses;
mod made;
mod mangled;

/// This computer's clock in seconds since 1970: openssl makes certificates for today.
#[expect(clippy::disallowed_methods, reason = "a program of its own judges dates by the real clock")]
fn today() -> i64 {
    chrono::Utc::now().timestamp()
}
