//! Hex dumps: an offset, pairs of digits, a text column; offset and column may be missing. The way stands on a line above.

use super::{Form, Format, Head, Unit, no_bonus};
use crate::record::entry::{Row, Way};

pub(in crate::record) static HEXDUMP: Format =
    Format { key: "hexdump", name: "hex dump", head, settle, bonus: no_bonus, least: 2, drops_returns: false };

fn head(line: &str) -> Option<Head<'_>> {
    let blanks = line.len() - line.trim_start().len();
    let text = &line[blanks..];
    let (offset, has_offset) = offset(text).map_or((0, false), |taken| (taken, true));
    let (bytes, rest) = pairs(&text[offset..]);
    let column = rest.trim().trim_matches('|');
    let fits = column.chars().count().abs_diff(bytes.len()) <= 2 && !bytes.is_empty();
    // Numbers of a process and a thread are no offset and no bytes: words follow them.
    let is_row = !bytes.is_empty() && (column.is_empty() || fits || bytes.len() >= 8);
    let is_dump = if has_offset { is_row } else { bytes.len() >= 2 && fits && rest.starts_with("  ") };
    is_dump.then_some(Head {
        stamp: None,
        way: Way::Unknown,
        port: None,
        body: blanks + offset,
        form: Form::Hex,
        unit: Unit::Chunk,
        is_sure: false,
        goes_on: !is_first(text),
    })
}

/// Where the pairs of a dump begin in `text`, when it is one.
pub(super) fn place(text: &str) -> Option<usize> {
    head(text).map(|head| head.body)
}

/// Whether a row of a dump is its first one, as far as its offset tells.
pub(super) fn is_first(text: &str) -> bool {
    let digits = text.trim_start().bytes().take_while(u8::is_ascii_hexdigit);
    let mut digits = digits.peekable();
    digits.peek().is_some() && digits.all(|digit| digit == b'0')
}

/// The bytes of one row, what follows the pairs left out.
pub(super) fn bytes(text: &str) -> Vec<u8> {
    pairs(text.trim_start()).0
}

/// `00000010: `, `0010  `, `0x3ffb1234   `: how many bytes it takes.
fn offset(text: &str) -> Option<usize> {
    let digits = text.strip_prefix("0x").unwrap_or(text);
    let count = digits.bytes().take_while(u8::is_ascii_hexdigit).count();
    let rest = &digits[count..];
    let rest = if rest.starts_with(": ") || rest.starts_with("  ") {
        rest.strip_prefix(':').unwrap_or(rest)
    } else {
        return None;
    };
    let rest = rest.trim_start_matches(' ');
    matches!(count, 4..=8).then_some(text.len() - rest.len())
}

/// The bytes of the pairs (or longer groups) that `text` begins with, and what follows them.
fn pairs(text: &str) -> (Vec<u8>, &str) {
    let mut bytes = Vec::new();
    let mut rest = text;
    loop {
        let digits = rest.bytes().take_while(u8::is_ascii_hexdigit).count();
        let group = &rest[..digits];
        let after = &rest[digits..];
        let is_group = matches!(digits, 2 | 4 | 8) && (after.is_empty() || after.starts_with([' ', '-', '|', '\t']));
        if !is_group || bytes.len() + digits / 2 > LONGEST {
            return (bytes, rest);
        }
        bytes.extend((0..digits).step_by(2).filter_map(|at| u8::from_str_radix(&group[at..at + 2], 16).ok()));
        // A wide gap is what stands before the text column.
        let gap = after.len() - after.trim_start_matches([' ', '-']).len();
        if gap == 0 || gap > 3 {
            return (bytes, after);
        }
        let next = &after[gap..];
        let goes_on = next.bytes().take_while(u8::is_ascii_hexdigit).count();
        if !matches!(goes_on, 2 | 4 | 8) || (gap >= 2 && is_column(next, bytes.len())) {
            return (bytes, after);
        }
        rest = next;
    }
}

/// Whether `text` is the text column of `count` bytes and no more digits.
fn is_column(text: &str, count: usize) -> bool {
    text.trim_end().chars().count() == count && count >= 8
}

fn settle(_: &Head<'_>, rows: &mut Vec<Row>) {
    from_pairs(rows);
}

/// Rows of a dump become the bytes; what follows the pairs is left out.
pub(super) fn from_pairs(rows: &mut Vec<Row>) {
    let all: Vec<_> = rows.iter().map(|row| (row.line, pairs(row.text().trim_start()).0)).collect();
    *rows = Row::exact(all.iter().map(|(line, bytes)| (*line, bytes.as_slice())));
}

/// No dump has longer rows.
const LONGEST: usize = 64;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dumps_of_many_tools() {
        let read = |line: &str| {
            head(line).map(|head| String::from_utf8_lossy(&pairs(line[head.body..].trim_start()).0).into_owned())
        };
        for line in [
            "00000000  41 54 2b 43 53 51 0d 0a                           |AT+CSQ..|",
            "00000000: 4154 2b43 5351 0d0a                      AT+CSQ..",
            "0000: 41 54 2B 43 53 51 0D 0A  AT+CSQ..",
            "0x3ffb1234   41 54 2b 43 53 51 0d 0a                           |AT+CSQ..|",
            "41 54 2B 43 53 51 0D 0A   AT+CSQ..",
        ] {
            assert_eq!(read(line).as_deref(), Some("AT+CSQ\r\n"), "{line}");
        }
        let full = "00000000  41 54 2b 43 53 51 0d 0a  41 54 2b 43 53 51 0d 0a  |AT+CSQ..AT+CSQ..|";
        assert_eq!(read(full).as_deref(), Some("AT+CSQ\r\nAT+CSQ\r\n"));
        for line in ["OK", "860000000000001", "24,0", "+CSQ: 24,0", "10 20"] {
            assert_eq!(read(line), None, "{line}");
        }
    }
}
