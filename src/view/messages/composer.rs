//! What the composer holds and what is wrong with it.
//!
//! The composer is plain data that the panel edits; nothing here forgets or changes what was typed.

use std::fmt::Write as _;

use crate::{
    air780e::limits,
    mqtt::{Draft, Filter, Message, Qos, Topic, TopicError},
};

use super::payload::JsonPlace;

/// How the payload field is to be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum PayloadFormat {
    /// The text as UTF-8.
    #[default]
    Text,
    /// The text as UTF-8, which must be JSON.
    Json,
    /// Pairs of hex digits; spaces and line ends may stand between them.
    Hex,
    /// Base64 of RFC 4648; spaces and line ends may stand anywhere.
    Base64,
}

impl PayloadFormat {
    /// All formats in the order of the list.
    pub const ALL: [Self; 4] = [Self::Text, Self::Json, Self::Hex, Self::Base64];
}

/// What the composer's fields hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Composer {
    /// Topic as typed.
    pub topic: String,
    /// Payload as typed.
    pub payload: String,
    /// How to read the payload.
    pub format: PayloadFormat,
    /// Wanted quality of service.
    pub qos: Qos,
    /// Whether the broker shall keep it.
    pub retain: bool,
}

impl Default for Composer {
    fn default() -> Self {
        let (topic, payload) = ("mqtt/sub".to_owned(), String::new());
        Self { topic, payload, format: PayloadFormat::Text, qos: Qos::AtMostOnce, retain: false }
    }
}

/// Why a topic, or a topic filter, cannot be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TopicProblem {
    /// MQTT forbids it.
    Mqtt(TopicError),
    /// A line end would end the AT command in its middle.
    LineEnd,
    /// More than the module takes.
    TooLong {
        /// Length in bytes of UTF-8.
        bytes: usize,
        /// Most bytes the module takes.
        limit: usize,
    },
}

/// Why the payload field cannot be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PayloadProblem {
    /// It is not JSON.
    NotJson(JsonPlace),
    /// A character that is no hex digit, at this place from 1.
    NotHex(usize),
    /// A hex digit without its partner.
    OddHex,
    /// A character that is not of base64, or in the wrong place, at this place from 1.
    NotBase64(usize),
    /// Base64 that ends in the middle of a byte.
    ShortBase64,
    /// More than the module takes in one message.
    TooLong {
        /// Length of the payload in bytes.
        bytes: usize,
        /// Most bytes the module takes.
        limit: usize,
    },
}

/// The composer, judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// What is wrong with the topic.
    pub topic: Option<TopicProblem>,
    /// What is wrong with the payload.
    pub payload: Option<PayloadProblem>,
    /// Bytes of the payload; 0 when they cannot be told.
    pub used: usize,
    /// Most bytes of a payload.
    pub limit: usize,
    /// The draft, when nothing is wrong.
    pub draft: Option<Draft>,
}

impl Judged {
    /// The message that would be sent.
    pub fn message(&self) -> Option<Message> {
        self.draft.as_ref()?.message().ok()
    }
}

impl Composer {
    /// The fields that send `message` again: as text where that brings every byte back, as hex otherwise.
    pub fn of(message: &Message) -> Self {
        let text = std::str::from_utf8(&message.payload).ok().filter(|text| !text.contains(is_untypable));
        let (payload, format) = match text {
            Some(text) => (text.to_owned(), PayloadFormat::Text),
            None => (hex(&message.payload), PayloadFormat::Hex),
        };
        let topic = message.topic.as_str().to_owned();
        Self { topic, payload, format, qos: message.qos, retain: message.retain }
    }

    /// Holds the fields against the rules of MQTT and the limits of the module.
    pub fn judge(&self) -> Judged {
        let limit = limits::MPUBEX_BYTES;
        let topic = check_topic(&self.topic).err();
        let (used, payload) = match self.bytes() {
            Ok(payload) if payload.len() > limit => {
                (payload.len(), Err(PayloadProblem::TooLong { bytes: payload.len(), limit }))
            }
            Ok(payload) => (payload.len(), Ok(payload)),
            Err(problem) => (0, Err(problem)),
        };
        let draft = match (&topic, &payload) {
            (None, Ok(payload)) => {
                Some(Draft { topic: self.topic.clone(), payload: payload.clone(), qos: self.qos, retain: self.retain })
            }
            _ => None,
        };
        Judged { topic, payload: payload.err(), used, limit, draft }
    }

    fn bytes(&self) -> Result<Vec<u8>, PayloadProblem> {
        match self.format {
            PayloadFormat::Text => Ok(self.payload.clone().into_bytes()),
            PayloadFormat::Json => match serde_json::from_str::<serde::de::IgnoredAny>(&self.payload) {
                Ok(_) => Ok(self.payload.clone().into_bytes()),
                Err(error) => Err(PayloadProblem::NotJson(JsonPlace::of(&error))),
            },
            PayloadFormat::Hex => from_hex(&self.payload),
            PayloadFormat::Base64 => from_base64(&self.payload),
        }
    }
}

/// Reads a topic filter as typed into the subscription field, held against the module's limit.
pub fn check_filter(text: &str) -> Result<Filter, TopicProblem> {
    check_text(text)?;
    text.parse().map_err(TopicProblem::Mqtt)
}

fn check_topic(text: &str) -> Result<Topic, TopicProblem> {
    check_text(text)?;
    text.parse().map_err(TopicProblem::Mqtt)
}

fn check_text(text: &str) -> Result<(), TopicProblem> {
    if text.contains(['\r', '\n']) {
        return Err(TopicProblem::LineEnd);
    }
    if text.len() > limits::FIELD_BYTES {
        return Err(TopicProblem::TooLong { bytes: text.len(), limit: limits::FIELD_BYTES });
    }
    Ok(())
}

