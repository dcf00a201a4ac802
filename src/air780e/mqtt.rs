//! The MQTT commands of the module (reference, sections 10 and 11): text, answer, what must follow `OK`.

mod modes;
mod words;

use crate::{
    at::{
        exchange::{Data, Exchange, Info},
        text::CommandLine,
    },
    mqtt::{Filter, Message, Password, Qos, Topic},
};

use super::{
    Command,
    command::{fields, last_value, plain_command, value},
    limits,
};

pub use self::modes::{END_OF_DATA, HexMode, MessageMode, PublishHex, ReadHexMode, ReadMessageMode};
pub use self::words::{
    LINK_WORDS, LOGIN_WORDS, LONG_TLS_LINK_WORDS, PUBACK_WORDS, PUBCOMP_WORDS, SUBSCRIBE_WORDS, TLS_LINK_WORDS,
    UNSUBSCRIBE_WORDS, publish_words,
};

/// `AT+MCONFIG`: client id, login, will. It only stores; nothing is sent (section 11.1).
#[derive(Clone, Debug)]
pub struct Config<'a> {
    /// Client identifier.
    pub client_id: &'a str,
    /// User name and password.
    pub login: Option<(&'a str, &'a Password)>,
    /// Last will: text without double quotes, for which no escape is documented here.
    pub will: Option<&'a Message>,
}

/// `AT+MIPSTART`: open the TCP link (section 11.2).
#[derive(Clone, Copy, Debug)]
pub struct OpenLink<'a> {
    /// Host name or numeric address.
    pub host: &'a str,
    /// Port.
    pub port: u16,
}

/// `AT+MCONNECT`: log in at the broker (section 11.3).
#[derive(Clone, Copy, Debug)]
pub struct Login {
    /// Whether the broker shall forget the session when it ends.
    pub clean_session: bool,
    /// Keep alive in seconds.
    pub keep_alive: u16,
}

/// `AT+MSUB`: subscribe (section 11.4).
#[derive(Clone, Copy, Debug)]
pub struct Subscribe<'a> {
    /// What is asked for.
    pub filter: &'a Filter,
    /// Highest quality of service wanted.
    pub qos: Qos,
}

/// `AT+MUNSUB`: stop asking for a filter (section 11.4).
#[derive(Clone, Copy, Debug)]
pub struct Unsubscribe<'a>(pub &'a Filter);

/// `AT+MPUB`: publish a short text (section 11.5).
#[derive(Clone, Copy, Debug)]
pub struct Publish<'a>(pub &'a Message);

/// `AT+MPUBEX`: publish any bytes after a prompt (section 11.6).
#[derive(Clone, Copy, Debug)]
pub struct PublishExtended<'a>(pub &'a Message);

/// `AT+MQTTMSGGET`: print the messages kept in the four slots; each comes as a report (section 11.7).
#[derive(Clone, Copy, Debug)]
pub struct FetchMessages;

/// `AT+MQTTMSGGET?`: which slots hold a message?
#[derive(Clone, Copy, Debug)]
pub struct ReadSlots;

/// `AT+MQTTSTATU`: is a session open? (section 11.9)
#[derive(Clone, Copy, Debug)]
pub struct ReadState;

/// `AT+MDISCONNECT`: say good-bye to the broker (section 11.9).
#[derive(Clone, Copy, Debug)]
pub struct Disconnect;

/// `AT+MIPCLOSE`: close the TCP link (section 11.9).
#[derive(Clone, Copy, Debug)]
pub struct CloseLink;

/// The answer to `AT+MQTTSTATU` (section 10).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LinkState {
    /// 0.
    Offline,
    /// 1: the broker accepted the login.
    LoggedIn,
    /// 2: TCP or TLS is up, the login is still to come.
    LinkUp,
}

