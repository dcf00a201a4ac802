//! The bytes of a log go in, what passed its ports comes out. No file, no clock: any cutting of the bytes gives the same.

mod middle;
mod routine;

use std::ops::RangeInclusive;

use super::{
    clock::Clock,
    encoding::{Encoding, Runs, Unfolder, raw_offset},
    entry::{End, Row, Way},
    evidence::Evidence,
    format::{Form, Format, Head, Unit},
    lines::{Cutter, SourceLine},
    literal, ports,
    stamp::Stamp,
    survey::{Survey, goes_on},
    weave::{Entry, Out, Piece, Weaver},
    words,
};
use crate::time::Moment;

pub use self::routine::{Opening, Tally};

/// What is known before a log is read.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The family, when somebody said it.
    pub format: Option<&'static Format>,
    /// The lines to read; all when `None`.
    pub lines: Option<RangeInclusive<u32>>,
}

/// Reads one log.
#[derive(Debug)]
pub struct Reader {
    options: Options,
    unfolder: Unfolder,
    cutter: Cutter,
    runs: Runs,
    /// The beginning, until there is enough of it to be looked at.
    sample: Vec<u8>,
    state: Option<State>,
    evidence: Evidence,
}

/// What a log is as a whole, by its beginning.
#[derive(Clone, Copy, Debug)]
pub struct Nature {
    /// Its times are known.
    pub is_timed: bool,
    /// What was sent stands nowhere in it, not even repeated by the module.
    pub is_one_sided: bool,
}

/// What goes on once the beginning has been looked at.
#[derive(Debug)]
struct State {
    survey: Survey,
    clock: Clock,
    weaver: Weaver,
    ports: Vec<String>,
    open: Option<Open>,
    /// The time of what follows, where it stands on a line of its own.
    time: Option<Stamp>,
    /// The port of the last entry.
    port: usize,
    /// Lines of each family.
    counts: Vec<(&'static Format, u64)>,
    /// The family that lines without a head belong to: one that only has a header.
    plain: &'static Format,
    /// The way that was told above data that say none themselves.
    above: Option<Way>,
}

/// The entry that is being read.
#[derive(Debug)]
struct Open {
    format: &'static Format,
    head: Head<'static>,
    port: usize,
    rows: Vec<Row>,
    bytes: usize,
    /// The last line was as long as lines get before they are broken.
    is_full: bool,
    /// A result has come within it.
    has_result: bool,
    /// So many blanks stood before its head: a page or a mail put them before every line.
    indent: usize,
}

impl Reader {
    /// Reads with `options`.
    pub fn new(options: Options) -> Self {
        Self {
            options,
            unfolder: Unfolder::default(),
            cutter: Cutter::default(),
            runs: Runs::default(),
            sample: Vec::new(),
            state: None,
            evidence: Evidence::default(),
        }
    }

    /// Takes the next bytes of the log. Each piece comes with what the whole is.
    pub fn push(&mut self, bytes: &[u8], tell: &mut dyn FnMut(Nature, Piece)) {
        if self.state.is_some() && self.unfolder.is_plain() {
            return self.cut(bytes, tell);
        }
        let mut text = Vec::with_capacity(bytes.len());
        self.unfolder.push(bytes, &mut text);
        self.take(&text, tell);
    }

    /// The log is over.
    pub fn finish(&mut self, tell: &mut dyn FnMut(Nature, Piece)) {
        let mut text = Vec::new();
        self.unfolder.finish(&mut text);
        self.take(&text, tell);
        self.look(true, tell);
        let Self { options, cutter, runs, state, evidence, .. } = self;
        let Some(state) = state else { return };
        let nature = state.nature();
        let tell: &mut dyn FnMut(Piece) = &mut |piece| tell(nature, piece);
        cutter.finish(|line| {
            runs.note(line.bytes);
            if options.lines.as_ref().is_none_or(|lines| lines.contains(&line.number)) {
                state.line(&line, evidence, tell);
            }
        });
        state.close(evidence, tell);
        let mut out = Out::new(&mut state.clock, tell);
        state.weaver.finish(&mut out);
    }

    /// The family of most lines.
    pub fn format(&self) -> &'static Format {
        let counts = self.state.as_ref().map_or(&[][..], |state| &state.counts);
        counts.iter().rev().max_by_key(|(_, count)| *count).map_or(Survey::rest(), |(format, _)| format)
    }

