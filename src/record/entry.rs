//! What a log consists of, whatever wrote it: rows of bytes with their line, the way they went and how they ended.

use std::borrow::Cow;

use crate::time::Moment;

/// Which way data went, as far as the log says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Way {
    /// To the module.
    Sent,
    /// From the module.
    Received,
    /// Not told, or told by an arrow that points left.
    Left,
    /// Told by an arrow that points right.
    Right,
    /// Not told: a command that stands there was repeated by the module.
    Unknown,
}

/// How a row of data ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// With nothing: the next row goes on.
    None,
    /// With the end of the entry: whether a line end was there is not told.
    Soft,
    /// With a line end, which may have been any.
    Shown,
    /// With exactly this.
    Exact(&'static [u8]),
}

/// Some data of one line of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// The line of the log, from 1.
    pub(super) line: u32,
    /// The data without their line end.
    pub(super) bytes: Vec<u8>,
    /// How they ended.
    pub(super) end: End,
}

/// A row with its moment.
#[derive(Clone, Debug)]
pub(super) struct Held {
    pub(super) row: Row,
    pub(super) at: Moment,
}

impl Row {
    /// Whether it holds nothing but blanks.
    pub(super) fn is_blank(&self) -> bool {
        self.bytes.trim_ascii().is_empty()
    }

    /// Its data as text, for a look.
    pub(super) fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.bytes)
    }

    /// The rows of bytes that are known exactly, each piece with its line: a row stands where it begins.
    pub(super) fn exact<'a>(pieces: impl Iterator<Item = (u32, &'a [u8])>) -> Vec<Self> {
        let mut rows: Vec<Self> = Vec::new();
        for (line, mut bytes) in pieces {
            while !bytes.is_empty() {
                let end = bytes.iter().position(|byte| matches!(byte, b'\r' | b'\n'));
                let (data, end, rest) = match end {
                    None => (bytes, End::None, &[][..]),
                    Some(at) => {
                        let (end, taken) = line_end(&bytes[at..]);
                        (&bytes[..at], End::Exact(end), &bytes[at + taken..])
                    }
                };
                // A line end that was cut in two.
                match rows.last_mut() {
                    Some(last) if data.is_empty() && last.end == End::Exact(b"\r") && end == End::Exact(b"\n") => {
                        last.end = End::Exact(b"\r\n");
                    }
                    Some(last) if last.end == End::None => {
                        last.bytes.extend_from_slice(data);
                        last.end = end;
                    }
                    _ => rows.push(Self { line, bytes: data.to_vec(), end }),
                }
                bytes = rest;
            }
        }
        rows
    }
}

/// The line end at the start of `bytes`, and how many bytes it takes.
fn line_end(bytes: &[u8]) -> (&'static [u8], usize) {
    match bytes {
        [b'\r', b'\n', ..] => (b"\r\n", 2),
        [b'\r', ..] => (b"\r", 1),
        _ => (b"\n", 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exact_bytes_become_rows() {
        let rows = Row::exact([(4, &b"\r\nOK\r"[..]), (5, b"\n+CG"), (5, b"EV\n")].into_iter());
        let shown: Vec<_> = rows.iter().map(|row| (row.line, row.text().into_owned(), row.end)).collect();
        assert_eq!(
            shown,
            [
                (4, String::new(), End::Exact(b"\r\n")),
                (4, "OK".to_owned(), End::Exact(b"\r\n")),
                (5, "+CGEV".to_owned(), End::Exact(b"\n")),
            ]
        );
    }
}
