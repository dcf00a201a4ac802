//! Bytes as they came, without stamps and marks: picocom, screen, a copied window, what is left when nothing else fits.

use super::{Format, Head, no_bonus, plainly};

pub(in crate::record) static RAW: Format =
    Format { key: "raw", name: "plain text", head, settle: plainly, bonus: no_bonus, least: 1, drops_returns: false };

const fn head(_: &str) -> Option<Head<'_>> {
    None
}
