//! What is seen of each traced message, and what follows from it.

use std::{collections::BTreeMap, time::Duration};

use super::{
    Cell, Mark, Place, Proof, Why,
    leg::{Arrival, Leg},
};
use crate::{
    mqtt::{Filter, Message, Qos, Topic},
    time::Moment,
};

/// Follows the numbered messages of one trace, one way. Hand each over with [`handed`](Self::handed) before what is told of it is
/// taken; [`verdicts`](Self::verdicts) may be asked at any time.
#[derive(Debug)]
pub struct Tracer {
    leg: Leg,
    mark: Mark,
    /// Where the messages go, without their number.
    topic: Topic,
    /// How long after its handing over a message is judged.
    patience: Duration,
    traced: BTreeMap<u32, Traced>,
    /// Numbers by what the sender calls the publish.
    ids: BTreeMap<u64, u32>,
    /// Since when the receiver's subscription stands without a break; only of a receiver that can ask.
    stands_since: Option<Moment>,
    /// Whether the receiver may have got what nobody saw.
    is_blind: bool,
    /// The highest number that has arrived.
    newest: Option<u32>,
    /// When a traced message came last, or the receiver came back: a queue may still be running empty.
    latest: Moment,
}

/// What is known of one message.
#[derive(Clone, Debug)]
struct Traced {
    handed: Moment,
    qos: Qos,
    bytes: usize,
    accepted: Option<Moment>,
    /// When this computer wrote it, on the connection that still stands.
    written: Option<Moment>,
    confirmed: Option<Moment>,
    answered: Option<Moment>,
    echoed: Option<Moment>,
    refused: Option<Moment>,
    /// When an answer of the broker showed that it had not been sent to the receiver.
    missed: Option<Moment>,
    arrivals: Vec<(Moment, Arrival)>,
    is_overtaken: bool,
}

/// What is known of one message, judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Its number.
    pub number: u32,
    /// The quality of service that it was sent with.
    pub qos: Qos,
    /// When it was handed over.
    pub handed: Moment,
    /// Whether it left the sender.
    pub left_sender: Cell,
    /// Whether it reached the broker.
    pub reached_broker: Cell,
    /// Whether it left the broker for the receiver.
    pub left_broker: Cell,
    /// Whether it arrived.
    pub arrived: Cell,
    /// What is odd about its arrival.
    pub oddities: Vec<Oddity>,
}

/// Something odd about an arrival.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Oddity {
    /// It came so often.
    Times(usize),
    /// The broker says that it may have sent it before.
    Resent,
    /// A later number came before it.
    Overtaken,
    /// It came as a message that the broker had kept.
    Retained,
    /// It came with a lower quality of service.
    QosLowered {
        /// The one that it came with.
        to: Qos,
    },
    /// It came with so many bytes of those that it was sent with.
    Cut {
        /// Bytes that came.
        came: usize,
        /// Bytes that were sent.
        sent: usize,
    },
}

impl Verdict {
    /// From the handing over to the broker's confirmation, where there was one.
    pub fn first_leg(&self) -> Option<Duration> {
        match self.reached_broker {
            Cell::Yes(at, Proof::Confirmation) => Some(at.since(self.handed)),
            _ => None,
        }
    }

    /// From the handing over to the arrival.
    pub fn end_to_end(&self) -> Option<Duration> {
        match self.arrived {
            Cell::Yes(at, _) => Some(at.since(self.handed)),
            _ => None,
        }
    }

    /// From the broker's confirmation to the arrival; `None` where one of them is missing, or came the other way round: a broker may
    /// send a message on before it confirms it.
    pub fn second_leg(&self) -> Option<Duration> {
        self.end_to_end()?.checked_sub(self.first_leg()?)
    }

    /// Where it was lost.
    pub const fn place(&self) -> Place {
        match (self.left_sender, self.reached_broker, self.left_broker, self.arrived) {
            (_, _, _, Cell::Yes(..)) => Place::Arrived,
            (Cell::No(..), ..) => Place::AtSender,
            (.., Cell::Open) => Place::UnderWay,
            (_, Cell::Yes(..), Cell::No(..), _) => Place::AtBroker,
            (_, _, Cell::No(..), _) => Place::BeforeBrokerOrThere,
            (_, Cell::Yes(..), ..) => Place::BehindBroker,
            _ => Place::Unknown,
        }
    }
}

impl Tracer {
    /// Nothing traced yet of the messages to `topic`. Each is judged `patience` after it was handed over,
    /// and after the last of them came.
    pub const fn new(leg: Leg, mark: Mark, topic: Topic, patience: Duration) -> Self {
        Self {
            leg,
            mark,
            topic,
            patience,
            traced: BTreeMap::new(),
            ids: BTreeMap::new(),
            stands_since: None,
            is_blind: false,
            newest: None,
            latest: Moment::ZERO,
        }
    }

