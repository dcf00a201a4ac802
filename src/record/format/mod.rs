//! The families of log formats: one file a family, one row each in [`ALL`].
//!
//! A family says of one line of text whether it begins an entry, and which: stamp, direction, port, where the data begin. It
//! may also settle an entry, once its lines are there. Everything else is the same for all.

mod arduino;
mod comtool;
mod csv;
mod device_log;
mod esp_idf;
mod hexdump;
mod json_lines;
mod llcom;
mod luatools;
mod marked;
mod minicom;
mod modem_manager;
mod nrf_connect;
mod putty;
mod pyserial;
mod python;
mod raw;
mod rt_thread;
mod sscom;
mod stamped;
mod strace;
mod tio;
mod trace;
mod uart_assist;
mod xcom;
mod zephyr;

use super::{
    entry::{Row, Way},
    literal, marks,
    stamp::Stamp,
};

pub(super) use raw::RAW;
pub(super) use stamped::STAMPED;

/// A family.
#[derive(Debug)]
pub struct Format {
    /// Its name on the command line and in JSON.
    pub key: &'static str,
    /// Its name for people.
    pub name: &'static str,
    /// The entry that a line begins.
    pub(super) head: for<'a> fn(&'a str) -> Option<Head<'a>>,
    /// What stands in the rows of an entry, where it is more than text.
    pub(super) settle: fn(&Head<'_>, &mut Vec<Row>),
    /// How much a line without a sure mark speaks for it, beyond its having the shape.
    pub(super) bonus: fn(&str) -> u32,
    /// So many lines of the shape are needed when none is sure.
    pub(super) least: u32,
    /// It drops carriage returns.
    pub(super) drops_returns: bool,
}

/// The beginning of an entry.
#[derive(Clone, Debug)]
pub(super) struct Head<'a> {
    /// Its time.
    pub(super) stamp: Option<Stamp>,
    /// Which way its data went.
    pub(super) way: Way,
    /// The port it belongs to, where the line names one.
    pub(super) port: Option<&'a str>,
    /// Where in the line its data begin.
    pub(super) body: usize,
    /// What its data stand as.
    pub(super) form: Form,
    /// How its line ends are to be read.
    pub(super) unit: Unit,
    /// Nothing but this family writes such a line.
    pub(super) is_sure: bool,
    /// It goes on the entry before it, when that is of the same kind.
    pub(super) goes_on: bool,
}

/// What the data of an entry stand as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Text.
    Text,
    /// Hex digits.
    Hex,
    /// A literal or signs that show line ends: the bytes are exact.
    Literal,
    /// Hex digits of the entry before, which say it better.
    HexAgain,
    /// Words of the tool itself.
    Remark,
    /// Nothing yet: only the time of what follows.
    Time,
}

/// What one entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    /// One line of the data: what follows without a head is a line of its own.
    Line,
    /// What came in one read: line ends inside are of the data, the last one is of the tool.
    Chunk,
}

impl Head<'_> {
    /// A line of data of an unknown way that begins at `body`.
    const fn line(stamp: Option<Stamp>, body: usize) -> Self {
        Self {
            stamp,
            way: Way::Unknown,
            port: None,
            body,
            form: Form::Text,
            unit: Unit::Line,
            is_sure: false,
            goes_on: false,
        }
    }

    /// What was read at once.
    const fn chunk(stamp: Option<Stamp>, way: Way, body: usize) -> Self {
        Self { stamp, way, port: None, body, form: Form::Text, unit: Unit::Chunk, is_sure: true, goes_on: false }
    }
}

/// Every family, those that nothing else looks like first.
pub static ALL: [&Format; 29] = [
    &trace::TRACE,
    &sscom::SSCOM,
    &llcom::FILE,
    &llcom::WINDOW,
    &uart_assist::UART_ASSIST,
    &comtool::COMTOOL,
    &csv::CSV,
    &json_lines::JSON_LINES,
    &putty::PUTTY,
    &modem_manager::MODEM_MANAGER,
    &strace::STRACE,
    &nrf_connect::NRF_CONNECT,
    &pyserial::PYSERIAL,
    &rt_thread::RT_THREAD,
    &zephyr::ZEPHYR,
    &esp_idf::ESP_IDF,
    &python::PYTHON,
    &hexdump::HEXDUMP,
    &arduino::ARDUINO,
    &marked::MARKED,
    &device_log::DEVICE_LOG,
    &luatools::LUATOOLS,
    &minicom::EXTENDED,
    &minicom::SIMPLE,
    &minicom::PER_SECOND,
    &tio::TIO,
    &xcom::XCOM,
    &stamped::STAMPED,
    &raw::RAW,
];

