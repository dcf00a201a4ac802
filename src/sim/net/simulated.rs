//! The network as the embedded broker on the same virtual clock: no sockets, no threads.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    time::Duration,
};

use crate::{
    broker::{ConnectionId, Core, Stats},
    mqtt::Message,
    sim::VirtualModem,
    time::Moment,
    tls::{FailureCause, Stage, TlsFailure},
};

use super::{LinkId, NetEvent, NetFailure, NetRequest};

/// A network in which one broker listens under one name and port.
#[derive(Debug)]
pub struct Simulated {
    broker: Core,
    host: String,
    port: u16,
    links: BTreeSet<LinkId>,
    events: VecDeque<NetEvent>,
    /// Nobody listens at the broker's port.
    is_down: bool,
    /// How long a connection may be idle until the way between forgets it without a word.
    patience: Option<Duration>,
    /// When the module last sent on each connection; `None` once the way has forgotten it.
    sent_at: BTreeMap<LinkId, Option<Moment>>,
}

/// The connection of a second client, which is none of the module's.
const RIVAL: ConnectionId = ConnectionId(u64::MAX);

impl Simulated {
    /// A network in which `broker` is found at `host` and `port`. Every other name does not resolve, every other port
    /// refuses.
    pub fn new(broker: Core, host: impl Into<String>, port: u16) -> Self {
        Self {
            broker,
            host: host.into(),
            port,
            links: BTreeSet::new(),
            events: VecDeque::new(),
            is_down: false,
            patience: None,
            sent_at: BTreeMap::new(),
        }
    }

    /// Carries out a request at `now`.
    pub fn request(&mut self, now: Moment, request: NetRequest) {
        match request {
            NetRequest::Resolve { host } => {
                let address = (host == self.host).then(|| [192, 0, 2, 1].into());
                self.events.push_back(NetEvent::Resolved { host, address });
            }
            NetRequest::Open { id, host, port, tls } => self.open(now, id, (&host, port), tls.is_some()),
            NetRequest::Send { id, .. } if self.is_forgotten(now, id) => {}
            NetRequest::Send { id, bytes } if self.links.contains(&id) => {
                self.broker.handle_bytes(now, ConnectionId(id.0), &bytes);
            }
            NetRequest::Close { id } if self.links.remove(&id) => {
                self.broker.handle_closed(now, ConnectionId(id.0));
            }
            // What is sent on a connection that the other side has ended is answered by a reset.
            NetRequest::Send { id, .. } => self.events.push_back(NetEvent::Closed { id }),
            NetRequest::Close { .. } => {}
        }
        self.collect();
    }

    /// Learns that `now` has come.
    pub fn handle_timeout(&mut self, now: Moment) {
        self.broker.handle_timeout(now);
        self.collect();
    }

    /// When [`handle_timeout`](Self::handle_timeout) must be called at the latest.
    pub fn poll_timeout(&self) -> Option<Moment> {
        self.broker.poll_timeout()
    }

    /// The next thing that happened.
    pub fn poll_event(&mut self) -> Option<NetEvent> {
        self.events.pop_front()
    }

    /// Carries everything over between this network and `modem` that is ready at `now`; whether there was anything.
    pub fn serve(&mut self, now: Moment, modem: &mut VirtualModem) -> bool {
        let mut has_moved = false;
        loop {
            if let Some(event) = self.poll_event() {
                modem.handle_net(now, event);
            } else if let Some(request) = modem.poll_net() {
                self.request(now, request);
            } else {
                return has_moved;
            }
            has_moved = true;
        }
    }

    /// What the broker holds and has done.
    pub fn stats(&self) -> Stats {
        self.broker.stats()
    }

    /// Lets the broker itself publish a message.
    pub fn publish(&mut self, now: Moment, message: Message) {
        self.broker.publish(now, message);
        self.collect();
    }

    /// The way to the broker forgets connections on which the module sends nothing for this long, as mobile networks do; `None`
    /// keeps them all.
    pub fn forget_idle(&mut self, after: Option<Duration>) {
        self.patience = after;
    }

    /// Whether what is sent on this connection goes nowhere; notes that something is.
    fn is_forgotten(&mut self, now: Moment, id: LinkId) -> bool {
        let Some(patience) = self.patience else { return false };
        let sent_at = self.sent_at.entry(id).or_insert(Some(now));
        *sent_at = sent_at.filter(|last| now.since(*last) < patience).map(|_| now);
        sent_at.is_none()
    }

    /// The broker's machine goes down, with every connection, or comes up again.
    pub fn set_down(&mut self, now: Moment, is_down: bool) {
        self.is_down = is_down;
        if is_down {
            self.cut(now);
        }
    }

    /// A second client logs in at the broker under `client_id`, of at most 100 bytes. Whoever had that name is cut off.
    pub fn rival(&mut self, now: Moment, client_id: &str) {
        let id = client_id.as_bytes();
        let length = u8::try_from(id.len().min(100)).unwrap_or(100);
        // CONNECT of MQTT 3.1.1, clean session, without keep-alive.
        let head = [0x10, 12 + length, 0, 4, b'M', b'Q', b'T', b'T', 4, 2, 0, 0, 0, length];
        self.broker.handle_closed(now, RIVAL);
        self.broker.open(now, RIVAL);
        self.broker.handle_bytes(now, RIVAL, &[&head[..], &id[..usize::from(length)]].concat());
        self.collect();
    }

    /// Cuts every connection from the broker's side.
    pub fn cut(&mut self, now: Moment) {
        for id in std::mem::take(&mut self.links) {
            self.broker.handle_closed(now, ConnectionId(id.0));
            self.events.push_back(NetEvent::Closed { id });
        }
        self.collect();
    }

    /// The broker speaks plain MQTT only: it takes a `ClientHello` for a broken packet and closes.
    fn open(&mut self, now: Moment, id: LinkId, (host, port): (&str, u16), is_encrypted: bool) {
        let event = if host != self.host {
            NetEvent::Failed { id, why: NetFailure::Name }
        } else if port != self.port || self.is_down {
            NetEvent::Failed { id, why: NetFailure::Refused }
        } else if is_encrypted {
            self.events.push_back(NetEvent::Reached { id });
            NetEvent::Failed { id, why: NetFailure::Tls(Box::new(closed_unread())) }
        } else {
            self.links.insert(id);
            self.broker.open(now, ConnectionId(id.0));
            NetEvent::Opened { id }
        };
        self.events.push_back(event);
    }

    /// Takes over what the broker wants sent and closed. What it sent before closing still arrives first.
    fn collect(&mut self) {
        while let Some((connection, bytes)) = self.broker.poll_transmit() {
            let id = LinkId(connection.0);
            if self.links.contains(&id) {
                self.events.push_back(NetEvent::Received { id, bytes });
            }
        }
        while let Some(connection) = self.broker.poll_close() {
            let id = LinkId(connection.0);
            if self.links.remove(&id) {
                self.events.push_back(NetEvent::Closed { id });
            }
        }
    }
}

/// What the module's side sees of a broker that closes instead of answering a `ClientHello`.
fn closed_unread() -> TlsFailure {
    TlsFailure { stage: Stage::BeforeServerCertificate, cause: FailureCause::Closed, seen: Box::default() }
}