impl Command for Config<'_> {
    type Answer = ();

    fn line(&self) -> CommandLine {
        let mut line = CommandLine::new("AT+MCONFIG=").quoted(self.client_id);
        if self.login.is_some() || self.will.is_some() {
            let (user, password) = self.login.map_or(("", ""), |(user, password)| (user, password.reveal()));
            line = line.quoted(user).quoted_secret(password);
        }
        if let Some(will) = self.will {
            let text = String::from_utf8_lossy(&will.payload);
            line = line.arg(will.qos).arg(u8::from(will.retain)).quoted(will.topic.as_str()).quoted(&text);
        }
        line
    }

    fn exchange(&self) -> Exchange {
        Exchange::new(self.line(), limits::DEFAULT)
    }

    fn answer(&self, _lines: &[String]) -> Option<()> {
        Some(())
    }
}

impl Command for OpenLink<'_> {
    type Answer = ();

    fn line(&self) -> CommandLine {
        CommandLine::new("AT+MIPSTART=").quoted(self.host).arg(self.port)
    }

    fn exchange(&self) -> Exchange {
        Exchange::new(self.line(), limits::DEFAULT).with_words(&LINK_WORDS)
    }

    fn answer(&self, _lines: &[String]) -> Option<()> {
        Some(())
    }
}

impl Command for Login {
    type Answer = ();

    /// The third argument is only sent for a keep alive above 300 s: older firmware knows two (section 20, 25).
    fn line(&self) -> CommandLine {
        let line = CommandLine::new("AT+MCONNECT=").arg(u8::from(self.clean_session)).arg(self.keep_alive);
        if self.keep_alive > limits::KEEP_ALIVE_PLAIN { line.arg(1) } else { line }
    }

    fn exchange(&self) -> Exchange {
        Exchange::new(self.line(), limits::DEFAULT).with_words(&LOGIN_WORDS)
    }

    fn answer(&self, _lines: &[String]) -> Option<()> {
        Some(())
    }
}

impl Command for Subscribe<'_> {
    type Answer = ();

    fn line(&self) -> CommandLine {
        CommandLine::new("AT+MSUB=").quoted(self.filter.as_str()).arg(self.qos)
    }

    fn exchange(&self) -> Exchange {
        Exchange::new(self.line(), limits::DEFAULT).with_words(&SUBSCRIBE_WORDS)
    }

    fn answer(&self, _lines: &[String]) -> Option<()> {
        Some(())
    }
}

impl Command for Unsubscribe<'_> {
    type Answer = ();

    fn line(&self) -> CommandLine {
        CommandLine::new("AT+MUNSUB=").quoted(self.0.as_str())
    }

    fn exchange(&self) -> Exchange {
        Exchange::new(self.line(), limits::DEFAULT).with_words(&UNSUBSCRIBE_WORDS)
    }

    fn answer(&self, _lines: &[String]) -> Option<()> {
        Some(())
    }
}

impl Publish<'_> {
    /// Whether this form fits: text that grows little by escaping and stays within the limit.
    pub fn fits(message: &Message) -> bool {
        if message.payload.is_empty() {
            return true;
        }
        escaped(&message.payload).is_some_and(|text| {
            let growth = text.len() - message.payload.len();
            text.len() <= limits::MPUB_BYTES && growth <= ESCAPE_GROWTH
        })
    }
}

impl Command for Publish<'_> {
    type Answer = ();

    fn line(&self) -> CommandLine {
        let Message { topic, payload, qos, retain } = self.0;
        publish_line("AT+MPUB=", topic, *qos, *retain).quoted(&escaped(payload).unwrap_or_default())
    }

    fn exchange(&self) -> Exchange {
        Exchange::new(self.line(), limits::DEFAULT).with_words(publish_words(self.0.qos)).ordered()
    }

    fn answer(&self, _lines: &[String]) -> Option<()> {
        Some(())
    }
}

