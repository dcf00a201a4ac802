//! The command itself: what its text may have wrong when the modem says nothing but `ERROR`.

use super::Causes;
use crate::{
    diagnosis::{Fact, catalogue as c, suspects::Suspects},
    modem::{event::ValueFault, status::Status},
};

/// `command` was refused without a telling number.
pub(super) fn refused(command: &str) -> Causes {
    let name = command.split(['=', '?']).next().unwrap_or(command);
    match name {
        "AT+MCONFIG" => vec![&c::LOGIN_FORM, &c::FIELD_TOO_LONG],
        "AT+MIPSTART" | "AT+SSLMIPSTART" => vec![&c::HOST_FORM, &c::NO_ADDRESS, &c::ALREADY_OPEN],
        "AT+MCONNECT" => vec![&c::NOT_AUTHORISED, &c::LOGIN_WRONG, &c::ID_REFUSED, &c::WRONG_STATE],
        "AT+MSUB" | "AT+MUNSUB" => vec![&c::TOPIC_TOO_LONG, &c::FILTER_FORM, &c::WRONG_STATE],
        "AT+MPUB" => vec![&c::PAYLOAD_QUOTING, &c::PAYLOAD_TOO_LONG, &c::CLOSED_IGNORED],
        "AT+MPUBEX" => vec![&c::DATA_LENGTH, &c::PAYLOAD_TOO_LONG, &c::CLOSED_IGNORED],
        "AT+CPIN" => vec![&c::SIM_MISSING, &c::SIM_BUSY, &c::NO_ERROR_NUMBERS],
        _ => vec![&c::NO_ERROR_NUMBERS, &c::COMMAND_TEXT],
    }
}

/// A value that cannot be put into a command.
pub(super) fn bad_value(what: &str, why: &ValueFault) -> Causes {
    match what {
        "host" | "port" => vec![&c::HOST_FORM],
        "client id" if *why == ValueFault::Empty => vec![&c::ID_REFUSED],
        "topic" => vec![&c::PUBLISH_TOPIC, &c::TOPIC_TOO_LONG],
        "filter" | "topic filter" => vec![&c::FILTER_FORM, &c::TOPIC_TOO_LONG],
        "payload" | "message" => vec![&c::PAYLOAD_TOO_LONG, &c::PAYLOAD_QUOTING],
        "command" | "line" => vec![&c::COMMAND_TEXT],
        _ if matches!(why, ValueFault::TooLong { .. }) => vec![&c::FIELD_TOO_LONG],
        _ => vec![&c::LOGIN_FORM, &c::COMMAND_TEXT],
    }
}

/// What the text of a failing `line` shows by itself.
pub(super) fn by_text(line: &str, status: &Status, suspects: &mut Suspects) {
    let name = line.split(['=', '?']).next().unwrap_or(line).trim().to_ascii_uppercase();
    let shown = |text: &str| [Fact::new(text.chars().take(SHOWN).collect::<String>())];
    if OTHER_VENDORS.iter().any(|prefix| name.starts_with(prefix)) {
        suspects.seen(&c::OTHER_VENDOR, shown(line));
    }
    let has_placeholder = line.contains('<') && line.contains('>') || line.contains("XXXX");
    if line.contains(" //") || has_placeholder && !is_publish(&name) {
        suspects.seen(&c::REMARK_COPIED, shown(line));
    }
    let arguments = if is_publish(&name) { line.split(',').next().unwrap_or(line) } else { line };
    if arguments.contains(FULL_WIDTH) || line.contains(['“', '”']) {
        suspects.seen(&c::COMMAND_TEXT, shown(line));
    }
    if name == "AT+MPUB" {
        by_payload(line, suspects);
    }
    let is_old_build = status.firmware.as_ref().is_some_and(|seen| {
        seen.value.build() == Some("LPAT") && seen.value.version.is_some_and(|version| version < MENDED)
    });
    if let (true, "AT+MCONNECT", Some(seen)) = (is_old_build, name.as_str(), &status.firmware) {
        suspects.seen(&c::LOGIN_FIRMWARE, [Fact::at(seen.at, format!("ATI → {}", seen.value.name))]);
    }
}

/// A payload written as text between quotes: quotes within it, and its length (reference, section 11.4).
fn by_payload(line: &str, suspects: &mut Suspects) {
    let payload = line.splitn(4, ',').nth(3).unwrap_or_default();
    let inner = payload.strip_prefix('"').map(|rest| rest.strip_suffix('"').unwrap_or(rest));
    if let Some(inner) = inner.filter(|inner| inner.contains('"')) {
        suspects.seen(&c::PAYLOAD_QUOTING, [Fact::new(inner.chars().take(SHOWN).collect::<String>())]);
    }
    let bytes = payload.trim_matches('"').len();
    if bytes > LONGEST_PAYLOAD {
        suspects.seen(&c::PAYLOAD_TOO_LONG, [Fact::new(format!("AT+MPUB: {bytes} > {LONGEST_PAYLOAD}"))]);
    }
}

fn is_publish(name: &str) -> bool {
    name == "AT+MPUB" || name == "AT+MPUBEX"
}

/// How other families begin their MQTT commands.
const OTHER_VENDORS: [&str; 7] =
    ["AT+QMT", "AT+CMQTT", "AT+SMCON", "AT+SMPUB", "AT+MQTTCONN", "AT+MQTTUSERCFG", "AT+MQTTSUB"];
/// Signs that look like ASCII and are not, and blanks that nobody sees.
const FULL_WIDTH: [char; 11] = ['“', '”', '‘', '’', '，', '：', '；', '＝', '\u{a0}', '\u{200b}', '\u{feff}'];
/// The version in which the low-power build takes two parameters.
const MENDED: u32 = 1_156;
/// What `AT+MPUB` takes on the Air780E.
const LONGEST_PAYLOAD: usize = 2_384;
const SHOWN: usize = 120;
