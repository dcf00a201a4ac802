//! What a client publishes and confirms: MQTT 3.1.1 and MQTT 5, sections 3.3 to 3.7 and 4.3.

use std::sync::Arc;

use tracing::debug;

use super::{Core, Routed, report::SYSTEM, route::Verdict};
use crate::{
    broker::{
        ConnectionId, SessionId, access,
        event::Happening,
        fault::ClientFault,
        packet::{self, Publish, Version},
        publication::Publication,
        session::Stage,
    },
    mqtt::{Qos, Topic},
};

impl Core {
    /// PUBLISH: the message is routed at once, and then confirmed. A QoS 2 message that comes again before its PUBREL is
    /// answered and not routed again.
    pub(super) fn handle_publish(&mut self, id: ConnectionId, publish: &Publish) -> Result<(), ClientFault> {
        let Some(connection) = self.connections.get_mut(&id) else { return Ok(()) };
        let topic = connection.topic_of(publish)?;
        let Some(session_id) = connection.session else { return Ok(()) };
        let version = connection.version;
        if publish.qos == Qos::AtMostOnce && publish.is_dup {
            return Err(ClientFault::Flags { kind: packet::PUBLISH, flags: 0b1000 });
        }
        if publish.qos == Qos::ExactlyOnce && self.is_unreleased(session_id, version, publish.packet_id)? {
            return self.confirm(id, publish, Verdict::Passed);
        }
        self.stats.received += 1;
        if let Some(session) = self.sessions.get_mut(session_id) {
            session.counts.received += 1;
        }
        let verdict = if self.may_publish(session_id, &topic) {
            let publication = Publication {
                topic,
                payload: publish.payload.clone(),
                qos: publish.qos,
                retain: publish.retain,
                properties: publish.properties.clone(),
                expires: publish.expiry.map(|expiry| self.now + expiry),
                identifiers: Vec::new(),
            };
            self.pass_on(Routed { publication, from: Some(session_id), is_echo: false })
        } else {
            self.forbid(session_id, &topic);
            Verdict::Forbidden
        };
        self.confirm(id, publish, verdict)
    }

    /// Whether this QoS 2 message came before and was not released. One too many of a client of MQTT 5 is a fault.
    fn is_unreleased(
        &self,
        session_id: SessionId,
        version: Version,
        packet_id: Option<u16>,
    ) -> Result<bool, ClientFault> {
        let Some((session, packet_id)) = self.sessions.get(session_id).zip(packet_id) else { return Ok(false) };
        if session.unreleased.contains(&packet_id) {
            return Ok(true);
        }
        let most = usize::from(self.config.limits.receive_maximum);
        if version == Version::V5 && session.unreleased.len() >= most {
            Err(ClientFault::ReceiveMaximum)
        } else {
            Ok(false)
        }
    }

    /// Says what came of a message. MQTT 3.1.1 can only say yes, so a message that is lost to a limit is not confirmed and
    /// its client cut off: it will send it again.
    fn confirm(&mut self, id: ConnectionId, publish: &Publish, verdict: Verdict) -> Result<(), ClientFault> {
        let Some(packet_id) = publish.packet_id else { return Ok(()) };
        let version = self.version_of(id);
        let (code, text) = match verdict {
            Verdict::Passed => (0, None),
            Verdict::NobodyWants => (NO_MATCHING_SUBSCRIBERS, None),
            Verdict::Forbidden => (NOT_AUTHORIZED, Some("publishing to this topic is not allowed".to_owned())),
            Verdict::Lost(limit) if version == Version::V311 => return Err(ClientFault::Quota(limit)),
            Verdict::Lost(limit) => (QUOTA_EXCEEDED, Some(limit.to_string())),
        };
        let Some(connection) = self.connections.get(&id) else { return Ok(()) };
        let reason = text.as_deref().and_then(|text| connection.reason(text));
        let packet = if publish.qos == Qos::AtLeastOnce {
            packet::puback(version, packet_id, code, reason)?
        } else {
            packet::pubrec(version, packet_id, code, reason)?
        };
        let is_refused = version == Version::V5 && code >= FIRST_FAILURE;
        if publish.qos == Qos::ExactlyOnce
            && !is_refused
            && let Some(session_id) = self.session_of(id)
            && let Some(session) = self.sessions.get_mut(session_id)
            && session.unreleased.insert(packet_id)
        {
            self.keep_session(session_id);
        }
        self.send(id, &packet);
        Ok(())
    }