/// The family of this name.
pub fn by_key(key: &str) -> Option<&'static Format> {
    ALL.into_iter().find(|format| format.key == key)
}

/// The usual way to settle: hex digits and literals become bytes, text stays.
fn plainly(head: &Head<'_>, rows: &mut Vec<Row>) {
    match head.form {
        Form::Hex | Form::HexAgain => from_hex(rows),
        Form::Literal => from_literals(rows),
        Form::Text | Form::Remark | Form::Time => {}
    }
}

/// Rows of hex digits become the rows of the bytes.
fn from_hex(rows: &mut Vec<Row>) {
    let read = |row: &Row| {
        let text = String::from_utf8_lossy(&row.bytes);
        literal::hex(text.trim(), true).map(|bytes| (row.line, bytes))
    };
    let all: Option<Vec<_>> = rows.iter().filter(|row| !row.is_blank()).map(read).collect();
    match all {
        Some(all) => *rows = Row::exact(all.iter().map(|(line, bytes)| (*line, bytes.as_slice()))),
        None => hexdump::from_pairs(rows),
    }
}

/// The text that hex digits, perhaps with a text column, stand for.
pub(super) fn text_of_hex(body: &str) -> String {
    let bytes = literal::hex(body.trim(), true).unwrap_or_else(|| hexdump::bytes(body));
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Rows of literals become the rows of the bytes.
fn from_literals(rows: &mut Vec<Row>) {
    let read = |row: &Row| {
        let text = String::from_utf8_lossy(&row.bytes);
        let text = text.trim();
        let bytes = literal::quoted(text).map_or_else(|| literal::escaped(text), |(bytes, _)| bytes);
        (row.line, bytes)
    };
    let all: Vec<_> = rows.iter().filter(|row| !row.is_blank()).map(read).collect();
    *rows = Row::exact(all.iter().map(|(line, bytes)| (*line, bytes.as_slice())));
}

/// The entry of one message of a framework's log. A tag may tell the way; what is no data of an AT line is a remark.
fn message(stamp: Option<Stamp>, tag: &str, message: &str, body: usize) -> Head<'static> {
    let head = Head::line(stamp, body);
    if let Some(mark) = marks::read(message) {
        return Head { way: mark.way, unit: Unit::Chunk, body: body + mark.taken, ..head };
    }
    if let Some(at) = hexdump::place(message) {
        return Head {
            form: Form::Hex,
            unit: Unit::Chunk,
            body: body + at,
            goes_on: !hexdump::is_first(message),
            ..head
        };
    }
    if !marks::is_data(message) {
        return Head { form: Form::Remark, ..head };
    }
    let way = marks::within(tag).filter(|way| matches!(way, Way::Sent | Way::Received)).unwrap_or(Way::Unknown);
    Head { way, unit: Unit::Chunk, ..head }
}

/// No line speaks for the family beyond its shape.
const fn no_bonus(_: &str) -> u32 {
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The families that see an entry in `line`, the first of which would take it.
    pub(super) fn seen(line: &str) -> Vec<&'static str> {
        ALL.iter().filter(|format| (format.head)(line).is_some()).map(|format| format.key).collect()
    }

    #[test]
    fn every_family_has_a_name_of_its_own() {
        for format in ALL {
            assert!(std::ptr::eq(by_key(format.key).expect("it is in the table"), format), "{}", format.key);
        }
        assert!(by_key("nothing").is_none());
    }

    #[test]
    fn no_family_but_raw_text_takes_lines_of_the_port_itself() {
        let lines = [
            "",
            "OK",
            "AT+CSQ",
            "+CSQ: 24,0",
            "+CGEV: ME PDN ACT 1",
            "+NITZ: 2024/10/11,07:38:35+0,0",
            "860000000000001",
            "+CCLK: \"24/10/11,15:38:35+32\"",
            "^boot.rom'v'!\\n",
            "+MSUB: \"a/b\",20 byte,{\"t\":\"08:15:30\"}",
            "AirM2M_780E_V1169_LTE_AT",
            "+CGPADDR: 1,\"10.143.27.227\"",
            "10.143.27.227",
            ">",
            "> ",
        ];
        for line in lines {
            let weak = ["marked", "device", "raw", "hexdump", "trace"];
            assert!(seen(line).iter().all(|key| weak.contains(key)), "{line}: {:?}", seen(line));
        }
    }
}
