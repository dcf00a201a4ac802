//! Packets as the broker sees them, the same for MQTT 3.1.1 and 5. What they look like on the wire is read and written with
//! the crate `mqtt-protocol-core`, here and nowhere else.

mod connect;
mod read;
mod record;
mod write;

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
    time::Duration,
};

use mqtt_protocol_core::mqtt::{
    ArcPayload,
    packet::{Properties, Qos as WireQos},
    result_code::MqttError,
};

pub(super) use self::{
    connect::{connect_version, mask_password},
    record::{from_record, to_record},
    write::{
        Alias, ConnackTerms, connack, disconnect, pingresp, puback, pubcomp, publish, pubrec, pubrel, suback, unsuback,
    },
};
use super::{fault::ClientFault, frame::Frame, publication::Publication};
use crate::mqtt::{Filter, Password, Qos};

/// The protocol of one connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Version {
    /// MQTT 3.1.1, protocol level 4.
    V311,
    /// MQTT 5.
    V5,
}

impl std::fmt::Display for Version {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::V311 => "3.1.1",
            Self::V5 => "5",
        })
    }
}

/// A packet that a client may send.
#[derive(Debug)]
pub(super) enum Incoming {
    Connect(Box<Connect>),
    Publish(Box<Publish>),
    Puback(u16),
    /// With whether the receiver refuses the message.
    Pubrec(u16, bool),
    Pubrel(u16),
    Pubcomp(u16),
    Subscribe(Subscribe),
    Unsubscribe(u16, Vec<String>),
    Pingreq,
    Disconnect(Disconnect),
}

/// A CONNECT. Its password is shown by nothing.
#[derive(Debug)]
pub(super) struct Connect {
    pub(super) version: Version,
    pub(super) clean: bool,
    /// Seconds; zero is none.
    pub(super) keep_alive: u16,
    pub(super) client_id: String,
    pub(super) user: Option<String>,
    pub(super) password: Option<Password>,
    pub(super) will: Option<Will>,
    /// Seconds that the session stays after the connection; [`u32::MAX`] is for ever.
    pub(super) session_expiry: u32,
    pub(super) terms: Terms,
    /// Whether it asks for enhanced authentication.
    pub(super) has_method: bool,
}

/// What a client said it can take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Terms {
    /// Messages of QoS 1 and 2 sent to it and not yet confirmed.
    pub(super) receive_maximum: u16,
    /// Largest packet, in bytes.
    pub(super) max_packet_bytes: usize,
    /// Highest topic alias.
    pub(super) alias_maximum: u16,
    /// Whether it wants to read reasons.
    pub(super) wants_reasons: bool,
}

impl Default for Terms {
    fn default() -> Self {
        Self { receive_maximum: u16::MAX, max_packet_bytes: usize::MAX, alias_maximum: 0, wants_reasons: true }
    }
}

/// A last will.
#[derive(Clone, Debug)]
pub(super) struct Will {
    pub(super) publication: Publication,
    pub(super) delay: Duration,
    /// Time that the message may wait for its receivers, from its publishing on.
    pub(super) expiry: Option<Duration>,
}

/// A PUBLISH, its topic as it was sent: empty where an alias stands for it.
#[derive(Debug)]
pub(super) struct Publish {
    pub(super) topic: String,
    pub(super) alias: Option<u16>,
    pub(super) qos: Qos,
    pub(super) is_dup: bool,
    pub(super) retain: bool,
    pub(super) packet_id: Option<u16>,
    pub(super) payload: ArcPayload,
    /// Those that are passed on.
    pub(super) properties: Option<Arc<Properties>>,
    pub(super) expiry: Option<Duration>,
}

/// A SUBSCRIBE.
#[derive(Debug)]
pub(super) struct Subscribe {
    pub(super) packet_id: u16,
    pub(super) identifier: Option<u32>,
    pub(super) wishes: Vec<Wish>,
}

/// One filter of a SUBSCRIBE with what is asked for it.
#[derive(Debug)]
pub(super) struct Wish {
    pub(super) filter: Filter,
    pub(super) qos: Qos,
    pub(super) no_local: bool,
    pub(super) retain_as_published: bool,
    pub(super) retained: RetainedWish,
}

