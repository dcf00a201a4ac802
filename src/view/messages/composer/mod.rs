//! What the composer holds and what is wrong with it.
//!
//! The composer is plain data that the panel edits; nothing here forgets or changes what was typed.

mod file;
mod repetition;

use crate::{
    air780e::limits,
    mqtt::{Draft, Filter, Message, Qos, Topic, TopicError},
    payload::{self, Charset, Filled, Filling, JsonFault, NotBytes, fill, from_base64, from_hex, hex, to_gbk},
    settings::Template,
};

pub use self::{
    file::FileState,
    repetition::{RepeatFields, RepeatPlan, RepeatProblem},
};
pub use crate::settings::PayloadFormat;

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
    /// Path of a payload's file, as typed.
    pub path: String,
    /// What is known of that file.
    pub file: FileState,
    /// How often it shall be sent again.
    pub repeat: RepeatFields,
    /// Name for the next template, as typed.
    pub template_name: String,
}

impl Default for Composer {
    fn default() -> Self {
        Self {
            topic: "mqtt/sub".to_owned(),
            payload: String::new(),
            format: PayloadFormat::Text,
            qos: Qos::AtMostOnce,
            retain: false,
            path: String::new(),
            file: FileState::None,
            repeat: RepeatFields::default(),
            template_name: String::new(),
        }
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
    NotJson(JsonFault),
    /// GBK does not have the character at this place from 1.
    NotGbk(usize),
    /// A character that is no hex digit, at this place from 1.
    NotHex(usize),
    /// A hex digit without its partner.
    OddHex,
    /// A character that is not of base64, or in the wrong place, at this place from 1.
    NotBase64(usize),
    /// Base64 that ends in the middle of a byte.
    ShortBase64,
    /// The file brings no bytes.
    File(FileState),
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
    /// How many placeholders were filled in.
    pub placeholders: usize,
    /// Double braces that name no placeholder and are sent as they stand.
    pub unknown: Option<String>,
    /// The draft, when nothing is wrong.
    pub draft: Option<Draft>,
}

impl Judged {
    /// The message that would be sent.
    pub fn message(&self) -> Option<Message> {
        self.draft.as_ref()?.message().ok()
    }

    /// Bytes that are left of what the module takes.
    pub const fn left(&self) -> usize {
        self.limit.saturating_sub(self.used)
    }
}

impl Composer {
    /// The fields that send `message` again: as text where that brings every byte back, as hex otherwise.
    pub fn of(message: &Message) -> Self {
        let charset = Charset::of(&message.payload);
        let is_safe = |text: &String| !text.contains(is_untypable) && !text.contains("{{");
        let (payload, format) = match (charset.text(&message.payload).filter(is_safe), charset) {
            (Some(text), Charset::Gbk) if to_gbk(&text).is_ok_and(|bytes| bytes == message.payload) => {
                (text, PayloadFormat::Gbk)
            }
            (Some(text), Charset::Utf8) => (text, PayloadFormat::Text),
            _ => (hex(&message.payload), PayloadFormat::Hex),
        };
        let topic = message.topic.as_str().to_owned();
        Self { topic, payload, format, qos: message.qos, retain: message.retain, ..Self::default() }
    }

    /// Takes over a template; the fields of the repeat stay.
    pub fn wear(&mut self, template: &Template) {
        self.topic.clone_from(&template.topic);
        let field = if template.format == PayloadFormat::File { &mut self.path } else { &mut self.payload };
        field.clone_from(&template.payload);
        (self.format, self.qos, self.retain) = (template.format, template.qos, template.retain);
        if self.file.path() != Some(&self.path) {
            self.file = FileState::None;
        }
        self.template_name.clone_from(&template.name);
    }

    /// What the fields hold, to be kept as `name`.
    pub fn template(&self, name: &str) -> Template {
        let payload = if self.format == PayloadFormat::File { &self.path } else { &self.payload };
        Template {
            name: name.to_owned(),
            topic: self.topic.clone(),
            payload: payload.clone(),
            format: self.format,
            qos: self.qos,
            retain: self.retain,
        }
    }

    /// Holds the fields, with their placeholders filled in, against the rules of MQTT and the limits of the module.
    pub fn judge(&self, filling: Filling) -> Judged {
        let limit = limits::MPUBEX_BYTES;
        let topic = fill(&self.topic, filling);
        let typed = if self.format.has_placeholders() {
            fill(&self.payload, filling)
        } else {
            Filled { text: self.payload.clone(), ..Filled::default() }
        };
        let topic_problem = check_topic(&topic.text).err();
        let (used, payload) = match self.bytes(&typed.text) {
            Ok(payload) if payload.len() > limit => {
                (payload.len(), Err(PayloadProblem::TooLong { bytes: payload.len(), limit }))
            }
            Ok(payload) => (payload.len(), Ok(payload)),
            Err(problem) => (0, Err(problem)),
        };
        let (payload, problem) = match payload {
            Ok(payload) => (Some(payload), None),
            Err(problem) => (None, Some(problem)),
        };
        let draft = payload.filter(|_| topic_problem.is_none()).map(|payload| Draft {
            topic: topic.text,
            payload,
            qos: self.qos,
            retain: self.retain,
        });
        Judged {
            topic: topic_problem,
            payload: problem,
            used,
            limit,
            placeholders: topic.count + typed.count,
            unknown: topic.unknown.or(typed.unknown),
            draft,
        }
    }

