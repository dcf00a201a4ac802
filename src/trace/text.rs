//! The text form of a trace: made to be read, searched and compared.
//!
//! ```text
//! # air780e trace 1
//! # port /dev/ttyUSB0
//! # opened 2026-03-04T08:30:00.120+08:00
//! @ 0.000150
//! > AT+MCONFIG="dev1","root","\*9;"\r
//! @ 0.012400
//! < \r\n
//! < OK\r\n
//! ```
//!
//! A line that begins with `@` is the moment, in seconds, of the lines below it; `>` was sent, `<` received. Text stands
//! as it is; `\r`, `\n`, `\t`, `\\` and `\x1A` are bytes, `\*9;` is nine secret bytes. A line ends after each line feed of
//! the data. Since moments stand alone, `diff -I '^@' a b` compares two recordings by what was said.

use std::fmt::Write;

use thiserror::Error;

use crate::time::Moment;

use super::{Direction, Entry, Header, Trace, entry::Mark};

/// Why a text is not a trace. Says which line and what would be right.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("line {line}: {why}")]
pub struct TraceError {
    /// Counted from 1.
    pub line: usize,
    /// What is wrong and what would be right.
    pub why: TraceFlaw,
}

/// Appends the lines that stand above the entries.
pub fn write_header(out: &mut String, header: &Header) {
    let _ = writeln!(out, "{MAGIC}");
    let _ = writeln!(out, "# port {}", header.port.escape_default());
    if !header.opened.is_empty() {
        let _ = writeln!(out, "# opened {}", header.opened);
    }
    if header.is_simulated {
        let _ = writeln!(out, "{SIMULATED}");
    }
}

/// Appends the line that says that the link came back, perhaps under another name.
pub(super) fn write_return(out: &mut String, header: &Header) {
    let _ = writeln!(out, "# back as {}", header.port.escape_default());
}

/// Appends one entry. `last` is the moment written before it, if any.
pub fn write_entry(out: &mut String, entry: &Entry, last: Option<Moment>) {
    if last != Some(entry.at) {
        let micros = entry.at.as_micros();
        let _ = writeln!(out, "@ {}.{:06}", micros / 1_000_000, micros % 1_000_000);
    }
    let mark = match entry.direction {
        Direction::Sent => '>',
        Direction::Received => '<',
    };
    let mut start = 0;
    while start < entry.bytes.len() {
        let end = line_end(entry, start);
        let _ = write!(out, "{mark} ");
        write_bytes(out, entry, start, end);
        out.push('\n');
        start = end;
    }
}

/// What is wrong with a line of a trace, and what would be right.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum TraceFlaw {
    /// The first line is another one.
    #[error("a trace begins with {MAGIC:?}")]
    Begin,
    /// Bytes that are no text.
    #[error("this is no text (UTF-8); give a file that --save-trace wrote")]
    NotText,
    /// Bytes before there is a time.
    #[error("the first moment (`@ 0.000000`) is missing above")]
    NoMoment,
    /// None of the marks that begin a line.
    #[error("a line begins with `# `, `@ `, `> ` or `< `")]
    Mark,
    /// A time that is none.
    #[error("{0:?} is not a moment; write seconds with six decimals, as in 12.034000")]
    Moment(String),
    /// A time that lies before an earlier one.
    #[error("the moment {0} lies before the one above it")]
    Backwards(String),
    /// An escape without its digits.
    #[error("two hex digits follow `\\x`")]
    Hex,
    /// A secret place without its end.
    #[error("`\\*` ends with `;`")]
    SecretEnd,
    /// A secret place without its length.
    #[error("a count stands between `\\*` and `;`")]
    SecretCount,
    /// A secret place that is too long to be one.
    #[error("{count} secret bytes in one place; at most {most} are read")]
    SecretLength {
        /// Bytes as they are told.
        count: usize,
        /// So many are read.
        most: usize,
    },
    /// An escape that is none.
    #[error("after a backslash come r, n, t, x, * or a backslash")]
    Escape,
}

impl Trace {
    /// Reads the text form. A text that breaks off in the middle of a line is read up to there, which [`Trace::cut_at`] tells.
    pub fn parse(text: &str) -> Result<Self, TraceError> {
        let mut trace = Self::default();
        let mut at = None;
        let (whole, rest) = text.rsplit_once('\n').map_or(("", text), |(whole, rest)| (whole, rest));
        let mut lines = whole.lines().enumerate();
        match lines.next() {
            Some((_, first)) if first.trim_end() == MAGIC => {}
            None if !rest.is_empty() && MAGIC.starts_with(rest) => {}
            _ => return Err(TraceError { line: 1, why: TraceFlaw::Begin }),
        }
        for (index, line) in lines {
            trace.read_line(index + 1, line, &mut at)?;
        }
        if !rest.is_empty() {
            let line = text.lines().count();
            trace.cut_at = Some(line);
            if line > 1 {
                trace.read_rest(line, rest, &mut at)?;
            }
        }
        Ok(trace)
    }

