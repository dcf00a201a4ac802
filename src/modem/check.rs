//! What a value must be before it may go into a command line. Nothing is sent that breaks a rule here.

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
        request::{AccessPoint, Connection, FileRef, MeasurePlan, Subscription, Will},
    },
    mqtt::{DraftError, Filter, Message},
    time::Moment,
};

/// Whether a connection can be put into commands.
pub(crate) fn connection(connection: &Connection) -> Result<(), Fault> {
    host(&connection.host)?;
    if connection.port == 0 {
        return Err(bad("port", out_of_range(0, 1, u64::from(u16::MAX))));
    }
    not_empty("client id", &connection.client_id)?;
    field("client id", &connection.client_id, limits::FIELD_BYTES)?;
    if connection.keep_alive == 0 {
        return Err(bad("keep alive", out_of_range(0, 1, u64::from(u16::MAX))));
    }
    if let Some(login) = &connection.credentials {
        field("user name", &login.user, limits::FIELD_BYTES)?;
        field("password", login.password.reveal(), limits::FIELD_BYTES)?;
    }
    connection.will.as_ref().map_or(Ok(()), will)?;
    connection.apn.as_ref().map_or(Ok(()), access_point)?;
    files(&connection.security.files())?;
    encryption(connection)?;
    connection.subscriptions.iter().try_for_each(subscription)
}

/// Whether an access point can be put into a command (reference, section 6.2).
pub(crate) fn access_point(wanted: &AccessPoint) -> Result<(), Fault> {
    not_empty("access point", &wanted.name)?;
    field("access point", &wanted.name, limits::HOST_BYTES)?;
    field("access point user", &wanted.user, limits::ACCESS_POINT_BYTES)?;
    field("access point password", wanted.password.reveal(), limits::ACCESS_POINT_BYTES)
}

/// Whether files can be put on the module (reference, section 8).
pub(crate) fn files(files: &[FileRef]) -> Result<(), Fault> {
    files.iter().try_for_each(|file| {
        file_name(&file.name)?;
        let is_empty = file.contents.as_ref().is_some_and(|contents| contents.bytes().is_empty());
        if is_empty { Err(bad("file", ValueFault::NoContents { name: file.name.clone() })) } else { Ok(()) }
    })
}

/// Whether a file name can be put into a command.
pub(crate) fn file_name(name: &str) -> Result<(), Fault> {
    not_empty("file name", name)?;
    field("file name", name, limits::FILE_NAME_BYTES)
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
    let from = port.or_else(|| host.find(|sign| STRANGE.contains(&sign)))?;
    Some(if port.is_some() { &host[from..] } else { host[from..].split_inclusive(|_| true).next().unwrap_or("") })
}

/// Signs that no host name holds; some look like others.
const STRANGE: [char; 27] = [
    ':', '/', '\\', '@', ',', ';', '?', '#', '\'', '`', '(', ')', '<', '>', '[', ']', '=', '\u{2018}', '\u{2019}',
    '\u{ff1a}', '\u{ff0f}', '\u{ff0e}', '\u{3002}', '\u{ff0c}', '\u{3001}', '\u{ff20}', '\u{ff1b}',
];

fn encryption(connection: &Connection) -> Result<(), Fault> {
    if let Some(name) = &connection.tls.server_name {
        not_empty("server name", name)?;
        field("server name", name, limits::HOST_BYTES)?;
        is_name("server name", name)?;
    }
    match connection.tls.negotiate_timeout {
        Some(limit) if !limits::NEGOTIATION.contains(&limit) => {
            let (lowest, highest) = (limits::NEGOTIATION.start(), limits::NEGOTIATION.end());
            Err(bad("negotiation time", out_of_range(limit.as_secs(), lowest.as_secs(), highest.as_secs())))
        }
        _ => Ok(()),
    }
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

fn will(will: &Will) -> Result<(), Fault> {
    let Message { topic, payload, .. } = &will.message;
    field("will topic", topic.as_str(), limits::FIELD_BYTES)?;
    fits("will message", payload.len(), limits::WILL_BYTES, MANUAL)?;
    let text = std::str::from_utf8(payload).ok().filter(|_| escaped(payload).is_some());
    let Some(text) = text else {
        return Err(bad("will message", ValueFault::NotText));
    };
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
