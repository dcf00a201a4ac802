//! Small things about the text of PEM: what base64 has, where a word stands, a block in clean form.

use openssl::base64;

use super::label::Label;

/// What follows a header's line end: an optional blank, an optional CR, a mandatory LF.
pub(super) fn after_header(body: &[u8]) -> Option<&[u8]> {
    let body = body.strip_prefix(b" ").unwrap_or(body);
    let body = body.strip_prefix(b"\r").unwrap_or(body);
    body.strip_prefix(b"\n")
}

pub(super) const fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=')
}

/// A block in clean PEM: five dashes, lines of 64 characters, LF.
pub(super) fn write(label: &Label, der: &[u8]) -> Vec<u8> {
    let mut pem = format!("-----BEGIN {}-----\n", label.text()).into_bytes();
    for line in base64::encode_block(der).as_bytes().chunks(64) {
        pem.extend(line);
        pem.push(b'\n');
    }
    pem.extend(format!("-----END {}-----\n", label.text()).into_bytes());
    pem
}

pub(super) fn find(text: &[u8], word: &[u8], from: usize) -> Option<usize> {
    text.get(from..)?.windows(word.len()).position(|window| window == word).map(|at| at + from)
}

/// The line, from 1; a lone CR counts as a line end.
pub(super) fn line_of(text: &[u8], at: usize) -> usize {
    let before = &text[..at];
    let lone = before.windows(2).filter(|pair| pair[0] == b'\r' && pair[1] != b'\n').count();
    lone + before.split(|byte| *byte == b'\n').count()
}
