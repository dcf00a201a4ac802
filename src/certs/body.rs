//! From what stands between two markers to the bytes that were meant. Ways to read it are tried from the plainest on; one is
//! right when it gives exactly one whole DER structure (or OpenSSH's own form) that a parser knows. So nothing is guessed:
//! what lost a character fits no way.

use openssl::base64;
use zeroize::Zeroizing;

use super::{armour::is_base64, der, dress::Dress, openssh::OPENSSH, seen::hex};

/// Bytes that were read, in which dress.
pub(super) struct Undressed {
    pub(super) bytes: Zeroizing<Vec<u8>>,
    pub(super) dress: Vec<Dress>,
}

/// What a block's body holds, if `is_known` says yes to it. With `has_end`, nothing may follow it in `body`.
pub(super) fn undress(body: &[u8], has_end: bool, is_known: impl Fn(&[u8]) -> bool) -> Option<Undressed> {
    // What stands in front of END in its line is a margin, where there are lines at all.
    let without_margin = body.iter().rposition(|byte| matches!(byte, b'\n' | b'\r')).filter(|_| has_end);
    let bodies = [Some(body), without_margin.map(|end| &body[..end])];
    bodies.into_iter().flatten().find_map(|body| undress_one(body, has_end, &is_known))
}

fn undress_one(body: &[u8], has_end: bool, is_known: &impl Fn(&[u8]) -> bool) -> Option<Undressed> {
    WAYS.iter().find_map(|(way, dress)| {
        let digits = Zeroizing::new(way(body)?);
        let (bytes, is_padded) = settle(&digits, has_end)?;
        is_known(&bytes).then(|| {
            let padding = (!is_padded).then_some(Dress::Padding);
            Undressed { bytes, dress: dress.iter().copied().chain(padding).collect() }
        })
    })
}

/// The base64 digits of a body that no way leads through: all of them, or those of each line's longest word.
pub(super) fn likely_digits(body: &[u8]) -> Vec<u8> {
    plain(body).unwrap_or_else(|| words(body, false))
}

/// How many digits `bytes` make, without padding.
pub(super) const fn digits_for(bytes: usize) -> usize {
    (bytes * 8).div_ceil(6)
}

/// Decodes digits that may end in `=`; how many of those are missing does not matter.
pub(super) fn decode(digits: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let count = digits.iter().rposition(|digit| *digit != b'=').map_or(0, |last| last + 1);
    let kept = &digits[..count];
    if count == 0 || count % 4 == 1 || kept.contains(&b'=') {
        return None;
    }
    let mut text = Zeroizing::new(String::from_utf8(kept.to_vec()).ok()?);
    while text.len() % 4 != 0 {
        text.push('=');
    }
    base64::decode_block(&text).ok().map(Zeroizing::new)
}

/// The whole structure that `digits` begin with, and whether its padding is as it should be.
fn settle(digits: &[u8], has_end: bool) -> Option<(Zeroizing<Vec<u8>>, bool)> {
    let count = digits.iter().position(|digit| *digit == b'=').unwrap_or(digits.len());
    let head = decode(digits.get(..HEAD.min(count))?)?;
    if head.starts_with(OPENSSH) {
        return Some((decode(digits)?, true));
    }
    if has_end && digits[count..].iter().any(|digit| *digit != b'=') {
        return None;
    }
    if head.starts_with(&[der::SEQUENCE, INDEFINITE]) {
        return Some((decode(&digits[..count])?, true));
    }
    if head.first() != Some(&der::SEQUENCE) && head.first() != Some(&der::OBJECT) {
        return None;
    }
    let wanted = digits_for(der::declared(&head)?);
    // A certificate of OpenSSL's own form has notes behind it: the caller's parser decides about those.
    let kept = if has_end { count } else { wanted };
    if count < wanted || kept < wanted {
        return None;
    }
    let padding = digits[kept..].iter().take_while(|digit| **digit == b'=').count();
    Some((decode(&digits[..kept])?, padding == (4 - kept % 4) % 4))
}

type Way = fn(&[u8]) -> Option<Vec<u8>>;

/// From the plainest on. A way that does not apply gives nothing.
const WAYS: [(Way, &[Dress]); 11] = [
    (plain, &[]),
    (|body| Some(digits_of(body)), &[Dress::Strings]),
    (strings, &[Dress::Strings]),
    (|body| Some(words(body, false)), &[Dress::Margins]),
    (|body| Some(words(body, true)), &[Dress::Margins]),
    (|body| Some(unnumbered(body)), &[Dress::Margins]),
    (marked, &[Dress::Margins]),
    (quoted_printable, &[Dress::QuotedPrintable]),
    (without_plus, &[Dress::Percent]),
    (url_alphabet, &[Dress::UrlAlphabet]),
    (|body| Some(without_headers(body)), &[]),
];

