//! Command lines made of plain and secret parts, and bytes made visible for people.
//!
//! A secret leaves this file only inside the bytes for the wire; every text form is masked.

use std::{
    borrow::Cow,
    fmt::{self, Write as _},
    ops::Range,
};

use zeroize::Zeroizing;

/// One command line, wiped when it is dropped. `Debug` and `Display` show the masked form.
#[derive(Clone, PartialEq, Eq)]
pub struct CommandLine {
    parts: Vec<Part>,
    has_argument: bool,
}

#[derive(Clone, PartialEq, Eq)]
struct Part {
    text: Zeroizing<String>,
    is_secret: bool,
}

impl CommandLine {
    /// A line that begins (or is) `text`.
    pub fn new(text: impl Into<String>) -> Self {
        Self { parts: vec![Part { text: Zeroizing::new(text.into()), is_secret: false }], has_argument: false }
    }

    /// Adds text as it is.
    #[must_use]
    pub fn plain(mut self, text: impl Into<String>) -> Self {
        self.parts.push(Part { text: Zeroizing::new(text.into()), is_secret: false });
        self
    }

    /// Adds text that only the wire may see.
    #[must_use]
    pub fn secret(mut self, text: impl Into<String>) -> Self {
        self.parts.push(Part { text: Zeroizing::new(text.into()), is_secret: true });
        self
    }

    /// Adds an argument as it is, after a comma when it is not the first.
    #[must_use]
    pub fn arg(self, value: impl fmt::Display) -> Self {
        self.separated().plain(value.to_string())
    }

    /// Adds an argument between double quotes. The caller has made sure that `value` holds none itself.
    #[must_use]
    pub fn quoted(self, value: &str) -> Self {
        self.separated().plain(format!("\"{value}\""))
    }

    /// Adds a secret argument between double quotes; the quotes are no secret.
    #[must_use]
    pub fn quoted_secret(self, value: &str) -> Self {
        self.separated().plain("\"").secret(value).plain("\"")
    }

    /// Adds a secret argument without quotes.
    #[must_use]
    pub fn secret_arg(self, value: &str) -> Self {
        self.separated().secret(value)
    }

    fn separated(mut self) -> Self {
        if self.has_argument {
            self = self.plain(",");
        }
        self.has_argument = true;
        self
    }

    /// The bytes for the wire, carriage return included (reference, section 1).
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = self.text_bytes();
        bytes.push(b'\r');
        bytes
    }

    /// Where in [`bytes`](Self::bytes) the secrets are.
    pub fn secret_ranges(&self) -> Vec<Range<usize>> {
        let mut at = 0;
        let mut ranges = Vec::new();
        for part in &self.parts {
            let range = at..at + part.text.len();
            at = range.end;
            if part.is_secret && !range.is_empty() {
                ranges.push(range);
            }
        }
        ranges
    }

    /// The line for people: secrets masked (an empty one is none), control characters visible.
    pub fn masked(&self) -> String {
        let shown = |part: &Part| {
            if part.is_secret && !part.text.is_empty() { MASK.to_owned() } else { shortened(&part.text) }
        };
        self.parts.iter().map(shown).collect()
    }

    /// Whether `line` is the modem's echo of this line.
    pub fn is_echoed_by(&self, line: &[u8]) -> bool {
        let text = self.text_bytes();
        !text.is_empty() && line.trim_ascii_end() == text.trim_ascii_end()
    }

    /// Whether `line` is the modem's echo of this line with one byte lost, turned or doubled on the way.
    pub fn is_echoed_damaged_by(&self, line: &[u8]) -> bool {
        let text = self.text_bytes();
        let (text, line) = (text.trim_ascii_end(), line.trim_ascii_end());
        if text.len().abs_diff(line.len()) > 1 || text.len() < SHORTEST_DAMAGED {
            return false;
        }
        differs_in_one_place(text, line)
    }

    /// `shown` with this line's secrets masked, should a damaged echo hold them.
    ///
    /// Secrets of fewer than four bytes are only masked behind the command's own name: anywhere else they would
    /// hit ordinary digits.
    pub fn veil(&self, shown: String) -> String {
        if !self.parts.iter().any(|part| part.is_secret && !part.text.is_empty()) {
            return shown;
        }
        let name = self.parts[0].text.as_str();
        if let Some(at) = find_ignoring_case(&shown, name) {
            return format!("{}{MASK}", &shown[..at + name.len()]);
        }
        self.parts.iter().filter(|part| part.is_secret && part.text.len() >= 4).fold(shown, |shown, part| {
            let secret = visible(part.text.as_bytes());
            shown.replace(secret.as_ref(), MASK)
        })
    }

    fn text_bytes(&self) -> Vec<u8> {
        self.parts.iter().flat_map(|part| part.text.bytes()).collect()
    }
}

/// `text` for people; the same byte again and again is only counted.
fn shortened(text: &str) -> String {
    let bytes = text.as_bytes();
    match bytes.first() {
        Some(first) if bytes.len() > LONGEST_RUN && bytes.iter().all(|byte| byte == first) => {
            format!("{}×{}", visible(&bytes[..1]), bytes.len())
        }
        _ => visible(bytes).into_owned(),
    }
}

/// A longer run of one byte says no more than its length.
const LONGEST_RUN: usize = 64;

/// Whether `line` is `word` with one byte lost, doubled or turned on the way, or two turned; not `word` itself.
pub fn is_damaged(word: &[u8], line: &[u8]) -> bool {
    let line = line.trim_ascii_end();
    if word == line || word.len().abs_diff(line.len()) > 1 || line.is_empty() {
        return false;
    }
    if word.len() < SHORTEST_DAMAGED {
        // Of a word of two bytes one must be left, and the other one that no line of a modem holds.
        return line.len() == word.len()
            && word.iter().zip(line).any(|(one, other)| one == other)
            && line.iter().any(|byte| !matches!(byte, b' '..=b'~'));
    }
    let turned = word.iter().zip(line).filter(|(one, other)| one != other).count();
    differs_in_one_place(word, line) || (word.len() == line.len() && word.len() >= 6 && turned <= 2)
}

