//! A publish as the user wrote it, not yet checked.

use thiserror::Error;

use super::{Message, Qos, Topic, TopicError};

/// What a composer or a command line holds before it becomes a [`Message`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// Topic as typed.
    pub topic: String,
    /// Payload bytes.
    pub payload: Vec<u8>,
    /// Wanted quality of service.
    pub qos: Qos,
    /// Whether the broker shall keep it as the topic's last known value.
    pub retain: bool,
}

/// Why a draft cannot be sent. The draft itself stays as it was.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum DraftError {
    /// The topic is not one that a publish may carry.
    #[error(transparent)]
    Topic(#[from] TopicError),
    /// The topic is longer than the module accepts.
    #[error("the topic has {bytes} bytes; the module takes at most {limit}")]
    TopicTooLong {
        /// Length in bytes of UTF-8.
        bytes: usize,
        /// Most bytes the module takes.
        limit: usize,
    },
    /// The payload is longer than the module accepts in one message.
    #[error("the payload has {bytes} bytes; the module takes at most {limit} in one message by {origin}")]
    PayloadTooLong {
        /// Length of the payload.
        bytes: usize,
        /// Most bytes the module takes.
        limit: usize,
        /// Who states it.
        origin: &'static str,
    },
}

impl DraftError {
    /// Whether it is the payload that cannot be sent, and not the topic.
    pub const fn concerns_payload(&self) -> bool {
        matches!(self, Self::PayloadTooLong { .. })
    }
}

impl Draft {
    /// The message this draft describes.
    ///
    /// Only the rules of MQTT are held here; the module's own limits belong to `air780e::limits`.
    pub fn message(&self) -> Result<Message, DraftError> {
        let topic: Topic = self.topic.parse()?;
        Ok(Message { topic, payload: self.payload.clone(), qos: self.qos, retain: self.retain })
    }
}
