//! A text as a person sees it: what only looks like a dash, a blank or a quote becomes one, and what programs write for a
//! character (`\n`, `%0A`, `&#10;`, `<br>`) becomes that character. Each one remembers where it stands in the file.

use std::{collections::BTreeSet, ops::Range};

use zeroize::Zeroize;

use super::dress::Dress;

/// The characters, all of them ASCII; others are [`NOISE`].
pub(super) struct Seen {
    pub(super) text: Vec<u8>,
    /// Where each stands in the file's text; one more, the end.
    at: Vec<usize>,
    pub(super) dress: BTreeSet<Dress>,
}

/// A key may stand in it.
impl Drop for Seen {
    fn drop(&mut self) {
        self.text.zeroize();
    }
}

/// What is no character of PEM and nothing that stands for one.
pub(super) const NOISE: u8 = 0x80;

impl Seen {
    /// Sees `text`.
    pub(super) fn of(text: &[u8]) -> Self {
        let mut seen = Self::looked_at(text);
        for _ in 0..MOST_LAYERS {
            match seen.unwrapped() {
                Some(next) => seen = next,
                None => break,
            }
        }
        seen
    }

    /// The place in the file of these characters.
    pub(super) fn place(&self, characters: &Range<usize>) -> Range<usize> {
        self.at[characters.start]..self.at[characters.end]
    }

    const fn empty(dress: BTreeSet<Dress>) -> Self {
        Self { text: Vec::new(), at: Vec::new(), dress }
    }

    fn push(&mut self, character: u8, at: usize) {
        self.text.push(character);
        self.at.push(at);
    }

    fn looked_at(text: &[u8]) -> Self {
        let mut seen = Self::empty(BTreeSet::new());
        let mut at = 0;
        for chunk in text.utf8_chunks() {
            for character in chunk.valid().chars() {
                match look(character) {
                    Look::Itself(byte) => seen.push(byte, at),
                    Look::Like(byte, dress) => {
                        seen.push(byte, at);
                        seen.dress.insert(dress);
                    }
                    Look::Nothing => drop(seen.dress.insert(Dress::Lookalikes)),
                }
                at += character.len_utf8();
            }
            let bytes = chunk.invalid();
            for (number, byte) in bytes.iter().enumerate() {
                seen.push(old_dash(*byte, text.get(at + number + 1)), at + number);
            }
            at += bytes.len();
        }
        seen.at.push(text.len());
        seen
    }

    /// With one layer of written-out characters read; `None` when there is none.
    fn unwrapped(&self) -> Option<Self> {
        let mut next = Self::empty(self.dress.clone());
        let (mut at, mut changed) = (0, false);
        while at < self.text.len() {
            let Some((length, character, dress)) = written_out(&self.text[at..]) else {
                next.push(self.text[at], self.at[at]);
                at += 1;
                continue;
            };
            changed = true;
            next.dress.insert(dress);
            if let Some(character) = character {
                next.push(character, self.at[at]);
            }
            at += length;
        }
        next.at.push(*self.at.last().unwrap_or(&0));
        changed.then_some(next)
    }
}

enum Look {
    Itself(u8),
    Like(u8, Dress),
    Nothing,
}

fn look(character: char) -> Look {
    match character {
        '\0' | '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' => {
            Look::Nothing
        }
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2500}' | '\u{2501}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}' => {
            Look::Like(b'-', Dress::Dashes)
        }
        '\u{A0}' | '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}' => {
            Look::Like(b' ', Dress::Lookalikes)
        }
        '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{B}' | '\u{C}' => Look::Like(b'\n', Dress::Lookalikes),
        '“' | '”' | '„' | '«' | '»' => Look::Like(b'"', Dress::Strings),
        '‘' | '’' | '‚' => Look::Like(b'\'', Dress::Strings),
        '\u{FF01}'..='\u{FF5E}' => {
            let plain = u32::from(character) - 0xFEE0;
            Look::Like(u8::try_from(plain).unwrap_or(NOISE), Dress::Lookalikes)
        }
        _ if character.is_ascii() => Look::Itself(u8::try_from(character).unwrap_or(NOISE)),
        _ => Look::Itself(NOISE),
    }
}

/// A dash in Windows-1252, or the first byte of one in GBK.
fn old_dash(byte: u8, next: Option<&u8>) -> u8 {
    match (byte, next) {
        (0x96 | 0x97, _) | (0xA1, Some(0xAA)) => b'-',
        (0xA0, _) => b' ',
        _ => NOISE,
    }
}

/// A character that is written out at the start of `text`: how long, which one (`None`: nothing), in which dress.
fn written_out(text: &[u8]) -> Option<(usize, Option<u8>, Dress)> {
    match text {
        [b'\\', rest @ ..] => Some(escape(rest)).map(|(length, byte)| (length + 1, byte, Dress::Escapes)),
        [b'`', b'n' | b'r', ..] => Some((2, Some(b'\n'), Dress::Escapes)),
        [b'%', high, low, ..] => {
            let byte = hex(*high)? << 4 | hex(*low)?;
            is_plain(byte).then_some((3, Some(byte), Dress::Percent))
        }
        [b'&', rest @ ..] => entity(rest).map(|(length, byte)| (length + 1, Some(byte), Dress::Markup)),
        [b'<', rest @ ..] => tag(rest).map(|length| (length + 1, Some(b' '), Dress::Markup)),
        _ => None,
    }
}

