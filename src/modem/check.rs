//! What a value must be before it may go into a command line. Nothing is sent that breaks a rule here.

use crate::{
    air780e::{
        limits,
        mqtt::{Publish, escaped},
        raw,
    },
    at::text::is_hidden,
    modem::{
        board::Board,
        event::{Event, Fault, Note},
        request::{AccessPoint, Connection, FileRef, MeasurePlan, Subscription, Will},
    },
    mqtt::{DraftError, Filter, Message},
    time::Moment,
};

/// Whether a connection can be put into commands.
pub(crate) fn connection(connection: &Connection) -> Result<(), Fault> {
    host(&connection.host)?;
    if connection.port == 0 {
        return Err(bad("port", "0 is no port; use 1 to 65535, mostly 1883".to_owned()));
    }
    not_empty("client id", &connection.client_id)?;
    field("client id", &connection.client_id, limits::FIELD_BYTES)?;
    if connection.keep_alive == 0 {
        return Err(bad("keep alive", "0 is not accepted by the module; use 60 to 240 seconds".to_owned()));
    }
    if let Some(login) = &connection.credentials {
        field("user name", &login.user, limits::FIELD_BYTES)?;
        field("password", login.password.reveal(), limits::FIELD_BYTES)?;
    }
    connection.will.as_ref().map_or(Ok(()), will)?;
    connection.apn.as_ref().map_or(Ok(()), access_point)?;
    files(&connection.security.files())?;
    tls(connection)?;
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
        if is_empty {
            Err(bad("file", format!("{} has no contents; choose the right file", file.name)))
        } else {
            Ok(())
        }
    })
}

/// Whether a file name can be put into a command.
pub(crate) fn file_name(name: &str) -> Result<(), Fault> {
    not_empty("file name", name)?;
    field("file name", name, limits::FILE_NAME_BYTES)
}

/// Whether a line typed by hand can be sent as it is.
pub(crate) fn typed(line: &str) -> Result<(), Fault> {
    let refused = |why: &str| Err(bad("command", why.to_owned()));
    if line.trim().is_empty() {
        return refused("it is empty; type a command such as AT+CSQ");
    }
    if line.chars().any(char::is_control) {
        return refused("it holds a control character or a line end; send one line at a time");
    }
    if raw::wants_data(line) {
        return refused("it waits for data after a prompt, which a typed line cannot give; use the page for it");
    }
    Ok(())
}

/// Whether a host name can be put into a command.
pub(crate) fn host(host: &str) -> Result<(), Fault> {
    field("host", host, limits::HOST_BYTES)?;
    not_empty("host", host)?;
    if host.chars().any(char::is_whitespace) {
        return Err(bad("host", "it holds a blank; write only the name or the address".to_owned()));
    }
    Ok(())
}

fn tls(connection: &Connection) -> Result<(), Fault> {
    if let Some(name) = &connection.tls.server_name {
        not_empty("server name", name)?;
        field("server name", name, limits::HOST_BYTES)?;
    }
    match connection.tls.negotiate_timeout {
        Some(limit) if !limits::NEGOTIATION.contains(&limit) => {
            let why = format!("{} s is outside 10 to 300 s", limit.as_secs());
            Err(bad("negotiation time", why))
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
        return Err(DraftError::PayloadTooLong { bytes, limit: limits::MPUBEX_BYTES }.into());
    }
    Ok(())
}

/// Whether a measuring run can be run.
pub(crate) fn measure(plan: &MeasurePlan) -> Result<(), Fault> {
    if plan.count == 0 {
        return Err(bad("count", "a run needs at least one publish".to_owned()));
    }
    message(&plan.message(plan.count))
}

fn will(will: &Will) -> Result<(), Fault> {
    let Message { topic, payload, .. } = &will.message;
    field("will topic", topic.as_str(), limits::FIELD_BYTES)?;
    if payload.len() > limits::WILL_BYTES {
        let why = format!("it has {} bytes; the module takes at most {}", payload.len(), limits::WILL_BYTES);
        return Err(bad("will message", why));
    }
    let text = std::str::from_utf8(payload).ok().filter(|_| escaped(payload).is_some());
    let Some(text) = text else {
        return Err(bad("will message", "it is no plain text; the module takes only text here".to_owned()));
    };
    field("will message", text, limits::WILL_BYTES)
}

/// The rules of every quoted value: length, no quotes, nothing that acts or hides.
fn field(what: &'static str, text: &str, limit: usize) -> Result<(), Fault> {
    if text.len() > limit {
        return Err(bad(what, format!("it has {} bytes; the module takes at most {limit}", text.len())));
    }
    match text.chars().find(|character| is_hidden(*character) || QUOTES.contains(character)) {
        None => Ok(()),
        Some(quote) if QUOTES.contains(&quote) => {
            Err(bad(what, format!("it holds the quotation mark {quote}, which breaks the command; remove it")))
        }
        Some(hidden) => {
            let number = u32::from(hidden);
            Err(bad(what, format!("it holds the invisible character U+{number:04X}, often from copying; remove it")))
        }
    }
}

fn not_empty(what: &'static str, text: &str) -> Result<(), Fault> {
    if text.is_empty() { Err(bad(what, "it is empty; write at least one character".to_owned())) } else { Ok(()) }
}

const fn bad(what: &'static str, why: String) -> Fault {
    Fault::BadValue { what, why }
}

/// The plain double quote, and the curly and full-width ones that the module takes and then fails with
/// (reference, section 1).
const QUOTES: [char; 9] =
    ['"', '\u{201c}', '\u{201d}', '\u{201e}', '\u{201f}', '\u{ff02}', '\u{300c}', '\u{300d}', '\u{301d}'];

#[cfg(test)]
mod tests;
