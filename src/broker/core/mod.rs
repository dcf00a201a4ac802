//! The broker without I/O: what may happen to it, what it wants done, and the order in which it does things.
//!
//! How a CONNECT is judged stands in `connect`, subscriptions in `subscribe`, the way of a message in `route`, what the
//! broker tells about itself in `report`.

mod connect;
mod report;
mod route;
mod subscribe;

use std::collections::{BTreeSet, HashMap, VecDeque};

use mqtt_protocol_core::mqtt::packet::Packet;
use tracing::{debug, warn};

use self::report::Report;
use super::{
    ConnectionId, CoreConfig, connection::Connection, fault::Fault, publication::Publication, retained::Retained,
    session::Sessions, subscriptions::Subscriptions,
};
use crate::{mqtt::Message, time::Moment};

/// An MQTT 3.1.1 broker without sockets, threads or a clock.
///
/// Tell it what happens: [`open`](Self::open), [`handle_bytes`](Self::handle_bytes),
/// [`handle_closed`](Self::handle_closed), [`handle_timeout`](Self::handle_timeout), [`publish`](Self::publish),
/// [`kick`](Self::kick). After any of them poll until each is empty, in this order: [`poll_transmit`](Self::poll_transmit) for bytes to send,
/// [`poll_close`](Self::poll_close) for connections to close once their bytes are sent,
/// [`poll_timeout`](Self::poll_timeout) for the moment of the next `handle_timeout`. Moments must never go back.
pub struct Core {
    config: CoreConfig,
    now: Moment,
    connections: HashMap<ConnectionId, Connection>,
    sessions: Sessions,
    subscriptions: Subscriptions,
    retained: Retained,
    /// When to look at which connection; each connection stands here at most once, at its `scheduled`.
    deadlines: BTreeSet<(Moment, ConnectionId)>,
    /// Connections with bytes to send, each once.
    announced: VecDeque<ConnectionId>,
    /// Bytes of connections that are no more.
    last_words: VecDeque<(ConnectionId, Vec<u8>)>,
    closing: VecDeque<ConnectionId>,
    /// Connections that will be ended before the current call returns.
    doomed: VecDeque<(ConnectionId, Fault)>,
    /// Messages that will be routed before the current call returns. Routing never routes: a will that ends a slow
    /// reader, whose will ends another, would otherwise grow the stack with every client.
    backlog: VecDeque<Routed>,
    report: Report,
    stats: Stats,
}

/// What a broker holds and has done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// Open connections, those without CONNECT included.
    pub connections: usize,
    /// Sessions, those of absent clients included.
    pub sessions: usize,
    /// Topics with a retained message.
    pub retained: usize,
    /// Messages that arrived from clients.
    pub received: u64,
    /// Messages handed to clients or to their queues.
    pub delivered: u64,
    /// Messages thrown away because a queue or the retained store was full.
    pub dropped: u64,
}

/// A message to be routed.
struct Routed {
    publication: Publication,
    /// Whether it is an answer of [`Echo`](super::Echo), which is not answered again.
    is_echo: bool,
}

impl Core {
    /// A broker without clients.
    pub fn new(mut config: CoreConfig) -> Self {
        let mut retained = Retained::default();
        for message in std::mem::take(&mut config.retained) {
            if !retained.keep(&message.into(), &config.limits) {
                warn!("an initial retained message does not fit into the limits and is left out");
            }
        }
        Self {
            config,
            now: Moment::ZERO,
            connections: HashMap::new(),
            sessions: Sessions::default(),
            subscriptions: Subscriptions::default(),
            retained,
            deadlines: BTreeSet::new(),
            announced: VecDeque::new(),
            last_words: VecDeque::new(),
            closing: VecDeque::new(),
            doomed: VecDeque::new(),
            backlog: VecDeque::new(),
            report: Report::default(),
            stats: Stats::default(),
        }
    }

    /// A client has opened a connection. One too many is closed at once.
    pub fn open(&mut self, now: Moment, id: ConnectionId) {
        self.now = self.now.max(now);
        let crowded = self.connections.len() >= self.config.limits.max_connections;
        let replaced = self.connections.insert(id, Connection::new(self.now, &self.config.limits));
        debug_assert!(replaced.is_none(), "{id:?} is opened twice");
        self.schedule(id);
        if crowded {
            self.doom(id, Fault::Crowded);
        }
        self.settle();
    }

    /// Bytes have arrived. Those of a connection that the broker has already closed are ignored.
    pub fn handle_bytes(&mut self, now: Moment, id: ConnectionId, bytes: &[u8]) {
        self.now = self.now.max(now);
        let mut rest = bytes;
        while !rest.is_empty() {
            let Some(connection) = self.connections.get_mut(&id) else { break };
            let taken = match connection.receive(self.now, &mut rest) {
                Ok(Some(packet)) => self.handle_packet(id, packet),
                Ok(None) => Ok(()),
                Err(fault) => Err(fault),
            };
            self.announce(id);
            if let Err(fault) = taken {
                self.doom(id, fault);
            }
            self.settle();
        }
        self.schedule(id);
    }

    /// The client has closed the connection, or it was lost. Without a DISCONNECT before, its will is published.
    pub fn handle_closed(&mut self, now: Moment, id: ConnectionId) {
        self.now = self.now.max(now);
        self.end_connection(id);
        self.settle();
    }

