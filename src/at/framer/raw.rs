//! Raw bytes that lines of other origin interrupt: which bytes are theirs, and which lines came in between.
//!
//! A report comes whole, with a line end behind it and mostly one before it, between any two bytes. What is raw has a known
//! length: of the ways to take lines out, that is right which leaves so many bytes, and line ends behind them.

use std::ops::Range;

use super::{Head, Recognise};
use crate::at::exchange::RawBlock;

/// What a stretch of bytes is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Stretch {
    /// More bytes are needed.
    Undecided,
    /// The raw bytes are all there, and nothing else came.
    Plain,
    /// Lines came in between.
    Interrupted {
        /// The raw bytes.
        content: Vec<u8>,
        /// The lines, each with its end.
        lines: Vec<u8>,
        /// Length of both together; what follows is the rest of the answer.
        length: usize,
    },
}

/// Looks at `bytes`, which begin with the raw bytes of `block`.
pub(super) fn look(bytes: &[u8], block: &RawBlock, recognise: Recognise) -> Stretch {
    if bytes.len() < block.bytes {
        return Stretch::Undecided;
    }
    let Some(strangers) = strangers(bytes, block, recognise) else { return Stretch::Undecided };
    if strangers.iter().all(|stranger| stranger.start.saturating_sub(LEAD.len()) >= block.bytes) {
        return Stretch::Plain;
    }
    let starts = std::iter::once(0).chain(memchr::memchr_iter(b'\n', bytes).map(|end| end + 1));
    let is_free = |start: &usize| *start >= block.bytes && !strangers.iter().any(|stranger| stranger.contains(start));
    for start in starts.filter(is_free) {
        let Some(length) = memchr::memchr2(b'\r', b'\n', &bytes[start..]) else { return Stretch::Undecided };
        if (block.is_end)(&bytes[start..start + length])
            && let Some((content, lines)) = apart(&bytes[..start], block.bytes, &strangers)
        {
            return Stretch::Interrupted { content, lines, length: start };
        }
    }
    Stretch::Undecided
}

/// The lines of other origin, each with its end; `None` when the last line is not whole yet and matters.
fn strangers(bytes: &[u8], block: &RawBlock, recognise: Recognise) -> Option<Vec<Range<usize>>> {
    let mut found = Vec::new();
    let mut start = 0;
    while start < bytes.len() {
        let rest = &bytes[start..];
        if let Head::Counted { head, body } = recognise(rest) {
            let end = start + head + body;
            if end > bytes.len() {
                return None;
            }
            start = end + line_end(&bytes[end..]);
            found.push(end - head - body..start);
            continue;
        }
        let Some(length) = memchr::memchr2(b'\r', b'\n', rest) else {
            let may_matter = start < block.bytes && bytes.len() < start + LONGEST_STRANGER;
            return if may_matter { None } else { Some(found) };
        };
        let end = start + length + line_end(&rest[length..]);
        let line = &rest[..length];
        if length > 0 && length <= LONGEST_STRANGER && (block.is_line)(line) && !(block.is_end)(line) {
            found.push(start..end);
        }
        start = end;
    }
    Some(found)
}

/// How long the line end at the start of `bytes` is: CR, LF or both.
fn line_end(bytes: &[u8]) -> usize {
    match bytes {
        [b'\r', b'\n', ..] => 2,
        [b'\r' | b'\n', ..] => 1,
        _ => 0,
    }
}

/// Raw bytes and lines of a whole answer, if there is a way to tell them apart that leaves `count` raw bytes.
fn apart(bytes: &[u8], count: usize, strangers: &[Range<usize>]) -> Option<(Vec<u8>, Vec<u8>)> {
    let strangers = &strangers[..strangers.partition_point(|stranger| stranger.end <= bytes.len())];
    let is_report = |stranger: &Range<usize>| matches!(bytes[stranger.start], b'+' | b'^' | b'*' | b'#');
    let ways = [
        // What looks like reports are lines of the file.
        Vec::new(),
        // Reports have a line end before them, sentences of a satellite receiver have none.
        widened(bytes, strangers, is_report),
        widened(bytes, strangers, |_| false),
        widened(bytes, strangers, |_| true),
    ];
    let mut solved = ways.into_iter().filter_map(|removed| {
        let content = without(bytes, &removed);
        TAILS.contains(&content.get(count..)?).then(|| (content[..count].to_vec(), removed))
    });
    let (content, removed) = solved.next()?;
    let lines = removed.iter().flat_map(|range| bytes[range.clone()].iter().copied()).collect();
    Some((content, lines))
}

