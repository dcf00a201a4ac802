//! A broker, its clients and a clock that jumps. What a client receives is compared as text, one line a packet.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use mqtt_protocol_core::mqtt::{
    common::Cursor,
    connection::{PacketBuildResult, PacketBuilder, PacketData, RawPacket},
    packet::{SubEntry, SubOpts, v3_1_1},
};

use super::v5;
use crate::{
    broker::{ConnectionId, Core, CoreConfig, packet::qos_to_wire},
    mqtt::{Message, Qos},
    time::Moment,
};

pub(super) use crate::mqtt::Qos::{AtLeastOnce as Q1, AtMostOnce as Q0, ExactlyOnce as Q2};

pub(super) struct World {
    pub(super) core: Core,
    pub(super) now: Moment,
    last: u64,
    readers: BTreeMap<ConnectionId, PacketBuilder>,
    received: BTreeMap<ConnectionId, Vec<String>>,
    closed: BTreeSet<ConnectionId>,
    /// Connections whose packets are read as those of MQTT 5.
    speaks_v5: BTreeSet<ConnectionId>,
}

impl Default for World {
    fn default() -> Self {
        Self::new(CoreConfig::default())
    }
}

impl World {
    pub(super) fn new(config: CoreConfig) -> Self {
        Self {
            core: Core::new(config),
            now: Moment::ZERO,
            last: 0,
            readers: BTreeMap::new(),
            received: BTreeMap::new(),
            closed: BTreeSet::new(),
            speaks_v5: BTreeSet::new(),
        }
    }

    /// Opens a connection and says nothing on it.
    pub(super) fn open(&mut self) -> ConnectionId {
        self.last += 1;
        let id = ConnectionId(self.last);
        self.readers.insert(id, PacketBuilder::new());
        self.core.open(self.now, id);
        self.settle();
        id
    }

    /// Opens a connection and connects with a clean session.
    pub(super) fn clean(&mut self, client_id: &str) -> ConnectionId {
        self.connected(&Connect::clean(client_id), "CONNACK 0")
    }

    /// Opens a connection and connects with a session that stays; it must be new.
    pub(super) fn persistent(&mut self, client_id: &str) -> ConnectionId {
        self.connected(&Connect::persistent(client_id), "CONNACK 0")
    }

    /// Opens a connection and connects with a session that must be there.
    pub(super) fn returning(&mut self, client_id: &str) -> ConnectionId {
        let id = self.open();
        self.bytes(id, &Connect::persistent(client_id).bytes());
        let first = self.received.get_mut(&id).map(|lines| lines.remove(0));
        assert_eq!(first.as_deref(), Some("CONNACK 0 present"));
        id
    }

    /// Opens a connection, connects, and holds the answer against `answer`.
    pub(super) fn connected(&mut self, connect: &Connect, answer: &str) -> ConnectionId {
        let id = self.open();
        self.bytes(id, &connect.bytes());
        assert_eq!(self.lines(id), [answer]);
        id
    }

    /// Opens a connection and connects it with MQTT 5; what the broker tells it is left in [`lines`](Self::lines).
    pub(super) fn v5(&mut self, connect: &v5::Connect) -> ConnectionId {
        self.v5_bytes(&connect.bytes())
    }

    /// The same with a CONNECT of any bytes.
    pub(super) fn v5_bytes(&mut self, connect: &[u8]) -> ConnectionId {
        let id = self.open();
        self.speaks_v5.insert(id);
        self.bytes(id, connect);
        id
    }

    /// The same, and it must be welcome.
    pub(super) fn v5_client(&mut self, connect: &v5::Connect) -> ConnectionId {
        let id = self.v5(connect);
        let lines = self.lines(id);
        assert!(lines.len() == 1 && lines[0].starts_with("CONNACK 0"), "{lines:?}");
        id
    }

    pub(super) fn subscribe(&mut self, id: ConnectionId, filter: &str, qos: Qos) {
        self.bytes(id, &subscribe(7, &[(filter, qos)]));
        let first = self.received.get_mut(&id).map(|lines| lines.remove(0));
        assert_eq!(first, Some(format!("SUBACK #7 [{qos}]")), "{filter}");
    }

