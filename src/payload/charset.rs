//! In which characters a payload is written: told for each message by itself, never for a session.
//!
//! MQTT says nothing about it. A guess is only a guess: the details show which one was made and let it be changed.

use encoding_rs::{DecoderResult, GBK};

use super::tokens::push_bytes;

/// A way to read bytes as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Charset {
    /// UTF-8.
    Utf8,
    /// GBK, which many Chinese meters and displays still speak.
    Gbk,
    /// No text: every byte beyond printable ASCII stands as a token.
    Binary,
}

impl Charset {
    /// All of them in the order of the switch.
    pub const ALL: [Self; 3] = [Self::Utf8, Self::Gbk, Self::Binary];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Gbk => "GBK",
            Self::Binary => "binary",
        }
    }

    /// What `payload` looks like, judged by its first 16 KiB.
    pub fn of(payload: &[u8]) -> Self {
        let head = &payload[..payload.len().min(JUDGED_BYTES)];
        Self::of_head(head, head.len() < payload.len())
    }

    /// What the beginning of a payload looks like; when `is_cut`, it may end within a character.
    pub fn of_head(head: &[u8], is_cut: bool) -> Self {
        if has_odd_controls(head) {
            return Self::Binary;
        }
        match std::str::from_utf8(head) {
            Ok(_) => Self::Utf8,
            Err(error) if is_cut && error.error_len().is_none() => Self::Utf8,
            Err(_) if is_probably_gbk(head, is_cut) => Self::Gbk,
            Err(_) => Self::Binary,
        }
    }

    /// `bytes` with everything that is no plain character as a token; a character cut at the end is left out when
    /// `is_cut`.
    pub fn visible(self, bytes: &[u8], is_cut: bool, mut push: impl FnMut(&mut String, char)) -> String {
        let mut text = String::with_capacity(bytes.len());
        match self {
            Self::Utf8 => {
                let mut chunks = bytes.utf8_chunks().peekable();
                while let Some(chunk) = chunks.next() {
                    chunk.valid().chars().for_each(|c| push(&mut text, c));
                    if chunks.peek().is_some() || !is_cut {
                        push_bytes(&mut text, chunk.invalid());
                    }
                }
            }
            Self::Gbk => decode_gbk(bytes, is_cut, |piece| match piece {
                Piece::Text(piece) => piece.chars().for_each(|c| push(&mut text, c)),
                Piece::Bad(bytes) => push_bytes(&mut text, bytes),
            }),
            Self::Binary => {
                for byte in bytes {
                    if matches!(byte, b' '..=b'~') {
                        text.push(char::from(*byte));
                    } else {
                        push_bytes(&mut text, &[*byte]);
                    }
                }
            }
        }
        text
    }

    /// `payload` as text, or `None` when it is none.
    pub fn text(self, payload: &[u8]) -> Option<String> {
        match self {
            Self::Utf8 => std::str::from_utf8(payload).ok().map(str::to_owned),
            Self::Gbk => {
                let (text, is_broken) = GBK.decode_without_bom_handling(payload);
                (!is_broken).then(|| text.into_owned())
            }
            Self::Binary => None,
        }
    }
}

/// `text` in GBK, or the place (from 1) of the first character that GBK does not have.
pub fn to_gbk(text: &str) -> Result<Vec<u8>, usize> {
    let (bytes, _, is_broken) = GBK.encode(text);
    if !is_broken {
        return Ok(bytes.into_owned());
    }
    let lacks = |c: char| GBK.encode(c.encode_utf8(&mut [0; 4])).2;
    Err(text.chars().position(lacks).map_or(1, |place| place + 1))
}

