//! From entries to what passed each port: lines are joined where a read cut them, commands are found by their echo where
//! nobody marked them, and data that are counted get the line ends that fit their count.

use std::{borrow::Cow, collections::VecDeque};

use super::{
    clean,
    clock::Clock,
    counted::{Counted, Verdict},
    encoding,
    entry::{End, Held, Row, Way},
    stamp::Stamp,
    words,
};
use crate::{
    air780e::{
        message,
        raw::{self, DataEnd},
    },
    at::reply::Final,
    time::Moment,
};

/// Something that passed a port, or that can be said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Which of the log's ports, from 0.
    pub port: usize,
    /// The line of the log, from 1.
    pub line: u32,
    /// When; pieces of two lines never have the same moment.
    pub at: Moment,
    /// Its time of day or of the calendar, as the log writes it, in microseconds; `None` where none is told yet.
    pub wall: Option<i64>,
    /// What stands there: bytes that were sent or received, or the end of what was cut short.
    pub what: What,
}

/// What passed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// Bytes to the module.
    Sent(Vec<u8>),
    /// Bytes from the module.
    Received(Vec<u8>),
    /// Nothing more of what was announced: it was cut short.
    CutShort,
}

/// One entry, ready to be woven.
pub(super) struct Entry {
    pub(super) port: usize,
    pub(super) way: Way,
    pub(super) stamp: Option<Stamp>,
    pub(super) rows: Vec<Row>,
}

/// All ports of a log.
#[derive(Debug, Default)]
pub(super) struct Weaver {
    wires: Vec<Wire>,
    /// What goes out is marked: a command that comes in is an echo.
    marks_sent: bool,
    /// Each command stands twice.
    doubles: bool,
}

/// One port.
#[derive(Debug, Default)]
struct Wire {
    /// Received data whose line may go on.
    open: Option<Held>,
    /// A report whose announced bytes are not there yet.
    report: Option<Counted>,
    /// Data that a prompt asked for.
    data: Option<Counted>,
    /// The command that was found last, until something else came.
    found: Option<Vec<u8>>,
    /// A command that announced data, and whether its prompt has come.
    announced: Option<(DataEnd, bool)>,
    /// Commands that were sent and not repeated yet.
    echoes: VecDeque<Vec<u8>>,
    /// Each command stands twice: typed, and repeated by the module.
    doubles: bool,
}

/// Where pieces go.
pub(super) struct Out<'a> {
    pub(super) clock: &'a mut Clock,
    pub(super) tell: &'a mut dyn FnMut(Piece),
    port: usize,
}

impl<'a> Out<'a> {
    pub(super) fn new(clock: &'a mut Clock, tell: &'a mut dyn FnMut(Piece)) -> Self {
        Self { clock, tell, port: 0 }
    }

    fn sent(&mut self, line: u32, at: Moment, bytes: Vec<u8>) {
        self.piece(line, at, What::Sent(bytes));
    }

    fn received(&mut self, line: u32, at: Moment, bytes: Vec<u8>) {
        self.piece(line, at, What::Received(bytes));
    }

    fn piece(&mut self, line: u32, at: Moment, what: What) {
        (self.tell)(Piece { port: self.port, line, at, wall: self.clock.wall(at), what });
    }
}

impl Weaver {
    /// Weaves; `marks_sent` when the log marks what goes out, `doubles` when commands stand twice, typed and repeated.
    pub(super) const fn new(marks_sent: bool, doubles: bool) -> Self {
        Self { wires: Vec::new(), marks_sent, doubles }
    }

    /// Takes one entry.
    pub(super) fn take(&mut self, entry: Entry, out: &mut Out<'_>) {
        out.port = entry.port;
        while self.wires.len() <= entry.port {
            self.wires.push(Wire { doubles: self.doubles, ..Wire::default() });
        }
        let wire = &mut self.wires[entry.port];
        let mut stamp = entry.stamp;
        for row in entry.rows {
            let at = out.clock.at(stamp.take());
            let held = Held { row, at };
            if entry.way == Way::Sent {
                wire.take_sent(held, out);
            } else {
                let may_hide_commands = entry.way == Way::Unknown || !self.marks_sent;
                wire.take_received(held, may_hide_commands, out);
            }
        }
    }

    /// Whether nothing waits for what follows.
    pub(super) fn is_idle(&self) -> bool {
        self.wires.iter().all(|wire| {
            let has_part = wire.open.is_some() || wire.report.is_some() || wire.data.is_some();
            !has_part && wire.announced.is_none() && wire.echoes.is_empty()
        })
    }

    /// The log is over.
    pub(super) fn finish(&mut self, out: &mut Out<'_>) {
        for (port, wire) in self.wires.iter_mut().enumerate() {
            out.port = port;
            wire.finish(out);
        }
    }
}

