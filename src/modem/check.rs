//! What a value must be before it may go into a command line. Nothing is sent that breaks a rule here.
//!
//! One judge: the core asks it before it sends, the form and the command line ask it before they open a port.

mod endpoint;

use std::{ops::RangeInclusive, time::Duration};

pub use self::endpoint::{Endpoint, endpoint};

use crate::{
    air780e::{
        limits,
        mqtt::{Publish, escaped},
        raw, tls,
    },
    at::text::is_hidden,
    modem::{
        board::Board,
        event::{Event, Fault, Note, ValueFault},
        request::{AccessPoint, Connection, FileRef, MeasurePlan, Subscription, TlsChange, Will},
    },
    mqtt::{DraftError, Filter, Message, Password},
    time::Moment,
};

/// A value of a connection that can be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// The broker's host.
    Host,
    /// The broker's port.
    Port,
    /// The client id.
    ClientId,
    /// The keep-alive.
    KeepAlive,
    /// The user name at the broker.
    User,
    /// The password at the broker.
    Password,
    /// The topic of the last will.
    WillTopic,
    /// The message of the last will.
    WillMessage,
    /// The name of the access point.
    AccessPoint,
    /// The user of the access point.
    AccessUser,
    /// The password of the access point.
    AccessPassword,
    /// A file for the module, by its place among those of the connection.
    File(usize),
    /// The name asked of the server.
    ServerName,
    /// The time for the handshake.
    Negotiation,
    /// A subscription, by its place.
    Subscription(usize),
}

/// A value that cannot be put into a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// The part of the connection that holds it.
    pub part: Part,
    /// What failed.
    pub why: Fault,
}

/// Everything in `connection` that cannot be put into commands, each value at most once; empty when all of it can.
pub fn connection(connection: &Connection) -> Vec<Wrong> {
    let Connection { credentials, will: last_will, apn, tls: options, .. } = connection;
    let none = ("", Password::default());
    let (user, password) = credentials.as_ref().map_or(none, |login| (login.user.as_str(), login.password.clone()));
    let single = [
        (Part::Host, host(&connection.host)),
        (Part::Port, not_zero("port", connection.port)),
        (Part::ClientId, filled("client id", &connection.client_id, limits::FIELD_BYTES)),
        (Part::User, field("user name", user, limits::FIELD_BYTES)),
        (Part::Password, field("password", password.reveal(), limits::FIELD_BYTES)),
        (Part::KeepAlive, not_zero("keep alive", connection.keep_alive)),
        (Part::WillTopic, last_will.as_ref().map_or(Ok(()), will_topic)),
        (Part::WillMessage, last_will.as_ref().map_or(Ok(()), will_message)),
        (Part::ServerName, options.server_name.as_deref().map_or(Ok(()), server_name)),
        (Part::Negotiation, options.negotiate_timeout.map_or(Ok(()), negotiation)),
    ];
    let files = connection.security.files();
    let files = files.iter().enumerate().map(|(place, one)| (Part::File(place), file(one)));
    let subscriptions = connection.subscriptions.iter().enumerate();
    let subscriptions = subscriptions.map(|(place, wanted)| (Part::Subscription(place), subscription(wanted)));
    let point = apn.iter().flat_map(access_parts);
    let all = single.into_iter().chain(point).chain(files).chain(subscriptions);
    all.filter_map(|(part, judged)| judged.err().map(|why| Wrong { part, why })).collect()
}

/// Whether an access point can be put into a command (reference, section 6.2).
pub(crate) fn access_point(wanted: &AccessPoint) -> Result<(), Fault> {
    access_parts(wanted).into_iter().try_for_each(|(_, judged)| judged)
}

fn access_parts(wanted: &AccessPoint) -> [(Part, Result<(), Fault>); 3] {
    let password = wanted.password.reveal();
    [
        (Part::AccessPoint, filled("access point", &wanted.name, limits::HOST_BYTES)),
        (Part::AccessUser, field("access point user", &wanted.user, limits::ACCESS_POINT_BYTES)),
        (Part::AccessPassword, field("access point password", password, limits::ACCESS_POINT_BYTES)),
    ]
}

/// Whether files can be put on the module (reference, section 8).
pub(crate) fn files(files: &[FileRef]) -> Result<(), Fault> {
    files.iter().try_for_each(file)
}

fn file(file: &FileRef) -> Result<(), Fault> {
    file_name(&file.name)?;
    let is_empty = file.contents.as_ref().is_some_and(|contents| contents.bytes().is_empty());
    if is_empty { Err(bad("file", ValueFault::NoContents { name: file.name.clone() })) } else { Ok(()) }
}

