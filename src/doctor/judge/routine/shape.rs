//! What a line of a dialogue looks like when the same dialogue comes again: the same bytes but for its time and its payload.

use memchr::{memchr, memmem};

use crate::record::Opening;

/// The shape of one line, its line end included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shape {
    parts: Vec<Part>,
    /// So many of them stand before the data.
    head: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    /// Just these bytes.
    Bytes(Box<[u8]>),
    /// `08:15:30`, with `.112` behind it or without.
    Time { is_fine: bool },
    /// A payload up to the quotation mark that ends it.
    Payload,
    /// `14 byte,` and so many bytes of a payload.
    Counted,
    /// These bytes, where a zero stands for any digit and for a blank: a line within a payload.
    Digits(Box<[u8]>),
    /// The command that began the dialogue, repeated.
    Echo,
}

/// What is known when a line is compared.
#[derive(Clone, Copy, Debug)]
pub(super) struct Before<'a> {
    /// The time of the line before, in milliseconds of the day.
    pub(super) time: Option<u32>,
    /// This line begins a dialogue: any time may lie between.
    pub(super) is_first: bool,
    /// The data of the line that began the dialogue.
    pub(super) command: &'a [u8],
}

/// How a line compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fit {
    /// It is one: so many bytes, its time, where its data begin and end.
    Whole { length: usize, time: Option<u32>, body: (usize, usize) },
    /// There is too little of it.
    Short,
    /// It is none.
    Not,
}

/// What makes shapes of the lines of one dialogue, in their order.
#[derive(Debug, Default)]
pub(super) struct Maker {
    command: Vec<u8>,
    /// Bytes of a payload that is still open.
    owed: usize,
}

impl Maker {
    /// The shape of `line`; `None` when it cannot be told by a shape.
    pub(super) fn shape(&mut self, line: &[u8], opening: Opening, is_first: bool) -> Option<Shape> {
        let (head, body) = line.split_at(opening.body.min(data(line).len()));
        if self.owed > 0 {
            let data = data(line);
            // Within a payload nothing may look like a line of the module.
            let is_plain = !opening.is_stamped && head.is_empty() && data.iter().all(|byte| is_shown(*byte));
            let begins = data.trim_ascii().first().copied().unwrap_or(b' ');
            if !is_plain || !(begins.is_ascii_digit() || matches!(begins, b' ' | b'"' | b'}' | b']')) {
                return None;
            }
            self.owed = self.owed.saturating_sub(line.len());
            return Some(Shape { parts: vec![Part::Digits(numbers(line))], head: 0 });
        }
        let mut parts = Vec::new();
        timed(head, opening.is_stamped, &mut parts)?;
        let head = parts.len();
        let data = data(body);
        if is_first {
            self.command = data.to_vec();
        } else if data == self.command && !data.is_empty() {
            parts.push(Part::Echo);
            push(&mut parts, &body[data.len()..]);
            return Some(Shape { parts, head });
        }
        if is_first && let Some((start, text)) = published(data) {
            push(&mut parts, &body[..start]);
            parts.push(Part::Payload);
            push(&mut parts, &body[start + text..]);
        } else if data.starts_with(b"+MSUB:") {
            let (count, bytes, payload) = announced(data)?;
            if payload == bytes && has_plain_end(&data[count..]) {
                push(&mut parts, &body[..count]);
                parts.push(Part::Counted);
                push(&mut parts, &body[data.len()..]);
            } else {
                self.owed = bytes.saturating_sub(payload + body.len() - data.len());
                push_digits(&mut parts, body);
            }
        } else {
            push(&mut parts, body);
        }
        Some(Shape { parts, head })
    }
}

/// What of a line is not the same each time, as far as a message is in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Varying {
    /// Nothing that makes it longer or shorter.
    Nothing,
    /// The text between the last quotes.
    Published,
    /// The count before ` byte,`.
    Counted,
}

impl Shape {
    /// What of its line is not the same each time.
    pub(super) fn varying(&self) -> Varying {
        let has = |wanted: Part| self.parts.contains(&wanted);
        match (has(Part::Payload), has(Part::Counted)) {
            (true, _) => Varying::Published,
            (_, true) => Varying::Counted,
            _ => Varying::Nothing,
        }
    }

