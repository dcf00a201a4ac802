//! This program's own trace, also when its beginning was cut off: `@ 0.000150`, `> AT\r`, `< OK\r\n`.

use super::{Form, Format, Head, Unit, no_bonus};
use crate::record::{
    entry::{Row, Way},
    stamp::{SECOND, Stamp},
};

pub(in crate::record) static TRACE: Format = Format {
    key: "trace",
    name: "air780e trace",
    head,
    settle,
    bonus: no_bonus,
    least: u32::MAX,
    drops_returns: false,
};

fn head(line: &str) -> Option<Head<'_>> {
    let (mark, rest) = line.split_at_checked(2)?;
    let of = |way, form, body| Head {
        stamp: None,
        way,
        port: None,
        body,
        form,
        unit: Unit::Chunk,
        is_sure: false,
        goes_on: false,
    };
    match mark {
        "@ " => {
            let stamp = moment(rest)?;
            Some(Head { stamp: Some(stamp), is_sure: true, ..of(Way::Unknown, Form::Time, line.len()) })
        }
        "# " if rest.starts_with("air780e trace") => Some(Head { is_sure: true, ..of(Way::Unknown, Form::Remark, 2) }),
        "# " if REMARKS.iter().any(|start| rest.starts_with(start)) => Some(of(Way::Unknown, Form::Remark, 2)),
        "> " => Some(of(Way::Sent, Form::Literal, 2)),
        "< " => Some(of(Way::Received, Form::Literal, 2)),
        _ => None,
    }
}

/// Seconds with six decimals.
fn moment(text: &str) -> Option<Stamp> {
    let (seconds, part) = text.trim_end().split_once('.')?;
    let seconds: i64 = seconds.parse().ok()?;
    let part: i64 = Some(part).filter(|part| part.len() == 6)?.parse().ok()?;
    Some(Stamp::uptime(seconds.checked_mul(SECOND)?.checked_add(part)?))
}

fn settle(head: &Head<'_>, rows: &mut Vec<Row>) {
    if head.form == Form::Literal {
        let all: Vec<_> = rows.iter().map(|row| (row.line, bytes(&row.text()))).collect();
        *rows = Row::exact(all.iter().map(|(line, bytes)| (*line, bytes.as_slice())));
    }
}

/// The bytes of one line; secret ones are as many `*`. What is no escape stays as it is.
fn bytes(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.extend_from_slice(&rest.as_bytes()[..at]);
        rest = &rest[at..];
        let Some((escape, after)) = escape(rest) else {
            out.push(b'\\');
            rest = &rest[1..];
            continue;
        };
        out.extend_from_slice(&escape);
        rest = after;
    }
    out.extend_from_slice(rest.as_bytes());
    out
}

fn escape(text: &str) -> Option<(Vec<u8>, &str)> {
    let rest = &text[1..];
    let one = |byte: u8| Some((vec![byte], &rest[1..]));
    match rest.as_bytes().first()? {
        b'r' => one(b'\r'),
        b'n' => one(b'\n'),
        b't' => one(b'\t'),
        b'\\' => one(b'\\'),
        b'x' => Some((vec![u8::from_str_radix(rest.get(1..3)?, 16).ok()?], &rest[3..])),
        b'*' => {
            let (count, after) = rest[1..].split_once(';')?;
            let count: usize = count.parse().ok().filter(|count| *count <= MOST_SECRET)?;
            Some((vec![b'*'; count], after))
        }
        _ => None,
    }
}

const REMARKS: [&str; 4] = ["port ", "opened ", "SIMULATED", "back as "];
/// A longer secret is damage and no reason to take memory.
const MOST_SECRET: usize = 64 * 1_024;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_as_they_were_written() {
        assert_eq!(bytes("AT+X=\"\\*9;\"\\r"), b"AT+X=\"*********\"\r");
        assert_eq!(bytes("a\\x1A\\\\\\q"), b"a\x1A\\\\q");
        assert_eq!(moment("12.034000"), Some(Stamp::uptime(12_034_000)));
        assert!(head("@ 0.000150").is_some_and(|head| head.is_sure) && head("@ home").is_none());
    }
}
