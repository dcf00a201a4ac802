//! How messages are received and how the text of `AT+MPUB` is read (reference, sections 11.7 and 11.8).

use crate::{
    air780e::{Command, command::last_value, limits},
    at::{
        exchange::{Exchange, Info},
        text::CommandLine,
    },
    mqtt::Message,
};

use super::{publish_line, publish_words};

/// `AT+MQTTMSGSET`: whether messages are printed as they arrive or kept in four slots.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageMode {
    /// Printed as they arrive.
    Direct,
    /// Kept until asked for.
    Cached,
}

/// `AT+MQTTMSGSET?`: which of both? The default is disputed (section 20, 4).
#[derive(Clone, Copy, Debug)]
pub struct ReadMessageMode;

/// `AT+MQTTMODE`: how the quoted message of `AT+MPUB` is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HexMode {
    /// As text.
    Text,
    /// As hex digits.
    Hex,
}

/// `AT+MQTTMODE?`: as text or as hex digits?
#[derive(Clone, Copy, Debug)]
pub struct ReadHexMode;

/// `AT+MPUB` while [`HexMode::Hex`] is set: any bytes, two digits each.
#[derive(Clone, Copy, Debug)]
pub struct PublishHex<'a>(pub &'a Message);

impl PublishHex<'_> {
    /// Whether the digits stay within the limit of the quoted message: whether it counts digits or bytes is not
    /// documented, so the digits are counted.
    pub const fn fits(message: &Message) -> bool {
        2 * message.payload.len() <= limits::MPUB_BYTES
    }
}

/// Ends data of no announced length, as those of an `AT+MPUBEX` without one (section 11.6).
pub const END_OF_DATA: u8 = 0x1A;

macro_rules! mode {
    ($mode:ty, $question:ty, $prefix:literal, $off:expr, $on:expr) => {
        impl Command for $mode {
            type Answer = ();

            fn line(&self) -> CommandLine {
                CommandLine::new(concat!("AT", $prefix, "=")).arg(u8::from(*self == $on))
            }

            fn exchange(&self) -> Exchange {
                Exchange::new(self.line(), limits::DEFAULT)
            }

            fn answer(&self, _lines: &[String]) -> Option<()> {
                Some(())
            }
        }

        impl Command for $question {
            type Answer = $mode;

            fn line(&self) -> CommandLine {
                CommandLine::new(concat!("AT", $prefix, "?"))
            }

            fn exchange(&self) -> Exchange {
                Exchange::new(self.line(), limits::DEFAULT).with_info(Info::Prefix($prefix.into()))
            }

            fn answer(&self, lines: &[String]) -> Option<$mode> {
                match last_value(lines, $prefix)? {
                    "0" => Some($off),
                    "1" => Some($on),
                    _ => None,
                }
            }
        }
    };
}

mode!(MessageMode, ReadMessageMode, "+MQTTMSGSET", MessageMode::Direct, MessageMode::Cached);
mode!(HexMode, ReadHexMode, "+MQTTMODE", HexMode::Text, HexMode::Hex);

impl Command for PublishHex<'_> {
    type Answer = ();

    fn line(&self) -> CommandLine {
        let Message { topic, payload, qos, retain } = self.0;
        let halves = payload.iter().flat_map(|byte| [byte >> 4, byte & 0xf]);
        let digits = halves.filter_map(|half| char::from_digit(half.into(), 16));
        let digits: String = digits.map(|digit| digit.to_ascii_uppercase()).collect();
        publish_line("AT+MPUB=", topic, *qos, *retain).quoted(&digits)
    }

    fn exchange(&self) -> Exchange {
        Exchange::new(self.line(), limits::DEFAULT).with_words(publish_words(self.0.qos)).ordered()
    }

    fn answer(&self, _lines: &[String]) -> Option<()> {
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mqtt::Qos;

    fn message(payload: &[u8]) -> Message {
        let topic = "t".parse().expect("a topic");
        Message { topic, payload: payload.to_vec(), qos: Qos::AtLeastOnce, retain: true }
    }

    #[test]
    fn modes_are_set_and_asked_for() {
        let texts = [
            (MessageMode::Direct.line(), "AT+MQTTMSGSET=0"),
            (MessageMode::Cached.line(), "AT+MQTTMSGSET=1"),
            (ReadMessageMode.line(), "AT+MQTTMSGSET?"),
            (HexMode::Text.line(), "AT+MQTTMODE=0"),
            (HexMode::Hex.line(), "AT+MQTTMODE=1"),
            (ReadHexMode.line(), "AT+MQTTMODE?"),
        ];
        for (line, expected) in texts {
            assert_eq!(line.masked(), expected);
        }
        let lines = |line: &str| vec![line.to_owned()];
        for (line, expected) in [
            ("+MQTTMSGSET:1", Some(MessageMode::Cached)),
            ("+MQTTMSGSET: 0", Some(MessageMode::Direct)),
            ("+MQTTMSGSET:(0,1)", None),
        ] {
            assert_eq!(ReadMessageMode.answer(&lines(line)), expected, "{line}");
            assert!(ReadMessageMode.exchange().info.covers(line), "{line}");
        }
        for (line, expected) in
            [("+MQTTMODE: 0", Some(HexMode::Text)), ("+MQTTMODE: 1", Some(HexMode::Hex)), ("+MQTTMODE: (0,1)", None)]
        {
            assert_eq!(ReadHexMode.answer(&lines(line)), expected, "{line}");
        }
    }

    #[test]
    fn every_byte_is_two_digits() {
        assert_eq!(PublishHex(&message(b"123")).line().masked(), "AT+MPUB=\"t\",1,1,\"313233\"");
        assert_eq!(PublishHex(&message(b"\x00\xff\"")).line().masked(), "AT+MPUB=\"t\",1,1,\"00FF22\"");
        assert_eq!(PublishHex(&message(b"x")).exchange().words.len(), 1);
        assert!(PublishHex::fits(&message(&[0; limits::MPUB_BYTES / 2])));
        assert!(!PublishHex::fits(&message(&[0; limits::MPUB_BYTES / 2 + 1])));
    }
}
