//! RT-Thread: `[D/AT] sendline: 0000-0020: 41 54 …` with a text column, and log lines `[12345] I/at.clnt: TX: AT`, `[I/at.clnt] …`.

use super::{Form, Format, Head, Unit, no_bonus, plainly};
use crate::record::{
    entry::{Row, Way},
    format::hexdump,
    marks, stamp,
};

pub(in crate::record) static RT_THREAD: Format =
    Format { key: "rt-thread", name: "RT-Thread", head, settle, bonus: no_bonus, least: 2, drops_returns: false };

fn head(line: &str) -> Option<Head<'_>> {
    let (stamp, taken) = stamp::read(line).map_or((None, 0), |(stamp, taken)| (Some(stamp), taken));
    let rest = line[taken..].trim_start_matches(' ');
    let (tag, message) = tagged(rest)?;
    let place = |text: &str| line.len() - text.len();
    if let Some((way, digits, goes_on)) = dump(message) {
        let unit = Unit::Chunk;
        return Some(Head {
            stamp,
            way,
            port: None,
            body: place(digits),
            form: Form::Hex,
            unit,
            is_sure: true,
            goes_on,
        });
    }
    let message = behind_thread(message).unwrap_or(message);
    Some(super::message(stamp, tag, message, place(message)))
}

/// `tshell: sendline: AT`: what follows the name of the thread, when it is data or a mark with data.
fn behind_thread(message: &str) -> Option<&str> {
    let length = message.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')).count();
    let rest = message.get(length..)?.strip_prefix(':').unwrap_or(&message[length..]).strip_prefix(' ')?;
    let is_one = length > 0 && marks::read(message).is_none() && !marks::is_data(message);
    (is_one && (marks::read(rest).is_some() || marks::is_data(rest))).then_some(rest)
}

/// `D/at.clnt: message`, `[D/AT] message`, `D/at.clnt message`.
fn tagged(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_prefix('[').unwrap_or(text);
    let is_level = matches!(inner.as_bytes(), [b'D' | b'I' | b'W' | b'E' | b'A', b'/', ..]);
    let rest = inner.get(2..).filter(|_| is_level)?;
    let length =
        rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-')).count();
    let tag = &rest[..length];
    let after = &rest[length..];
    let after = if text.starts_with('[') { after.strip_prefix(']')? } else { after };
    let after = after.strip_prefix(':').unwrap_or(after);
    (length > 0 && after.starts_with([' ', '\t'])).then(|| (tag, after.trim_start_matches([' ', '\t'])))
}

/// `sendline: 0000-0020: 41 54`: the way, the digits, and whether it is no first row.
fn dump(message: &str) -> Option<(Way, &str, bool)> {
    let (name, rest) = message.split_once(": ")?;
    let way = match marks::within(name) {
        Some(Way::Sent) => Way::Sent,
        Some(_) => Way::Received,
        None => return None,
    };
    let (range, digits) = rest.split_once(": ")?;
    let is_range = range.len() == 9 && range.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
    is_range.then_some((way, digits, !range.starts_with("0000")))
}

fn settle(head: &Head<'_>, rows: &mut Vec<Row>) {
    if head.form == Form::Hex {
        return hexdump::from_pairs(rows);
    }
    plainly(head, rows);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dumps_and_messages() {
        let line = "[D/AT] sendline: 0000-0020: 41 54 0D 0A                 AT..";
        let sent = head(line).expect("an entry");
        assert_eq!((sent.way, sent.form), (Way::Sent, Form::Hex));
        let line = "[12345] I/at.clnt: RX: OK";
        let received = head(line).expect("an entry");
        assert_eq!((received.way, &line[received.body..]), (Way::Received, "OK"));
        let line = "01-01 00:00:03.101 D/at.clnt tshell: sendline: AT+CSQ";
        let sent = head(line).expect("an entry");
        assert_eq!((sent.way, &line[sent.body..]), (Way::Sent, "AT+CSQ"));
        assert!(head("I/user.main running").is_none_or(|head| head.form == Form::Remark));
    }
}
