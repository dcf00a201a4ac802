//! Secrets that were sent, to be found again wherever they come back: in an echo, in an answer, in what is typed next.
//!
//! One rule for every face: what is written to a trace and what is shown on a screen ask the same.

use std::{borrow::Cow, collections::VecDeque, ops::Range};

/// The secrets of one connection.
///
/// One of at least four bytes is found anywhere; a shorter one only in the echo of the line that carried it. A report may cut
/// that echo in two.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Learned(VecDeque<Pattern>);

/// Bytes to look for, and which of them are secret.
#[derive(Clone, PartialEq, Eq)]
struct Pattern {
    bytes: Vec<u8>,
    secret: Vec<Range<usize>>,
    /// It is a whole line: also pieces of it are looked for.
    is_line: bool,
}

/// Shows how many there are, and nothing of them.
impl std::fmt::Debug for Learned {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Learned({} patterns)", self.0.len())
    }
}

impl Learned {
    /// Whether nothing was learned.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Learns the secrets of bytes that are sent now. What is masked already teaches nothing.
    pub fn learn(&mut self, sent: &[u8], secret: &[Range<usize>]) {
        let is_news = |range: &&Range<usize>| {
            range.start < range.end
                && range.end <= sent.len()
                && sent[(*range).clone()].iter().any(|byte| *byte != b'*')
        };
        let secret: Vec<_> = secret.iter().filter(is_news).cloned().collect();
        if secret.is_empty() {
            return;
        }
        for range in &secret {
            self.keep_alone(&sent[range.clone()]);
        }
        let line = sent.strip_suffix(b"\r").unwrap_or(sent);
        if line.len() <= LONGEST {
            self.keep(Pattern { bytes: line.to_vec(), secret, is_line: true });
        }
    }

    /// Where secrets stand in `text`, overlaps joined. It begins a line when `is_at_start`, and ends anywhere.
    pub fn marks(&self, text: &[u8], is_at_start: bool) -> Vec<Range<usize>> {
        self.marks_of(text, is_at_start, SHORTEST_ALONE)
    }

    /// As [`marks`](Self::marks) in what we sent: a short password may be a word of a host or a topic there, and who reads the
    /// line must know which host it was. A long one is no chance.
    pub fn marks_in_ours(&self, sent: &[u8]) -> Vec<Range<usize>> {
        self.marks_of(sent, true, SHORTEST_IN_OURS)
    }

    fn marks_of(&self, text: &[u8], is_at_start: bool, shortest: usize) -> Vec<Range<usize>> {
        let mut marks = Vec::new();
        for pattern in self.0.iter().filter(|pattern| pattern.is_line || pattern.bytes.len() >= shortest) {
            pattern.mark(text, is_at_start, &mut marks);
        }
        joined(marks)
    }

    /// Where the first run begins in `held` that could still grow into something to hide. The first byte of `held` begins a
    /// line when `is_at_start`.
    pub fn undecided_from(&self, held: &[u8], is_at_start: bool) -> usize {
        let may_grow = |start: usize| {
            let rest = &held[start..];
            let begins = if start == 0 { is_at_start } else { is_end(held[start - 1]) };
            self.0.iter().any(|pattern| pattern.may_grow(rest, begins))
        };
        (0..held.len()).find(|start| may_grow(*start)).unwrap_or(held.len())
    }

