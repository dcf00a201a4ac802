//! Keys as text, told by how they look: the one rule for every face that shows text of which nobody knows where it is from.
//!
//! Base64 of random bytes changes between capitals, small letters and digits at every second sign. Names do not: the parts of
//! a topic, of a path or of an address are words, and words keep to one kind of sign, but for the capital at their beginning.

use std::{borrow::Cow, ops::Range};

use super::learned::{joined, masked};

/// Where in `text` a private key stands, or what looks like a line of one: bodies between the marks of PEM, and runs of
/// base64 of at least 40 signs. A line of a certificate looks the same.
pub fn key_text(text: &str) -> Vec<Range<usize>> {
    let mut found = bodies(text);
    found.extend(runs(text).filter(|run| is_key_run(&text[run.clone()]) && !is_in_token(text, run)));
    joined(found)
}

/// Where the bodies of private keys stand in `text`, between `PRIVATE KEY-----` and `-----END`; one that does not end goes to
/// the end.
pub fn bodies(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = body_start(&text[at..]).map(|start| at + start) {
        let end = text[start..].find(LAST).map_or(text.len(), |end| start + end);
        if !text[start..end].trim().is_empty() {
            found.push(start..end);
        }
        at = end;
    }
    found
}

/// Where the body of the first private key in `text` begins: behind its first line.
pub fn body_start(text: &str) -> Option<usize> {
    let begin = text.find(FIRST)?;
    let end = begin + FIRST.len() + text[begin + FIRST.len()..].find(DASHES)?;
    if text[begin..end].ends_with(PRIVATE) {
        return Some(end + DASHES.len());
    }
    body_start(&text[end..]).map(|start| end + start)
}

/// Whether `line` is nothing but a line of a key, or of a certificate.
pub fn is_key_line(line: &str) -> bool {
    let line = line.trim();
    line.bytes().all(is_base64) && is_key_run(line)
}

/// Whether `line` may be what is left of a key behind a line of it: base64 in whole groups of four, of more than one kind of
/// sign.
pub fn is_last_line(line: &str) -> bool {
    let line = line.trim();
    let kinds: [fn(&u8) -> bool; 3] = [u8::is_ascii_uppercase, u8::is_ascii_lowercase, u8::is_ascii_digit];
    let mixed = kinds.iter().filter(|is_kind| line.as_bytes().iter().any(*is_kind)).count() > 1;
    !line.is_empty() && line.len().is_multiple_of(4) && line.bytes().all(is_base64) && (mixed || line.ends_with('='))
}

/// `text` with all of [`key_text`] masked.
pub fn without_key_text(text: &str) -> Cow<'_, str> {
    masked(text, key_text(text))
}

/// Runs of base64 of some length: signs, and at most two `=` that end it.
fn runs(text: &str) -> impl Iterator<Item = Range<usize>> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < bytes.len() {
            let start = at;
            at += bytes[at..].iter().take_while(|byte| is_sign(**byte)).count();
            at += bytes[at..].iter().take(MOST_FILL).take_while(|byte| **byte == b'=').count();
            if at - start >= LEAST_RUN {
                return Some(start..at);
            }
            at = at.max(start + 1);
        }
        None
    })
}

fn is_key_run(run: &str) -> bool {
    let signs = run.trim_end_matches('=').as_bytes();
    let has = |is_kind: fn(&u8) -> bool| signs.iter().any(is_kind);
    run.len() >= LEAST_RUN
        && has(u8::is_ascii_uppercase)
        && has(u8::is_ascii_lowercase)
        && changes(signs) * least_changes(run) >= signs.len() - 1
        && run.split('/').filter(|part| is_word(part)).map(str::len).sum::<usize>() < PATH_LETTERS
}

/// How often the kind of sign changes. A capital that begins a word and a slash that ends one change nothing.
fn changes(signs: &[u8]) -> usize {
    let is_change = |at: usize| {
        let (one, other) = (Kind::of(signs[at - 1]), Kind::of(signs[at]));
        let is_begun = at < 2 || Kind::of(signs[at - 2]) != Kind::Capital;
        one != other
            && one != Kind::Slash
            && other != Kind::Slash
            && !(one == Kind::Capital && other == Kind::Small && is_begun)
    };
    (1..signs.len()).filter(|at| is_change(*at)).count()
}

/// Of so many neighbours one pair must be of two kinds. In a key it is every second one, in names of many words one in six. A
/// line of a key with less than one in four is one of some hundred thousand; but its first line, which is told by its first
/// signs, always says the same about the kind of key.
fn least_changes(run: &str) -> usize {
    if run.starts_with(SEQUENCE) { 8 } else { 4 }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Capital,
    Small,
    Digit,
    Slash,
    Other,
}

impl Kind {
    const fn of(sign: u8) -> Self {
        match sign {
            b'A'..=b'Z' => Self::Capital,
            b'a'..=b'z' => Self::Small,
            b'0'..=b'9' => Self::Digit,
            b'/' => Self::Slash,
            _ => Self::Other,
        }
    }
}

/// Whether a part between slashes reads as a word: `sensors`, `Devices`, `BTC`.
fn is_word(part: &str) -> bool {
    let bytes = part.as_bytes();
    let is_small = |bytes: &[u8]| bytes.iter().all(u8::is_ascii_lowercase);
    bytes.len() >= LEAST_WORD
        && (is_small(&bytes[1..]) && bytes[0].is_ascii_alphabetic() || bytes.iter().all(u8::is_ascii_uppercase))
}

/// Whether a run is a part of a signed token, `eyJ….eyJ….…` (RFC 7519): its parts are base64 as well, and hold no key.
fn is_in_token(text: &str, run: &Range<usize>) -> bool {
    let is_part = |byte: u8| is_sign(byte) || matches!(byte, b'=' | b'.' | b'-' | b'_');
    let bytes = text.as_bytes();
    let start = run.start - bytes[..run.start].iter().rev().take_while(|byte| is_part(**byte)).count();
    let end = run.end + bytes[run.end..].iter().take_while(|byte| is_part(**byte)).count();
    let word = &text[start..end];
    word.starts_with("eyJ") && word.split('.').count() == 3
}

const fn is_sign(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/')
}

const fn is_base64(byte: u8) -> bool {
    is_sign(byte) || byte == b'='
}

const FIRST: &str = "-----BEGIN";
const PRIVATE: &str = "PRIVATE KEY";
const DASHES: &str = "-----";
const LAST: &str = "-----END";
/// PEM breaks lines after 64 signs, some tools after 76. The last line may be shorter.
const LEAST_RUN: usize = 40;
/// How a sequence of more than 255 bytes begins in base64 (X.690): every key and every certificate is one.
const SEQUENCE: &str = "MII";
/// So many letters in words between slashes are no chance.
const PATH_LETTERS: usize = 12;
const LEAST_WORD: usize = 3;
/// Base64 ends in no more `=`.
const MOST_FILL: usize = 2;