    /// Which way the messages go.
    pub const fn leg(&self) -> Leg {
        self.leg
    }

    /// Their mark.
    pub const fn mark(&self) -> Mark {
        self.mark
    }

    /// The number of the next message.
    pub fn next_number(&self) -> u32 {
        self.traced.last_key_value().map_or(1, |(last, _)| last + 1)
    }

    /// Learns that `message`, which carries `number`, is handed to its sender as `id`.
    pub fn handed(&mut self, number: u32, id: u64, at: Moment, message: &Message) {
        self.ids.insert(id, number);
        let traced = Traced {
            handed: at,
            qos: message.qos,
            bytes: message.payload.len(),
            accepted: None,
            written: None,
            confirmed: None,
            answered: None,
            echoed: None,
            refused: None,
            missed: None,
            arrivals: Vec::new(),
            is_overtaken: false,
        };
        self.traced.insert(number, traced);
    }

    /// What is known of each message at `now`, by number.
    pub fn verdicts(&self, now: Moment) -> Vec<Verdict> {
        self.traced.iter().map(|(number, traced)| self.verdict(*number, traced, now)).collect()
    }

    /// Whether each message is judged at `now`: it arrived, or its time is over and no answer of the broker is awaited.
    pub fn is_settled(&self, now: Moment) -> bool {
        self.traced
            .values()
            .all(|traced| !traced.arrivals.is_empty() || self.is_due(traced, now) && !self.may_be_answered(traced))
    }

    pub(super) fn number_of(&self, id: u64) -> Option<u32> {
        self.ids.get(&id).copied()
    }

    pub(super) fn accepted(&mut self, number: u32, at: Moment) {
        self.note(number, |traced| traced.accepted.get_or_insert(at));
    }

    pub(super) fn written(&mut self, number: u32, at: Moment) {
        self.note(number, |traced| traced.written.get_or_insert(at));
    }

    pub(super) fn confirmed(&mut self, number: u32, at: Moment) {
        self.note(number, |traced| traced.confirmed.get_or_insert(at));
    }

    pub(super) fn echoed(&mut self, number: u32, at: Moment) {
        self.note(number, |traced| traced.echoed.get_or_insert(at));
    }

    pub(super) fn not_sent(&mut self, number: u32, at: Moment) {
        self.note(number, |traced| traced.refused.get_or_insert(at));
    }

    pub(super) fn arrived(&mut self, number: u32, at: Moment, arrival: Arrival) {
        let is_behind = self.newest.is_some_and(|newest| newest > number);
        self.newest = self.newest.max(Some(number));
        self.latest = self.latest.max(at);
        if let Some(traced) = self.traced.get_mut(&number) {
            traced.is_overtaken |= is_behind && traced.arrivals.is_empty();
            traced.arrivals.push((at, arrival));
        }
    }

    /// Whether `filter` asks for what is traced.
    pub fn concerns(&self, filter: &Filter) -> bool {
        let sample = Message { topic: self.topic.clone(), payload: Vec::new(), qos: Qos::AtMostOnce, retain: false };
        self.mark.put(&sample, 1).is_ok_and(|sample| filter.matches(&sample.topic))
    }

    /// Learns that the receiver on this computer has been subscribed since `at` at the latest.
    pub fn stands(&mut self, at: Moment) {
        self.receiver_stands(at, true);
    }

    /// The receiver on this computer is subscribed, or is not any more.
    pub(super) fn receiver_stands(&mut self, at: Moment, stands: bool) {
        self.stands_since = if stands { self.stands_since.or(Some(at)) } else { None };
        self.latest = self.latest.max(at);
    }

    /// All that the broker had sent to the receiver before its answer is here. The question went out at `asked`.
    pub(super) fn receiver_answered(&mut self, asked: Moment, at: Moment) {
        let Some(since) = self.stands_since else { return };
        let (latest, patience) = (self.latest, self.patience);
        for traced in self.traced.values_mut() {
            // A question that went out too early shows nothing about what comes later, and one answer is enough.
            let is_late = traced.handed.max(latest) + patience <= asked;
            if is_late && since <= traced.handed && traced.missed.is_none() && traced.arrivals.is_empty() {
                traced.missed = Some(at);
            }
        }
    }

    /// The broker has read all that this computer sent before `asked`.
    pub(super) fn sender_answered(&mut self, asked: Moment, at: Moment) {
        for traced in self.traced.values_mut() {
            if traced.written.is_some_and(|written| written < asked) {
                traced.answered.get_or_insert(at);
            }
        }
    }

    /// What this computer sent on the connection that is gone is not answered any more.
    pub(super) fn sender_gone(&mut self) {
        for traced in self.traced.values_mut() {
            traced.written = None;
        }
    }

    /// The receiver may have got what nobody saw.
    pub(super) const fn blind(&mut self) {
        self.is_blind = true;
    }