enum Piece<'a> {
    Text(&'a str),
    Bad(&'a [u8]),
}

/// Decodes GBK piece by piece, so that bad bytes stay visible as bytes.
fn decode_gbk(bytes: &[u8], is_cut: bool, mut take: impl FnMut(Piece<'_>)) {
    let mut decoder = GBK.new_decoder_without_bom_handling();
    let mut rest = bytes;
    let mut buffer = String::with_capacity(DECODED_BYTES);
    let mut read_before = 0;
    loop {
        buffer.clear();
        let (result, read) = decoder.decode_to_string_without_replacement(rest, &mut buffer, !is_cut);
        take(Piece::Text(&buffer));
        read_before += read;
        rest = &rest[read..];
        match result {
            DecoderResult::InputEmpty => return,
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(bad, after) => {
                let end = read_before - usize::from(after);
                take(Piece::Bad(&bytes[end.saturating_sub(usize::from(bad))..end]));
            }
        }
    }
}

/// Control characters that no text of people has: a payload with NUL, or with many others, is no text.
fn has_odd_controls(head: &[u8]) -> bool {
    let odd = head.iter().filter(|byte| matches!(byte, 0..=8 | 0x0B..=0x1F | 0x7F)).count();
    head.contains(&0) || odd * 4 > head.len()
}

/// Whether `head` is GBK for sure as text goes: it decodes, and at least half of what lies beyond ASCII are the
/// characters of GB 2312, which all but rare words are written with.
fn is_probably_gbk(head: &[u8], is_cut: bool) -> bool {
    let (mut pairs, mut common, mut rest) = (0_usize, 0_usize, head);
    while let [first, after @ ..] = rest {
        if first.is_ascii() {
            if matches!(first, 0..=8 | 0x0B..=0x0C | 0x0E..=0x1F | 0x7F) {
                return false;
            }
            rest = after;
            continue;
        }
        let [second, after @ ..] = after else { break };
        pairs += 1;
        common += usize::from(matches!((first, second), (0xA1..=0xA3 | 0xB0..=0xF7, 0xA1..=0xFE)));
        rest = after;
    }
    let mut is_sound = true;
    decode_gbk(head, is_cut, |piece| is_sound &= matches!(piece, Piece::Text(_)));
    is_sound && pairs > 0 && common * 2 >= pairs
}

/// How much of a payload a guess looks at.
const JUDGED_BYTES: usize = 16 * 1024;
const DECODED_BYTES: usize = 4 * 1024;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{super::tokens::push_visible as plain, *};

    fn gbk(text: &str) -> Vec<u8> {
        to_gbk(text).expect("characters of GBK")
    }

    #[test]
    fn each_message_is_told_by_itself() {
        let table: [(&[u8], Charset); 9] = [
            (b"", Charset::Utf8),
            (b"21.5", Charset::Utf8),
            ("温度 21.5 °C".as_bytes(), Charset::Utf8),
            (&gbk("温度 21.5，湿度 60%"), Charset::Gbk),
            (&gbk("开"), Charset::Gbk),
            (&[0x01, 0xA4, 0xFF, 0x00], Charset::Binary),
            (&[0x81, 0x40, 0x82, 0x51, 0x90, 0x7E], Charset::Binary),
            (&[0xFF, 0xFE], Charset::Binary),
            (b"log \x1b[31mred\x1b[0m and the rest of the line", Charset::Utf8),
        ];
        for (payload, expected) in table {
            assert_eq!(Charset::of(payload), expected, "{payload:02X?}");
        }
    }

    #[test]
    fn a_head_cut_within_a_character_is_still_text() {
        let utf8 = "温度".as_bytes();
        assert_eq!(Charset::of_head(&utf8[..4], true), Charset::Utf8);
        assert_eq!(Charset::Utf8.visible(&utf8[..4], true, plain), "温");
        let chinese = gbk("温度");
        assert_eq!(Charset::of_head(&chinese[..3], true), Charset::Gbk);
        assert_eq!(Charset::Gbk.visible(&chinese[..3], true, plain), "温");
    }

    #[test]
    fn bad_bytes_stay_visible_in_every_charset() {
        assert_eq!(Charset::Gbk.visible(&[0xCE, 0xC2, 0xFF, b'a'], false, plain), "温<FF>a");
        assert_eq!(Charset::Utf8.visible(&[0xCE, 0xC2, b'a'], false, plain), "<CE><C2>a");
        assert_eq!(Charset::Binary.visible("温a\n".as_bytes(), false, plain), "<E6><B8><A9>a<0A>");
        assert_eq!(Charset::Gbk.visible(b"\x1b\xCE\xC2", false, plain), "<1B>温");
    }

    #[test]
    fn what_gbk_lacks_is_found_by_its_place() {
        assert_eq!(to_gbk("温度"), Ok(vec![0xCE, 0xC2, 0xB6, 0xC8]));
        assert_eq!(to_gbk("ok 🙂"), Err(4));
    }

    proptest! {
        #[test]
        fn nothing_panics_and_no_control_character_passes(payload in prop::collection::vec(any::<u8>(), 0..300)) {
            let told = Charset::of(&payload);
            for charset in Charset::ALL {
                let text = charset.visible(&payload, false, plain);
                prop_assert!(!text.chars().any(char::is_control), "{:?} {:?}", told, text);
            }
        }

        #[test]
        fn gbk_comes_back(text in "[a-z0-9 温度开关告警正常]{0,40}") {
            prop_assert_eq!(Charset::Gbk.text(&gbk(&text)), Some(text));
        }
    }
}