    pub(super) fn publish(&mut self, id: ConnectionId, topic: &str, payload: &str, qos: Qos) {
        self.bytes(id, &publish(topic, payload, qos, 1, false));
    }

    pub(super) fn retain(&mut self, id: ConnectionId, topic: &str, payload: &str, qos: Qos) {
        self.bytes(id, &publish(topic, payload, qos, 1, true));
    }

    /// The program's own publish.
    pub(super) fn inject(&mut self, topic: &str, payload: &str, qos: Qos) {
        self.core.publish(self.now, message(topic, payload, qos));
        self.settle();
    }

    /// The program cuts a client off.
    pub(super) fn kick(&mut self, client_id: &str) {
        self.core.kick(self.now, client_id);
        self.settle();
    }

    pub(super) fn bytes(&mut self, id: ConnectionId, bytes: &[u8]) {
        self.core.handle_bytes(self.now, id, bytes);
        self.settle();
    }

    pub(super) fn disconnect(&mut self, id: ConnectionId) {
        self.bytes(id, &[0xe0, 0]);
        assert!(self.is_closed(id));
    }

    /// The connection is lost without a word.
    pub(super) fn lose(&mut self, id: ConnectionId) {
        self.core.handle_closed(self.now, id);
        self.settle();
    }

    /// Lets time pass, stopping wherever the broker wants to be told.
    pub(super) fn wait(&mut self, span: Duration) {
        let end = self.now + span;
        while let Some(next) = self.core.poll_timeout().filter(|&next| next <= end) {
            self.now = self.now.max(next);
            self.core.handle_timeout(self.now);
            self.settle();
        }
        self.now = end;
    }

    /// What a client received since it was asked last.
    pub(super) fn lines(&mut self, id: ConnectionId) -> Vec<String> {
        self.received.remove(&id).unwrap_or_default()
    }

    pub(super) fn is_closed(&self, id: ConnectionId) -> bool {
        self.closed.contains(&id)
    }

    fn settle(&mut self) {
        while let Some((id, bytes)) = self.core.poll_transmit() {
            assert!(!self.closed.contains(&id), "bytes for a closed connection");
            let reader = self.readers.get_mut(&id).expect("bytes for a known connection");
            let mut cursor = Cursor::new(bytes.as_slice());
            while let PacketBuildResult::Complete(raw) = reader.feed(&mut cursor) {
                // A damaged CONNECT may have asked for MQTT 5 by chance; its CONNACK alone is longer than two bytes.
                if raw.packet_type() == 2 && raw.data_as_slice().len() > 2 {
                    self.speaks_v5.insert(id);
                }
                let line = if self.speaks_v5.contains(&id) { v5::line(&raw) } else { line(&raw) };
                self.received.entry(id).or_default().push(line);
            }
        }
        while let Some(id) = self.core.poll_close() {
            assert!(self.closed.insert(id), "a connection is closed twice");
        }
    }
}

fn line(raw: &RawPacket) -> String {
    let data = raw.data_as_slice();
    match (raw.packet_type(), &raw.data) {
        (2, _) => {
            let connack = v3_1_1::Connack::parse(data).expect("a CONNACK").0;
            let present = if connack.session_present() { " present" } else { "" };
            format!("CONNACK {}{present}", connack.return_code() as u8)
        }
        (3, PacketData::Publish(shared)) => {
            let publish = v3_1_1::Publish::parse(raw.flags(), shared.clone()).expect("a PUBLISH").0;
            let packet_id = publish.packet_id().map_or(String::new(), |id| format!(" #{id}"));
            let dup = if publish.dup() { " dup" } else { "" };
            let retain = if publish.retain() { " retain" } else { "" };
            let payload = String::from_utf8_lossy(publish.payload().as_slice());
            format!("PUBLISH{packet_id} q{}{dup}{retain} {}={payload}", publish.qos() as u8, publish.topic_name())
        }
        (9, _) => format!("SUBACK #{} {:?}", u16::from_be_bytes([data[0], data[1]]), &data[2..]),
        (13, _) => "PINGRESP".into(),
        (kind @ (4..=7 | 11), _) => {
            let name = ["PUBACK", "PUBREC", "PUBREL", "PUBCOMP", "", "", "", "UNSUBACK"][usize::from(kind) - 4];
            format!("{name} #{}", u16::from_be_bytes([data[0], data[1]]))
        }
        (kind, _) => panic!("a broker does not send packets of type {kind}"),
    }
}

