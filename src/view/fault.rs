//! Faults in words: which sentence of the language files says what happened, with its arguments.

use crate::{
    air780e::codes,
    lang::{Arg, Phrase, Text},
    model::event::{Fault, LossCause, PortFault, Refusal},
    mqtt::{DraftError, TopicError},
};

/// What happened.
pub fn text(fault: &Fault) -> Text {
    match fault {
        Fault::Port(port) => port_text(port),
        Fault::Silent { tries } => Text::new("fault-silent").with("tries", *tries),
        Fault::Noise { bytes } => Text::new("fault-noise").with("bytes", *bytes),
        Fault::LuaFirmware { line } => Text::new("fault-lua").with("line", line.as_str()),
        Fault::Refused { command, refusal } => {
            Text::new("fault-refused").with("command", command.as_str()).with("refusal", refusal_arg(*refusal))
        }
        Fault::BadOutcome { command, got, .. } => {
            Text::new("fault-bad-outcome").with("command", command.as_str()).with("got", got.as_str())
        }
        Fault::TimedOut { command, expected, after } => Text::new("fault-timed-out")
            .with("command", command.as_str())
            .with("expected", expected.as_str())
            .with("seconds", after.as_secs()),
        Fault::Unfitting { command, got } => {
            Text::new("fault-unfitting").with("command", command.as_str()).with("got", got.as_str())
        }
        Fault::SimNotReady { state } => Text::new("fault-sim").with("state", state.as_str()),
        Fault::NoSignal { rssi } => Text::new("fault-no-signal").with("rssi", *rssi),
        Fault::NotRegistered { stat, after } => {
            Text::new("fault-not-registered").with("stat", *stat).with("seconds", after.as_secs())
        }
        Fault::RadioOff { function } => Text::new("fault-radio-off").with("function", *function),
        Fault::NoService => Text::new("fault-no-service"),
        Fault::NotAttached { after } => Text::new("fault-not-attached").with("seconds", after.as_secs()),
        Fault::SessionLost(cause) => loss_text(*cause),
        Fault::NotConnected => Text::new("fault-not-connected"),
        Fault::Busy => Text::new("fault-busy"),
        Fault::Draft(error) => draft_text(error),
        Fault::BadValue { what, why } => {
            Text::new("fault-bad-value").with("what", Text::new(field_key(what))).with("why", why.text())
        }
        Fault::NotResolved { host, number: Some(number) } => {
            let meaning = codes::dns(*number).map_or(UNDOCUMENTED, |code| code.short);
            Text::new("fault-not-resolved").with("host", host.as_str()).with("number", *number).with("meaning", meaning)
        }
        Fault::NotResolved { host, number: None } => Text::new("fault-not-resolved-mute").with("host", host.as_str()),
        Fault::FileDiffers { name, expected, found } => Text::new("fault-file-differs")
            .with("name", name.as_str())
            .with("expected", *expected)
            .with("found", *found),
        Fault::ReadingDisturbed { name, bytes } => {
            Text::new("fault-reading-disturbed").with("name", name.as_str()).with("bytes", *bytes)
        }
        Fault::SettingDiffers { setting, expected, found } => Text::new("fault-setting-differs")
            .with("setting", *setting)
            .with("expected", expected.as_str())
            .with("found", found.as_str()),
        Fault::Cancelled => Text::new("fault-cancelled"),
    }
}

const UNDOCUMENTED: Phrase = Phrase::new("not-documented");

/// What the module printed, and what it means, if that is known.
fn refusal_arg(refusal: Refusal) -> Arg {
    let code = if let Refusal::Cme(number) = refusal { codes::cme(number) } else { None };
    let line = refusal.to_string();
    match code {
        None => line.into(),
        Some(code) => Text::new("refusal-known").with("line", line).with("meaning", code.short).into(),
    }
}

/// The word for a value that the core names.
fn field_key(what: &str) -> &'static str {
    match what {
        "host" => "value-of-host",
        "port" => "value-of-port",
        "client id" => "value-of-client-id",
        "user name" => "value-of-user-name",
        "password" => "value-of-password",
        "keep alive" => "value-of-keep-alive",
        "access point" => "value-of-apn",
        "access point user" => "value-of-apn-user",
        "access point password" => "value-of-apn-password",
        "file" | "file name" => "value-of-file",
        "server name" => "value-of-server-name",
        "negotiation time" => "value-of-negotiation",
        "topic" | "will topic" => "value-of-topic",
        "topic filter" => "value-of-filter",
        "will message" => "value-of-will",
        "message of AT+MPUB" => "value-of-message",
        "PIN" => "value-of-pin",
        "setting" => "value-of-setting",
        _ => "value-of-command",
    }
}

/// Why a port is of no use.
pub fn port_text(fault: &PortFault) -> Text {
    match fault {
        PortFault::Missing { port } => Text::new("port-missing").with("port", port.as_str()),
        PortFault::Busy { port } => Text::new("port-busy").with("port", port.as_str()),
        PortFault::NoPermission { port, group: Some(group) } => {
            Text::new("port-no-permission-group").with("port", port.as_str()).with("group", group.as_str())
        }
        PortFault::NoPermission { port, group: None } => Text::new("port-no-permission").with("port", port.as_str()),
        PortFault::Unplugged { port } => Text::new("port-unplugged").with("port", port.as_str()),
        PortFault::NotSerial { port } => Text::new("port-not-serial").with("port", port.as_str()),
        PortFault::Other { port, detail } => {
            Text::new("port-other").with("port", port.as_str()).with("detail", detail.as_str())
        }
        PortFault::WorkerDied { port, detail } => {
            Text::new("port-worker-died").with("port", port.as_str()).with("detail", detail.as_str())
        }
    }
}

/// How a session was lost.
pub const fn loss_text(cause: LossCause) -> Text {
    Text::new(match cause {
        LossCause::Closed => "loss-closed",
        LossCause::BearerLost => "loss-bearer",
        LossCause::ModuleRestarted => "loss-restart",
        LossCause::SimRemoved => "loss-sim",
        LossCause::Silent => "loss-silent",
    })
}

/// Why a text is not a topic or not a filter.
pub fn topic_text(error: &TopicError) -> Text {
    match error {
        TopicError::Empty => Text::new("fault-topic-empty"),
        TopicError::TooLong { bytes } => {
            Text::new("fault-topic-too-long").with("bytes", *bytes).with("limit", 65_535_u32)
        }
        TopicError::Nul => Text::new("fault-topic-nul"),
        TopicError::Wildcard { wildcard } => Text::new("fault-topic-wildcard").with("wildcard", wildcard.to_string()),
        TopicError::MisplacedWildcard { wildcard } => {
            Text::new("fault-topic-misplaced-wildcard").with("wildcard", wildcard.to_string())
        }
    }
}

/// Why a publish or a will cannot be sent.
pub fn draft_text(error: &DraftError) -> Text {
    match error {
        DraftError::Topic(error) => topic_text(error),
        DraftError::TopicTooLong { bytes, limit } => {
            Text::new("fault-topic-too-long").with("bytes", *bytes).with("limit", *limit)
        }
        DraftError::PayloadTooLong { bytes, limit, .. } => {
            Text::new("fault-payload-too-long").with("bytes", *bytes).with("limit", *limit)
        }
    }
}