    /// A line of the modem for people, without the secrets.
    pub fn veil<'a>(&self, line: &'a str) -> Cow<'a, str> {
        masked(line, self.marks(line.as_bytes(), true))
    }

    /// A line that we sent for people, without the secrets; see [`marks_in_ours`](Self::marks_in_ours).
    pub fn veil_ours<'a>(&self, line: &'a str) -> Cow<'a, str> {
        masked(line, self.marks_in_ours(line.as_bytes()))
    }

    /// A secret by itself, as it was sent and with the signs that stand escaped in it (`\22` is a quote).
    fn keep_alone(&mut self, secret: &[u8]) {
        let plain = unescaped(secret);
        // Where quotes could not be read, more than one value may be in it.
        let inner = secret.trim_ascii();
        let inner = inner.strip_prefix(b"\"").unwrap_or(inner);
        let inner = inner.strip_suffix(b"\"").unwrap_or(inner);
        let is_run = inner.contains(&b'"');
        let values = inner.split(|byte| matches!(byte, b'"' | b',')).filter(|value| is_run && is_telling(value));
        let forms: Vec<&[u8]> =
            [Some(secret), Some(inner), plain.as_deref()].into_iter().flatten().chain(values).collect();
        for form in forms {
            let form = form.trim_ascii();
            if (SHORTEST_ALONE..=LONGEST).contains(&form.len()) {
                let whole = std::iter::once(0..form.len()).collect();
                self.keep(Pattern { bytes: form.to_vec(), secret: whole, is_line: false });
            }
        }
    }

    fn keep(&mut self, pattern: Pattern) {
        if self.0.contains(&pattern) {
            return;
        }
        if self.0.len() == MOST_PATTERNS {
            self.0.pop_front();
        }
        self.0.push_back(pattern);
    }
}

impl Pattern {
    fn mark(&self, text: &[u8], is_at_start: bool, marks: &mut Vec<Range<usize>>) {
        let (Some(first), length) = (self.bytes.first().copied(), self.bytes.len()) else { return };
        if text.len() >= length {
            for start in memchr::memmem::find_iter(text, &self.bytes) {
                self.mark_at(start, 0, length, marks);
            }
        }
        // A text that ends in the middle of the pattern.
        let last = text.len().saturating_sub(length - 1);
        for start in memchr::memchr_iter(first, &text[last..]).map(|place| last + place) {
            let rest = &text[start..];
            if rest.len() >= SHORTEST_ALONE && self.bytes.starts_with(rest) {
                self.mark_at(start, 0, rest.len(), marks);
            }
        }
        if self.is_line {
            self.mark_pieces(text, is_at_start, marks);
        }
    }

    /// Lines that are a piece of this one: its beginning, or what follows a cut within a secret.
    fn mark_pieces(&self, text: &[u8], is_at_start: bool, marks: &mut Vec<Range<usize>>) {
        let mut at = 0;
        for line in text.split(|byte| is_end(*byte)) {
            if line.len() >= SHORTEST_PIECE && (at > 0 || is_at_start) {
                if self.bytes.starts_with(line) {
                    self.mark_at(at, 0, line.len(), marks);
                }
                for from in self.inner_starts().filter(|from| self.bytes[*from..].starts_with(line)) {
                    self.mark_at(at, from, line.len(), marks);
                }
            }
            at += line.len() + 1;
        }
    }

    /// Marks the secrets among `length` bytes of this pattern from `from` on, which stand at `at`.
    fn mark_at(&self, at: usize, from: usize, length: usize, marks: &mut Vec<Range<usize>>) {
        for range in &self.secret {
            let (start, end) = (range.start.max(from), range.end.min(from + length));
            if start < end {
                marks.push(at + start - from..at + end - from);
            }
        }
    }

    /// Where within a secret a report may have cut the line.
    fn inner_starts(&self) -> impl Iterator<Item = usize> {
        self.secret.iter().flat_map(|range| range.start..range.end).filter(|start| *start > 0)
    }

    /// Whether `rest` may be the beginning of something to hide. At the beginning of a line it may be the rest of a cut one.
    fn may_grow(&self, rest: &[u8], begins_line: bool) -> bool {
        let grows = |whole: &[u8]| rest.len() < whole.len() && whole.starts_with(rest);
        grows(&self.bytes)
            || (self.is_line && begins_line && self.inner_starts().any(|from| self.bytes[from..].starts_with(rest)))
    }
}

/// `line` with `marks` masked. A secret is text, and so are its pieces; should one begin within a sign, the sign goes too.
pub fn masked(line: &str, marks: Vec<Range<usize>>) -> Cow<'_, str> {
    if marks.is_empty() {
        return Cow::Borrowed(line);
    }
    let mut shown = String::with_capacity(line.len());
    let mut at = 0;
    for range in marks {
        let start = (0..=range.start).rev().find(|place| line.is_char_boundary(*place)).unwrap_or(0).max(at);
        let end = (range.end..=line.len()).find(|place| line.is_char_boundary(*place)).unwrap_or(line.len());
        shown.push_str(&line[at..start]);
        shown.push_str(MASK);
        at = end;
    }
    shown.push_str(&line[at..]);
    Cow::Owned(shown)
}

