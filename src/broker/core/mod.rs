//! The broker without I/O: what may happen to it, what it wants done, and the order in which it does things.
//!
//! How a CONNECT is judged stands in `connect`, how a client goes in `leave`, subscriptions in `subscribe`, what a client
//! publishes in `publish`, the way of a message to its receivers in `route`, what the broker tells in `tell` and, on topics
//! of its own, in `report`; what outlives a restart in `keep`.

mod connect;
mod keep;
mod leave;
mod publish;
mod report;
mod route;
mod subscribe;
mod tell;

use std::collections::{BTreeSet, HashMap, VecDeque};

use tracing::{debug, warn};

pub(in crate::broker) use self::keep::{Change, Kept};
use self::{keep::Keeper, report::Report, tell::Teller};
use super::{
    ConnectionId, CoreConfig, SessionId,
    connection::Connection,
    event::{Client, End, Event, Peer},
    fault::ClientFault,
    frame::Frame,
    limit::Limit,
    packet::Incoming,
    publication::Publication,
    retained::Retained,
    session::Sessions,
    subscriptions::Subscriptions,
};
use crate::{mqtt::Message, time::Moment};

/// A broker for MQTT 3.1.1 and 5 without sockets, threads or a clock.
///
/// Tell it what happens: [`open`](Self::open), [`handle_bytes`](Self::handle_bytes),
/// [`handle_closed`](Self::handle_closed), [`handle_timeout`](Self::handle_timeout), [`publish`](Self::publish),
/// [`kick`](Self::kick). After any of them poll until each is empty, in this order: [`poll_transmit`](Self::poll_transmit) for bytes to send,
/// [`poll_close`](Self::poll_close) for connections to close once their bytes are sent,
/// [`poll_timeout`](Self::poll_timeout) for the moment of the next `handle_timeout`. Moments must never go back.
/// [`poll_event`](Self::poll_event) tells what happened, if the configuration asks for it.
pub struct Core {
    config: CoreConfig,
    now: Moment,
    connections: HashMap<ConnectionId, Connection>,
    sessions: Sessions,
    subscriptions: Subscriptions,
    retained: Retained,
    /// When to look at which connection; each connection stands here at most once, at its `scheduled`.
    deadlines: BTreeSet<(Moment, ConnectionId)>,
    /// When to look at which absent session; each stands here at most once, at its `scheduled`.
    absences: BTreeSet<(Moment, SessionId)>,
    /// Bytes of all incomplete packets together.
    half_received: usize,
    /// Connections with bytes to send, each once.
    announced: VecDeque<ConnectionId>,
    /// Bytes of connections that are no more.
    last_words: VecDeque<(ConnectionId, Vec<u8>)>,
    closing: VecDeque<ConnectionId>,
    /// Connections that will be ended before the current call returns.
    doomed: VecDeque<(ConnectionId, ClientFault)>,
    /// Messages that will be routed before the current call returns. Routing never routes: a will that ends a slow
    /// reader, whose will ends another, would otherwise grow the stack with every client.
    backlog: VecDeque<Routed>,
    report: Report,
    teller: Teller,
    keeper: Keeper,
    /// Whole packets as they arrived, for a capture; `None` when nobody looks.
    seen: Option<Vec<(ConnectionId, Vec<u8>)>>,
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
    /// Topic and payload bytes of the retained messages.
    pub retained_bytes: usize,
    /// Messages that arrived from clients.
    pub received: u64,
    /// Messages handed to clients or to their queues.
    pub delivered: u64,
    /// Messages thrown away because a queue or the retained store was full.
    pub dropped: u64,
    /// Messages whose time was over before they could be sent.
    pub expired: u64,
    /// Messages larger than their receiver takes.
    pub too_large: u64,
    /// Connections that were not let in.
    pub refused: u64,
}

/// A message to be routed.
struct Routed {
    publication: Publication,
    /// Who published it, if a client did.
    from: Option<SessionId>,
    /// Whether it is an answer of [`Echo`](super::Echo), which is not answered again.
    is_echo: bool,
}

impl Routed {
    const fn new(publication: Publication) -> Self {
        Self { publication, from: None, is_echo: false }
    }
}

impl Core {
    /// A broker without clients.
    pub fn new(mut config: CoreConfig) -> Self {
        let mut retained = Retained::default();
        for message in std::mem::take(&mut config.retained) {
            if !retained.keep(Moment::ZERO, &message.into(), &config.limits) {
                warn!("an initial retained message does not fit into the limits and is left out");
            }
        }
        let teller = Teller::new(config.max_events);
        Self {
            config,
            now: Moment::ZERO,
            connections: HashMap::new(),
            sessions: Sessions::default(),
            subscriptions: Subscriptions::default(),
            retained,
            deadlines: BTreeSet::new(),
            absences: BTreeSet::new(),
            half_received: 0,
            announced: VecDeque::new(),
            last_words: VecDeque::new(),
            closing: VecDeque::new(),
            doomed: VecDeque::new(),
            backlog: VecDeque::new(),
            report: Report::default(),
            teller,
            keeper: Keeper::default(),
            seen: None,
            stats: Stats::default(),
        }
    }

