//! What the client hands out: bytes for the link, and what it made of a line.

use std::{fmt, ops::Range};

use crate::{at::reply::Ended, time::Moment};

/// Bytes for the link. `Debug` shows only their number.
#[derive(Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// The bytes, whole.
    pub bytes: Vec<u8>,
    /// The parts that nobody else may see.
    pub secret: Vec<Range<usize>>,
}

impl fmt::Debug for Outgoing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Outgoing({} bytes, {} secret parts)", self.bytes.len(), self.secret.len())
    }
}

/// What was handed over to the link, for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// The text, secrets masked.
    pub text: String,
    /// Whether it was data after a prompt.
    pub is_data: bool,
    /// Those data; empty when they are secret, and for a command.
    pub data: Vec<u8>,
}

/// What a line was, and what it changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heard {
    /// The line for people, secrets masked.
    pub text: String,
    /// To whom it belongs.
    pub owner: Owner,
    /// What it changed.
    pub change: Option<Change>,
}

/// To whom a line belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// It repeats what we sent.
    Echo,
    /// To the running exchange.
    Running,
    /// To an exchange that was given up before.
    Late,
    /// To nobody here.
    Nobody,
}

/// A step of the running exchange.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// The command was accepted; a word is awaited.
    Accepted {
        /// When its last byte was handed to the link.
        sent_at: Moment,
    },
    /// A word came, another is awaited.
    Word {
        /// When the command's last byte was handed to the link.
        sent_at: Moment,
    },
    /// It ended.
    Ended(Box<Ended>),
    /// The modem has answered nothing three times in a row; `tries` of them were `AT`.
    Silent {
        /// How often `AT` was sent in vain.
        tries: u32,
    },
}

impl From<Ended> for Change {
    fn from(ended: Ended) -> Self {
        Self::Ended(Box::new(ended))
    }
}