/// Whether a text field may change or hide `c`.
fn is_untypable(c: char) -> bool {
    c.is_control() && c != '\n'
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 3), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02X} ");
        text
    })
}

fn from_hex(text: &str) -> Result<Vec<u8>, PayloadProblem> {
    let mut bytes = Vec::with_capacity(text.len() / 2);
    let mut half: Option<u32> = None;
    for (place, c) in text.chars().enumerate().filter(|(_, c)| !c.is_ascii_whitespace()) {
        let digit = c.to_digit(16).ok_or(PayloadProblem::NotHex(place + 1))?;
        half = match half {
            Some(high) => {
                bytes.extend(u8::try_from(high << 4 | digit));
                None
            }
            None => Some(digit),
        };
    }
    if half.is_some() { Err(PayloadProblem::OddHex) } else { Ok(bytes) }
}

fn from_base64(text: &str) -> Result<Vec<u8>, PayloadProblem> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut digits, mut padding) = (0_u32, 0_usize, 0_usize);
    for (place, c) in text.chars().enumerate().filter(|(_, c)| !c.is_ascii_whitespace()) {
        if c == '=' {
            padding += 1;
            continue;
        }
        let digit = base64_digit(c).filter(|_| padding == 0).ok_or(PayloadProblem::NotBase64(place + 1))?;
        bits = bits << 6 | digit;
        digits += 1;
        if digits % 4 != 1 {
            let shift = [0, 0, 4, 2][digits % 4];
            bytes.extend((bits >> shift).to_be_bytes().last());
        }
    }
    let is_whole = matches!((digits % 4, padding), (0, 0) | (2, 0 | 2) | (3, 0 | 1));
    if is_whole { Ok(bytes) } else { Err(PayloadProblem::ShortBase64) }
}

fn base64_digit(c: char) -> Option<u32> {
    let code = u32::from(c);
    match c {
        'A'..='Z' => Some(code - u32::from('A')),
        'a'..='z' => Some(code - u32::from('a') + 26),
        '0'..='9' => Some(code - u32::from('0') + 52),
        '+' | '-' => Some(62),
        '/' | '_' => Some(63),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::view::messages::payload::base64;

    fn composer(topic: &str, payload: &str, format: PayloadFormat) -> Composer {
        Composer { topic: topic.to_owned(), payload: payload.to_owned(), format, ..Composer::default() }
    }

    #[test]
    fn each_field_says_what_is_wrong_with_it() {
        let judged = composer("a/+", "{", PayloadFormat::Json).judge();
        assert_eq!(judged.topic, Some(TopicProblem::Mqtt(TopicError::Wildcard { wildcard: '+' })));
        assert!(matches!(judged.payload, Some(PayloadProblem::NotJson(_))));
        assert_eq!(judged.draft, None);
    }

    #[test]
    fn the_limits_of_the_module_hold() {
        let limit = limits::MPUBEX_BYTES;
        let fits = composer("a", &"x".repeat(limit), PayloadFormat::Text).judge();
        assert_eq!((fits.used, fits.payload.clone()), (limit, None));
        assert!(fits.draft.is_some());
        let long = composer("a", &"温".repeat(limit / 2), PayloadFormat::Text).judge();
        assert_eq!(long.payload, Some(PayloadProblem::TooLong { bytes: limit / 2 * 3, limit }));
        let topic = composer(&"t".repeat(257), "", PayloadFormat::Text).judge().topic;
        assert_eq!(topic, Some(TopicProblem::TooLong { bytes: 257, limit: 256 }));
    }

    #[test]
    fn payloads_are_read_in_their_format() {
        let table = [
            ("48 65\n6c6C6f", PayloadFormat::Hex, Ok(b"Hello".to_vec())),
            ("4", PayloadFormat::Hex, Err(PayloadProblem::OddHex)),
            ("4x", PayloadFormat::Hex, Err(PayloadProblem::NotHex(2))),
            ("Zm9v YmE=", PayloadFormat::Base64, Ok(b"fooba".to_vec())),
            ("Zm9vYmE", PayloadFormat::Base64, Ok(b"fooba".to_vec())),
            ("Zm9vY", PayloadFormat::Base64, Err(PayloadProblem::ShortBase64)),
            ("Zm=9", PayloadFormat::Base64, Err(PayloadProblem::NotBase64(4))),
            ("{\"a\": 1}", PayloadFormat::Json, Ok(b"{\"a\": 1}".to_vec())),
        ];
        for (text, format, expected) in table {
            assert_eq!(composer("a", text, format).bytes(), expected, "{text:?}");
        }
    }

    #[test]
    fn a_filter_may_hold_wildcards_but_no_line_end() {
        assert!(check_filter("a/+/#").is_ok());
        assert!(check_filter("a/#/b").is_err());
        assert!(check_filter("a\rAT+RESET").is_err());
        assert!(check_filter(&"x".repeat(300)).is_err());
    }

    proptest! {
        #[test]
        fn hex_and_base64_bring_every_byte_back(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            prop_assert_eq!(from_hex(&hex(&bytes)), Ok(bytes.clone()));
            prop_assert_eq!(from_hex(&hex(&bytes).to_lowercase()), Ok(bytes.clone()));
            prop_assert_eq!(from_base64(&base64(&bytes)), Ok(bytes));
        }

        #[test]
        fn no_text_makes_a_reader_panic(text in ".{0,60}") {
            for format in PayloadFormat::ALL {
                let _ = composer(&text, &text, format).judge();
            }
        }
    }
}