    /// The encoding of its text.
    pub fn encoding(&self) -> Encoding {
        self.unfolder.wide().unwrap_or_else(|| self.runs.encoding())
    }

    /// How many lines it has so far.
    pub const fn lines(&self) -> u32 {
        self.cutter.count()
    }

    /// The name of a port, where the log gives it one.
    pub fn port(&self, port: usize) -> Option<&str> {
        self.state.as_ref()?.ports.get(port).map(String::as_str).filter(|name| !name.is_empty())
    }

    /// Whether its times are known.
    pub fn is_timed(&self) -> bool {
        self.state.as_ref().is_some_and(|state| state.survey.is_timed)
    }

    /// The time at `at` as people write it.
    pub fn time(&self, at: Moment) -> Option<String> {
        self.state.as_ref().filter(|state| state.survey.is_timed)?.clock.shown(at)
    }

    /// What speaks for or against its being a log of this family of modules.
    pub const fn evidence(&self) -> &Evidence {
        &self.evidence
    }

    fn take(&mut self, mut text: &[u8], tell: &mut dyn FnMut(Nature, Piece)) {
        while self.state.is_none() {
            let is_first = self.sample.len() < FIRST_LOOK;
            let most = if is_first { FIRST_LOOK } else { LAST_LOOK };
            let (more, rest) = text.split_at((most - self.sample.len()).min(text.len()));
            self.sample.extend_from_slice(more);
            if self.sample.len() < most {
                return;
            }
            text = rest;
            self.look(!is_first, tell);
        }
        self.cut(text, tell);
    }

    /// Looks at the beginning, and then takes it, unless it shows too little and more of it may come.
    fn look(&mut self, is_last: bool, tell: &mut dyn FnMut(Nature, Piece)) {
        if self.state.is_some() {
            return;
        }
        let survey = Survey::of(&self.sample, self.options.format);
        if survey.known < ENOUGH && !is_last {
            return;
        }
        let sample = std::mem::take(&mut self.sample);
        self.evidence.look_at_start(&sample);
        let weaver = Weaver::new(survey.marks_sent, survey.doubles);
        self.state = Some(State {
            survey,
            clock: Clock::default(),
            weaver,
            ports: Vec::new(),
            open: None,
            time: None,
            port: 0,
            counts: Vec::new(),
            plain: Survey::rest(),
            above: None,
        });
        self.cut(&sample, tell);
    }

    fn cut(&mut self, text: &[u8], tell: &mut dyn FnMut(Nature, Piece)) {
        let Self { options, cutter, runs, state, evidence, .. } = self;
        let Some(state) = state else { return };
        let nature = state.nature();
        let tell: &mut dyn FnMut(Piece) = &mut |piece| tell(nature, piece);
        cutter.push(text, |line| {
            runs.note(line.bytes);
            if options.lines.as_ref().is_none_or(|lines| lines.contains(&line.number)) {
                state.line(&line, evidence, tell);
            }
        });
    }
}

impl State {
    const fn nature(&self) -> Nature {
        Nature { is_timed: self.survey.is_timed, is_one_sided: self.survey.is_one_sided }
    }

    fn line(&mut self, line: &SourceLine<'_>, evidence: &mut Evidence, tell: &mut dyn FnMut(Piece)) {
        if line.goes_on {
            return self.go_on(line, evidence, tell);
        }
        let plain = self.survey.plain(line.bytes);
        let text = &*plain.text;
        evidence.lines += u64::from(!text.trim().is_empty());
        let (port, text_at) = ports::leading(text).map_or((None, 0), |(port, taken)| (Some(port), taken));
        let found = self.survey.head(&text[text_at..]).map(|(format, mut head)| {
            head.body += text_at;
            head.port = head.port.or(port);
            (format, head)
        });
        let found = found.or_else(|| {
            // A port alone before the data is a mark only where there are several.
            let port = port.filter(|port| self.ports.iter().any(|known| known == port) || text_at > 0)?;
            let head = Head { port: Some(port), form: Form::Text, unit: Unit::Line, ..plain_head(text_at) };
            Some((Survey::rest(), head))
        });
        if found.is_none()
            && let Some(rest) = self.behind_prompt(line.bytes)
        {
            let prompt = Row { line: line.number, bytes: b">".to_vec(), end: End::Soft };
            self.add_row(prompt, false, evidence, tell);
            return self.line(&SourceLine { bytes: rest, ..*line }, evidence, tell);
        }
        let body_at = found.as_ref().map_or(0, |(_, head)| head.body.min(text.len()));
        let body = text.get(body_at..).unwrap_or("");
        let body_end = self.survey.note_at(body).map_or(text.len(), |note| body_at + note);
        let bytes = if plain.is_changed {
            text.as_bytes()[body_at..body_end].to_vec()
        } else {
            let place = |at| raw_offset(&plain.bytes, at, self.survey.prefers_utf8);
            let end = if body_end == text.len() { plain.bytes.len() } else { place(body_end) };
            plain.bytes[place(body_at).min(end)..end].to_vec()
        };
        let is_text = found.as_ref().is_none_or(|(_, head)| head.form == Form::Text);
        if is_text && let Some((end, answer)) = std::str::from_utf8(&bytes).ok().and_then(words::pair) {
            let half = |bytes: &[u8]| Row { line: line.number, bytes: bytes.to_vec(), end: End::Shown };
            return self.pair([half(&bytes[..end]), half(&bytes[answer..])], found, evidence, tell);
        }
        let is_full = self.survey.wrap.is_some_and(|wrap| text.chars().count() == wrap);
        let row = Row { line: line.number, bytes, end: if line.is_ended { End::Shown } else { End::Soft } };
        match found {
            Some((format, head)) => {
                let indent = line.bytes.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
                self.begin_entry(format, &head, row, (is_full, indent), evidence, tell);
            }
            None => self.add_row(row, is_full, evidence, tell),
        }
    }

