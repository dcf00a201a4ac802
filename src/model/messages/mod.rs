//! What is known of messages: the history both ways, the topic tree, the subscriptions.
//!
//! Events change it. An outgoing message enters the history when the first event about its request comes: the
//! application lays it ready with [`Messages::record_publish`] when the request was taken.

mod log;
mod party;
mod repeat;
mod subscriptions;
mod tree;

#[cfg(test)]
mod tests;

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use chrono::{DateTime, Local};

use crate::{
    modem::{
        event::{Arrival, Delivery, Event, Fault, PublishUpdate},
        request::{Connection, Reception, RequestId},
        status::{Session, Status},
    },
    mqtt::{Filter, Message, Qos},
    time::{Moment, WallAnchor},
};

pub use self::{
    log::{Direction, Entry, HistoryLimit, MessageLog},
    party::{Party, PartyInput, PartyStage},
    repeat::{Repeat, RepeatEnd},
    subscriptions::{SubscriptionEntry, Subscriptions},
    tree::{Kept, LastValue, NodeId, TopicNode, TopicTree},
};

/// A connection that messages passed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Its broker as `host:port`; `None` when nobody here asked for it.
    pub broker: Option<String>,
    /// When its first message passed, or when the broker let it in.
    pub since: DateTime<Local>,
}

/// Everything known of messages.
#[derive(Debug)]
pub struct Messages {
    log: MessageLog,
    tree: TopicTree,
    subscriptions: Subscriptions,
    session: Session,
    anchor: WallAnchor,
    /// Publishes whose request was taken and of which no event has told yet.
    awaited: BTreeMap<RequestId, Arc<Message>>,
    /// Publishes in the history whose outcome is open, with their sequence number and quality of service.
    open: BTreeMap<RequestId, (u64, Qos)>,
    received: u64,
    sent: u64,
    /// When the newest message or publish was told of.
    latest: Moment,
    /// How often a publish moved on.
    steps: u64,
    repeat: Option<Repeat>,
    /// The connections so far by their numbers, and the number of the next.
    passages: BTreeMap<u32, Passage>,
    /// The broker that the last connect request was to reach.
    target: Option<String>,
    /// How messages come from the module, by the last connect request.
    reception: Reception,
    /// So many bytes a message has at most that the module prints; several where nothing is stated for its model.
    printed_limits: &'static [usize],
    /// Whether the next message is one of a new connection.
    is_new: bool,
    /// The client on this computer.
    party: Party,
}

impl Default for Messages {
    fn default() -> Self {
        Self::new(HistoryLimit::default())
    }
}

impl Messages {
    /// No messages yet; keeps at most `limit` of those to come.
    pub fn new(limit: HistoryLimit) -> Self {
        Self {
            log: MessageLog::new(limit),
            tree: TopicTree::default(),
            subscriptions: Subscriptions::default(),
            session: Session::default(),
            anchor: WallAnchor::new(DateTime::UNIX_EPOCH.into()),
            awaited: BTreeMap::new(),
            open: BTreeMap::new(),
            received: 0,
            sent: 0,
            latest: Moment::ZERO,
            steps: 0,
            repeat: None,
            passages: BTreeMap::new(),
            target: None,
            reception: Reception::Direct,
            printed_limits: Status::default().printed_limits(),
            is_new: true,
            party: Party::default(),
        }
    }

    /// The history.
    pub fn log(&self) -> &MessageLog {
        &self.log
    }

    /// The topics.
    pub fn tree(&self) -> &TopicTree {
        &self.tree
    }

    /// The topic filters.
    pub fn subscriptions(&self) -> &Subscriptions {
        &self.subscriptions
    }

    /// Where the connection to the broker stands.
    pub fn session(&self) -> Session {
        self.session
    }

    /// Messages that arrived since the last [`clear`](Self::clear), trimmed ones included.
    pub fn received(&self) -> u64 {
        self.received
    }

    /// Messages handed to the modem since the last [`clear`](Self::clear), trimmed ones included.
    pub fn sent(&self) -> u64 {
        self.sent
    }

    /// Publishes whose outcome is still open.
    pub fn in_flight(&self) -> usize {
        self.awaited.len() + self.open.len()
    }

    /// How often a publish moved on: whether deliveries have changed since a look before.
    pub fn steps(&self) -> u64 {
        self.steps
    }

    /// When the newest message or publish of the running connection was told of.
    pub fn latest(&self) -> Moment {
        self.latest
    }