    /// Compares the line at the start of `bytes`.
    pub(super) fn fit(&self, bytes: &[u8], before: Before<'_>) -> Fit {
        let (mut at, mut time) = (0, before.time);
        let mut body = 0;
        for (place, part) in self.parts.iter().enumerate() {
            if place == self.head {
                body = at;
            }
            let rest = &bytes[at..];
            let length = match part {
                Part::Bytes(known) => same(known, rest),
                Part::Time { is_fine } => match read_time(rest, *is_fine) {
                    Ok((told, length)) => {
                        let is_next = time.is_none_or(|last| {
                            told >= last
                                && (before.is_first || told - last <= if *is_fine { SOON } else { SOON_SECONDS })
                        });
                        time = Some(told);
                        if is_next { Ok(length) } else { Err(false) }
                    }
                    Err(is_short) => Err(is_short),
                },
                Part::Payload => payload(rest),
                Part::Counted => counted(rest),
                Part::Digits(known) => alike(known, rest),
                Part::Echo => same(before.command, rest),
            };
            match length {
                Ok(length) => at += length,
                Err(true) => return Fit::Short,
                Err(false) => return Fit::Not,
            }
        }
        Fit::Whole { length: at, time, body: (body, at) }
    }
}

/// A line without its line end.
pub(super) fn data(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

/// The parts of what stands before the data; `None` when a time is told there in another way.
fn timed(head: &[u8], is_stamped: bool, parts: &mut Vec<Part>) -> Option<()> {
    if !is_stamped {
        push(parts, head);
        return Some(());
    }
    let at = (0..head.len().saturating_sub(7)).find(|at| read_time(&head[*at..], false).is_ok())?;
    // A digit in front of it would be of the same number.
    if at > 0 && head[at - 1].is_ascii_digit() {
        return None;
    }
    let fine =
        head.get(at + 8..at + 12).is_some_and(|part| part[0] == b'.' && part[1..].iter().all(u8::is_ascii_digit));
    let length = if fine { 12 } else { 8 };
    let rest = &head[at + length..];
    if rest.first().is_some_and(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',' | b':')) {
        return None;
    }
    push(parts, &head[..at]);
    parts.push(Part::Time { is_fine: fine });
    push(parts, rest);
    Some(())
}

fn push(parts: &mut Vec<Part>, bytes: &[u8]) {
    if !bytes.is_empty() {
        parts.push(Part::Bytes(bytes.into()));
    }
}

fn push_digits(parts: &mut Vec<Part>, bytes: &[u8]) {
    // Up to the payload every digit counts.
    let at = memchr(b',', bytes).and_then(|topic| Some(topic + 1 + memchr(b',', &bytes[topic + 1..])?));
    let (head, payload) = bytes.split_at(at.unwrap_or(bytes.len()));
    push(parts, head);
    if payload.iter().all(|byte| is_shown(*byte) || matches!(byte, b'\r' | b'\n')) {
        parts.push(Part::Digits(numbers(payload)));
    } else {
        push(parts, payload);
    }
}

/// `bytes` with a zero for each digit and each blank.
fn numbers(bytes: &[u8]) -> Box<[u8]> {
    bytes.iter().map(|byte| if byte.is_ascii_digit() || *byte == b' ' { b'0' } else { *byte }).collect()
}

/// The bytes that a line announces: `+MSUB: "t",14 byte,payload`.
pub(super) fn announced_bytes(line: &[u8]) -> Option<usize> {
    let from = memmem::find(line, b"+MSUB:")?;
    announced(data(&line[from..])).map(|(_, bytes, _)| bytes)
}

/// Where the payload of `AT+MPUB="t",1,0,"payload"` begins, and how long it is.
fn published(data: &[u8]) -> Option<(usize, usize)> {
    let rest = data.strip_prefix(b"AT+MPUB=\"")?;
    let topic = memchr(b'"', rest)?;
    let options = &rest[topic + 1..];
    let opened = memchr(b'"', options)?;
    let is_options = options[..opened].iter().all(|byte| byte.is_ascii_digit() || *byte == b',');
    let start = data.len() - options.len() + opened + 1;
    let text = data[start..].strip_suffix(b"\"")?;
    (is_options && is_harmless(text)).then_some((start, text.len()))
}

/// Where the length of `+MSUB: "t",14 byte,payload` begins, which it is, and how many bytes of payload there are.
fn announced(data: &[u8]) -> Option<(usize, usize, usize)> {
    let topic = memchr(b'"', data)?;
    let count = topic + 1 + memchr(b'"', &data[topic + 1..])? + 2;
    let digits = data.get(count..)?.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let bytes = std::str::from_utf8(&data[count..count + digits]).ok()?.parse().ok()?;
    let payload = data[count + digits..].strip_prefix(UNIT)?;
    (data[count - 1] == b',').then_some((count, bytes, payload.len()))
}

/// Whether a count and a payload of shown signs stand there.
fn has_plain_end(rest: &[u8]) -> bool {
    counted(rest) == Ok(rest.len())
}

