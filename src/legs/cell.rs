//! One of the four questions about a message, and what answers it.

use crate::time::Moment;

/// The answer to one question about one message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// It did, at this moment at the latest.
    Yes(Moment, Proof),
    /// It did not, until this moment.
    No(Moment, Proof),
    /// It may still: the time to judge has not come.
    Open,
    /// Nothing that can be seen from here decides it.
    Unknown(Why),
}

impl Cell {
    /// Its name in the language files, and in JSON.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Yes(..) => "yes",
            Self::No(..) => "no",
            Self::Open => "open",
            Self::Unknown(_) => "unknown",
        }
    }
}

/// What shows a yes or a no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// It came out at the other end.
    Arrival,
    /// The client on this computer got it as a subscriber of the same topic.
    Echo,
    /// The broker confirmed it: PUBREC, PUBACK or PUBCOMP.
    Confirmation,
    /// The broker answered what was sent after it on the same connection.
    LaterAnswer,
    /// The module, or this computer, says that it was not sent.
    Refusal,
    /// What would have had to happen before did not.
    Before,
    /// The broker answered on the receiver's connection, which stood all the while, and had not sent it before.
    EmptyAnswer,
    /// The receiver's own word: nothing came until then.
    Silence,
}

impl Proof {
    /// Its name in the language files, and in JSON.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Arrival => "arrival",
            Self::Echo => "echo",
            Self::Confirmation => "confirmation",
            Self::LaterAnswer => "later-answer",
            Self::Refusal => "refusal",
            Self::Before => "before",
            Self::EmptyAnswer => "empty-answer",
            Self::Silence => "silence",
        }
    }
}

/// Why it cannot be known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Nobody confirms QoS 0, and nobody else saw it.
    NobodyConfirms,
    /// The confirmation is missing, and nobody else saw it.
    NotConfirmed,
    /// The receiver's connection did not stand all the while.
    ReceiverAway,
    /// Nobody at the receiver's connection can ask the broker.
    NobodyAsks,
    /// Lines of the module were left out or messages overwritten in it: it may have come.
    Blind,
}

impl Why {
    /// Its name in the language files, and in JSON.
    pub const fn key(self) -> &'static str {
        match self {
            Self::NobodyConfirms => "nobody-confirms",
            Self::NotConfirmed => "not-confirmed",
            Self::ReceiverAway => "receiver-away",
            Self::NobodyAsks => "nobody-asks",
            Self::Blind => "blind",
        }
    }
}

/// Where a message was lost, as far as that is certain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// Nowhere: it arrived.
    Arrived,
    /// It may still come.
    UnderWay,
    /// It never left the sender.
    AtSender,
    /// The broker has it and sent it to nobody here: rights, a full queue, its time, a filter.
    AtBroker,
    /// It left neither the broker, nor is it known to have reached it.
    BeforeBrokerOrThere,
    /// The broker has it; whether it sent it on is not known.
    BehindBroker,
    /// Not known.
    Unknown,
}

impl Place {
    /// Its name in the language files, and in JSON.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Arrived => "arrived",
            Self::UnderWay => "under-way",
            Self::AtSender => "at-sender",
            Self::AtBroker => "at-broker",
            Self::BeforeBrokerOrThere => "before-broker-or-there",
            Self::BehindBroker => "behind-broker",
            Self::Unknown => "unknown",
        }
    }
}