    /// The payload indented, when it is JSON.
    pub fn formatted(&self) -> Option<String> {
        payload::formatted(&self.payload).ok()
    }

    fn bytes(&self, text: &str) -> Result<Vec<u8>, PayloadProblem> {
        match self.format {
            PayloadFormat::Text => Ok(text.as_bytes().to_vec()),
            PayloadFormat::Gbk => to_gbk(text).map_err(PayloadProblem::NotGbk),
            PayloadFormat::Json => {
                payload::check_json(text).map(|()| text.as_bytes().to_vec()).map_err(PayloadProblem::NotJson)
            }
            PayloadFormat::Hex => from_hex(text).map_err(|fault| match fault {
                NotBytes::Wrong(place) => PayloadProblem::NotHex(place),
                NotBytes::Short => PayloadProblem::OddHex,
            }),
            PayloadFormat::Base64 => from_base64(text).map_err(|fault| match fault {
                NotBytes::Wrong(place) => PayloadProblem::NotBase64(place),
                NotBytes::Short => PayloadProblem::ShortBase64,
            }),
            PayloadFormat::File => match &self.file {
                FileState::Read { bytes, .. } => Ok(bytes.to_vec()),
                other => Err(PayloadProblem::File(other.clone())),
            },
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use chrono::{DateTime, Local};
    use proptest::prelude::*;

    use super::*;

    fn filling() -> Filling {
        Filling { number: 5, now: DateTime::UNIX_EPOCH.with_timezone(&Local), seed: 1 }
    }

    fn composer(topic: &str, payload: &str, format: PayloadFormat) -> Composer {
        Composer { topic: topic.to_owned(), payload: payload.to_owned(), format, ..Composer::default() }
    }

    fn judged(topic: &str, payload: &str, format: PayloadFormat) -> Judged {
        composer(topic, payload, format).judge(filling())
    }

    #[test]
    fn each_field_says_what_is_wrong_with_it() {
        let judged = judged("a/+", "{", PayloadFormat::Json);
        assert_eq!(judged.topic, Some(TopicProblem::Mqtt(TopicError::Wildcard { wildcard: '+' })));
        assert!(matches!(judged.payload, Some(PayloadProblem::NotJson(_))));
        assert_eq!(judged.draft, None);
    }

    #[test]
    fn the_limits_of_the_module_hold() {
        let limit = limits::MPUBEX_BYTES;
        let fits = judged("a", &"x".repeat(limit), PayloadFormat::Text);
        assert_eq!((fits.used, fits.left(), fits.payload.clone()), (limit, 0, None));
        assert!(fits.draft.is_some());
        let long = judged("a", &"温".repeat(limit / 2), PayloadFormat::Text);
        assert_eq!(long.payload, Some(PayloadProblem::TooLong { bytes: limit / 2 * 3, limit }));
        let topic = judged(&"t".repeat(257), "", PayloadFormat::Text).topic;
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
            ("温", PayloadFormat::Gbk, Ok(vec![0xCE, 0xC2])),
            ("a🙂", PayloadFormat::Gbk, Err(PayloadProblem::NotGbk(2))),
            ("anything", PayloadFormat::File, Err(PayloadProblem::File(FileState::None))),
        ];
        for (text, format, expected) in table {
            assert_eq!(composer("a", text, format).bytes(text), expected, "{text:?}");
        }
        let file = FileState::Read { path: "a.bin".to_owned(), bytes: Arc::from([1, 2, 3]) };
        let from_file = Composer { file, ..composer("a", "", PayloadFormat::File) }.judge(filling());
        assert_eq!(from_file.draft.map(|draft| draft.payload), Some(vec![1, 2, 3]));
    }

    #[test]
    fn placeholders_are_filled_in_where_text_is_typed() {
        let text = judged("meter/{{seq}}", "{\"n\":{{seq}},\"x\":\"{{what}}\"}", PayloadFormat::Json);
        let draft = text.draft.expect("a draft");
        assert_eq!((draft.topic.as_str(), draft.payload.as_slice()), ("meter/5", &b"{\"n\":5,\"x\":\"{{what}}\"}"[..]));
        assert_eq!((text.placeholders, text.unknown.as_deref()), (2, Some("{{what}}")));
        assert!(judged("a", "{{seq}}", PayloadFormat::Hex).payload.is_some());
    }

    #[test]
    fn a_template_brings_the_fields_back() {
        let kept = composer("lamp/1", "{{seq}}", PayloadFormat::Gbk).template("lamp");
        let mut other = Composer {
            repeat: RepeatFields { count: "3".to_owned(), ..RepeatFields::default() },
            ..Composer::default()
        };
        other.wear(&kept);
        assert_eq!(other.template("lamp"), kept);
        assert_eq!(other.repeat.count, "3");
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
        fn no_text_makes_a_reader_panic(text in ".{0,60}") {
            for format in PayloadFormat::ALL {
                let _ = judged(&text, &text, format);
            }
        }

        #[test]
        fn what_is_put_into_the_composer_is_what_is_sent(payload in prop::collection::vec(any::<u8>(), 0..60)) {
            let topic = "a".parse().expect("a topic");
            let message = Message { topic, payload: payload.clone(), qos: Qos::AtMostOnce, retain: false };
            let sent = Composer::of(&message).judge(filling()).draft.map(|draft| draft.payload);
            prop_assert_eq!(sent, Some(payload));
        }
    }
}