/// Nothing but digits and blanks.
fn plain(body: &[u8]) -> Option<Vec<u8>> {
    let body = trimmed(body);
    let is_plain = body.iter().all(|byte| is_base64(*byte) || byte.is_ascii_whitespace());
    is_plain.then(|| digits_of(body))
}

/// What stands in quotes.
fn strings(body: &[u8]) -> Option<Vec<u8>> {
    // The quote in front of the header is not part of the body: the first one here may end that string.
    let quote = body.iter().copied().find(|byte| matches!(byte, b'"' | b'\''))?;
    [0, 1].into_iter().find_map(|parity| {
        let pieces = body.split(|byte| *byte == quote).enumerate();
        let inside: Vec<_> =
            pieces.filter(|(number, _)| number % 2 == parity).flat_map(|(_, piece)| piece).copied().collect();
        let digits = digits_of(&inside);
        settle(&digits, true).is_some().then_some(digits)
    })
}

/// The longest word of each line; of two as long, the last, or else the first.
fn words(body: &[u8], is_first: bool) -> Vec<u8> {
    let mut digits = Vec::with_capacity(body.len());
    for line in lines(body) {
        let words = line.split(|byte| !is_base64(*byte)).filter(|word| !word.is_empty());
        let longest =
            if is_first { words.rev().max_by_key(|word| word.len()) } else { words.max_by_key(|word| word.len()) };
        // A margin alone on its line is shorter than any line of a block but the last, and that one has its own word.
        digits.extend_from_slice(longest.unwrap_or_default());
    }
    digits
}

/// Without the number in front of each line.
fn unnumbered(body: &[u8]) -> Vec<u8> {
    let mut digits = Vec::with_capacity(body.len());
    for line in lines(body) {
        let line = line.trim_ascii_start();
        let number = line.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let behind = &line[number..];
        let is_number = number > 0 && behind.first().is_none_or(|byte| !is_base64(*byte));
        digits.extend(digits_of(if is_number { behind } else { line }));
    }
    digits
}

/// Without the `+` that a list of changes puts in front of each line.
fn marked(body: &[u8]) -> Option<Vec<u8>> {
    let lines: Vec<_> = lines(body).filter(|line| !line.trim_ascii().is_empty()).collect();
    let is_marked = lines.iter().all(|line| matches!(line, [b'+' | b'-', ..]));
    is_marked.then(|| lines.iter().flat_map(|line| digits_of(&line[1..])).collect())
}

fn quoted_printable(body: &[u8]) -> Option<Vec<u8>> {
    let mut kept = Zeroizing::new(Vec::with_capacity(body.len()));
    let mut rest = body;
    while let Some((byte, behind)) = rest.split_first() {
        rest = match (byte, behind) {
            (b'=', [b'\r', b'\n', more @ ..] | [b'\n', more @ ..]) if more.iter().any(|byte| is_base64(*byte)) => more,
            (b'=', [high, low, more @ ..]) if high.is_ascii_digit() => {
                let value = hex(*high)? << 4 | hex(*low)?;
                kept.push(value);
                more
            }
            _ => {
                kept.push(*byte);
                behind
            }
        };
    }
    Some(digits_of(&kept))
}

/// In a form of the web a `+` is a blank; in a program it joins strings.
fn without_plus(body: &[u8]) -> Option<Vec<u8>> {
    body.contains(&b'+').then(|| digits_of(body).into_iter().filter(|digit| *digit != b'+').collect())
}

fn url_alphabet(body: &[u8]) -> Option<Vec<u8>> {
    let body = trimmed(body);
    if body.iter().any(|byte| matches!(byte, b'+' | b'/')) {
        return None;
    }
    let digits = body.iter().filter_map(|byte| match byte {
        b'-' => Some(b'+'),
        b'_' => Some(b'/'),
        byte if is_base64(*byte) => Some(*byte),
        _ => None,
    });
    Some(digits.collect())
}

/// Without lines such as `Comment: …`.
fn without_headers(body: &[u8]) -> Vec<u8> {
    lines(body).filter(|line| !line.contains(&b':')).flat_map(digits_of).collect()
}

fn digits_of(body: &[u8]) -> Vec<u8> {
    body.iter().copied().filter(|byte| is_base64(*byte)).collect()
}

fn lines(body: &[u8]) -> impl Iterator<Item = &[u8]> {
    body.split(|byte| matches!(byte, b'\n' | b'\r'))
}

/// Without the dashes and blanks of the markers around it.
fn trimmed(body: &[u8]) -> &[u8] {
    let is_edge = |byte: &u8| *byte == b'-' || byte.is_ascii_whitespace();
    let start = body.iter().position(|byte| !is_edge(byte)).unwrap_or(body.len());
    let end = body.iter().rposition(|byte| !is_edge(byte)).map_or(start, |last| last + 1);
    &body[start..end]
}

/// Digits in which the length of a structure stands.
const HEAD: usize = 24;
const INDEFINITE: u8 = 0x80;
