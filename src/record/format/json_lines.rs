//! One JSON object a line, as firmware and cloud loggers write them: `{"time":"…","dir":"tx","data":"AT+CSQ\r\n"}`. The names of
//! time, direction, port and data are those in use; what tells neither a direction nor data of an AT line is a remark.

use serde_json::{Map, Value};

use super::{Form, Format, Head, Unit, csv, no_bonus};
use crate::record::{
    entry::{Row, Way},
    literal, marks,
    stamp::{self, Stamp, StampKind},
};

pub(in crate::record) static JSON_LINES: Format =
    Format { key: "jsonl", name: "JSON lines", head, settle, bonus: no_bonus, least: 2, drops_returns: false };

fn head(line: &str) -> Option<Head<'_>> {
    if !line.starts_with('{') || !line.trim_end().ends_with('}') {
        return None;
    }
    let object = serde_json::from_str::<Map<String, Value>>(line).ok()?;
    let stamp = named(&object, &TIMES).and_then(time);
    let way = named(&object, &WAYS).and_then(Value::as_str).and_then(way);
    let data = data(&object);
    // An object without a time is a payload or an answer of a server.
    let is_entry = stamp.is_some() && data.is_some();
    if !is_entry {
        let is_remark = stamp.is_some() && object.len() > 1;
        return is_remark.then(|| Head { form: Form::Remark, ..Head::line(stamp, 0) });
    }
    let is_data = data.as_deref().is_some_and(|text| marks::is_data(text.trim()));
    let form = if way.is_some() || is_data { Form::Literal } else { Form::Remark };
    let port = named(&object, &PORTS).and_then(Value::as_str);
    // What stands in the line itself lasts as long as it.
    let port = port.and_then(|port| line.find(port).map(|at| &line[at..at + port.len()]));
    Some(Head {
        stamp,
        way: way.unwrap_or(Way::Unknown),
        port,
        body: 0,
        form,
        unit: Unit::Chunk,
        is_sure: way.is_some(),
        goes_on: false,
    })
}

fn settle(_: &Head<'_>, rows: &mut Vec<Row>) {
    let read = |row: &Row| {
        let object = serde_json::from_str::<Map<String, Value>>(&row.text()).ok()?;
        if let Some(bytes) = named(&object, &HEX).and_then(Value::as_str).and_then(digits) {
            return Some(Row::exact([(row.line, bytes.as_slice())].into_iter()));
        }
        Some(csv::data(row.line, &data(&object)?))
    };
    *rows = rows.iter().filter_map(read).flatten().collect();
}

/// The data of an entry as text.
fn data(object: &Map<String, Value>) -> Option<String> {
    if let Some(text) = named(object, &DATA).and_then(Value::as_str) {
        return Some(text.to_owned());
    }
    let bytes = digits(named(object, &HEX)?.as_str()?)?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// The value of the first of `names` that is there, whatever its case.
fn named<'a>(object: &'a Map<String, Value>, names: &[&str]) -> Option<&'a Value> {
    names.iter().find_map(|name| object.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value))
}

fn way(text: &str) -> Option<Way> {
    marks::within(text).filter(|way| matches!(way, Way::Sent | Way::Received))
}

/// Hex digits with blanks between the bytes, or without.
fn digits(text: &str) -> Option<Vec<u8>> {
    let text = text.trim();
    if text.contains(' ') || !text.len().is_multiple_of(2) {
        return literal::hex(text, true);
    }
    let byte = |at: usize| u8::from_str_radix(text.get(at..at + 2)?, 16).ok();
    (0..text.len()).step_by(2).map(byte).collect()
}

/// A time as text, or as seconds or milliseconds: since 1970, or since a start.
fn time(value: &Value) -> Option<Stamp> {
    if let Some(text) = value.as_str() {
        return stamp::read(text).filter(|(_, taken)| *taken == text.len()).map(|(stamp, _)| stamp);
    }
    let number = value.as_f64().filter(|number| *number >= 0.0)?;
    let is_whole = value.is_u64();
    // Milliseconds since 1970 have thirteen digits, seconds ten; what is less counts from a start, whole numbers in milliseconds.
    let (kind, seconds) = match number {
        number if number >= 1e11 => (StampKind::Epoch, number / 1e3),
        number if number >= 1e9 => (StampKind::Epoch, number),
        number if is_whole => (StampKind::Uptime, number / 1e3),
        number => (StampKind::Uptime, number),
    };
    #[expect(clippy::cast_possible_truncation, reason = "a cast of a float stops at the ends of the range")]
    let micros = (seconds * 1e6) as i64;
    Some(Stamp { kind, micros, is_fine: true, zone: (kind == StampKind::Epoch).then_some(0) })
}

const TIMES: [&str; 9] = ["time", "timestamp", "@timestamp", "ts", "t", "datetime", "date", "uptime", "ms"];
const WAYS: [&str; 6] = ["dir", "direction", "way", "rxtx", "type", "event"];
const DATA: [&str; 9] = ["data", "payload", "text", "line", "raw", "msg", "message", "log", "value"];
const HEX: [&str; 4] = ["hex", "data_hex", "payload_hex", "bytes"];
const PORTS: [&str; 5] = ["port", "device", "uart", "channel", "tty"];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::entry::End;

    fn rows(line: &str) -> Option<(Way, Vec<String>)> {
        let head = head(line).filter(|head| head.form == Form::Literal)?;
        let mut rows = vec![Row { line: 1, bytes: line.as_bytes().to_vec(), end: End::Soft }];
        settle(&head, &mut rows);
        Some((head.way, rows.iter().map(|row| row.text().into_owned()).collect()))
    }

    #[test]
    fn objects_of_several_loggers() {
        let one = |text: &str| vec![text.to_owned()];
        assert_eq!(
            rows("{\"ts\":1730535330.12,\"dir\":\"tx\",\"data\":\"AT+CSQ\\r\"}"),
            Some((Way::Sent, one("AT+CSQ")))
        );
        assert_eq!(rows("{\"time\":\"2024-11-02T08:30:00.120Z\",\"direction\":\"RX\",\"hex\":\"4f4b0d0a\"}"), {
            Some((Way::Received, one("OK")))
        });
        assert_eq!(rows("{\"ms\":1200,\"msg\":\"+CME ERROR: 10\"}"), Some((Way::Unknown, one("+CME ERROR: 10"))));
        assert_eq!(rows("{\"ms\":1200,\"level\":\"info\",\"msg\":\"battery is low\"}"), None, "a remark");
        assert!(head("{\"t\":21.5}").is_none() || rows("{\"t\":21.5}").is_none(), "a payload is no entry");
        assert!(head("{\"a\":").is_none());
    }

    #[test]
    fn times_count_from_1970_or_from_a_start() {
        let kind =
            |text: &str| time(&serde_json::from_str(text).expect("a number")).map(|stamp| (stamp.kind, stamp.micros));
        assert_eq!(kind("1730535330120"), Some((StampKind::Epoch, 1_730_535_330_120_000)));
        assert_eq!(kind("1730535330"), Some((StampKind::Epoch, 1_730_535_330_000_000)));
        assert_eq!(kind("1200"), Some((StampKind::Uptime, 1_200_000)));
        assert_eq!(kind("1.5"), Some((StampKind::Uptime, 1_500_000)));
        assert_eq!(kind("-1"), None);
    }
}
