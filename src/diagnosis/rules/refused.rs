//! A command the modem itself refused, by its error number first and by the command second (reference, section 5).

use super::{Causes, command, sim};
use crate::{
    diagnosis::catalogue as c,
    modem::{
        event::Refusal,
        status::{Session, Status},
    },
};

/// `command` was refused by `refusal`.
pub(super) fn causes(status: &Status, command: &str, refusal: Refusal) -> Causes {
    let number = match refusal {
        Refusal::Cme(number) => Some(number),
        Refusal::Error | Refusal::Cms(_) => None,
    };
    number.and_then(|number| by_number(status, command, number)).unwrap_or_else(|| command::refused(command))
}

fn by_number(status: &Status, command: &str, number: u32) -> Option<Causes> {
    let causes: Causes = match number {
        3 | 767 | 913 => wrong_state(status, command),
        10..=15 => return sim::by_number(number),
        30 | 31 => vec![&c::NOT_REGISTERED, &c::SIGNAL_NONE],
        32 | 107 | 111..=113 | 133 => vec![&c::LIMITED_SERVICE, &c::SIM_ARREARS],
        148 | 149 => vec![&c::APN_LOGIN, &c::APN_PRIVATE],
        765 | 791..=796 if command.starts_with("AT+MCONFIG") => vec![&c::LOGIN_FORM, &c::FIELD_TOO_LONG],
        50 | 53 | 58 | 765 | 791..=796 | 811 | 813 => vec![&c::COMMAND_TEXT],
        797 => vec![&c::RADIO_OFF],
        901 => vec![&c::NO_ADDRESS, &c::BEARER_DROPPED],
        910 => vec![&c::TCP_REFUSED],
        911 => vec![&c::TCP_DROPPED, &c::WHITE_LIST],
        917 => vec![&c::DNS_SILENT],
        918 => vec![&c::NAME_UNKNOWN],
        _ => return None,
    };
    Some(causes)
}

fn wrong_state(status: &Status, command: &str) -> Causes {
    let is_login = command.starts_with("AT+MCONNECT");
    match (is_login, status.session) {
        (true, Session::Connected) => vec![&c::SECOND_LOGIN],
        (true, _) => vec![&c::WRONG_STATE, &c::LATE_LOGIN, &c::PLAIN_ON_TLS],
        (false, _) => vec![&c::WRONG_STATE, &c::CLOSED_IGNORED],
    }
}
