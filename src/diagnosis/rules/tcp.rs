//! Name and TCP. The modem says `CONNECT FAIL` for both alike, so the time it took and the form of the host decide:
//! an answer within a few round trips is a "no", an answer after tens of seconds is nobody at all.

use std::{net::Ipv4Addr, time::Duration};

use super::signal;
use crate::{
    air780e::verb::{Line, Target},
    diagnosis::{Course, Fact, catalogue as c, suspects::Suspects},
    time::Moment,
};

/// `MIPSTART` ended in `got` after `after`.
pub(super) fn not_opened(course: &Course, line: &Line, got: &str, after: Duration, suspects: &mut Suspects) {
    let Some(target) = line.target() else { return };
    if is_settled_by_text(course, line, &target, got, suspects) {
        return;
    }
    if by_own_number(course, line, &target, suspects) {
        return;
    }
    if got.contains("CLOSED") {
        if is_untimed(course) {
            return suspects.any_of(&[&c::CLOSED_AT_ONCE, &c::LATE_LOGIN]);
        }
        suspects.likely(&c::CLOSED_AT_ONCE, []);
        return suspects.any_of(&[&c::TCP_DROPPED]);
    }
    let address: Option<Ipv4Addr> = target.host.parse().ok();
    if is_untimed(course) {
        // Without times a "no" and nobody at all look alike.
        nobody(course, &target, suspects);
        suspects.any_of(&[&c::TCP_REFUSED, &c::LISTENS_LOCALLY]);
        if address.is_none() {
            suspects.any_of(&[&c::DNS_FIRMWARE]);
        }
        return;
    }
    if !is_quick(course, after) {
        return nobody(course, &target, suspects);
    }
    let is_resolved = address.is_some() || has_resolved(course, target.host);
    if is_resolved {
        // Somebody who was found said no within some round trips.
        suspects.likely(&c::TCP_REFUSED, []);
        suspects.any_of(&[&c::WHITE_LIST, &c::LISTENS_LOCALLY]);
        if address.is_some_and(is_private) {
            suspects.any_of(&[&c::TCP_PRIVATE]);
        }
    } else {
        suspects.any_of(&[&c::TCP_REFUSED, &c::NAME_UNKNOWN, &c::DNS_SILENT, &c::WHITE_LIST, &c::DNS_FIRMWARE]);
    }
}

/// `TCP ERROR:` with its number, where the module prints one before it gives up (reference, section 5). Whether it told enough.
pub(super) fn by_own_number(course: &Course, line: &Line, target: &Target<'_>, suspects: &mut Suspects) -> bool {
    let Some(record) = course.exchanges().rfind(|record| record.command == *line) else { return false };
    let told = course.lines(OWN_NUMBER).find(|(at, _)| record.sent_at <= *at && *at <= record.ended_at);
    let told = told.map(|(at, text)| (at, text.to_owned())).or_else(|| {
        let text = record.answer.iter().find(|text| text.starts_with(OWN_NUMBER))?;
        Some((record.ended_at, text.clone()))
    });
    let Some((at, text)) = told else { return false };
    match text.strip_prefix(OWN_NUMBER).and_then(|number| number.trim().parse::<u32>().ok()) {
        Some(11) => suspects.seen(&c::TCP_REFUSED, [Fact::at(at, text)]),
        Some(12) => nobody(course, target, suspects),
        _ => return false,
    }
    true
}

/// What the line or the module's own words settle before any time is looked at.
pub(super) fn is_settled_by_text(
    course: &Course,
    line: &Line,
    target: &Target<'_>,
    got: &str,
    suspects: &mut Suspects,
) -> bool {
    if got.contains("ALREADY CONNECT") {
        suspects.seen(&c::ALREADY_OPEN, []);
        suspects.any_of(&[&c::ONE_LINK]);
        return true;
    }
    let is_misspelt = is_misspelt(target);
    if is_misspelt {
        let fact = Fact::new(line.to_string());
        let sent = course.exchanges().rfind(|record| record.command == *line);
        suspects.seen(&c::HOST_FORM, [sent.map_or(fact.clone(), |record| fact.when(record.sent_at))]);
    }
    is_misspelt
}

