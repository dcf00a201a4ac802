//! The way of a message to all who want it: MQTT 3.1.1 and MQTT 5, sections 3.3 and 4.3 to 4.9.

use tracing::debug;

use super::{Core, Routed};
use crate::{
    broker::{
        ConnectionId, Limits, SessionId, access,
        connection::Connection,
        fault::ClientFault,
        limit::Limit,
        publication::Publication,
        session::{InFlight, Stage, Waiting},
        subscriptions::Wanted,
    },
    mqtt::{Message, Qos},
};

/// What came of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Somebody has it, or it waits for somebody.
    Passed,
    /// Nobody asked for it; it may be kept for whoever will.
    NobodyWants,
    /// Its publisher may not publish it.
    Forbidden,
    /// A limit stood in the way, and nobody has it.
    Lost(Limit),
}

/// What came of one delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Delivery {
    /// It is sent, or it waits.
    Taken,
    /// This session shall not get it, or is away and QoS 0 does not wait.
    Away,
    /// The session has no room.
    Full,
}

impl Core {
    /// Hands a message to the retained store, to all who subscribed, and to the echo.
    ///
    /// One of QoS 1 or 2 that cannot be retained as it should goes to nobody: its publisher is told, or sends it again.
    pub(super) fn pass_on(&mut self, routed: Routed) -> Verdict {
        let Routed { publication, from, is_echo } = routed;
        if publication.retain && !self.retain(&publication) && publication.qos != Qos::AtMostOnce {
            return Verdict::Lost(Limit::Retained);
        }
        let audience = self.subscriptions.matching(&publication.topic, from);
        let (mut taken, mut full) = (0_usize, 0_usize);
        for (session, wanted) in &audience.sessions {
            match self.deliver(*session, delivered(&publication, wanted)) {
                Delivery::Taken => taken += 1,
                Delivery::Full => full += 1,
                Delivery::Away => {}
            }
        }
        for group in &audience.groups {
            match self.deliver_to_one_of(group, &publication) {
                Delivery::Taken => taken += 1,
                Delivery::Full => full += 1,
                Delivery::Away => {}
            }
        }
        if !is_echo {
            self.answer(&publication);
        }
        match (taken, full) {
            (0, 0) if audience.sessions.is_empty() && audience.groups.is_empty() => Verdict::NobodyWants,
            (0, 1..) if !publication.retain => Verdict::Lost(Limit::Queue),
            _ => Verdict::Passed,
        }
    }

    fn retain(&mut self, publication: &Publication) -> bool {
        let is_kept = self.retained.keep(self.now, publication, &self.config.limits);
        if is_kept {
            self.keep_retained(&publication.topic);
        } else {
            self.stats.dropped += 1;
            self.limit(Limit::Retained, None);
            debug!(topic = %publication.topic, "the retained store is full; the earlier value stays");
        }
        is_kept
    }

    /// Serves one member of a group that shares a subscription: whoever is here and has the next turn, and somebody who is
    /// away only if nobody is here.
    fn deliver_to_one_of(&mut self, group: &[(SessionId, Wanted)], publication: &Publication) -> Delivery {
        let mut result = Delivery::Away;
        for here in [true, false] {
            for (session, wanted) in group {
                let is_here = self.sessions.get(*session).is_some_and(|session| session.connection.is_some());
                if is_here != here {
                    continue;
                }
                match self.deliver(*session, delivered(publication, wanted)) {
                    Delivery::Taken => return Delivery::Taken,
                    Delivery::Full => result = Delivery::Full,
                    Delivery::Away => {}
                }
            }
        }
        result
    }

    /// Sends a message to a client that is here, or lets it wait for one that is away (sections 3.1.2.4 and 4.1).
    pub(super) fn deliver(&mut self, session_id: SessionId, publication: Publication) -> Delivery {
        let Some(session) = self.sessions.get_mut(session_id) else { return Delivery::Away };
        if !access::may_receive(&self.config.rules, session.user.as_deref(), &publication.topic) {
            return Delivery::Away;
        }
        if publication.is_over(self.now) {
            self.stats.expired += 1;
            return Delivery::Taken;
        }
        match session.connection {
            None if publication.qos == Qos::AtMostOnce => Delivery::Away,
            Some(id) if publication.qos == Qos::AtMostOnce => {
                self.stats.delivered += 1;
                session.counts.sent += 1;
                self.transmit(id, &publication, None, false);
                Delivery::Taken
            }
            here => {
                let number = session.next_number();
                let waiting = Waiting { number, publication };
                let window = window_of(&self.config.limits, here.and_then(|id| self.connections.get(&id)));
                if session.queue.is_empty() && session.sent_in_flight() < window {
                    session.queue.push_front(waiting);
                } else if !session.queue.push(self.now, waiting, &self.config.limits) {
                    self.stats.dropped += 1;
                    debug!(client_id = session.client_id, "the queue of this client is full; a message is dropped");
                    let client_id = session.client_id.clone();
                    self.limit(Limit::Queue, Some(client_id));
                    return Delivery::Full;
                }
                self.stats.delivered += 1;
                if let Some(id) = here
                    && let Err(fault) = self.send_waiting(id)
                {
                    self.doom(id, fault);
                }
                self.keep_newest(session_id);
                Delivery::Taken
            }
        }
    }

