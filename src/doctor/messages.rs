//! Messages of a log in the order of their lines, each as far as it got.

use std::{borrow::Cow, collections::VecDeque};

use crate::{
    air780e::raw,
    modem::{
        event::{Arrival, Delivery, ExchangeRecord, Fault, PublishUpdate},
        request::RequestId,
    },
    mqtt::Qos,
};

/// One message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Where it stands.
    pub line: u32,
    /// Its topic.
    pub topic: String,
    /// Length of its payload.
    pub bytes: usize,
    /// How far one that went out got; `None` for one that came in.
    pub state: Option<State>,
    /// It is shorter than was announced.
    pub is_cut: bool,
}

/// How far a message that went out got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// The module took it.
    Accepted,
    /// The broker confirmed it.
    Confirmed,
    /// The module refused it.
    Refused,
    /// The log does not say.
    Unknown,
}

impl State {
    /// A short stable name: `accepted`.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Confirmed => "confirmed",
            Self::Refused => "refused",
            Self::Unknown => "unknown",
        }
    }
}

/// The messages of one port, and how many there were.
#[derive(Debug, Default)]
pub(super) struct Messages {
    pub(super) published: u64,
    pub(super) confirmed: u64,
    pub(super) received: u64,
    /// Rows are wanted.
    is_kept: bool,
    rows: Vec<Row>,
    /// What went out last, until no later word can come.
    open: VecDeque<Open>,
    is_hex: bool,
    /// The rows of the dialogue that is learnt, while one is.
    learnt: Option<Vec<Row>>,
}

#[derive(Debug)]
struct Open {
    id: RequestId,
    row: Row,
    qos: u8,
    awaits_word: bool,
    is_accepted: bool,
}

impl Messages {
    pub(super) fn new(is_kept: bool) -> Self {
        Self { is_kept, ..Self::default() }
    }

    /// A message came in.
    pub(super) fn arrived(&mut self, arrival: &Arrival, line: u32) {
        self.received += 1;
        let bytes = arrival.message.payload.len();
        let topic = arrival.message.topic.as_str().to_owned();
        let row = Row { line, topic, bytes, state: None, is_cut: bytes < arrival.announced };
        self.learn(&row);
        self.keep(row);
    }

    /// What comes from now on is learnt: see [`learnt`](Self::learnt).
    pub(super) fn begin_to_learn(&mut self) {
        self.learnt = self.is_kept.then(Vec::new);
    }

    /// The rows since then; `None` when what became of one of them is still open.
    pub(super) fn learnt(&mut self) -> Option<Vec<Row>> {
        let learnt = self.learnt.take().unwrap_or_default();
        let is_open = |row: &Row| self.open.iter().any(|open| open.awaits_word && open.row.line == row.line);
        (!learnt.iter().any(is_open)).then_some(learnt)
    }

    /// Whether what is published is read as hex digits.
    pub(super) const fn is_hex(&self) -> bool {
        self.is_hex
    }

    /// Takes rows of messages that were counted elsewhere.
    pub(super) fn add_rows(&mut self, rows: &mut Vec<Row>) {
        self.rows.append(rows);
    }

    fn learn(&mut self, row: &Row) {
        if let Some(learnt) = &mut self.learnt {
            learnt.push(row.clone());
        }
    }

    /// A dialogue ended. `line` is where its command stands.
    pub(super) fn ended(&mut self, record: &ExchangeRecord, line: u32) {
        if let Some(is_hex) = raw::hex_mode(&record.command).filter(|_| record.result.is_ok()) {
            self.is_hex = is_hex;
        }
        let (Some(id), true) = (record.request, record.command.verb().publishes()) else { return };
        if record.command.is_question() {
            return;
        }
        let row = Row {
            line,
            topic: record.command.argument(0).unwrap_or_default().to_owned(),
            bytes: self.length(record),
            state: Some(state(record)),
            is_cut: record.data.is_some_and(|data| data.missing() > 0 && data.sent > 0),
        };
        self.learn(&row);
        let awaits_word = qos(record) > 0 && row.state != Some(State::Confirmed) && row.state != Some(State::Refused);
        let is_accepted = record.accepted_at.is_some() && row.state != Some(State::Refused);
        self.published += u64::from(is_accepted);
        self.confirmed += u64::from(row.state == Some(State::Confirmed));
        if self.open.len() == MOST_OPEN {
            self.release();
        }
        self.open.push_back(Open { id, row, qos: qos(record), awaits_word, is_accepted });
    }

