//! The client on this computer beside the module: how far it is, what passes it, and the trace of who lost a message.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use super::{Direction, Entry, Messages};
use crate::{
    legs::{Leg, Mark, Tracer, Verdict},
    modem::event::{self, Delivery, Fault},
    mqtt::{Filter, Message, Qos, Topic},
    peer::{End, Event, Happening, PublishId},
    time::{Moment, WallAnchor},
};

/// What happens to the client on this computer.
#[derive(Clone, Debug)]
pub enum PartyInput {
    /// It begins to join.
    Joins {
        /// Under which client id.
        client_id: String,
        /// The time of day at which its moments count from zero.
        anchor: WallAnchor,
    },
    /// A message was handed to it.
    Handed {
        /// Under which id.
        id: PublishId,
        /// What is sent.
        message: Message,
    },
    /// It told something.
    Told(Event),
    /// It could not be started.
    Gone {
        /// What the system says.
        detail: String,
    },
    /// Messages to this topic are traced from now on.
    TraceBegan {
        /// Which way.
        leg: Leg,
        /// By which mark.
        mark: Mark,
        /// Where to, without the mark.
        topic: Topic,
    },
    /// A numbered message is handed over.
    Traced {
        /// Its number.
        number: u32,
        /// What its sender calls it.
        id: u64,
        /// When.
        at: Moment,
        /// The message, with its number.
        message: Message,
    },
    /// Nothing is traced any more.
    TraceEnded,
}

/// How far the client on this computer is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum PartyStage {
    /// Nobody asked for it.
    #[default]
    Away,
    /// It is on its way.
    Joining,
    /// The broker let it in.
    Here,
    /// It has left, or was not let in.
    Ended(End),
}

/// The client on this computer.
#[derive(Debug, Default)]
pub struct Party {
    pub(super) stage: PartyStage,
    pub(super) client_id: String,
    anchor: Option<WallAnchor>,
    /// What it asked for, with what was granted.
    subscriptions: BTreeMap<Filter, Option<Qos>>,
    awaited: BTreeMap<PublishId, Arc<Message>>,
    /// Publishes in the history whose outcome is open: number in it, when it was sent.
    open: BTreeMap<PublishId, (u64, Moment)>,
    trace: Option<(Tracer, Topic)>,
    /// The newest moment that was told.
    newest: Moment,
}

impl Party {
    /// How far it is.
    pub const fn stage(&self) -> &PartyStage {
        &self.stage
    }

    /// Its client id; empty before it was asked for.
    pub fn client_id(&self) -> &str {
        &self.client_id
    }

    /// Whether the broker gives it what is sent to `topic`.
    pub fn receives(&self, topic: &Topic) -> bool {
        self.subscriptions.iter().any(|(filter, granted)| granted.is_some() && filter.matches(topic))
    }

    /// Whether the broker has answered its subscription to `filter`.
    pub fn has_asked_for(&self, filter: &Filter) -> bool {
        self.subscriptions.contains_key(filter)
    }

    /// The trace under way, with the topic that it follows.
    pub fn trace(&self) -> Option<(&Tracer, &Topic)> {
        self.trace.as_ref().map(|(tracer, topic)| (tracer, topic))
    }

    pub(super) fn take_modem(&mut self, event: &event::Event) {
        if let Some((tracer, _)) = &mut self.trace {
            tracer.take_modem(event);
        }
    }

    /// What is known of the traced messages at `now`.
    pub fn verdicts(&self, now: Moment) -> Vec<Verdict> {
        self.trace.as_ref().map(|(tracer, _)| tracer.verdicts(now.max(self.newest))).unwrap_or_default()
    }
}

impl Messages {
    /// The client on this computer.
    pub const fn party(&self) -> &Party {
        &self.party
    }