/// What follows a backslash: any number of them, then a letter, a number or the end of a line.
fn escape(text: &[u8]) -> (usize, Option<u8>) {
    let more = text.iter().take_while(|byte| **byte == b'\\').count();
    let (length, byte) = match &text[more..] {
        [b't', ..] => (1, Some(b' ')),
        [b'\r', b'\n', ..] => (2, Some(b'\n')),
        [b'n' | b'r' | b'\r' | b'\n', ..] => (1, Some(b'\n')),
        [b'u' | b'U', digits @ ..] => numbered(digits, 4, 16).map_or((0, None), |byte| (5, Some(byte))),
        [b'x' | b'X', digits @ ..] => numbered(digits, 2, 16).map_or((0, None), |byte| (3, Some(byte))),
        [b'0', digits @ ..] => numbered(digits, 2, 8).map_or((0, None), |byte| (3, Some(byte))),
        _ => (0, None),
    };
    (more + length, byte)
}

fn numbered(digits: &[u8], count: usize, radix: u32) -> Option<u8> {
    let text = std::str::from_utf8(digits.get(..count)?).ok()?;
    u8::from_str_radix(text, radix).ok().filter(|byte| is_plain(*byte))
}

fn entity(text: &[u8]) -> Option<(usize, u8)> {
    let end = text.iter().take(LONGEST_ENTITY).position(|byte| *byte == b';')?;
    let name = std::str::from_utf8(&text[..end]).ok()?;
    let byte = match name {
        "amp" => b'&',
        "lt" => b'<',
        "gt" => b'>',
        "quot" => b'"',
        "apos" => b'\'',
        "nbsp" | "Tab" => b' ',
        "NewLine" => b'\n',
        "plus" => b'+',
        "sol" => b'/',
        "equals" => b'=',
        "dash" | "hyphen" | "ndash" | "mdash" => b'-',
        _ => {
            let number = name.strip_prefix('#')?;
            let hex = number.strip_prefix(['x', 'X']);
            let value = hex.map_or_else(|| number.parse().ok(), |digits| u32::from_str_radix(digits, 16).ok())?;
            match look(char::from_u32(value)?) {
                Look::Itself(byte) | Look::Like(byte, _) => byte,
                Look::Nothing => b' ',
            }
        }
    };
    Some((end + 1, byte))
}

/// A tag of HTML or XML; `>` alone is a mail's quote.
fn tag(text: &[u8]) -> Option<usize> {
    let end = text.iter().take(LONGEST_TAG).position(|byte| *byte == b'>')?;
    let inner = text[..end].strip_prefix(b"/").unwrap_or(&text[..end]);
    let is_tag =
        inner.first().is_some_and(u8::is_ascii_alphabetic) && !inner.contains(&b'<') && !inner.contains(&b'\n');
    is_tag.then_some(end + 1)
}

const fn is_plain(byte: u8) -> bool {
    byte.is_ascii_graphic() || matches!(byte, b' ' | b'\n' | b'\r' | b'\t')
}

pub(super) fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

/// JSON in JSON in a mail; more does not occur.
const MOST_LAYERS: usize = 4;
const LONGEST_ENTITY: usize = 10;
const LONGEST_TAG: usize = 200;

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(text: &str) -> String {
        String::from_utf8(Seen::of(text.as_bytes()).text.clone()).expect("ASCII")
    }

    #[test]
    fn what_is_written_out_is_read() {
        let table = [
            ("a\\nb", "a\nb"),
            ("a\\\\nb\\\\\\\\nc", "a\nb\nc"),
            ("MII\\/b\\u002bc\\x2Bd", "MII/b+c+d"),
            ("MII%2Bb%0Ac", "MII+b\nc"),
            ("a&#43;b&#x2F;c&amp;#61;&quot;", "a+b/c=\""),
            ("a<br/>b</p>c", "a b c"),
            ("> a < b", "> a < b"),
            ("a\\\nb", "a\nb"),
            ("——-BEGIN―", "---BEGIN-"),
            ("ＭＩＩ\u{200b}x", "MIIx"),
            ("a`nb", "a\nb"),
        ];
        for (text, expected) in table {
            assert_eq!(seen(text), expected, "{text}");
        }
    }

    #[test]
    fn each_character_knows_its_place() {
        let text = "é—a\\nb".as_bytes();
        let seen = Seen::of(text);
        assert_eq!(seen.text, [NOISE, b'-', b'a', b'\n', b'b']);
        assert_eq!(seen.place(&(2..3)), 5..6);
        assert_eq!(seen.place(&(4..5)), 8..9);
        assert_eq!(seen.place(&(5..5)), text.len()..text.len());
    }
}
