//! What a line of text may be on an AT line, by its look alone: a command, a reply, the beginning of either. The meaning is
//! for the core.

use crate::air780e::{dialect, urc::Urc};

/// Whether `text` looks like a command: `AT`, `AT+CSQ`, `ATE0`, `at+mqttstatu`.
pub(super) fn is_command(text: &str) -> bool {
    let text = text.trim();
    let Some(start) = text.get(..2).filter(|start| start.eq_ignore_ascii_case("AT")) else { return false };
    let rest = &text.as_bytes()[2..];
    let is_upper = start == "AT";
    match rest {
        [] => true,
        [b'+' | b'*' | b'^' | b'#' | b'%' | b'$' | b'&', next, ..] => next.is_ascii_alphabetic(),
        [b'E' | b'V' | b'Q' | b'e' | b'v' | b'q', b'0' | b'1', rest @ ..] => is_over(rest),
        [b'I' | b'Z' | b'H' | b'O' | b'A' | b'i', rest @ ..] => is_upper && is_over(rest),
        [b'S', digit, ..] => is_upper && digit.is_ascii_digit(),
        [b'D', next, ..] => is_upper && (next.is_ascii_digit() || *next == b'*'),
        _ => false,
    }
}

fn is_over(rest: &[u8]) -> bool {
    rest.first().is_none_or(|byte| !byte.is_ascii_alphabetic() && *byte != b'_')
}

/// Whether `text` is what a module of any maker says: a result, a word of the session, a report.
pub(super) fn is_reply(text: &str) -> bool {
    let text = text.trim();
    is_complete(text) || is_report(text) || text.starts_with("+CME ERROR:") || text.starts_with("AirM2M_")
}

/// Whether nothing can be missing at the end of `text`.
pub(super) fn is_complete(text: &str) -> bool {
    let text = text.trim();
    is_word(text) || text == ">" || is_counted_word(text)
}

/// Whether `text` is a word that stands alone on its line.
pub(super) fn is_word(text: &str) -> bool {
    WORDS.contains(&text)
}

fn is_counted_word(text: &str) -> bool {
    !text.starts_with(['+', '^']) && Urc::parse(text).is_some()
}

/// Whether `text` begins as an information line or an unsolicited one does: `+CSQ: 24,0`, `^MODE: 17,17`, `+MQTTSTATU :1`.
pub(super) fn is_report(text: &str) -> bool {
    let Some(rest) = text.strip_prefix(['+', '^', '*', '#', '%']) else { return false };
    let name = rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
    let is_named = name >= 2 && rest.as_bytes()[0].is_ascii_alphabetic();
    is_named
        && (rest[name..].trim_start_matches(' ').starts_with(':') || rest.ends_with(" Service") || rest == "PDP DEACT")
}

/// Whether only this family of modules says `text`, or one that cannot be told from it: a proof that a log is one.
pub(super) fn is_telling(text: &str) -> bool {
    let text = text.trim();
    TELLING.contains(&text)
        || text.starts_with("+CME ERROR:")
        || (is_report(text) && text.bytes().take(4).skip(1).all(|byte| byte.is_ascii_uppercase()))
        || dialect::is_foreign_report(text)
}

/// Whether a new line begins with `text`, and not the rest of one that was cut.
pub(super) fn begins_line(text: &str) -> bool {
    let is_named = |rest: &str| rest.as_bytes().first().is_some_and(u8::is_ascii_uppercase);
    text.is_empty()
        || text.strip_prefix(['+', '^', '*']).is_some_and(is_named)
        || text.starts_with("^boot.rom")
        || is_command(text)
        || text.starts_with('>')
        || WORDS.iter().any(|word| text.starts_with(word))
        || text.starts_with("AirM2M_")
}

/// The comment behind a line, where one stands there: where it begins. `//` of an address is none, and nothing inside quotes.
pub(super) fn comment(text: &str) -> Option<usize> {
    let mut is_quoted = false;
    let mut before = None;
    for (at, c) in text.char_indices() {
        let is_apart = before.is_some_and(char::is_whitespace);
        let is_closed = matches!(before, Some('"' | '?' | ')')) || before.is_some_and(|c: char| c.is_ascii_digit());
        match c {
            '"' => is_quoted = !is_quoted,
            '/' if !is_quoted && text[at..].starts_with("//") && (is_apart || is_closed) => return Some(at),
            '#' | ';' if !is_quoted && is_apart => return Some(at),
            '(' | '（' | '←' | '→' | '【' if !is_quoted && is_apart && !text[at..].is_ascii() => return Some(at),
            '-' if !is_quoted && is_apart && text[at..].starts_with("-- ") => return Some(at),
            '/' if !is_quoted && is_apart && text[at..].starts_with("/*") => return Some(at),
            _ => {}
        }
        before = Some(c);
    }
    None
}

