//! The bytes of one answer to `AT+FSREAD` (reference, section 8): which of them are the file's.
//!
//! The answer announces no length, and reports may stand before the bytes: the lines that are known pass, everything else
//! is the file's. Line ends pass too.

use super::finder::Finder;

/// Follows the answer from the command on.
#[derive(Debug)]
pub(super) struct Reading {
    /// Every byte of the file is hidden.
    hides_all: bool,
    /// Looks for a key in what is not hidden.
    pub(super) finder: Finder,
    /// A key was found.
    pub(super) has_key: bool,
    /// No byte so far was any but text.
    is_text: bool,
    /// Looks on behind the bytes that were asked for: lines of other origin may have been taken for some of them.
    beyond: Option<Finder>,
    /// How many bytes were asked for, and how many of them have not come.
    asked: usize,
    left: usize,
    line: Line,
    /// Bytes since the line began that are not decided.
    held: Vec<u8>,
}

/// What the present line is.
#[derive(Debug)]
enum Line {
    /// Not decided: nothing but the held bytes has come.
    Open,
    /// One that may be seen; its text, to know a message by its announced length.
    Known(Vec<u8>),
    /// So many bytes of a message are still to come.
    Message(usize),
    /// The file's.
    Content,
}

/// What a byte led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Course {
    /// The answer goes on.
    On,
    /// The final result stood there.
    Ended,
}

impl Reading {
    /// The answer to a question for `asked` bytes. All are hidden, or only those that `finder` takes for a key.
    pub(super) const fn new(asked: usize, hides_all: bool, finder: Finder) -> Self {
        Self {
            hides_all,
            finder,
            has_key: false,
            beyond: None,
            is_text: true,
            asked,
            left: asked,
            line: Line::Open,
            held: Vec::new(),
        }
    }

    /// Whether what was read may end within the first bytes of a binary key. Text of some length is none.
    pub(super) const fn may_end_in_head(&self) -> bool {
        let is_text = self.is_text && self.asked - self.left >= LEAST_TEXT;
        !is_text && self.finder.is_undecided()
    }

    /// Takes a byte; writes what is decided into `marks`, in order.
    pub(super) fn take(&mut self, byte: u8, marks: &mut Vec<bool>) -> Course {
        if let Line::Message(left @ 1..) = &mut self.line {
            *left -= 1;
            marks.push(false);
            return Course::On;
        }
        if matches!(byte, b'\r' | b'\n') {
            return self.end_line(byte, marks);
        }
        match &mut self.line {
            Line::Open => {
                self.held.push(byte);
                self.decide(marks);
            }
            Line::Known(text) => {
                text.push(byte);
                marks.push(false);
                if let Some(length) = announced(text) {
                    self.line = Line::Message(length);
                }
            }
            Line::Message(_) | Line::Content => {
                let mark = self.content(byte);
                marks.push(mark);
            }
        }
        Course::On
    }

    /// Decides what is held: nothing more will come.
    pub(super) fn settle(&mut self, marks: &mut Vec<bool>) {
        if !self.held.is_empty() {
            self.line = Line::Content;
            self.give_out(marks);
        }
    }

    fn end_line(&mut self, byte: u8, marks: &mut Vec<bool>) -> Course {
        let is_final = is_final(&self.held);
        if is_final || self.held == CLOSED || is_sentence(&self.held) {
            marks.extend(self.held.drain(..).map(|_| false));
        }
        self.give_out(marks);
        // A line end may stand in the middle of a key, but those before the file's first byte are none of its own.
        marks.push((1..self.asked).contains(&self.left) && self.finds(byte));
        self.line = Line::Open;
        if is_final { Course::Ended } else { Course::On }
    }

    /// Goes on as soon as the held bytes cannot be a known line any more, or are surely one.
    fn decide(&mut self, marks: &mut Vec<bool>) {
        let is_known = KNOWN.iter().any(|known| starts_with(&self.held, known));
        if is_known {
            self.line = Line::Known(std::mem::take(&mut self.held));
            if let Line::Known(text) = &self.line {
                marks.extend(text.iter().map(|_| false));
            }
            return;
        }
        let may_be = KNOWN.iter().chain(&WHOLE).any(|known| starts_with(known, &self.held));
        if !may_be && !is_error_number(&self.held) && !may_be_sentence(&self.held) {
            self.line = Line::Content;
            self.give_out(marks);
        }
    }

