//! Recognising private keys in bytes that pass: as text (PEM) or in binary form (DER), in both directions, and in parts of
//! files that are read from the module, or by how their lines look; and finding again whatever was sent as a secret.
//!
//! It knows nothing of who carries the bytes. What stands here is used where bytes become a trace, and where they become
//! lines for people.

mod der;
mod files;
mod finder;
mod learned;
mod pem;
mod reading;
mod wrapped;

#[cfg(test)]
pub mod samples;

pub use self::{
    files::FileGuard,
    finder::Finder,
    learned::{Learned, joined, masked, ranges},
    wrapped::{bodies, body_start, is_key_line, is_last_line, key_text, without_key_text},
};

/// Whether `bytes` hold a private key, or a container that has one.
pub fn holds_key(bytes: &[u8]) -> bool {
    Finder::default().scan(bytes).contains(&true)
}
