//! Bytes as hex and as Base64, both ways.

use std::fmt::Write as _;

/// Bytes in one row of a hex view.
pub const HEX_WIDTH: usize = 16;

/// One row of a hex view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HexRow {
    /// Place of its first byte, as eight or four digits.
    pub offset: String,
    /// The bytes, padded to the full width.
    pub bytes: String,
    /// The printable characters, a dot for any other.
    pub characters: String,
}

/// Row `row` of the hex view of `bytes`, `width` bytes a row; empty beyond the end.
pub fn hex_row(bytes: &[u8], row: usize, width: usize) -> HexRow {
    let start = row.saturating_mul(width).min(bytes.len());
    let line = &bytes[start..bytes.len().min(start + width)];
    let mut text = String::with_capacity(width * 3 + 1);
    for place in 0..width {
        if place > 0 {
            text.push_str(if place % 8 == 0 { "  " } else { " " });
        }
        // Writing to a string cannot fail.
        let _ = match line.get(place) {
            Some(byte) => write!(text, "{byte:02X}"),
            None => write!(text, "  "),
        };
    }
    let offset = if bytes.len() > 0xFFFF { format!("{start:08X}") } else { format!("{start:04X}") };
    let characters = line.iter().map(|byte| if matches!(byte, b' '..=b'~') { char::from(*byte) } else { '.' });
    HexRow { offset, bytes: text, characters: characters.collect() }
}

/// The whole hex view as text, at most `most` bytes of it.
pub fn hex_dump(bytes: &[u8], most: usize) -> String {
    let bytes = &bytes[..bytes.len().min(most)];
    let rows = (0..bytes.len().div_ceil(HEX_WIDTH)).map(|row| hex_row(bytes, row, HEX_WIDTH));
    rows.map(|row| format!("{}  {}  {}", row.offset, row.bytes, row.characters)).collect::<Vec<_>>().join("\n")
}

/// Base64 of RFC 4648, with padding.
pub fn base64(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let bits = (0..3).fold(0_u32, |bits, place| bits << 8 | u32::from(group.get(place).copied().unwrap_or(0)));
        for place in 0..4 {
            let digit = bits >> (18 - 6 * place) & 0x3F;
            text.push(if place <= group.len() { char::from(BASE64[digit as usize]) } else { '=' });
        }
    }
    text
}

/// Pairs of hex digits with spaces between them.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 3), |mut text, byte| {
        let _ = write!(text, "{byte:02X} ");
        text
    })
}

/// Why a text is not bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotBytes {
    /// A character that does not belong, at this place from 1.
    Wrong(usize),
    /// It ends in the middle of a byte.
    Short,
}

/// Reads pairs of hex digits; white space may stand anywhere.
pub fn from_hex(text: &str) -> Result<Vec<u8>, NotBytes> {
    let mut bytes = Vec::with_capacity(text.len() / 2);
    let mut half: Option<u32> = None;
    for (place, c) in text.chars().enumerate().filter(|(_, c)| !c.is_ascii_whitespace()) {
        let digit = c.to_digit(16).ok_or(NotBytes::Wrong(place + 1))?;
        half = match half {
            Some(high) => {
                bytes.extend(u8::try_from(high << 4 | digit));
                None
            }
            None => Some(digit),
        };
    }
    if half.is_some() { Err(NotBytes::Short) } else { Ok(bytes) }
}

/// Reads Base64, plain or URL-safe, with or without padding; white space may stand anywhere.
pub fn from_base64(text: &str) -> Result<Vec<u8>, NotBytes> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut digits, mut padding) = (0_u32, 0_usize, 0_usize);
    for (place, c) in text.chars().enumerate().filter(|(_, c)| !c.is_ascii_whitespace()) {
        if c == '=' {
            padding += 1;
            continue;
        }
        let digit = base64_digit(c).filter(|_| padding == 0).ok_or(NotBytes::Wrong(place + 1))?;
        bits = bits << 6 | digit;
        digits += 1;
        if digits % 4 != 1 {
            let shift = [0, 0, 4, 2][digits % 4];
            bytes.extend((bits >> shift).to_be_bytes().last());
        }
    }
    let is_whole = matches!((digits % 4, padding), (0, 0) | (2, 0 | 2) | (3, 0 | 1));
    if is_whole { Ok(bytes) } else { Err(NotBytes::Short) }
}

fn base64_digit(c: char) -> Option<u32> {
    let code = u32::from(c);
    match c {
        'A'..='Z' => Some(code - u32::from('A')),
        'a'..='z' => Some(code - u32::from('a') + 26),
        '0'..='9' => Some(code - u32::from('0') + 52),
        '+' | '-' => Some(62),
        '/' | '_' => Some(63),
        _ => None,
    }
}

const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn hex_shows_offset_bytes_and_characters() {
        let row = hex_row(b"01234567\x00Z", 1, 8);
        assert_eq!(row.offset, "0008");
        assert_eq!(row.bytes, "00 5A                  ");
        assert_eq!(row.characters, ".Z");
        let wide = hex_row(b"0123456789ABCDEFG", 0, HEX_WIDTH);
        assert_eq!(wide.bytes, "30 31 32 33 34 35 36 37  38 39 41 42 43 44 45 46");
        assert_eq!(hex_dump(b"AB", 99).trim_end(), "0000  41 42                                             AB");
        assert_eq!(hex_row(b"", 7, 8).characters, "");
    }

    #[test]
    fn base64_follows_the_vectors_of_rfc_4648() {
        for (bytes, expected) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            assert_eq!(base64(bytes.as_bytes()), expected);
        }
    }

    proptest! {
        #[test]
        fn hex_and_base64_bring_every_byte_back(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            prop_assert_eq!(from_hex(&hex(&bytes)), Ok(bytes.clone()));
            prop_assert_eq!(from_hex(&hex(&bytes).to_lowercase()), Ok(bytes.clone()));
            prop_assert_eq!(from_base64(&base64(&bytes)), Ok(bytes));
        }
    }
}
