//! The number that a test message carries: before its payload, where a cut at the end leaves it, or beside it as one more level of
//! its topic, where the payload stays as it was.

use std::fmt::Write;

use crate::mqtt::{Filter, Message, Topic, TopicError};

/// Where the number travels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Carrier {
    /// Before the payload: `#1f3a-17 ` and then the payload.
    #[default]
    Payload,
    /// Beside it: `topic/1f3a-17`.
    Topic,
}

/// The mark of one trace: its messages are told from those of others, and of earlier traces, by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Mark {
    run: u16,
    carrier: Carrier,
}

impl Mark {
    /// A mark with a number for the trace, which should differ from the last one's.
    pub const fn new(run: u16, carrier: Carrier) -> Self {
        Self { run, carrier }
    }

    /// Where the number travels.
    pub const fn carrier(self) -> Carrier {
        self.carrier
    }

    /// `message` with the number `n`.
    ///
    /// # Errors
    ///
    /// When the topic has no room for it.
    pub fn put(self, message: &Message, n: u32) -> Result<Message, TopicError> {
        let word = self.word(n);
        Ok(match self.carrier {
            Carrier::Payload => {
                let mut payload = format!("#{word} ").into_bytes();
                payload.extend_from_slice(&message.payload);
                Message { payload, ..message.clone() }
            }
            Carrier::Topic => Message { topic: format!("{}/{word}", message.topic).parse()?, ..message.clone() },
        })
    }

    /// The number of a message that carries this mark.
    pub fn read(self, topic: &Topic, payload: &[u8]) -> Option<u32> {
        let word = match self.carrier {
            Carrier::Payload => {
                let rest = payload.strip_prefix(b"#")?;
                let end = rest.iter().take(LONGEST).position(|byte| *byte == b' ')?;
                std::str::from_utf8(&rest[..end]).ok()?
            }
            Carrier::Topic => topic.levels().last()?,
        };
        let (run, n) = word.split_once('-')?;
        (u16::from_str_radix(run, 16).ok()? == self.run && *word == self.word(n.parse().ok()?))
            .then(|| n.parse().ok())
            .flatten()
    }

    /// What asks for all messages to `topic` with this mark.
    ///
    /// # Errors
    ///
    /// When the topic has no room for one more level.
    pub fn filter(self, topic: &Topic) -> Result<Filter, TopicError> {
        match self.carrier {
            Carrier::Payload => topic.as_str().parse(),
            Carrier::Topic => format!("{topic}/+").parse(),
        }
    }

    fn word(self, n: u32) -> String {
        let mut word = format!("{:04x}", self.run);
        // Writing to a string cannot fail.
        let _ = write!(word, "-{n}");
        word
    }
}

/// Bytes of the longest word.
const LONGEST: usize = 16;
