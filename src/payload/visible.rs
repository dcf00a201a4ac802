//! Text of the wire made harmless: nothing is acted upon, nothing hides.
//!
//! Control characters, marks that turn the writing direction, invisible characters and bytes that are no text stand as
//! visible tokens such as `<1A>` or `<U+202E>`.

use super::{Charset, tokens::push_visible};

/// The beginning of `payload` on one line, at most `chars` characters and then `…`, read as `charset` or as what it
/// looks like.
pub fn preview(payload: &[u8], charset: Option<Charset>, chars: usize) -> String {
    let head = &payload[..payload.len().min(chars.saturating_mul(4))];
    let is_cut = head.len() < payload.len();
    head_line(head, is_cut, charset, chars)
}

/// The same for a `head` of which the rest is gone.
pub fn head_line(head: &[u8], is_cut: bool, charset: Option<Charset>, chars: usize) -> String {
    let charset = charset.unwrap_or_else(|| Charset::of_head(head, is_cut));
    shortened(charset.visible(head, is_cut, push_visible), is_cut, chars)
}

/// Text of the wire (a topic, a name) with visible tokens, on one line.
pub fn visible_line(text: &str) -> String {
    Charset::Utf8.visible(text.as_bytes(), false, push_visible)
}

/// The beginning of `text` on one line with visible tokens, at most `chars` characters and then `…`.
pub(super) fn short_line(text: &str, chars: usize) -> String {
    match text.char_indices().nth(chars) {
        Some((end, _)) => shortened(visible_line(&text[..end]), true, chars),
        None => shortened(visible_line(text), false, chars),
    }
}

/// `payload` over as many lines as it has, each line end also as its token.
pub(super) fn visible_text(payload: &[u8], is_cut: bool, charset: Charset) -> String {
    charset.visible(payload, is_cut, |text, c| {
        push_visible(text, c);
        if c == '\n' {
            text.push('\n');
        }
    })
}

fn shortened(text: String, is_cut: bool, chars: usize) -> String {
    match text.char_indices().nth(chars) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None if is_cut => text + "…",
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
            assert_eq!(visible_text(payload, false, Charset::Utf8), expected);
        }
    }

    #[test]
    fn a_preview_is_one_short_line() {
        assert_eq!(preview(b"one\ntwo", None, 80), "one<0A>two");
        assert_eq!(preview("温度温度".as_bytes(), None, 3), "温度温…");
        assert_eq!(preview(&[b'x'; 9_000], None, 5), "xxxxx…");
        assert_eq!(preview(b"", None, 5), "");
        assert_eq!(preview(&[0xCE, 0xC2, 0xB6, 0xC8], None, 5), "温度");
        assert_eq!(preview(&[0xCE, 0xC2, 0xB6, 0xC8], Some(Charset::Binary), 80), "<CE><C2><B6><C8>");
        assert_eq!(short_line("a\u{202E}b", 2), "a<…");
    }
}