    /// A command and its answer that somebody wrote on one line: two entries at the same time.
    fn pair(
        &mut self,
        rows: [Row; 2],
        found: Option<(&'static Format, Head<'_>)>,
        evidence: &mut Evidence,
        tell: &mut dyn FnMut(Piece),
    ) {
        let (format, head) = found.unwrap_or_else(|| (self.plain, plain_head(0)));
        let answer_way = if head.way == Way::Sent { Way::Received } else { Way::Unknown };
        let command_way = if head.way == Way::Received { Way::Unknown } else { head.way };
        for (row, way) in rows.into_iter().zip([command_way, answer_way]) {
            let head = Head { way, goes_on: false, ..head.clone() };
            self.begin_entry(format, &head, row, (false, 0), evidence, tell);
        }
    }

    /// What follows a prompt on its line, when that is an entry: a prompt has no line end, and some tools stamp only lines.
    fn behind_prompt<'a>(&self, line: &'a [u8]) -> Option<&'a [u8]> {
        let rest = line.strip_prefix(b">")?;
        let rest = rest.strip_prefix(b" ").unwrap_or(rest);
        let text = self.survey.plain(rest).text;
        self.survey.head(&text).filter(|(_, head)| head.stamp.is_some()).map(|_| rest)
    }

    /// A part of a very long line.
    fn go_on(&mut self, line: &SourceLine<'_>, evidence: &mut Evidence, tell: &mut dyn FnMut(Piece)) {
        if let Some(open) = &mut self.open {
            if let Some(last) = open.rows.last_mut() {
                last.end = End::None;
            }
            open.rows.push(Row { line: line.number, bytes: line.bytes.to_vec(), end: End::Shown });
            self.close(evidence, tell);
            self.open = None;
        }
    }

    fn begin_entry(
        &mut self,
        format: &'static Format,
        head: &Head<'_>,
        row: Row,
        (is_full, indent): (bool, usize),
        evidence: &mut Evidence,
        tell: &mut dyn FnMut(Piece),
    ) {
        self.count(format);
        if head.form == Form::HexAgain
            && let Some(open) = &mut self.open
        {
            let mut rows = vec![row];
            (format.settle)(head, &mut rows);
            let line = open.rows.first().map_or(0, |row| row.line);
            for row in &mut rows {
                row.line = line;
            }
            relocate(&mut rows, &open.rows);
            open.rows = rows;
            return self.close(evidence, tell);
        }
        let is_same = self.open.as_ref().is_some_and(|open| {
            open.head.form == head.form
                && std::ptr::eq(open.format, format)
                && (head.way == Way::Unknown || head.way == open.head.way)
        });
        if let Some(open) = self.open.as_mut().filter(|open| head.goes_on && is_same && open.bytes < LONGEST_ENTRY) {
            open.bytes += row.bytes.len();
            return open.rows.push(row);
        }
        self.close(evidence, tell);
        // A header, or the time of what follows, has no head on each line.
        let is_above = head.is_sure && matches!(head.form, Form::Remark | Form::Time);
        self.plain = if is_above { format } else { Survey::rest() };
        // `TX (8 bytes):` and then a dump.
        let is_announcement = row.is_blank() && matches!(head.way, Way::Sent | Way::Received);
        let way = match self.above {
            Some(above) if head.way == Way::Unknown && head.form == Form::Hex => above,
            _ => head.way,
        };
        let keeps_above = head.form == Form::Hex && head.way == Way::Unknown;
        self.above = if is_announcement { Some(head.way) } else { self.above.filter(|_| keeps_above) };
        if let Some(stamp) = head.stamp {
            self.time = (head.form == Form::Time).then_some(stamp);
        }
        if let Some(name) = head.port {
            self.port = self.port_of(name);
        }
        let head = Head {
            stamp: head.stamp.or(self.time),
            way,
            port: None,
            body: head.body,
            form: head.form,
            unit: head.unit,
            is_sure: head.is_sure,
            goes_on: head.goes_on,
        };
        let bytes = row.bytes.len();
        let rows = if matches!(head.form, Form::Remark | Form::Time) { Vec::new() } else { vec![row] };
        self.open = Some(Open { format, head, port: self.port, rows, bytes, is_full, has_result: false, indent });
    }

    /// A line that begins no entry.
    fn add_row(&mut self, mut row: Row, is_full: bool, evidence: &mut Evidence, tell: &mut dyn FnMut(Piece)) {
        let blanks = row.bytes.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        // Within one read a blank may be what the read before left off with.
        let is_in_read = self.open.as_ref().is_some_and(|open| open.head.unit == Unit::Chunk);
        let is_data = blanks > 0 && !is_in_read && (words::is_command(&row.text()) || words::is_reply(&row.text()));
        let indent = self.open.as_ref().map_or(0, |open| open.indent);
        row.bytes.drain(..if is_data { blanks } else { blanks.min(indent) });
        let goes_on_entry = self.open.as_ref().is_some_and(|open| open.takes(&row));
        let is_wrapped = self.open.as_ref().is_some_and(|open| {
            open.is_full && open.rows.last().is_some_and(|last| goes_on(&last.text(), &row.text()))
        });
        if let Some(open) = self.open.as_mut().filter(|_| goes_on_entry || is_wrapped) {
            self.counts
                .iter_mut()
                .filter(|(format, _)| std::ptr::eq(*format, open.format))
                .for_each(|(_, count)| *count += 1);
            open.bytes += row.bytes.len();
            open.has_result |= words::is_complete(&row.text());
            open.is_full = is_full;
            match open.rows.last_mut().filter(|_| is_wrapped) {
                Some(last) => last.bytes.extend_from_slice(&row.bytes),
                None => open.rows.push(row),
            }
            if open.bytes > LONGEST_ENTRY {
                self.close(evidence, tell);
            }
            return;
        }
        self.close(evidence, tell);
        if !row.is_blank() {
            self.count(self.plain);
        }
        let stamp = self.time;
        let head = Head { stamp, ..plain_head(0) };
        let bytes = row.bytes.len();
        self.open = Some(Open {
            format: self.plain,
            head,
            port: self.port,
            rows: vec![row],
            bytes,
            is_full,
            has_result: false,
            indent: 0,
        });
    }

    /// The open entry is complete.
    fn close(&mut self, evidence: &mut Evidence, tell: &mut dyn FnMut(Piece)) {
        let Some(mut open) = self.open.take() else { return };
        if open.rows.is_empty() {
            return;
        }
        if open.head.unit == Unit::Chunk
            && let Some(last) = open.rows.last_mut()
            && last.end == End::Shown
        {
            last.end = End::Soft;
        }
        (open.format.settle)(&open.head, &mut open.rows);
        if open.head.form == Form::Text {
            unveil(&mut open.rows, &self.survey);
        }
        evidence.take(&open.rows, open.head.way);
        let entry = Entry { port: open.port, way: open.head.way, stamp: open.head.stamp, rows: open.rows };
        self.weaver.take(entry, &mut Out::new(&mut self.clock, tell));
    }

    fn port_of(&mut self, name: &str) -> usize {
        if let Some(place) = self.ports.iter().position(|known| known == name) {
            return place;
        }
        if self.ports.len() >= MOST_PORTS {
            return self.port;
        }
        self.ports.push(name.to_owned());
        self.ports.len() - 1
    }

    fn count(&mut self, format: &'static Format) {
        match self.counts.iter_mut().find(|(known, _)| std::ptr::eq(*known, format)) {
            Some((_, count)) => *count += 1,
            None => self.counts.push((format, 1)),
        }
    }
}