    pub(super) fn handle_pubrel(&mut self, id: ConnectionId, packet_id: u16) -> Result<(), ClientFault> {
        let version = self.version_of(id);
        let mut is_known = false;
        if let Some(session_id) = self.session_of(id)
            && let Some(session) = self.sessions.get_mut(session_id)
        {
            is_known = session.unreleased.remove(&packet_id);
            if is_known {
                self.keep_session(session_id);
            }
        }
        self.send(id, &packet::pubcomp(version, packet_id, is_known)?);
        Ok(())
    }

    /// PUBACK ends a QoS 1 exchange. One of nothing, or of something else, does no harm: a client may confirm once more
    /// after a reconnect.
    pub(super) fn handle_puback(&mut self, id: ConnectionId, packet_id: u16) -> Result<(), ClientFault> {
        self.finish(id, packet_id, |stage| matches!(stage, Stage::Published(p) if p.qos == Qos::AtLeastOnce))
    }

    pub(super) fn handle_pubcomp(&mut self, id: ConnectionId, packet_id: u16) -> Result<(), ClientFault> {
        self.finish(id, packet_id, |stage| matches!(stage, Stage::Released))
    }

    /// PUBREC: the client has the message; what is left is to release its identifier.
    pub(super) fn handle_pubrec(
        &mut self,
        id: ConnectionId,
        packet_id: u16,
        is_refused: bool,
    ) -> Result<(), ClientFault> {
        let awaits = |stage: &Stage| matches!(stage, Stage::Published(p) if p.qos == Qos::ExactlyOnce);
        if is_refused {
            return self.finish(id, packet_id, awaits);
        }
        let version = self.version_of(id);
        let Some(session_id) = self.session_of(id) else { return Ok(()) };
        let Some(session) = self.sessions.get_mut(session_id) else { return Ok(()) };
        match session.in_flight.iter_mut().find(|message| message.packet_id == packet_id) {
            Some(message) if awaits(&message.stage) => {
                message.stage = Stage::Released;
                let number = message.number;
                self.keep_message(session_id, number);
                self.send(id, &packet::pubrel(version, packet_id, true)?);
            }
            None if version == Version::V5 => self.send(id, &packet::pubrel(version, packet_id, false)?),
            _ => debug!(connection = id.0, packet_id, "a PUBREC of nothing is passed over"),
        }
        Ok(())
    }

    /// Ends an exchange that awaits this, and gives its place to whatever waits.
    fn finish(&mut self, id: ConnectionId, packet_id: u16, awaits: impl Fn(&Stage) -> bool) -> Result<(), ClientFault> {
        let Some(session_id) = self.session_of(id) else { return Ok(()) };
        let Some(session) = self.sessions.get_mut(session_id) else { return Ok(()) };
        let found =
            session.in_flight.iter().position(|message| message.packet_id == packet_id && awaits(&message.stage));
        let Some(place) = found else { return Ok(()) };
        let message = session.in_flight.remove(place);
        self.forget_message(session_id, message.number);
        self.send_waiting(id)
    }

    /// Topics that begin with `$SYS` are the broker's own (section 4.7.2).
    pub(super) fn may_publish(&self, session_id: SessionId, topic: &Topic) -> bool {
        let user = self.sessions.get(session_id).and_then(|session| session.user.as_deref());
        topic.levels().next() != Some(SYSTEM) && access::may_publish(&self.config.rules, user, topic)
    }

    fn forbid(&mut self, session_id: SessionId, topic: &Arc<Topic>) {
        let Some(session) = self.sessions.get(session_id) else { return };
        debug!(client_id = session.client_id, %topic, "publishing here is not allowed; dropped");
        let client_id = session.client_id.clone();
        self.tell(|| Happening::Forbidden { client_id, topic: (**topic).clone() });
    }
}

const NO_MATCHING_SUBSCRIBERS: u8 = 0x10;
const NOT_AUTHORIZED: u8 = 0x87;
const QUOTA_EXCEEDED: u8 = 0x97;
/// Reason codes from here on are refusals (MQTT 5, section 2.4).
const FIRST_FAILURE: u8 = 0x80;
