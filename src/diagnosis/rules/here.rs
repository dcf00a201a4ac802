//! What this computer got, held against a trouble: name and port first, then (in `tls_here`) what the port speaks, last a
//! login. What the module itself resolved or reached, no other computer takes back.

use std::{io::ErrorKind, net::IpAddr, time::Duration};

use super::{files, marks, proven::Proven, tcp, tls_here};
use crate::{
    air780e::firmware::models,
    diagnosis::{
        Cause, Course, Fact, FailedStep, Here, Innocent, LoginHere, NameFailure, NameHere, PortHere, PortOutcome,
        catalogue as c, suspects::Suspects,
    },
    lang::Text,
    modem::{event::Fault, status::Rung},
};

/// What `here` says about `fault`.
pub(in crate::diagnosis) fn by_this_computer(here: &Here, proven: &Proven, fault: &Fault, suspects: &mut Suspects) {
    marks::by_this_computer(here, fault, suspects);
    match FailedStep::of(fault) {
        Some(FailedStep::Name) => by_name(here, proven, fault, suspects),
        Some(FailedStep::Link { is_encrypted }) => {
            by_name(here, proven, fault, suspects);
            by_port(here, proven, Some(fault), suspects);
            if is_encrypted && here.is_tls {
                tls_here::by_handshakes(here, proven, suspects);
            }
        }
        Some(FailedStep::Login { .. }) => {
            tls_here::by_language(here, suspects);
            by_login(here, suspects);
        }
        None => {}
    }
}

/// What `here` says about a server that no module was tried at: name, port, then the talk, and last where the place is.
pub(in crate::diagnosis) fn by_scan(course: &Course, here: &Here, suspects: &mut Suspects) {
    let proven = Proven::of(course, here);
    by_name_alone(here, &proven, None, suspects);
    by_port(here, &proven, None, suspects);
    if here.port_here.is_some() || !here.files.is_empty() {
        tls_here::by_handshakes(here, &proven, suspects);
    }
    by_firmware(course, suspects);
    by_place(here, suspects);
    by_login_alone(here, suspects);
}

/// What a broker said to a login that no module had tried: its code, and what it grants to the filters.
fn by_login_alone(here: &Here, suspects: &mut Suspects) {
    match here.login {
        Some(LoginHere::Answered(0)) | None => {}
        Some(LoginHere::Answered(_)) => by_login(here, suspects),
        Some(LoginHere::Closed) => suspects.any_of(&[&c::LOGIN_WRONG, &c::NOT_AUTHORISED, &c::ID_REFUSED, &c::BANNED]),
        Some(LoginHere::Silent | LoginHere::Other) => suspects.any_of(&[&c::PORT_ROLE, &c::BROKER_UNAVAILABLE]),
    }
    for one in &here.granted {
        let fact = |given: &dyn std::fmt::Display| {
            let said = Text::new("fact-here-granted").put("filter", &one.filter).put("asked", one.asked);
            Fact::said(said.put("given", given))
        };
        match one.given {
            None => suspects.seen(&c::SUBSCRIBE_DENIED, [fact(&"0x80")]),
            Some(given) if given < one.asked => suspects.seen(&c::QOS_LOWERED, [fact(&given)]),
            Some(_) => {}
        }
    }
}

/// A build that has no settings for TLS (reference, section 9).
fn by_firmware(course: &Course, suspects: &mut Suspects) {
    let Some(seen) = &course.status.firmware else { return };
    let builds = models::tls_builds(&seen.value);
    let has_tls = builds.is_empty() || builds.iter().any(|build| seen.value.name.contains(build));
    if !has_tls {
        let name = &seen.value.name;
        let fact = Fact::said(Text::new("fact-here-only-builds-fs-ms").put("name", name));
        suspects.possible(&c::FIRMWARE_WITHOUT_TLS, [fact]);
    }
}

/// A place that the mobile network cannot reach. Whoever looks at his own computer knows where it is.
fn by_place(here: &Here, suspects: &mut Suspects) {
    let addresses = match (&here.name, &here.port_here) {
        (Some(NameHere::Found(addresses, _)), _) => addresses.clone(),
        (_, Some(port)) => vec![port.address.ip()],
        _ => Vec::new(),
    };
    let is_own = addresses.iter().any(IpAddr::is_loopback);
    if !here.is_routed && !is_own && !addresses.is_empty() && addresses.iter().all(is_inside) {
        let list = addresses.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        let fact = Fact::said(Text::new("fact-here-address-inside").put("host", &here.host).put("list", list));
        suspects.likely(&c::TCP_PRIVATE, [fact]);
    }
}

