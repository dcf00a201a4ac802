//! What a line asks and what it awaits, known once: from then on nobody reads its text again.
//!
//! A [`Line`] is made where the command is made, or from the text that a person typed or a recording holds.

use std::{fmt, ops::Deref};

use super::command::fields;

/// What a command asks of the module (reference, sections 4 to 11).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verb {
    /// `AT`: is anybody there?
    Attention,
    /// `ATE`, `AT&W`, `AT+IPR` and other settings of the line itself.
    LineSetting,
    /// `ATI` and its likes: which module, which firmware, which card?
    Identity,
    /// `AT+CMEE`: how errors are told.
    ErrorForm,
    /// `AT+CPIN?`: the card.
    Card,
    /// `AT+CPIN=`, `AT+CPWD`, `AT+CLCK`: unlock the card.
    Unlock,
    /// `AT+CSQ`, `AT+CESQ`: the signal.
    Signal,
    /// `AT+CREG`, `AT+CGREG`, `AT+CEREG`: the registration.
    Registration,
    /// `AT+COPS`: the operator.
    Operator,
    /// `AT+CGATT`: the attachment.
    Attach,
    /// `AT+CGDCONT`, `AT+CGPADDR`, `AT+CGACT`: the bearer and its address.
    Bearer,
    /// `AT+CPNETAPN`, `AT+CGAUTH`: the access point.
    AccessPoint,
    /// `AT+CFUN`: the radio.
    Radio,
    /// `AT+RESET`, `AT+CFUN=1,1`, `AT+RSTSET`: restart the module.
    Restart,
    /// `AT+CPOWD`: switch the module off.
    PowerDown,
    /// `AT+CCLK`, `AT+CNTP`: the clock.
    Clock,
    /// `AT+CBC`: the supply.
    Supply,
    /// `AT*EXINFO?`: why it started last.
    StartReason,
    /// `AT+CSCLK`, `AT+POWERMODE`, `AT+CPSMS`, `AT+CEDRXS`: sleep.
    Sleep,
    /// `AT+CSTT`, `AT+CIICR`, `AT+CIFSR`, `AT+CIPSTATUS`, `AT+CIPMUX`, `AT+SAPBR`, `AT+CIPCLOSE`: the TCP context of the classic commands.
    Context,
    /// `AT+CIPSHUT`: take the context down.
    ShutContext,
    /// `AT+CDNSGIP`: resolve a name.
    Resolve,
    /// `AT+CDNSCFG`: the name servers.
    NameServers,
    /// `AT+SSLCFG`: how TLS is set.
    TlsSetting,
    /// `AT+FSCREATE`, `AT+FSMKDIR`: make a file.
    CreateFile,
    /// `AT+FSWRITE`: write a file.
    WriteFile,
    /// `AT+FSREAD`: read a file.
    ReadFile,
    /// `AT+FSFLSIZE`: the length of a file.
    FileSize,
    /// `AT+FSLS`: the files.
    ListFiles,
    /// `AT+FSMEM`, `AT+FSDRIVE`: the room.
    FileRoom,
    /// `AT+FSDEL`, `AT+FSRMDIR`: take a file away.
    DeleteFile,
    /// `AT+MCONFIG`: client id, login, will.
    Configure,
    /// `AT+MIPSTART`: open a plain link.
    OpenLink,
    /// `AT+SSLMIPSTART`: open an encrypted link.
    OpenTls,
    /// `AT+MCONNECT`: log in.
    LogIn,
    /// `AT+MSUB`: subscribe.
    Subscribe,
    /// `AT+MUNSUB`: unsubscribe.
    Unsubscribe,
    /// `AT+MPUB`: publish a text.
    Publish,
    /// `AT+MPUBEX`: publish bytes after a prompt.
    PublishBytes,
    /// `AT+MQTTSTATU`: is there a session?
    SessionState,
    /// `AT+MDISCONNECT`: log out.
    LogOut,
    /// `AT+MIPCLOSE`: close the link.
    CloseLink,
    /// `AT+MQTTMSGSET`: print messages or keep them.
    Reception,
    /// `AT+MQTTMSGGET`: fetch kept messages.
    Fetch,
    /// `AT+MQTTMODE`: payloads as text or hex digits.
    PayloadForm,
    /// `AT+CGEREP` and other switches of reports.
    Reports,
    /// A command of another vendor's MQTT.
    Foreign,
    /// Anything else.
    Other,
}

