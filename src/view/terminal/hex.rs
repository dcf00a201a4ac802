//! Bytes as rows of sixteen, or of eight where the window is small: place, hex digits, and the characters that stand for themselves.

use std::fmt::Write as _;

/// Bytes in one row.
pub const ROW: usize = 16;

/// Bytes in one row of a small window.
pub const NARROW_ROW: usize = 8;

/// How many rows of `width` bytes `bytes` need.
pub const fn rows(bytes: &[u8], width: usize) -> usize {
    bytes.len().div_ceil(width)
}

/// Row number `row` of `width` bytes: `0010  4F 4B 0D 0A              OK..`. Empty beyond the end.
pub fn row(bytes: &[u8], row: usize, width: usize) -> String {
    let start = row * width;
    let Some(part) = bytes.get(start..(start + width).min(bytes.len())).filter(|part| !part.is_empty()) else {
        return String::new();
    };
    let mut text = format!("{start:04X}  ");
    for place in 0..width {
        // Writing to a string cannot fail.
        let _ = match part.get(place) {
            Some(byte) => write!(text, "{byte:02X} "),
            None => write!(text, "   "),
        };
        if place + 1 == ROW / 2 && width == ROW {
            text.push(' ');
        }
    }
    text.push(' ');
    text.extend(part.iter().map(|byte| if byte.is_ascii_graphic() || *byte == b' ' { char::from(*byte) } else { '·' }));
    text
}

/// All bytes as pairs of digits with blanks between.
pub fn pairs(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().join(" ")
}

/// The bytes of a text that is nothing but [`pairs`]; `None` for any other.
pub fn read_pairs(text: &str) -> Option<Vec<u8>> {
    let is_pair = |pair: &str| pair.len() == 2 && pair.bytes().all(|digit| digit.is_ascii_hexdigit());
    text.split(' ').map(|pair| u8::from_str_radix(Some(pair).filter(|pair| is_pair(pair))?, 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_show_place_digits_and_characters() {
        let bytes = b"AT+CSQ\r\n\x1b[31m0123456789";
        assert_eq!(rows(bytes, ROW), 2);
        assert_eq!(row(bytes, 0, ROW), "0000  41 54 2B 43 53 51 0D 0A  1B 5B 33 31 6D 30 31 32  AT+CSQ···[31m012");
        assert_eq!(row(bytes, 1, ROW), "0010  33 34 35 36 37 38 39                              3456789");
        assert_eq!(row(bytes, 2, ROW), "");
        assert_eq!(rows(bytes, NARROW_ROW), 3);
        assert_eq!(row(bytes, 1, NARROW_ROW), "0008  1B 5B 33 31 6D 30 31 32  ·[31m012");
        assert_eq!(pairs(b"\x00\xFF"), "00 FF");
    }
}