    /// A client within the program has opened a connection. One too many is closed at once.
    pub fn open(&mut self, now: Moment, id: ConnectionId) {
        self.open_from(now, id, Peer::INSIDE);
    }

    /// A client has opened a connection. One too many is closed at once.
    pub fn open_from(&mut self, now: Moment, id: ConnectionId, peer: Peer) {
        self.now = self.now.max(now);
        let crowded = self.connections.len() >= self.config.limits.max_connections;
        let replaced = self.connections.insert(id, Connection::new(self.now, peer, &self.config.limits));
        debug_assert!(replaced.is_none(), "{id:?} is opened twice");
        self.schedule(id);
        if crowded {
            self.limit(Limit::Connections, None);
            self.doom(id, ClientFault::Crowded);
        }
        self.settle();
    }

    /// Bytes have arrived. Those of a connection that the broker has already closed are ignored.
    pub fn handle_bytes(&mut self, now: Moment, id: ConnectionId, bytes: &[u8]) {
        self.now = self.now.max(now);
        let mut rest = bytes;
        while !rest.is_empty() {
            let Some(connection) = self.connections.get_mut(&id) else { break };
            let before = connection.held();
            let received = connection.receive(&mut rest);
            self.half_received = self.half_received - before + connection.held();
            let taken = match received {
                Ok(Some(frame)) => self.handle_frame(id, &frame),
                Ok(None) => Ok(()),
                Err(fault) => Err(fault),
            };
            self.announce(id);
            if let Err(fault) = taken {
                self.doom(id, fault);
            }
            self.bound_half_received();
            self.settle();
        }
        self.schedule(id);
    }

    /// The client has closed the connection, or it was lost. Without a DISCONNECT before, its will is published.
    pub fn handle_closed(&mut self, now: Moment, id: ConnectionId) {
        self.now = self.now.max(now);
        self.end_connection(id, &End::Lost);
        self.settle();
    }