    /// Takes what happened to the client on this computer.
    pub fn take_party(&mut self, input: &PartyInput) {
        match input {
            PartyInput::Joins { client_id, anchor } => {
                self.party = Party {
                    stage: PartyStage::Joining,
                    client_id: client_id.clone(),
                    anchor: Some(*anchor),
                    ..Party::default()
                };
            }
            PartyInput::Handed { id, message } => drop(self.party.awaited.insert(*id, Arc::new(message.clone()))),
            PartyInput::Told(event) => self.take_party_event(event),
            PartyInput::Gone { detail } => self.party_ended(End::Unreachable { detail: detail.clone() }),
            PartyInput::TraceBegan { leg, mark, topic } => {
                let mut tracer = Tracer::new(*leg, *mark, topic.clone(), TRACE_PATIENCE);
                let mut granted = self.party.subscriptions.iter().filter(|(_, granted)| granted.is_some());
                if granted.any(|(filter, _)| tracer.concerns(filter)) {
                    // It was subscribed before the trace began.
                    tracer.stands(self.party.newest);
                }
                self.party.trace = Some((tracer, topic.clone()));
            }
            PartyInput::Traced { number, id, at, message } => {
                if let Some((tracer, _)) = &mut self.party.trace {
                    tracer.handed(*number, *id, *at, message);
                }
            }
            PartyInput::TraceEnded => self.party.trace = None,
        }
    }

    fn take_party_event(&mut self, event: &Event) {
        self.party.newest = self.party.newest.max(event.at);
        if let Some((tracer, _)) = &mut self.party.trace {
            tracer.take_peer(event);
        }
        match &event.what {
            Happening::Joined { .. } => self.party.stage = PartyStage::Here,
            Happening::Subscribed { filter, granted } => {
                self.party.subscriptions.insert(filter.clone(), *granted);
            }
            Happening::Message(arrival) => {
                self.push_of_party(event.at, None, Arc::new(arrival.message.clone()));
            }
            Happening::Sent(id) => {
                if let Some(message) = self.party.awaited.remove(id) {
                    let sent = Delivery::Accepted { accept: Duration::ZERO };
                    let is_over = message.qos == Qos::AtMostOnce;
                    let seq = self.push_of_party(event.at, Some(sent), message);
                    if !is_over {
                        self.party.open.insert(*id, (seq, event.at));
                    }
                }
            }
            Happening::NotSent(id) => {
                if let Some(message) = self.party.awaited.remove(id) {
                    self.push_of_party(event.at, Some(Delivery::Failed(Fault::NotConnected)), message);
                }
            }
            Happening::Received(id) => {
                if let Some(&(seq, sent)) = self.party.open.get(id) {
                    self.set_delivery(seq, Delivery::Received { after: event.at.since(sent) });
                }
            }
            Happening::Confirmed(id) => {
                if let Some((seq, sent)) = self.party.open.remove(id) {
                    let confirmed = Delivery::Confirmed { accept: Duration::ZERO, ack: event.at.since(sent) };
                    self.set_delivery(seq, confirmed);
                }
            }
            Happening::Answered { .. } => {}
            Happening::Ended(end) => self.party_ended(end.clone()),
        }
    }

    /// Nothing more will be told of what is still open.
    fn party_ended(&mut self, end: End) {
        self.party.stage = PartyStage::Ended(end);
        self.party.subscriptions.clear();
        for (seq, _) in std::mem::take(&mut self.party.open).into_values() {
            self.set_delivery(seq, Delivery::Unknown(Fault::NotConnected));
        }
        let at = self.party.newest;
        for message in std::mem::take(&mut self.party.awaited).into_values() {
            self.push_of_party(at, Some(Delivery::Failed(Fault::NotConnected)), message);
        }
    }

    fn set_delivery(&mut self, seq: u64, delivery: Delivery) {
        self.steps += 1;
        if let Some(known) = self.log.delivery_mut(seq) {
            *known = delivery;
        }
    }

    /// Notes a message of this computer. It counts in no topic of the tree, where the module's side stands.
    fn push_of_party(&mut self, at: Moment, delivery: Option<Delivery>, message: Arc<Message>) -> u64 {
        self.steps += 1;
        let time = self.party.anchor.unwrap_or(self.anchor).at(at);
        let connection = self.passages.last_key_value().map_or(0, |(number, _)| *number);
        self.log.push(Entry { time, connection, direction: Direction::Here { delivery }, message })
    }
}

/// How long a traced message is waited for: a module far out may need seconds for a message.
const TRACE_PATIENCE: Duration = Duration::from_secs(10);