    /// Whether an answer of the broker to the client on this computer would decide something now.
    pub fn wants_answer(&self, now: Moment) -> bool {
        self.traced.values().any(|traced| match self.leg {
            Leg::Out => self.is_due(traced, now) && self.may_be_answered(traced),
            Leg::Back => traced.written.is_some() && !traced.has_reached(),
        })
    }

    /// Whether it is late enough for a no.
    fn is_due(&self, traced: &Traced, now: Moment) -> bool {
        traced.handed.max(self.latest) + self.patience <= now
    }

    fn may_be_answered(&self, traced: &Traced) -> bool {
        self.leg == Leg::Out
            && traced.missed.is_none()
            && traced.arrivals.is_empty()
            && self.stands_since.is_some_and(|since| since <= traced.handed)
    }

    fn note(&mut self, number: u32, what: impl FnOnce(&mut Traced) -> &mut Moment) {
        if let Some(traced) = self.traced.get_mut(&number) {
            what(traced);
        }
    }

    fn verdict(&self, number: u32, traced: &Traced, now: Moment) -> Verdict {
        let is_due = self.is_due(traced, now);
        let reached_broker = Self::reached(traced, is_due);
        let arrived = self.has_arrived(traced, now, is_due);
        Verdict {
            number,
            qos: traced.qos,
            handed: traced.handed,
            left_sender: match reached_broker {
                Cell::No(at, _) => Cell::No(at, Proof::Refusal),
                other => other,
            },
            reached_broker,
            left_broker: self.left_broker(traced, reached_broker, is_due),
            arrived,
            oddities: traced.oddities(),
        }
    }

    fn reached(traced: &Traced, is_due: bool) -> Cell {
        if let Some((at, proof)) = traced.first_proof() {
            return Cell::Yes(at, proof);
        }
        match (traced.refused, traced.qos) {
            (Some(at), _) => Cell::No(at, Proof::Before),
            (None, _) if !is_due => Cell::Open,
            (None, Qos::AtMostOnce) => Cell::Unknown(Why::NobodyConfirms),
            (None, _) => Cell::Unknown(Why::NotConfirmed),
        }
    }

    fn left_broker(&self, traced: &Traced, reached: Cell, is_due: bool) -> Cell {
        if let Some((at, _)) = traced.arrivals.first() {
            return Cell::Yes(*at, Proof::Arrival);
        }
        match (reached, traced.missed) {
            (Cell::No(at, _), _) => Cell::No(at, Proof::Before),
            (_, Some(at)) => Cell::No(at, Proof::EmptyAnswer),
            _ if !is_due || self.may_be_answered(traced) => Cell::Open,
            _ if self.leg == Leg::Back => Cell::Unknown(Why::NobodyAsks),
            _ => Cell::Unknown(Why::ReceiverAway),
        }
    }

    fn has_arrived(&self, traced: &Traced, now: Moment, is_due: bool) -> Cell {
        if let Some((at, _)) = traced.arrivals.first() {
            return Cell::Yes(*at, Proof::Arrival);
        }
        match traced.refused.filter(|_| traced.first_proof().is_none()) {
            Some(at) => Cell::No(at, Proof::Before),
            None if self.is_blind => Cell::Unknown(Why::Blind),
            None if !is_due => Cell::Open,
            None => Cell::No(now, Proof::Silence),
        }
    }
}

impl Traced {
    fn has_reached(&self) -> bool {
        self.first_proof().is_some()
    }

    /// The earliest sign that the broker has it; the broker's own word before others of the same moment.
    fn first_proof(&self) -> Option<(Moment, Proof)> {
        let arrival = self.arrivals.first().map(|(at, _)| *at);
        let signs = [
            (self.confirmed, Proof::Confirmation),
            (self.echoed, Proof::Echo),
            (arrival, Proof::Arrival),
            (self.answered, Proof::LaterAnswer),
        ];
        signs.into_iter().find_map(|(at, proof)| Some((at?, proof)))
    }

    fn oddities(&self) -> Vec<Oddity> {
        let Some((_, first)) = self.arrivals.first() else { return Vec::new() };
        let mut odd = Vec::new();
        if self.arrivals.len() > 1 {
            odd.push(Oddity::Times(self.arrivals.len()));
        }
        if first.is_dup {
            odd.push(Oddity::Resent);
        }
        if self.is_overtaken {
            odd.push(Oddity::Overtaken);
        }
        if first.retain == Some(true) {
            odd.push(Oddity::Retained);
        }
        if let Some(to) = first.qos.filter(|qos| *qos < self.qos) {
            odd.push(Oddity::QosLowered { to });
        }
        if first.bytes < self.bytes {
            odd.push(Oddity::Cut { came: first.bytes, sent: self.bytes });
        }
        odd
    }
}