/// `AT+CSQ -> OK`, `AT+MPUB=… 返回 ERROR`: where somebody wrote a command and its answer on one line, where the command ends and
/// the answer begins.
pub(super) fn pair(text: &str) -> Option<(usize, usize)> {
    if !is_command(text) {
        return None;
    }
    let mut ends = text.match_indices(' ').map(|(at, _)| at);
    ends.find_map(|end| {
        let rest = text[end..].trim_start();
        let rest = TELLS.iter().find_map(|word| rest.strip_prefix(word))?;
        let answer = rest.trim_start_matches([' ', ':', '：']);
        let is_quoted = !text[..end].matches('"').count().is_multiple_of(2);
        let is_answer = is_word(answer.trim_end()) || answer.starts_with("+CME ERROR:") || is_report(answer);
        (!is_quoted && is_answer).then(|| (end, text.len() - answer.len()))
    })
}

/// What people write between a command and its answer.
const TELLS: [&str; 16] = [
    "=>", "->", "-->", "→", ">>", "返回", "回复", "报错", "报", "提示", "得到", "显示", "returns", "returned", "gives",
    "answers",
];

/// Words that stand alone on a line.
const WORDS: [&str; 24] = [
    "OK",
    "ERROR",
    "CONNECT OK",
    "CONNECT FAIL",
    "ALREADY CONNECT",
    "CONNACK OK",
    "SUBACK",
    "UNSUBACK",
    "PUBACK",
    "PUBREC",
    "PUBCOMP",
    "CLOSED",
    "CLOSE OK",
    "SHUT OK",
    "SEND OK",
    "SEND FAIL",
    "RDY",
    "SMS READY",
    "SMS Ready",
    "Call Ready",
    "NORMAL POWER DOWN",
    "TimeOut",
    "NO CARRIER",
    "STATE:",
];
/// Words that no other text holds on a line of its own.
const TELLING: [&str; 10] = [
    "CONNECT OK",
    "CONNECT FAIL",
    "ALREADY CONNECT",
    "CONNACK OK",
    "SUBACK",
    "UNSUBACK",
    "PUBACK",
    "PUBCOMP",
    "+PDP DEACT",
    "RDY",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_told_from_words() {
        for text in [
            "AT",
            "at",
            "AT+CSQ",
            "at+csq",
            "ATE0",
            "ATI",
            "AT*I",
            "AT&W",
            "AT+MPUB=\"t\",0,0,\"x\"",
            "ATE0&W",
            "ATS3=13",
            "AT^HVER",
        ] {
            assert!(is_command(text), "{text}");
        }
        for text in ["ATTENTION", "ATTACH", "at home", "A", "", "ATI_x", "+CSQ: 1", "AT +CSQ", "AirM2M", "ATOM"] {
            assert!(!is_command(text), "{text}");
        }
    }

    #[test]
    fn a_line_that_may_go_on_is_not_complete() {
        for text in ["OK", "ERROR", "CONNECT OK", ">", "CLOSED"] {
            assert!(is_complete(text), "{text}");
        }
        for text in ["O", "CONN", "+CGEV", "+CSQ: 2", "+CGEV: ME PDN ACT 1", "+CME ERROR: 7", "data"] {
            assert!(!is_complete(text), "{text}");
        }
        assert!(
            begins_line("+CSQ: 1")
                && begins_line("^boot.rom'v'!")
                && begins_line("OK")
                && !begins_line(": ME PDN ACT 1")
                && !begins_line(" OK")
        );
    }

    #[test]
    fn a_command_and_its_answer_may_share_a_line() {
        let of = |text: &'static str| pair(text).map(|(end, answer)| (&text[..end], &text[answer..]));
        assert_eq!(of("AT+CSQ -> +CSQ: 24,0"), Some(("AT+CSQ", "+CSQ: 24,0")));
        let quoted = "AT+MPUB=\"t\",0,0,\"{\"a\":1}\" 返回 ERROR";
        assert_eq!(of(quoted), Some(("AT+MPUB=\"t\",0,0,\"{\"a\":1}\"", "ERROR")));
        for text in ["AT+MPUB=\"t\",0,0,\"x -> OK\"", "AT+CSQ", "AT+CSQ -> ", "OK -> OK", "AT+CSQ -> see below"] {
            assert_eq!(of(text), None, "{text}");
        }
    }

    #[test]
    fn comments_are_found_and_addresses_are_none() {
        let at = |text: &str| comment(text).map(|at| text[at..].to_owned());
        for (text, expected) in [
            ("AT+CSQ\t//signal", "//signal"),
            ("AT+MCONNECT=1,60//log in", "//log in"),
            ("OK // fine", "// fine"),
            ("AT+CGATT? （查询附着）", "（查询附着）"),
        ] {
            assert_eq!(at(text).as_deref(), Some(expected));
        }
        for text in ["AT+X=\"http://a.test\"", "AT+X=http://a.test", "+MSUB: \"a//b\",1 byte,x", "AT+MSUB=\"a\",1"] {
            assert_eq!(at(text), None, "{text}");
        }
    }
}
