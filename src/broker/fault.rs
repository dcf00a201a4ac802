//! Why the broker refuses a connection or ends one, and the codes in which MQTT says so.

use thiserror::Error;

use super::limit::Limit;
use crate::mqtt::TopicError;

/// Why the broker refused or ended a connection. Its text is for people; [`ClientFault::key`] is for programs and never changes.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ClientFault {
    /// The connection was open too long without a CONNECT.
    #[error("no CONNECT within the time allowed")]
    NoConnect,
    /// Nothing came for one and a half keep-alive periods.
    #[error("silent for one and a half keep-alive periods")]
    KeepAlive,
    /// The first packet is another one.
    #[error("the first packet is not a CONNECT")]
    NotConnect,
    /// Reserved flags of the fixed header are wrong.
    #[error("packet type {kind} with flags {flags:#06b}")]
    Flags {
        /// Type of the packet, 0 to 15.
        kind: u8,
        /// The four flags.
        flags: u8,
    },
    /// A packet identifier of zero, which MQTT forbids.
    #[error("a packet identifier of zero")]
    ZeroIdentifier,
    /// A packet that only a server may send, or of another protocol version.
    #[error("a packet that only a server may send, or of another protocol version")]
    WrongPacket,
    /// A packet that cannot be read.
    #[error("a malformed packet: {0}")]
    Malformed(&'static str),
    /// A packet that can be read and may not be sent.
    #[error("a protocol error: {0}")]
    Protocol(&'static str),
    /// A topic or filter that is none.
    #[error(transparent)]
    Topic(#[from] TopicError),
    /// A topic alias out of range, or one that stands for nothing.
    #[error("a topic alias that is out of range or stands for nothing")]
    TopicAlias,
    /// More QoS 2 messages unfinished than the broker said it takes.
    #[error("more unfinished messages than the receive maximum allows")]
    ReceiveMaximum,
    /// A packet beyond the largest size.
    #[error("a packet larger than this broker takes")]
    TooLarge,
    /// The client speaks a version that this broker does not.
    #[error("{}; this broker speaks MQTT 3.1.1 and 5", version_text(*.level))]
    Version {
        /// The protocol level in its CONNECT: 3 is MQTT 3.1.
        level: u8,
    },
    /// An empty client identifier with a session that shall stay.
    #[error("an empty client identifier for a session that shall stay; give the client one, or a clean session")]
    ClientId,
    /// A login was needed and none came.
    #[error("no user name, and this broker lets in known users only")]
    NoUser,
    /// The user name or password is not one that is let in.
    #[error("a user name or password that is not on the list")]
    Password,
    /// MQTT 5's enhanced authentication.
    #[error("an authentication method, which this broker does not offer")]
    AuthenticationMethod,
    /// As many sessions as the limit allows.
    #[error("as many sessions as the limit allows")]
    Sessions,
    /// Another connection came with the same client identifier.
    #[error("another connection came with the same client identifier")]
    TakenOver,
    /// The program wants this client cut off.
    #[error("the program wants this client cut off")]
    Kicked,
    /// The client does not read what waits for it.
    #[error("{waiting} bytes wait to be read by the client")]
    SlowReader {
        /// Bytes that wait.
        waiting: usize,
    },
    /// The packets that have begun to arrive hold too much memory together; this client's was the largest.
    #[error("half-received packets hold too much memory together, and this client's is the largest")]
    HalfReceived,
    /// A message of this MQTT 3.1.1 client would be lost to a limit, and its version has no other way to say no.
    #[error("its message would be lost to a limit: {0}")]
    Quota(Limit),
    /// Too many connections.
    #[error("too many connections")]
    Crowded,
    /// A layer below MQTT failed before the client could speak: TLS, or the greeting of a WebSocket.
    #[error("{why}")]
    Handshake {
        /// What that layer says.
        why: String,
    },
    /// The packet reader panicked.
    #[error("the packet reader panicked")]
    Panicked,
    /// The broker ends.
    #[error("the broker ends")]
    Ending,
}

fn version_text(level: u8) -> String {
    match level {
        3 => "the client speaks MQTT 3.1".into(),
        level if level & BRIDGE != 0 => "the client is a bridge with a protocol level of its own".into(),
        level => format!("the client speaks protocol level {level}"),
    }
}

/// Bit that mosquitto's bridges set in the protocol level.
const BRIDGE: u8 = 0x80;

impl ClientFault {
    /// A name for programs.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::NoConnect => "no-connect",
            Self::KeepAlive => "keep-alive",
            Self::NotConnect => "not-connect",
            Self::Flags { .. } | Self::Malformed(_) | Self::Panicked => "malformed",
            Self::ZeroIdentifier => "zero-identifier",
            Self::WrongPacket | Self::Protocol(_) => "protocol-error",
            Self::Topic(_) => "topic",
            Self::TopicAlias => "topic-alias",
            Self::ReceiveMaximum => "receive-maximum",
            Self::TooLarge => "too-large",
            Self::Version { .. } => "version",
            Self::ClientId => "client-id",
            Self::NoUser => "no-user",
            Self::Password => "password",
            Self::AuthenticationMethod => "authentication-method",
            Self::Sessions => "sessions",
            Self::TakenOver => "taken-over",
            Self::Kicked => "kicked",
            Self::SlowReader { .. } => "slow-reader",
            Self::HalfReceived => "half-received",
            Self::Quota(_) => "quota",
            Self::Crowded => "crowded",
            Self::Handshake { .. } => "handshake",
            Self::Ending => "ending",
        }
    }

    /// The reason code of MQTT 5, for CONNACK and DISCONNECT alike (section 2.4).
    pub const fn code(&self) -> u8 {
        match self {
            Self::Flags { .. } | Self::Malformed(_) => 0x81,
            Self::NoConnect | Self::NotConnect | Self::ZeroIdentifier | Self::WrongPacket | Self::Protocol(_) => 0x82,
            Self::Version { .. } => 0x84,
            Self::ClientId => 0x85,
            Self::Password => 0x86,
            Self::NoUser => 0x87,
            Self::Sessions | Self::Quota(_) => 0x97,
            Self::HalfReceived | Self::Crowded => 0x89,
            Self::Ending => 0x8b,
            Self::AuthenticationMethod => 0x8c,
            Self::KeepAlive => 0x8d,
            Self::TakenOver => 0x8e,
            Self::Topic(_) => 0x90,
            Self::ReceiveMaximum => 0x93,
            Self::TopicAlias => 0x94,
            Self::TooLarge => 0x95,
            Self::Kicked | Self::SlowReader { .. } => 0x98,
            Self::Handshake { .. } | Self::Panicked => 0x80,
        }
    }

    /// The return code of an MQTT 3.1.1 CONNACK, for the refusals that it can say (section 3.2.2.3).
    pub(super) const fn return_code(&self) -> Option<u8> {
        match self {
            Self::Version { .. } => Some(1),
            Self::ClientId => Some(2),
            Self::Sessions => Some(3),
            Self::Password => Some(4),
            Self::NoUser => Some(5),
            _ => None,
        }
    }

    /// Whether a CONNECT can be refused for this in MQTT 5 (section 3.2.2.2): not all codes of DISCONNECT are allowed.
    pub(super) const fn refuses(&self) -> bool {
        matches!(
            self,
            Self::Flags { .. }
                | Self::Malformed(_)
                | Self::Protocol(_)
                | Self::Version { .. }
                | Self::ClientId
                | Self::Password
                | Self::NoUser
                | Self::Sessions
                | Self::AuthenticationMethod
                | Self::Topic(_)
                | Self::TooLarge
        )
    }
}
