//! Tables that tools export: `Time,Direction,Data` and one row a read, with comma, semicolon or tab between the fields; quoted or
//! not, as text or as hex digits; perhaps with a number, a port and a length in columns of their own.

use super::{Form, Format, Head, Unit, no_bonus};
use crate::record::{
    entry::{End, Row, Way},
    literal, marks,
    stamp::{self, Stamp},
};

pub(in crate::record) static CSV: Format =
    Format { key: "csv", name: "CSV", head, settle, bonus: no_bonus, least: 2, drops_returns: false };

fn head(line: &str) -> Option<Head<'_>> {
    let separator = separator(line)?;
    let fields = fields(line, separator);
    if is_heading(&fields) {
        return Some(Head { form: Form::Remark, is_sure: true, ..Head::line(None, 0) });
    }
    let way_at = fields.iter().take(MOST_BEFORE).position(|field| way(field.text).is_some())?;
    let stamp = fields[..way_at].iter().find_map(|field| whole_stamp(field.text))?;
    let is_side = |field: &Field<'_>| is_count(field.text) || is_port(field.text);
    let data_at = (way_at + 1..fields.len()).find(|at| *at + 1 == fields.len() || !is_side(&fields[*at]))?;
    let sides = fields[..way_at].iter().chain(&fields[way_at + 1..data_at]);
    let port = sides.map(|field| field.text).find(|text| is_port(text));
    Some(Head {
        stamp: Some(stamp),
        way: way(fields[way_at].text)?,
        port,
        body: fields[data_at].start,
        form: Form::Literal,
        unit: Unit::Chunk,
        is_sure: true,
        goes_on: false,
    })
}

/// One field of a row.
#[derive(Clone, Copy, Debug)]
struct Field<'a> {
    /// Where it begins in the line, its quotation mark included.
    start: usize,
    /// What stands in it, without the marks around it.
    text: &'a str,
}

/// The fields of `line`; the last one may go on in the next line.
fn fields(line: &str, separator: char) -> Vec<Field<'_>> {
    let (mut fields, mut start) = (Vec::new(), 0);
    while fields.len() < MOST_FIELDS {
        let rest = &line[start..];
        let end = if let Some(inner) = rest.strip_prefix('"') {
            closing(inner).map_or(rest.len(), |at| at + 2)
        } else {
            rest.find(separator).unwrap_or(rest.len())
        };
        let text = rest[..end].trim();
        let text = text.strip_prefix('"').map_or(text, |text| text.strip_suffix('"').unwrap_or(text));
        fields.push(Field { start, text });
        let Some(after) = rest.get(end..).and_then(|rest| rest.strip_prefix(separator)) else { break };
        start = line.len() - after.len();
    }
    fields
}

/// Where the mark stands that ends a quoted field; two of them are one of the text.
fn closing(inner: &str) -> Option<usize> {
    let mut at = 0;
    loop {
        let mark = at + inner[at..].find('"')?;
        if !inner[mark + 1..].starts_with('"') {
            return Some(mark);
        }
        at = mark + 2;
    }
}

/// What stands between the fields: what stands behind the time.
fn separator(line: &str) -> Option<char> {
    let first = line.find([',', ';', '\t'])?;
    line[first..].chars().next()
}