/// The step that really failed, where this computer shows it to be an earlier one than the module's words tell.
pub(in crate::diagnosis) fn rung_of(here: &Here, proven: &Proven, fault: &Fault) -> Option<Rung> {
    FailedStep::of(fault).filter(|failed| matches!(failed, FailedStep::Link { .. }))?;
    let outcome = here.port_here.as_ref().map(|port| &port.outcome);
    match (&here.name, outcome) {
        (Some(NameHere::Unknown), _) if proven.resolved.is_none() && !proven.tcp_open && !is_slow(fault) => {
            Some(Rung::Dns)
        }
        (_, Some(PortOutcome::Refused | PortOutcome::Silent)) if !proven.tcp_open => Some(Rung::Tcp),
        _ => None,
    }
}

/// What is odd about this computer itself. It clears nothing and accuses nothing.
pub(in crate::diagnosis) fn remarks(here: &Here) -> Vec<(&'static Cause, Vec<Fact>)> {
    let host = &here.host;
    let by_name = match &here.name {
        Some(NameHere::Failed(NameFailure::Temporary)) => {
            Some(Fact::said(Text::new("fact-here-computer-name-servers-do").put("host", host)))
        }
        Some(NameHere::Failed(NameFailure::NoNetwork)) => {
            Some(Fact::said(Text::new("fact-here-computer-knows-no-way")))
        }
        Some(NameHere::Failed(NameFailure::Resolver(number))) => {
            Some(Fact::said(Text::new("fact-here-computer-resolver-failed-error").put("number", number)))
        }
        Some(NameHere::Silent) => Some(Fact::said(Text::new("fact-here-computer-resolver-did-not").put("host", host))),
        Some(NameHere::Numeric | NameHere::Found(..) | NameHere::Unknown) | None => None,
    };
    let by_port = here.port_here.as_ref().and_then(|port| match port.outcome {
        PortOutcome::NoWay(kind) => Some(no_way(port, kind)),
        _ => None,
    });
    by_name.or(by_port).map(|fact| (&c::PC_OFFLINE, vec![fact])).into_iter().collect()
}

/// What own files say while no session stands and nothing else has gone wrong.
pub(in crate::diagnosis) fn at_rest(here: &Here, suspects: &mut Suspects) {
    files::at_rest(here, suspects);
}

/// The fact of the name, for every finding that rests on it.
fn by_name(here: &Here, proven: &Proven, fault: &Fault, suspects: &mut Suspects) {
    // A name that means an address inside is one that the mobile network cannot reach.
    if let Some(NameHere::Found(addresses, _)) = &here.name
        && !here.is_routed
        && addresses.iter().all(is_inside)
    {
        suspects.likely(&c::TCP_PRIVATE, [found(&here.host, addresses)]);
    }
    by_name_alone(here, proven, Some(fault), suspects);
}

fn found(host: &str, addresses: &[IpAddr]) -> Fact {
    let list = addresses.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    Fact::said(Text::new("fact-here-computer-resolves").put("host", host).put("list", list))
}

fn by_name_alone(here: &Here, proven: &Proven, fault: Option<&Fault>, suspects: &mut Suspects) {
    let host = &here.host;
    match &here.name {
        Some(NameHere::Unknown) => no_such_name(host, proven, fault, suspects),
        Some(NameHere::Found(addresses, took)) => {
            let fact = || found(host, addresses);
            suspects.clear(&[&c::NAME_UNKNOWN], Innocent::Name, fact().taking(*took));
            if let Some(address) = proven.resolved.filter(|address| !here.is_routed && !addresses.contains(address)) {
                by_difference(address, addresses, [fact(), by_module(host, address)], suspects);
            }
        }
        Some(NameHere::Numeric) => {
            let fact = Fact::said(Text::new("fact-here-address-no-name-resolve").put("host", host));
            suspects.clear(&[&c::NAME_UNKNOWN, &c::DNS_SILENT, &c::DNS_EARLY], Innocent::Name, fact);
        }
        Some(NameHere::Silent | NameHere::Failed(_)) | None => {}
    }
}

fn no_such_name(host: &str, proven: &Proven, fault: Option<&Fault>, suspects: &mut Suspects) {
    let fact = Fact::said(Text::new("fact-here-computer-resolver-says-no").put("host", host));
    match proven.resolved {
        Some(address) => {
            suspects.clear(
                &[&c::NAME_UNKNOWN, &c::DNS_SILENT, &c::DNS_EARLY],
                Innocent::Name,
                by_module(host, address),
            );
            suspects.possible(&c::DNS_DIFFERS, [fact, by_module(host, address)]);
        }
        // It reached the place, so it knows the name.
        None if proven.tcp_open => suspects.possible(&c::DNS_DIFFERS, [fact]),
        // The card's network may know names that this computer's does not; a name that nobody knows fails at once.
        None if fault.is_none_or(|fault| !is_slow(fault)) => suspects.likely(&c::NAME_UNKNOWN, [fact]),
        None => suspects.possible(&c::NAME_UNKNOWN, [fact]),
    }
}

/// Names of large services lead everywhere; an address inside on one side alone is another matter.
fn by_difference(module: IpAddr, here: &[IpAddr], facts: [Fact; 2], suspects: &mut Suspects) {
    if is_inside(&module) || here.iter().any(is_inside) {
        suspects.likely(&c::DNS_DIFFERS, facts);
    } else {
        suspects.possible(&c::DNS_DIFFERS, facts);
    }
}

