//! The way of a message from whoever publishes it to all who want it: MQTT 3.1.1 sections 3.3 to 3.7 and 4.3.

use mqtt_protocol_core::mqtt::packet::{Packet, v3_1_1};
use tracing::debug;

use super::{Core, Routed, report::SYSTEM};
use crate::{
    broker::{
        ConnectionId, access, connection::Connection, fault::Fault, publication::Publication, session::SessionId,
    },
    mqtt::{Message, Qos, Topic},
};

impl Core {
    /// PUBLISH: the message is routed at once, and then confirmed. A QoS 2 message that comes again before its PUBREL
    /// does not reach this place: the protocol crate answers it.
    pub(super) fn handle_publish(&mut self, id: ConnectionId, publish: &v3_1_1::Publish) -> Result<(), Fault> {
        if publish.packet_id() == Some(0) {
            return Err(Fault::ZeroIdentifier);
        }
        let publication = Publication::from_packet(publish)?;
        if publication.qos == Qos::AtMostOnce && publish.dup() {
            return Err(Fault::Flags { kind: 3, flags: 0b1000 });
        }
        self.stats.received += 1;
        let qos = publication.qos;
        if self.may_publish(id, &publication.topic) {
            self.route(Routed { publication, is_echo: false });
        } else {
            debug!(connection = id.0, topic = %publication.topic, "publishing here is not allowed; dropped");
        }
        let Some(packet_id) = publish.packet_id() else { return Ok(()) };
        if qos == Qos::AtLeastOnce {
            self.send(id, v3_1_1::Puback::builder().packet_id(packet_id).build().map_err(Fault::Protocol)?)
        } else {
            self.send(id, v3_1_1::Pubrec::builder().packet_id(packet_id).build().map_err(Fault::Protocol)?)
        }
    }

    pub(super) fn handle_pubrec(&mut self, id: ConnectionId, packet_id: u16) -> Result<(), Fault> {
        self.send(id, v3_1_1::Pubrel::builder().packet_id(packet_id).build().map_err(Fault::Protocol)?)
    }

    pub(super) fn handle_pubrel(&mut self, id: ConnectionId, packet_id: u16) -> Result<(), Fault> {
        if packet_id == 0 {
            return Err(Fault::ZeroIdentifier);
        }
        self.send(id, v3_1_1::Pubcomp::builder().packet_id(packet_id).build().map_err(Fault::Protocol)?)
    }

    /// Hands a message to the retained store, to all who subscribed, and to the echo.
    pub(super) fn route(&mut self, routed: Routed) {
        let Routed { publication, is_echo } = routed;
        if publication.retain && !self.retained.keep(&publication, &self.config.limits) {
            self.stats.dropped += 1;
            debug!(topic = %publication.topic, "the retained store is full; the earlier value stays");
        }
        for (session, granted) in self.subscriptions.matching(&publication.topic) {
            self.deliver(session, publication.to_subscriber(granted, false));
        }
        if !is_echo {
            self.answer(&publication);
        }
    }

    /// Sends a message to a client that is here, or lets it wait for one that is away (sections 3.1.2.4 and 4.1).
    pub(super) fn deliver(&mut self, session_id: SessionId, publication: Publication) {
        let Some(session) = self.sessions.get_mut(session_id) else { return };
        if !access::may_receive(&self.config.rules, session.user.as_deref(), &publication.topic) {
            return;
        }
        let here = session.connection.and_then(|id| Some((id, self.connections.get_mut(&id)?)));
        let confirmed = publication.qos != Qos::AtMostOnce;
        match here {
            Some((id, connection))
                if !confirmed
                    || session.queue.is_empty() && connection.in_flight < self.config.limits.max_in_flight =>
            {
                self.stats.delivered += 1;
                let sent = connection.publish(&publication);
                self.after_send(id, sent);
            }
            None if !confirmed => {}
            _ if session.queue.push(publication, &self.config.limits) => self.stats.delivered += 1,
            _ => {
                self.stats.dropped += 1;
                debug!(client_id = session.client_id, "the queue of this client is full; a message is dropped");
            }
        }
    }

    /// Sends what waits in a session, as far as there is room in flight.
    pub(super) fn send_queued(&mut self, id: ConnectionId) -> Result<(), Fault> {
        let Some(connection) = self.connections.get_mut(&id) else { return Ok(()) };
        let Some(session) = connection.session.and_then(|session| self.sessions.get_mut(session)) else {
            return Ok(());
        };
        while connection.in_flight < self.config.limits.max_in_flight
            && let Some(publication) = session.queue.pop()
        {
            connection.publish(&publication)?;
        }
        self.announce(id);
        Ok(())
    }

    pub(super) fn send(&mut self, id: ConnectionId, packet: impl Into<Packet>) -> Result<(), Fault> {
        let Some(connection) = self.connections.get_mut(&id) else { return Ok(()) };
        connection.send(packet)?;
        self.announce(id);
        Ok(())
    }

    pub(super) fn session_of(&self, id: ConnectionId) -> Option<SessionId> {
        self.connections.get(&id)?.session
    }

    /// Announces the bytes of a delivery, and ends a connection whose client reads too slowly.
    fn after_send(&mut self, id: ConnectionId, sent: Result<(), Fault>) {
        let waiting = self.connections.get(&id).map_or(0, Connection::waiting);
        if let Err(fault) = sent {
            self.doom(id, fault);
        } else if waiting > self.config.limits.max_outbound_bytes {
            self.doom(id, Fault::SlowReader { waiting });
        }
        self.announce(id);
    }

    /// Topics that begin with `$SYS` are the broker's own (section 4.7.2).
    fn may_publish(&self, id: ConnectionId, topic: &Topic) -> bool {
        let user = self
            .session_of(id)
            .and_then(|session| self.sessions.get(session))
            .and_then(|session| session.user.as_deref());
        topic.levels().next() != Some(SYSTEM) && access::may_publish(&self.config.rules, user, topic)
    }

    fn answer(&mut self, question: &Publication) {
        let Some(echo) = &self.config.echo else { return };
        if !echo.from.matches(&question.topic) {
            return;
        }
        let payload = [b"Echo: ", question.payload.as_slice()].concat();
        let message = Message { topic: echo.to.clone(), payload, qos: question.qos, retain: false };
        self.backlog.push_back(Routed { publication: message.into(), is_echo: true });
    }
}