impl Verb {
    /// What `line` asks.
    pub fn of(line: &str) -> Self {
        let line = line.trim();
        let is_set = line.contains('=') && !line.ends_with("=?");
        let name = name(line).to_ascii_uppercase();
        match (name.as_str(), is_set) {
            ("AT+CPIN", true) => Self::Unlock,
            ("AT+CFUN", true) if fields(arguments(line)).get(1) == Some(&"1") => Self::Restart,
            _ => NAMES
                .iter()
                .find(|(names, _)| names.contains(&name.as_str()))
                .map_or_else(|| Self::of_unlisted(&name), |(_, verb)| *verb),
        }
    }

    fn of_unlisted(name: &str) -> Self {
        match name {
            _ if FOREIGN.iter().any(|start| name.starts_with(start)) => Self::Foreign,
            _ if name.starts_with("ATE") || name.starts_with("AT&") || name.starts_with("ATS") => Self::LineSetting,
            _ => Self::Other,
        }
    }

    /// Whether it opens a link to a broker.
    pub const fn opens(self) -> bool {
        matches!(self, Self::OpenLink | Self::OpenTls)
    }

    /// Whether it publishes.
    pub const fn publishes(self) -> bool {
        matches!(self, Self::Publish | Self::PublishBytes)
    }

    /// Whether it subscribes or takes a subscription back.
    pub const fn subscribes(self) -> bool {
        matches!(self, Self::Subscribe | Self::Unsubscribe)
    }

    /// Whether it ends the session or its link by order.
    pub const fn closes(self) -> bool {
        matches!(self, Self::LogOut | Self::CloseLink | Self::ShutContext)
    }

    /// Whether it concerns a file on the module.
    pub const fn is_about_files(self) -> bool {
        matches!(
            self,
            Self::CreateFile
                | Self::WriteFile
                | Self::ReadFile
                | Self::FileSize
                | Self::ListFiles
                | Self::FileRoom
                | Self::DeleteFile
        )
    }

    /// Whether it is a step of an MQTT session: its failure is one of the session, and not of a question beside it.
    pub const fn is_of_session(self) -> bool {
        self.opens() || self.publishes() || self.subscribes() || matches!(self, Self::Configure | Self::LogIn)
    }
}

/// A command as it went out, secrets masked, with what it asks.
#[derive(Clone, PartialEq, Eq)]
pub struct Line {
    text: Box<str>,
    verb: Verb,
}

impl Line {
    /// What it asks.
    pub const fn verb(&self) -> Verb {
        self.verb
    }

    /// Its text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether it only asks and sets nothing: `AT+CSQ?`, `AT+MSUB=?`, `ATI`.
    pub fn is_question(&self) -> bool {
        let text = self.text.trim_end();
        !text.contains('=') || text.ends_with('?')
    }

    /// Its name in upper case: `AT+MPUB`.
    pub fn name(&self) -> String {
        name(&self.text).to_ascii_uppercase()
    }

    /// Its arguments, quotes taken away.
    pub fn arguments(&self) -> Vec<&str> {
        if self.is_question() { Vec::new() } else { fields(arguments(&self.text)) }
    }

    /// The argument at `place`, from 0; `None` when there are fewer.
    pub fn argument(&self, place: usize) -> Option<&str> {
        self.arguments().get(place).copied()
    }

    /// Where it opens a link to.
    pub fn target(&self) -> Option<Target<'_>> {
        self.verb.opens().then(|| Target::of(&self.text))
    }

    /// The same command in other words: its text with more of it masked.
    #[must_use]
    pub fn reworded(&self, text: &str) -> Self {
        Self { text: text.into(), verb: self.verb }
    }

    /// The first `most` characters, where a long one must not push out others.
    #[must_use]
    pub fn shortened(self, most: usize) -> Self {
        match self.text.char_indices().nth(most) {
            Some((end, _)) => Self { text: self.text[..end].into(), verb: self.verb },
            None => self,
        }
    }
}

impl From<String> for Line {
    fn from(text: String) -> Self {
        Self { verb: Verb::of(&text), text: text.into() }
    }
}

impl From<&str> for Line {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl Deref for Line {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl PartialEq<str> for Line {
    fn eq(&self, other: &str) -> bool {
        *self.text == *other
    }
}

impl PartialEq<&str> for Line {
    fn eq(&self, other: &&str) -> bool {
        *self.text == **other
    }
}

impl From<Line> for String {
    fn from(line: Line) -> Self {
        line.text.into()
    }
}

impl PartialEq<Line> for String {
    fn eq(&self, other: &Line) -> bool {
        **self == *other.text
    }
}

impl PartialEq<String> for Line {
    fn eq(&self, other: &String) -> bool {
        *self.text == **other
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.text, f)
    }
}

/// Where a link leads to, as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target<'a> {
    /// Name or numeric address, as it was written, without quotes.
    pub host: &'a str,
    /// TCP port; `None` when what was written is none.
    pub port: Option<u16>,
}

