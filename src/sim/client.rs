//! The MQTT 3.1.1 client inside the module, on top of `mqtt-protocol-core`: bytes and commands in, effects out.
//!
//! It knows no AT line. A panic of the protocol crate on hostile bytes ends the connection and nothing else.

use std::panic::{AssertUnwindSafe, catch_unwind};

use mqtt_protocol_core::mqtt::{
    Connection, Version,
    common::Cursor,
    connection::{Event, TimerKind},
    packet::{Packet, Qos, SubEntry, SubOpts, v3_1_1},
    result_code::{ConnectReturnCode, MqttError},
    role,
};

/// How long the broker may take to answer a `PINGREQ`, in milliseconds.
const PING_PATIENCE_MS: u64 = 20_000;

/// A timer that the client wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Timer {
    /// Time for a `PINGREQ`.
    Ping,
    /// The broker owes a `PINGRESP`.
    PingAnswer,
}

/// What the client wants done, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    Send(Vec<u8>),
    /// Fire after so many milliseconds; without a number, never.
    Arm(Timer, Option<u64>),
    /// The broker answered the login.
    Connack {
        is_accepted: bool,
    },
    Suback,
    Unsuback,
    Puback,
    Pubrec,
    Pubcomp,
    Message {
        topic: String,
        payload: Vec<u8>,
    },
    /// The connection is of no use any more.
    Close,
}

/// What `AT+MCONFIG` stored.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Login {
    pub(super) client_id: String,
    pub(super) user: String,
    pub(super) password: Vec<u8>,
    pub(super) will: Option<Publication>,
}

/// Secrets stay out of every log.
impl std::fmt::Debug for Login {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Login").field("client_id", &self.client_id).finish_non_exhaustive()
    }
}

/// A message to the broker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Publication {
    pub(super) topic: String,
    pub(super) qos: u8,
    pub(super) is_retained: bool,
    pub(super) payload: Vec<u8>,
}

/// One MQTT connection, from `CONNECT` to its end.
pub(super) struct Client {
    connection: Connection<role::Client>,
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Client")
    }
}

/// The module cannot put the values into a packet.
pub(super) struct Unsendable;

impl From<MqttError> for Unsendable {
    fn from(_: MqttError) -> Self {
        Self
    }
}

type Effects = Result<Vec<Effect>, Unsendable>;

impl Client {
    pub(super) fn new() -> Self {
        let mut connection = Connection::new(Version::V3_1_1);
        connection.set_auto_pub_response(true);
        connection.set_pingresp_recv_timeout(PING_PATIENCE_MS);
        Self { connection }
    }

    pub(super) fn connect(&mut self, login: &Login, is_clean: bool, keep_alive: u16) -> Effects {
        let mut packet = v3_1_1::Connect::builder()
            .client_id(login.client_id.as_str())?
            .clean_session(is_clean)
            .keep_alive(keep_alive);
        if !login.user.is_empty() {
            packet = packet.user_name(login.user.as_str())?;
        }
        if !login.password.is_empty() {
            packet = packet.password(login.password.clone())?;
        }
        if let Some(will) = &login.will {
            packet = packet.will_message(will.topic.as_str(), will.payload.clone(), qos(will.qos), will.is_retained)?;
        }
        Ok(effects(self.connection.checked_send(packet.build()?)))
    }

    pub(super) fn publish(&mut self, publication: &Publication) -> Effects {
        let mut packet = v3_1_1::Publish::builder()
            .topic_name(publication.topic.as_str())?
            .qos(qos(publication.qos))
            .retain(publication.is_retained)
            .payload(publication.payload.as_slice());
        if publication.qos > 0 {
            packet = packet.packet_id(self.connection.acquire_packet_id()?);
        }
        Ok(effects(self.connection.checked_send(packet.build()?)))
    }

