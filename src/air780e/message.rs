//! The report of an arriving message, `+MSUB` (reference, section 11.7).
//!
//! ```text
//! +MSUB: "mqtt/pub",20 byte,data from tcp server␍␊
//! └──────── head ──────────┘└── 20 raw bytes ───┘
//! ```
//! The blank after the colon, the quotes and the word `byte` may each be missing. In cached mode only a slot is
//! told: `+MSUB: 0`.

use std::ops::Range;

use memchr::memchr2;

use crate::at::framer::Head;

/// The head of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportHead {
    /// Topic bytes as printed, without quotes.
    pub topic: Vec<u8>,
    /// Announced length of the payload in bytes.
    pub announced: usize,
    /// Length of the head itself, up to the first payload byte.
    pub length: usize,
}

/// Recognises the head of a report for the framer.
pub fn recognise(bytes: &[u8]) -> Head {
    // Most lines end here; of no byte at all nothing is decided yet.
    if bytes.first().is_some_and(|first| *first != PREFIX[0]) {
        return Head::Not;
    }
    let shown = &bytes[..bytes.len().min(PREFIX.len())];
    if !PREFIX.starts_with(shown) {
        return Head::Not;
    }
    if let Some(head) = measure(bytes) {
        return Head::Counted { head: head.length, body: head.announced };
    }
    let is_over = bytes.iter().any(|byte| matches!(byte, b'\r' | b'\n')) || bytes.len() >= HEAD_BYTES;
    if is_over { Head::Not } else { Head::Incomplete }
}

/// Reads a complete head from the start of `bytes`; `None` when there is none (yet).
pub fn parse_head(bytes: &[u8]) -> Option<ReportHead> {
    let Measured { topic, announced, length } = measure(bytes)?;
    Some(ReportHead { topic: bytes.get(topic)?.to_vec(), announced, length })
}

/// A head by its places.
struct Measured {
    topic: Range<usize>,
    announced: usize,
    length: usize,
}

fn measure(bytes: &[u8]) -> Option<Measured> {
    let body = bytes.strip_prefix(PREFIX)?;
    let body = &body[..body.len().min(HEAD_BYTES - PREFIX.len())];
    let body = &body[..memchr2(b'\r', b'\n', body).unwrap_or(body.len())];
    let blanks = body.iter().take_while(|byte| **byte == b' ').count();
    let rest = &body[blanks..];
    let (quote, closing) = if rest.first() == Some(&b'"') { (1, 1) } else { (0, 0) };
    let commas = rest.iter().enumerate().filter(|(_, byte)| **byte == b',').map(|(at, _)| at);
    for comma in commas {
        let Some(topic) = comma.checked_sub(quote + closing) else { continue };
        if closing == 1 && (comma < 2 || rest[comma - 1] != b'"') {
            continue;
        }
        if let Some((announced, taken)) = parse_length(&rest[comma + 1..]) {
            let from = PREFIX.len() + blanks;
            let topic = from + quote..from + quote + topic;
            return Some(Measured { topic, announced, length: from + comma + 1 + taken });
        }
    }
    None
}

/// Reads `20 byte,`, `20byte,` or `20,`: the number, and how many bytes it took up to the comma.
fn parse_length(bytes: &[u8]) -> Option<(usize, usize)> {
    let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if digits == 0 || digits > 6 {
        return None;
    }
    let number: usize = std::str::from_utf8(&bytes[..digits]).ok()?.parse().ok()?;
    let mut rest = &bytes[digits..];
    rest = rest.trim_ascii_start();
    for word in [b"bytes".as_slice(), b"byte".as_slice()] {
        if let Some(after) = rest.strip_prefix(word) {
            rest = after.trim_ascii_start();
            break;
        }
    }
    let rest = rest.strip_prefix(b",")?;
    (number <= PAYLOAD_BYTES).then_some((number, bytes.len() - rest.len()))
}

/// The slot of the short form `+MSUB: 0` (cached mode).
pub fn parse_slot(line: &str) -> Option<u8> {
    let slot = line.strip_prefix("+MSUB:")?.trim();
    match slot.as_bytes() {
        [digit @ b'0'..=b'9'] => Some(digit - b'0'),
        _ => None,
    }
}

/// How every report begins.
const PREFIX: &[u8] = b"+MSUB:";
/// Longest head that is waited for: prefix, a topic of at most 256 bytes (some leeway), length.
const HEAD_BYTES: usize = 1_024;
/// Longest payload believed: far above every limit of the family, far below what would fill memory.
const PAYLOAD_BYTES: usize = 65_536;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_variant_of_the_head() {
        let table: [(&str, Option<(&str, usize)>); 13] = [
            ("+MSUB: \"mqtt/pub\",20 byte,data", Some(("mqtt/pub", 20))),
            ("+MSUB:\"mqtt/pub\",20 byte,data", Some(("mqtt/pub", 20))),
            ("+MSUB: mqtt/pub,20 byte,data", Some(("mqtt/pub", 20))),
            ("+MSUB: \"t\",20byte,data", Some(("t", 20))),
            ("+MSUB: \"t\",20,data", Some(("t", 20))),
            ("+MSUB: t,0 byte,", Some(("t", 0))),
            ("+MSUB: \"a,b\",3 byte,xyz", Some(("a,b", 3))),
            ("+MSUB: a,b,3 byte,xyz", Some(("a,b", 3))),
            ("+MSUB: \"a,5,b\",3 byte,xyz", Some(("a,5,b", 3))),
            ("+MSUB: \"温度\",3 byte,xyz", Some(("温度", 3))),
            ("+MSUB: 0", None),
            ("+MSUB: \"t\",9999999 byte,", None),
            ("+MSUB: \"t\",20 byt", None),
        ];
        for (text, expected) in table {
            let head = parse_head(text.as_bytes());
            let read = head.as_ref().map(|head| (std::str::from_utf8(&head.topic).expect("UTF-8"), head.announced));
            assert_eq!(read, expected, "{text}");
        }
        assert_eq!(parse_head(b"+MSUB: \"t\",4 byte,1234").map(|head| head.length), Some(18));
    }

    #[test]
    fn a_beginning_is_waited_for_and_a_line_end_ends_the_wait() {
        for text in ["", "+", "+MSUB", "+MSUB: \"t", "+MSUB: \"t\",4", "+MSUB: \"t\",4 byte"] {
            assert_eq!(recognise(text.as_bytes()), Head::Incomplete, "{text}");
        }
        for text in ["+MSUB: 0\r", "+MSUX", "OK", "+CSQ: 1,2\r\n"] {
            assert_eq!(recognise(text.as_bytes()), Head::Not, "{text}");
        }
        let long = [b"+MSUB: \"".to_vec(), vec![b'x'; 2_000]].concat();
        assert_eq!(recognise(&long), Head::Not);
    }

    #[test]
    fn the_short_form_names_a_slot() {
        assert_eq!(parse_slot("+MSUB: 0"), Some(0));
        assert_eq!(parse_slot("+MSUB:3"), Some(3));
        assert_eq!(parse_slot("+MSUB: 12"), None);
        assert_eq!(parse_slot("+MSUB: \"t\",1 byte,x"), None);
    }
}
