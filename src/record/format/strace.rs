//! strace: `write(3, "AT\r", 3) = 3`, `read(3, "\r\nOK\r\n", 4096) = 6`; the bytes exact, with octal escapes.

use super::{Form, Format, Head, Unit, no_bonus};
use crate::record::{
    entry::{Row, Way},
    stamp,
};

pub(in crate::record) static STRACE: Format =
    Format { key: "strace", name: "strace", head, settle, bonus: no_bonus, least: 2, drops_returns: false };

fn head(line: &str) -> Option<Head<'_>> {
    let (at, way) = [("write(", Way::Sent), ("read(", Way::Received)]
        .into_iter()
        .find_map(|(call, way)| line.find(call).map(|at| (at + call.len(), way)))?;
    let rest = &line[at..];
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let quote = rest.find(", \"")?;
    if digits == 0 || quote > LONGEST_PLACE || !line.contains(") = ") {
        return None;
    }
    let before = line.trim_start_matches(|c: char| c == '[' || c == ']' || c.is_ascii_alphabetic() || c == ' ');
    let stamp = [line, before, before.split_once(' ').map_or("", |(_, rest)| rest)].into_iter().find_map(stamp::read);
    Some(Head {
        stamp: stamp.map(|(stamp, _)| stamp),
        way,
        port: None,
        body: at + quote + 2,
        form: Form::Literal,
        unit: Unit::Chunk,
        is_sure: true,
        goes_on: false,
    })
}

fn settle(_: &Head<'_>, rows: &mut Vec<Row>) {
    let all: Vec<_> = rows.iter().map(|row| (row.line, bytes(&row.text()))).collect();
    *rows = Row::exact(all.iter().map(|(line, bytes)| (*line, bytes.as_slice())));
}

/// The bytes of the literal that `text` begins with.
fn bytes(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = text.strip_prefix('"').unwrap_or(text).as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        match (first, after) {
            (b'"', _) => break,
            (b'\\', [b'0'..=b'7', ..]) => {
                let count = after.iter().take(3).take_while(|byte| matches!(byte, b'0'..=b'7')).count();
                let value = after[..count].iter().fold(0_u32, |value, digit| value * 8 + u32::from(digit - b'0'));
                out.push(u8::try_from(value).unwrap_or(u8::MAX));
                rest = &after[count..];
            }
            (b'\\', [b'x', high, low, ..]) => {
                let digits = [*high, *low];
                let value = std::str::from_utf8(&digits).ok().and_then(|digits| u8::from_str_radix(digits, 16).ok());
                out.push(value.unwrap_or(b'?'));
                rest = &after[3..];
            }
            (b'\\', [letter, ..]) => {
                out.push(match letter {
                    b'r' => b'\r',
                    b'n' => b'\n',
                    b't' => b'\t',
                    other => *other,
                });
                rest = &after[1..];
            }
            (byte, _) => out.push(*byte),
        }
    }
    out
}

/// The number of a file, perhaps with its path.
const LONGEST_PLACE: usize = 80;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_are_read() {
        let line = "08:15:30.112345 write(3, \"AT+X=\\\"a\\\"\\r\", 9) = 9";
        let head = head(line).expect("an entry");
        assert_eq!((head.way, bytes(&line[head.body..])), (Way::Sent, b"AT+X=\"a\"\r".to_vec()));
        assert_eq!(bytes("\"ab\\32\\0\\x41\", 5"), b"ab\x1A\0A");
    }
}
