//! The lines of one port as a report quotes them and carries them along: masked by the core that heard them, the newest ones
//! of a log that is too long.

use std::{collections::VecDeque, ops::RangeInclusive};

use crate::{
    at::text::{MASK, find_ignoring_case},
    keys,
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
        let shown = without_key_text(&without_client_id(&wire.text));
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

/// `text` with as many stars in the place of what looks like a line of a key.
fn without_key_text(text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for range in keys::key_text(text) {
        bytes[range].fill(b'*');
    }
    String::from_utf8(bytes).unwrap_or_default()
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

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "MIICXAIBAAKBgQDHueS4rvNszNVnt3QVDxjBadfmILYJWi6o6tYg07k7d8hPCHq";

    #[test]
    fn pieces_of_keys_are_hidden_and_topics_are_not() {
        let shown = without_key_text(&format!("x: {KEY}-----END"));
        assert_eq!(shown, format!("x: {}-----END", "*".repeat(KEY.len())));
        let topic = "AT+MPUB=\"/sys/a1Xyz/device/thing/event/property/post/reply\",0,0,\"{}\"";
        assert_eq!(without_key_text(topic), topic);
    }
}
