//! Marks that say which way data went: words such as `TX:` and `收到`, and arrows, which tools use both ways round.

use super::{entry::Way, literal, words};

/// A mark and what it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    /// The way it tells.
    pub(super) way: Way,
    /// Bytes up to the data.
    pub(super) taken: usize,
    /// It is a word, with what sets it off from data.
    pub(super) is_word: bool,
}

/// The mark at the start of `text`: `TX: AT`, `[RECV] OK`, `>> AT`, `← OK`, `发送：AT`.
pub(super) fn read(text: &str) -> Option<Mark> {
    let blanks = text.len() - text.trim_start_matches([' ', '\t', '|']).len();
    let inner = &text[blanks..];
    let mark = word(inner).or_else(|| arrow(inner))?;
    Some(Mark { taken: blanks + mark.taken, ..mark })
}

/// The way that the words in front of data tell; the last one decides.
pub(super) fn within(prefix: &str) -> Option<Way> {
    let is_part = |c: char| !c.is_alphanumeric();
    let by_word = prefix.split(is_part).rev().find_map(way_of);
    by_word.or_else(|| {
        let tail = prefix.trim_end();
        ARROWS.iter().find(|(sign, _)| tail.ends_with(sign)).map(|(_, way)| *way)
    })
}

fn word(text: &str) -> Option<Mark> {
    let (open, close) = match text.chars().next()? {
        '[' => (1, Some(']')),
        '(' => (1, Some(')')),
        '<' => (1, Some('>')),
        '【' => ('【'.len_utf8(), Some('】')),
        '#' | '*' => (1, None),
        _ => (0, None),
    };
    let inner = text[open..].trim_start_matches(' ');
    let mut rest = inner;
    let mut way = None;
    // `AT TX`, `uart send`, `send cmd`: the words before and behind belong to the mark.
    for _ in 0..MOST_WORDS {
        let length = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        let word = &rest[..length];
        match way_of(word) {
            Some(told) => way = Some(told),
            None if BESIDE.iter().any(|beside| beside.eq_ignore_ascii_case(word)) => {}
            None => break,
        }
        rest = rest[length..].trim_start_matches([' ', '\t', '_', '-']);
        if !rest.starts_with(|c: char| c.is_alphabetic()) || rest.starts_with("AT") {
            break;
        }
    }
    let way = way?;
    let mut after = rest;
    after = counted(after);
    if let Some(close) = close {
        after = after.strip_prefix(close)?;
        after = counted(after);
    }
    let kept = after.trim_start_matches([':', '：', '>', '|', '│', '=', ' ', '\t']);
    let kept = kept.strip_prefix("->").or_else(|| kept.strip_prefix("<-")).unwrap_or(kept);
    let kept = kept.trim_start_matches(['→', '←', ' ', '│', '|']);
    // `[TX] - AT`
    let kept = kept.strip_prefix("- ").filter(|_| close.is_some()).unwrap_or(kept);
    // `SEND OK` is what a module says.
    let is_word = !words::is_word(inner.trim_end());
    let is_blank = inner[..inner.len() - rest.len()].ends_with([' ', '\t']) && is_word;
    let is_apart =
        close.is_some() || kept.len() < after.len() || after.is_empty() || rest.len() > after.len() || is_blank;
    // Words of a sentence are none: what follows is data, or nothing.
    let is_marked =
        after.starts_with([':', '：', '>', '|', '│', '=', '-', '<', '→', '←']) || close.is_some() || after.is_empty();
    (is_apart && (is_marked || is_data(kept))).then_some(Mark {
        way,
        taken: text.len() - kept.len(),
        is_word: is_marked,
    })
}

/// A count behind a mark: `(8 bytes)`, `[8]`, ` 8 bytes`.
fn counted(text: &str) -> &str {
    let shown = text.trim_start_matches([' ', ',']);
    let (inner, close) = match shown.chars().next() {
        Some('(') => (&shown[1..], Some(')')),
        Some('[') => (&shown[1..], Some(']')),
        Some('<') => (&shown[1..], Some('>')),
        _ => (shown, None),
    };
    let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 {
        return text;
    }
    let rest = inner[digits..].trim_start_matches(' ');
    let unit = ["bytes", "byte", "字节", "B"].iter().find_map(|unit| rest.strip_prefix(unit));
    match (close, unit) {
        (Some(close), unit) => unit.unwrap_or(rest).strip_prefix(close).unwrap_or(text),
        (None, Some(rest)) => rest,
        (None, None) => text,
    }
}

fn arrow(text: &str) -> Option<Mark> {
    let (sign, way) = ARROWS.iter().find(|(sign, _)| text.starts_with(sign))?;
    let mut rest = &text[sign.len()..];
    for word in ["(URC)", "（URC）", "[URC]"] {
        rest = rest.strip_prefix(word).unwrap_or(rest);
    }
    let body = rest.trim_start_matches([' ', '\t', ':', '|']);
    // A single sign is a prompt or a quotation, unless a command follows it or an answer.
    let is_single = matches!(*sign, ">" | "<");
    let is_told = !is_single || (rest.starts_with(' ') && is_data(body));
    is_told.then_some(Mark { way: *way, taken: text.len() - body.len(), is_word: false })
}