    /// The message that is sent again and again, or was.
    pub fn repeat(&self) -> Option<&Repeat> {
        self.repeat.as_ref()
    }

    /// The connection of this number.
    pub fn passage(&self, connection: u32) -> Option<&Passage> {
        self.passages.get(&connection)
    }

    /// The broker that topics, pins and counts are of; `None` when it is not known.
    pub fn broker(&self) -> Option<&str> {
        self.passages.last_key_value().and_then(|(_, passage)| passage.broker.as_deref())
    }

    /// Learns what the connection that is being opened shall reach.
    pub fn will_reach(&mut self, connection: &Connection) {
        self.target = Some(format!("{}:{}", connection.host, connection.port));
        self.reception = connection.reception;
        self.is_new = true;
    }

    /// Learns that another link was opened: nobody knows yet which broker it leads to.
    pub(super) fn begin(&mut self) {
        self.abandon();
        self.party = Party::default();
        self.target = None;
        self.reception = Reception::Direct;
        self.printed_limits = Status::default().printed_limits();
    }

    /// Begins another connection at `at` if one was opened: what another broker sent or keeps says nothing about this one.
    fn settle(&mut self, at: Moment) {
        if !std::mem::take(&mut self.is_new) {
            return;
        }
        if !self.passages.is_empty() && self.broker() != self.target.as_deref() {
            self.tree.clear();
            self.subscriptions.count_anew();
        }
        let number = self.passages.last_key_value().map_or(0, |(last, _)| last + 1);
        self.passages.insert(number, Passage { broker: self.target.clone(), since: self.anchor.at(at) });
        let first = self.log.entry(self.log.range().start).map_or(number, |entry| entry.connection);
        self.passages.retain(|known, _| *known >= first);
    }

    /// Begins to send a message again and again, the first at `now`.
    pub fn begin_repeat(&mut self, now: Moment, interval: Duration, wanted: Option<u64>) {
        self.repeat = Some(Repeat::new(now, interval, wanted));
    }

    /// Learns that one of the repeated messages was handed over at `now` as `id`, or was not taken.
    pub(super) fn note_repeated(&mut self, now: Moment, id: Option<RequestId>) {
        if let Some(repeat) = &mut self.repeat {
            repeat.note_sent(now, id);
        }
    }

    /// Sends none of them any more.
    pub(super) fn end_repeat(&mut self, end: RepeatEnd) {
        if let Some(repeat) = &mut self.repeat {
            repeat.stop(end);
        }
    }

    /// Gives a topic filter another colour.
    pub(super) fn set_colour(&mut self, filter: &Filter, colour: usize) {
        self.subscriptions.set_colour(filter, colour);
    }

    /// Lays the message of a publish request ready, so that the events about `id` can be told of it.
    ///
    /// Call it when the worker has taken the request, before its events are applied.
    pub fn record_publish(&mut self, id: RequestId, message: Message) {
        self.awaited.insert(id, Arc::new(message));
    }

    /// Takes over what an event says.
    pub fn apply(&mut self, event: &Event) {
        self.party.take_modem(event);
        match event {
            Event::Opened { anchor, .. } => {
                self.anchor = *anchor;
                self.latest = Moment::ZERO;
            }
            Event::Status(status) => {
                let was = std::mem::replace(&mut self.session, status.session);
                if was != Session::Connected && self.session == Session::Connected {
                    self.settle(self.latest);
                }
                if self.session == Session::Offline {
                    self.end_repeat(RepeatEnd::SessionEnded);
                }
                self.printed_limits = status.printed_limits();
                self.subscriptions.update(&status.subscriptions);
            }
            Event::Subscription { at, filter, result } => {
                self.subscriptions.note_result(filter, *at, result);
            }
            Event::Message(arrival) => self.take_arrival(arrival),
            Event::Publish(update) => self.take_update(update),
            Event::SessionLost { at, .. } => {
                self.session = Session::Offline;
                self.latest = *at;
                self.is_new = true;
                self.end_repeat(RepeatEnd::SessionEnded);
            }
            Event::Closed { at, fault } => {
                let fault = fault.clone().map_or(Fault::Cancelled, Fault::Port);
                self.close(*at, &fault);
            }
            _ => {}
        }
    }

    /// Learns that the link is gone without a word: nothing more will be told of what is still open.
    pub fn abandon(&mut self) {
        self.close(self.latest, &Fault::Cancelled);
    }

