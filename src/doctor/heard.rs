//! The lines of one port as a report quotes them and carries them along: masked by the core that heard them, the newest ones
//! of a log that is too long.

use std::{collections::VecDeque, ops::RangeInclusive, time::Duration};

use crate::{
    at::text::{MASK, find_ignoring_case},
    keys,
    lang::Text,
    modem::{
        event::{Delivery, Event, PublishUpdate, WireKind, WireLine},
        request::RequestId,
        status::Status,
    },
    report::Line,
    time::Moment,
    trace::{Header, Recorder, unnamed},
};

use super::timeline::Thinning;

/// What was heard at a port.
#[derive(Clone, Debug, Default)]
pub struct Heard {
    /// How things stand at the end.
    pub status: Status,
    /// Lines that are no longer kept.
    pub left_out: u64,
    /// How long publishes took; of very many some.
    pub took: Vec<Took>,
    thinning: Thinning,
    rows: VecDeque<Row>,
    bytes: usize,
}

/// How long a publish took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Took {
    /// Of which publish.
    id: RequestId,
    /// When it ended.
    pub at: Moment,
    /// From the command to `OK`.
    pub accept: Duration,
    /// From there to the broker's word, where one is awaited.
    pub ack: Option<Duration>,
}

#[derive(Clone, Debug)]
struct Row {
    number: u32,
    wire: WireLine,
}

impl Took {
    /// What is known of a publish that has ended.
    pub const fn new(at: Moment, accept: Duration, ack: Option<Duration>) -> Self {
        Self { id: RequestId(u64::MAX), at, accept, ack }
    }
}

impl Heard {
    /// How things stand, and how long publishes took, before any line was heard.
    pub fn of(status: Status, took: Vec<Took>) -> Self {
        Self { status, took, ..Self::default() }
    }

    /// Lines that were told so far.
    pub(super) fn told(&self) -> u64 {
        self.left_out + self.rows.len() as u64
    }

    /// Something was told at the line `number` of the log.
    pub fn take_event(&mut self, number: u32, event: &Event) {
        match event {
            Event::Publish(PublishUpdate { at, id, delivery: Delivery::Confirmed { accept, ack } }) => {
                self.took(Took { id: *id, at: *at, accept: *accept, ack: Some(*ack) });
            }
            Event::Publish(PublishUpdate { at, id, delivery: Delivery::Accepted { accept } }) => {
                self.took(Took { id: *id, at: *at, accept: *accept, ack: None });
            }
            Event::Wire(wire) => self.take(number, wire),
            Event::Status(status) => self.status.clone_from(status.as_ref()),
            _ => {}
        }
    }

    /// The next line of a connection, which numbers its lines itself.
    pub fn hear(&mut self, event: &Event) {
        let number = u32::try_from(self.told() + 1).unwrap_or(u32::MAX);
        self.take_event(number, event);
    }

    /// The number of the line that stands at this moment.
    pub fn number_at(&self, at: Moment) -> Option<u32> {
        let behind = self.rows.partition_point(|row| row.wire.at <= at);
        behind.checked_sub(1).and_then(|place| self.rows.get(place)).map(|row| row.number)
    }

    /// `OK` is all that comes of a message nobody confirms; of another the broker's word takes its place.
    fn took(&mut self, took: Took) {
        match self.took.iter_mut().rev().take(NEAR).find(|known| known.id == took.id) {
            Some(known) => *known = took,
            None if took.ack.is_none() => self.thinning.push(&mut self.took, took),
            // Of very many this one was left out.
            None => {}
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
pub(super) fn without_client_id(text: &str) -> String {
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

/// The broker's word comes before so many other publishes have ended.
const NEAR: usize = 64;
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
