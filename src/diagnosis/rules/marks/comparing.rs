//! What this computer got beside what the module got: the same or another question, the same or another network.

use std::net::IpAddr;

use super::ended;
use crate::{
    air780e::verb::Verb,
    diagnosis::{Course, Fact, Here, PortOutcome, catalogue as c, rules::tcp, suspects::Suspects, trouble::command_of},
    lang::Text,
    modem::event::Fault,
};

/// What a try with other values, or from another network, is worth.
pub(in super::super) fn by_this_computer(here: &Here, fault: &Fault, suspects: &mut Suspects) {
    let Some(line) = command_of(fault).filter(|line| line.verb().opens()) else { return };
    if line.verb() == Verb::OpenTls && here.is_tls {
        other_values(here, suspects);
    }
    if is_slow(fault) {
        other_network(here, suspects);
    }
}

/// Without the module's limits the handshake goes well, with them it fails.
fn other_values(here: &Here, suspects: &mut Suspects) {
    let free = here.free.as_ref().and_then(|free| free.tls13.as_ref().or(free.up_to_tls12.as_ref()).ok());
    if let (Some(free), Some(Err(failure))) = (free, &here.as_module) {
        let facts = [
            Fact::said(Text::new("fact-comparing-without-module-limits-computer").put("suite", free.suite_name)),
            Fact::said(Text::new("fact-comparing-module-suites-files-does").put("cause", &failure.cause)),
        ];
        suspects.possible(&c::NOT_COMPARABLE, facts);
    }
}

/// The port opens from here under an address that exists inside only.
fn other_network(here: &Here, suspects: &mut Suspects) {
    let Some(port) = here.port_here.as_ref().filter(|port| port.outcome == PortOutcome::Open && !here.is_routed) else {
        return;
    };
    if let IpAddr::V4(address) = port.address.ip()
        && tcp::is_private(address)
    {
        let address = port.address;
        let fact = Fact::said(Text::new("fact-comparing-opens-computer-exists-inside").put("address", address));
        suspects.possible(&c::OTHER_NETWORK, [fact.taking(port.took)]);
    }
}

fn is_slow(fault: &Fault) -> bool {
    match fault {
        Fault::BadOutcome { after, .. } => *after >= tcp::QUICK,
        Fault::TimedOut { .. } => true,
        _ => false,
    }
}

/// The module took a chain whose dates are over by this computer's clock, although it was told to check.
pub(super) fn dates(course: &Course, here: Option<&Here>, suspects: &mut Suspects) {
    let open =
        course.last(Verb::opens).filter(|record| record.command.verb() == Verb::OpenTls && record.result.is_ok());
    let (Some(open), Some(here)) = (open, here) else { return };
    let is_its = open.command.target().is_some_and(|target| target.host == here.host && target.port == Some(here.port));
    let Some(now) = here.checked_at.filter(|_| is_its && here.wanted.checks_server && !here.wanted.ignores_clock)
    else {
        return;
    };
    let over = here.chain.iter().find_map(|one| one.not_after.filter(|end| *end < now).map(|end| (one, end)));
    if let Some((certificate, end)) = over {
        let day = chrono::DateTime::from_timestamp(end, 0)
            .map(|time| time.format("%Y-%m-%d").to_string())
            .unwrap_or_default();
        let subject = &certificate.subject;
        let fact = Fact::said(Text::new("fact-comparing-ended").put("subject", subject).put("day", day));
        suspects.seen(&c::DATES_UNCHECKED, [ended(open), fact]);
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{
        super::tests::{Kit, outcome, refusal, said},
        *,
    };
    use crate::{
        diagnosis::{Certainty::Possible, PortHere},
        modem::event::Awaited,
    };

    const OPEN: &str = "AT+MIPSTART=\"10.0.0.9\",1883";

    fn open_at(address: &str) -> Here {
        let port = PortHere {
            address: address.parse().expect("an address"),
            outcome: PortOutcome::Open,
            took: Duration::ZERO,
        };
        Here { port_here: Some(port), ..Here::default() }
    }

    #[test]
    fn a_private_address_that_opens_from_here_alone() {
        let silence =
            || Fault::TimedOut { command: OPEN.into(), expected: Awaited::Link, after: Duration::from_mins(1) };
        let inside = open_at("10.0.0.9:1883");
        assert_eq!(said(|suspects| by_this_computer(&inside, &silence(), suspects)), [("F-203", Possible)]);
        assert_eq!(said(|suspects| by_this_computer(&open_at("203.0.113.9:1883"), &silence(), suspects)), []);
        let quick = outcome(OPEN, Awaited::Link, "CONNECT FAIL");
        assert_eq!(said(|suspects| by_this_computer(&inside, &quick, suspects)), [], "somebody said no");
        assert_eq!(said(|suspects| by_this_computer(&inside, &refusal("AT+CSQ", 3), suspects)), []);
        let led_elsewhere = Here { is_routed: true, ..open_at("10.0.0.9:1883") };
        assert_eq!(said(|suspects| by_this_computer(&led_elsewhere, &silence(), suspects)), []);
    }

    #[test]
    fn without_a_look_from_here_nothing_is_said_of_dates() {
        let kit = Kit::default().works("AT+SSLMIPSTART=\"b\",8883", "CONNECT OK");
        assert_eq!(kit.rest(|course, suspects| dates(course, None, suspects)), []);
        assert_eq!(kit.rest(|course, suspects| dates(course, Some(&Here::default()), suspects)), []);
    }
}
