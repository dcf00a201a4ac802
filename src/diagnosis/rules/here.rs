//! What this computer got, held against a trouble: name and port first, then (in `tls_here`) what the port speaks.

use std::net::IpAddr;

use super::{tcp, tls_here};
use crate::{
    air780e::verb::{Awaited, Verb},
    diagnosis::{Fact, Here, Innocent, NameHere, PortOutcome, catalogue as c, suspects::Suspects},
    modem::event::Fault,
};

/// What `here` says about `fault`.
pub(in crate::diagnosis) fn by_this_computer(here: &Here, fault: &Fault, suspects: &mut Suspects) {
    let (Fault::BadOutcome { command, expected, .. } | Fault::TimedOut { command, expected, .. }) = fault else {
        if matches!(fault, Fault::NotResolved { .. }) {
            by_name(here, suspects);
        }
        return;
    };
    match *expected {
        Awaited::Link => {
            by_name(here, suspects);
            by_port(here, fault, suspects);
            if command.verb() == Verb::OpenTls && here.is_tls {
                tls_here::by_handshakes(here, suspects);
            }
        }
        Awaited::Login if !here.is_tls => tls_here::by_language(here, suspects),
        _ => {}
    }
}

/// The fact of the name, for every finding that rests on it.
fn by_name(here: &Here, suspects: &mut Suspects) {
    let host = &here.host;
    match &here.name {
        Some(NameHere::Unknown) => suspects.seen(&c::NAME_UNKNOWN, [Fact::new(format!("PC: {host}: NXDOMAIN"))]),
        Some(NameHere::Found(addresses, took)) => {
            let list = addresses.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
            suspects.clear(
                &[&c::NAME_UNKNOWN],
                Innocent::Name,
                format!("PC: {host} → {list} ({} ms)", took.as_millis()),
            );
            // A name that means an address inside is one that the mobile network cannot reach.
            let is_inside = |address: &IpAddr| matches!(address, IpAddr::V4(v4) if tcp::is_private(*v4));
            if !here.is_routed && addresses.iter().all(is_inside) {
                suspects.likely(&c::TCP_PRIVATE, [Fact::new(format!("PC: {host} → {list}"))]);
            }
        }
        Some(NameHere::Numeric) => {
            suspects.clear(
                &[&c::NAME_UNKNOWN, &c::DNS_SILENT, &c::DNS_EARLY],
                Innocent::Name,
                format!("{host}: no name"),
            );
        }
        Some(NameHere::Silent) | None => {}
    }
}

fn by_port(here: &Here, fault: &Fault, suspects: &mut Suspects) {
    let Some(port) = &here.port_here else { return };
    let fact = |word: &str| Fact::new(format!("PC: {}: {word}", port.address)).taking(port.took);
    match &port.outcome {
        PortOutcome::Refused => {
            suspects.seen(&c::TCP_REFUSED, [fact("ECONNREFUSED")]);
            suspects.clear(
                &[&c::TCP_DROPPED, &c::WHITE_LIST, &c::APN_PRIVATE],
                Innocent::Host,
                fact("ECONNREFUSED").to_string(),
            );
        }
        PortOutcome::Silent => {
            suspects.likely(&c::TCP_DROPPED, [fact("ETIMEDOUT")]);
            suspects.clear(&[&c::TCP_REFUSED], Innocent::Host, fact("ETIMEDOUT").to_string());
        }
        PortOutcome::Closes => suspects.seen(&c::CLOSED_AT_ONCE, [fact("OK, then EOF")]),
        PortOutcome::Speaks(bytes) => {
            let words: String = String::from_utf8_lossy(bytes).escape_debug().take(60).collect();
            suspects.seen(&c::NOT_TLS, [fact(&words)]);
        }
        PortOutcome::Open => {
            suspects.clear(
                &[&c::TCP_REFUSED, &c::TCP_DROPPED, &c::LISTENS_LOCALLY],
                Innocent::Host,
                fact("OK").to_string(),
            );
            if is_slow(fault) {
                let is_private = !here.is_routed && matches!(port.address.ip(), IpAddr::V4(v4) if tcp::is_private(v4));
                let cause = if is_private { &c::TCP_PRIVATE } else { &c::WHITE_LIST };
                suspects.likely(cause, [fact("OK")]);
            } else if !here.is_tls {
                // The same port opens from here and is refused there at once: the way, not the broker.
                suspects.likely(&c::WHITE_LIST, [fact("OK")]);
            }
            if port.took > FAR {
                suspects.possible(&c::FAR_BROKER, [fact("OK")]);
            }
        }
        PortOutcome::NoWay(_) => {}
    }
}

fn is_slow(fault: &Fault) -> bool {
    match fault {
        Fault::BadOutcome { after, .. } => *after >= tcp::QUICK,
        _ => true,
    }
}

const FAR: std::time::Duration = std::time::Duration::from_millis(300);
