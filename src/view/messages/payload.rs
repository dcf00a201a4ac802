//! A payload as text for people: plain, indented JSON, hex, base64.
//!
//! Nothing in a payload is ever acted upon: control characters, marks that turn the writing direction, invisible
//! characters and bytes that are no UTF-8 stand as visible tokens such as `<1A>` or `<U+202E>`.

use std::fmt::Write as _;

use serde::de::IgnoredAny;

/// A way to look at a payload.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum PayloadForm {
    /// UTF-8 text with visible tokens.
    #[default]
    Text,
    /// Indented JSON.
    Json,
    /// Offset, bytes, characters.
    Hex,
    /// Base64 of RFC 4648.
    Base64,
}

impl PayloadForm {
    /// All forms in the order of their tabs.
    pub const ALL: [Self; 4] = [Self::Text, Self::Json, Self::Hex, Self::Base64];
}

/// A payload in one form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rendered {
    /// The whole of it, or its beginning.
    Shown {
        /// What to show.
        text: String,
        /// Bytes of the payload that were left out at the end.
        left_out: usize,
    },
    /// The payload is not JSON.
    NotJson(JsonPlace),
}

/// Where a text stops being JSON; both from 1, or 0 when it never began.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JsonPlace {
    /// Line.
    pub line: usize,
    /// Column, in bytes.
    pub column: usize,
}

impl JsonPlace {
    pub(super) fn of(error: &serde_json::Error) -> Self {
        Self { line: error.line(), column: error.column() }
    }
}

/// Shows `payload` in `form`, at most 64 KiB of it.
pub(super) fn render(payload: &[u8], form: PayloadForm) -> Rendered {
    let shown = &payload[..payload.len().min(SHOWN_BYTES)];
    let left_out = payload.len() - shown.len();
    let text = match form {
        PayloadForm::Text => visible(shown, LineEnds::Break),
        PayloadForm::Json => match json(payload) {
            Ok(text) => return Rendered::Shown { text, left_out: 0 },
            Err(why) => return Rendered::NotJson(why),
        },
        PayloadForm::Hex => hex_dump(shown),
        PayloadForm::Base64 => base64(shown),
    };
    Rendered::Shown { text, left_out }
}

/// The beginning of `payload` on one line, at most `chars` characters and then `…`.
pub(super) fn preview(payload: &[u8], chars: usize) -> String {
    let head = &payload[..payload.len().min(chars.saturating_mul(4))];
    let text = visible(head, LineEnds::Token);
    match text.char_indices().nth(chars) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None if head.len() < payload.len() => text + "…",
        None => text,
    }
}

/// Text of the wire (a topic, a name) with visible tokens, on one line.
pub(in crate::view) fn visible_line(text: &str) -> String {
    visible(text.as_bytes(), LineEnds::Token)
}

/// Base64 of RFC 4648, with padding.
pub(super) fn base64(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let bits = (0..3).fold(0_u32, |bits, place| bits << 8 | u32::from(group.get(place).copied().unwrap_or(0)));
        for place in 0..4 {
            let digit = bits >> (18 - 6 * place) & 0x3F;
            text.push(if place <= group.len() { char::from(BASE64[digit as usize]) } else { '=' });
        }
    }
    text
}

/// What becomes of line ends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum LineEnds {
    /// The token, then a new line.
    Break,
    /// Only the token.
    Token,
}

fn visible(bytes: &[u8], line_ends: LineEnds) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            push_visible(&mut text, c);
            if c == '\n' && line_ends == LineEnds::Break {
                text.push('\n');
            }
        }
        push_bytes(&mut text, chunk.invalid());
    }
    text
}

fn push_visible(text: &mut String, c: char) {
    let code = u32::from(c);
    // Writing to a string cannot fail.
    let _ = match code {
        0..=0x1F | 0x7F => write!(text, "<{code:02X}>"),
        _ if is_hidden(c) => write!(text, "<U+{code:04X}>"),
        _ => {
            text.push(c);
            Ok(())
        }
    };
}