    /// Sends what waits in a session, as far as there is room in flight: first what an earlier connection has sent
    /// without an answer (section 4.4), then what never was.
    pub(super) fn send_waiting(&mut self, id: ConnectionId) -> Result<(), ClientFault> {
        let Some(connection) = self.connections.get(&id) else { return Ok(()) };
        let Some(session_id) = connection.session else { return Ok(()) };
        let window = window_of(&self.config.limits, Some(connection));
        while let Some(session) = self.sessions.get_mut(session_id) {
            if session.sent_in_flight() >= window {
                break;
            }
            if let Some(place) = session.in_flight.iter().position(|message| !message.is_sent) {
                self.send_again(id, session_id, place)?;
                continue;
            }
            let Some(waiting) = session.queue.pop() else { break };
            let Some(packet_id) = session.free_packet_id() else { break };
            let Waiting { number, publication } = waiting;
            if publication.is_over(self.now) {
                self.stats.expired += 1;
                self.forget_message(session_id, number);
                continue;
            }
            let stage = Stage::Published(publication.clone());
            session.in_flight.push(InFlight { packet_id, number, stage, is_sent: true });
            session.counts.sent += 1;
            if self.transmit(id, &publication, Some(packet_id), false) {
                self.keep_message(session_id, number);
            } else {
                self.give_up(session_id, number);
            }
        }
        self.announce(id);
        Ok(())
    }

    /// Sends once more what an earlier connection has sent without an answer.
    fn send_again(&mut self, id: ConnectionId, session_id: SessionId, place: usize) -> Result<(), ClientFault> {
        let version = self.version_of(id);
        let Some(session) = self.sessions.get_mut(session_id) else { return Ok(()) };
        let message = &mut session.in_flight[place];
        message.is_sent = true;
        let InFlight { packet_id, number, stage, .. } = message.clone();
        match stage {
            Stage::Published(publication) => {
                if !self.transmit(id, &publication, Some(packet_id), true) {
                    self.give_up(session_id, number);
                }
            }
            Stage::Released => self.send(id, &crate::broker::packet::pubrel(version, packet_id, true)?),
        }
        Ok(())
    }

    /// Forgets a message that its receiver does not take.
    fn give_up(&mut self, session_id: SessionId, number: u64) {
        if let Some(session) = self.sessions.get_mut(session_id) {
            session.in_flight.retain(|message| message.number != number);
        }
        self.forget_message(session_id, number);
    }

    /// Sends a PUBLISH, and ends a connection whose client reads too slowly. Whether the client takes packets so large.
    fn transmit(&mut self, id: ConnectionId, publication: &Publication, packet_id: Option<u16>, is_dup: bool) -> bool {
        let Some(connection) = self.connections.get_mut(&id) else { return true };
        match connection.publish(self.now, publication, packet_id, is_dup) {
            Ok(true) => {}
            Ok(false) => {
                let client_id = connection.client_id.clone();
                self.stats.too_large += 1;
                self.limit(Limit::ClientPacket, client_id);
                return false;
            }
            Err(fault) => self.doom(id, fault),
        }
        let waiting = self.connections.get(&id).map_or(0, Connection::waiting);
        if waiting > self.config.limits.max_outbound_bytes {
            let client_id = self.connections.get(&id).and_then(|connection| connection.client_id.clone());
            self.limit(Limit::Outbound, client_id);
            self.doom(id, ClientFault::SlowReader { waiting });
        }
        self.announce(id);
        true
    }

    fn answer(&mut self, question: &Publication) {
        let Some(echo) = &self.config.echo else { return };
        if !echo.from.matches(&question.topic) {
            return;
        }
        let payload = [b"Echo: ", question.payload.as_slice()].concat();
        let message = Message { topic: echo.to.clone(), payload, qos: question.qos, retain: false };
        self.backlog.push_back(Routed { publication: message.into(), from: None, is_echo: true });
    }
}

/// Messages of QoS 1 and 2 that may be in flight; none for a client that is away.
fn window_of(limits: &Limits, connection: Option<&Connection>) -> usize {
    connection.map_or(0, |connection| limits.max_in_flight.min(connection.terms.receive_maximum.into()))
}

/// A message as it goes to a subscriber that did not wait for it: the retain flag is the publisher's only where it was
/// asked for (MQTT 5, section 3.3.1.3).
fn delivered(publication: &Publication, wanted: &Wanted) -> Publication {
    publication.to_subscriber(wanted, publication.retain && wanted.retain_as_published)
}