impl<'a> Target<'a> {
    /// Host and port of an `AT+MIPSTART` or `AT+SSLMIPSTART` line.
    fn of(line: &'a str) -> Self {
        let arguments = arguments(line);
        let (host, port) = arguments.rsplit_once(',').unwrap_or((arguments, ""));
        Self { host: host.trim().trim_matches('"'), port: port.trim().trim_matches('"').parse().ok() }
    }
}

/// What is awaited of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Awaited {
    /// `OK`: that it is accepted.
    Acceptance,
    /// `>`: that data may come.
    Prompt,
    /// `CONNECT OK`.
    Link,
    /// `CONNACK OK`.
    Login,
    /// `SUBACK`.
    Subscribed,
    /// `UNSUBACK`.
    Unsubscribed,
    /// `PUBACK`.
    Acknowledged,
    /// `PUBREC`.
    Received,
    /// `PUBCOMP`.
    Complete,
    /// Another line.
    Word(&'static str),
}

impl Awaited {
    /// What the word `text` stands for.
    pub fn of(text: &'static str) -> Self {
        AWAITED.iter().find(|(word, _)| *word == text).map_or(Self::Word(text), |(_, awaited)| *awaited)
    }

    /// The line itself.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Word(text) => text,
            other => AWAITED.iter().find(|(_, awaited)| *awaited == other).map_or("OK", |(word, _)| word),
        }
    }

    /// Whether it is the broker's word for a message.
    pub const fn confirms_publish(self) -> bool {
        matches!(self, Self::Acknowledged | Self::Received | Self::Complete)
    }
}

