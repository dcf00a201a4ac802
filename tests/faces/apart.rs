//! A computer that cannot tell: offline, without a way to the broker, or in a world where the name does not exist. Its own
//! failure is no cause.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::Arc,
};

use air780e_companion::{
    diagnosis::{Diagnosis, NameFailure},
    here::{Unresolved, World},
    modem::event::Event,
};

#[cfg(all(unix, feature = "serial"))]
use crate::{check, scenarios::stage};
use crate::{
    said::Said,
    scenarios::rows,
    window::{Outside, Session},
};

/// Which way this computer cannot tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Apart {
    /// No name server answers.
    Offline,
    /// It knows the address and has no way to it.
    NoWay,
    /// Its resolver is sure that there is no such name: only the module's network knows it.
    NoName,
}

impl Apart {
    const ALL: [Self; 3] = [Self::Offline, Self::NoWay, Self::NoName];

    fn judge(self, session: &Session) -> Diagnosis {
        let route = |_: &str, port| self.route(port);
        session.judged(&Outside { route: &route, world: Arc::new(self) })
    }

    /// Where a way would begin, if there were one.
    fn route(self, port: u16) -> Option<SocketAddr> {
        (self == Self::NoWay).then(|| SocketAddr::new(NOWHERE, port))
    }
}

impl World for Apart {
    fn resolve(&self, _: &str) -> Result<Vec<IpAddr>, Unresolved> {
        match self {
            Self::Offline => Err(Unresolved::Failed(NameFailure::Temporary)),
            Self::NoWay | Self::NoName => Err(Unresolved::NoSuchName),
        }
    }

    fn has_way_out(&self) -> bool {
        *self != Self::Offline
    }
}

/// Nothing connects to many at once: the system itself refuses, whatever its routes are.
const NOWHERE: IpAddr = IpAddr::V4(Ipv4Addr::new(224, 0, 0, 1));
/// What the failure of this computer must never be taken for: no such name, a white list, a missing access point.
const NEVER: [&str; 3] = ["F-052", "F-048", "F-045"];
/// This computer is offline: worth a remark, never a cause.
const OFFLINE: &str = "F-210";

/// What the window says of a session in each of these worlds; a world without the name only where the module knew it.
pub(crate) fn judged(session: &Session) -> Vec<(Apart, Diagnosis)> {
    // The test goes nowhere: an address needs no resolver.
    if session.connects.iter().any(|(_, connection)| connection.host.parse::<IpAddr>().is_ok()) {
        return Vec::new();
    }
    let is_known = session.events.iter().any(|event| matches!(event, Event::Resolved { result: Ok(_), .. }));
    let is_possible = |apart: &Apart| *apart != Apart::NoName || is_known;
    Apart::ALL.into_iter().filter(is_possible).map(|apart| (apart, apart.judge(session))).collect()
}

#[test]
fn a_computer_that_cannot_tell_accuses_nobody() {
    let mut broken = Vec::new();
    let mut tried = 0;
    for row in rows() {
        let wanted = row.scenario.finding.as_deref();
        for (apart, diagnosis) in &row.apart {
            let said = Said::of(diagnosis);
            let is_remarked = diagnosis.remarks.iter().any(|(cause, _)| cause.id == OFFLINE);
            tried += usize::from(is_remarked);
            let is_accused = diagnosis.findings.iter().any(|one| one.id == OFFLINE);
            let by_files = matches!(&said, Said::Named(id) if said.is(wanted) && !NEVER.contains(&id.as_str()));
            let is_as_before = match &said {
                Said::Named(id) => row.blind.is(Some(id)),
                Said::Undecided(_) => matches!(row.blind, Said::Undecided(_)),
                Said::Nothing => row.blind == Said::Nothing,
            };
            if is_accused || !(is_as_before || by_files) {
                let facts = diagnosis.findings.first().map(|one| &one.evidence);
                broken.push(format!("{}, {apart:?}: {said}, without it {}: {facts:?}", row.scenario.name, row.blind));
            }
        }
    }
    assert!(tried > 20, "only {tried} times");
    assert!(broken.is_empty(), "{}:\n{}", broken.len(), broken.join("\n"));
}

#[test]
#[cfg(all(unix, feature = "serial"))]
fn a_check_on_such_a_computer_accuses_nobody_either() {
    for name in ["port-closed", "ca-wrong", "client-expired"] {
        let (scenario, stage) = stage(name);
        for apart in [Apart::NoWay, Apart::NoName] {
            let checked = check::check(scenario, &stage, apart.route(1_883));
            let is_named = matches!(&checked.said, Said::Named(id) if NEVER.contains(&id.as_str()) || id == OFFLINE);
            assert!(!is_named, "{name}, {apart:?}: {}", checked.verdict);
        }
    }
}
