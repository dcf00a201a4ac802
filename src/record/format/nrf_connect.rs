//! nRF Connect and its kin, for modules behind a radio link to a phone: `A 08:15:30.112 "AT+CSQ" sent`, a letter for the level first.

use super::{Form, Format, Head, Unit, literal};
use crate::record::{
    entry::{Row, Way},
    stamp::{self, StampKind},
};

pub(in crate::record) static NRF_CONNECT: Format = Format {
    key: "nrfconnect",
    name: "nRF Connect",
    head,
    settle,
    bonus: super::no_bonus,
    least: 2,
    drops_returns: false,
};

fn head(line: &str) -> Option<Head<'_>> {
    let rest = line.strip_prefix(['A', 'D', 'E', 'I', 'V', 'W'])?.strip_prefix(['\t', ' '])?;
    let (stamp, taken) = stamp::bare(rest).filter(|(stamp, _)| stamp.kind == StampKind::Day)?;
    let message = rest[taken..].strip_prefix(['\t', ' '])?;
    let body = line.len() - message.len();
    let head = Head::line(Some(stamp), body);
    let Some((_, way)) = data(message) else { return Some(Head { form: Form::Remark, ..head }) };
    Some(Head { way, unit: Unit::Chunk, is_sure: true, ..head })
}

/// What stands between the marks, and which way it went.
fn data(message: &str) -> Option<(&str, Way)> {
    let inner = message.trim_end().strip_prefix('"')?;
    let sent = inner.strip_suffix("\" sent").map(|text| (text, Way::Sent));
    sent.or_else(|| inner.strip_suffix("\" received").map(|text| (text, Way::Received)))
}

fn settle(_: &Head<'_>, rows: &mut Vec<Row>) {
    for row in rows {
        let text = row.text().into_owned();
        let Some((text, _)) = data(&text) else { continue };
        // `(0x) 41-54-0D-0A`
        let digits = text.strip_prefix("(0x)").map(|digits| digits.replace('-', " "));
        row.bytes =
            digits.and_then(|digits| literal::hex(digits.trim(), true)).unwrap_or_else(|| text.as_bytes().to_vec());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::entry::End;

    #[test]
    fn data_stand_between_the_marks() {
        let read = |line: &str| {
            let head = head(line).filter(|head| head.form == Form::Text)?;
            let mut rows = vec![Row { line: 1, bytes: line.as_bytes()[head.body..].to_vec(), end: End::Soft }];
            settle(&head, &mut rows);
            Some((head.way, rows[0].text().trim().to_owned()))
        };
        assert_eq!(read("A\t10:00:02.001\t\"AT+CSQ\" sent"), Some((Way::Sent, "AT+CSQ".to_owned())));
        assert_eq!(read("A 10:00:02.001 \"(0x) 4F-4B-0D-0A\" received"), Some((Way::Received, "OK".to_owned())));
        let quoted = "A 10:00:02.001 \"AT+MPUB=\"a\",0,0,\"b\"\" sent";
        assert_eq!(read(quoted), Some((Way::Sent, "AT+MPUB=\"a\",0,0,\"b\"".to_owned())));
        assert!(head("V\t10:00:00.001\tConnecting").is_some_and(|head| head.form == Form::Remark));
        assert!(head("AT+CSQ").is_none());
    }
}
