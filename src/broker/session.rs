//! What the broker remembers of one client: MQTT 3.1.1 section 3.1.2.4, MQTT 5 section 4.1.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

use super::{
    ConnectionId, SessionId,
    config::Limits,
    packet::{Version, Will},
    publication::Publication,
    subscriptions::Subscription,
};
use crate::{mqtt::Filter, time::Moment};

/// The state of one client, whether it is here or away.
#[derive(Debug)]
pub(super) struct Session {
    pub(super) client_id: String,
    pub(super) version: Version,
    /// Seconds that it stays after its connection; [`u32::MAX`] is for ever, zero ends it together with its connection.
    pub(super) expiry: u32,
    /// The connection through which the client is here.
    pub(super) connection: Option<ConnectionId>,
    /// Name under which the client connected last; the access rules hold for it while it is away too.
    pub(super) user: Option<String>,
    pub(super) subscriptions: BTreeMap<Filter, Subscription>,
    /// QoS 1 and 2 messages that wait for a place in flight.
    pub(super) queue: Queue,
    /// QoS 1 and 2 messages that were sent and not confirmed, oldest first.
    pub(super) in_flight: Vec<InFlight>,
    /// Identifiers of QoS 2 messages that arrived and were not released.
    pub(super) unreleased: BTreeSet<u16>,
    /// What is published when the client goes without a good-bye.
    pub(super) will: Option<Will>,
    pub(super) timers: Timers,
    pub(super) counts: Counts,
    /// Number of the newest message that was ever kept for it.
    last_number: u64,
}

/// When something is due for an absent client.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Timers {
    /// When the session ends.
    pub(super) ends: Option<Moment>,
    /// When the will is published.
    pub(super) will_due: Option<Moment>,
    /// When the core has promised to look.
    pub(super) scheduled: Option<Moment>,
}

impl Timers {
    pub(super) fn next(&self) -> Option<Moment> {
        self.ends.into_iter().chain(self.will_due).min()
    }
}

/// What went through the present connection.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Counts {
    pub(super) since: Moment,
    pub(super) received: u64,
    pub(super) sent: u64,
}

/// A message on its way to the client.
#[derive(Clone, Debug)]
pub(super) struct InFlight {
    pub(super) packet_id: u16,
    /// Its number within the session.
    pub(super) number: u64,
    pub(super) stage: Stage,
    /// Whether it was sent through the present connection.
    pub(super) is_sent: bool,
}

#[derive(Clone, Debug)]
pub(super) enum Stage {
    /// PUBACK or PUBREC is awaited.
    Published(Publication),
    /// PUBCOMP is awaited.
    Released,
}

/// A message that waits, with its number within the session.
#[derive(Clone, Debug)]
pub(super) struct Waiting {
    pub(super) number: u64,
    pub(super) publication: Publication,
}

/// Messages that wait, bounded in number and bytes.
#[derive(Debug, Default)]
pub(super) struct Queue {
    waiting: VecDeque<Waiting>,
    bytes: usize,
}

impl Queue {
    /// Lets a message wait. Says `false`, and drops it, when the queue is full: what waits longest is kept.
    pub(super) fn push(&mut self, now: Moment, waiting: Waiting, limits: &Limits) -> bool {
        if !self.has_room(&waiting.publication, limits) {
            self.forget_what_is_over(now);
            if !self.has_room(&waiting.publication, limits) {
                return false;
            }
        }
        self.bytes += waiting.publication.bytes();
        self.waiting.push_back(waiting);
        true
    }

    /// Puts a message first, whatever the bounds are: it does not wait.
    pub(super) fn push_front(&mut self, waiting: Waiting) {
        self.bytes += waiting.publication.bytes();
        self.waiting.push_front(waiting);
    }

    fn has_room(&self, publication: &Publication, limits: &Limits) -> bool {
        self.waiting.len() < limits.max_queued_messages && self.bytes + publication.bytes() <= limits.max_queued_bytes
    }

    fn forget_what_is_over(&mut self, now: Moment) {
        let bytes = &mut self.bytes;
        self.waiting.retain(|waiting| {
            let stays = !waiting.publication.is_over(now);
            if !stays {
                *bytes -= waiting.publication.bytes();
            }
            stays
        });
    }

    /// The message that waits longest.
    pub(super) fn pop(&mut self) -> Option<Waiting> {
        let waiting = self.waiting.pop_front()?;
        self.bytes -= waiting.publication.bytes();
        Some(waiting)
    }

    /// The message that waits shortest.
    pub(super) fn newest(&self) -> Option<&Waiting> {
        self.waiting.back()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    pub(super) fn len(&self) -> usize {
        self.waiting.len()
    }
}

impl Session {
    pub(super) fn new(client_id: String) -> Self {
        Self {
            client_id,
            version: Version::V311,
            expiry: 0,
            connection: None,
            user: None,
            subscriptions: BTreeMap::new(),
            queue: Queue::default(),
            in_flight: Vec::new(),
            unreleased: BTreeSet::new(),
            will: None,
            timers: Timers::default(),
            counts: Counts::default(),
            last_number: 0,
        }
    }

    /// Whether it outlives its connection.
    pub(super) const fn stays(&self) -> bool {
        self.expiry > 0
    }

    /// A number that no message of this session has had.
    pub(super) fn next_number(&mut self) -> u64 {
        self.last_number += 1;
        self.last_number
    }

    /// Takes over a number that was given before.
    pub(super) fn has_given(&mut self, number: u64) {
        self.last_number = self.last_number.max(number);
    }

    /// The lowest packet identifier that is not in use.
    pub(super) fn free_packet_id(&self) -> Option<u16> {
        (1..=u16::MAX).find(|id| self.in_flight.iter().all(|message| message.packet_id != *id))
    }

    /// Messages that the present connection has been sent and that are not confirmed.
    pub(super) fn sent_in_flight(&self) -> usize {
        self.in_flight.iter().filter(|message| message.is_sent).count()
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
    /// Begins a session for a client, which must not have one.
    pub(super) fn begin(&mut self, session: Session) -> SessionId {
        debug_assert!(!self.by_client.contains_key(&session.client_id));
        self.last += 1;
        let id = SessionId(self.last);
        self.by_client.insert(session.client_id.clone(), id);
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

    /// All of them, in no order.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Session> {
        self.by_id.values()
    }
}
