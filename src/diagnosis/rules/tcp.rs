//! Name and TCP. The modem says `CONNECT FAIL` for both alike, so the time it took and the form of the host decide:
//! an answer within a few round trips is a "no", an answer after tens of seconds is nobody at all.

use std::{
    net::{IpAddr, Ipv4Addr},
    time::Duration,
};

use super::{Causes, signal};
use crate::{
    diagnosis::{Cause, FromHere, catalogue as c},
    modem::status::{Rung, Status},
};

/// `MIPSTART` ended in `got` after `after`.
pub(super) fn not_opened(status: &Status, command: &str, got: &str, after: Duration) -> Causes {
    if got.contains("ALREADY CONNECT") {
        return vec![&c::ALREADY_OPEN];
    }
    if got.contains("CLOSED") {
        return vec![&c::CLOSED_AT_ONCE, &c::TCP_DROPPED];
    }
    let target = Target::of(command);
    if target.is_misspelt() {
        return vec![&c::HOST_FORM];
    }
    if after < QUICK { quick_no(&target) } else { nobody(status, &target) }
}

/// `MIPSTART` brought no outcome at all.
pub(super) fn no_answer(status: &Status, command: &str) -> Causes {
    nobody(status, &Target::of(command))
}

/// The module's resolver ended in `number` (reference, section 7).
pub(super) fn not_resolved(number: Option<u32>) -> Causes {
    match number {
        Some(11 | 12) => vec![&c::DNS_SILENT, &c::WHITE_LIST, &c::DNS_FIRMWARE],
        Some(14 | 15) => vec![&c::NAME_UNKNOWN, &c::HOST_FORM],
        _ => vec![&c::NAME_UNKNOWN, &c::DNS_SILENT, &c::DNS_EARLY, &c::HOST_FORM, &c::DNS_FIRMWARE],
    }
}

/// `causes` in the light of what this computer gets: what it rules out goes, what it shows comes first.
pub(in crate::diagnosis) fn compared(causes: Causes, here: &FromHere) -> Causes {
    if causes.first().is_some_and(|first| [&c::HOST_FORM, &c::ALREADY_OPEN].contains(first)) {
        return causes;
    }
    let (first, excluded): (Causes, &[&Cause]) = match here {
        FromHere::NameUnknown { .. } => (vec![&c::NAME_UNKNOWN], &[&c::TCP_REFUSED]),
        FromHere::Refused { .. } => (vec![&c::TCP_REFUSED], &[&c::NAME_UNKNOWN, &c::DNS_SILENT]),
        FromHere::Silent { .. } => (vec![&c::TCP_DROPPED], &[&c::NAME_UNKNOWN, &c::TCP_REFUSED]),
        FromHere::Open { address } => {
            let is_private = matches!(address, IpAddr::V4(address) if is_private(*address));
            let first: Causes = if is_private { vec![&c::TCP_PRIVATE] } else { vec![&c::WHITE_LIST, &c::APN_PRIVATE] };
            (first, &[&c::NAME_UNKNOWN, &c::TCP_REFUSED, &c::TCP_DROPPED])
        }
    };
    let rest = causes.into_iter().filter(|cause| !excluded.contains(cause));
    first.into_iter().chain(rest).collect()
}

/// The TCP port the session was opened to, as far as the ladder still shows it.
pub(super) fn port_in_use(status: &Status) -> Option<u16> {
    let evidence = status.ladder.entry(Rung::Tcp).evidence.as_ref()?;
    Target::of(&evidence.command).port
}

fn quick_no(target: &Target<'_>) -> Causes {
    match target.address {
        Some(address) if is_private(address) => vec![&c::TCP_REFUSED, &c::TCP_PRIVATE],
        Some(_) => vec![&c::TCP_REFUSED, &c::WHITE_LIST],
        None => vec![&c::TCP_REFUSED, &c::NAME_UNKNOWN, &c::DNS_SILENT],
    }
}

pub(super) fn nobody(status: &Status, target: &Target<'_>) -> Causes {
    let mut causes = Causes::new();
    if signal::is_weak(status) {
        causes.push(&c::SIGNAL_WEAK);
    }
    if target.address.is_some_and(is_private) {
        causes.push(&c::TCP_PRIVATE);
    }
    causes.extend([&c::TCP_DROPPED, &c::WHITE_LIST, &c::APN_PRIVATE]);
    if target.address.is_none() {
        causes.push(&c::DNS_SILENT);
    }
    causes
}

/// Host and port of an `AT+MIPSTART` line.
pub(super) struct Target<'a> {
    pub(super) host: &'a str,
    pub(super) address: Option<Ipv4Addr>,
    pub(super) port: Option<u16>,
}

impl<'a> Target<'a> {
    pub(super) fn of(command: &'a str) -> Self {
        let arguments = command.split_once('=').map_or("", |(_, arguments)| arguments);
        let (host, port) = arguments.rsplit_once(',').unwrap_or((arguments, ""));
        let host = host.trim_matches('"');
        Self { host, address: host.parse().ok(), port: port.trim_matches('"').parse().ok() }
    }

    pub(super) fn is_misspelt(&self) -> bool {
        self.host.contains(['/', ' ', ':', '“', '”', '，']) || self.host.ends_with('.')
    }
}

pub(super) fn is_private(address: Ipv4Addr) -> bool {
    let [first, second, ..] = address.octets();
    let is_carrier_grade = first == 100 && (64..128).contains(&second);
    address.is_private() || address.is_loopback() || address.is_link_local() || is_carrier_grade
}

/// Up to here somebody answered "no"; beyond, nobody answered.
pub(super) const QUICK: Duration = Duration::from_secs(8);
