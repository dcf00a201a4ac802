//! The words for what goes wrong at the broker: with a client, with a file, with a port.

use std::io;

use crate::{
    broker::{ClientFault, FileError, Limit, ListenFault, UsersError},
    cli::words::system,
    lang::Text,
    modem::fault::topic_words,
    tls::{MaterialError, ServerError},
};

/// Why a client was refused or cut off.
pub(super) fn client(fault: &ClientFault) -> Text {
    match fault {
        ClientFault::NoConnect => Text::new("broker-no-connect"),
        ClientFault::KeepAlive => Text::new("broker-keep-alive"),
        ClientFault::NotConnect => Text::new("broker-not-connect"),
        ClientFault::Flags { kind, flags } => {
            Text::new("broker-flags").put("type", kind).put("flags", format_args!("{flags:#06b}"))
        }
        ClientFault::ZeroIdentifier => Text::new("broker-zero-identifier"),
        ClientFault::WrongPacket => Text::new("broker-wrong-packet"),
        ClientFault::Malformed(what) => Text::new("broker-malformed").with("what", detail(what)),
        ClientFault::Protocol(what) => Text::new("broker-protocol").with("what", detail(what)),
        ClientFault::Topic(error) => topic_words(error),
        ClientFault::TopicAlias => Text::new("broker-topic-alias"),
        ClientFault::ReceiveMaximum => Text::new("broker-receive-maximum"),
        ClientFault::TooLarge => Text::new("broker-too-large"),
        ClientFault::Version { level } => Text::new("broker-version").with("client", version(*level)),
        ClientFault::ClientId => Text::new("broker-client-id"),
        ClientFault::NoUser => Text::new("broker-no-user"),
        ClientFault::Password => Text::new("broker-password"),
        ClientFault::AuthenticationMethod => Text::new("broker-authentication-method"),
        ClientFault::Sessions => Text::new("broker-sessions"),
        ClientFault::TakenOver => Text::new("broker-taken-over"),
        ClientFault::Kicked => Text::new("broker-kicked"),
        ClientFault::SlowReader { waiting } => Text::new("broker-slow-reader").put("waiting", waiting),
        ClientFault::HalfReceived => Text::new("broker-half-received"),
        ClientFault::Quota(bound) => Text::new("broker-quota").with("limit", limit(*bound)),
        ClientFault::Crowded => Text::new("broker-crowded"),
        ClientFault::Handshake { why } => Text::new("broker-handshake").put("why", why),
        ClientFault::Panicked => Text::new("broker-panicked"),
        ClientFault::Ending => Text::new("broker-ending"),
    }
}

/// What is wrong with a packet.
fn detail(what: &'static str) -> Text {
    Text::new(match what {
        "AUTH without an authentication method" => "broker-detail-auth-no-method",
        "a NUL character in a text" => "broker-detail-nul",
        "a field or property that may not stand there" => "broker-detail-field",
        "a length of more than four bytes" => "broker-detail-length",
        "a maximum of zero" => "broker-detail-maximum-zero",
        "a password without a user name" => "broker-detail-no-user-name",
        "a property that may not stand there, or stands twice" => "broker-detail-property",
        "a protocol name that is not MQTT" => "broker-detail-name",
        "a response topic that is no topic" => "broker-detail-response-topic",
        "a second CONNECT" => "broker-detail-second-connect",
        "a session that ended with its connection shall stay now" => "broker-detail-expiry",
        "a subscription identifier in a client's PUBLISH" => "broker-detail-subscription-identifier",
        "an answer that cannot be written" => "broker-detail-answer",
        "authentication data without a method" => "broker-detail-auth-no-data",
        "bytes behind the last field" => "broker-detail-behind",
        "bytes in a packet that has none" => "broker-detail-in-empty",
        "connect flags that exclude each other" => "broker-detail-flags",
        "it ends before its properties" => "broker-detail-no-properties",
        "it ends in the middle of a field" => "broker-detail-no-end",
        "its fields do not fit" => "broker-detail-unfit",
        "neither a topic nor an alias" => "broker-detail-no-topic",
        "no local in a shared subscription" => "broker-detail-no-local",
        "reserved bits beside the QoS of a subscription" => "broker-detail-reserved",
        other => return Text::plain(other),
    })
}

