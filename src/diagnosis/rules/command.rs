//! The command itself: what its text may have wrong when the modem says nothing but `ERROR`.

use super::Causes;
use crate::{diagnosis::catalogue as c, modem::event::ValueFault};

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