    pub(super) fn subscribe(&mut self, filter: &str, max_qos: u8) -> Effects {
        let entry = SubEntry::new(filter, SubOpts::new().set_qos(qos(max_qos)))?;
        let id = self.connection.acquire_packet_id()?;
        let packet = v3_1_1::Subscribe::builder().packet_id(id).entries(vec![entry]).build()?;
        Ok(effects(self.connection.checked_send(packet)))
    }

    pub(super) fn unsubscribe(&mut self, filter: &str) -> Effects {
        let id = self.connection.acquire_packet_id()?;
        let packet = v3_1_1::Unsubscribe::builder().packet_id(id).entries(vec![filter])?.build()?;
        Ok(effects(self.connection.checked_send(packet)))
    }

    pub(super) fn disconnect(&mut self) -> Effects {
        let packet = v3_1_1::Disconnect::builder().build()?;
        Ok(effects(self.connection.checked_send(packet)))
    }

    pub(super) fn timer(&mut self, timer: Timer) -> Vec<Effect> {
        let kind = match timer {
            Timer::Ping => TimerKind::PingreqSend,
            Timer::PingAnswer => TimerKind::PingrespRecv,
        };
        effects(self.connection.notify_timer_fired(kind))
    }

    /// Takes bytes from the broker, cut anywhere.
    pub(super) fn receive(&mut self, bytes: &[u8]) -> Vec<Effect> {
        let connection = &mut self.connection;
        let parsed = catch_unwind(AssertUnwindSafe(|| {
            let mut all = Vec::new();
            let mut cursor = Cursor::new(bytes);
            while cursor.position() < bytes.len() as u64 && !all.contains(&Effect::Close) {
                all.extend(effects(connection.recv(&mut cursor)));
            }
            all
        }));
        parsed.unwrap_or_else(|_| vec![Effect::Close])
    }
}

fn qos(number: u8) -> Qos {
    match number {
        0 => Qos::AtMostOnce,
        1 => Qos::AtLeastOnce,
        _ => Qos::ExactlyOnce,
    }
}

fn effects(events: Vec<Event>) -> Vec<Effect> {
    events.into_iter().filter_map(effect).collect()
}

fn effect(event: Event) -> Option<Effect> {
    match event {
        Event::RequestSendPacket { packet, .. } => Some(Effect::Send(packet_bytes(&packet))),
        Event::NotifyPacketReceived(packet) => received(packet),
        Event::RequestTimerReset { kind, duration_ms } => Some(Effect::Arm(timer(kind)?, Some(duration_ms))),
        Event::RequestTimerCancel(kind) => Some(Effect::Arm(timer(kind)?, None)),
        Event::RequestClose | Event::NotifyError(_) => Some(Effect::Close),
        Event::NotifyPacketIdReleased(_) => None,
    }
}

/// The server's own timer never runs in a client.
const fn timer(kind: TimerKind) -> Option<Timer> {
    match kind {
        TimerKind::PingreqSend => Some(Timer::Ping),
        TimerKind::PingrespRecv => Some(Timer::PingAnswer),
        TimerKind::PingreqRecv => None,
    }
}

fn packet_bytes(packet: &Packet) -> Vec<u8> {
    use mqtt_protocol_core::mqtt::packet::GenericPacketTrait;
    packet.to_continuous_buffer()
}

fn received(packet: Packet) -> Option<Effect> {
    match packet {
        Packet::V3_1_1Connack(ack) => {
            Some(Effect::Connack { is_accepted: ack.return_code() == ConnectReturnCode::Accepted })
        }
        Packet::V3_1_1Suback(_) => Some(Effect::Suback),
        Packet::V3_1_1Unsuback(_) => Some(Effect::Unsuback),
        Packet::V3_1_1Puback(_) => Some(Effect::Puback),
        Packet::V3_1_1Pubrec(_) => Some(Effect::Pubrec),
        Packet::V3_1_1Pubcomp(_) => Some(Effect::Pubcomp),
        Packet::V3_1_1Publish(message) => Some(Effect::Message {
            topic: message.topic_name().to_owned(),
            payload: message.payload().as_slice().to_vec(),
        }),
        _ => None,
    }
}