    /// Reads bytes that are to be the text form. One that breaks off in the middle of a character is read up to there.
    pub fn read(bytes: &[u8]) -> Result<Self, TraceError> {
        match std::str::from_utf8(bytes) {
            Ok(text) => Self::parse(text),
            Err(error) => {
                let valid = bytes.get(..error.valid_up_to()).unwrap_or_default();
                let line = valid.split(|byte| *byte == b'\n').count();
                if error.error_len().is_some() {
                    return Err(TraceError { line, why: TraceFlaw::NotText });
                }
                let text = std::str::from_utf8(valid).unwrap_or_default();
                Self::parse(text).map(|trace| Self { cut_at: Some(line), ..trace })
            }
        }
    }

    fn read_line(&mut self, number: usize, line: &str, at: &mut Option<Moment>) -> Result<(), TraceError> {
        let fail = |why: TraceFlaw| TraceError { line: number, why };
        match line.split_at_checked(2) {
            None if line.trim().is_empty() => {}
            Some(("# ", _)) => read_header_line(&mut self.header, line),
            Some(("@ ", moment)) => *at = Some(read_moment(moment, *at).map_err(fail)?),
            Some((mark @ ("> " | "< "), data)) => {
                let at = at.ok_or_else(|| fail(TraceFlaw::NoMoment))?;
                let direction = if mark == "> " { Direction::Sent } else { Direction::Received };
                let offset = append(&mut self.entries, at, direction, &read_bytes(data).map_err(fail)?);
                let line = u32::try_from(number).unwrap_or(u32::MAX);
                self.marks.push(Mark { entry: self.entries.len() - 1, offset, line });
            }
            _ => return Err(fail(TraceFlaw::Mark)),
        }
        Ok(())
    }

    /// Reads a last line without an end: of bytes what is there, of anything else nothing.
    fn read_rest(&mut self, number: usize, line: &str, at: &mut Option<Moment>) -> Result<(), TraceError> {
        match line.split_at_checked(2) {
            Some(("> " | "< ", data)) => {
                let kept = line.len() - data.len() + whole_escapes(data);
                // Without a byte there is nothing to keep.
                if kept > 2 { self.read_line(number, &line[..kept], at) } else { Ok(()) }
            }
            // A name or a moment of which the end is missing is worse than none.
            Some(("# " | "@ ", _)) => Ok(()),
            None if matches!(line, "#" | "@" | ">" | "<") => Ok(()),
            _ => self.read_line(number, line, at),
        }
    }

    /// The text form.
    pub fn to_text(&self) -> String {
        let mut out = String::new();
        write_header(&mut out, &self.header);
        let mut last = None;
        for entry in &self.entries {
            write_entry(&mut out, entry, last);
            last = Some(entry.at);
        }
        out
    }
}

/// Bytes of one line of text with their secret parts.
#[derive(Default)]
struct Piece {
    bytes: Vec<u8>,
    secret: Vec<std::ops::Range<usize>>,
}

/// End of the text line that begins at `start`: behind the next line feed that is not secret.
fn line_end(entry: &Entry, start: usize) -> usize {
    let is_secret = |at: usize| entry.secret.iter().any(|range| range.contains(&at));
    (start..entry.bytes.len())
        .find(|&at| entry.bytes[at] == b'\n' && !is_secret(at))
        .map_or(entry.bytes.len(), |at| at + 1)
}

fn write_bytes(out: &mut String, entry: &Entry, start: usize, end: usize) {
    let mut at = start;
    for secret in entry.secret.iter().filter(|range| range.start < end && range.end > start) {
        write_clear(out, &entry.bytes[at..secret.start.max(at)]);
        let _ = write!(out, "\\*{};", secret.end - secret.start);
        at = secret.end;
    }
    write_clear(out, &entry.bytes[at..end.max(at)]);
}

fn write_clear(out: &mut String, bytes: &[u8]) {
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            match c {
                '\r' => out.push_str("\\r"),
                '\n' => out.push_str("\\n"),
                '\t' => out.push_str("\\t"),
                '\\' => out.push_str("\\\\"),
                c if is_harmless(c) => out.push(c),
                c => c.encode_utf8(&mut [0; 4]).bytes().for_each(|byte| push_hex(out, byte)),
            }
        }
        chunk.invalid().iter().for_each(|&byte| push_hex(out, byte));
    }
}

