//! Why the broker closes a connection. For the log only: MQTT 3.1.1 has no packet in which to say it.

use mqtt_protocol_core::mqtt::result_code::{ConnectReturnCode, MqttError};
use thiserror::Error;

use crate::mqtt::TopicError;

#[derive(Debug, Error)]
pub(super) enum Fault {
    #[error("no CONNECT within the time allowed")]
    NoConnect,
    #[error("silent for one and a half keep-alive periods")]
    KeepAlive,
    #[error("the first packet is not a CONNECT")]
    NotConnect,
    #[error("packet type {kind} with flags {flags:#06b}")]
    Flags { kind: u8, flags: u8 },
    #[error("a packet identifier of zero")]
    ZeroIdentifier,
    #[error("a packet that only a server may send, or of another protocol version")]
    WrongPacket,
    #[error("protocol error: {0:?}")]
    Protocol(MqttError),
    #[error(transparent)]
    Topic(#[from] TopicError),
    #[error("connection refused with {0:?}")]
    Refused(ConnectReturnCode),
    #[error("another connection came with the same client identifier")]
    TakenOver,
    #[error("the program wants this client cut off")]
    Kicked,
    #[error("{waiting} bytes wait to be read by the client")]
    SlowReader { waiting: usize },
    #[error("too many connections")]
    Crowded,
    #[error("the packet reader panicked")]
    Panicked,
}