impl Wire {
    fn take_sent(&mut self, held: Held, out: &mut Out<'_>) {
        self.break_open(false, out);
        self.end_report(out);
        let is_command = words::is_command(&held.row.text());
        let is_prompted = self.announced.is_some_and(|(_, is_prompted)| is_prompted);
        if let Some((end, _)) = self.announced.filter(|_| is_prompted || !is_command) {
            return self.take_data(held, end, out);
        }
        if held.row.is_blank() && matches!(held.row.end, End::Soft | End::None) {
            return;
        }
        let end: &[u8] = match held.row.end {
            End::None => b"",
            End::Exact(end) => end,
            End::Soft | End::Shown => b"\r",
        };
        if is_command {
            self.note_command(&held.row.text());
            if self.echoes.len() == MOST_ECHOES {
                self.echoes.pop_front();
            }
            self.echoes.push_back(held.row.bytes.trim_ascii().to_vec());
        }
        let bytes = [&*as_typed(&held.row.bytes), end].concat();
        out.sent(held.row.line, held.at, bytes);
    }

    fn note_command(&mut self, text: &str) {
        self.announced = raw::data_end(text.trim()).map(|end| (end, false));
    }

    /// Data behind a prompt: the log shows their lines, and not by what they ended.
    fn take_data(&mut self, held: Held, end: DataEnd, out: &mut Out<'_>) {
        let DataEnd::After(length) = end else {
            let text = held.row.text();
            let mut bytes =
                if text.contains(['␚', '<', '\\']) { super::literal::escaped(&text) } else { held.row.bytes.clone() };
            match held.row.end {
                End::Exact(end) => bytes.extend_from_slice(end),
                End::Shown => bytes.extend_from_slice(b"\r\n"),
                End::None | End::Soft => {}
            }
            return out.sent(held.row.line, held.at, bytes);
        };
        let data = self.data.get_or_insert_with(|| Counted::new(length, Vec::new()));
        if data.take(held) == Verdict::Open {
            return;
        }
        self.end_data(out);
    }

    /// What was seen of the data goes out.
    fn end_data(&mut self, out: &mut Out<'_>) {
        let Some(data) = self.data.take() else { return };
        if data.is_enough() {
            self.announced = None;
        }
        let (line, at) = data.place();
        let bytes = data.bytes();
        if !bytes.is_empty() {
            out.sent(line, at, bytes);
        }
    }

    fn take_received(&mut self, held: Held, may_hide_commands: bool, out: &mut Out<'_>) {
        if let Some(report) = &mut self.report {
            match report.take_report(held) {
                Verdict::Open => return,
                Verdict::Complete | Verdict::Broken => return self.end_report_with(may_hide_commands, out),
            }
        }
        let Some(held) = self.joined(held, may_hide_commands, out) else { return };
        self.line(held, may_hide_commands, out);
    }

    /// `held` behind what is open; or alone, when a new line begins with it.
    fn joined(&mut self, held: Held, may_hide_commands: bool, out: &mut Out<'_>) -> Option<Held> {
        let Some(open) = &mut self.open else { return Some(held) };
        let text = held.row.text();
        let goes_on = match open.row.end {
            End::Soft => {
                let is_echo = self.echoes.iter().any(|echo| {
                    let rest = echo.strip_prefix(open.row.bytes.as_slice());
                    rest.is_some_and(|rest| {
                        !rest.is_empty()
                            && !held.row.bytes.is_empty()
                            && (held.row.bytes.starts_with(rest) || rest.starts_with(&held.row.bytes))
                    })
                });
                is_echo || is_counted(&open.row.bytes) || goes_on(&open.row.text(), &text)
            }
            _ => true,
        };
        if !goes_on {
            self.break_open(may_hide_commands, out);
            return Some(held);
        }
        open.row.bytes.extend_from_slice(&held.row.bytes);
        open.row.end = held.row.end;
        self.open.take()
    }

    /// One received line, or a part of one.
    fn line(&mut self, held: Held, may_hide_commands: bool, out: &mut Out<'_>) {
        if let Some(at) = next_report(&held.row.bytes) {
            // The report and the line end behind it lost bytes: the next one stands where they should be.
            let mut next = held;
            let mut lost = next.row.bytes;
            next.row.bytes = lost.split_off(at);
            lost.extend_from_slice(b"\r\n");
            out.received(next.row.line, next.at, lost);
            out.piece(next.row.line, next.at, What::CutShort);
            next.at = out.clock.at(None);
            return self.line(next, may_hide_commands, out);
        }
        if let Some(report) = Counted::of_report(&held) {
            self.report = Some(report);
            if self.report.as_ref().is_some_and(Counted::is_settled) {
                self.end_report_with(may_hide_commands, out);
            }
            return;
        }
        let is_over = match held.row.end {
            End::Shown | End::Exact(_) => true,
            End::Soft => held.row.is_blank() || words::is_complete(&held.row.text()),
            End::None => held.row.bytes.len() > LONGEST_OPEN || is_prompt(&held.row.bytes),
        };
        if is_over {
            self.whole_line(&held, may_hide_commands, out);
        } else {
            self.open = Some(held);
        }
    }