    /// The held bytes are the file's.
    fn give_out(&mut self, marks: &mut Vec<bool>) {
        for byte in std::mem::take(&mut self.held) {
            let mark = self.content(byte);
            marks.push(mark);
        }
    }

    fn content(&mut self, byte: u8) -> bool {
        self.finds(byte) || self.hides_all || self.has_key
    }

    /// Whether the finder takes `byte` for a part of a key. It sees the file's bytes alone: a key may go on in the next part.
    fn finds(&mut self, byte: u8) -> bool {
        if self.left == 0 {
            let is_key = self.beyond.get_or_insert_with(|| self.finder.clone()).take(byte);
            self.has_key |= is_key;
            return is_key;
        }
        self.left -= 1;
        self.is_text &= matches!(byte, b' '..=b'~' | b'\r' | b'\n' | b'\t');
        let is_key = self.finder.take(byte);
        self.has_key |= is_key;
        is_key
    }
}

/// Whether `line` begins with `start`, not minding the case of letters.
fn starts_with(line: &[u8], start: &[u8]) -> bool {
    line.get(..start.len()).is_some_and(|begun| begun.eq_ignore_ascii_case(start))
}

/// A sentence of a satellite receiver, by its shape: `$GNRMC,…*7B`.
fn is_sentence(line: &[u8]) -> bool {
    let is_sum = |sum: &[u8]| sum.first() == Some(&b'*') && sum[1..].iter().all(u8::is_ascii_hexdigit);
    may_be_sentence(line) && line.contains(&b',') && line.len() > SUM && is_sum(&line[line.len() - SUM..])
}

/// Whether `line` may become one.
fn may_be_sentence(line: &[u8]) -> bool {
    let Some(text) = line.strip_prefix(b"$") else { return false };
    let talker = text.split(|byte| *byte == b',').next().unwrap_or_default();
    talker.len() <= LONGEST_TALKER
        && talker.iter().all(u8::is_ascii_alphanumeric)
        && line.len() <= LONGEST_SENTENCE
        && text.iter().all(|byte| matches!(byte, b' '..=b'~'))
}

fn is_final(line: &[u8]) -> bool {
    line == b"OK"
        || line == b"ERROR"
        || line == b"TimeOut"
        || (is_error_number(line) && line.len() > ERROR_NUMBER.len())
}

/// `+CME ERROR: ` and a number, as far as it has come.
fn is_error_number(line: &[u8]) -> bool {
    line.strip_prefix(ERROR_NUMBER).is_some_and(|number| number.len() <= 5 && number.iter().all(u8::is_ascii_digit))
}

/// The length that the head of a message announces: `…,20 byte,`.
fn announced(text: &[u8]) -> Option<usize> {
    let text = std::str::from_utf8(text).ok()?.strip_prefix("+MSUB:")?;
    let head = text.strip_suffix(',')?.trim_end_matches("byte").trim_end();
    let (topic, length) = head.rsplit_once(',')?;
    (!topic.is_empty()).then(|| length.trim().parse().ok())?
}

/// How long the sum of a sentence is, its star included.
const SUM: usize = 3;
const LONGEST_TALKER: usize = 8;
const LONGEST_SENTENCE: usize = 160;
/// So many bytes of every binary key hold one that is no text.
const LEAST_TEXT: usize = 16;
const ERROR_NUMBER: &[u8] = b"+CME ERROR: ";
/// Lines that are told only by being nothing else: final results, and the end of the link.
const WHOLE: [&[u8]; 5] = [b"OK", b"ERROR", b"TimeOut", ERROR_NUMBER, CLOSED];
const CLOSED: &[u8] = b"CLOSED";
/// How lines begin that are none of the file's: the echo, the head of `AT+FSREADHEAD=1`, and reports (sections 3 and 12).
/// Each holds a character that stands in no line of a key as text.
const KNOWN: [&[u8]; 17] = [
    b"AT+FSREAD=",
    b"+FSREAD:",
    b"+MSUB:",
    b"+CGEV:",
    b"+CREG:",
    b"+CGREG:",
    b"+CEREG:",
    b"+NITZ:",
    b"+CPIN:",
    b"^MODE:",
    b"^boot.rom",
    b"+E_UTRAN ",
    b"+NO Service",
    b"+GSM Service",
    b"+PDP DEACT",
    b"+PDP: DEACT",
    b"+SAPBR ",
];
