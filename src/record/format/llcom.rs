//! LLCOM: the text of its window and the file it saves. Control characters stand as signs before the real line break; the file
//! has the exact bytes of each entry behind it.

use super::{Form, Format, Head, from_hex, no_bonus};
use crate::record::{
    entry::{End, Row, Way},
    literal,
    stamp::{self, StampKind},
};

/// `2024-11-02 08:15:30.112 +08:00 [INF] <-AT`: what was sent has the arrow to the left.
pub(in crate::record) static FILE: Format = Format {
    key: "llcom",
    name: "LLCOM (file)",
    head: file_head,
    settle,
    bonus: no_bonus,
    least: 1,
    drops_returns: false,
};

/// `[2024/11/02 08:15:30.112] ← AT`.
pub(in crate::record) static WINDOW: Format = Format {
    key: "llcom-window",
    name: "LLCOM (window)",
    head: window_head,
    settle,
    bonus: no_bonus,
    least: 2,
    drops_returns: false,
};

fn file_head(line: &str) -> Option<Head<'_>> {
    let (stamp, taken) = stamp::bare(line)?;
    let rest = line[taken..].strip_prefix(" [")?;
    let level = rest.get(..3).filter(|level| level.bytes().all(|byte| byte.is_ascii_uppercase()))?;
    let rest = rest[3..].strip_prefix("] ")?;
    let body = line.len() - rest.len();
    let mut head = Head { form: Form::Literal, ..Head::chunk(Some(stamp), Way::Unknown, body) };
    if let Some(text) = rest.strip_prefix("<-").filter(|_| level == "INF") {
        (head.way, head.body) = (Way::Sent, line.len() - text.len());
    } else if let Some(text) = rest.strip_prefix("->").filter(|_| level == "INF") {
        (head.way, head.body) = (Way::Received, line.len() - text.len());
    } else if let Some(text) = rest.strip_prefix("[HEX]") {
        (head.form, head.body) = (Form::HexAgain, line.len() - text.len());
    } else if stamp.zone.is_some() {
        head.form = Form::Remark;
    } else {
        return None;
    }
    Some(head)
}

fn window_head(line: &str) -> Option<Head<'_>> {
    let (stamp, taken) =
        stamp::read(line).filter(|(stamp, _)| line.starts_with('[') && stamp.kind == StampKind::Date)?;
    let rest = line[taken..].strip_prefix(' ').unwrap_or(&line[taken..]);
    let (way, text) = match rest.chars().next()? {
        '←' => (Way::Left, &rest['←'.len_utf8()..]),
        '→' => (Way::Right, &rest['→'.len_utf8()..]),
        _ => return None,
    };
    let text = text.strip_prefix(' ').unwrap_or(text);
    Some(Head { form: Form::Literal, is_sure: false, ..Head::chunk(Some(stamp), way, line.len() - text.len()) })
}

fn settle(head: &Head<'_>, rows: &mut Vec<Row>) {
    if head.form == Form::HexAgain {
        return from_hex(rows);
    }
    let digits = rows.iter().position(|row| row.bytes.starts_with(b"Hex: "));
    if let Some(at) = digits {
        let mut exact: Vec<_> = rows[at..].to_vec();
        exact[0].bytes.drain(..b"Hex: ".len());
        if exact.iter().filter(|row| !row.is_blank()).all(|row| literal::hex(row.text().trim(), false).is_some()) {
            // The data's own lines stand above their digits.
            let line = rows[0].line;
            for row in &mut exact {
                row.line = line;
            }
            from_hex(&mut exact);
            place(&mut exact, &rows[..at]);
            *rows = exact;
            return;
        }
    }
    if rows.iter().any(|row| literal::has_signs(&row.text()) || row.text().contains(['␍', '␊'])) {
        signs(rows);
    }
}

/// Gives each exact row the line on which it stands as text.
fn place(exact: &mut [Row], shown: &[Row]) {
    let mut place = 0;
    for row in exact {
        let found = shown[place..].iter().position(|text| {
            let text = literal::escaped(&text.text());
            !row.is_blank() && text.trim_ascii() == row.bytes.trim_ascii()
        });
        place += found.unwrap_or(0);
        row.line = shown.get(place).map_or(row.line, |text| text.line);
    }
}

/// A line break of the file behind the sign of a line end is that line end.
fn signs(rows: &mut Vec<Row>) {
    let last = rows.len().saturating_sub(1);
    let mut pieces: Vec<(u32, Vec<u8>)> = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let text = row.text();
        let is_told = text.ends_with(['␍', '␊']);
        let mut bytes = literal::escaped(&text);
        if !is_told && at != last && row.end == End::Shown && !text.is_empty() {
            bytes.extend_from_slice(b"\r\n");
        }
        pieces.push((row.line, bytes));
    }
    *rows = Row::exact(pieces.iter().map(|(line, bytes)| (*line, bytes.as_slice())));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(texts: &[&str]) -> Vec<Row> {
        (1..).zip(texts).map(|(line, text)| Row { line, bytes: text.as_bytes().to_vec(), end: End::Shown }).collect()
    }

    fn shown(rows: &[Row]) -> Vec<(u32, String, End)> {
        rows.iter().map(|row| (row.line, row.text().into_owned(), row.end)).collect()
    }

    #[test]
    fn entries_of_the_file() {
        let line = "2024-11-02 08:15:30.112 +08:00 [INF] <-AT+CGATT?␍␊";
        let sent = file_head(line).expect("an entry");
        assert_eq!((sent.way, &line[sent.body..]), (Way::Sent, "AT+CGATT?␍␊"));
        let received = file_head("2024-11-02 08:15:30.171 +08:00 [INF] ->AT").expect("an entry");
        assert_eq!(received.way, Way::Received);
        let exact = file_head("2024-11-02 08:15:30.172 +08:00 [DBG] [HEX]41 54").expect("an entry");
        assert_eq!(exact.form, Form::HexAgain);
        let remark = file_head("2024-11-02 08:15:30.172 +08:00 [INF] [USB拔插事件]").expect("an entry");
        assert_eq!(remark.form, Form::Remark);
    }

    #[test]
    fn signs_are_the_line_ends() {
        let head = file_head("2024-11-02 08:15:30.171 +08:00 [INF] ->AT").expect("an entry");
        let mut all = rows(&["AT+CGATT?␍␍␊", "␍␊", "+CGATT: 1␍␊", "␍␊", "OK␍␊", ""]);
        settle(&head, &mut all);
        let (crlf, cr) = (End::Exact(b"\r\n"), End::Exact(b"\r"));
        let expected = [
            (1, "AT+CGATT?", cr),
            (1, "", crlf),
            (2, "", crlf),
            (3, "+CGATT: 1", crlf),
            (4, "", crlf),
            (5, "OK", crlf),
        ];
        assert_eq!(shown(&all), expected.map(|(line, text, end)| (line, text.to_owned(), end)));
    }

    #[test]
    fn the_digits_of_the_window_are_believed() {
        let head = window_head("[2024/11/02 08:15:30.112] → OK").expect("an entry");
        assert_eq!(head.way, Way::Right);
        let mut all = rows(&["␍␊", "OK␍␊", "Hex: 0D 0A 4F 4B 0D 0A"]);
        settle(&head, &mut all);
        let crlf = End::Exact(b"\r\n");
        assert_eq!(shown(&all), [(1, String::new(), crlf), (2, "OK".to_owned(), crlf)]);
    }
}