    /// One received line that is complete.
    fn whole_line(&mut self, held: &Held, may_hide_commands: bool, out: &mut Out<'_>) {
        let text = held.row.text().into_owned();
        let shown = text.trim();
        if shown.is_empty() {
            return;
        }
        if is_prompt(&held.row.bytes) {
            if let Some((_, is_prompted)) = &mut self.announced {
                *is_prompted = true;
            }
        } else if Final::parse(shown).is_some() || shown == "TimeOut" {
            self.end_data(out);
            self.announced = None;
            self.echoes.clear();
        }
        let line = held.row.line;
        let at = held.at;
        let bytes = held.row.bytes.trim_ascii();
        let is_second = self.found.take().is_some_and(|found| self.doubles && found == bytes);
        if words::is_command(shown) && !is_second && !self.is_echo(bytes) && may_hide_commands {
            self.found = Some(bytes.to_vec());
            self.end_data(out);
            self.note_command(shown);
            let typed = as_typed(bytes);
            out.sent(line, at, [&*typed, b"\r"].concat());
            return out.received(line, at, [&*typed, b"\r\r\n"].concat());
        }
        let end: &[u8] = match held.row.end {
            End::Exact(end) => end,
            End::None if is_prompt(&held.row.bytes) => b"",
            _ => b"\r\n",
        };
        let bytes = if words::is_command(shown) { as_typed(&held.row.bytes) } else { held.row.bytes.as_slice().into() };
        out.received(line, at, [&*bytes, end].concat());
    }

    /// Whether `line` repeats a command that was marked as sent.
    fn is_echo(&mut self, line: &[u8]) -> bool {
        let Some(place) = self.echoes.iter().position(|sent| sent == line) else { return false };
        self.echoes.drain(..=place);
        true
    }

    /// What is open is a line of its own.
    fn break_open(&mut self, may_hide_commands: bool, out: &mut Out<'_>) {
        if let Some(held) = self.open.take() {
            self.whole_line(&held, may_hide_commands, out);
        }
    }

    /// A report that is open when something else comes was cut short.
    fn end_report(&mut self, out: &mut Out<'_>) {
        if self.report.is_some() {
            self.end_report_with(false, out);
        }
    }

    fn end_report_with(&mut self, may_hide_commands: bool, out: &mut Out<'_>) {
        let Some(mut report) = self.report.take() else { return };
        report.settle();
        let (line, at) = report.place();
        let (bytes, is_cut, rest) = report.into_parts();
        out.received(line, at, bytes);
        if is_cut {
            out.piece(line, at, What::CutShort);
        }
        for held in rest {
            self.take_received(held, may_hide_commands, out);
        }
    }

    fn finish(&mut self, out: &mut Out<'_>) {
        self.break_open(true, out);
        self.end_data(out);
        // A report that the end of the log cuts is no loss of the module.
        if let Some(report) = &mut self.report {
            report.settle();
        }
        if let Some(report) = self.report.take().filter(Counted::is_enough) {
            let (line, at) = report.place();
            out.received(line, at, report.into_parts().0);
        }
    }
}

/// The command `bytes`. Typographic signs in it are shown as what they are, however the file encodes them; any other text
/// stays the bytes that the module got.
fn as_typed(bytes: &[u8]) -> Cow<'_, [u8]> {
    if std::str::from_utf8(bytes).is_ok() {
        return bytes.into();
    }
    match encoding::text(bytes, false) {
        Cow::Owned(text) if clean::has_typography(&text) => text.into_bytes().into(),
        _ => bytes.into(),
    }
}

/// Whether `text` goes on a line that a read left at `open`.
fn goes_on(open: &str, text: &str) -> bool {
    if text.is_empty() {
        return false;
    }
    let makes_reply = !words::is_reply(open) && words::is_reply(&format!("{open}{}", text.trim_end()));
    makes_reply || !words::begins_line(text)
}

/// Where another report begins within the announced bytes of the report `line`, which goes on behind them.
fn next_report(line: &[u8]) -> Option<usize> {
    let head = message::parse_head(line)?;
    let end = head.length + head.announced;
    if line.len() <= end {
        return None;
    }
    let inside = memchr::memmem::find_iter(&line[head.length..], REPORT).map(|at| head.length + at);
    inside.take_while(|at| *at < end).find(|at| message::parse_head(&line[*at..]).is_some())
}

/// Whether the line is the beginning of a report that announces its length.
fn is_counted(line: &[u8]) -> bool {
    message::parse_head(line).is_some_and(|head| line.len() < head.length + head.announced)
}

fn is_prompt(line: &[u8]) -> bool {
    line.trim_ascii() == b">"
}

/// How a report of a message begins (reference, section 11.7).
const REPORT: &[u8] = b"+MSUB:";
/// More commands are not on their way at once.
const MOST_ECHOES: usize = 32;
/// A line that is longer goes on in pieces.
const LONGEST_OPEN: usize = 16 * 1_024;
