//! A command the modem itself refused, by its error number first and by the command second (reference, section 5).

use std::time::Duration;

use super::{command, sim};
use crate::{
    air780e::verb::{Line, Verb},
    diagnosis::{Course, Fact, Trouble, catalogue as c, evidence, suspects::Suspects},
    modem::{event::Refusal, status::Session},
};

/// `command` was refused by `refusal`.
pub(super) fn by_refusal(course: &Course, trouble: &Trouble, line: &Line, refusal: Refusal, suspects: &mut Suspects) {
    let is_told = match refusal {
        Refusal::Cme(number) => {
            is_too_early(course, trouble, number, suspects) || by_number(course, line, number, suspects)
        }
        Refusal::Error | Refusal::Cms(_) => false,
    };
    if !is_told {
        command::refused(course, line, suspects);
    }
}

/// 4 and 14 within half a minute of a start are no verdict (reference, section 3).
fn is_too_early(course: &Course, trouble: &Trouble, number: u32, suspects: &mut Suspects) -> bool {
    let boot = course.boots().iter().rev().find(|boot| **boot <= trouble.at);
    let Some(boot) = boot.filter(|_| matches!(number, 4 | 14)) else { return false };
    let is_near = course.gap(*boot, trouble.at).is_none_or(|gap| gap <= STARTING);
    if is_near {
        suspects.likely(&c::TOO_EARLY, [Fact::at(*boot, "RDY"), evidence::fault(trouble.at, &trouble.fault)]);
    }
    is_near
}

/// Whether `number` says more than that it is an error.
fn by_number(course: &Course, line: &Line, number: u32, suspects: &mut Suspects) -> bool {
    match number {
        // It works only once the classic context is open: its own text says the rest.
        3 if line.verb() == Verb::Resolve => return false,
        3 | 767 | 913 => wrong_state(course, line, suspects),
        4 => suspects.any_of(&[&c::TOO_EARLY, &c::FIRMWARE_OLD, &c::OTHER_VENDOR]),
        10..=15 => return sim::by_number(number, suspects),
        30 | 31 => suspects.any_of(&[&c::NOT_REGISTERED, &c::SIGNAL_NONE]),
        32 | 107 | 111..=113 | 133 => {
            suspects.likely(&c::LIMITED_SERVICE, []);
            suspects.any_of(&[&c::SIM_ARREARS]);
        }
        149 => suspects.seen(&c::APN_LOGIN, []),
        148 => suspects.any_of(&[&c::APN_LOGIN, &c::APN_PRIVATE, &c::BEARER_DROPPED]),
        57 | 62 if line.verb().is_about_files() => suspects.seen(&c::FILE_MISSING, []),
        51 | 60 | 63 if line.verb().is_about_files() => suspects.likely(&c::NO_ROOM, []),
        765 | 791..=796 if line.verb() == Verb::Configure => suspects.likely(&c::LOGIN_FORM, []),
        50 | 53 | 58 | 765 | 791..=796 | 811 | 813 => suspects.likely(&c::COMMAND_TEXT, []),
        797 => suspects.seen(&c::RADIO_OFF, []),
        901 => {
            suspects.likely(&c::NO_ADDRESS, []);
            suspects.any_of(&[&c::BEARER_DROPPED]);
        }
        910 => suspects.seen(&c::TCP_REFUSED, []),
        911 => suspects.any_of(&[&c::TCP_DROPPED, &c::WHITE_LIST]),
        917 => suspects.seen(&c::DNS_SILENT, []),
        918 => suspects.any_of(&[&c::NAME_UNKNOWN, &c::DNS_SILENT]),
        _ => return false,
    }
    true
}

fn wrong_state(course: &Course, line: &Line, suspects: &mut Suspects) {
    let is_login = line.verb() == Verb::LogIn;
    match (is_login, course.status.session) {
        (true, Session::Connected) => suspects.seen(&c::SECOND_LOGIN, []),
        (true, _) => {
            suspects.any_of(&[&c::WRONG_STATE, &c::LATE_LOGIN, &c::EARLY_LOGIN, &c::SECOND_LOGIN, &c::PLAIN_ON_TLS]);
        }
        (false, _) if line.verb().closes() => suspects.seen(&c::WRONG_STATE, []),
        (false, _) => suspects.any_of(&[&c::WRONG_STATE, &c::CLOSED_IGNORED]),
    }
}

/// The first half minute after power-on (reference, section 3).
const STARTING: Duration = Duration::from_secs(30);