fn version(level: u8) -> Text {
    match level {
        3 => Text::new("broker-version-3"),
        level if level & BRIDGE != 0 => Text::new("broker-version-bridge"),
        level => Text::new("broker-version-other").put("level", level),
    }
}

/// Bit that mosquitto's bridges set in the protocol level.
const BRIDGE: u8 = 0x80;

/// A bound that took effect.
pub(super) const fn limit(limit: Limit) -> Text {
    Text::new(match limit {
        Limit::Queue => "broker-limit-queue",
        Limit::Retained => "broker-limit-retained",
        Limit::ClientPacket => "broker-limit-client-packet",
        Limit::HalfReceived => "broker-limit-half-received",
        Limit::Outbound => "broker-limit-outbound",
        Limit::Connections => "broker-limit-connections",
        Limit::Sessions => "broker-limit-sessions",
        Limit::Subscriptions => "broker-limit-subscriptions",
    })
}

/// Why a list of users was not understood.
pub(super) fn users(error: &UsersError) -> Text {
    match error {
        UsersError::NoColon { line } => Text::new("broker-users-no-colon").put("line", line),
        UsersError::NoName { line } => Text::new("broker-users-no-name").put("line", line),
        UsersError::Twice { line } => Text::new("broker-users-twice").put("line", line),
    }
}

/// Why the broker does not start: a port, a certificate, a file.
pub(super) fn start(error: &io::Error) -> Text {
    let Some(inner) = error.get_ref() else { return system(error) };
    if let Some(fault) = inner.downcast_ref::<ListenFault>() {
        return listening(fault);
    }
    if let Some(fault) = inner.downcast_ref::<ServerError>() {
        return server(*fault);
    }
    match inner.downcast_ref::<FileError>() {
        Some(FileError::Store(error) | FileError::Capture(error)) => kept(error),
        None => system(error),
    }
}

fn listening(fault: &ListenFault) -> Text {
    match fault {
        ListenFault::Taken(at) => Text::new("broker-port-taken").put("port", at.port()).put("ip", at.ip()),
        ListenFault::NoRight(at) => Text::new("broker-port-no-right").put("port", at.port()),
        ListenFault::Kept(at) => Text::new("broker-port-kept").put("port", at.port()),
        ListenFault::Foreign(at) => Text::new("broker-address-foreign").put("ip", at.ip()),
        ListenFault::Other(at, detail) => Text::new("broker-cannot-listen").put("address", at).put("detail", detail),
        ListenFault::NoAuthority => Text::new("broker-no-authority"),
        ListenFault::NoFile => Text::new("broker-no-file"),
    }
}

fn kept(error: &io::Error) -> Text {
    match error.kind() {
        io::ErrorKind::ResourceBusy => Text::new("broker-store-busy"),
        io::ErrorKind::InvalidData => Text::new("broker-store-foreign"),
        _ => start(error),
    }
}

fn server(fault: ServerError) -> Text {
    match fault {
        ServerError::Certificate(why) => Text::new("broker-certificate").with("why", material(why)),
        ServerError::Key(why) => Text::new("broker-key").with("why", material(why)),
        ServerError::KeyMismatch => Text::new("broker-key-mismatch"),
        ServerError::ClientAuthority(why) => Text::new("broker-client-authority").with("why", material(why)),
        ServerError::RevocationList(_)
        | ServerError::ForeignRevocationList
        | ServerError::TemporaryFile(_)
        | ServerError::Library(_) => Text::new("broker-tls-refused").put("why", fault),
    }
}

const fn material(error: MaterialError) -> Text {
    Text::new(match error {
        MaterialError::NotACertificate => "broker-not-a-certificate",
        MaterialError::NotAKey => "broker-not-a-key",
        MaterialError::NotARevocationList => "broker-not-a-list",
    })
}
