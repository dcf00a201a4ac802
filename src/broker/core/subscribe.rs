//! SUBSCRIBE and UNSUBSCRIBE: MQTT 3.1.1 and MQTT 5, sections 3.8 to 3.11.

use super::Core;
use crate::{
    broker::{
        ConnectionId, access,
        event::Happening,
        fault::ClientFault,
        limit::Limit,
        packet::{self, RetainedWish, Subscribe, Wish},
        subscriptions::{self, Subscription, Subscriptions, Wanted},
    },
    mqtt::{Filter, Qos},
};

impl Core {
    pub(super) fn handle_subscribe(&mut self, id: ConnectionId, subscribe: Subscribe) -> Result<(), ClientFault> {
        let version = self.version_of(id);
        let mut codes = Vec::with_capacity(subscribe.wishes.len());
        let mut granted = Vec::with_capacity(subscribe.wishes.len());
        for wish in subscribe.wishes {
            let is_shared = wish.filter.as_str().starts_with(SHARED);
            let outcome = self.subscribe(id, &wish, subscribe.identifier);
            codes.push(outcome.map(|_| wish.qos));
            if let Ok(is_new) = outcome
                && !is_shared
                && match wish.retained {
                    RetainedWish::Always => true,
                    RetainedWish::OnlyIfNew => is_new,
                    RetainedWish::Never => false,
                }
            {
                granted.push(wish);
            }
        }
        self.send(id, &packet::suback(version, subscribe.packet_id, &codes)?);
        for wish in granted {
            self.send_retained(id, &wish.filter, wish.qos, subscribe.identifier);
        }
        Ok(())
    }

    pub(super) fn handle_unsubscribe(
        &mut self,
        id: ConnectionId,
        packet_id: u16,
        filters: &[String],
    ) -> Result<(), ClientFault> {
        let version = self.version_of(id);
        let filters = filters.iter().map(|filter| filter.parse()).collect::<Result<Vec<Filter>, _>>()?;
        let mut existed = Vec::with_capacity(filters.len());
        if let Some(session_id) = self.session_of(id) {
            for filter in filters {
                let Some(session) = self.sessions.get_mut(session_id) else { break };
                let is_removed = session.subscriptions.remove(&filter).is_some();
                existed.push(is_removed);
                if is_removed {
                    self.subscriptions.remove(&filter, session_id);
                    let client_id = session.client_id.clone();
                    self.tell(|| Happening::Unsubscribed { client_id, filter });
                }
            }
            self.keep_session(session_id);
        }
        self.send(id, &packet::unsuback(version, packet_id, &existed)?);
        Ok(())
    }

    /// Adds one subscription and says whether it is a new one, or why it is none: the reason code of MQTT 5.
    fn subscribe(&mut self, id: ConnectionId, wish: &Wish, identifier: Option<u32>) -> Result<bool, u8> {
        let outcome = self.try_to_subscribe(id, wish, identifier);
        if let Some(client_id) = self.connections.get(&id).and_then(|connection| connection.client_id.clone()) {
            if outcome == Err(QUOTA_EXCEEDED) {
                self.limit(Limit::Subscriptions, Some(client_id.clone()));
            }
            let granted = outcome.map(|_| wish.qos);
            self.tell(|| Happening::Subscribed { client_id, filter: wish.filter.clone(), granted });
        }
        outcome
    }

    fn try_to_subscribe(&mut self, id: ConnectionId, wish: &Wish, identifier: Option<u32>) -> Result<bool, u8> {
        let Wish { filter, qos, no_local, retain_as_published, .. } = wish;
        let session_id = self.session_of(id).ok_or(UNSPECIFIED)?;
        let session = self.sessions.get_mut(session_id).ok_or(UNSPECIFIED)?;
        if !Subscriptions::takes(filter) {
            return Err(FILTER_INVALID);
        }
        // The rules are for topics, whoever shares them.
        let (_, topics) = subscriptions::parts(filter.as_str()).ok_or(FILTER_INVALID)?;
        let topics = topics.parse().map_err(|_| FILTER_INVALID)?;
        access::may_subscribe(&self.config.rules, session.user.as_deref(), &topics)?;
        let is_new = !session.subscriptions.contains_key(filter);
        if is_new && session.subscriptions.len() >= self.config.limits.max_subscriptions {
            return Err(QUOTA_EXCEEDED);
        }
        let subscription =
            Subscription { qos: *qos, no_local: *no_local, retain_as_published: *retain_as_published, identifier };
        session.subscriptions.insert(filter.clone(), subscription);
        self.subscriptions.insert(filter, session_id, subscription);
        self.keep_session(session_id);
        Ok(is_new)
    }

    /// The retained messages a subscription asks for, marked as retained (section 3.8.4).
    fn send_retained(&mut self, id: ConnectionId, filter: &Filter, qos: Qos, identifier: Option<u32>) {
        let Some(session) = self.session_of(id) else { return };
        let wanted = Wanted { qos, retain_as_published: false, identifiers: identifier.into_iter().collect() };
        let found: Vec<_> =
            self.retained.matching(filter).map(|publication| publication.to_subscriber(&wanted, true)).collect();
        for publication in found {
            if !publication.is_over(self.now) {
                self.deliver(session, publication);
            }
        }
        self.send_report(session, filter);
    }
}

/// How a shared filter begins.
const SHARED: &str = "$share/";
const UNSPECIFIED: u8 = 0x80;
const FILTER_INVALID: u8 = 0x8f;
const QUOTA_EXCEEDED: u8 = 0x97;
