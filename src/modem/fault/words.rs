//! Faults in words: which sentence of the language files says what happened, with its arguments. The English one is also what a
//! fault displays.

use std::fmt;

use super::{Fault, LossCause, PortFault, ValueFault};
use crate::{
    lang::{Lang, Text},
    mqtt::{DraftError, TopicError},
};

impl Fault {
    /// What happened, as a part of a sentence: it begins small and ends without a point.
    pub fn text(&self) -> Text {
        match self {
            Self::Port(port) => port.text(),
            Self::Silent { tries } => Text::new("seen-silent").put("tries", tries),
            Self::Noise { bytes } => Text::new("seen-noise").put("bytes", bytes),
            Self::LuaFirmware { line } => Text::new("seen-lua-firmware").put("line", line),
            Self::Refused { command, refusal } => {
                Text::new("seen-refused").put("command", command).put("refusal", refusal)
            }
            Self::BadOutcome { command, got, .. } => {
                Text::new("seen-bad-outcome").put("command", command).put("got", got)
            }
            Self::TimedOut { command, expected, after } => Text::new("seen-timed-out")
                .put("command", command)
                .put("expected", expected)
                .put("seconds", after.as_secs()),
            Self::Unfitting { command, got } => {
                Text::new("seen-unfitting").put("command", command).put("quoted", format_args!("{got:?}"))
            }
            Self::SimNotReady { state } => Text::new("seen-sim-not-ready").put("state", state),
            Self::NoSignal { rssi } => Text::new("seen-no-signal").put("rssi", rssi),
            Self::NotRegistered { stat, after } => {
                Text::new("seen-not-registered-after").put("stat", stat).put("seconds", after.as_secs())
            }
            Self::RadioOff { function } => Text::new("seen-radio-off").put("function", function),
            Self::NoService => Text::new("seen-no-service"),
            Self::NotAttached { after } => Text::new("seen-not-attached-after").put("seconds", after.as_secs()),
            Self::SessionLost(loss) => loss.text(),
            Self::NotConnected => Text::new("seen-not-connected"),
            Self::Busy => Text::new("seen-busy"),
            Self::Draft(error) => draft(error),
            Self::BadValue { what, why } => {
                Text::new("seen-bad-value").with("what", value(what)).with("why", why.text().in_brackets())
            }
            Self::NotResolved { host, number: Some(number) } => {
                Text::new("seen-not-resolved").put("host", host).put("number", number)
            }
            Self::NotResolved { host, number: None } => Text::new("seen-not-resolved-mute").put("host", host),
            Self::FileDiffers { name, expected, found } => {
                Text::new("seen-file-differs").put("name", name).put("expected", expected).put("found", found)
            }
            Self::ReadingDisturbed { name, bytes } => {
                Text::new("seen-reading-disturbed").put("name", name).put("bytes", bytes)
            }
            Self::SettingDiffers { setting, expected, found } => Text::new("seen-setting-differs")
                .put("setting", setting)
                .put("quoted", format_args!("{found:?}"))
                .put("wanted", format_args!("{expected:?}")),
            Self::Cancelled => Text::new("seen-cancelled"),
        }
    }
}

impl PortFault {
    /// Why the port is of no use, as a part of a sentence.
    pub fn text(&self) -> Text {
        match self {
            Self::Missing { port } => Text::new("seen-port-missing").put("port", port),
            Self::Busy { port } => Text::new("seen-port-busy").put("port", port),
            Self::NoPermission { port, group: None } => Text::new("seen-refused-port").put("port", port),
            Self::NoPermission { port, group: Some(group) } => {
                Text::new("seen-refused-port-group").put("port", port).put("group", group)
            }
            Self::Unplugged { port } => Text::new("seen-port-unplugged").put("port", port),
            Self::NotSerial { port } => Text::new("seen-port-not-serial").put("port", port),
            Self::Other { port, detail } => Text::new("seen-port-other").put("port", port).put("detail", detail),
            Self::WorkerDied { port, detail } => Text::new("seen-worker-died").put("port", port).put("detail", detail),
        }
    }
}

impl LossCause {
    /// How the session was lost, as a part of a sentence.
    pub const fn text(self) -> Text {
        Text::new(match self {
            Self::Closed => "seen-closed",
            Self::BearerLost => "seen-bearer-lost",
            Self::ModuleRestarted => "seen-module-restarted",
            Self::SimRemoved => "seen-sim-removed",
            Self::Silent => "seen-module-silent",
        })
    }
}