/// Milliseconds of the day, and the bytes taken; whether there is too little of it.
fn read_time(bytes: &[u8], is_fine: bool) -> Result<(u32, usize), bool> {
    let length = if is_fine { 12 } else { 8 };
    let Some(text) = bytes.get(..length) else { return Err(true) };
    let digit = |at: usize| u32::from(text[at].wrapping_sub(b'0'));
    let pair = |at: usize| digit(at) * 10 + digit(at + 1);
    let is_written = text[2] == b':' && text[5] == b':' && (!is_fine || text[8] == b'.');
    let is_digits = [0, 1, 3, 4, 6, 7].iter().all(|at| text[*at].is_ascii_digit())
        && (!is_fine || text[9..12].iter().all(u8::is_ascii_digit));
    if !is_written || !is_digits || pair(0) > 23 || pair(3) > 59 || pair(6) > 59 {
        return Err(false);
    }
    let seconds = (pair(0) * 60 + pair(3)) * 60 + pair(6);
    let part = if is_fine { digit(9) * 100 + digit(10) * 10 + digit(11) } else { 0 };
    Ok((seconds * 1_000 + part, length))
}

fn same(known: &[u8], rest: &[u8]) -> Result<usize, bool> {
    match rest.get(..known.len()) {
        Some(start) if start == known => Ok(known.len()),
        Some(_) => Err(false),
        None => Err(known.starts_with(rest)),
    }
}

fn alike(known: &[u8], rest: &[u8]) -> Result<usize, bool> {
    let is_alike =
        |(known, byte): (&u8, &u8)| known == byte || (*known == b'0' && (byte.is_ascii_digit() || *byte == b' '));
    if !known.iter().zip(rest).all(is_alike) {
        return Err(false);
    }
    let Some(line) = rest.get(..known.len()) else { return Err(true) };
    // A long number at the start of a line may be a time.
    let digits = line.trim_ascii_start().iter().take_while(|byte| byte.is_ascii_digit()).count();
    if digits < LONG_NUMBER { Ok(known.len()) } else { Err(false) }
}

fn payload(rest: &[u8]) -> Result<usize, bool> {
    let looked_at = &rest[..rest.len().min(LONGEST)];
    match memchr(b'"', looked_at) {
        Some(end) if is_harmless(&rest[..end]) => Ok(end),
        Some(_) => Err(false),
        None => Err(rest.len() < LONGEST && memchr(b'\n', looked_at).is_none()),
    }
}

fn counted(rest: &[u8]) -> Result<usize, bool> {
    let digits = rest.iter().take(6).take_while(|byte| byte.is_ascii_digit()).count();
    let count = rest[..digits].iter().fold(0, |count, digit| count * 10 + usize::from(digit - b'0'));
    if digits == 0 || count > LONGEST {
        return Err(rest.is_empty());
    }
    let unit = same(UNIT, &rest[digits..])?;
    let Some(payload) = rest.get(digits + unit..digits + unit + count) else { return Err(true) };
    if is_harmless(payload) { Ok(digits + unit + count) } else { Err(false) }
}

/// Whether a payload is text that tells nothing of the module.
fn is_harmless(payload: &[u8]) -> bool {
    let seen = payload.iter().fold(0, |seen, byte| seen | SIGNS[usize::from(*byte)]);
    if seen & HIDDEN != 0 {
        return false;
    }
    TELLING.iter().all(|(signs, word)| seen & signs != *signs || memmem::find(payload, word).is_none())
}

const fn is_shown(byte: u8) -> bool {
    byte.wrapping_sub(b' ') < 0x5F
}

/// No sign that is shown.
const HIDDEN: u8 = 1;
/// What is looked for in whole lines, wherever it stands, and the signs without which it stands nowhere.
const TELLING: [(u8, &[u8]); 5] = [(2, b"Air"), (2, b"LUA_"), (4, b"uatOS"), (8, b"poweron"), (16 | 32, b"luat:")];
/// What each sign is.
const SIGNS: [u8; 256] = {
    let mut signs = [0; 256];
    let mut byte = 0;
    while byte < signs.len() {
        #[expect(clippy::cast_possible_truncation, reason = "a byte")]
        let sign = byte as u8;
        signs[byte] = match sign {
            b'A' => 2,
            b'O' => 4,
            b'w' => 8,
            b'u' => 16,
            b':' => 32,
            _ if is_shown(sign) => 0,
            _ => HIDDEN,
        };
        byte += 1;
    }
    signs
};

/// Stands behind the length of a message (reference, section 11.7).
const UNIT: &[u8] = b" byte,";
/// Milliseconds between two lines of a dialogue that cannot mean anything.
const SOON: u32 = 900;
/// The same where only seconds are told.
const SOON_SECONDS: u32 = 1_000;
/// Seconds since 1970 have so many digits.
const LONG_NUMBER: usize = 10;
/// Longer payloads are read as lines are.
const LONGEST: usize = 4_100;