impl fmt::Display for Awaited {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The command's name as it stands: `AT+CSQ`.
fn name(line: &str) -> &str {
    line.split(['=', '?', ';']).next().unwrap_or(line).trim()
}

fn arguments(line: &str) -> &str {
    line.split_once('=').map_or("", |(_, arguments)| arguments.trim())
}

const AWAITED: &[(&str, Awaited)] = &[
    ("OK", Awaited::Acceptance),
    (">", Awaited::Prompt),
    ("CONNECT OK", Awaited::Link),
    ("CONNACK OK", Awaited::Login),
    ("SUBACK", Awaited::Subscribed),
    ("UNSUBACK", Awaited::Unsubscribed),
    ("PUBACK", Awaited::Acknowledged),
    ("PUBREC", Awaited::Received),
    ("PUBCOMP", Awaited::Complete),
];

/// How the MQTT commands of other makers begin (catalogue, F-200 and section 8).
const FOREIGN: &[&str] = &[
    "AT+QMT",
    "AT+QIOPEN",
    "AT+QIACT",
    "AT+QSSL",
    "AT+CMQTT",
    "AT+CCERT",
    "AT+CSSLCFG",
    "AT+SMCON",
    "AT+SMSUB",
    "AT+SMPUB",
    "AT+MQTTCONN",
    "AT+MQTTUSERCFG",
    "AT+MQTTSUB",
    "AT+MQTTPUB",
    "AT+MQTTCFG",
    "AT+MQTTOPEN",
    "AT+UMQTT",
    "AT+USECMNG",
    "AT#MQ",
    "AT%MQTT",
    "AT#XMQTT",
];

const NAMES: &[(&[&str], Verb)] = &[
    (&["AT"], Verb::Attention),
    (&["AT+IPR", "AT+ICF", "AT+IFC", "ATZ", "ATQ0", "ATV1"], Verb::LineSetting),
    (
        &[
            "ATI", "AT*I", "AT+VER", "AT+CGMI", "AT+CGMM", "AT+CGMR", "AT+CGSN", "AT+GSN", "AT+CIMI", "AT+CCID",
            "AT+ICCID", "AT+GMR", "AT+GMM", "AT+GMI", "AT^HVER",
        ],
        Verb::Identity,
    ),
    (&["AT+CMEE"], Verb::ErrorForm),
    (&["AT+CPIN", "AT+SIMCROSS", "AT*SIMAUTO"], Verb::Card),
    (&["AT+CPWD", "AT+CLCK"], Verb::Unlock),
    (&["AT+CSQ", "AT+CESQ", "AT*CSQ"], Verb::Signal),
    (&["AT+CREG", "AT+CGREG", "AT+CEREG"], Verb::Registration),
    (&["AT+COPS"], Verb::Operator),
    (&["AT+CGATT"], Verb::Attach),
    (&["AT+CGDCONT", "AT+CGPADDR", "AT+CGACT"], Verb::Bearer),
    (&["AT+CPNETAPN", "AT+CGAUTH"], Verb::AccessPoint),
    (&["AT+CFUN"], Verb::Radio),
    (&["AT+RESET", "AT+RSTSET", "AT+TRB"], Verb::Restart),
    (&["AT+CPOWD", "AT+QPOWD"], Verb::PowerDown),
    (&["AT+CCLK", "AT+CNTP"], Verb::Clock),
    (&["AT+CBC"], Verb::Supply),
    (&["AT*EXINFO", "AT+EXINFO"], Verb::StartReason),
    (&["AT+CSCLK", "AT+POWERMODE", "AT+CPSMS", "AT+CEDRXS", "AT*PSM"], Verb::Sleep),
    (
        &[
            "AT+CSTT",
            "AT+CIICR",
            "AT+CIFSR",
            "AT+CIPSTATUS",
            "AT+CIPMUX",
            "AT+CIPMODE",
            "AT+SAPBR",
            "AT+CIPCLOSE",
            "AT+CIPSTART",
            "AT+CIPSEND",
            "AT+CIPPING",
        ],
        Verb::Context,
    ),
    (&["AT+CIPSHUT"], Verb::ShutContext),
    (&["AT+CDNSGIP"], Verb::Resolve),
    (&["AT+CDNSCFG"], Verb::NameServers),
    (&["AT+SSLCFG"], Verb::TlsSetting),
    (&["AT+FSCREATE", "AT+FSMKDIR"], Verb::CreateFile),
    (&["AT+FSWRITE"], Verb::WriteFile),
    (&["AT+FSREAD", "AT+FSREADHEAD"], Verb::ReadFile),
    (&["AT+FSFLSIZE"], Verb::FileSize),
    (&["AT+FSLS"], Verb::ListFiles),
    (&["AT+FSMEM", "AT+FSDRIVE"], Verb::FileRoom),
    (&["AT+FSDEL", "AT+FSRMDIR"], Verb::DeleteFile),
    (&["AT+MCONFIG"], Verb::Configure),
    (&["AT+MIPSTART"], Verb::OpenLink),
    (&["AT+SSLMIPSTART"], Verb::OpenTls),
    (&["AT+MCONNECT"], Verb::LogIn),
    (&["AT+MSUB"], Verb::Subscribe),
    (&["AT+MUNSUB"], Verb::Unsubscribe),
    (&["AT+MPUB"], Verb::Publish),
    (&["AT+MPUBEX"], Verb::PublishBytes),
    (&["AT+MQTTSTATU"], Verb::SessionState),
    (&["AT+MDISCONNECT"], Verb::LogOut),
    (&["AT+MIPCLOSE"], Verb::CloseLink),
    (&["AT+MQTTMSGSET"], Verb::Reception),
    (&["AT+MQTTMSGGET"], Verb::Fetch),
    (&["AT+MQTTMODE"], Verb::PayloadForm),
    (&["AT+CGEREP"], Verb::Reports),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_what_it_asks_however_it_is_written() {
        let table = [
            ("AT", Verb::Attention),
            ("at+csq", Verb::Signal),
            ("AT+CPIN?", Verb::Card),
            ("AT+CPIN=\"1234\"", Verb::Unlock),
            ("AT+CFUN=1", Verb::Radio),
            ("AT+CFUN=1,1", Verb::Restart),
            ("AT+MIPSTART = \"h\",1883", Verb::OpenLink),
            ("AT+SSLMIPSTART=h,8883", Verb::OpenTls),
            ("AT+QMTOPEN=0,\"h\",1883", Verb::Foreign),
            ("ATE0", Verb::LineSetting),
            ("AT+NEVERHEARD", Verb::Other),
        ];
        for (line, verb) in table {
            assert_eq!(Line::from(line).verb(), verb, "{line}");
        }
    }

    #[test]
    fn host_and_port_are_values() {
        let line = Line::from("AT+SSLMIPSTART=\"broker.test\",\"8883\"");
        assert_eq!(line.target(), Some(Target { host: "broker.test", port: Some(8883) }));
        assert_eq!(Line::from("AT+MIPSTART=h").target(), Some(Target { host: "h", port: None }));
        assert_eq!(Line::from("AT+MSUB=\"t\",0").target(), None);
    }

    #[test]
    fn a_word_is_the_same_both_ways() {
        for (word, awaited) in AWAITED {
            assert_eq!((Awaited::of(word), awaited.as_str()), (*awaited, *word));
        }
        assert_eq!(Awaited::of("STATE:").as_str(), "STATE:");
    }

    #[test]
    fn a_question_has_no_arguments() {
        assert!(Line::from("AT+SSLCFG=?").is_question() && Line::from("ATI").is_question());
        assert_eq!(Line::from("AT+MSUB=?").arguments(), Vec::<&str>::new());
        assert_eq!(Line::from("AT+MSUB=\"a,b\",1").arguments(), ["a,b", "1"]);
    }
}
