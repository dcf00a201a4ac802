//! One client's connection: the packets that arrive, the bytes that wait to be sent, the next deadline, topic aliases.
//!
//! What a packet means for others is the core's business; what is remembered beyond the connection is the session's.

use std::{collections::HashMap, sync::Arc, time::Duration};

use super::{
    SessionId,
    config::Limits,
    event::Peer,
    fault::ClientFault,
    frame::{Frame, Framer},
    packet::{self, Alias, ConnackTerms, Incoming, Terms, Version},
    publication::Publication,
};
use crate::{mqtt::Topic, time::Moment};

/// One network connection, from its opening to its end.
pub(super) struct Connection {
    framer: Framer,
    pub(super) peer: Peer,
    /// Valid once its CONNECT came.
    pub(super) version: Version,
    /// The protocol level of its CONNECT, once it came.
    pub(super) level: Option<u8>,
    /// The name in its CONNECT, once it came.
    pub(super) client_id: Option<String>,
    /// The session it speaks for; `None` until its CONNECT was accepted.
    pub(super) session: Option<SessionId>,
    pub(super) terms: Terms,
    /// Silence that ends it.
    pub(super) patience: Option<Duration>,
    /// When silence ends the connection.
    pub(super) deadline: Option<Moment>,
    /// When the core has promised to look at the deadline; never later than it.
    pub(super) scheduled: Option<Moment>,
    /// Whether the core knows that bytes wait here.
    pub(super) announced: bool,
    outbound: Vec<u8>,
    /// What the client's aliases stand for.
    received_aliases: HashMap<u16, Arc<Topic>>,
    /// Aliases that the client was told.
    sent_aliases: HashMap<Arc<Topic>, u16>,
    max_aliases: u16,
}

impl Connection {
    pub(super) fn new(now: Moment, peer: Peer, limits: &Limits) -> Self {
        Self {
            framer: Framer::new(limits.max_packet_bytes),
            peer,
            version: Version::V311,
            level: None,
            client_id: None,
            session: None,
            terms: Terms::default(),
            patience: None,
            deadline: Some(now + limits.connect_deadline),
            scheduled: None,
            announced: false,
            outbound: Vec::new(),
            received_aliases: HashMap::new(),
            sent_aliases: HashMap::new(),
            max_aliases: limits.max_topic_aliases,
        }
    }

    /// Takes at most one packet from the front of `bytes` and leaves the rest there.
    pub(super) fn receive(&mut self, bytes: &mut &[u8]) -> Result<Option<Frame>, ClientFault> {
        if self.framer.is_between_packets()
            && let Some(&first) = bytes.first()
        {
            self.check_first_byte(first)?;
        }
        self.framer.next(bytes)
    }

    /// CONNECT first and only first (section 3.1), and flags as they must be.
    fn check_first_byte(&self, first: u8) -> Result<(), ClientFault> {
        if self.session.is_none() && first >> 4 != packet::CONNECT {
            return Err(ClientFault::NotConnect);
        }
        packet::check_flags(first)
    }

    /// Reads a packet that arrived, which is a sign of life.
    pub(super) fn read(&mut self, now: Moment, frame: &Frame) -> Result<Incoming, ClientFault> {
        if frame.kind() == packet::CONNECT && self.session.is_none() {
            self.level = packet::connect_version(&frame.body);
            if self.level == Some(5) {
                self.version = Version::V5;
            }
        }
        let packet = packet::read(self.version, frame)?;
        if self.session.is_some() {
            self.deadline = self.patience.map(|patience| now + patience);
        }
        Ok(packet)
    }

    /// Bytes of a packet that is not complete.
    pub(super) const fn held(&self) -> usize {
        self.framer.held()
    }

    /// The packet that is not complete.
    pub(super) fn held_bytes(&self) -> &[u8] {
        self.framer.held_bytes()
    }

