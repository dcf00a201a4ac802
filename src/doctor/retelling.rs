//! A log told once more from its beginning, as a connection would tell it: to whoever keeps what a connection tells.

use std::collections::BTreeMap;

use super::{
    compare::{Comparison, Tries, compare, pair},
    messages::payload_of,
    timeline::{Spot, Timeline},
};
use crate::{
    air780e::raw,
    modem::{
        event::{Event, ExchangeRecord, PublishUpdate, WireKind},
        request::RequestId,
    },
    mqtt::{Message, Qos},
    record::{Nature, Piece, Reader, Told, Watcher, What},
    time::Moment,
};

/// What passed at a port.
#[derive(Clone, Debug)]
pub enum Passed {
    /// Moments count from this time on: microseconds since 1970 or of a day, as the log writes them.
    Began(i64),
    /// Somebody published this message under this name.
    Published(RequestId, Message),
    /// What the core told.
    Told(Event),
}

/// The ports of a log that is told again.
#[derive(Debug, Default)]
pub(super) struct Retelling {
    watcher: Watcher,
    ports: Vec<Port>,
}

#[derive(Debug, Default)]
struct Port {
    timeline: Timeline,
    /// What the last moment counts from.
    began: Option<i64>,
    /// Of publishes whose dialogue has not ended: what they are is not known before.
    held: BTreeMap<RequestId, Vec<PublishUpdate>>,
    /// The newest publish that is known.
    known: Option<RequestId>,
    /// What was sent last behind a prompt.
    data: Vec<u8>,
    is_hex: bool,
    tries: Tries,
}

impl Retelling {
    /// Takes the next piece of the log.
    pub(super) fn take(&mut self, piece: &Piece, nature: Nature, tell: &mut dyn FnMut(usize, u32, Passed)) {
        while self.ports.len() <= piece.port {
            self.ports.push(Port { timeline: Timeline::new(nature.is_timed), ..Port::default() });
        }
        let at = self.watcher.moment(piece.at);
        self.ports[piece.port].pass(piece, nature.is_timed, at, tell);
        let Self { watcher, ports } = self;
        watcher.take(piece, |told| ports[told.port].take(told, at, tell));
    }

    /// The log is over: its ports in the order of their numbers.
    pub(super) fn end(self) -> Vec<(Timeline, Option<Comparison>)> {
        let end = |mut port: Port| {
            port.timeline.end();
            let tries = port.tries.done();
            (port.timeline, pair(&tries).map(|(failed, good)| compare(failed, good)))
        };
        self.ports.into_iter().map(end).collect()
    }
}

impl Port {
    fn pass(&mut self, piece: &Piece, is_timed: bool, at: Moment, tell: &mut dyn FnMut(usize, u32, Passed)) {
        self.timeline.pass(Spot { at, line: piece.line });
        let began = piece.wall.filter(|_| is_timed).and_then(|wall| wall.checked_sub_unsigned(at.as_micros()));
        // A clock that was set begins anew; that a line of the past has a place of its own does not.
        if began.is_some_and(|began| self.began.is_none_or(|before| began.abs_diff(before) > SLIP)) {
            self.began = began;
            tell(piece.port, piece.line, Passed::Began(began.unwrap_or_default()));
        } else if self.began.is_none() {
            self.began = Some(0);
            tell(piece.port, piece.line, Passed::Began(0));
        }
        if let What::Sent(bytes) = &piece.what
            && raw::wants_data(&String::from_utf8_lossy(bytes))
        {
            self.data.clear();
        }
    }

    fn take(&mut self, told: Told, at: Moment, tell: &mut dyn FnMut(usize, u32, Passed)) {
        let Told { port, line, event } = told;
        self.timeline.take(Spot { at, line }, &event);
        self.tries.take(line, &event);
        let mut tell = |passed| tell(port, line, passed);
        match event {
            Event::Wire(wire) if wire.kind == WireKind::SentData => {
                self.data = wire.bytes.as_deref().unwrap_or(wire.text.as_bytes()).to_vec();
                tell(Passed::Told(Event::Wire(wire)));
            }
            Event::Publish(update) if self.known.is_none_or(|known| update.id > known) => {
                self.held.entry(update.id).or_default().push(update);
            }
            Event::Exchange(record) => {
                if let Some(is_hex) = raw::hex_mode(&record.command).filter(|_| record.result.is_ok()) {
                    self.is_hex = is_hex;
                }
                self.publish(&record, &mut tell);
                tell(Passed::Told(Event::Exchange(record)));
            }
            event => tell(Passed::Told(event)),
        }
    }

    fn publish(&mut self, record: &ExchangeRecord, tell: &mut dyn FnMut(Passed)) {
        let Some(id) = record.request.filter(|_| record.command.verb().publishes() && !record.command.is_question())
        else {
            return;
        };
        let Some(message) = self.message(record) else { return };
        tell(Passed::Published(id, message));
        self.known = self.known.max(Some(id));
        for update in self.held.remove(&id).into_iter().flatten() {
            tell(Passed::Told(Event::Publish(update)));
        }
        // Of those before it nothing more is known either.
        self.held = self.held.split_off(&id);
    }

    fn message(&self, record: &ExchangeRecord) -> Option<Message> {
        let number =
            |place| record.command.argument(place).and_then(|text| text.trim().parse::<u8>().ok()).unwrap_or(0);
        Some(Message {
            topic: record.command.argument(0)?.parse().ok()?,
            payload: payload_of(record, &self.data, self.is_hex),
            qos: Qos::try_from(number(1)).unwrap_or_default(),
            retain: number(2) == 1,
        })
    }
}

/// Reads on from where `reader` is and tells what passes.
pub(super) fn retell(
    bytes: &[u8],
    reader: &mut Reader,
    retelling: &mut Retelling,
    tell: &mut dyn FnMut(usize, u32, Passed),
) {
    reader.push(bytes, &mut |nature, piece| retelling.take(&piece, nature, tell));
}

/// Entries of several readers stand so much out of order, in microseconds.
const SLIP: u64 = 1_000_000;