    /// A word came late.
    pub(super) fn moved(&mut self, update: &PublishUpdate) {
        let Some(open) = self.open.iter_mut().find(|open| open.id == update.id && open.awaits_word) else { return };
        if let Delivery::Confirmed { .. } = update.delivery {
            (open.row.state, open.awaits_word) = (Some(State::Confirmed), false);
            self.confirmed += 1;
            self.published += u64::from(!std::mem::replace(&mut open.is_accepted, true));
        }
    }

    /// A word came when the next line had been sent: it is the oldest message's that waits for such a one.
    pub(super) fn late_word(&mut self, word: &str) {
        let wanted = match word {
            "PUBACK" => 1,
            "PUBCOMP" => 2,
            _ => return,
        };
        if let Some(open) = self.open.iter_mut().find(|open| open.awaits_word && open.qos == wanted) {
            (open.row.state, open.awaits_word) = (Some(State::Confirmed), false);
            self.confirmed += 1;
            self.published += u64::from(!std::mem::replace(&mut open.is_accepted, true));
        }
    }

    /// All rows, in the order of their lines.
    pub(super) fn into_rows(mut self) -> Vec<Row> {
        while !self.open.is_empty() {
            self.release();
        }
        self.rows.sort_by_key(|row| row.line);
        self.rows
    }

    fn release(&mut self) {
        if let Some(open) = self.open.pop_front() {
            self.keep(open.row);
        }
    }

    fn keep(&mut self, row: Row) {
        if self.is_kept {
            self.rows.push(row);
        }
    }

    fn length(&self, record: &ExchangeRecord) -> usize {
        if let Some(data) = record.data {
            return data.announced.unwrap_or(data.sent);
        }
        let Some(text) = raw::quoted_message(&record.command) else { return 0 };
        published_length(text, self.is_hex)
    }
}

/// How long the payload is that stands between the quotes of a line as `text`.
pub(super) fn published_length(text: &str, is_hex: bool) -> usize {
    if is_hex && is_digits(text) { text.len() / 2 } else { unescaped_length(text) }
}

/// What `record` published; `data` is what was sent behind its prompt.
pub(super) fn payload_of(record: &ExchangeRecord, data: &[u8], is_hex: bool) -> Vec<u8> {
    if record.data.is_some() {
        return data.to_vec();
    }
    let text = raw::quoted_message(&record.command).unwrap_or_default();
    let digits = |at: usize| u8::from_str_radix(text.get(at..at + 2)?, 16).ok();
    if is_hex && is_digits(text) {
        return (0..text.len()).step_by(2).filter_map(digits).collect();
    }
    unescaped(text).into_owned()
}

/// What is no hex digits is refused, and is as long as it is.
fn is_digits(text: &str) -> bool {
    text.len().is_multiple_of(2) && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// `\22` stands for one byte (reference, section 11.5).
fn unescaped(text: &str) -> Cow<'_, [u8]> {
    if !text.contains('\\') {
        return Cow::Borrowed(text.as_bytes());
    }
    let (bytes, mut at, mut out) = (text.as_bytes(), 0, Vec::new());
    while at < bytes.len() {
        let escaped = || u8::from_str_radix(text.get(at + 1..at + 3)?, 16).ok();
        let sign = if bytes[at] == b'\\' { escaped() } else { None };
        out.push(sign.unwrap_or(bytes[at]));
        at += if sign.is_some() { 3 } else { 1 };
    }
    Cow::Owned(out)
}

fn state(record: &ExchangeRecord) -> State {
    match &record.result {
        Ok(()) if qos(record) == 0 => State::Accepted,
        Ok(()) => State::Confirmed,
        Err(Fault::Refused { .. }) => State::Refused,
        Err(_) if record.accepted_at.is_some() && qos(record) == 0 => State::Accepted,
        Err(_) => State::Unknown,
    }
}

fn qos(record: &ExchangeRecord) -> u8 {
    let qos = record.command.argument(1).and_then(|qos| qos.trim().parse().ok()).unwrap_or(0);
    if Qos::try_from(qos).is_ok() { qos } else { 0 }
}

fn unescaped_length(text: &str) -> usize {
    unescaped(text).len()
}

/// So many wait for a late word at once.
const MOST_OPEN: usize = 64;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_escaped_sign_is_one_byte() {
        assert_eq!(unescaped_length("{\\22t\\22:21}"), 8);
        assert_eq!(unescaped_length("温"), 3);
    }
}