/// Whether a file name can be put into a command.
pub(crate) fn file_name(name: &str) -> Result<(), Fault> {
    filled("file name", name, limits::FILE_NAME_BYTES)
}

/// Whether a line typed by hand can be sent as it is.
pub(crate) fn typed(line: &str) -> Result<(), Fault> {
    not_empty("command", line.trim())?;
    if line.chars().any(char::is_control) {
        return Err(bad("command", ValueFault::Control));
    }
    if raw::wants_data(line) {
        return Err(bad("command", ValueFault::WantsData));
    }
    let quoted = raw::quoted_message(line).map_or(0, str::len);
    fits("message of AT+MPUB", quoted, limits::QUOTED.higher, limits::QUOTED.higher_origin)
}

/// Whether a card's PIN or PUK can be put into a command.
pub(crate) fn pin(pin: &str) -> Result<(), Fault> {
    let is_fit =
        (PIN_DIGITS.start..PIN_DIGITS.end).contains(&pin.len()) && pin.bytes().all(|byte| byte.is_ascii_digit());
    let why = ValueFault::NotDigits { lowest: PIN_DIGITS.start, highest: PIN_DIGITS.end - 1 };
    if is_fit { Ok(()) } else { Err(bad("PIN", why)) }
}

/// Whether a setting of the encryption can be erased.
pub(crate) fn tls_key(key: &str) -> Result<(), Fault> {
    if tls::KEYS.contains(&key) { Ok(()) } else { Err(bad("setting", ValueFault::UnknownName)) }
}

/// Whether settings of the encryption can be changed so.
pub(crate) fn tls_changes(changes: &[TlsChange]) -> Result<(), Fault> {
    changes.iter().try_for_each(|change| {
        tls_key(change.key)?;
        change.value.as_deref().map_or(Ok(()), |value| filled("setting", value, limits::HOST_BYTES))
    })
}

/// Whether a link to `host` can be asked for.
pub(crate) fn place(named: &str, port: u16) -> Result<(), Fault> {
    host(named).and_then(|()| not_zero("port", port))
}

/// Whether a host name can be put into a command.
pub(crate) fn host(host: &str) -> Result<(), Fault> {
    field("host", host, limits::HOST_BYTES)?;
    not_empty("host", host)?;
    is_name("host", host)
}

/// Whether `name` can be a name or an address and nothing else.
fn is_name(what: &'static str, name: &str) -> Result<(), Fault> {
    if name.chars().any(char::is_whitespace) {
        return Err(bad(what, ValueFault::Blank));
    }
    match stranger(name) {
        Some(found) => Err(bad(what, ValueFault::NotAName { found: found.to_owned() })),
        None => Ok(()),
    }
}

/// What in `host` belongs to no name and no address: a scheme, a user, a port, a path, an apostrophe, a comma, a sign of another
/// script that looks like one of them.
fn stranger(host: &str) -> Option<&str> {
    if host.parse::<std::net::IpAddr>().is_ok() {
        return None;
    }
    if let Some(end) = host.find("://") {
        return host.get(..end + 3);
    }
    let port = host.rfind(':').filter(|at| host[at + 1..].bytes().all(|byte| byte.is_ascii_digit()));
    let from = port.or_else(|| host.find(|sign| STRANGE.contains(&sign) || FULL_WIDTH.contains(&sign)))?;
    Some(if port.is_some() { &host[from..] } else { host[from..].split_inclusive(|_| true).next().unwrap_or("") })
}

/// Signs of a Chinese keyboard in the width of its letters.
const FULL_WIDTH: RangeInclusive<char> = '\u{ff01}'..='\u{ff61}';

/// Signs that no host name holds; some look like others.
const STRANGE: [char; 21] = [
    ':', '/', '\\', '@', ',', ';', '?', '#', '\'', '`', '(', ')', '<', '>', '[', ']', '=', '\u{2018}', '\u{2019}',
    '\u{3001}', '\u{3002}',
];

fn server_name(name: &str) -> Result<(), Fault> {
    filled("server name", name, limits::HOST_BYTES)?;
    is_name("server name", name)
}

fn negotiation(limit: Duration) -> Result<(), Fault> {
    let (lowest, highest) = (limits::NEGOTIATION.start().as_secs(), limits::NEGOTIATION.end().as_secs());
    let is_fit = limits::NEGOTIATION.contains(&limit);
    if is_fit { Ok(()) } else { Err(bad("negotiation time", out_of_range(limit.as_secs(), lowest, highest))) }
}