/// Whether a character may stand in a text file as it is: no control, no separator, nothing that turns the direction of
/// reading, and no blank but the plain one.
fn is_harmless(c: char) -> bool {
    let turns = matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}');
    c == ' ' || !(c.is_control() || c.is_whitespace() || turns)
}

fn push_hex(out: &mut String, byte: u8) {
    let _ = write!(out, "\\x{byte:02X}");
}

fn read_header_line(header: &mut Header, line: &str) {
    if line == SIMULATED {
        header.is_simulated = true;
    } else if let Some(port) = line.strip_prefix("# port ") {
        port.clone_into(&mut header.port);
    } else if let Some(opened) = line.strip_prefix("# opened ") {
        opened.clone_into(&mut header.opened);
    }
}

fn read_moment(text: &str, last: Option<Moment>) -> Result<Moment, TraceFlaw> {
    let wrong = || TraceFlaw::Moment(text.to_owned());
    let (seconds, micros) = text.trim_end().split_once('.').ok_or_else(wrong)?;
    if micros.len() != 6 {
        return Err(wrong());
    }
    let seconds: u64 = seconds.parse().map_err(|_| wrong())?;
    let micros: u64 = micros.parse().map_err(|_| wrong())?;
    let moment =
        Moment::from_micros(seconds.checked_mul(1_000_000).and_then(|s| s.checked_add(micros)).ok_or_else(wrong)?);
    if last.is_some_and(|last| moment < last) {
        return Err(TraceFlaw::Backwards(text.trim_end().to_owned()));
    }
    Ok(moment)
}

/// The length of `text` without an escape at its end that is not whole.
fn whole_escapes(text: &str) -> usize {
    let mut at = 0;
    while let Some(start) = text[at..].find('\\').map(|found| at + found) {
        let escape = &text[start..];
        let length = match escape.as_bytes().get(1) {
            None => return start,
            Some(b'x') if escape.len() < 4 => return start,
            Some(b'x') => 4,
            Some(b'*') => match escape.find(';') {
                Some(end) => end + 1,
                None => return start,
            },
            // Whatever else follows is one character; that it may be wrong is found when it is read.
            Some(_) => 1 + escape[1..].chars().next().map_or(0, char::len_utf8),
        };
        at = start + length;
        if !text.is_char_boundary(at) {
            return text.len();
        }
    }
    text.len()
}

fn read_bytes(text: &str) -> Result<Piece, TraceFlaw> {
    let mut piece = Piece::default();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            piece.bytes.extend(c.encode_utf8(&mut [0; 4]).bytes());
            continue;
        }
        match chars.next() {
            Some('r') => piece.bytes.push(b'\r'),
            Some('n') => piece.bytes.push(b'\n'),
            Some('t') => piece.bytes.push(b'\t'),
            Some('\\') => piece.bytes.push(b'\\'),
            Some('x') => {
                let digits = chars.as_str().get(..2).ok_or(TraceFlaw::Hex)?;
                piece.bytes.push(u8::from_str_radix(digits, 16).map_err(|_| TraceFlaw::Hex)?);
                chars = chars.as_str()[2..].chars();
            }
            Some('*') => {
                let (count, rest) = chars.as_str().split_once(';').ok_or(TraceFlaw::SecretEnd)?;
                let count: usize = count.parse().map_err(|_| TraceFlaw::SecretCount)?;
                if count > MOST_SECRET {
                    return Err(TraceFlaw::SecretLength { count, most: MOST_SECRET });
                }
                let start = piece.bytes.len();
                piece.bytes.resize(start + count, b'*');
                piece.secret.push(start..start + count);
                chars = rest.chars();
            }
            _ => return Err(TraceFlaw::Escape),
        }
    }
    Ok(piece)
}

/// Lines of one moment and direction belong to one entry.
/// Appends a piece, and says where in its entry it begins.
fn append(entries: &mut Vec<Entry>, at: Moment, direction: Direction, piece: &Piece) -> usize {
    if let Some(last) = entries.last_mut().filter(|last| last.at == at && last.direction == direction) {
        let offset = last.bytes.len();
        last.bytes.extend(&piece.bytes);
        last.secret.extend(piece.secret.iter().map(|range| range.start + offset..range.end + offset));
        offset
    } else {
        entries.push(Entry::new(at, direction, &piece.bytes, &piece.secret));
        0
    }
}