fn is_heading(fields: &[Field<'_>]) -> bool {
    // `Time [s]`, `Length (bytes)`: the unit is no part of the name.
    let name = |field: &Field<'_>| field.text.split(['[', '(']).next().unwrap_or("").trim().to_ascii_lowercase();
    let has = |words: &[&str]| fields.iter().any(|field| words.contains(&name(field).as_str()));
    fields.len() >= 3 && has(&TIMES) && has(&WAYS) && has(&DATA)
}

fn way(text: &str) -> Option<Way> {
    let is_word = text.chars().count() <= LONGEST_WAY && !text.contains(char::is_whitespace);
    marks::within(text).filter(|way| is_word && matches!(way, Way::Sent | Way::Received))
}

fn whole_stamp(text: &str) -> Option<Stamp> {
    let is_all = |(stamp, taken): (Stamp, usize)| (taken == text.len()).then_some(stamp);
    // Seconds since the start, as an analyser counts them; a whole number may be the number of the row.
    let is_seconds = || text.contains('.') && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    stamp::read(text).and_then(is_all).or_else(|| stamp::uptime(text).filter(|_| is_seconds()).and_then(is_all))
}

fn is_count(text: &str) -> bool {
    (1..=5).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_port(text: &str) -> bool {
    let number = text.strip_prefix("COM").or_else(|| text.strip_prefix("/dev/tty"));
    number.is_some_and(|number| !number.is_empty() && number.len() < 12 && !number.contains(' '))
}

/// The data of an entry: quoted over several lines, hex digits, signs for line ends, or plain.
fn settle(_: &Head<'_>, rows: &mut Vec<Row>) {
    let Some(first) = rows.first() else { return };
    let line = first.line;
    let lines: Vec<_> = rows.iter().map(|row| row.text().into_owned()).collect();
    let whole = lines.join("\r\n");
    let text = match whole.strip_prefix('"') {
        Some(inner) => inner[..closing(inner).unwrap_or(inner.len())].replace("\"\"", "\""),
        None => lines[0].clone(),
    };
    *rows = data(line, &text);
}

/// What `text` stands for: bytes known exactly where it shows their line ends, else one row.
pub(super) fn data(line: u32, text: &str) -> Vec<Row> {
    if text.contains(' ')
        && let Some(bytes) = literal::hex(text.trim(), false)
    {
        return Row::exact([(line, bytes.as_slice())].into_iter());
    }
    if SHOWN.iter().any(|sign| text.contains(sign)) {
        let bytes = literal::escaped(text);
        return Row::exact([(line, bytes.as_slice())].into_iter());
    }
    if text.contains(['\r', '\n']) {
        return Row::exact([(line, text.as_bytes())].into_iter());
    }
    vec![Row { line, bytes: text.as_bytes().to_vec(), end: End::Soft }]
}

/// Words above the columns.
const TIMES: [&str; 7] = ["time", "timestamp", "date", "datetime", "date time", "时间", "时间戳"];
const WAYS: [&str; 10] = ["direction", "dir", "type", "i/o", "rx/tx", "tx/rx", "channel", "source", "方向", "收发"];
const DATA: [&str; 8] = ["data", "payload", "message", "text", "content", "ascii", "数据", "内容"];
/// Signs that stand for a line end.
const SHOWN: [&str; 6] = ["\\r", "\\n", "<CR>", "<LF>", "␍", "␊"];
/// Number, date, time, port and length may stand before the direction.
const MOST_BEFORE: usize = 5;
const MOST_FIELDS: usize = 12;
const LONGEST_WAY: usize = 10;

#[cfg(test)]
mod tests {
    use super::*;

    fn of(line: &str) -> Option<(Way, Option<&str>, &str)> {
        head(line).map(|head| (head.way, head.port, &line[head.body..]))
    }

    fn text(data: &str) -> Vec<String> {
        let mut rows = vec![Row { line: 1, bytes: data.as_bytes().to_vec(), end: End::Soft }];
        settle(&Head::line(None, 0), &mut rows);
        rows.iter().map(|row| row.text().into_owned()).collect()
    }

    #[test]
    fn rows_of_several_tools() {
        assert_eq!(of("2024-11-02 08:30:00.120,TX,AT+CSQ"), Some((Way::Sent, None, "AT+CSQ")));
        assert_eq!(
            of("7;08:30:00.188;COM3;RX;11;\"+CSQ: 24,0\""),
            Some((Way::Received, Some("COM3"), "\"+CSQ: 24,0\""))
        );
        assert_eq!(of("2024/11/02 08:30:00.188\t接收\tOK"), Some((Way::Received, None, "OK")));
        assert_eq!(of("\"08:30:00\",\"Sent\",\"AT+MPUB=\"\"a\"\",0,0,\"\"x\"\"\""), {
            Some((Way::Sent, None, "\"AT+MPUB=\"\"a\"\",0,0,\"\"x\"\"\""))
        });
        assert_eq!(of("0.051,RX,OK"), Some((Way::Received, None, "OK")));
        assert!(head("Time [s],Channel,Text").is_some_and(|head| head.form == Form::Remark));
        let heading = head("No.,Time,Dir,Data").expect("a heading");
        assert_eq!(heading.form, Form::Remark);
    }

    #[test]
    fn lines_of_the_port_are_no_rows() {
        for line in ["+CGEV: ME PDN ACT 1", "+CIPRXGET: 1,RX,5", "AT+MPUB=\"a\",0,0,\"08:30:00,TX,x\"", "OK", "a,b,c"] {
            assert_eq!(of(line), None, "{line}");
        }
    }

    #[test]
    fn data_are_text_hex_digits_or_signs() {
        assert_eq!(text("\"AT+MPUB=\"\"a\"\",0,0,\"\"x\"\"\""), ["AT+MPUB=\"a\",0,0,\"x\""]);
        assert_eq!(text("0D 0A 4F 4B 0D 0A"), ["", "OK"]);
        assert_eq!(text("\"\\r\\nOK\\r\\n\""), ["", "OK"]);
        assert_eq!(text("+CSQ: 24,0"), ["+CSQ: 24,0"]);
        assert_eq!(text("12"), ["12"]);
    }
}
