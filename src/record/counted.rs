//! Data of an announced length in a log that kept its lines and lost their ends: a line break may have been one byte or two.

use super::{
    encoding,
    entry::{End, Held, Row},
    words,
};
use crate::{air780e::message, time::Moment};

/// How far counted data are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// More may belong to them.
    Open,
    /// They are complete.
    Complete,
    /// They cannot become complete.
    Broken,
}

/// Data of an announced length, row by row.
#[derive(Debug)]
pub(super) struct Counted {
    length: usize,
    /// What stands before the first counted byte.
    head: Vec<u8>,
    rows: Vec<Held>,
    /// The least and the most bytes that all rows but the last may have been, with their ends.
    before: (usize, usize),
    object: Object,
    /// Lines inside that would be of no payload, were it not open.
    strangers: usize,
    /// Rows that fit the length: the rest is not of it.
    fits: Option<usize>,
    /// Rows that fit it when the line end behind the last one is counted too.
    trails: Option<usize>,
    /// Ends of reads inside may have been line ends: nothing else fits.
    is_loose: bool,
}

impl Counted {
    /// Nothing yet of `length` bytes behind `head`.
    pub(super) const fn new(length: usize, head: Vec<u8>) -> Self {
        Self {
            length,
            head,
            rows: Vec::new(),
            before: (0, 0),
            object: Object { begins: None, depth: 0 },
            strangers: 0,
            fits: None,
            trails: None,
            is_loose: false,
        }
    }

    /// The report that `held` begins, when it is one that announces its length.
    pub(super) fn of_report(held: &Held) -> Option<Self> {
        let read = message::parse_head(&held.row.bytes)?;
        let (before, payload) = held.row.bytes.split_at(read.length);
        let mut counted = Self::new(read.announced, before.to_vec());
        let row = Row { bytes: payload.to_vec(), ..held.row };
        counted.take(Held { row, at: held.at });
        Some(counted)
    }

    /// Takes the next row.
    pub(super) fn take(&mut self, held: Held) -> Verdict {
        let (least, most) = self.add(held);
        if self.fits.is_none() && (least..=most).contains(&self.length) {
            self.fits = Some(self.rows.len());
        }
        if self.trails.is_none() && (least..=most + self.last_end()).contains(&self.length) {
            self.trails = Some(self.rows.len());
        }
        if self.fits.is_none() && self.rows.len() == 1 && as_gbk(&self.rows[0].row.bytes, self.length).is_some() {
            self.fits = Some(1);
        }
        match self.fits {
            Some(_) => Verdict::Complete,
            None if least > self.length || self.rows.len() >= MOST_ROWS => Verdict::Broken,
            None => Verdict::Open,
        }
    }

    /// Takes the next row of a report, unless it shows that the report is over.
    pub(super) fn take_report(&mut self, held: Held) -> Verdict {
        let text = held.row.text();
        let is_behind_line = self.rows.last().is_none_or(|last| matches!(last.row.end, End::Shown | End::Exact(_)));
        let is_stranger = message::parse_head(&held.row.bytes).is_some()
            || (words::is_command(&text) && held.row.bytes.len() > 2)
            || text.starts_with("^boot.rom")
            || STRANGERS.contains(&text.trim());
        if is_behind_line && is_stranger {
            self.strangers += 1;
            if !self.object.is_open() || self.strangers > MOST_STRANGERS {
                self.rows.push(held);
                return Verdict::Broken;
            }
        }
        self.take(held)
    }

    /// Adds a row; the least and the most bytes that all may have been, without what ended the last one.
    fn add(&mut self, held: Held) -> (usize, usize) {
        if let Some(last) = self.rows.last() {
            self.before = plus(self.before, last.row.bytes.len(), ended_by(last.row.end, false));
        }
        self.object.take(&held.row.bytes);
        let range = plus(self.before, held.row.bytes.len(), (0, 0));
        self.rows.push(held);
        range
    }

    /// No more rows come: where nothing fits, each read may have been a line.
    pub(super) fn settle(&mut self) {
        if self.own().is_some() {
            return;
        }
        self.is_loose = true;
        let fitting = self.ranges().position(|(least, most)| (least..=most).contains(&self.length));
        self.fits = fitting.map(|place| place + 1);
        self.is_loose = self.fits.is_some();
    }

