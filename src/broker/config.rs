//! What a broker is told when it starts: limits, who may do what, and what it holds from the beginning.

use std::time::Duration;

use super::{TopicRule, Users};
use crate::mqtt::{Filter, Message, Topic};

/// Everything a [`Core`](super::Core) is told once. The default lets everybody in and holds nothing.
#[derive(Clone, Debug, Default)]
pub struct CoreConfig {
    /// Retained messages that are there before the first client; their retain flag does not matter.
    pub retained: Vec<Message>,
    /// A small partner that answers, for a demonstration without a second client.
    pub echo: Option<Echo>,
    /// Who may connect; `None` lets everybody in, whatever name and password they send.
    pub users: Option<Users>,
    /// Who may read and write which topics. The first rule that fits decides; without one everything is allowed.
    pub rules: Vec<TopicRule>,
    /// How much one client, or all, may take.
    pub limits: Limits,
    /// Longest keep-alive of a client of MQTT 5, in seconds: one that asks for more, or for none, is told this one.
    /// `None` leaves it to the clients; those of MQTT 3.1.1 always keep their own.
    pub max_keep_alive: Option<u16>,
    /// Events that may wait for [`Core::poll_event`](super::Core::poll_event); zero tells none.
    pub max_events: usize,
}

/// Answers each message that arrives on `from` with one on `to`, its payload prefixed with `Echo: `.
///
/// An answer is never answered, so `to` may lie within `from`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Echo {
    /// What is answered.
    pub from: Filter,
    /// Where the answer goes.
    pub to: Topic,
}

/// Bounds that keep one client, or many, from taking all memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Time from the opening of a connection to its complete CONNECT.
    pub connect_deadline: Duration,
    /// Largest packet a client may send, in bytes with its header.
    pub max_packet_bytes: u32,
    /// Bytes that may wait for one slow reader before its connection is closed.
    pub max_outbound_bytes: usize,
    /// QoS 1 and 2 messages sent to one client and not yet confirmed.
    pub max_in_flight: usize,
    /// QoS 1 and 2 messages that wait in one session, for a free place in flight or for the client's return.
    pub max_queued_messages: usize,
    /// Payload and topic bytes that wait in one session.
    pub max_queued_bytes: usize,
    /// Connections at one time.
    pub max_connections: usize,
    /// Connections through WebSockets at one time; each may hold a message as large as a packet before it is read.
    pub max_web_connections: usize,
    /// Sessions at one time, those of absent clients included.
    pub max_sessions: usize,
    /// Bytes of all packets together that have begun to arrive and are not complete.
    pub max_half_received_bytes: usize,
    /// QoS 2 messages of one client of MQTT 5 that arrived and are not released; it is told so.
    pub receive_maximum: u16,
    /// Topic aliases that one client of MQTT 5 may set, and that the broker uses towards it.
    pub max_topic_aliases: u16,
    /// Subscriptions of one session.
    pub max_subscriptions: usize,
    /// Topics with a retained message.
    pub max_retained_messages: usize,
    /// Payload and topic bytes of all retained messages together.
    pub max_retained_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect_deadline: Duration::from_secs(10),
            max_packet_bytes: 1024 * 1024,
            max_outbound_bytes: 8 * 1024 * 1024,
            max_in_flight: 20,
            max_queued_messages: 1_000,
            max_queued_bytes: 4 * 1024 * 1024,
            max_connections: 10_000,
            max_web_connections: 64,
            max_sessions: 10_000,
            max_half_received_bytes: 64 * 1024 * 1024,
            receive_maximum: 100,
            max_topic_aliases: 16,
            max_subscriptions: 1_000,
            max_retained_messages: 10_000,
            max_retained_bytes: 64 * 1024 * 1024,
        }
    }
}
