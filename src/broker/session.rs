//! What the broker remembers of one client, MQTT 3.1.1 section 3.1.2.4.

use std::collections::{BTreeMap, HashMap, VecDeque};

use mqtt_protocol_core::mqtt::{common::HashSet, packet::StorePacket};

use super::{ConnectionId, config::Limits, publication::Publication};
use crate::mqtt::{Filter, Qos};

/// Names one session within one broker; never used twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct SessionId(pub(super) u64);

/// The state of one client, whether it is here or away.
#[derive(Debug)]
pub(super) struct Session {
    pub(super) client_id: String,
    /// Whether it ends with its connection.
    pub(super) clean: bool,
    /// The connection through which the client is here.
    pub(super) connection: Option<ConnectionId>,
    /// Name under which the client connected last; the access rules hold for it while it is away too.
    pub(super) user: Option<String>,
    pub(super) subscriptions: BTreeMap<Filter, Qos>,
    /// QoS 1 and 2 messages that wait for a place in flight.
    pub(super) queue: Queue,
    /// What was in flight when the client went away.
    pub(super) parked: Parked,
}

/// The unfinished exchanges of a client that is away.
#[derive(Debug, Default)]
pub(super) struct Parked {
    /// PUBLISH (with the dup flag) and PUBREL packets that were not confirmed, oldest first.
    pub(super) unconfirmed: Vec<StorePacket>,
    /// Identifiers of QoS 2 messages that arrived and were not released.
    pub(super) unreleased: HashSet<u16>,
}

/// Messages that wait, bounded in number and bytes.
#[derive(Debug, Default)]
pub(super) struct Queue {
    waiting: VecDeque<Publication>,
    bytes: usize,
}

impl Queue {
    /// Lets a message wait. Says `false`, and drops it, when the queue is full: what waits longest is kept.
    pub(super) fn push(&mut self, publication: Publication, limits: &Limits) -> bool {
        let bytes = self.bytes + publication.bytes();
        if self.waiting.len() >= limits.max_queued_messages || bytes > limits.max_queued_bytes {
            return false;
        }
        self.bytes = bytes;
        self.waiting.push_back(publication);
        true
    }

    /// The message that waits longest.
    pub(super) fn pop(&mut self) -> Option<Publication> {
        let publication = self.waiting.pop_front()?;
        self.bytes -= publication.bytes();
        Some(publication)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }
}

/// All sessions, by number and by client identifier.
#[derive(Debug, Default)]
pub(super) struct Sessions {
    by_id: HashMap<SessionId, Session>,
    by_client: HashMap<String, SessionId>,
    last: u64,
}

impl Sessions {
    /// Begins a session for `client_id`, which must not have one.
    pub(super) fn begin(&mut self, client_id: String, clean: bool) -> SessionId {
        debug_assert!(!self.by_client.contains_key(&client_id));
        self.last += 1;
        let id = SessionId(self.last);
        self.by_client.insert(client_id.clone(), id);
        let session = Session {
            client_id,
            clean,
            connection: None,
            user: None,
            subscriptions: BTreeMap::new(),
            queue: Queue::default(),
            parked: Parked::default(),
        };
        self.by_id.insert(id, session);
        id
    }

    /// Forgets a session and gives back what it held.
    pub(super) fn end(&mut self, id: SessionId) -> Option<Session> {
        let session = self.by_id.remove(&id)?;
        self.by_client.remove(&session.client_id);
        Some(session)
    }

    /// A client identifier that no session has, for a client that sent none.
    pub(super) fn unused_client_id(&self) -> String {
        let mut number = self.last + 1;
        loop {
            let client_id = format!("auto-{number}");
            if !self.by_client.contains_key(&client_id) {
                return client_id;
            }
            number += 1;
        }
    }

    pub(super) fn find(&self, client_id: &str) -> Option<SessionId> {
        self.by_client.get(client_id).copied()
    }

    pub(super) fn get(&self, id: SessionId) -> Option<&Session> {
        self.by_id.get(&id)
    }

    pub(super) fn get_mut(&mut self, id: SessionId) -> Option<&mut Session> {
        self.by_id.get_mut(&id)
    }

    pub(super) fn len(&self) -> usize {
        self.by_id.len()
    }
}
