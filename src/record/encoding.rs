//! From bytes in any encoding to text, piece by piece: logs mix them, since a tool writes its own words in one encoding and
//! what came from the port in another.
//!
//! UTF-16 is turned into UTF-8 before anything else. In all others a byte of the port stays the byte it was: what is read
//! here is only looked at.

use std::borrow::Cow;

use encoding_rs::{CoderResult, Decoder, GB18030, UTF_16BE, UTF_16LE};

/// What the text of a file is encoded in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// Nothing beyond ASCII.
    #[default]
    Ascii,
    /// UTF-8.
    Utf8,
    /// UTF-16, low byte first.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
    /// GB18030, and with it GBK and GB2312.
    Gb18030,
    /// Single bytes that are neither.
    Latin1,
    /// UTF-8 in some lines, something else in others.
    Mixed,
}

impl Encoding {
    /// Its usual name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ascii => "ascii",
            Self::Utf8 => "utf-8",
            Self::Utf16Le => "utf-16le",
            Self::Utf16Be => "utf-16be",
            Self::Gb18030 => "gb18030",
            Self::Latin1 => "latin-1",
            Self::Mixed => "mixed",
        }
    }
}

/// What runs of bytes beyond ASCII turned out to be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Runs {
    /// UTF-8.
    pub(super) utf8: u64,
    /// GB18030.
    pub(super) gb: u64,
    /// Neither.
    pub(super) other: u64,
}

impl Runs {
    /// Counts the runs of `bytes`.
    pub(super) fn note(&mut self, bytes: &[u8]) {
        if bytes.is_ascii() {
            return;
        }
        let mut at = 0;
        while let Some(start) = bytes[at..].iter().position(|byte| !byte.is_ascii()) {
            at += start;
            let (kind, length) = next_run(&bytes[at..], true);
            match kind {
                Kind::Utf8 => self.utf8 += 1,
                Kind::Gb => self.gb += 1,
                Kind::Other => self.other += 1,
            }
            at += length;
        }
    }

    /// Whether text that may be either is UTF-8.
    pub(super) const fn prefers_utf8(self) -> bool {
        self.utf8 >= self.gb
    }

    /// The encoding that they come to. A stray byte here and there is damage and no encoding.
    pub(super) const fn encoding(self) -> Encoding {
        match (self.utf8, self.gb, self.other) {
            (0, 0, 0) => Encoding::Ascii,
            (0, 0, _) => Encoding::Latin1,
            (_, 0, _) => Encoding::Utf8,
            (0, _, _) => Encoding::Gb18030,
            _ => Encoding::Mixed,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Utf8,
    Gb,
    Other,
}

/// What the bytes at the start of `bytes`, the first of which is not ASCII, are, and how many belong together.
fn next_run(bytes: &[u8], prefers_utf8: bool) -> (Kind, usize) {
    let valid = valid_utf8(bytes);
    let is_long = valid > 0 && bytes[..valid].iter().any(|byte| *byte >= 0xE0);
    if valid > 0 && (prefers_utf8 || is_long || gb_run(bytes) < valid) {
        return (Kind::Utf8, valid);
    }
    match gb_run(bytes) {
        0 if valid > 0 => (Kind::Utf8, valid),
        0 => (Kind::Other, 1),
        length => (Kind::Gb, length),
    }
}

/// How many bytes beyond ASCII at the start are whole characters of UTF-8.
fn valid_utf8(bytes: &[u8]) -> usize {
    let run = bytes.iter().take_while(|byte| !byte.is_ascii()).count();
    match std::str::from_utf8(&bytes[..run]) {
        Ok(_) => run,
        Err(error) => error.valid_up_to(),
    }
}

/// How many bytes at the start are whole characters of GB18030 in two bytes, up to where UTF-8 of three bytes begins.
fn gb_run(bytes: &[u8]) -> usize {
    let mut at = 0;
    while let [lead @ 0x81..=0xFE, trail, ..] = &bytes[at..] {
        let is_pair = matches!(trail, 0x40..=0x7E | 0x80..=0xFE);
        let begins_utf8 = at > 0 && *lead >= 0xE0 && {
            let valid = valid_utf8(&bytes[at..]);
            valid >= 6 && valid.is_multiple_of(3)
        };
        // A letter behind a stray byte is that letter.
        let is_stray = trail.is_ascii() && at == 0 && bytes.get(2).is_none_or(u8::is_ascii);
        if !is_pair || begins_utf8 || is_stray {
            break;
        }
        at += 2;
    }
    at
}

/// `bytes` as text, whatever they are.
pub(super) fn text(bytes: &[u8], prefers_utf8: bool) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => Cow::Owned(decode(bytes, prefers_utf8, usize::MAX).0),
    }
}

