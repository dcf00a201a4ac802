//! The lines of one port as a report quotes them and carries them along: masked by the core that heard them, the newest ones
//! of a log that is too long.

use std::{collections::VecDeque, ops::RangeInclusive};

use crate::{
    at::text::{MASK, find_ignoring_case},
    lang::Text,
    modem::{
        event::{Event, WireKind, WireLine},
        status::Status,
    },
    report::Line,
    time::Moment,
    trace::{Header, Recorder, unnamed},
};

/// What was heard at a port.
#[derive(Clone, Debug, Default)]
pub struct Heard {
    /// How things stand at the end.
    pub status: Status,
    /// Lines that are no longer kept.
    pub left_out: u64,
    rows: VecDeque<Row>,
    bytes: usize,
    /// A file is being written: what is sent belongs to it, also what is more than was announced.
    is_in_file: bool,
}

#[derive(Clone, Debug)]
struct Row {
    number: u32,
    wire: WireLine,
}

impl Heard {
    /// Something was told at the line `number` of the log.
    pub(super) fn take_event(&mut self, number: u32, event: &Event) {
        match event {
            Event::Wire(wire) => self.take(number, wire),
            Event::Status(status) => self.status.clone_from(status.as_ref()),
            _ => {}
        }
    }

    fn take(&mut self, number: u32, wire: &WireLine) {
        let mut wire = wire.clone();
        let shown = self.hidden(&wire);
        if shown != wire.text {
            (wire.text, wire.bytes) = (shown, None);
        }
        self.bytes += size(&wire);
        self.rows.push_back(Row { number, wire });
        while self.bytes > MOST_BYTES
            && let Some(oldest) = self.rows.pop_front()
        {
            self.bytes -= size(&oldest.wire);
            self.left_out += 1;
        }
    }

    /// The text without client id, without the content of files, and without what may be a piece of a key.
    fn hidden(&mut self, wire: &WireLine) -> String {
        let is_command = wire.text.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("AT+"));
        if wire.kind.is_ours() && is_command {
            self.is_in_file = find_ignoring_case(&wire.text, FILE).is_some();
        } else if wire.kind.is_ours() && self.is_in_file && !wire.text.starts_with(MASK) {
            return "*".repeat(wire.text.chars().count());
        }
        without_key_text(&without_client_id(&wire.text))
    }

    /// The lines between the numbers of `ranges`; those of `proofs` are marked.
    pub fn lines(
        &self,
        ranges: &[RangeInclusive<u32>],
        proofs: &[u32],
        time: impl Fn(Moment) -> Option<String>,
    ) -> Vec<Line> {
        let wanted = self.rows.iter().filter(|row| ranges.iter().any(|range| range.contains(&row.number)));
        let line = |row: &Row| {
            let sign = if row.wire.kind.is_ours() { "→" } else { "←" };
            Line {
                number: Some(row.number),
                time: time(row.wire.at),
                text: Text::plain(format!("{sign} {}", row.wire.text)),
                is_proof: proofs.contains(&row.number),
            }
        };
        wanted.take(MOST_LINES).map(line).collect()
    }

    /// Everything as a trace; `None` when not all of it is there. Without times when the log tells none.
    pub fn trace(&self, port: &str, is_timed: bool) -> Option<String> {
        if self.left_out > 0 {
            return None;
        }
        let header = Header { port: port.to_owned(), ..Header::default() };
        let mut recorder = Recorder::new(Vec::new(), &header).ok()?;
        let mut bytes = Vec::new();
        for Row { wire, .. } in &self.rows {
            bytes.clear();
            let hidden = hidden_bytes(&wire.text).map(|count| vec![b'*'; count]);
            let known = hidden.as_deref().or(wire.bytes.as_deref()).unwrap_or(wire.text.as_bytes());
            wire.kind.put_on_wire(known, &mut bytes);
            match wire.kind {
                WireKind::Sent | WireKind::SentData => recorder.sent(wire.at, &bytes, &[]).ok()?,
                _ => recorder.received(wire.at, &bytes).ok()?,
            }
        }
        let text = String::from_utf8(recorder.finish().ok()?).ok()?;
        Some(if is_timed { text } else { without_times(&text) })
    }

    /// The lines in which something is hidden: secrets, and numbers of device and card or places.
    pub fn masked(&self) -> [Vec<u32>; 2] {
        let numbers = |is_hidden: fn(&str) -> bool| {
            let mut numbers: Vec<_> =
                self.rows.iter().filter(|row| is_hidden(&row.wire.text)).map(|row| row.number).collect();
            numbers.dedup();
            numbers
        };
        [numbers(|text| text.contains(MASK)), numbers(|text| unnamed(text) != text)]
    }
}

