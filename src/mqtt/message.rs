//! A message and its quality of service.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Topic;

/// Quality of service of MQTT 3.1.1, section 4.3.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub enum Qos {
    /// QoS 0: sent once, nobody confirms.
    #[default]
    AtMostOnce,
    /// QoS 1: confirmed by `PUBACK`, may arrive twice.
    AtLeastOnce,
    /// QoS 2: confirmed by `PUBREC` and `PUBCOMP`, arrives once.
    ExactlyOnce,
}

impl Qos {
    /// All three, lowest first.
    pub const ALL: [Self; 3] = [Self::AtMostOnce, Self::AtLeastOnce, Self::ExactlyOnce];

    /// The number on the wire, 0 to 2.
    pub const fn number(self) -> u8 {
        match self {
            Self::AtMostOnce => 0,
            Self::AtLeastOnce => 1,
            Self::ExactlyOnce => 2,
        }
    }
}

impl From<Qos> for u8 {
    fn from(qos: Qos) -> Self {
        qos.number()
    }
}

impl TryFrom<u8> for Qos {
    type Error = String;

    fn try_from(number: u8) -> Result<Self, Self::Error> {
        match number {
            0 => Ok(Self::AtMostOnce),
            1 => Ok(Self::AtLeastOnce),
            2 => Ok(Self::ExactlyOnce),
            other => Err(format!("QoS is 0, 1 or 2, not {other}")),
        }
    }
}

impl fmt::Display for Qos {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.number())
    }
}

/// One application message, on its way or arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Where it goes or came from.
    pub topic: Topic,
    /// The bytes as they travel; no character set is implied.
    pub payload: Vec<u8>,
    /// Quality of service. The modem does not print it for arriving messages: those say
    /// [`Qos::AtMostOnce`].
    pub qos: Qos,
    /// Retain flag. The modem does not print it for arriving messages: those say `false`.
    pub retain: bool,
}
