//! How the text of a file is laid out: encoding, line ends, sizes, what stands around the PEM blocks.

/// How characters are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// One byte a character (or no text at all).
    Bytes,
    /// UTF-8 with a byte order mark: three bytes more than the text.
    Utf8Mark,
    /// UTF-16, lower byte first.
    Utf16Le,
    /// UTF-16, higher byte first.
    Utf16Be,
}

/// The line ends of a text, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LineEnds {
    /// LF alone.
    pub lf: usize,
    /// CR LF.
    pub crlf: usize,
    /// CR alone.
    pub cr: usize,
    /// The two characters `\` and `n` in place of a line end.
    pub literal: usize,
}

impl LineEnds {
    /// Counts the line ends of `text`.
    pub fn of(text: &[u8]) -> Self {
        let count = |pattern: &[u8]| text.windows(pattern.len()).filter(|window| *window == pattern).count();
        let crlf = count(b"\r\n");
        Self { lf: count(b"\n") - crlf, crlf, cr: count(b"\r") - crlf, literal: count(b"\\n") }
    }
}

/// Bytes outside the PEM blocks, blank lines aside.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stray {
    /// In front of the first block; the dump of a certificate that some tools print, for example.
    pub before: usize,
    /// Behind the last block; a pasted AT command, for example.
    pub after: usize,
    /// Between blocks.
    pub between: usize,
}

impl Stray {
    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.before + self.after + self.between == 0
    }
}

/// Encoding and line ends of a file.
pub fn layout(bytes: &[u8]) -> (Encoding, LineEnds) {
    (encoding(bytes), LineEnds::of(&text(bytes)))
}

/// The text of a file without its byte order mark: UTF-16 as UTF-8, anything else as it is.
pub(super) fn text(bytes: &[u8]) -> Vec<u8> {
    match encoding(bytes) {
        Encoding::Bytes => bytes.to_vec(),
        Encoding::Utf8Mark => bytes[3..].to_vec(),
        Encoding::Utf16Le => narrow(bytes, u16::from_le_bytes),
        Encoding::Utf16Be => narrow(bytes, u16::from_be_bytes),
    }
}

fn encoding(bytes: &[u8]) -> Encoding {
    match bytes {
        [0xEF, 0xBB, 0xBF, ..] => Encoding::Utf8Mark,
        [0xFF, 0xFE, ..] => Encoding::Utf16Le,
        [0xFE, 0xFF, ..] => Encoding::Utf16Be,
        _ => unmarked(bytes),
    }
}

/// UTF-16 without its mark: every second byte of the first pairs is zero.
fn unmarked(bytes: &[u8]) -> Encoding {
    const PAIRS: usize = 16;
    let pairs = || bytes.chunks_exact(2).take(PAIRS);
    let count = pairs().count();
    let is_half = |zeros: usize| count >= 2 && zeros * 4 >= count * 3;
    let (low, high) = (pairs().filter(|pair| pair[0] == 0).count(), pairs().filter(|pair| pair[1] == 0).count());
    match (is_half(high) && low == 0, is_half(low) && high == 0) {
        (true, _) => Encoding::Utf16Le,
        (_, true) => Encoding::Utf16Be,
        _ => Encoding::Bytes,
    }
}

fn narrow(bytes: &[u8], unit: impl Fn([u8; 2]) -> u16) -> Vec<u8> {
    const MARK: char = '\u{FEFF}';
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    let characters = char::decode_utf16(units).map(|one| one.unwrap_or(char::REPLACEMENT_CHARACTER));
    characters.filter(|one| *one != MARK).collect::<String>().into_bytes()
}
