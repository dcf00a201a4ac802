//! pySerial's `spy://`: seconds since the start, `TX` or `RX`, and a dump with a text column; what else was asked of the port is
//! told by other words.

use super::{Form, Format, Head, Unit, hexdump};
use crate::record::{
    entry::{Row, Way},
    stamp::Stamp,
};

pub(in crate::record) static PYSERIAL: Format = Format {
    key: "pyserial",
    name: "pySerial spy",
    head,
    settle,
    bonus: super::no_bonus,
    least: 2,
    drops_returns: false,
};

fn head(line: &str) -> Option<Head<'_>> {
    let (seconds, rest) = line.split_once(' ')?;
    let (whole, part) = seconds.split_once('.')?;
    let is_time = whole.len() >= 6 && part.len() == 3 && [whole, part].iter().all(|text| is_number(text));
    if !is_time {
        return None;
    }
    let seconds: i64 = whole.parse().ok()?;
    let millis = seconds.checked_mul(1_000)?.checked_add(part.parse().ok()?)?;
    let stamp = Some(Stamp::uptime(millis.checked_mul(1_000)?));
    let way = match rest.get(..3) {
        Some("TX ") => Way::Sent,
        Some("RX ") => Way::Received,
        _ => return Some(Head { form: Form::Remark, ..Head::line(stamp, line.len()) }),
    };
    let dump = rest[3..].trim_start_matches(' ');
    let Some(at) = hexdump::place(dump) else {
        // `RX   <empty>`
        return Some(Head { form: Form::Remark, ..Head::line(stamp, line.len()) });
    };
    Some(Head {
        stamp,
        way,
        port: None,
        body: line.len() - dump.len() + at,
        form: Form::Hex,
        unit: Unit::Chunk,
        is_sure: true,
        goes_on: !hexdump::is_first(dump),
    })
}

fn settle(_: &Head<'_>, rows: &mut Vec<Row>) {
    hexdump::from_pairs(rows);
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dumps_and_what_else_was_asked() {
        let line = "000000.102 TX   0000  41 54 2B 43 53 51 0D 0A                           AT+CSQ..";
        let sent = head(line).expect("an entry");
        assert_eq!((sent.way, sent.form, sent.goes_on), (Way::Sent, Form::Hex, false));
        assert!(line[sent.body..].starts_with("41 54"));
        let line = "000000.102 TX   0010  0D 0A                                             ..";
        assert!(head(line).is_some_and(|head| head.goes_on));
        assert!(head("000000.001 Q-RX reset_input_buffer").is_some_and(|head| head.form == Form::Remark));
        assert!(head("000001.452 RX   <empty>").is_some_and(|head| head.form == Form::Remark));
        assert!(head("10.143 RX").is_none());
    }
}