    /// A layer below MQTT has failed, and the connection with it.
    pub(in crate::broker) fn handle_failed(&mut self, now: Moment, id: ConnectionId, why: String) {
        self.now = self.now.max(now);
        let end = if self.session_of(id).is_some() { End::Lost } else { End::Fault(ClientFault::Handshake { why }) };
        self.end_connection(id, &end);
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
                    let fault =
                        if connection.session.is_some() { ClientFault::KeepAlive } else { ClientFault::NoConnect };
                    self.doom(id, fault);
                }
                _ => self.schedule(id),
            }
        }
        self.look_after_the_absent();
        self.renew_report();
        self.tell_held_back_limits();
        self.settle();
    }

    /// Publishes a message of the program's own to all who want it.
    pub fn publish(&mut self, now: Moment, message: Message) {
        self.now = self.now.max(now);
        self.backlog.push_back(Routed::new(message.into()));
        self.settle();
    }

    /// Cuts off the client with this identifier if it is here. It said no goodbye: its will is published.
    pub fn kick(&mut self, now: Moment, client_id: &str) {
        self.now = self.now.max(now);
        if let Some(id) = self.sessions.find(client_id).and_then(|known| self.sessions.get(known)?.connection) {
            self.doom(id, ClientFault::Kicked);
        }
        self.settle();
    }

    /// The broker ends: clients of MQTT 5 are told so. Wills are not published, and sessions stay as they are kept.
    pub fn handle_end(&mut self, now: Moment) {
        self.now = self.now.max(now);
        for (&id, connection) in &mut self.connections {
            if connection.session.is_some() {
                connection.say_why(&ClientFault::Ending);
            }
            if connection.waiting() > 0 {
                self.last_words.push_back((id, connection.take_outbound()));
            }
        }
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

    /// Something that happened; nothing unless [`CoreConfig::max_events`] asks for it.
    pub fn poll_event(&mut self) -> Option<Event> {
        self.teller.next(self.now)
    }

    /// When to call [`handle_timeout`](Self::handle_timeout) next; it may come before anything is due.
    pub fn poll_timeout(&self) -> Option<Moment> {
        let deadline = self.deadlines.first().map(|&(moment, _)| moment);
        let absence = self.absences.first().map(|&(moment, _)| moment);
        [deadline, absence, self.report.next, self.teller.next_limit()].into_iter().flatten().min()
    }

    /// What it holds and has done.
    pub fn stats(&self) -> Stats {
        Stats {
            connections: self.connections.len(),
            sessions: self.sessions.len(),
            retained: self.retained.len(),
            retained_bytes: self.retained.bytes(),
            ..self.stats
        }
    }

    /// The clients that are here, by name.
    pub fn clients(&self) -> Vec<Client> {
        let mut clients: Vec<_> = self
            .sessions
            .iter()
            .filter_map(|session| {
                let connection = self.connections.get(&session.connection?)?;
                Some(Client {
                    client_id: session.client_id.clone(),
                    peer: connection.peer,
                    version: session.version,
                    user: session.user.clone(),
                    since: session.counts.since,
                    subscriptions: session.subscriptions.iter().map(|(filter, s)| (filter.clone(), s.qos)).collect(),
                    received: session.counts.received,
                    sent: session.counts.sent,
                    waiting: session.queue.len(),
                })
            })
            .collect();
        clients.sort_by(|a, b| a.client_id.cmp(&b.client_id));
        clients
    }

    /// Lets [`take_seen`](Self::take_seen) give whole packets as they arrived.
    pub(in crate::broker) fn look_at_packets(&mut self) {
        self.seen = Some(Vec::new());
    }

    /// The packets that arrived since the last call, as they were on the wire, and what came of packets that will never
    /// be complete.
    pub(in crate::broker) fn take_seen(&mut self) -> Vec<(ConnectionId, Vec<u8>)> {
        self.seen.as_mut().map(std::mem::take).unwrap_or_default()
    }

    fn handle_frame(&mut self, id: ConnectionId, frame: &Frame) -> Result<(), ClientFault> {
        let Some(connection) = self.connections.get_mut(&id) else { return Ok(()) };
        if let Some(seen) = &mut self.seen {
            seen.push((id, frame.to_bytes()));
        }
        match connection.read(self.now, frame)? {
            Incoming::Connect(connect) => self.handle_connect(id, &connect),
            Incoming::Publish(publish) => self.handle_publish(id, &publish),
            Incoming::Puback(packet_id) => self.handle_puback(id, packet_id),
            Incoming::Pubrec(packet_id, is_refused) => self.handle_pubrec(id, packet_id, is_refused),
            Incoming::Pubrel(packet_id) => self.handle_pubrel(id, packet_id),
            Incoming::Pubcomp(packet_id) => self.handle_pubcomp(id, packet_id),
            Incoming::Subscribe(subscribe) => self.handle_subscribe(id, subscribe),
            Incoming::Unsubscribe(packet_id, filters) => self.handle_unsubscribe(id, packet_id, &filters),
            Incoming::Pingreq => {
                self.send(id, &super::packet::pingresp());
                Ok(())
            }
            Incoming::Disconnect(disconnect) => self.handle_disconnect(id, disconnect),
        }
    }

    /// Ends the connection with the largest incomplete packet while all of them together are too large.
    fn bound_half_received(&mut self) {
        if self.half_received <= self.config.limits.max_half_received_bytes {
            return;
        }
        let largest = self.connections.iter().max_by_key(|(id, connection)| (connection.held(), **id));
        if let Some((&id, connection)) = largest {
            let client_id = connection.client_id.clone();
            self.limit(Limit::HalfReceived, client_id);
            self.doom(id, ClientFault::HalfReceived);
        }
    }

    /// Lets a connection end before the current call returns.
    fn doom(&mut self, id: ConnectionId, fault: ClientFault) {
        self.doomed.push_back((id, fault));
    }

    /// Ends what is doomed and routes what waits, until nothing is left of either.
    fn settle(&mut self) {
        loop {
            if let Some((id, fault)) = self.doomed.pop_front() {
                if let Some(connection) = self.connections.get_mut(&id) {
                    debug!(connection = id.0, %fault, "the broker closes a connection");
                    connection.say_why(&fault);
                    self.end_connection(id, &End::Fault(fault));
                    self.closing.push_back(id);
                }
            } else if let Some(routed) = self.backlog.pop_front() {
                self.pass_on(routed);
            } else {
                break;
            }
        }
    }

    /// Notes that a connection has bytes to send, if it has.
    fn announce(&mut self, id: ConnectionId) {
        if let Some(connection) = self.connections.get_mut(&id)
            && connection.waiting() > 0
            && !connection.announced
        {
            connection.announced = true;
            self.announced.push_back(id);
        }
    }

    fn send(&mut self, id: ConnectionId, bytes: &[u8]) {
        if let Some(connection) = self.connections.get_mut(&id) {
            connection.send(bytes);
            self.announce(id);
        }
    }

    fn session_of(&self, id: ConnectionId) -> Option<SessionId> {
        self.connections.get(&id)?.session
    }

    /// Makes sure that the connection is looked at no later than its deadline.
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
