//! Text from outside made harmless for a page: no sign of it acts, none is hidden, and no number names a device or a card.

use crate::{at::text::visible, trace::unnamed};

/// `text` as it may be shown: masked, with tokens in the place of signs that act or are not seen.
pub(super) fn shown(text: &str) -> String {
    visible(unnamed(text).as_bytes()).into_owned()
}

/// `text` between tags or inside a quoted attribute.
pub(super) fn escaped(text: &str) -> String {
    escape(&shown(text))
}

/// The signs of markup in `text` as entities; everything else stays.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match SIGNS.iter().find(|(sign, _)| *sign == c) {
            Some((_, entity)) => out.push_str(entity),
            // No sign of XML.
            None if matches!(c, '\u{FFFE}' | '\u{FFFF}') => out.push(char::REPLACEMENT_CHARACTER),
            None => out.push(c),
        }
    }
    out
}

/// What [`escape`] made of a text, back again.
pub(super) fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (sign, length) = SIGNS
            .iter()
            .find(|(_, entity)| rest.starts_with(entity))
            .map_or(('&', 1), |(sign, entity)| (*sign, entity.len()));
        out.push(sign);
        rest = &rest[length..];
    }
    out.push_str(rest);
    out
}

const SIGNS: [(char, &str); 5] = [('&', "&amp;"), ('<', "&lt;"), ('>', "&gt;"), ('"', "&quot;"), ('\'', "&#39;")];