impl Open {
    /// Whether a line without a head belongs to this entry.
    fn takes(&self, row: &Row) -> bool {
        if self.head.unit == Unit::Line || matches!(self.head.form, Form::Remark | Form::Time) {
            return false;
        }
        let text = row.text();
        match self.head.way {
            // After an answer, another command: somebody put another log behind this one.
            Way::Received => !(self.has_result && words::is_command(&text)),
            Way::Sent => {
                !(words::is_complete(&text)
                    && text.trim() != ">"
                    && self.rows.iter().any(|row| words::is_command(&row.text())))
            }
            _ => true,
        }
    }
}

const fn plain_head(body: usize) -> Head<'static> {
    Head {
        stamp: None,
        way: Way::Unknown,
        port: None,
        body,
        form: Form::Text,
        unit: Unit::Line,
        is_sure: false,
        goes_on: false,
    }
}

/// Text that stands for other bytes becomes those: hex digits throughout, literals, signs for line ends.
fn unveil(rows: &mut Vec<Row>, survey: &Survey) {
    let filled: Vec<_> = rows.iter().filter(|row| !row.is_blank()).collect();
    let hex: Option<Vec<_>> =
        filled.iter().map(|row| literal::hex(row.text().trim(), false).map(|bytes| (row.line, bytes))).collect();
    if let Some(hex) = hex.filter(|hex| !hex.is_empty()) {
        let all: Vec<u8> = hex.iter().flat_map(|(_, bytes)| bytes.iter().copied()).collect();
        let is_prompt = all == b">" || all == b"> " || all == b"\r\n>" || all == b"\r\n> ";
        if survey.is_hex || (all.len() > 1 && literal::is_text(&all)) || is_prompt {
            *rows = Row::exact(hex.iter().map(|(line, bytes)| (*line, bytes.as_slice())));
            return;
        }
    }
    let is_veiled = |row: &&Row| literal::ends_in_sign(&row.text());
    if survey.has_signs && !filled.is_empty() && filled.iter().all(is_veiled) {
        let read = |row: &&Row| {
            let text = row.text();
            let text = text.trim_end();
            (
                row.line,
                literal::quoted(text)
                    .filter(|(_, rest)| rest.trim().is_empty())
                    .map_or_else(|| literal::escaped(text), |(bytes, _)| bytes),
            )
        };
        let all: Vec<_> = filled.iter().map(read).collect();
        *rows = Row::exact(all.iter().map(|(line, bytes)| (*line, bytes.as_slice())));
    }
}