    /// Whether the report can be given out at once.
    pub(super) fn is_settled(&self) -> bool {
        self.fits.is_some() || self.ranges().last().is_some_and(|(least, _)| least > self.length)
    }

    /// Whether all that was announced is there.
    pub(super) fn is_enough(&self) -> bool {
        self.own().is_some()
    }

    /// Rows that belong to it, when it is complete.
    fn own(&self) -> Option<usize> {
        self.fits.or(self.trails)
    }

    /// The line of the first row and the moment of the last that belongs to it.
    pub(super) fn place(&self) -> (u32, Moment) {
        let last = self.own().unwrap_or(1).min(self.rows.len());
        let first = self.rows.first();
        let at = last.checked_sub(1).and_then(|last| self.rows.get(last)).or(first);
        (first.map_or(0, |held| held.row.line), at.map_or(Moment::ZERO, |held| held.at))
    }

    /// The data that were sent.
    pub(super) fn bytes(&self) -> Vec<u8> {
        self.joined(self.rows.len())
    }

    /// The report, whether it was cut short, and the rows that are not of it.
    pub(super) fn into_parts(mut self) -> (Vec<u8>, bool, Vec<Held>) {
        let own = self.own().unwrap_or(1).min(self.rows.len());
        let mut bytes = self.head.clone();
        let payload = match self.own() {
            Some(_) => self.joined(own),
            None => self.rows.first().map_or_else(Vec::new, |held| held.row.bytes.clone()),
        };
        let is_cut = payload.len() < self.length;
        bytes.extend(payload);
        bytes.extend_from_slice(b"\r\n");
        (bytes, is_cut, self.rows.split_off(own))
    }

    /// The first `count` rows with line ends that fit the length as well as they can.
    fn joined(&self, count: usize) -> Vec<u8> {
        if let Some(bytes) =
            self.rows.first().filter(|_| count == 1).and_then(|held| as_gbk(&held.row.bytes, self.length))
        {
            return bytes;
        }
        let least = self.ranges().take(count).last().map_or(0, |(least, _)| least);
        let mut missing = self.length.saturating_sub(least);
        let mut bytes = Vec::new();
        for (place, held) in self.rows[..count].iter().enumerate() {
            bytes.extend_from_slice(&held.row.bytes);
            let is_last = place + 1 == count;
            match held.row.end {
                End::Exact(end) => {
                    let room = if is_last { self.length.saturating_sub(bytes.len()).min(end.len()) } else { end.len() };
                    bytes.extend_from_slice(&end[..room]);
                }
                End::Shown if is_last => {
                    let end: &[u8] = if missing >= 2 { b"\r\n" } else { b"\n" };
                    bytes.extend_from_slice(&end[..missing.min(end.len())]);
                }
                End::Shown if missing > 0 => {
                    missing -= 1;
                    bytes.extend_from_slice(b"\r\n");
                }
                End::Shown => bytes.push(b'\n'),
                End::Soft if !is_last && missing > 0 && self.is_loose => {
                    let end: &[u8] = if missing >= 2 { b"\r\n" } else { b"\n" };
                    bytes.extend_from_slice(end);
                    missing -= end.len();
                }
                End::None | End::Soft => {}
            }
        }
        bytes
    }

    /// The least and the most bytes that the first row, the first two rows and so on may have been, without what ended the last
    /// of them.
    fn ranges(&self) -> impl Iterator<Item = (usize, usize)> {
        let mut before = (0, 0);
        self.rows.iter().map(move |Held { row, .. }| {
            let range = plus(before, row.bytes.len(), (0, 0));
            before = plus(range, 0, ended_by(row.end, self.is_loose));
            range
        })
    }

    /// The most bytes that ended the last row.
    fn last_end(&self) -> usize {
        match self.rows.last().map(|held| held.row.end) {
            Some(End::Exact(end)) => end.len(),
            Some(End::Shown) => 2,
            Some(End::None | End::Soft) | None => 0,
        }
    }
}

/// Whether data are the beginning of an object that has not ended.
#[derive(Debug)]
struct Object {
    begins: Option<u8>,
    depth: i64,
}

impl Object {
    fn take(&mut self, bytes: &[u8]) {
        self.begins = self.begins.or_else(|| bytes.first().copied());
        for byte in bytes {
            match byte {
                b'{' | b'[' => self.depth += 1,
                b'}' | b']' => self.depth -= 1,
                _ => {}
            }
        }
    }