impl Command for PublishExtended<'_> {
    type Answer = ();

    fn line(&self) -> CommandLine {
        let Message { topic, payload, qos, retain } = self.0;
        publish_line("AT+MPUBEX=", topic, *qos, *retain).arg(payload.len())
    }

    fn exchange(&self) -> Exchange {
        let bytes = self.0.payload.clone();
        let data = Data { bytes, is_secret: false, limit: limits::DEFAULT, hold: limits::MPUBEX_HOLD };
        Exchange::new(self.line(), limits::DEFAULT).with_data(data).with_words(publish_words(self.0.qos)).ordered()
    }

    fn answer(&self, _lines: &[String]) -> Option<()> {
        Some(())
    }
}

plain_command!(FetchMessages, "AT+MQTTMSGGET", limits::DEFAULT);

impl Command for ReadSlots {
    /// Whether each slot holds a message, in the order printed.
    type Answer = Vec<bool>;

    fn line(&self) -> CommandLine {
        CommandLine::new("AT+MQTTMSGGET?")
    }

    fn exchange(&self) -> Exchange {
        Exchange::new(self.line(), limits::DEFAULT).with_info(Info::Prefix("+MQTTMSGGET".into()))
    }

    fn answer(&self, lines: &[String]) -> Option<Vec<bool>> {
        let slots = lines.iter().filter_map(|line| value(line, "+MQTTMSGGET"));
        let read = slots.map(|slot| fields(slot).get(1).map(|word| *word == "VALID"));
        read.collect::<Option<Vec<_>>>().filter(|slots| !slots.is_empty())
    }
}

impl Command for ReadState {
    type Answer = LinkState;

    fn line(&self) -> CommandLine {
        CommandLine::new("AT+MQTTSTATU")
    }

    fn exchange(&self) -> Exchange {
        Exchange::new(self.line(), limits::DEFAULT).with_info(Info::Prefix("+MQTTSTATU".into()))
    }

    fn answer(&self, lines: &[String]) -> Option<LinkState> {
        match last_value(lines, "+MQTTSTATU")? {
            "0" => Some(LinkState::Offline),
            "1" => Some(LinkState::LoggedIn),
            "2" => Some(LinkState::LinkUp),
            _ => None,
        }
    }
}

impl Command for Disconnect {
    type Answer = ();

    fn line(&self) -> CommandLine {
        CommandLine::new("AT+MDISCONNECT")
    }

    fn exchange(&self) -> Exchange {
        Exchange::new(self.line(), limits::DEFAULT)
    }

    fn answer(&self, _lines: &[String]) -> Option<()> {
        Some(())
    }
}

impl Command for CloseLink {
    type Answer = ();

    fn line(&self) -> CommandLine {
        CommandLine::new("AT+MIPCLOSE")
    }

    fn exchange(&self) -> Exchange {
        Exchange::new(self.line(), limits::DEFAULT)
    }

    fn answer(&self, _lines: &[String]) -> Option<()> {
        Some(())
    }
}

/// `payload` as it stands between the quotes of `AT+MPUB` (section 11.5); `None` when it is no printable text.
///
/// Only the four characters the tutorial names are escaped: whether other codes are understood is not documented.
pub fn escaped(payload: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(payload).ok()?;
    let mut escaped = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match character {
            '"' => escaped.push_str("\\22"),
            '\r' => escaped.push_str("\\0D"),
            '\n' => escaped.push_str("\\0A"),
            '\\' => escaped.push_str("\\5C"),
            other if other.is_control() => return None,
            other => escaped.push(other),
        }
    }
    Some(escaped)
}

fn publish_line(name: &str, topic: &Topic, qos: Qos, retain: bool) -> CommandLine {
    CommandLine::new(name).quoted(topic.as_str()).arg(qos).arg(u8::from(retain))
}

/// More bytes of escapes than this, and the form without escapes is easier to read and safer.
const ESCAPE_GROWTH: usize = 32;

#[cfg(test)]
mod tests;
