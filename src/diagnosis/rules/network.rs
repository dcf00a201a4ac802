//! Registration, attachment, address: whether the network gives this card data.

use super::signal;
use crate::{
    air780e::verb::Verb,
    diagnosis::{Course, Fact, catalogue as c, evidence, suspects::Suspects},
    lang::Text,
    modem::event::{ExchangeRecord, Fault, Refusal},
};

/// Registration ended in `stat` (3GPP 27.007). A denial is a verdict; anything else may be the card, the radio or the place.
pub(super) fn not_registered(course: &Course, stat: u8, suspects: &mut Suspects) {
    let status = &course.status;
    if let Some(seen) = status.details.function.as_ref().filter(|seen| seen.value != 1) {
        return suspects.seen(&c::RADIO_OFF, [Fact::at(seen.at, format!("{} → +CFUN: {}", seen.by, seen.value))]);
    }
    if let Some(fact) = fixed_operator(course) {
        suspects.likely(&c::OPERATOR_FIXED, [fact]);
    }
    match stat {
        3 => {
            suspects.seen(&c::REGISTRATION_DENIED, reject(course));
            suspects.any_of(&[&c::SIM_ARREARS, &c::SIM_BOUND, &c::SIM_INACTIVE]);
        }
        6..=8 | 11 => {
            suspects.seen(&c::LIMITED_SERVICE, []);
            suspects.any_of(&[&c::SIM_ARREARS]);
        }
        _ if signal::is_missing(status) => {
            suspects.seen(&c::SIGNAL_NONE, signal::fact(status));
            suspects.any_of(&[&c::BAND_LOCKED]);
        }
        _ if signal::is_weak(status) => {
            suspects.likely(&c::SIGNAL_WEAK, signal::fact(status));
            suspects.any_of(&[&c::NOT_REGISTERED, &c::BAND_LOCKED]);
        }
        _ => suspects.any_of(&[
            &c::SIM_ARREARS,
            &c::SIM_INACTIVE,
            &c::SIM_BOUND,
            &c::NOT_REGISTERED,
            &c::BAND_LOCKED,
            &c::RADIO_OFF,
            &c::OPERATOR_FIXED,
        ]),
    }
}

/// The network's own reason, where the report carries one.
fn reject(course: &Course) -> Option<Fact> {
    let seen = course.status.registration.as_ref()?;
    let reject = seen.value.reject.as_ref()?;
    let (by, cause, kind) = (&seen.by, reject.cause, reject.kind);
    let fact = Fact::said(
        Text::new("fact-network-network-reject-cause-type").put("by", by).put("cause", cause).put("kind", kind),
    );
    Some(fact.when(seen.at))
}

/// An operator that was set by hand (`+COPS: 1,…`, `+COPS: 4,…`), or a module that left the network (`+COPS: 2`).
fn fixed_operator(course: &Course) -> Option<Fact> {
    let record = course.last(|verb| verb == Verb::Operator)?;
    let line = record
        .answer
        .iter()
        .find(|line| ["+COPS: 1", "+COPS: 2", "+COPS: 4"].iter().any(|mode| line.starts_with(mode)))?;
    Some(Fact::at(record.ended_at, format!("{} → {line}", record.command)))
}

/// Registered, and no data connection: not attached, or attached without an address.
pub(super) fn not_attached(course: &Course, suspects: &mut Suspects) {
    let is_attached = course.status.attached.as_ref().is_some_and(|seen| seen.value);
    let set = course.status.access_point_set.as_ref().filter(|set| !set.value.is_empty());
    let set = set.map(|set| Fact::at(set.at, format!("{}: {}", set.by, set.value)));
    if let Some(record) = course.exchanges().rfind(|record| is_login_refused(record)) {
        return suspects.seen(&c::APN_LOGIN, [evidence::answered(record.ended_at, &record.command, "+CME ERROR: 149")]);
    }
    if let Some(fact) = set.or_else(|| saved_in_this_run(course).map(Course::fact)) {
        suspects.likely(&c::APN_LOGIN, [fact]);
        return suspects.any_of(&[&c::APN_PRIVATE, &c::NO_ADDRESS]);
    }
    if is_attached {
        suspects.seen(&c::NO_ADDRESS, []);
        suspects.any_of(&[&c::APN_PRIVATE, &c::APN_LOGIN, &c::SIM_ARREARS]);
    } else {
        suspects.seen(&c::NOT_ATTACHED, []);
        suspects.any_of(&[&c::SIM_ARREARS, &c::APN_PRIVATE, &c::APN_LOGIN]);
    }
}

/// 149 is the access point's refusal of user, password or kind of login (reference, section 5).
fn is_login_refused(record: &ExchangeRecord) -> bool {
    matches!(record.result, Err(Fault::Refused { refusal: Refusal::Cme(149), .. }))
}

/// The access point that this very run saved: it is no leftover.
pub(super) fn saved_in_this_run(course: &Course) -> Option<&ExchangeRecord> {
    let record = course.last(|verb| verb == Verb::AccessPoint).filter(|record| !record.command.is_question())?;
    (record.command.argument(0) == Some("2") && record.result.is_ok()).then_some(record)
}