    const fn is_open(&self) -> bool {
        matches!(self.begins, Some(b'{' | b'[')) && self.depth > 0
    }
}

fn plus((least, most): (usize, usize), bytes: usize, (few, many): (usize, usize)) -> (usize, usize) {
    (least + bytes + few, most + bytes + many)
}

/// The fewest and the most bytes that a row within the data may have ended with.
const fn ended_by(end: End, is_loose: bool) -> (usize, usize) {
    match end {
        End::Exact(end) => (end.len(), end.len()),
        End::Shown => (1, 2),
        // A cut of the read, or a line of its own.
        End::Soft if is_loose => (0, 2),
        End::None | End::Soft => (0, 0),
    }
}

/// The payload that `bytes` are in GBK, when that has just `length` bytes.
fn as_gbk(bytes: &[u8], length: usize) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(bytes).ok().filter(|text| !text.is_ascii())?;
    encoding::in_gbk(text).filter(|bytes| bytes.len() == length)
}

/// Lines that are of no payload.
const STRANGERS: [&str; 4] = ["CLOSED", "RDY", "+PDP DEACT", "SUBACK"];
/// No object holds more lines that look like the module's own: each may be the beginning of another report.
const MOST_STRANGERS: usize = 16;
/// Payloads have no more lines.
const MOST_ROWS: usize = 4_096;

#[cfg(test)]
mod tests {
    use super::*;

    fn held(line: u32, text: &str, end: End) -> Held {
        Held { row: Row { line, bytes: text.as_bytes().to_vec(), end }, at: Moment::from_millis(u64::from(line)) }
    }

    /// The report that `rows` make, whether it is cut, and how many rows are left over.
    fn report(rows: &[(&str, End)]) -> (String, bool, usize) {
        let mut rows = (1..).zip(rows).map(|(line, (text, end))| held(line, text, *end));
        let mut counted = Counted::of_report(&rows.next().expect("a report")).expect("a report");
        while !counted.is_settled() {
            let Some(next) = rows.next() else { break };
            if counted.take_report(next) != Verdict::Open {
                break;
            }
        }
        let (bytes, is_cut, rest) = counted.into_parts();
        (String::from_utf8(bytes).expect("text"), is_cut, rest.len())
    }

    #[test]
    fn line_ends_are_made_to_fit_the_length() {
        use End::{Shown, Soft};
        assert_eq!(report(&[("+MSUB: \"t\",3 byte,abc", Shown)]), ("+MSUB: \"t\",3 byte,abc\r\n".into(), false, 0));
        assert_eq!(report(&[("+MSUB: \"t\",4 byte,a", Shown), ("b", Shown)]).0, "+MSUB: \"t\",4 byte,a\r\nb\r\n");
        assert_eq!(report(&[("+MSUB: \"t\",3 byte,a", Shown), ("b", Shown)]).0, "+MSUB: \"t\",3 byte,a\nb\r\n");
        assert_eq!(report(&[("+MSUB: \"t\",4 byte,ab", Soft), ("cd", Shown)]).0, "+MSUB: \"t\",4 byte,abcd\r\n");
    }

    #[test]
    fn a_report_that_stops_is_cut_and_what_follows_is_not_of_it() {
        use End::Shown;
        let cut = report(&[("+MSUB: \"t\",50 byte,abc", Shown), ("+MSUB: \"t\",3 byte,abc", Shown)]);
        assert_eq!(cut, ("+MSUB: \"t\",50 byte,abc\r\n".into(), true, 1));
        assert_eq!(report(&[("+MSUB: \"t\",50 byte,abc", Shown), ("", Shown), ("CLOSED", Shown)]).2, 2);
    }

    #[test]
    fn data_that_go_out_get_the_ends_that_fit() {
        let mut data = Counted::new(7, Vec::new());
        assert_eq!(data.take(held(1, "abc", End::Shown)), Verdict::Open);
        assert_eq!(data.take(held(2, "de", End::Soft)), Verdict::Complete);
        assert_eq!(data.bytes(), b"abc\r\nde");
        let mut data = Counted::new(3, Vec::new());
        assert_eq!(data.take(held(1, "abcde", End::Shown)), Verdict::Broken);
        assert_eq!(data.bytes(), b"abcde");
    }
}