fn push_bytes(text: &mut String, bytes: &[u8]) {
    for byte in bytes {
        let _ = write!(text, "<{byte:02X}>");
    }
}

/// Characters that take no place, or turn the direction of those around them.
fn is_hidden(c: char) -> bool {
    matches!(u32::from(c),
        0x80..=0x9F | 0xAD | 0x034F | 0x061C | 0x115F..=0x1160 | 0x17B4..=0x17B5 | 0x180B..=0x180F
        | 0x200B..=0x200F | 0x2028..=0x202E | 0x2060..=0x206F | 0x3164 | 0xFE00..=0xFE0F | 0xFEFF | 0xFFA0
        | 0xFFF0..=0xFFFB | 0xE0000..=0xE0FFF)
}

fn hex_dump(bytes: &[u8]) -> String {
    let mut text = String::new();
    for (row, line) in bytes.chunks(HEX_WIDTH).enumerate() {
        let _ = write!(text, "{:04X}  ", row * HEX_WIDTH);
        for place in 0..HEX_WIDTH {
            let _ = match line.get(place) {
                Some(byte) => write!(text, "{byte:02X} "),
                None => write!(text, "   "),
            };
        }
        text.push(' ');
        text.extend(line.iter().map(|byte| if matches!(byte, b' '..=b'~') { char::from(*byte) } else { '.' }));
        text.push('\n');
    }
    text.pop();
    text
}

/// Indents JSON without touching any value: numbers, order and repeated keys stay as they came.
fn json(payload: &[u8]) -> Result<String, JsonPlace> {
    serde_json::from_slice::<IgnoredAny>(payload).map_err(|error| JsonPlace::of(&error))?;
    let source =
        std::str::from_utf8(payload).map_err(|error| JsonPlace { line: 1, column: error.valid_up_to() + 1 })?;
    let mut writer = JsonWriter::default();
    let mut rest = source.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '"' => writer.string(&mut rest),
            '{' | '[' => {
                while rest.next_if(char::is_ascii_whitespace).is_some() {}
                let closing = rest.next_if(|c| matches!(c, '}' | ']'));
                writer.open(c, closing);
            }
            '}' | ']' => writer.close(c),
            ',' => writer.comma(),
            ':' => writer.out.push_str(": "),
            c if c.is_ascii_whitespace() => {}
            c => push_visible(&mut writer.out, c),
        }
    }
    Ok(writer.out)
}

/// Text with as much indentation as brackets are open.
#[derive(Default)]
struct JsonWriter {
    out: String,
    depth: usize,
}

impl JsonWriter {
    fn string(&mut self, rest: &mut impl Iterator<Item = char>) {
        self.out.push('"');
        let mut is_escaped = false;
        for c in rest {
            push_visible(&mut self.out, c);
            match c {
                '"' if !is_escaped => return,
                '\\' => is_escaped = !is_escaped,
                _ => is_escaped = false,
            }
        }
    }

    fn open(&mut self, bracket: char, closing: Option<char>) {
        self.out.push(bracket);
        if let Some(closing) = closing {
            self.out.push(closing);
        } else {
            self.depth += 1;
            self.new_line();
        }
    }

    fn close(&mut self, bracket: char) {
        self.depth = self.depth.saturating_sub(1);
        self.new_line();
        self.out.push(bracket);
    }

    fn comma(&mut self) {
        self.out.push(',');
        self.new_line();
    }

    fn new_line(&mut self) {
        self.out.push('\n');
        self.out.extend(std::iter::repeat_n("  ", self.depth));
    }
}