    /// Forgets the history, the topics and the counts. Publishes under way keep being followed.
    pub fn clear(&mut self) {
        self.log.clear();
        self.tree.clear();
        self.received = 0;
        self.sent = 0;
    }

    /// Learns that the user asks for a topic filter.
    pub(super) fn ask_subscription(&mut self, filter: &Filter) {
        self.subscriptions.ask(filter);
    }

    /// Takes a topic filter out of the list, as soon as it is off.
    pub fn forget_subscription(&mut self, filter: &Filter) {
        self.subscriptions.forget(filter);
    }

    /// Changes how much history is kept.
    pub fn set_limit(&mut self, limit: HistoryLimit) {
        self.log.set_limit(limit);
    }

    fn take_arrival(&mut self, arrival: &Arrival) {
        self.received += 1;
        self.latest = arrival.at;
        self.settle(arrival.at);
        let colour = self.subscriptions.count(&arrival.message.topic);
        let is_at_limit =
            self.reception == Reception::Direct && self.printed_limits.contains(&arrival.message.payload.len());
        let direction = Direction::In { announced: arrival.announced, colour, is_at_limit };
        let topic = &arrival.message.topic;
        let is_first = self.subscriptions.is_first_since_suback(topic, arrival.at);
        self.push(arrival.at, direction, Arc::new(arrival.message.clone()));
        if is_first {
            self.tree.note_kept(&arrival.message.topic, Some(Kept::Probably));
        }
    }

    fn take_update(&mut self, update: &PublishUpdate) {
        self.latest = update.at;
        if let Some(message) = self.awaited.remove(&update.id) {
            self.sent += 1;
            let qos = message.qos;
            let seq = self.push(update.at, Direction::Out { delivery: Delivery::Queued }, message);
            self.open.insert(update.id, (seq, qos));
        }
        self.steps += 1;
        let Some(&(seq, qos)) = self.open.get(&update.id) else { return };
        if let Some(repeat) = &mut self.repeat {
            repeat.note_delivery(update.id, &update.delivery, qos);
        }
        if let Some(delivery) = self.log.delivery_mut(seq) {
            *delivery = update.delivery.clone();
        }
        if is_final(&update.delivery, qos) {
            self.open.remove(&update.id);
            self.note_kept(seq, &update.delivery);
        }
    }

    /// What a publish with the retain flag leaves at the broker, as far as the modem's word goes.
    fn note_kept(&mut self, seq: u64, delivery: &Delivery) {
        let is_taken = matches!(delivery, Delivery::Accepted { .. } | Delivery::Confirmed { .. });
        if let Some(Entry { message, .. }) = self.log.entry(seq).filter(|entry| is_taken && entry.message.retain) {
            let kept = (!message.payload.is_empty()).then_some(Kept::Published);
            self.tree.note_kept(&message.topic, kept);
        }
    }

    /// The link is gone: no event will tell of what is still open.
    fn close(&mut self, at: Moment, fault: &Fault) {
        self.session = Session::Offline;
        self.is_new = true;
        self.subscriptions.switch_off();
        self.end_repeat(RepeatEnd::SessionEnded);
        self.steps += 1;
        for (id, _) in self.awaited.clone() {
            self.take_update(&PublishUpdate { at, id, delivery: Delivery::Failed(fault.clone()) });
        }
        for (seq, _) in std::mem::take(&mut self.open).into_values() {
            if let Some(delivery) = self.log.delivery_mut(seq) {
                *delivery = match delivery {
                    Delivery::Queued => Delivery::Failed(fault.clone()),
                    _ => Delivery::Unknown(fault.clone()),
                };
            }
        }
    }

    fn push(&mut self, at: Moment, direction: Direction, message: Arc<Message>) -> u64 {
        let time: DateTime<Local> = self.anchor.at(at);
        self.tree.count(&message, time);
        let connection = self.passages.last_key_value().map_or(0, |(number, _)| *number);
        self.log.push(Entry { time, connection, direction, message })
    }
}

/// Whether nothing more will be told of a publish with this quality of service.
fn is_final(delivery: &Delivery, qos: Qos) -> bool {
    match delivery {
        Delivery::Accepted { .. } => qos == Qos::AtMostOnce,
        Delivery::Confirmed { .. } | Delivery::Failed(_) | Delivery::Unknown(_) => true,
        Delivery::Queued | Delivery::Sending | Delivery::Received { .. } => false,
    }
}
