//! What outlives a restart: retained messages, and the sessions that stay with their messages.
//!
//! The core says what has changed, as records that somebody keeps, and takes the records back when it begins. Moments mean
//! nothing after a restart: records carry milliseconds since 1970, which whoever owns the clock gives the core once. Wills are
//! not kept: after a restart nobody can say which client had gone without a good-bye.

use std::{collections::BTreeMap, time::Duration};

use serde::{Deserialize, Serialize};
use tracing::warn;

use super::Core;
use crate::{
    broker::{
        SessionId,
        packet::{self, Version},
        session::{InFlight, Session, Stage, Waiting},
        subscriptions::{Subscription, Subscriptions},
    },
    mqtt::{Filter, Topic},
    time::Moment,
};

/// One record that is new, another one, or gone (`None`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::broker) enum Change {
    Retained {
        topic: String,
        record: Option<Vec<u8>>,
    },
    /// A session that is gone takes its messages along.
    Session {
        client_id: String,
        record: Option<Vec<u8>>,
    },
    Message {
        client_id: String,
        number: u64,
        record: Option<Vec<u8>>,
    },
}

/// All records, as they were kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::broker) struct Kept {
    pub(in crate::broker) retained: Vec<Vec<u8>>,
    pub(in crate::broker) sessions: Vec<(String, Vec<u8>)>,
    /// In the order of their numbers within each session.
    pub(in crate::broker) messages: Vec<(String, u64, Vec<u8>)>,
}

/// Whether records are made, and those that were not fetched yet.
#[derive(Debug, Default)]
pub(super) struct Keeper {
    /// Milliseconds since 1970 at [`Moment::ZERO`]; `None` keeps nothing.
    wall: Option<u64>,
    changes: Vec<Change>,
}

/// The record of a session.
#[derive(Debug, Serialize, Deserialize)]
struct SessionRecord {
    is_v5: bool,
    user: Option<String>,
    expiry: u32,
    /// Milliseconds since 1970 at which the session ends; `None` while its client is here, and for ever.
    ends: Option<u64>,
    subscriptions: Vec<(Filter, Subscription)>,
    unreleased: Vec<u16>,
}

impl Core {
    /// From now on changes are told; what was kept earlier is taken back. Before the first client.
    pub(in crate::broker) fn keep(&mut self, wall: u64, kept: Kept) {
        for record in &kept.retained {
            self.take_back_retained(wall, record);
        }
        let mut sessions = BTreeMap::new();
        for (client_id, record) in kept.sessions {
            if let Some(id) = self.take_back_session(wall, &client_id, &record) {
                sessions.insert(client_id, id);
            }
        }
        for (client_id, number, record) in kept.messages {
            if let Some(&id) = sessions.get(&client_id) {
                self.take_back_message(wall, id, number, &record);
            }
        }
        self.keeper.wall = Some(wall);
    }

    /// What has changed since the last call.
    pub(in crate::broker) fn take_changes(&mut self) -> Vec<Change> {
        std::mem::take(&mut self.keeper.changes)
    }

    pub(super) fn keep_retained(&mut self, topic: &Topic) {
        let Some(wall) = self.keeper.wall else { return };
        let record = self.retained.get(topic).and_then(|kept| packet::to_record(wall, kept));
        self.keeper.changes.push(Change::Retained { topic: topic.as_str().to_owned(), record });
    }

    pub(super) fn keep_session(&mut self, id: SessionId) {
        let Some(wall) = self.keeper.wall else { return };
        let Some(session) = self.sessions.get(id) else { return };
        let record = SessionRecord {
            is_v5: session.version == Version::V5,
            user: session.user.clone(),
            expiry: session.expiry,
            ends: session.timers.ends.map(|ends| wall + ends.as_millis()),
            subscriptions: session.subscriptions.iter().map(|(filter, wish)| (filter.clone(), *wish)).collect(),
            unreleased: session.unreleased.iter().copied().collect(),
        };
        let record = if session.stays() { serde_json::to_vec(&record).ok() } else { None };
        self.keeper.changes.push(Change::Session { client_id: session.client_id.clone(), record });
    }

    pub(super) fn forget_session(&mut self, client_id: String) {
        if self.keeper.wall.is_some() {
            self.keeper.changes.push(Change::Session { client_id, record: None });
        }
    }