const MAGIC: &str = "# air780e trace 1";
const SIMULATED: &str = "# SIMULATED: a virtual modem was at the other end";
/// A key file is far smaller; a larger count is a damaged file, not a reason to take memory.
const MOST_SECRET: usize = 1 << 20;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sample() -> Trace {
        Trace {
            header: Header {
                port: "/dev/ttyUSB0".to_owned(),
                opened: "2026-03-04T08:30:00.120+08:00".to_owned(),
                is_simulated: true,
            },
            entries: vec![
                Entry::new(
                    Moment::from_micros(150),
                    Direction::Sent,
                    b"AT+X=\"se\ncret\"\r",
                    std::slice::from_ref(&(6..13)),
                ),
                Entry::new(
                    Moment::from_micros(12_400),
                    Direction::Received,
                    "\r\n\u{4F60}\u{202E}\\\x1A\r\nOK".as_bytes(),
                    &[],
                ),
            ],
            ..Trace::default()
        }
    }

    #[test]
    fn a_trace_reads_like_a_conversation() {
        assert_eq!(
            sample().to_text(),
            "# air780e trace 1\n# port /dev/ttyUSB0\n# opened 2026-03-04T08:30:00.120+08:00\n\
             # SIMULATED: a virtual modem was at the other end\n\
             @ 0.000150\n> AT+X=\"\\*7;\"\\r\n@ 0.012400\n< \\r\\n\n< 你\\xE2\\x80\\xAE\\\\\\x1A\\r\\n\n< OK\n"
        );
        assert_eq!(Trace::parse(&sample().to_text()), Ok(sample()));
    }

    #[test]
    fn damage_is_named_with_its_line() {
        let table = [
            ("", 1),
            ("AT\r\nOK", 1),
            ("# air780e trace 1\n> AT", 2),
            ("# air780e trace 1\n@ 1.5\n", 2),
            ("# air780e trace 1\n@ 1.000000\n@ 0.000000\n", 3),
            ("# air780e trace 1\n@ 1.000000\n> \\q", 3),
            ("# air780e trace 1\n@ 1.000000\n> \\xZ1", 3),
            ("# air780e trace 1\n@ 1.000000\n> \\*99999999999;", 3),
            ("# air780e trace 1\n@ 99999999999999999999.000000\n", 2),
            ("# air780e trace 1\nOK", 2),
        ];
        for (text, line) in table {
            assert_eq!(Trace::parse(text).map_err(|e| e.line), Err(line), "{text:?}");
        }
    }

    #[test]
    fn a_text_that_breaks_off_is_read_up_to_there() {
        let text = sample().to_text();
        for cut in 1..text.len() {
            let trace = Trace::read(&text.as_bytes()[..cut]).unwrap_or_else(|error| panic!("cut at {cut}: {error}"));
            let ends_whole = text.as_bytes()[cut - 1] == b'\n';
            let line = text.as_bytes()[..cut].split(|byte| *byte == b'\n').count();
            assert_eq!(trace.cut_at, (!ends_whole).then_some(line), "cut at {cut}");
            let wanted = &sample().entries;
            for (entry, whole) in trace.entries.iter().zip(wanted) {
                assert!(whole.bytes.starts_with(&entry.bytes), "cut at {cut}: {entry:?}");
            }
        }
        let cut = Trace::parse("# air780e trace 1\n@ 1.000000\n< CONNACK O").expect("what is there");
        assert_eq!((cut.entries[0].bytes.as_slice(), cut.cut_at), (&b"CONNACK O"[..], Some(3)));
        assert_eq!(Trace::parse(&text).expect("a trace").cut_at, None);
    }

    fn entries() -> impl Strategy<Value = Vec<Entry>> {
        let entry =
            (1_u64..5_000_000, any::<bool>(), proptest::collection::vec(any::<u8>(), 1..40), 0_usize..40, 0_usize..9);
        proptest::collection::vec(entry, 0..12).prop_map(|rows| {
            let mut at = Moment::ZERO;
            rows.into_iter()
                .map(|(micros, sent, bytes, start, length)| {
                    at += std::time::Duration::from_micros(micros);
                    let direction = if sent { Direction::Sent } else { Direction::Received };
                    Entry::new(at, direction, &bytes, std::slice::from_ref(&(start..start + length)))
                })
                .collect()
        })
    }

    proptest! {
        #[test]
        fn any_trace_survives_its_text(entries in entries()) {
            let trace = Trace { header: Header { port: "COM5".to_owned(), ..Header::default() }, entries, ..Trace::default() };
            prop_assert_eq!(Trace::parse(&trace.to_text()), Ok(trace));
        }

        #[test]
        fn any_text_is_read_or_refused(text in ".{0,200}") {
            let _ = Trace::parse(&text);
            let _ = Trace::parse(&format!("{MAGIC}\n@ 0.000000\n> {text}"));
        }
    }
}