impl ValueFault {
    /// What is wrong with a value, as the end of a sentence.
    pub fn text(&self) -> Text {
        match self {
            Self::Empty => Text::new("value-empty"),
            Self::TooLong { bytes, limit, origin } => Text::new("value-too-long")
                .with("bytes", *bytes)
                .with("limit", *limit)
                .with("origin", origin_of(origin)),
            Self::OutOfRange { value, lowest, highest } => {
                Text::new("value-out-of-range").put("value", value).put("lowest", lowest).put("highest", highest)
            }
            Self::Quote { mark } => Text::new("value-quote").put("mark", mark),
            Self::Invisible { character } => {
                Text::new("value-invisible").put("code", format_args!("U+{:04X}", u32::from(*character)))
            }
            Self::NotAName { found } => Text::new("value-not-a-name").put("found", found),
            Self::Blank => Text::new("value-blank"),
            Self::Control => Text::new("value-control"),
            Self::WantsData => Text::new("value-wants-data"),
            Self::NotText => Text::new("value-not-text"),
            Self::NoContents { name } => Text::new("value-no-contents").put("name", name),
            Self::NotDigits { lowest, highest } => {
                Text::new("value-not-digits").put("lowest", lowest).put("highest", highest)
            }
            Self::UnknownName => Text::new("value-unknown-name"),
            Self::Topic(error) => topic(error),
        }
    }
}

/// Why a text is no topic and no filter, as a part of a sentence.
pub fn topic(error: &TopicError) -> Text {
    match error {
        TopicError::Empty => Text::new("seen-topic-empty"),
        TopicError::TooLong { bytes } => Text::new("seen-topic-too-long").put("bytes", bytes),
        TopicError::Nul => Text::new("seen-topic-nul"),
        TopicError::Wildcard { wildcard } => {
            Text::new("seen-topic-wildcard").put("wildcard", format_args!("{wildcard:?}"))
        }
        TopicError::MisplacedWildcard { wildcard: '#' } => Text::new("seen-topic-misplaced-hash"),
        TopicError::MisplacedWildcard { wildcard } => {
            Text::new("seen-topic-misplaced-wildcard").put("wildcard", format_args!("{wildcard:?}"))
        }
    }
}

/// Why a message cannot be sent, as a part of a sentence.
pub fn draft(error: &DraftError) -> Text {
    match error {
        DraftError::Topic(error) => topic(error),
        DraftError::TopicTooLong { bytes, limit } => {
            Text::new("seen-topic-over-limit").put("bytes", bytes).put("limit", limit)
        }
        DraftError::PayloadTooLong { bytes, limit, origin } => {
            Text::new("seen-payload-too-long").put("bytes", bytes).put("limit", limit).with("origin", origin_of(origin))
        }
    }
}

/// The word for a value that the core names.
pub(in crate::modem) fn value(what: &'static str) -> Text {
    Text::new(match what {
        "host" => "seen-value-host",
        "port" => "seen-value-port",
        "client id" => "seen-value-client-id",
        "user name" => "seen-value-user-name",
        "password" => "seen-value-password",
        "keep alive" => "seen-value-keep-alive",
        "access point" => "seen-value-access-point",
        "access point user" => "seen-value-access-point-user",
        "access point password" => "seen-value-access-point-password",
        "file" => "seen-value-file",
        "file name" => "seen-value-file-name",
        "server name" => "seen-value-server-name",
        "negotiation time" => "seen-value-negotiation-time",
        "topic" => "seen-value-topic",
        "will topic" => "seen-value-will-topic",
        "topic filter" => "seen-value-filter",
        "will message" => "seen-value-will-message",
        "message of AT+MPUB" => "seen-value-quoted-message",
        "payload" => "seen-value-payload",
        "setting" => "seen-value-setting",
        "count" => "seen-value-count",
        "command" => "seen-value-command",
        name => return Text::plain(name),
    })
}

/// Who states a limit.
pub(in crate::modem) fn origin_of(origin: &'static str) -> Text {
    Text::new(match origin {
        "the AT manual" => "seen-origin-manual",
        "the tutorial" => "seen-origin-tutorial",
        "the tutorial, for AT+MPUBEX" => "seen-origin-tutorial-mpubex",
        "the tutorial, for receiving in direct mode" => "seen-origin-tutorial-direct",
        other => return Text::plain(other),
    })
}

/// In English, as it stands in the program's own log.
macro_rules! displays {
    ($($name:ident),*) => {$(
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.text().to(Lang::En))
            }
        }
    )*};
}

displays!(Fault, PortFault, LossCause);