    /// Keeps the message that was queued last, if it still waits.
    pub(super) fn keep_newest(&mut self, id: SessionId) {
        let Some(wall) = self.keeper.wall else { return };
        let Some(session) = self.sessions.get(id).filter(|session| session.stays()) else { return };
        let Some(Waiting { number, publication }) = session.queue.newest() else { return };
        let record = packet::to_record(wall, publication).map(|bytes| message_record(QUEUED, 0, &bytes));
        let change = Change::Message { client_id: session.client_id.clone(), number: *number, record };
        self.keeper.changes.push(change);
    }

    /// Keeps a message that is in flight.
    pub(super) fn keep_message(&mut self, id: SessionId, number: u64) {
        let Some(wall) = self.keeper.wall else { return };
        let Some(session) = self.sessions.get(id).filter(|session| session.stays()) else { return };
        let Some(message) = session.in_flight.iter().find(|message| message.number == number) else { return };
        let record = match &message.stage {
            Stage::Published(publication) => {
                packet::to_record(wall, publication).map(|bytes| message_record(PUBLISHED, message.packet_id, &bytes))
            }
            Stage::Released => Some(message_record(RELEASED, message.packet_id, &[])),
        };
        self.keeper.changes.push(Change::Message { client_id: session.client_id.clone(), number, record });
    }

    pub(super) fn forget_message(&mut self, id: SessionId, number: u64) {
        if self.keeper.wall.is_none() {
            return;
        }
        if let Some(session) = self.sessions.get(id).filter(|session| session.stays()) {
            let client_id = session.client_id.clone();
            self.keeper.changes.push(Change::Message { client_id, number, record: None });
        }
    }

    fn take_back_retained(&mut self, wall: u64, record: &[u8]) {
        let Some(publication) = packet::from_record(wall, record) else {
            warn!("a retained message in the store cannot be read and is left out");
            return;
        };
        if !publication.is_over(self.now) && !self.retained.keep(self.now, &publication, &self.config.limits) {
            warn!("a retained message in the store does not fit into the limits and is left out");
        }
    }

    fn take_back_session(&mut self, wall: u64, client_id: &str, record: &[u8]) -> Option<SessionId> {
        let record: SessionRecord = serde_json::from_slice(record)
            .inspect_err(|error| warn!(%error, "a session in the store cannot be read and is left out"))
            .ok()?;
        if self.sessions.find(client_id).is_some() || self.sessions.len() >= self.config.limits.max_sessions {
            return None;
        }
        let mut session = Session::new(client_id.to_owned());
        session.version = if record.is_v5 { Version::V5 } else { Version::V311 };
        session.user = record.user;
        session.expiry = record.expiry;
        session.unreleased = record.unreleased.into_iter().collect();
        session.timers.ends = match (record.expiry, record.ends) {
            (u32::MAX, _) => None,
            (_, Some(ends)) => Some(Moment::from_millis(ends.saturating_sub(wall))),
            (seconds, None) => Some(self.now + Duration::from_secs(seconds.into())),
        };
        let sound = record.subscriptions.into_iter().filter(|(filter, _)| Subscriptions::takes(filter));
        session.subscriptions = sound.collect();
        let subscriptions = session.subscriptions.clone();
        let id = self.sessions.begin(session);
        for (filter, subscription) in subscriptions {
            self.subscriptions.insert(&filter, id, subscription);
        }
        self.schedule_absence(id);
        Some(id)
    }

    fn take_back_message(&mut self, wall: u64, id: SessionId, number: u64, record: &[u8]) {
        let Some(session) = self.sessions.get_mut(id) else { return };
        session.has_given(number);
        let Some((&[stage, high, low], bytes)) = record.split_first_chunk() else { return };
        let packet_id = u16::from_be_bytes([high, low]);
        let publication = packet::from_record(wall, bytes);
        match (stage, publication) {
            (QUEUED, Some(publication)) => {
                session.queue.push(self.now, Waiting { number, publication }, &self.config.limits);
            }
            (PUBLISHED, Some(publication)) => {
                let stage = Stage::Published(publication);
                session.in_flight.push(InFlight { packet_id, number, stage, is_sent: false });
            }
            (RELEASED, _) => {
                session.in_flight.push(InFlight { packet_id, number, stage: Stage::Released, is_sent: false });
            }
            _ => warn!("a message in the store cannot be read and is left out"),
        }
    }
}

/// `stage:1 | packet identifier:2 | publication`
fn message_record(stage: u8, packet_id: u16, publication: &[u8]) -> Vec<u8> {
    let [high, low] = packet_id.to_be_bytes();
    [&[stage, high, low][..], publication].concat()
}

const QUEUED: u8 = 0;
const PUBLISHED: u8 = 1;
const RELEASED: u8 = 2;
