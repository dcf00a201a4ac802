//! The command itself: what its text may have wrong when the modem says nothing but `ERROR`.

use super::{broker, tcp, traffic};
use crate::{
    air780e::{
        limits,
        verb::{Line, Verb},
    },
    diagnosis::{Course, Fact, catalogue as c, suspects::Suspects, trouble::activates},
    lang::Text,
    modem::event::ValueFault,
};

/// `line` was refused without a telling number: what its kind may have wrong.
pub(super) fn refused(course: &Course, line: &Line, suspects: &mut Suspects) {
    match line.verb() {
        Verb::Configure => suspects.any_of(&[&c::LOGIN_FORM, &c::FIELD_TOO_LONG]),
        Verb::OpenLink | Verb::OpenTls => {
            if line.target().is_some_and(|target| tcp::is_misspelt(&target)) {
                suspects.seen(&c::HOST_FORM, [Fact::new(line.to_string())]);
            }
            suspects.any_of(&[&c::NO_ADDRESS, &c::ALREADY_OPEN, &c::COMMAND_TEXT]);
        }
        Verb::LogIn if broker::opening(course).is_some() => broker::refused_by_broker(course, suspects),
        Verb::LogIn => suspects.any_of(&[&c::WRONG_STATE, &c::NOT_AUTHORISED, &c::LOGIN_WRONG, &c::ID_REFUSED]),
        Verb::Subscribe | Verb::Unsubscribe => {
            traffic::by_filter(line, suspects);
            suspects.any_of(&[&c::SUBSCRIBE_DENIED, &c::WRONG_STATE]);
        }
        Verb::Publish => {
            traffic::by_topic(line, suspects);
            suspects.any_of(&[&c::PAYLOAD_QUOTING, &c::PAYLOAD_TOO_LONG, &c::CLOSED_IGNORED]);
        }
        Verb::PublishBytes => {
            traffic::by_topic(line, suspects);
            suspects.any_of(&[&c::DATA_LENGTH, &c::PAYLOAD_TOO_LONG, &c::CLOSED_IGNORED]);
        }
        Verb::Card => suspects.any_of(&[&c::SIM_MISSING, &c::SIM_BUSY, &c::NO_ERROR_NUMBERS]),
        Verb::Resolve => resolve_refused(course, line, suspects),
        Verb::TlsSetting | Verb::CreateFile | Verb::WriteFile => {
            suspects.any_of(&[&c::FIRMWARE_WITHOUT_TLS, &c::OLD_FILE, &c::NO_ROOM, &c::COMMAND_TEXT]);
            if line.verb() == Verb::WriteFile {
                suspects.any_of(&[&c::COUNT_TOO_BIG]);
            }
        }
        _ if activates(line) => suspects.any_of(&[&c::NO_ADDRESS, &c::APN_PRIVATE, &c::APN_LOGIN, &c::SIM_ARREARS]),
        _ => suspects.any_of(&[&c::NO_ERROR_NUMBERS, &c::COMMAND_TEXT]),
    }
}

/// The resolver works only once the classic context is open (reference, section 7).
fn resolve_refused(course: &Course, line: &Line, suspects: &mut Suspects) {
    let refused = course.exchanges().find(|record| record.command == *line && record.result.is_err());
    let asked_at = refused.map_or(course.newest(), |record| record.sent_at);
    let is_open = course
        .exchanges()
        .any(|record| record.command.name() == "AT+CIFSR" && record.result.is_ok() && record.sent_at <= asked_at);
    if is_open {
        suspects.any_of(&[&c::HOST_FORM, &c::DNS_SILENT]);
    } else {
        suspects.likely(&c::DNS_EARLY, []);
    }
}

/// A value that cannot be put into a command.
pub(super) fn bad_value(what: &str, why: &ValueFault, suspects: &mut Suspects) {
    match what {
        "host" | "port" => suspects.seen(&c::HOST_FORM, []),
        "client id" if *why == ValueFault::Empty => suspects.seen(&c::ID_REFUSED, []),
        _ if matches!(why, ValueFault::TooLong { .. }) => suspects.seen(too_long(what), []),
        "topic" => suspects.seen(&c::PUBLISH_TOPIC, []),
        "filter" | "topic filter" => suspects.seen(&c::FILTER_FORM, []),
        "payload" | "message" => suspects.seen(&c::PAYLOAD_QUOTING, []),
        "command" | "line" => suspects.seen(&c::COMMAND_TEXT, []),
        _ => suspects.seen(&c::LOGIN_FORM, []),
    }
}

fn too_long(what: &str) -> &'static crate::diagnosis::Cause {
    match what {
        "topic" | "filter" | "topic filter" => &c::TOPIC_TOO_LONG,
        "payload" | "message" => &c::PAYLOAD_TOO_LONG,
        _ => &c::FIELD_TOO_LONG,
    }
}