/// `text` with stars in the place of what looks like a line of a key: a long run of base64 that is no path of words.
fn without_key_text(text: &str) -> String {
    let is_base64 = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=');
    let is_key = |run: &str| {
        run.len() >= LEAST_KEY_TEXT
            && run.split('/').any(|part| part.len() >= LONGEST_WORD)
            && run.contains(|c: char| c.is_ascii_uppercase())
            && run.contains(|c: char| c.is_ascii_lowercase())
    };
    let mut out = String::with_capacity(text.len());
    for piece in text.split_inclusive(|c| !is_base64(c)) {
        let run = piece.trim_end_matches(|c| !is_base64(c));
        if is_key(run) {
            out.extend(std::iter::repeat_n('*', run.len()));
            out.push_str(&piece[run.len()..]);
        } else {
            out.push_str(piece);
        }
    }
    out
}

/// `text` with as many `*` in the place of the client id, which often is the number of the device.
pub fn without_client_id(text: &str) -> String {
    let Some(at) = find_ignoring_case(text, CONFIG).map(|at| at + CONFIG.len()) else { return text.to_owned() };
    let (before, rest) = text.split_at(at);
    let (id, after) = rest.split_at(rest.find([',', '\r', '\n', ' ']).unwrap_or(rest.len()));
    let id: String = id.chars().map(|c| if c == '"' { c } else { '*' }).collect();
    format!("{before}{id}{after}")
}

/// Begins the value that is the client id.
const CONFIG: &str = "+MCONFIG=";

/// How many bytes stand behind a text that hides all of them: `*** (60 bytes)`.
fn hidden_bytes(text: &str) -> Option<usize> {
    let count = text.strip_prefix(MASK)?.strip_prefix(" (")?.strip_suffix(" bytes)")?.parse().ok()?;
    (count <= MOST_BYTES).then_some(count)
}

fn without_times(trace: &str) -> String {
    trace.lines().filter(|line| !line.starts_with("@ ")).fold(String::new(), |text, line| text + line + "\n")
}

fn size(wire: &WireLine) -> usize {
    wire.text.len() + wire.bytes.as_ref().map_or(0, |bytes| bytes.len()) + ROW_BYTES
}

/// A report carries so much; it is to fit into a mail.
const MOST_BYTES: usize = 8 << 20;
/// What a row takes beside its text.
const ROW_BYTES: usize = size_of::<Row>();
/// More lines around one episode are not read by anybody.
const MOST_LINES: usize = 120;
/// Begins the content of a file (reference, section 8).
const FILE: &str = "+FSWRITE=";
/// The last line of a key may be shorter; the lines before it are not.
const LEAST_KEY_TEXT: usize = 40;
/// The parts of a topic are shorter.
const LONGEST_WORD: usize = 24;

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "MIICXAIBAAKBgQDHueS4rvNszNVnt3QVDxjBadfmILYJWi6o6tYg07k7d8hPCHq";

    #[test]
    fn a_file_is_hidden_beyond_its_announced_length() {
        let mut heard = Heard::default();
        let sent = |text: &str| WireLine::plain(Moment::ZERO, WireKind::Sent, text.into());
        for (number, text) in (1..).zip(["AT+FSWRITE=\"client.key\",0,9,15", "Ab1=", "AT+CPIN?", "Ab1="]) {
            heard.take(number, &sent(text));
        }
        let shown: Vec<_> = heard.rows.iter().map(|row| row.wire.text.as_str()).collect();
        assert_eq!(shown[1..], ["****", "AT+CPIN?", "Ab1="]);
    }

    #[test]
    fn pieces_of_keys_are_hidden_and_topics_are_not() {
        let shown = without_key_text(&format!("x: {KEY}-----END"));
        assert_eq!(shown, format!("x: {}-----END", "*".repeat(KEY.len())));
        let topic = "AT+MPUB=\"/sys/a1Xyz/device/thing/event/property/post/reply\",0,0,\"{}\"";
        assert_eq!(without_key_text(topic), topic);
    }
}