/// Where in `bytes` the place `offset` of their text lies.
pub(super) fn raw_offset(bytes: &[u8], offset: usize, prefers_utf8: bool) -> usize {
    if std::str::from_utf8(bytes).is_ok() {
        return offset.min(bytes.len());
    }
    decode(bytes, prefers_utf8, offset).1
}

/// Decodes until the text has `most` bytes; also says how many bytes that took.
fn decode(bytes: &[u8], prefers_utf8: bool, most: usize) -> (String, usize) {
    let mut out = String::with_capacity(bytes.len().min(most));
    let mut at = 0;
    while at < bytes.len() && out.len() < most {
        if bytes[at].is_ascii() {
            out.push(char::from(bytes[at]));
            at += 1;
            continue;
        }
        let (kind, length) = next_run(&bytes[at..], prefers_utf8);
        let step = match kind {
            Kind::Utf8 => char_length(bytes[at]).min(length),
            Kind::Gb => 2,
            Kind::Other => 1,
        };
        // A run stays what it is, and is taken character by character, so that a place can be found in it.
        let end = at + length;
        let mut step_at = at;
        while step_at < end && out.len() < most {
            let step = if kind == Kind::Utf8 { char_length(bytes[step_at]) } else { step };
            let piece = &bytes[step_at..(step_at + step).min(end)];
            match kind {
                Kind::Utf8 => out.push_str(&String::from_utf8_lossy(piece)),
                Kind::Gb => out.push_str(&GB18030.decode_without_bom_handling(piece).0),
                Kind::Other => out.push(char::from(piece[0])),
            }
            step_at += step;
        }
        at = step_at.min(bytes.len());
    }
    (out, at)
}

const fn char_length(lead: u8) -> usize {
    match lead {
        0xF0.. => 4,
        0xE0.. => 3,
        0xC0.. => 2,
        _ => 1,
    }
}

/// `text` as the bytes that it has in GBK; `None` when it has none.
pub(super) fn in_gbk(text: &str) -> Option<Vec<u8>> {
    let (bytes, _, is_lossy) = GB18030.encode(text);
    (!is_lossy).then(|| bytes.into_owned())
}

/// Takes the bytes of a file and gives them back without the mark at its start, UTF-16 turned into UTF-8.
#[derive(Debug, Default)]
pub(super) struct Unfolder {
    /// The first bytes, until they tell.
    start: Vec<u8>,
    mode: Mode,
}

#[derive(Default)]
enum Mode {
    #[default]
    Undecided,
    AsItIs,
    Wide(Encoding, Box<Decoder>),
}

impl std::fmt::Debug for Mode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Undecided => "Undecided",
            Self::AsItIs => "AsItIs",
            Self::Wide(..) => "Wide",
        })
    }
}

impl Unfolder {
    /// Takes bytes from the middle of a file in `encoding`, or from its beginning with the mark left in.
    pub(super) fn within(encoding: Encoding) -> Self {
        let wide = |decoder: Decoder| Mode::Wide(encoding, Box::new(decoder));
        let mode = match encoding {
            Encoding::Utf16Le => wide(UTF_16LE.new_decoder_without_bom_handling()),
            Encoding::Utf16Be => wide(UTF_16BE.new_decoder_without_bom_handling()),
            _ => Mode::AsItIs,
        };
        Self { start: Vec::new(), mode }
    }

    /// Appends to `out` what `bytes` add to the text.
    pub(super) fn push(&mut self, bytes: &[u8], out: &mut Vec<u8>) {
        match &mut self.mode {
            Mode::AsItIs => out.extend_from_slice(bytes),
            Mode::Wide(_, decoder) => widen(decoder, bytes, out, false),
            Mode::Undecided => {
                self.start.extend_from_slice(bytes);
                if self.start.len() >= TELLING {
                    self.decide(out);
                }
            }
        }
    }

    /// Nothing more comes.
    pub(super) fn finish(&mut self, out: &mut Vec<u8>) {
        if matches!(self.mode, Mode::Undecided) {
            self.decide(out);
        }
        if let Mode::Wide(_, decoder) = &mut self.mode {
            widen(decoder, &[], out, true);
        }
    }

    /// Whether bytes are given back as they are.
    pub(super) const fn is_plain(&self) -> bool {
        matches!(self.mode, Mode::AsItIs)
    }

    /// UTF-16, when the file is that.
    pub(super) const fn wide(&self) -> Option<Encoding> {
        match &self.mode {
            Mode::Wide(encoding, _) => Some(*encoding),
            _ => None,
        }
    }

