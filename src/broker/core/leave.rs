//! How a client goes, and what is due while it is away: its will, and the end of its session. MQTT 3.1.1 section 3.14,
//! MQTT 5 sections 3.1.3.2.2, 3.14 and 4.1.

use std::{sync::Arc, time::Duration};

use super::{Core, Routed};
use crate::broker::{
    ConnectionId, SessionId,
    event::{End, Happening},
    fault::ClientFault,
    packet::{Disconnect, Version},
    session::{Session, Timers},
};

impl Core {
    /// DISCONNECT: the will is void unless it is asked for, and the connection is closed if the client does not.
    pub(super) fn handle_disconnect(&mut self, id: ConnectionId, disconnect: Disconnect) -> Result<(), ClientFault> {
        if let Some(session) = self.session_of(id).and_then(|session| self.sessions.get_mut(session)) {
            if let Some(expiry) = disconnect.session_expiry {
                if session.expiry == 0 && expiry > 0 {
                    return Err(ClientFault::Protocol("a session that ended with its connection shall stay now"));
                }
                session.expiry = expiry;
            }
            if !disconnect.with_will {
                session.will = None;
            }
        }
        self.end_connection(id, &End::Goodbye { code: disconnect.code });
        self.closing.push_back(id);
        Ok(())
    }

    /// Forgets a connection: its will is published or waits, its session ends or waits, its last bytes are still sent.
    pub(super) fn end_connection(&mut self, id: ConnectionId, end: &End) {
        let Some(mut connection) = self.connections.remove(&id) else { return };
        self.half_received -= connection.held();
        if let Some(seen) = &mut self.seen
            && connection.held() > 0
            && connection.session.is_some()
        {
            seen.push((id, connection.held_bytes().to_vec()));
        }
        if let Some(scheduled) = connection.scheduled {
            self.deadlines.remove(&(scheduled, id));
        }
        if connection.waiting() > 0 && connection.waiting() <= self.config.limits.max_outbound_bytes {
            self.last_words.push_back((id, connection.take_outbound()));
        }
        self.tell_end(&connection, end);
        let Some(session_id) = connection.session else { return };
        self.leave(session_id);
    }

    /// A client is away from now on.
    fn leave(&mut self, session_id: SessionId) {
        let Some(session) = self.sessions.get_mut(session_id) else { return };
        session.connection = None;
        if !session.stays() {
            return self.end_session(session_id);
        }
        let after = |span| Some(self.now + span);
        session.timers.ends = match session.expiry {
            u32::MAX => None,
            seconds => after(Duration::from_secs(seconds.into())),
        };
        session.timers.will_due = session.will.as_ref().and_then(|will| after(will.delay));
        if session.timers.will_due.is_some_and(|due| due <= self.now) {
            self.publish_will(session_id);
        }
        self.keep_session(session_id);
        self.schedule_absence(session_id);
    }

    /// Publishes the will of a session, if it has one; it has none afterwards.
    fn publish_will(&mut self, session_id: SessionId) {
        let Some(session) = self.sessions.get_mut(session_id) else { return };
        session.timers.will_due = None;
        let Some(will) = session.will.take() else { return };
        let mut publication = will.publication;
        publication.expires = will.expiry.map(|expiry| self.now + expiry);
        let (client_id, topic) = (session.client_id.clone(), Arc::clone(&publication.topic));
        if !self.may_publish(session_id, &topic) {
            self.tell(|| Happening::Forbidden { client_id, topic: (*topic).clone() });
            return;
        }
        self.tell(|| Happening::Will { client_id, topic: (*topic).clone() });
        self.backlog.push_back(Routed { publication, from: Some(session_id), is_echo: false });
    }

    /// Forgets a session. Its will cannot wait any longer.
    pub(super) fn end_session(&mut self, id: SessionId) {
        self.publish_will(id);
        let Some(session) = self.sessions.end(id) else { return };
        let Session { client_id, subscriptions, timers: Timers { scheduled, .. }, .. } = session;
        if let Some(scheduled) = scheduled {
            self.absences.remove(&(scheduled, id));
        }
        for filter in subscriptions.keys() {
            self.subscriptions.remove(filter, id);
        }
        self.forget_session(client_id);
    }

    /// Makes sure that an absent session is looked at when something is due for it.
    pub(super) fn schedule_absence(&mut self, id: SessionId) {
        let Some(session) = self.sessions.get_mut(id) else { return };
        let Some(next) = session.timers.next() else { return };
        session.timers.scheduled = Some(next);
        self.absences.insert((next, id));
    }

    /// Publishes the wills and ends the sessions whose time has come.
    pub(super) fn look_after_the_absent(&mut self) {
        while let Some(&(moment, id)) = self.absences.first()
            && moment <= self.now
        {
            self.absences.pop_first();
            let Some(session) = self.sessions.get_mut(id) else { continue };
            session.timers.scheduled = None;
            if session.timers.ends.is_some_and(|ends| ends <= self.now) {
                let client_id = session.client_id.clone();
                self.end_session(id);
                self.tell(|| Happening::SessionExpired { client_id });
                continue;
            }
            if session.timers.will_due.is_some_and(|due| due <= self.now) {
                self.publish_will(id);
            }
            self.schedule_absence(id);
        }
    }

    /// What a client speaks; MQTT 3.1.1 while it has not said.
    pub(super) fn version_of(&self, id: ConnectionId) -> Version {
        self.connections.get(&id).map_or(Version::V311, |connection| connection.version)
    }
}
