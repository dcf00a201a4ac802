//! Bytes that stand in a text in another form: as hex digits, as a quoted literal with escapes, with signs for control
//! characters.

/// The bytes of pairs of hex digits: `0D 0A 4F 4B`, `0x0D,0x0A`, `0d0a` (with `may_touch`). `None` when anything else stands there.
pub(super) fn hex(text: &str, may_touch: bool) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut words = 0;
    for word in text.split([' ', ',', '\t', '-', '\u{A0}']).filter(|word| !word.is_empty()) {
        let digits = word.strip_prefix("0x").or_else(|| word.strip_prefix("0X")).unwrap_or(word);
        let is_pair = digits.len() == 2 || (may_touch && digits.len() % 2 == 0);
        if !is_pair || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        words += 1;
        for at in (0..digits.len()).step_by(2) {
            bytes.push(u8::from_str_radix(&digits[at..at + 2], 16).ok()?);
        }
    }
    (words > 0).then_some(bytes)
}

/// Whether `bytes` are text as it passes on an AT line.
pub(super) fn is_text(bytes: &[u8]) -> bool {
    let odd =
        bytes.iter().filter(|byte| byte.is_ascii_control() && !matches!(byte, b'\r' | b'\n' | b'\t' | 0x1A)).count();
    !bytes.is_empty() && odd * 8 <= bytes.len()
}

/// The bytes of a literal that `text` begins with, and what follows it: `b'\r\nOK\r\n'`, `"AT\r"`, `'AT<CR>'`.
pub(super) fn quoted(text: &str) -> Option<(Vec<u8>, &str)> {
    let inner = ["b", "B", "bytearray(b", "br", "u"]
        .iter()
        .find_map(|start| text.strip_prefix(start).filter(|rest| rest.starts_with(['\'', '"'])));
    let is_bytes = inner.is_some();
    let inner = inner.unwrap_or(text);
    let quote = inner.chars().next().filter(|c| matches!(c, '\'' | '"' | '`'))?;
    let mut end = None;
    let mut is_escaped = false;
    let body = &inner[1..];
    for (at, c) in body.char_indices() {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            // A text may hold its own quotes: the last one ends it, unless it is a literal of a language.
            c if c == quote => {
                end = Some(at);
                if is_bytes {
                    break;
                }
            }
            _ => {}
        }
    }
    let end = end?;
    let rest = body[end + 1..].trim_start_matches(')');
    Some((unquoted(&body[..end]), rest))
}

/// The bytes between the quotes of a literal.
fn unquoted(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let escape = rest.strip_prefix('\\').and_then(|after| Some((after.chars().next()?, after)));
        let (byte, after) = match escape {
            Some((sign @ ('\\' | '\'' | '"'), after)) => (u8::try_from(u32::from(sign)).ok(), &after[1..]),
            Some(('0'..='7', after)) => {
                let count = after.bytes().take(3).take_while(|byte| matches!(byte, b'0'..=b'7')).count();
                (u8::from_str_radix(&after[..count], 8).ok(), &after[count..])
            }
            _ => match sign(rest) {
                Some((byte, after)) => (Some(byte), after),
                None => (None, rest),
            },
        };
        if let Some(byte) = byte {
            out.push(byte);
            rest = after;
        } else {
            out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
            rest = &rest[c.len_utf8()..];
        }
    }
    out
}

/// The bytes of `text`, its escapes and signs for control characters replaced.
pub(super) fn escaped(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if let Some((byte, after)) = sign(rest) {
            out.push(byte);
            rest = after;
            continue;
        }
        out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
        rest = &rest[c.len_utf8()..];
    }
    out
}

/// Whether `text` holds a line end as a sign: then line breaks of the file are none of the data.
pub(super) fn has_signs(text: &str) -> bool {
    SIGNS.iter().any(|(sign, byte)| matches!(byte, b'\r' | b'\n') && text.contains(sign))
}

