//! What passed beside dialogues as far as it explains trouble: messages that came, places of the cache that were named, lines
//! that were no command, bytes that are no UTF-8. Bounded; the newest of each stay.

use std::collections::VecDeque;

use crate::{
    modem::event::{Arrival, Event, WireKind, WireLine},
    time::Moment,
};

/// Messages and stray lines of one connection.
#[derive(Clone, Debug, Default)]
pub(super) struct Messages {
    arrived: VecDeque<Arrived>,
    named: VecDeque<Moment>,
    strays: VecDeque<(Moment, String)>,
    foreign: VecDeque<(Moment, Box<[u8]>)>,
}

/// One message that came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Arrived {
    /// When its last byte came.
    pub(super) at: Moment,
    /// Its topic.
    pub(super) topic: String,
    /// Its first bytes.
    pub(super) payload: Vec<u8>,
    /// How many bytes it has.
    pub(super) bytes: usize,
    /// How many the module announced.
    pub(super) announced: usize,
}

impl Messages {
    /// Takes what happened; says whether it is a message that may tell of something wrong.
    pub(super) fn take(&mut self, event: &Event) -> bool {
        match event {
            Event::Opened { .. } => *self = Self::default(),
            Event::Message(arrival) => {
                let arrived = Arrived::of(arrival);
                let is_telling = arrived.is_cut() || arrived.is_verdict();
                push(&mut self.arrived, arrived);
                return is_telling;
            }
            Event::Wire(line) => self.take_line(line),
            _ => {}
        }
        false
    }

    fn take_line(&mut self, line: &WireLine) {
        match line.kind {
            WireKind::Unsolicited if is_place(&line.text) => push(&mut self.named, line.at),
            WireKind::Sent if !is_command(&line.text) => {
                push(&mut self.strays, (line.at, line.text.chars().take(SHOWN).collect()));
            }
            _ => {}
        }
        if let Some(bytes) = line.bytes.as_ref().filter(|bytes| std::str::from_utf8(bytes).is_err()) {
            push(&mut self.foreign, (line.at, bytes[..bytes.len().min(KEPT)].into()));
        }
    }

    /// Messages that came, oldest first.
    pub(super) fn arrived(&self) -> impl DoubleEndedIterator<Item = &Arrived> {
        self.arrived.iter()
    }

    /// When the module named places of its cache instead of printing a message, oldest first.
    pub(super) fn named(&self) -> impl DoubleEndedIterator<Item = Moment> {
        self.named.iter().copied()
    }

    /// Lines that somebody sent and that are no command, oldest first.
    pub(super) fn strays(&self) -> impl DoubleEndedIterator<Item = (Moment, &str)> {
        self.strays.iter().map(|(at, text)| (*at, text.as_str()))
    }

    /// Lines whose bytes are no UTF-8, oldest first.
    pub(super) fn foreign(&self) -> impl DoubleEndedIterator<Item = (Moment, &[u8])> {
        self.foreign.iter().map(|(at, bytes)| (*at, &**bytes))
    }
}

impl Arrived {
    fn of(arrival: &Arrival) -> Self {
        let payload = &arrival.message.payload;
        Self {
            at: arrival.at,
            topic: arrival.message.topic.as_str().to_owned(),
            payload: payload[..payload.len().min(KEPT)].to_vec(),
            bytes: payload.len(),
            announced: arrival.announced,
        }
    }

    /// Whether it is shorter than the module said.
    pub(super) const fn is_cut(&self) -> bool {
        self.bytes < self.announced
    }

    /// Whether it may be an application's answer: an object that speaks of a code or an error.
    fn is_verdict(&self) -> bool {
        let start = &self.payload[..self.payload.len().min(LOOKED_AT)];
        let holds = |word: &[u8]| start.windows(word.len()).any(|part| part.eq_ignore_ascii_case(word));
        start.trim_ascii_start().starts_with(b"{") && (holds(b"code\"") || holds(b"\"err"))
    }
}

/// `+MSUB: 2`: a message lies in this place (reference, section 11.7).
fn is_place(text: &str) -> bool {
    let place = text.strip_prefix("+MSUB:").map(str::trim);
    place.is_some_and(|place| place.len() == 1 && place.bytes().all(|byte| byte.is_ascii_digit()))
}

fn is_command(text: &str) -> bool {
    text.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("AT")) || text.trim().is_empty()
}

fn push<T>(list: &mut VecDeque<T>, one: T) {
    if list.len() == MOST {
        list.pop_front();
    }
    list.push_back(one);
}

const MOST: usize = 32;
/// Where an answer says its code.
const LOOKED_AT: usize = 256;
/// As long as the longest message that a module prints.
const KEPT: usize = 4_100;
const SHOWN: usize = 80;
