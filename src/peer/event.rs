//! What the client on this computer tells.

use super::PublishId;
use crate::{
    mqtt::{Filter, Message, Qos},
    time::Moment,
};

/// Something that happened to the client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// When, on the clock that the client was given.
    pub at: Moment,
    /// What happened.
    pub what: Happening,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Happening {
    /// The broker let it in.
    Joined {
        /// Whether the broker kept a session of it from before.
        present: bool,
    },
    /// The broker answered a subscription.
    Subscribed {
        /// To what.
        filter: Filter,
        /// The QoS granted; `None` when it was refused.
        granted: Option<Qos>,
    },
    /// A message was handed to this computer's network.
    Sent(PublishId),
    /// The broker has taken a message of QoS 2: PUBREC.
    Received(PublishId),
    /// The broker has confirmed a message: PUBACK or PUBCOMP.
    Confirmed(PublishId),
    /// A message was not sent: the client is not there, or MQTT cannot carry it.
    NotSent(PublishId),
    /// A message came.
    Message(Arrival),
    /// The broker answered what was asked at `asked` (PINGREQ and PINGRESP): all that was sent before has reached it, and all that it
    /// sent before is here.
    Answered {
        /// When it was asked.
        asked: Moment,
    },
    /// It is over; only messages that were handed over too late are told of behind it.
    Ended(End),
}

/// A message that came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// The message, with the QoS and the retain flag that it came with.
    pub message: Message,
    /// Whether the broker says that it may have sent it before.
    pub is_dup: bool,
}

/// How it ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// As it was told to: with DISCONNECT, or broken off.
    Asked,
    /// Nobody answers at that address.
    Unreachable {
        /// What the system says.
        detail: String,
    },
    /// The TLS handshake failed.
    Tls {
        /// What it failed of.
        detail: String,
    },
    /// The broker refused the login with this return code (MQTT 3.1.1, section 3.2.2.3).
    Refused(u8),
    /// The broker closed the connection in order.
    Closed,
    /// The connection broke.
    Broken {
        /// What the system says.
        detail: String,
    },
    /// The broker did not answer in time.
    Silent,
    /// The broker sent what is no MQTT 3.1.1.
    Nonsense,
}