    fn decide(&mut self, out: &mut Vec<u8>) {
        let start = std::mem::take(&mut self.start);
        self.mode = match wide_encoding(&start) {
            Some(Encoding::Utf16Le) => Mode::Wide(Encoding::Utf16Le, Box::new(UTF_16LE.new_decoder_with_bom_removal())),
            Some(_) => Mode::Wide(Encoding::Utf16Be, Box::new(UTF_16BE.new_decoder_with_bom_removal())),
            None => Mode::AsItIs,
        };
        self.push(start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&start), out);
    }
}

fn widen(decoder: &mut Decoder, mut bytes: &[u8], out: &mut Vec<u8>, is_last: bool) {
    let mut text = String::with_capacity(WIDE_STEP);
    loop {
        text.clear();
        let (result, read, _) = decoder.decode_to_string(bytes, &mut text, is_last);
        out.extend_from_slice(text.as_bytes());
        bytes = &bytes[read..];
        if result == CoderResult::InputEmpty {
            return;
        }
    }
}

/// Whether a file that begins with `start` is UTF-16: by its mark, or since every other byte is 0.
fn wide_encoding(start: &[u8]) -> Option<Encoding> {
    match start {
        [0xFF, 0xFE, ..] => return Some(Encoding::Utf16Le),
        [0xFE, 0xFF, ..] => return Some(Encoding::Utf16Be),
        _ => {}
    }
    let zeros = |parity: usize| start.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
    let half = start.len() / 2;
    let (high, low) = (zeros(0), zeros(1));
    if half < 2 || high.max(low) * 10 < half * 4 || high.min(low) * 20 > half {
        return None;
    }
    Some(if low > high { Encoding::Utf16Le } else { Encoding::Utf16Be })
}

/// So many bytes tell whether a file is UTF-16.
const TELLING: usize = 512;
/// Room for one step of decoding, in bytes.
const WIDE_STEP: usize = 16 * 1_024;

#[cfg(test)]
mod tests {
    use super::*;

    fn gbk(text: &str) -> Vec<u8> {
        in_gbk(text).expect("it has signs of GBK only")
    }

    #[test]
    fn lines_of_every_encoding_are_read() {
        assert_eq!(text("发→◇AT".as_bytes(), true), "发→◇AT");
        assert_eq!(text(&gbk("[10:02:11.318]发→◇AT+CSQ"), true), "[10:02:11.318]发→◇AT+CSQ");
        assert_eq!(text(&gbk("[10:02:11.318]收←◆"), false), "[10:02:11.318]收←◆");
        let mixed = [gbk("收←◆+MSUB: \"t\",6 byte,"), "温度".as_bytes().to_vec()].concat();
        assert_eq!(text(&mixed, false), "收←◆+MSUB: \"t\",6 byte,温度");
        let glued = [gbk("收←◆"), "温度计".as_bytes().to_vec()].concat();
        assert_eq!(text(&glued, false), "收←◆温度计");
        assert_eq!(text(b"temp 21\xB0C", true), "temp 21\u{B0}C");
    }

    #[test]
    fn places_in_the_text_are_places_in_the_bytes() {
        let bytes = gbk("发→◇AT");
        let shown = text(&bytes, true).into_owned();
        let at = shown.find("AT").expect("it is there");
        assert_eq!(&bytes[raw_offset(&bytes, at, true)..], b"AT");
    }

    #[test]
    fn encodings_are_named() {
        let of = |parts: &[&[u8]]| {
            let mut runs = Runs::default();
            for part in parts {
                runs.note(part);
            }
            runs.encoding().name()
        };
        assert_eq!(of(&[b"OK"]), "ascii");
        assert_eq!(of(&["收←◆".as_bytes()]), "utf-8");
        assert_eq!(of(&[&gbk("收←◆")]), "gb18030");
        assert_eq!(of(&[&gbk("收←◆"), "温度".as_bytes()]), "mixed");
    }

    #[test]
    fn wide_text_is_unfolded_with_and_without_a_mark_and_however_it_is_cut() {
        let words = "AT+CSQ\r\n+CSQ: 24,0 温度\r\nOK\r\n".repeat(40);
        for (mark, encoding) in [(true, Encoding::Utf16Le), (false, Encoding::Utf16Le), (true, Encoding::Utf16Be)] {
            let to_bytes =
                |unit: u16| if encoding == Encoding::Utf16Le { unit.to_le_bytes() } else { unit.to_be_bytes() };
            let start = if mark { "\u{FEFF}" } else { "" };
            let bytes: Vec<u8> = start.encode_utf16().chain(words.encode_utf16()).flat_map(to_bytes).collect();
            for cut in [1, 7, 4_096] {
                let (mut unfolder, mut out) = (Unfolder::default(), Vec::new());
                bytes.chunks(cut).for_each(|piece| unfolder.push(piece, &mut out));
                unfolder.finish(&mut out);
                assert_eq!((out.as_slice(), unfolder.wide()), (words.as_bytes(), Some(encoding)));
            }
        }
    }
}