    /// The topic of an arriving PUBLISH: its own, or the one that its alias stands for (MQTT 5, section 3.3.2.3.4).
    pub(super) fn topic_of(&mut self, publish: &packet::Publish) -> Result<Arc<Topic>, ClientFault> {
        let Some(alias) = publish.alias else {
            return match publish.topic.as_str() {
                "" if self.version == Version::V5 => Err(ClientFault::Protocol("neither a topic nor an alias")),
                topic => Ok(Arc::new(topic.parse()?)),
            };
        };
        if alias == 0 || alias > self.max_aliases {
            return Err(ClientFault::TopicAlias);
        }
        if publish.topic.is_empty() {
            return self.received_aliases.get(&alias).cloned().ok_or(ClientFault::TopicAlias);
        }
        let topic: Arc<Topic> = Arc::new(publish.topic.parse()?);
        self.received_aliases.insert(alias, Arc::clone(&topic));
        Ok(topic)
    }

    /// Sends an application message. Says `false`, and sends nothing, when the client does not take one so large.
    pub(super) fn publish(
        &mut self,
        now: Moment,
        publication: &Publication,
        packet_id: Option<u16>,
        is_dup: bool,
    ) -> Result<bool, ClientFault> {
        let alias = self.alias_for(&publication.topic);
        let bytes = packet::publish(self.version, now, publication, packet_id, is_dup, alias)?;
        if bytes.len() > self.terms.max_packet_bytes {
            return Ok(false);
        }
        if let Some(Alias { number, is_known: false }) = alias {
            self.sent_aliases.insert(Arc::clone(&publication.topic), number);
        }
        self.outbound.extend_from_slice(&bytes);
        Ok(true)
    }

    /// The alias for a topic: the one the client knows, or the next free one. The first topics keep theirs.
    fn alias_for(&self, topic: &Arc<Topic>) -> Option<Alias> {
        if self.terms.alias_maximum == 0 {
            return None;
        }
        if let Some(&number) = self.sent_aliases.get(topic) {
            return Some(Alias { number, is_known: true });
        }
        let number = u16::try_from(self.sent_aliases.len() + 1).ok()?;
        let is_free = number <= self.terms.alias_maximum.min(self.max_aliases);
        is_free.then_some(Alias { number, is_known: false })
    }

    /// Sends bytes that are whole packets.
    pub(super) fn send(&mut self, bytes: &[u8]) {
        self.outbound.extend_from_slice(bytes);
    }

    /// Why a packet is answered as it is, if the client wants to know and can read it.
    pub(super) fn reason<'a>(&self, text: &'a str) -> Option<&'a str> {
        let fits = text.len() + ROOM_AROUND_REASON <= self.terms.max_packet_bytes;
        (self.version == Version::V5 && self.terms.wants_reasons && fits).then_some(text)
    }

    /// The last packet of a connection that the broker ends, where its version has one for this.
    pub(super) fn say_why(&mut self, fault: &ClientFault) {
        let text = fault.to_string();
        let reason = self.reason(&text);
        let packet = match (self.session, self.level) {
            (Some(_), _) if self.version == Version::V5 => packet::disconnect(fault.code(), reason),
            (None, Some(_)) if self.version == Version::V5 && fault.refuses() => {
                let terms = ConnackTerms { reason: reason.map(str::to_owned), ..ConnackTerms::default() };
                packet::connack(Version::V5, fault.code(), false, &terms)
            }
            (None, Some(_)) => match fault.return_code() {
                Some(code) if self.version == Version::V311 => {
                    packet::connack(Version::V311, code, false, &ConnackTerms::default())
                }
                _ => return,
            },
            _ => return,
        };
        if let Ok(packet) = packet {
            self.send(&packet);
        }
    }

    /// Bytes that wait to be sent.
    pub(super) fn waiting(&self) -> usize {
        self.outbound.len()
    }

    /// Takes the bytes that wait to be sent.
    pub(super) fn take_outbound(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.outbound)
    }
}

/// Bytes of a packet around the text of its reason, at most.
const ROOM_AROUND_REASON: usize = 16;