/// In English, without the point that ends its sentence.
impl fmt::Display for ValueFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text().in_brackets().to(Lang::En))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::{
        air780e::{limits, verb::Awaited},
        modem::fault::Refusal,
    };

    fn ports() -> Vec<PortFault> {
        let port = || "COM5".to_owned();
        vec![
            PortFault::Missing { port: port() },
            PortFault::Busy { port: port() },
            PortFault::NoPermission { port: port(), group: None },
            PortFault::NoPermission { port: port(), group: Some("dialout".into()) },
            PortFault::Unplugged { port: port() },
            PortFault::NotSerial { port: port() },
            PortFault::WorkerDied { port: port(), detail: "x".into() },
        ]
    }

    fn values() -> Vec<ValueFault> {
        vec![
            ValueFault::Empty,
            ValueFault::TooLong { bytes: 4_101, limit: 4_100, origin: "the AT manual" },
            ValueFault::OutOfRange { value: 0, lowest: 1, highest: 9 },
            ValueFault::Quote { mark: '"' },
            ValueFault::Invisible { character: '\u{200b}' },
            ValueFault::NotAName { found: "mqtts://".into() },
            ValueFault::Blank,
            ValueFault::Control,
            ValueFault::WantsData,
            ValueFault::NotText,
            ValueFault::NoContents { name: "ca.crt".into() },
            ValueFault::NotDigits { lowest: 4, highest: 8 },
            ValueFault::UnknownName,
        ]
    }

    fn topics() -> Vec<TopicError> {
        let wildcards = ['+', '#']
            .into_iter()
            .flat_map(|wildcard| [TopicError::Wildcard { wildcard }, TopicError::MisplacedWildcard { wildcard }]);
        [TopicError::Empty, TopicError::TooLong { bytes: 70_000 }, TopicError::Nul]
            .into_iter()
            .chain(wildcards)
            .collect()
    }

    fn faults() -> Vec<Fault> {
        let after = Duration::from_secs(9);
        let command = || "AT+MCONNECT=1,60".into();
        let losses = [
            LossCause::Closed,
            LossCause::BearerLost,
            LossCause::ModuleRestarted,
            LossCause::SimRemoved,
            LossCause::Silent,
        ];
        let drafts = [limits::payload_too_long(9_999), DraftError::TopicTooLong { bytes: 300, limit: 256 }];
        let plain = vec![
            Fault::Silent { tries: 5 },
            Fault::Noise { bytes: 9 },
            Fault::LuaFirmware { line: "LuatOS".into() },
            Fault::Refused { command: command(), refusal: Refusal::Cme(767) },
            Fault::BadOutcome { command: command(), expected: Awaited::Login, got: "CLOSED".into(), after },
            Fault::TimedOut { command: command(), expected: Awaited::Login, after },
            Fault::Unfitting { command: command(), got: "x\"".into() },
            Fault::SimNotReady { state: "SIM PIN".into() },
            Fault::NoSignal { rssi: 99 },
            Fault::NotRegistered { stat: 2, after },
            Fault::RadioOff { function: 4 },
            Fault::NoService,
            Fault::NotAttached { after },
            Fault::NotConnected,
            Fault::Busy,
            Fault::NotResolved { host: "b.example".into(), number: Some(11) },
            Fault::NotResolved { host: "b.example".into(), number: None },
            Fault::FileDiffers { name: "ca.crt".into(), expected: 9, found: 7 },
            Fault::ReadingDisturbed { name: "ca.crt".into(), bytes: 9 },
            Fault::SettingDiffers { setting: "sslversion", expected: "3".into(), found: "0".into() },
            Fault::Cancelled,
        ];
        let values = values().into_iter().map(|why| Fault::BadValue { what: "host", why });
        let losses = losses.into_iter().map(Fault::SessionLost);
        let drafts = drafts.into_iter().chain(topics().into_iter().map(DraftError::Topic)).map(Fault::Draft);
        plain
            .into_iter()
            .chain(values)
            .chain(losses)
            .chain(drafts)
            .chain(ports().into_iter().map(Fault::Port))
            .collect()
    }

    /// A word of three letters or more that is no name, no command and no word of the wire.
    fn is_english(sentence: &str) -> bool {
        let words = sentence.split(|sign: char| !sign.is_ascii_lowercase());
        words.filter(|word| ["the", "that", "was", "not", "has", "and", "for", "this"].contains(word)).count() > 0
    }

    #[test]
    fn every_fault_has_its_words_in_every_language() {
        for fault in faults() {
            let text = fault.text();
            for lang in Lang::ALL {
                let said = text.to(lang);
                assert!(!said.is_empty() && !said.contains('{') && !said.starts_with("seen-"), "{fault:?}: {said}");
                assert!(lang == Lang::En || !said.is_ascii() && !is_english(&said), "{fault:?}: {said}");
            }
        }
    }

    #[test]
    fn what_a_fault_displays_says_what_is_wrong_and_what_to_do() {
        let bad = |why| Fault::BadValue { what: "will message", why }.to_string();
        assert_eq!(
            bad(ValueFault::TooLong { bytes: 1_400, limit: 1_360, origin: "the AT manual" }),
            "will message: it has 1400 bytes; the module takes at most 1360 (the AT manual)"
        );
        assert_eq!(bad(ValueFault::Empty), "will message: it is empty; write at least one character");
        let refused = Fault::Refused { command: "AT+CSQ".into(), refusal: Refusal::Cme(3) };
        assert_eq!(refused.to_string(), "AT+CSQ was refused: +CME ERROR: 3");
        let late = Fault::NotAttached { after: Duration::from_mins(1) };
        assert_eq!(late.to_string(), "registered, but no data connection after 60 s");
        let unfit = Fault::Unfitting { command: "AT".into(), got: "x".into() };
        assert_eq!(unfit.to_string(), "AT was answered by \"x\", which does not fit");
        for error in topics() {
            assert_eq!(topic(&error).to(Lang::En), error.to_string(), "one sentence for one fault");
        }
        let long = limits::payload_too_long(9_999);
        assert_eq!(draft(&long).to(Lang::En), long.to_string());
        assert_eq!(LossCause::Silent.to_string(), "the module no longer answers");
    }
}