/// Tells that a value is beyond what one source allows, though not beyond what another does.
pub(crate) fn warn(at: Moment, limit: &limits::Limit, value: usize, board: &mut Board) {
    if limit.fit(value) == limits::Fit::Doubtful {
        let (what, origin, limit) = (limit.what, limit.lower_origin, limit.lower);
        board.tell(Event::Note { at, note: Note::BeyondLimit { what, value, limit, origin } });
    }
}

/// Whether a subscription can be put into a command.
pub(crate) fn subscription(wanted: &Subscription) -> Result<(), Fault> {
    filter(&wanted.filter)
}

/// Whether a topic filter can be put into a command.
pub(crate) fn filter(filter: &Filter) -> Result<(), Fault> {
    field("topic filter", filter.as_str(), limits::FIELD_BYTES)
}

/// Whether a message can be published.
pub(crate) fn message(message: &Message) -> Result<(), Fault> {
    let bytes = message.topic.as_str().len();
    if bytes > limits::FIELD_BYTES {
        return Err(DraftError::TopicTooLong { bytes, limit: limits::FIELD_BYTES }.into());
    }
    field("topic", message.topic.as_str(), limits::FIELD_BYTES)?;
    let bytes = message.payload.len();
    if bytes > limits::MPUBEX_BYTES && !Publish::fits(message) {
        return Err(limits::payload_too_long(bytes).into());
    }
    Ok(())
}

/// Whether a measuring run can be run.
pub(crate) fn measure(plan: &MeasurePlan) -> Result<(), Fault> {
    if plan.count == 0 {
        return Err(bad("count", ValueFault::OutOfRange { value: 0, lowest: 1, highest: u32::MAX.into() }));
    }
    message(&plan.message(plan.count))
}

fn will_topic(will: &Will) -> Result<(), Fault> {
    field("will topic", will.message.topic.as_str(), limits::FIELD_BYTES)
}

fn will_message(will: &Will) -> Result<(), Fault> {
    let payload = &will.message.payload;
    fits("will message", payload.len(), limits::WILL_BYTES, MANUAL)?;
    let text = std::str::from_utf8(payload).ok().filter(|_| escaped(payload).is_some());
    let text = text.ok_or_else(|| bad("will message", ValueFault::NotText))?;
    field("will message", text, limits::WILL_BYTES)
}

/// The rules of every quoted value: length, no quotes, nothing that acts or hides.
fn field(what: &'static str, text: &str, limit: usize) -> Result<(), Fault> {
    fits(what, text.len(), limit, MANUAL)?;
    match text.chars().find(|character| is_hidden(*character) || QUOTES.contains(character)) {
        None => Ok(()),
        Some(mark) if QUOTES.contains(&mark) => Err(bad(what, ValueFault::Quote { mark })),
        Some(character) => Err(bad(what, ValueFault::Invisible { character })),
    }
}

/// The same, and something must be in it.
fn filled(what: &'static str, text: &str, limit: usize) -> Result<(), Fault> {
    not_empty(what, text)?;
    field(what, text, limit)
}

fn not_zero(what: &'static str, value: u16) -> Result<(), Fault> {
    if value == 0 { Err(bad(what, out_of_range(0, 1, u64::from(u16::MAX)))) } else { Ok(()) }
}

fn fits(what: &'static str, bytes: usize, limit: usize, origin: &'static str) -> Result<(), Fault> {
    if bytes > limit { Err(bad(what, ValueFault::TooLong { bytes, limit, origin })) } else { Ok(()) }
}

fn not_empty(what: &'static str, text: &str) -> Result<(), Fault> {
    if text.is_empty() { Err(bad(what, ValueFault::Empty)) } else { Ok(()) }
}

const fn out_of_range(value: u64, lowest: u64, highest: u64) -> ValueFault {
    ValueFault::OutOfRange { value, lowest, highest }
}

const fn bad(what: &'static str, why: ValueFault) -> Fault {
    Fault::BadValue { what, why }
}

/// Who states the lengths of fields (reference, section 16).
const MANUAL: &str = "the AT manual";
/// Digits of a PIN by 3GPP.
const PIN_DIGITS: std::ops::Range<usize> = 4..9;

/// The plain double quote, and the curly and full-width ones that the module takes and then fails with
/// (reference, section 1).
const QUOTES: [char; 9] =
    ['"', '\u{201c}', '\u{201d}', '\u{201e}', '\u{201f}', '\u{ff02}', '\u{300c}', '\u{300d}', '\u{301d}'];

#[cfg(test)]
mod tests;