/// Most bytes of a payload that the details show as text, hex or base64.
const SHOWN_BYTES: usize = 64 * 1024;
/// Narrow enough for the details beside the list.
const HEX_WIDTH: usize = 8;
const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn text_of(payload: &[u8], form: PayloadForm) -> String {
        match render(payload, form) {
            Rendered::Shown { text, .. } => text,
            Rendered::NotJson(why) => panic!("not JSON: {why:?}"),
        }
    }

    #[test]
    fn hostile_characters_become_tokens() {
        let table: [(&[u8], &str); 7] = [
            (b"a\x1a\x1b[2J\x07", "a<1A><1B>[2J<07>"),
            ("left\u{202E}right".as_bytes(), "left<U+202E>right"),
            ("a\u{200B}b\u{FEFF}".as_bytes(), "a<U+200B>b<U+FEFF>"),
            (b"\xFF\xFEok", "<FF><FE>ok"),
            ("温度 21 °C".as_bytes(), "温度 21 °C"),
            (b"one\r\ntwo", "one<0D><0A>\ntwo"),
            (b"\x7f\xC2\x85", "<7F><U+0085>"),
        ];
        for (payload, expected) in table {
            assert_eq!(text_of(payload, PayloadForm::Text), expected);
        }
    }

    #[test]
    fn a_preview_is_one_short_line() {
        assert_eq!(preview(b"one\ntwo", 80), "one<0A>two");
        assert_eq!(preview("温度温度".as_bytes(), 3), "温度温…");
        assert_eq!(preview(&[b'x'; 9_000], 5), "xxxxx…");
        assert_eq!(preview(b"", 5), "");
    }

    #[test]
    fn json_is_indented_and_nothing_else() {
        let source = br#"{"big":12345678901234567890.10,"a":[],"b":[1,{"c":"x\"{,}"}],"a":{ }}"#;
        let expected = "{\n  \"big\": 12345678901234567890.10,\n  \"a\": [],\n  \"b\": [\n    1,\n    {\n      \"c\": \
                        \"x\\\"{,}\"\n    }\n  ],\n  \"a\": {}\n}";
        assert_eq!(text_of(source, PayloadForm::Json), expected);
        assert!(matches!(render(b"21.5 degrees", PayloadForm::Json), Rendered::NotJson(_)));
        assert!(matches!(render(&[b'['; 5_000], PayloadForm::Json), Rendered::NotJson(_)));
    }

    #[test]
    fn hex_shows_offset_bytes_and_characters() {
        let text = text_of(b"01234567\x00Z", PayloadForm::Hex);
        let lines: Vec<_> = text.lines().collect();
        assert_eq!(lines[0], "0000  30 31 32 33 34 35 36 37  01234567");
        assert_eq!(lines[1], "0008  00 5A                    .Z");
    }

    #[test]
    fn base64_follows_the_vectors_of_rfc_4648() {
        for (bytes, expected) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            assert_eq!(base64(bytes.as_bytes()), expected);
        }
    }

    #[test]
    fn what_is_left_out_is_counted() {
        let long = vec![b'x'; SHOWN_BYTES + 7];
        assert!(matches!(render(&long, PayloadForm::Hex), Rendered::Shown { left_out: 7, .. }));
    }

    proptest! {
        #[test]
        fn no_payload_brings_a_control_character_to_the_screen(payload in prop::collection::vec(any::<u8>(), 0..300)) {
            for form in PayloadForm::ALL {
                if let Rendered::Shown { text, .. } = render(&payload, form) {
                    prop_assert!(!text.chars().any(|c| c != '\n' && (c.is_control() || is_hidden(c))));
                }
            }
            prop_assert!(!preview(&payload, 40).chars().any(char::is_control));
        }

        #[test]
        fn indented_json_means_the_same(depth in 0_usize..4, text in "[ -~温\n\"\\\\]{0,20}") {
            let mut value = serde_json::json!({ "text": text, "list": [1, 2.5, null, true, {}, []] });
            for _ in 0..depth {
                value = serde_json::json!([value, {"inner": value}]);
            }
            let Rendered::Shown { text, .. } = render(value.to_string().as_bytes(), PayloadForm::Json) else {
                return Err(TestCaseError::fail("not JSON"));
            };
            let back: serde_json::Value = serde_json::from_str(&text).expect("JSON");
            prop_assert_eq!(back, value);
        }
    }
}