/// Gives each exact row the line on which the same text stands.
fn relocate(exact: &mut [Row], shown: &[Row]) {
    let mut place = 0;
    for row in exact.iter_mut().filter(|row| !row.is_blank()) {
        let same = |text: &Row| {
            let shown = text.text();
            let bytes = literal::escaped(&shown);
            // What the data themselves write as `\n` stays that.
            bytes.trim_ascii() == row.bytes.trim_ascii()
                || shown.trim_end_matches(['␍', '␊', ' ']).as_bytes().trim_ascii() == row.bytes.trim_ascii()
        };
        // A logger that takes braces for places of its own changes no more than those.
        let is_alike = |text: &Row| {
            let bytes = literal::escaped(&text.text());
            let until_brace = |bytes: &[u8]| memchr::memchr2(b'{', b'}', bytes).unwrap_or(bytes.len());
            let (shown, known) = (bytes.trim_ascii(), row.bytes.trim_ascii());
            let (end, known_end) = (until_brace(shown), until_brace(known));
            end > 0 && known_end < known.len() && shown[..end] == known[..known_end]
        };
        let rest = &shown[place.min(shown.len())..];
        place += rest.iter().position(same).or_else(|| rest.iter().position(is_alike)).unwrap_or(0);
        row.line = shown.get(place).map_or(row.line, |text| text.line);
    }
}

/// So many bytes of the beginning are looked at first.
const FIRST_LOOK: usize = 128 * 1_024;
/// So many are looked at when those show little.
const LAST_LOOK: usize = 1 << 20;
/// So many commands and replies show what a log is.
const ENOUGH: u32 = 200;
/// An entry that is longer is taken in parts.
const LONGEST_ENTRY: usize = 256 * 1_024;
/// More ports are no ports.
const MOST_PORTS: usize = 64;