/// `MIPSTART` brought no outcome at all.
pub(super) fn no_answer(course: &Course, line: &Line, suspects: &mut Suspects) {
    if let Some(target) = line.target() {
        nobody(course, &target, suspects);
    }
}

/// The number in `+CDNSGIP:0,11`.
pub(super) fn resolver_number(got: &str) -> Option<u32> {
    got.rsplit_once(',')?.1.trim().parse().ok()
}

/// The module's resolver ended in `number` (reference, section 7).
pub(super) fn not_resolved(number: Option<u32>, suspects: &mut Suspects) {
    match number {
        Some(11 | 12) => {
            suspects.likely(&c::DNS_SILENT, []);
            suspects.any_of(&[&c::WHITE_LIST, &c::DNS_FIRMWARE]);
        }
        Some(14) => suspects.likely(&c::NAME_UNKNOWN, []),
        Some(15) => {
            suspects.likely(&c::NAME_UNKNOWN, []);
            suspects.any_of(&[&c::DNS_FIRMWARE]);
        }
        _ => suspects.any_of(&[&c::NAME_UNKNOWN, &c::DNS_SILENT, &c::DNS_EARLY, &c::HOST_FORM, &c::DNS_FIRMWARE]),
    }
}

/// Nobody answered for tens of seconds.
pub(super) fn nobody(course: &Course, target: &Target<'_>, suspects: &mut Suspects) {
    let status = &course.status;
    let address: Option<Ipv4Addr> = target.host.parse().ok();
    if let Some(weak) = signal::weakness(course) {
        // A weak signal makes things late; without times nobody knows that they were.
        if is_untimed(course) {
            suspects.possible(&c::SIGNAL_WEAK, [weak]);
        } else {
            suspects.likely(&c::SIGNAL_WEAK, [weak]);
        }
    }
    if signal::is_missing(status) {
        suspects.possible(&c::SIGNAL_NONE, signal::fact(status));
    }
    if address.is_some_and(is_private) {
        suspects.likely(&c::TCP_PRIVATE, [Fact::new(target.host.to_owned())]);
    }
    suspects.any_of(&[&c::TCP_DROPPED, &c::WHITE_LIST, &c::APN_PRIVATE]);
    if address.is_none() && !has_resolved(course, target.host) {
        suspects.any_of(&[&c::DNS_SILENT, &c::NAME_UNKNOWN]);
    }
}

/// Whether the module itself found an address for `host`.
pub(super) fn has_resolved(course: &Course, host: &str) -> bool {
    course.resolved().is_some_and(|(_, name, result)| name == host && result.is_ok())
}

/// Whether somebody answered "no"; without times nothing is quick or slow, and a "no" is the more careful reading.
pub(super) fn is_quick(course: &Course, after: Duration) -> bool {
    is_untimed(course) || after < QUICK
}

/// Whether moments are an order and no times.
pub(super) fn is_untimed(course: &Course) -> bool {
    course.gap(Moment::ZERO, Moment::ZERO).is_none()
}

/// What is visibly no host name.
pub(super) fn is_misspelt(target: &Target<'_>) -> bool {
    target.host.contains(['/', ' ', ':', '“', '”', '，']) || target.host.ends_with('.')
}

/// Ports on which brokers speak HTTP or WebSocket by custom.
pub(super) const fn is_of_the_web(port: u16) -> bool {
    matches!(port, 80 | 8080 | 8083 | 8084 | 18083)
}

pub(super) fn is_private(address: Ipv4Addr) -> bool {
    let [first, second, ..] = address.octets();
    let is_carrier_grade = first == 100 && (64..128).contains(&second);
    address.is_private() || address.is_loopback() || address.is_link_local() || is_carrier_grade
}

const OWN_NUMBER: &str = "TCP ERROR:";
/// Up to here somebody answered "no"; beyond, nobody answered.
pub(super) const QUICK: Duration = Duration::from_secs(8);