/// Whether all bytes but one at one place are the same.
fn differs_in_one_place(text: &[u8], line: &[u8]) -> bool {
    let same = |(one, other): &(&u8, &u8)| one == other;
    let from_start = text.iter().zip(line).take_while(same).count();
    let from_end = text.iter().rev().zip(line.iter().rev()).take_while(same).count();
    from_start + from_end + 1 >= text.len().max(line.len())
}

/// A shorter line differs from too many others by one byte.
const SHORTEST_DAMAGED: usize = 3;

impl fmt::Display for CommandLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

impl fmt::Debug for CommandLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CommandLine({:?})", self.masked())
    }
}

/// Bytes as text for people: what is not UTF-8, and every character that would act or not be seen, stands as a
/// token such as `<1A>` or `<U+202E>`.
pub fn visible(bytes: &[u8]) -> Cow<'_, str> {
    // Without a way out in the middle the compiler takes many bytes at once.
    let is_plain = bytes.iter().fold(true, |is_plain, byte| is_plain & matches!(byte, b' '..=b'~'));
    if let Ok(text) = std::str::from_utf8(bytes)
        && (is_plain || !text.chars().any(is_hidden))
    {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(bytes.len() + 16);
    for chunk in bytes.utf8_chunks() {
        for character in chunk.valid().chars() {
            push_visible(&mut shown, character);
        }
        for byte in chunk.invalid() {
            push_token(&mut shown, format_args!("<{byte:02X}>"));
        }
    }
    Cow::Owned(shown)
}

fn push_visible(shown: &mut String, character: char) {
    let number = u32::from(character);
    match character {
        '\0'..='\x1f' | '\x7f' => push_token(shown, format_args!("<{number:02X}>")),
        hidden if is_hidden(hidden) => push_token(shown, format_args!("<U+{number:04X}>")),
        seen => shown.push(seen),
    }
}

/// Writing to a `String` cannot fail.
fn push_token(shown: &mut String, token: fmt::Arguments<'_>) {
    let _ = shown.write_fmt(token);
}

/// Control characters, direction overrides and characters without width.
pub fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Where `needle` begins in `text`, not minding the case of ASCII letters.
pub fn find_ignoring_case(text: &str, needle: &str) -> Option<usize> {
    let wanted = needle.as_bytes();
    if wanted.is_empty() {
        return None;
    }
    text.as_bytes().windows(wanted.len()).position(|window| window.eq_ignore_ascii_case(wanted))
}

/// What the lines that pass one after the other stand in: whoever masks them keeps it from line to line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Within {
    /// Nothing that goes over more than a line.
    #[default]
    Nothing,
    /// The text of a private key, from its first line on.
    Key,
    /// The text of a certificate, which everybody may see.
    Certificate,
    /// Lines that look like those of a key whose first line has not been seen.
    KeyLines,
}

/// What stands for a secret.
pub const MASK: &str = "***";

#[cfg(test)]
mod tests {
    use super::*;

    fn login() -> CommandLine {
        CommandLine::new("AT+MCONFIG=").quoted("unit-7").quoted("user").quoted_secret("s3cret\u{e9}")
    }

    #[test]
    fn only_the_wire_sees_a_secret() {
        let line = login();
        let bytes = line.bytes();
        assert_eq!(bytes, "AT+MCONFIG=\"unit-7\",\"user\",\"s3cret\u{e9}\"\r".as_bytes());
        assert_eq!(line.masked(), r#"AT+MCONFIG="unit-7","user","***""#);
        assert_eq!(format!("{line:?}"), r#"CommandLine("AT+MCONFIG=\"unit-7\",\"user\",\"***\"")"#);
        let ranges = line.secret_ranges();
        assert_eq!(ranges.len(), 1);
        assert_eq!(&bytes[ranges[0].clone()], "s3cret\u{e9}".as_bytes());
    }

    #[test]
    fn an_echo_is_known_with_its_secret_and_shown_without() {
        let line = login();
        assert!(line.is_echoed_by("AT+MCONFIG=\"unit-7\",\"user\",\"s3cret\u{e9}\"".as_bytes()));
        assert!(!line.is_echoed_by(b"AT+MCONFIG=\"unit-7\",\"user\",\"other\""));
        assert!(!line.is_echoed_by(b""));
    }

    #[test]
    fn a_damaged_echo_shows_no_secret() {
        let line = login();
        assert_eq!(line.veil("?at+mconfig=\"unit-7\",\"us".into()), "?at+mconfig=***");
        assert_eq!(line.veil("er\",\"s3cret\u{e9}\"".into()), "er\",\"***\"");
        assert_eq!(line.veil("+CSQ: 20,99".into()), "+CSQ: 20,99");
    }

    #[test]
    fn bytes_that_act_become_tokens() {
        let table: [(&[u8], &str); 6] = [
            (b"plain", "plain"),
            ("温度 21°".as_bytes(), "温度 21°"),
            (b"a\x1ab\0c\x7f", "a<1A>b<00>c<7F>"),
            (b"\xff\xfeOK", "<FF><FE>OK"),
            ("x\u{202e}y\u{feff}".as_bytes(), "x<U+202E>y<U+FEFF>"),
            (b"\x1b[31mred", "<1B>[31mred"),
        ];
        for (bytes, shown) in table {
            assert_eq!(visible(bytes), shown);
        }
    }
}