fn by_module(host: &str, address: IpAddr) -> Fact {
    Fact::said(Text::new("fact-here-module-resolved").put("host", host).put("address", address))
}

fn is_inside(address: &IpAddr) -> bool {
    matches!(address, IpAddr::V4(v4) if tcp::is_private(*v4))
}

/// What the port said; `fault` is the module's, where one tried it.
fn by_port(here: &Here, proven: &Proven, fault: Option<&Fault>, suspects: &mut Suspects) {
    let Some(port) = &here.port_here else { return };
    let address = port.address;
    let fact = |key| Fact::said(Text::new(key).put("address", address)).taking(port.took);
    match &port.outcome {
        PortOutcome::Refused if !proven.tcp_open => {
            let fact = fact("fact-here-refuses-computer-nothing-listens");
            suspects.seen(&c::TCP_REFUSED, [fact.clone()]);
            suspects.clear(&[&c::TCP_DROPPED, &c::WHITE_LIST, &c::APN_PRIVATE], Innocent::Host, fact);
        }
        PortOutcome::Silent if !proven.tcp_open => {
            let fact = fact("fact-here-does-not-answer-computer");
            suspects.likely(&c::TCP_DROPPED, [fact.clone()]);
            suspects.clear(&[&c::TCP_REFUSED], Innocent::Host, fact);
        }
        PortOutcome::Closes => suspects.seen(&c::CLOSED_AT_ONCE, [tls_here::closes(port)]),
        PortOutcome::Speaks(bytes) => suspects.seen(&c::NOT_TLS, [speaks_first(port, bytes)]),
        PortOutcome::Open => {
            let fact = || fact("fact-here-opens-computer");
            let innocent = [&c::TCP_REFUSED, &c::TCP_DROPPED, &c::LISTENS_LOCALLY];
            suspects.clear(&innocent, Innocent::Host, fact());
            let is_private = !here.is_routed && is_inside(&address.ip());
            let Some(fault) = fault else { return };
            if is_slow(fault) && !proven.tcp_open {
                suspects.likely(if is_private { &c::TCP_PRIVATE } else { &c::WHITE_LIST }, [fact()]);
            } else if !here.is_tls && !proven.tcp_open {
                // The same port opens from here and is refused there at once: the way, not the broker.
                suspects.likely(&c::WHITE_LIST, [fact()]);
            }
            if port.took > FAR {
                suspects.possible(&c::FAR_BROKER, [fact()]);
            }
        }
        PortOutcome::Refused | PortOutcome::Silent | PortOutcome::NoWay(_) => {}
    }
}

/// Whether it took so long that nobody can have said "no".
fn is_slow(fault: &Fault) -> bool {
    match fault {
        Fault::BadOutcome { after, .. } => *after >= tcp::QUICK,
        // Retries used up, or no server: whoever does not answer takes his time.
        Fault::NotResolved { number, .. } => matches!(number, Some(11 | 12)),
        _ => true,
    }
}

fn speaks_first(port: &PortHere, bytes: &[u8]) -> Fact {
    let (address, words) = (port.address, tls_here::shown(bytes));
    Fact::said(Text::new("fact-here-speaks-first-no-mqtt").put("address", address).put("words", words))
}

fn no_way(port: &PortHere, kind: ErrorKind) -> Fact {
    let address = port.address;
    let why = match kind {
        ErrorKind::NetworkUnreachable => Text::new("fact-here-network-unreachable"),
        ErrorKind::HostUnreachable => Text::new("fact-here-host-unreachable"),
        ErrorKind::NetworkDown => Text::new("fact-here-network-down"),
        ErrorKind::PermissionDenied => Text::new("fact-here-computer-own-rules-forbid"),
        _ => Text::new("fact-here-connection-cannot-tried"),
    };
    Fact::said(Text::new("fact-here-computer-no-way").put("address", address).with("why", why))
}

/// A login from here, when the user agreed to one.
fn by_login(here: &Here, suspects: &mut Suspects) {
    let Some(LoginHere::Answered(code)) = here.login else { return };
    let fact = || Fact::said(Text::new("fact-here-same-login-under-another").put("code", code));
    let cause = match code {
        0 => {
            suspects.clear(&[&c::LOGIN_WRONG, &c::NOT_AUTHORISED, &c::VERSION_REFUSED], Innocent::Login, fact());
            return suspects.likely(&c::ID_REFUSED, [fact()]);
        }
        1 => &c::VERSION_REFUSED,
        2 => &c::ID_REFUSED,
        3 => &c::BROKER_UNAVAILABLE,
        4 => &c::LOGIN_WRONG,
        5 => &c::NOT_AUTHORISED,
        _ => return,
    };
    suspects.seen(cause, [fact()]);
}

const FAR: Duration = Duration::from_millis(300);