/// Whether `text` ends with a sign of a line end, perhaps within quotes.
pub(super) fn ends_in_sign(text: &str) -> bool {
    let text = text.trim_end();
    let inner = text.strip_suffix(['\'', '"', '`']).filter(|inner| inner.contains(['\'', '"', '`'])).unwrap_or(text);
    let is_sign = |end: &(&str, u8)| matches!(end.1, b'\r' | b'\n') && inner.ends_with(end.0);
    SIGNS.iter().any(is_sign) || inner.ends_with(['␍', '␊'])
}

/// The byte of the sign that `text` begins with.
fn sign(text: &str) -> Option<(u8, &str)> {
    if let Some((sign, byte)) = SIGNS.iter().find(|(sign, _)| text.starts_with(sign)) {
        return Some((*byte, &text[sign.len()..]));
    }
    if let Some(digits) = text.strip_prefix("\\x").and_then(|rest| rest.get(..2)) {
        return Some((u8::from_str_radix(digits, 16).ok()?, &text[4..]));
    }
    if let Some(digits) =
        text.strip_prefix('<').and_then(|rest| rest.get(..2)).filter(|_| text.as_bytes().get(3) == Some(&b'>'))
    {
        let byte = u8::from_str_radix(digits, 16).ok().filter(|byte| !(b' '..=b'~').contains(byte));
        return byte.map(|byte| (byte, &text[4..]));
    }
    let picture = text.chars().next().filter(|c| ('\u{2400}'..='\u{2421}').contains(c))?;
    let byte = if picture == '\u{2421}' { 0x7F } else { u8::try_from(u32::from(picture) - 0x2400).ok()? };
    Some((byte, &text[picture.len_utf8()..]))
}

/// Signs for bytes, the longest first where one begins another.
const SIGNS: [(&str, u8); 12] = [
    ("\\r", b'\r'),
    ("\\n", b'\n'),
    ("\\t", b'\t'),
    ("<CR>", b'\r'),
    ("<LF>", b'\n'),
    ("<cr>", b'\r'),
    ("<lf>", b'\n'),
    ("[CR]", b'\r'),
    ("[LF]", b'\n'),
    ("{CR}", b'\r'),
    ("{LF}", b'\n'),
    ("<SUB>", 0x1A),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hex_in_its_forms() {
        assert_eq!(hex("0D 0A 4F 4B 0D 0A ", false), Some(b"\r\nOK\r\n".to_vec()));
        assert_eq!(hex("0x41,0x54", false), Some(b"AT".to_vec()));
        assert_eq!(hex("41540d", true), Some(b"AT\r".to_vec()));
        for text in ["", "OK", "41 5", "41 54 xx", "4154"] {
            assert_eq!(hex(text, false), None, "{text}");
        }
    }

    #[test]
    fn literals_are_read_with_their_escapes() {
        assert_eq!(quoted("b'\\r\\nOK\\r\\n'"), Some((b"\r\nOK\r\n".to_vec(), "")));
        assert_eq!(quoted("b'AT+X=\"a\"\\r' (12 bytes)"), Some((b"AT+X=\"a\"\r".to_vec(), " (12 bytes)")));
        assert_eq!(quoted("'<CR><LF>+CSQ: 24,0<CR><LF>'"), Some((b"\r\n+CSQ: 24,0\r\n".to_vec(), "")));
        assert_eq!(quoted("b'\\xe6\\xb8\\xa9'"), Some(("温".as_bytes().to_vec(), "")));
        assert_eq!(quoted("OK"), None);
        assert_eq!(escaped("OK␍␊"), b"OK\r\n");
        assert_eq!(escaped("<1A>a<b>"), b"\x1Aa<b>");
        assert!(ends_in_sign("'OK\\r'") && ends_in_sign("OK<CR><LF>") && !ends_in_sign("\"p\"") && !ends_in_sign("OK"));
        assert!(has_signs("OK\\r\\n") && !has_signs("a\\b"));
    }
}