/// What the text of a failing `line` shows by itself.
pub(super) fn by_text(course: &Course, line: &Line, suspects: &mut Suspects) {
    let verb = line.verb();
    let shown = |text: &str| [Fact::new(text.chars().take(SHOWN).collect::<String>())];
    if verb == Verb::Foreign {
        suspects.seen(&c::OTHER_VENDOR, shown(line));
    }
    let (plain, has_hidden) = without_hidden(line);
    let has_placeholder = plain.contains('<') && plain.contains('>') || plain.contains("XXXX");
    if line.contains(" //") || has_placeholder && !verb.publishes() {
        suspects.seen(&c::REMARK_COPIED, shown(line));
    }
    let arguments = if verb.publishes() { line.split(',').next().unwrap_or(line) } else { line };
    if has_hidden && !verb.publishes() || arguments.contains(FULL_WIDTH) || line.contains(['“', '”']) {
        suspects.seen(&c::COMMAND_TEXT, shown(line));
    }
    match verb {
        Verb::Publish => by_payload(line, suspects),
        Verb::PublishBytes => by_length(line, suspects),
        Verb::Configure => by_login_fields(line, suspects),
        Verb::LogIn => by_old_build(course, suspects),
        _ => {}
    }
}

/// `line` without the signs that stand for what nobody sees, `<U+200B>` or `<1A>`, and whether there were any that a command cannot
/// hold.
fn without_hidden(line: &str) -> (String, bool) {
    let mut plain = String::new();
    let (mut rest, mut has_hidden) = (line, false);
    while let Some((before, inside)) = rest.split_once('<') {
        plain.push_str(before);
        let token = inside.split_once('>').map(|(token, _)| token).unwrap_or_default();
        let digits = token.strip_prefix("U+").unwrap_or(token);
        let is_hidden = matches!(digits.len(), 2 | 4..=6) && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        has_hidden |= is_hidden && digits.len() > 2;
        if !is_hidden {
            plain.push('<');
        }
        rest = if is_hidden { &inside[token.len() + 1..] } else { inside };
    }
    plain.push_str(rest);
    (plain, has_hidden)
}

fn by_old_build(course: &Course, suspects: &mut Suspects) {
    let Some(seen) = &course.status.firmware else { return };
    if seen.value.build() == Some("LPAT") && seen.value.version.is_some_and(|version| version < MENDED) {
        suspects.seen(&c::LOGIN_FIRMWARE, [Fact::at(seen.at, format!("ATI → {}", seen.value.name))]);
    }
}

/// Client id, user and password: what is longer than the module takes, or stands without quotes and holds a comma.
fn by_login_fields(line: &Line, suspects: &mut Suspects) {
    let fields = line.arguments();
    if let Some(long) = fields.iter().take(3).map(|field| field.len()).find(|bytes| *bytes > LONGEST_FIELD) {
        suspects.seen(&c::FIELD_TOO_LONG, [traffic::too_many(long, LONGEST_FIELD)]);
    }
    let is_odd = line.matches('"').count() % 2 == 1;
    if is_odd || !matches!(fields.len(), 1 | 3 | 7) {
        let fact = Fact::said(Text::new("fact-command-fields-where-1-3").put("fields", fields.len()));
        // Words behind the password are no values: the password itself is hidden, and what begins a remark with it.
        if !is_odd && has_words_behind(line) {
            suspects.possible(&c::REMARK_COPIED, [fact.clone()]);
            return suspects.possible(&c::LOGIN_FORM, [fact]);
        }
        suspects.likely(&c::LOGIN_FORM, [fact]);
    }
}

/// Whether what follows the password is written like a sentence: each part with a blank before it.
fn has_words_behind(line: &Line) -> bool {
    let behind: Vec<_> = line.split(',').skip(3).collect();
    !behind.is_empty() && behind.iter().all(|part| part.starts_with(' ') && !part.contains('"'))
}

/// A payload that is announced with more bytes than `AT+MPUBEX` takes (reference, section 11.6).
fn by_length(line: &Line, suspects: &mut Suspects) {
    let announced = line.argument(3).and_then(|bytes| bytes.trim().parse::<usize>().ok());
    if let Some(bytes) = announced.filter(|bytes| *bytes > limits::MPUBEX_BYTES) {
        suspects.seen(&c::PAYLOAD_TOO_LONG, [traffic::too_many(bytes, limits::MPUBEX_BYTES)]);
    }
}

/// A payload written as text between quotes: quotes within it, and its length (reference, section 11.4).
fn by_payload(line: &Line, suspects: &mut Suspects) {
    let payload = line.splitn(4, ',').nth(3).unwrap_or_default();
    let inner = payload.strip_prefix('"').map(|rest| rest.strip_suffix('"').unwrap_or(rest));
    let shown = |text: &str| [Fact::new(text.chars().take(SHOWN).collect::<String>())];
    match inner {
        Some(inner) if inner.contains('"') => suspects.seen(&c::PAYLOAD_QUOTING, shown(inner)),
        None if !payload.is_empty() => suspects.seen(&c::PAYLOAD_QUOTING, shown(payload)),
        _ => {}
    }
    let bytes = payload.trim_matches('"').len();
    if bytes > LONGEST_PAYLOAD {
        suspects.seen(&c::PAYLOAD_TOO_LONG, [traffic::too_many(bytes, LONGEST_PAYLOAD)]);
    }
}

/// Signs that look like ASCII and are not, and blanks that nobody sees.
const FULL_WIDTH: [char; 11] = ['“', '”', '‘', '’', '，', '：', '；', '＝', '\u{a0}', '\u{200b}', '\u{feff}'];
/// The version in which the low-power build takes two parameters.
const MENDED: u32 = 1_156;
/// What `AT+MPUB` takes on the Air780E.
const LONGEST_PAYLOAD: usize = 2_384;
/// Bytes of client id, user and password each (reference, section 16).
const LONGEST_FIELD: usize = 256;
const SHOWN: usize = 120;
