//! What tools, terminals and web pages put around the bytes of a line: colours, corrections, entities, typographic signs.

use std::borrow::Cow;

use memchr::memchr3;

/// `bytes` without colours and other sequences of a terminal, without NUL, and with what was deleted again taken away.
pub(super) fn controls(bytes: &[u8]) -> Cow<'_, [u8]> {
    if memchr3(ESCAPE, 0, BACKSPACE, bytes).is_none() && memchr::memchr(DELETE, bytes).is_none() {
        return Cow::Borrowed(bytes);
    }
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let [first, after @ ..] = rest {
        rest = after;
        match *first {
            ESCAPE => rest = &after[sequence(after)..],
            0 | 7 => {}
            BACKSPACE | DELETE => {
                out.pop();
            }
            byte => out.push(byte),
        }
    }
    Cow::Owned(out)
}

/// How many bytes behind the escape belong to its sequence.
fn sequence(rest: &[u8]) -> usize {
    match rest {
        [b'[', parameters @ ..] => {
            let count = parameters.iter().take_while(|byte| matches!(byte, 0x20..=0x3F)).count();
            (1 + count + usize::from(parameters.get(count).is_some_and(|byte| matches!(byte, 0x40..=0x7E))))
                .min(rest.len())
        }
        [b']', text @ ..] => 1 + position(text, 7, LONGEST_TITLE).map_or(0, |end| end + 1),
        [b'(' | b')', _, ..] => 2,
        [0x40..=0x5F | b'7' | b'8' | b'=' | b'>', ..] => 1,
        _ => 0,
    }
}

/// Where the first `byte` stands among the first `most` of `bytes`.
fn position(bytes: &[u8], byte: u8, most: usize) -> Option<usize> {
    memchr::memchr(byte, &bytes[..bytes.len().min(most)])
}

/// What is left of a colour when its escape was lost on the way through a clipboard: `[0;32m`.
pub(super) fn bare_colours(text: &str) -> Cow<'_, str> {
    let mut shown = Cow::Borrowed(text);
    if let Some((length, _)) = colour(text) {
        shown = Cow::Owned(text[length..].to_owned());
    }
    for end in ["[0m", "[39m", "[m"] {
        if let Some(kept) = shown.strip_suffix(end) {
            shown = Cow::Owned(kept.to_owned());
        }
    }
    shown
}

fn colour(text: &str) -> Option<(usize, &str)> {
    let rest = text.strip_prefix('[')?;
    let count = rest.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b';').count();
    let is_colour = count > 0 && rest[count..].starts_with('m');
    is_colour.then(|| (count + 2, &rest[count + 1..]))
}

/// Whether `text` holds an entity of a web page.
pub(super) fn has_entities(text: &str) -> bool {
    ENTITIES.iter().any(|(entity, _)| text.contains(entity))
}

/// `text` with its entities replaced, and without tags.
pub(super) fn without_entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if let Some((entity, sign)) = ENTITIES.iter().find(|(entity, _)| rest.starts_with(entity)) {
            out.push_str(sign);
            rest = &rest[entity.len()..];
        } else if let Some(taken) = tag(rest) {
            rest = &rest[taken..];
        } else {
            out.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    out
}

fn tag(text: &str) -> Option<usize> {
    let name = text.strip_prefix('<')?;
    let name = name.strip_prefix('/').unwrap_or(name);
    let is_known = TAGS.iter().any(|tag| name.strip_prefix(tag).is_some_and(|rest| rest.starts_with(['>', ' ', '/'])));
    is_known.then(|| position(text.as_bytes(), b'>', LONGEST_TAG).map(|end| end + 1)).flatten()
}

/// Whether `text` holds a sign that only a word processor, a web page or a Chinese keyboard puts there.
pub(super) fn has_typography(text: &str) -> bool {
    text.chars().any(|c| is_unseen(c) || plain(c).is_some())
}

/// `text` with plain signs in the place of typographic ones.
pub(super) fn without_typography(text: &str) -> String {
    text.chars().filter(|c| !is_unseen(*c)).map(|c| plain(c).unwrap_or(c)).collect()
}

/// Whether nobody sees `c`.
const fn is_unseen(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200D}' | '\u{FEFF}' | '\u{2060}')
}

/// The plain sign in the place of `c`; `None` when `c` is none that is replaced.
fn plain(c: char) -> Option<char> {
    Some(match c {
        '“' | '”' | '„' | '‟' | '″' | '＂' => '"',
        '‘' | '’' | '′' => '\'',
        '，' => ',',
        '：' => ':',
        '？' => '?',
        '；' => ';',
        '\u{A0}' | '\u{3000}' | '\u{2002}' | '\u{2003}' | '\u{2009}' => ' ',
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0)?,
        _ => return None,
    })
}

/// A longer title of a window is none.
const LONGEST_TITLE: usize = 1_024;
/// A longer tag is none.
const LONGEST_TAG: usize = 1_024;
const ESCAPE: u8 = 0x1B;
const BACKSPACE: u8 = 8;
const DELETE: u8 = 0x7F;
const ENTITIES: [(&str, &str); 12] = [
    ("&quot;", "\""),
    ("&#34;", "\""),
    ("&#x22;", "\""),
    ("&#39;", "'"),
    ("&apos;", "'"),
    ("&gt;", ">"),
    ("&lt;", "<"),
    ("&amp;", "&"),
    ("&nbsp;", " "),
    ("&ldquo;", "\""),
    ("&rdquo;", "\""),
    ("&#43;", "+"),
];
const TAGS: [&str; 12] = ["p", "br", "span", "div", "pre", "code", "li", "td", "tr", "b", "font", "strong"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_corrections_and_nul_are_taken_away() {
        assert_eq!(&*controls(b"\x1b[0;32mI (12) at: OK\x1b[0m"), b"I (12) at: OK");
        assert_eq!(&*controls(b"AT+CSX\x08 \x08Q"), b"AT+CSQ");
        assert_eq!(&*controls(b"\0OK\0"), b"OK");
        assert_eq!(&*controls(b"\x1b]0;title\x07OK\x1b["), b"OK");
        assert_eq!(bare_colours("[0;32mI (12) at: OK[0m"), "I (12) at: OK");
        assert_eq!(bare_colours("[12:00:01.000]OK"), "[12:00:01.000]OK");
    }

    #[test]
    fn signs_of_web_pages_become_plain() {
        assert_eq!(without_entities("<p>AT+MSUB=&quot;a&quot;,0</p>"), "AT+MSUB=\"a\",0");
        assert_eq!(without_entities("&lt;- OK<br/>"), "<- OK");
        assert_eq!(without_typography("AT+MSUB=“a”，0\u{200B}"), "AT+MSUB=\"a\",0");
        assert_eq!(without_typography("ＡＴ＋ＣＳＱ"), "AT+CSQ");
        assert!(has_typography("“a”") && !has_typography("\"a\" 温度"));
    }
}
