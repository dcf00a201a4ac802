//! Bounds that take effect, and their words.

use std::fmt;

/// A bound that took effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Limit {
    /// Messages that wait in one session, by number or by bytes.
    Queue,
    /// Retained messages, by number or by bytes.
    Retained,
    /// Largest packet that a client of MQTT 5 takes.
    ClientPacket,
    /// All half-received packets together.
    HalfReceived,
    /// Bytes that wait for one slow reader.
    Outbound,
    /// Connections.
    Connections,
    /// Sessions.
    Sessions,
    /// Subscriptions of one session.
    Subscriptions,
}

impl Limit {
    /// A name for programs.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Queue => "queue",
            Self::Retained => "retained",
            Self::ClientPacket => "client-packet",
            Self::HalfReceived => "half-received",
            Self::Outbound => "outbound",
            Self::Connections => "connections",
            Self::Sessions => "sessions",
            Self::Subscriptions => "subscriptions",
        }
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Queue => "the queue of a client is full, messages to it are dropped",
            Self::Retained => "the store of retained messages is full",
            Self::ClientPacket => "messages are larger than their receiver takes",
            Self::HalfReceived => "half-received packets hold too much memory",
            Self::Outbound => "a client reads too slowly",
            Self::Connections => "there are too many connections",
            Self::Sessions => "there are too many sessions",
            Self::Subscriptions => "a client has too many subscriptions",
        })
    }
}
