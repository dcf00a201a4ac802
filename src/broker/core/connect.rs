//! How a client comes, is taken over and goes: MQTT 3.1.1 sections 3.1, 3.2 and 3.14.

use mqtt_protocol_core::mqtt::{
    packet::v3_1_1,
    result_code::{ConnectReturnCode, MqttError},
};
use tracing::debug;

use super::{Core, Routed};
use crate::{
    broker::{
        ConnectionId,
        fault::Fault,
        publication::{Publication, qos_from_wire},
        session::{Parked, Session, SessionId},
    },
    mqtt::Message,
};

impl Core {
    pub(super) fn handle_connect(&mut self, id: ConnectionId, connect: &v3_1_1::Connect) -> Result<(), Fault> {
        check_flags(connect)?;
        let will = will_of(connect)?;
        let client_id = match self.judge(connect) {
            Ok(client_id) => client_id,
            Err(code) => return self.refuse(id, code),
        };
        let (session, present) = self.enter(&client_id, connect.clean_session());
        if self.sessions.len() > self.config.limits.max_sessions {
            self.end_session(session);
            return self.refuse(id, ConnectReturnCode::ServerUnavailable);
        }
        let parked = self.seat(session, id, connect.user_name());
        let Some(connection) = self.connections.get_mut(&id) else { return Ok(()) };
        connection.will = will;
        if connect.keep_alive() == 0 {
            connection.deadline = None;
        }
        connection.accept(session, present, parked)?;
        debug!(connection = id.0, client_id, present, "a client is connected");
        self.send_queued(id)
    }

    /// DISCONNECT: the will is void, and the connection is closed if the client does not (section 3.14.4).
    pub(super) fn handle_disconnect(&mut self, id: ConnectionId) {
        if let Some(connection) = self.connections.get_mut(&id) {
            connection.will = None;
        }
        self.end_connection(id);
        self.closing.push_back(id);
    }

    /// Forgets a connection: its will is published, its session ends or waits, its last bytes are still sent.
    pub(super) fn end_connection(&mut self, id: ConnectionId) {
        let Some(mut connection) = self.connections.remove(&id) else { return };
        if let Some(scheduled) = connection.scheduled {
            self.deadlines.remove(&(scheduled, id));
        }
        if connection.waiting() > 0 && connection.waiting() <= self.config.limits.max_outbound_bytes {
            self.last_words.push_back((id, connection.take_outbound()));
        }
        if let Some(publication) = connection.will.take() {
            self.backlog.push_back(Routed { publication, is_echo: false });
        }
        let Some(session_id) = connection.session else { return };
        let Some(session) = self.sessions.get_mut(session_id) else { return };
        session.connection = None;
        if session.clean {
            self.end_session(session_id);
        } else {
            session.parked = connection.park();
        }
    }

    /// The client identifier to use, or why the client is not let in.
    fn judge(&self, connect: &v3_1_1::Connect) -> Result<String, ConnectReturnCode> {
        if let Some(users) = &self.config.users {
            let name = connect.user_name().ok_or(ConnectReturnCode::NotAuthorized)?;
            if !users.admits(name, connect.password().unwrap_or_default()) {
                return Err(ConnectReturnCode::BadUserNameOrPassword);
            }
        }
        match connect.client_id() {
            "" if connect.clean_session() => Ok(self.sessions.unused_client_id()),
            "" => Err(ConnectReturnCode::IdentifierRejected),
            client_id => Ok(client_id.to_owned()),
        }
    }

    fn refuse(&mut self, id: ConnectionId, code: ConnectReturnCode) -> Result<(), Fault> {
        self.connections.get_mut(&id).map_or(Ok(()), |connection| Err(connection.refuse(code)))
    }

    /// The session for a client, and whether it was there before. Whoever had the same client identifier is cut off
    /// (section 3.1.4).
    fn enter(&mut self, client_id: &str, clean: bool) -> (SessionId, bool) {
        if let Some(earlier) = self.sessions.find(client_id).and_then(|known| self.sessions.get(known)?.connection) {
            debug!(connection = earlier.0, fault = %Fault::TakenOver, "the broker closes a connection");
            self.end_connection(earlier);
            self.closing.push_back(earlier);
        }
        match self.sessions.find(client_id) {
            Some(known) if !clean => (known, true),
            known => {
                if let Some(known) = known {
                    self.end_session(known);
                }
                (self.sessions.begin(client_id.to_owned(), clean), false)
            }
        }
    }

    /// Puts a client's connection into its session and takes out what was in flight.
    fn seat(&mut self, session: SessionId, id: ConnectionId, user: Option<&str>) -> Parked {
        let Some(session) = self.sessions.get_mut(session) else { return Parked::default() };
        session.connection = Some(id);
        session.user = user.map(str::to_owned);
        std::mem::take(&mut session.parked)
    }

    fn end_session(&mut self, id: SessionId) {
        let filters = self.sessions.end(id).map(|Session { subscriptions, .. }| subscriptions).unwrap_or_default();
        for filter in filters.keys() {
            self.subscriptions.remove(filter, id);
        }
    }
}

/// The combinations of section 3.1.2 that the protocol crate lets pass.
fn check_flags(connect: &v3_1_1::Connect) -> Result<(), Fault> {
    let flags = connect.to_buffers().get(CONNECT_FLAGS).and_then(|part| part.first().copied()).unwrap_or(RESERVED);
    let will_without_flag = flags & WILL == 0 && flags & (WILL_QOS | WILL_RETAIN) != 0;
    if flags & RESERVED != 0 || flags & WILL_QOS == WILL_QOS || will_without_flag {
        return Err(Fault::Protocol(MqttError::MalformedPacket));
    }
    if connect.client_id().contains('\0') {
        return Err(Fault::Protocol(MqttError::MalformedPacket));
    }
    Ok(())
}

fn will_of(connect: &v3_1_1::Connect) -> Result<Option<Publication>, Fault> {
    let Some(topic) = connect.will_topic() else { return Ok(None) };
    let message = Message {
        topic: topic.parse()?,
        payload: connect.will_payload().unwrap_or_default().to_vec(),
        qos: qos_from_wire(connect.will_qos()),
        retain: connect.will_retain(),
    };
    Ok(Some(message.into()))
}

/// Place of the connect flags among the parts of a CONNECT: after first byte, length, protocol name and level.
const CONNECT_FLAGS: usize = 4;
const RESERVED: u8 = 0b0000_0001;
const WILL: u8 = 0b0000_0100;
const WILL_QOS: u8 = 0b0001_1000;
const WILL_RETAIN: u8 = 0b0010_0000;