/// Where runs of `true` stand.
pub fn ranges(marks: &[bool]) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for at in (0..marks.len()).filter(|&at| marks[at]) {
        match ranges.last_mut().filter(|last| last.end == at) {
            Some(last) => last.end = at + 1,
            None => ranges.push(at..at + 1),
        }
    }
    ranges
}

/// `ranges` in order, those that touch joined.
pub fn joined(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_unstable_by_key(|range| range.start);
    ranges.dedup_by(|next, last| {
        let touches = next.start <= last.end;
        if touches {
            last.end = last.end.max(next.end);
        }
        touches
    });
    ranges
}

/// Whether one of several values says enough to be looked for by itself.
fn is_telling(value: &[u8]) -> bool {
    value.len() >= SHORTEST_VALUE && value.iter().any(u8::is_ascii_alphabetic)
}

/// `secret` with `\22` and its likes read; `None` when there are none.
fn unescaped(secret: &[u8]) -> Option<Vec<u8>> {
    if !secret.contains(&b'\\') {
        return None;
    }
    let mut plain = Vec::with_capacity(secret.len());
    let mut rest = secret;
    while let [first, tail @ ..] = rest {
        let escaped = tail.get(..2).filter(|_| *first == b'\\').and_then(|digits| {
            let digits = std::str::from_utf8(digits).ok()?;
            u8::from_str_radix(digits, 16).ok()
        });
        plain.push(escaped.unwrap_or(*first));
        rest = if escaped.is_some() { &tail[2..] } else { tail };
    }
    Some(plain)
}

const fn is_end(byte: u8) -> bool {
    matches!(byte, b'\r' | b'\n')
}

/// What stands for a secret.
const MASK: &str = "***";
/// Shortest secret that is looked for outside the echo of its own line; a shorter one would hit by chance.
const SHORTEST_ALONE: usize = 4;
/// Shortest secret that is looked for in what we send.
const SHORTEST_IN_OURS: usize = 8;
/// Shortest of several values that is looked for by itself.
const SHORTEST_VALUE: usize = 6;
/// Shortest line that is taken for a piece of a cut echo.
const SHORTEST_PIECE: usize = 3;
/// Longest run that is looked for: a block of a file.
const LONGEST: usize = 10_240;
/// Connections tried one after the other bring each their own password; older ones than these are over.
const MOST_PATTERNS: usize = 64;

#[cfg(test)]
mod tests {
    use super::*;

    fn learned() -> Learned {
        let mut learned = Learned::default();
        learned.learn(b"AT+MCONFIG=\"dev\",\"root\",\"luat\\22123\"\r", std::slice::from_ref(&(25..35)));
        learned.learn(b"AT+X=ab\r", std::slice::from_ref(&(5..7)));
        learned
    }

    #[test]
    fn a_secret_is_found_in_every_form_it_may_come_back_in() {
        let learned = learned();
        let table = [
            ("AT+MCONFIG=\"dev\",\"root\",\"luat\\22123\"", "AT+MCONFIG=\"dev\",\"root\",\"***\""),
            ("password luat\\22123 is wrong", "password *** is wrong"),
            ("PWD is luat\"123", "PWD is ***"),
            ("AT+MCONFIG=\"dev\",\"root\",\"lua", "AT+MCONFIG=\"dev\",\"root\",\"***"),
            ("t\\22123\"", "***\""),
            ("AT+X=ab", "AT+X=***"),
            ("about", "about"),
            ("OK", "OK"),
        ];
        for (line, expected) in table {
            assert_eq!(learned.veil(line), expected);
        }
        assert!(!format!("{learned:?}").contains("luat"));
    }

    #[test]
    fn what_is_masked_already_teaches_nothing() {
        let mut learned = Learned::default();
        learned.learn(b"AT+CPIN=****\r", std::slice::from_ref(&(8..12)));
        assert!(learned.is_empty());
    }
}