    /// The moment of [`poll_timeout`](Self::poll_timeout) has come.
    pub fn handle_timeout(&mut self, now: Moment) {
        self.now = self.now.max(now);
        while let Some(&(moment, id)) = self.deadlines.first()
            && moment <= self.now
        {
            self.deadlines.pop_first();
            let Some(connection) = self.connections.get_mut(&id) else { continue };
            connection.scheduled = None;
            match connection.deadline {
                Some(deadline) if deadline <= self.now => {
                    let fault = if connection.session.is_some() { Fault::KeepAlive } else { Fault::NoConnect };
                    self.doom(id, fault);
                }
                _ => self.schedule(id),
            }
        }
        self.renew_report();
        self.settle();
    }

    /// Publishes a message of the program's own to all who want it.
    pub fn publish(&mut self, now: Moment, message: Message) {
        self.now = self.now.max(now);
        self.backlog.push_back(Routed { publication: message.into(), is_echo: false });
        self.settle();
    }

    /// Cuts off the client with this identifier if it is here. It said no goodbye: its will is published.
    pub fn kick(&mut self, now: Moment, client_id: &str) {
        self.now = self.now.max(now);
        if let Some(id) = self.sessions.find(client_id).and_then(|known| self.sessions.get(known)?.connection) {
            self.doom(id, Fault::Kicked);
        }
        self.settle();
    }

    /// Bytes to send, and where.
    pub fn poll_transmit(&mut self) -> Option<(ConnectionId, Vec<u8>)> {
        if let Some(last_words) = self.last_words.pop_front() {
            return Some(last_words);
        }
        while let Some(id) = self.announced.pop_front() {
            let Some(connection) = self.connections.get_mut(&id) else { continue };
            connection.announced = false;
            let bytes = connection.take_outbound();
            if !bytes.is_empty() {
                return Some((id, bytes));
            }
        }
        None
    }

    /// A connection to close, after the bytes that [`poll_transmit`](Self::poll_transmit) gave for it are sent. The
    /// broker has already forgotten it.
    pub fn poll_close(&mut self) -> Option<ConnectionId> {
        self.closing.pop_front()
    }

    /// When to call [`handle_timeout`](Self::handle_timeout) next; it may come before anything is due.
    pub fn poll_timeout(&self) -> Option<Moment> {
        self.deadlines.first().map(|&(moment, _)| moment).into_iter().chain(self.report.next).min()
    }

    /// What it holds and has done.
    pub fn stats(&self) -> Stats {
        Stats {
            connections: self.connections.len(),
            sessions: self.sessions.len(),
            retained: self.retained.len(),
            ..self.stats
        }
    }

    fn handle_packet(&mut self, id: ConnectionId, packet: Packet) -> Result<(), Fault> {
        match packet {
            Packet::V3_1_1Connect(connect) => self.handle_connect(id, &connect),
            Packet::V3_1_1Publish(publish) => self.handle_publish(id, &publish),
            Packet::V3_1_1Puback(_) | Packet::V3_1_1Pubcomp(_) => self.send_queued(id),
            Packet::V3_1_1Pubrec(pubrec) => self.handle_pubrec(id, pubrec.packet_id()),
            Packet::V3_1_1Pubrel(pubrel) => self.handle_pubrel(id, pubrel.packet_id()),
            Packet::V3_1_1Subscribe(subscribe) => self.handle_subscribe(id, &subscribe),
            Packet::V3_1_1Unsubscribe(unsubscribe) => self.handle_unsubscribe(id, &unsubscribe),
            Packet::V3_1_1Pingreq(_) => Ok(()),
            Packet::V3_1_1Disconnect(_) => {
                self.handle_disconnect(id);
                Ok(())
            }
            _ => Err(Fault::WrongPacket),
        }
    }

    /// Lets a connection end before the current call returns.
    fn doom(&mut self, id: ConnectionId, fault: Fault) {
        self.doomed.push_back((id, fault));
    }

    /// Ends what is doomed and routes what waits, until nothing is left of either.
    fn settle(&mut self) {
        loop {
            if let Some((id, fault)) = self.doomed.pop_front() {
                if self.connections.contains_key(&id) {
                    debug!(connection = id.0, %fault, "the broker closes a connection");
                    self.end_connection(id);
                    self.closing.push_back(id);
                }
            } else if let Some(routed) = self.backlog.pop_front() {
                self.route(routed);
            } else {
                break;
            }
        }
    }

    /// Notes that a connection may have bytes to send.
    fn announce(&mut self, id: ConnectionId) {
        let Some(connection) = self.connections.get_mut(&id) else { return };
        if !connection.announced && connection.waiting() > 0 {
            connection.announced = true;
            self.announced.push_back(id);
        }
    }

    /// Sees to it that a connection is looked at no later than its deadline.
    ///
    /// A deadline that moved away is left where it was: every packet moves it, few are ever reached.
    fn schedule(&mut self, id: ConnectionId) {
        let Some(connection) = self.connections.get_mut(&id) else { return };
        let Some(deadline) = connection.deadline else { return };
        match connection.scheduled {
            Some(scheduled) if scheduled <= deadline => return,
            Some(scheduled) => drop(self.deadlines.remove(&(scheduled, id))),
            None => {}
        }
        connection.scheduled = Some(deadline);
        self.deadlines.insert((deadline, id));
    }
}

impl std::fmt::Debug for Core {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Core").field("now", &self.now).field("stats", &self.stats()).finish_non_exhaustive()
    }
}