/// Which retained messages a subscription asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RetainedWish {
    Always,
    OnlyIfNew,
    Never,
}

/// A DISCONNECT of the client.
#[derive(Clone, Copy, Debug)]
pub(super) struct Disconnect {
    pub(super) with_will: bool,
    /// Seconds, where the client changes its mind about its session.
    pub(super) session_expiry: Option<u32>,
    /// Reason code of MQTT 5; zero is a plain good-bye.
    pub(super) code: u8,
}

/// Reads a whole packet of a client that speaks `version`; a CONNECT says its version itself.
///
/// What the crate leaves unchecked for a server is checked first: reserved flags and packet identifiers of zero.
pub(super) fn read(version: Version, frame: &Frame) -> Result<Incoming, ClientFault> {
    check_flags(frame.first)?;
    check_identifier(frame)?;
    catch_unwind(AssertUnwindSafe(|| match (frame.kind(), version) {
        (CONNECT, _) => connect::read(&frame.body),
        (_, Version::V311) => read::v3(frame),
        (_, Version::V5) => read::v5(frame),
    }))
    .unwrap_or(Err(ClientFault::Panicked))
}

/// The reserved flags of section 2.2.2 (2.1.3 in MQTT 5).
pub(super) fn check_flags(first: u8) -> Result<(), ClientFault> {
    let (kind, flags) = (first >> 4, first & 0x0f);
    let expected = match kind {
        PUBLISH => flags,
        PUBREL | SUBSCRIBE | UNSUBSCRIBE => 0b0010,
        _ => 0,
    };
    if flags == expected { Ok(()) } else { Err(ClientFault::Flags { kind, flags }) }
}

/// Packet identifiers of zero, before anything else reads the packet (section 2.3.1; 2.2.1 in MQTT 5).
fn check_identifier(frame: &Frame) -> Result<(), ClientFault> {
    let place = match frame.kind() {
        PUBLISH if frame.flags() & 0b0110 != 0 => match frame.body.first_chunk() {
            Some(&[high, low]) => 2 + usize::from(u16::from_be_bytes([high, low])),
            None => return Ok(()),
        },
        PUBACK | PUBREC | PUBREL | PUBCOMP | SUBSCRIBE | UNSUBSCRIBE => 0,
        _ => return Ok(()),
    };
    if frame.body.get(place..place + 2) == Some(&[0, 0]) { Err(ClientFault::ZeroIdentifier) } else { Ok(()) }
}

/// What the crate finds wrong, in the broker's words.
fn fault_of(error: MqttError) -> ClientFault {
    match error {
        MqttError::ProtocolError => ClientFault::Protocol("a field or property that may not stand there"),
        MqttError::TopicAliasInvalid => ClientFault::TopicAlias,
        MqttError::PacketTooLarge => ClientFault::TooLarge,
        _ => ClientFault::Malformed("its fields do not fit"),
    }
}

pub(super) const fn qos_from_wire(qos: WireQos) -> Qos {
    match qos {
        WireQos::AtMostOnce => Qos::AtMostOnce,
        WireQos::AtLeastOnce => Qos::AtLeastOnce,
        WireQos::ExactlyOnce => Qos::ExactlyOnce,
    }
}

pub(super) const fn qos_to_wire(qos: Qos) -> WireQos {
    match qos {
        Qos::AtMostOnce => WireQos::AtMostOnce,
        Qos::AtLeastOnce => WireQos::AtLeastOnce,
        Qos::ExactlyOnce => WireQos::ExactlyOnce,
    }
}

pub(super) const CONNECT: u8 = 1;
pub(super) const PUBLISH: u8 = 3;
pub(super) const PUBACK: u8 = 4;
pub(super) const PUBREC: u8 = 5;
pub(super) const PUBREL: u8 = 6;
pub(super) const PUBCOMP: u8 = 7;
const SUBSCRIBE: u8 = 8;
const UNSUBSCRIBE: u8 = 10;
const PINGREQ: u8 = 12;
const DISCONNECT: u8 = 14;
const AUTH: u8 = 15;
