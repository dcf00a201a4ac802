//! What the module itself has shown of the place that this computer tries.

use std::net::IpAddr;

use crate::{
    air780e::firmware::Feature,
    diagnosis::{Course, Here},
    modem::{
        event::ExchangeRecord,
        status::{Rung, RungState},
    },
};

/// What the module itself has shown of the same target.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::diagnosis) struct Proven {
    /// The address it got for the name.
    pub(in crate::diagnosis) resolved: Option<IpAddr>,
    /// Whether it opened the port.
    pub(in crate::diagnosis) tcp_open: bool,
    /// Whether its firmware names the server; `None` while the firmware is unknown.
    pub(in crate::diagnosis) sends_name: Option<bool>,
}

impl Proven {
    /// What `course` shows of the place that `here` is about.
    pub(in crate::diagnosis) fn of(course: &Course, here: &Here) -> Self {
        let asked = course.resolved().filter(|(_, host, _)| *host == here.host);
        let dns = course.status.ladder.entry(Rung::Dns);
        let shown = dns.evidence.as_ref().filter(|_| dns.state == RungState::Confirmed);
        let shown = shown.filter(|seen| seen.command.contains(here.host.as_str()));
        let resolved = asked.and_then(|(_, _, result)| result.as_ref().ok()?.parse().ok());
        let opened = |record: &&ExchangeRecord| {
            let target = record.command.target();
            target.is_some_and(|target| target.host == here.host && target.port == Some(here.port))
        };
        let last = course.exchanges().rfind(opened);
        // A model's name alone, as it may be given to a scan, tells of no version.
        let is_enough = |version: Option<u32>| !here.is_scan || version.is_some();
        let firmware = course.status.firmware.as_ref().filter(|seen| is_enough(seen.value.version));
        Self {
            resolved: resolved.or_else(|| shown.and_then(|seen| last_address(&seen.line))),
            tcp_open: last.is_some_and(|record| record.result.is_ok()),
            sends_name: firmware.map(|seen| Feature::ServerName.is_in(&seen.value)),
        }
    }
}

/// The address in `+CDNSGIP: 1,"broker.test","192.0.2.7"`.
fn last_address(line: &str) -> Option<IpAddr> {
    line.rsplit([',', ' ']).find_map(|part| part.trim().trim_matches('"').parse().ok())
}