pub(super) fn message(topic: &str, payload: &str, qos: Qos) -> Message {
    Message { topic: topic.parse().expect("a topic"), payload: payload.into(), qos, retain: false }
}

/// A CONNECT to be written.
#[derive(Clone, Default)]
pub(super) struct Connect {
    client_id: String,
    clean: bool,
    keep_alive: u16,
    will: Option<(String, String, Qos, bool)>,
    user: Option<(String, Option<String>)>,
}

impl Connect {
    pub(super) fn clean(client_id: &str) -> Self {
        Self { client_id: client_id.into(), clean: true, ..Self::default() }
    }

    pub(super) fn persistent(client_id: &str) -> Self {
        Self { clean: false, ..Self::clean(client_id) }
    }

    pub(super) fn keep_alive(self, seconds: u16) -> Self {
        Self { keep_alive: seconds, ..self }
    }

    pub(super) fn will(self, topic: &str, payload: &str, qos: Qos, retain: bool) -> Self {
        Self { will: Some((topic.into(), payload.into(), qos, retain)), ..self }
    }

    pub(super) fn user(self, name: &str, password: Option<&str>) -> Self {
        Self { user: Some((name.into(), password.map(str::to_owned))), ..self }
    }

    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut builder = v3_1_1::Connect::builder()
            .client_id(self.client_id.as_str())
            .expect("a client identifier")
            .clean_session(self.clean)
            .keep_alive(self.keep_alive);
        if let Some((topic, payload, qos, retain)) = &self.will {
            builder =
                builder.will_message(topic.as_str(), payload.as_str(), qos_to_wire(*qos), *retain).expect("a will");
        }
        if let Some((name, password)) = &self.user {
            builder = builder.user_name(name.as_str()).expect("a name");
            if let Some(password) = password {
                builder = builder.password(password.as_str()).expect("a password");
            }
        }
        builder.build().expect("a CONNECT").to_continuous_buffer()
    }
}

pub(super) fn publish(topic: &str, payload: &str, qos: Qos, packet_id: u16, retain: bool) -> Vec<u8> {
    v3_1_1::Publish::builder()
        .topic_name(topic)
        .expect("a topic")
        .qos(qos_to_wire(qos))
        .retain(retain)
        .packet_id((qos != Q0).then_some(packet_id))
        .payload(payload)
        .build()
        .expect("a PUBLISH")
        .to_continuous_buffer()
}

pub(super) fn subscribe(packet_id: u16, filters: &[(&str, Qos)]) -> Vec<u8> {
    let entries: Vec<_> = filters
        .iter()
        .map(|&(filter, qos)| SubEntry::new(filter, SubOpts::new().set_qos(qos_to_wire(qos))).expect("a filter"))
        .collect();
    v3_1_1::Subscribe::builder()
        .packet_id(packet_id)
        .entries(entries)
        .build()
        .expect("a SUBSCRIBE")
        .to_continuous_buffer()
}

pub(super) fn unsubscribe(packet_id: u16, filters: &[&str]) -> Vec<u8> {
    v3_1_1::Unsubscribe::builder()
        .packet_id(packet_id)
        .entries(filters.iter().copied())
        .expect("filters")
        .build()
        .expect("an UNSUBSCRIBE")
        .to_continuous_buffer()
}

/// PUBACK, PUBREC, PUBREL or PUBCOMP, by the number of its type.
pub(super) fn confirm(kind: u8, packet_id: u16) -> [u8; 4] {
    let flags = if kind == PUBREL { 2 } else { 0 };
    let [high, low] = packet_id.to_be_bytes();
    [kind << 4 | flags, 2, high, low]
}

pub(super) const PUBACK: u8 = 4;
pub(super) const PUBREC: u8 = 5;
pub(super) const PUBREL: u8 = 6;
pub(super) const PUBCOMP: u8 = 7;
pub(super) const PINGREQ: [u8; 2] = [0xc0, 0];
