//! How a client comes and is let in: MQTT 3.1.1 and MQTT 5, sections 3.1 and 3.2.

use std::time::Duration;

use tracing::debug;

use super::Core;
use crate::broker::{
    ConnectionId, SessionId,
    event::{End, Happening},
    fault::ClientFault,
    limit::Limit,
    packet::{self, ConnackTerms, Connect, Version},
    session::{Counts, Session, Timers},
};

impl Core {
    pub(super) fn handle_connect(&mut self, id: ConnectionId, connect: &Connect) -> Result<(), ClientFault> {
        let Some(connection) = self.connections.get_mut(&id) else { return Ok(()) };
        if connection.session.is_some() {
            return Err(ClientFault::Protocol("a second CONNECT"));
        }
        connection.terms = connect.terms;
        connection.client_id = Some(connect.client_id.clone());
        let client_id = self.judge(connect)?;
        let (session, present) = self.enter(&client_id, connect.clean);
        if self.sessions.len() > self.config.limits.max_sessions {
            self.end_session(session);
            self.limit(Limit::Sessions, Some(client_id));
            return Err(ClientFault::Sessions);
        }
        let keep_alive = self.keep_alive(connect);
        let user = connect.user.clone();
        self.seat(session, id, connect);
        let Some(connection) = self.connections.get_mut(&id) else { return Ok(()) };
        connection.session = Some(session);
        connection.client_id = Some(client_id.clone());
        connection.patience = (keep_alive > 0).then(|| Duration::from_millis(u64::from(keep_alive) * 1_500));
        connection.deadline = connection.patience.map(|patience| self.now + patience);
        let peer = connection.peer;
        let terms = ConnackTerms {
            session_expiry: None,
            receive_maximum: Some(self.config.limits.receive_maximum),
            max_packet_bytes: Some(self.config.limits.max_packet_bytes),
            alias_maximum: self.config.limits.max_topic_aliases,
            keep_alive: (keep_alive != connect.keep_alive).then_some(keep_alive),
            client_id: connect.client_id.is_empty().then(|| client_id.clone()),
            reason: None,
        };
        connection.send(&packet::connack(connect.version, 0, present, &terms)?);
        debug!(connection = id.0, client_id, present, "a client is connected");
        self.tell(|| Happening::Connected { client_id, peer, version: connect.version, user, keep_alive, present });
        self.send_waiting(id)
    }

    /// The client identifier to use, or why the client is not let in.
    fn judge(&self, connect: &Connect) -> Result<String, ClientFault> {
        if connect.has_method {
            return Err(ClientFault::AuthenticationMethod);
        }
        if let Some(users) = &self.config.users {
            let name = connect.user.as_deref().ok_or(ClientFault::NoUser)?;
            let password = connect.password.as_ref().map_or("", |password| password.reveal());
            if !users.admits(name, password.as_bytes()) {
                return Err(ClientFault::Password);
            }
        }
        match connect.client_id.as_str() {
            "" if connect.clean || connect.version == Version::V5 => Ok(self.sessions.unused_client_id()),
            "" => Err(ClientFault::ClientId),
            client_id => Ok(client_id.to_owned()),
        }
    }

    /// Seconds of silence that the client may keep; only MQTT 5 can be told of others than it asked for.
    fn keep_alive(&self, connect: &Connect) -> u16 {
        match self.config.max_keep_alive {
            Some(most) if connect.version == Version::V5 && (connect.keep_alive == 0 || connect.keep_alive > most) => {
                most
            }
            _ => connect.keep_alive,
        }
    }

    /// The session for a client, and whether it was there before. Whoever had the same client identifier is cut off
    /// (section 3.1.4).
    fn enter(&mut self, client_id: &str, clean: bool) -> (SessionId, bool) {
        if let Some(earlier) = self.sessions.find(client_id).and_then(|known| self.sessions.get(known)?.connection) {
            debug!(connection = earlier.0, fault = %ClientFault::TakenOver, "the broker closes a connection");
            if let Some(connection) = self.connections.get_mut(&earlier) {
                connection.say_why(&ClientFault::TakenOver);
            }
            self.end_connection(earlier, &End::Fault(ClientFault::TakenOver));
            self.closing.push_back(earlier);
        }
        match self.sessions.find(client_id) {
            Some(known) if !clean => (known, true),
            known => {
                if let Some(known) = known {
                    self.end_session(known);
                }
                (self.sessions.begin(Session::new(client_id.to_owned())), false)
            }
        }
    }

    /// Puts a client's connection into its session. What was to happen in its absence does not happen.
    fn seat(&mut self, session_id: SessionId, id: ConnectionId, connect: &Connect) {
        let Some(session) = self.sessions.get_mut(session_id) else { return };
        if let Some(scheduled) = session.timers.scheduled {
            self.absences.remove(&(scheduled, session_id));
        }
        session.timers = Timers::default();
        session.connection = Some(id);
        session.version = connect.version;
        session.user.clone_from(&connect.user);
        session.expiry = connect.session_expiry;
        session.will.clone_from(&connect.will);
        session.counts = Counts { since: self.now, ..Counts::default() };
        for message in &mut session.in_flight {
            message.is_sent = false;
        }
        self.keep_session(session_id);
    }
}