/// Whether `text` looks like data of an AT line.
pub(super) fn is_data(text: &str) -> bool {
    let text = text.trim();
    words::is_command(text)
        || words::is_reply(text)
        || literal::quoted(text).is_some()
        || literal::hex(text, false).is_some_and(|bytes| bytes.len() > 1 && literal::is_text(&bytes))
}

fn way_of(word: &str) -> Option<Way> {
    let is_one = |words: &[&str]| words.iter().any(|one| one.eq_ignore_ascii_case(word));
    if is_one(&SENT) {
        Some(Way::Sent)
    } else if is_one(&RECEIVED) {
        Some(Way::Received)
    } else {
        None
    }
}

const SENT: [&str; 22] = [
    "tx",
    "send",
    "sent",
    "sending",
    "snd",
    "write",
    "wrote",
    "out",
    "req",
    "request",
    "sendline",
    "transmit",
    "txd",
    "发送",
    "发",
    "已发送",
    "发送数据",
    "写",
    "上行",
    "发送命令",
    "发出",
    "下发",
];
const RECEIVED: [&str; 24] = [
    "rx",
    "recv",
    "receive",
    "received",
    "rcv",
    "rcvd",
    "read",
    "in",
    "resp",
    "response",
    "rsp",
    "reply",
    "recvline",
    "urc",
    "rxd",
    "got",
    "接收",
    "收到",
    "收",
    "接收数据",
    "读",
    "应答",
    "返回",
    "回复",
];
/// Words that stand beside a mark and tell nothing.
const BESIDE: [&str; 14] =
    ["at", "uart", "serial", "modem", "module", "data", "cmd", "command", "line", "gsm", "lte", "4g", "ascii", "mcu"];
const ARROWS: [(&str, Way); 18] = [
    (">>>", Way::Right),
    ("<<<", Way::Left),
    ("-->", Way::Right),
    ("<--", Way::Left),
    ("==>", Way::Right),
    ("<==", Way::Left),
    (">>", Way::Right),
    ("<<", Way::Left),
    ("->", Way::Right),
    ("<-", Way::Left),
    ("=>", Way::Right),
    ("<=", Way::Left),
    ("→", Way::Right),
    ("←", Way::Left),
    ("⇒", Way::Right),
    ("⇐", Way::Left),
    (">", Way::Right),
    ("<", Way::Left),
];
const MOST_WORDS: usize = 4;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_many_kinds() {
        let shown = |text| read(text).map(|mark| (mark.way, &text[mark.taken..]));
        let table = [
            ("TX: AT+CSQ", Some((Way::Sent, "AT+CSQ"))),
            ("[RX] OK", Some((Way::Received, "OK"))),
            ("[TX] - AT+CSQ<CR><LF>", Some((Way::Sent, "AT+CSQ<CR><LF>"))),
            ("RX:│OK", Some((Way::Received, "OK"))),
            ("send cmd: AT", Some((Way::Sent, "AT"))),
            ("AT send -> AT+CSQ", Some((Way::Sent, "AT+CSQ"))),
            ("recv (6 bytes): OK", Some((Way::Received, "OK"))),
            ("发送：AT", Some((Way::Sent, "AT"))),
            ("收到: OK", Some((Way::Received, "OK"))),
            ("【收到】OK", Some((Way::Received, "OK"))),
            (">> AT", Some((Way::Right, "AT"))),
            ("<< ", Some((Way::Left, ""))),
            ("→ AT", Some((Way::Right, "AT"))),
            ("←(URC) +CGEV: ME PDN ACT 1", Some((Way::Left, "+CGEV: ME PDN ACT 1"))),
            ("> AT", Some((Way::Right, "AT"))),
            ("TX AT+CSQ", Some((Way::Sent, "AT+CSQ"))),
            ("RX\tOK", Some((Way::Received, "OK"))),
            ("RX +CSQ: 24,0", Some((Way::Received, "+CSQ: 24,0"))),
            ("TX (8 bytes):", Some((Way::Sent, ""))),
            (">", None),
            ("> ", None),
            ("SEND OK", None),
            ("AT+CSQ", None),
            ("OK", None),
            ("read the manual", None),
            ("+MSUB: \"t\",1 byte,x", None),
            ("<html>", None),
        ];
        for (text, expected) in table {
            assert_eq!(shown(text), expected, "{text}");
        }
        assert_eq!(within("DEBUG:root:sent: "), Some(Way::Sent));
        assert_eq!(within("12:00 uart - <- "), Some(Way::Left));
        assert_eq!(within("2024 INFO "), None);
    }
}