/// The lines with the line end before each, where it is a whole one and the line `leads`.
fn widened(bytes: &[u8], strangers: &[Range<usize>], leads: impl Fn(&Range<usize>) -> bool) -> Vec<Range<usize>> {
    let mut behind = 0;
    let widen = |stranger: &Range<usize>| {
        let start = stranger.start.saturating_sub(LEAD.len());
        let is_lead = leads(stranger) && start >= behind && bytes[start..stranger.start] == *LEAD;
        behind = stranger.end;
        (if is_lead { start } else { stranger.start })..stranger.end
    };
    strangers.iter().map(widen).collect()
}

fn without(bytes: &[u8], removed: &[Range<usize>]) -> Vec<u8> {
    let mut left = Vec::with_capacity(bytes.len());
    let mut at = 0;
    for range in removed {
        left.extend_from_slice(&bytes[at..range.start]);
        at = range.end;
    }
    left.extend_from_slice(&bytes[at..]);
    left
}

/// Longest line of other origin: no report and no NMEA sentence is longer.
const LONGEST_STRANGER: usize = 160;
/// The line end before a report.
const LEAD: &[u8] = b"\r\n";
/// What may stand between raw bytes and final result.
const TAILS: [&[u8]; 3] = [b"", b"\r\n", b"\r\n\r\n"];

#[cfg(test)]
mod tests {
    use super::*;

    const LF: &str = "-----BEGIN-----\nAAAA\nBBBB\n-----END-----\n";

    fn block(bytes: usize) -> RawBlock {
        RawBlock {
            bytes,
            is_secret: true,
            is_line: |line| line.starts_with(b"+") || line.starts_with(b"$"),
            is_end: |line| line == b"OK",
        }
    }

    fn recognise(bytes: &[u8]) -> Head {
        if bytes.starts_with(b"#4,") { Head::Counted { head: 3, body: 4 } } else { Head::Not }
    }

    fn content(stream: &str, bytes: usize) -> Option<(String, String)> {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
        match look(stream.as_bytes(), &block(bytes), recognise) {
            Stretch::Interrupted { content, lines, length } => {
                assert!(stream[length..].starts_with("OK"), "{stream:?}");
                Some((text(content), text(lines)))
            }
            Stretch::Plain => Some((stream[..bytes].to_owned(), String::new())),
            Stretch::Undecided => None,
        }
    }

    #[test]
    fn reports_anywhere_are_told_from_the_bytes() {
        let reports = ["\r\n+CGEV: NW PDN DEACT 1\r\n", "\r\n#4,\nOK\n\r\n", "\r\n+A: 1\r\n\r\n+B: 2\r\n"];
        for file in [LF.to_owned(), LF.replace('\n', "\r\n"), LF.trim_end().to_owned()] {
            for tail in ["\r\n", "\r\n\r\n"] {
                for report in reports {
                    for at in 1..file.len() {
                        let stream = format!("{}{report}{}{tail}OK\r\n", &file[..at], &file[at..]);
                        let (found, lines) = content(&stream, file.len()).unwrap_or_else(|| panic!("{stream:?}"));
                        assert_eq!(found, file, "{stream:?}");
                        assert_eq!(lines, report, "{stream:?}");
                    }
                }
                for place in (0..file.len()).filter(|place| *place > 0 && file.as_bytes()[place - 1] == b'\n') {
                    let sentences = "$GNRMC,1*00\r\n".repeat(8);
                    let stream = format!("{}{sentences}{}{tail}OK\r\n", &file[..place], &file[place..]);
                    assert_eq!(content(&stream, file.len()), Some((file.clone(), sentences)), "{stream:?}");
                }
            }
        }
    }

    #[test]
    fn a_file_that_holds_lines_like_reports_is_read_as_it_is() {
        let file = "+one\n$two\nOK\nthree\n";
        let stream = format!("{file}\r\n\r\nOK\r\n");
        assert_eq!(content(&stream, file.len()), Some((file.to_owned(), String::new())));
    }

    #[test]
    fn what_does_not_add_up_stays_undecided() {
        let stream = "-----BEGIN-----\nAA\r\n+CGEV: 1\r\nBBBB\n-----END-----\n\r\n\r\nOK\r\n+CGEV: 2\r\n";
        assert_eq!(content(stream, LF.len()), None);
        assert_eq!(content(&LF[..20], LF.len()), None);
    }
}
