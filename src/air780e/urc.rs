//! Unsolicited lines with a meaning (reference, sections 3 and 12).

use super::{
    command::value,
    message::parse_slot,
    network::{Domain, Registration},
    sim::SimState,
};

/// An unsolicited line with a meaning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Urc {
    /// `^boot.rom…` or `RDY`: the module has just started.
    Booted,
    /// `^MODE: s,m`: system mode; 17 is LTE, 0 no service.
    Mode {
        /// The first number.
        system: u8,
    },
    /// `+E_UTRAN Service`, `+NO Service`, `+GSM Service`.
    Service {
        /// Whether there is any.
        has_service: bool,
    },
    /// `+CGEV: … ACT n`: a data bearer came.
    BearerUp,
    /// `+CGEV: … DEACT n`, `+CGEV: ME DETACH`, `+PDP DEACT`, `+PDP: DEACT`: the data bearer is gone.
    BearerDown,
    /// `+SAPBR 1: DEACT`: the bearer of the module's own applications is gone; MQTT does not use it.
    ApplicationDown,
    /// Any other `+CGEV`.
    BearerChanged,
    /// `+NITZ: …`: network time, as printed.
    NetworkTime(String),
    /// `+CPIN: …`.
    Sim(SimState),
    /// `+CREG`, `+CGREG`, `+CEREG`.
    Registration(Domain, Registration),
    /// `CLOSED`: the TCP link was closed by the other side.
    Closed,
    /// `+MSUB: n`: a message lies in a slot of the cache.
    Cached(u8),
    /// `STATE: …`, `TCP ERROR:n`: the TCP state machine.
    TcpState(String),
    /// A word that tells the outcome of a command, but nobody waits for it now.
    Outcome,
    /// Known and of no consequence: `SMS READY`, `Call Ready`, `+CIEV:`, …
    Idle,
}

impl Urc {
    /// The meaning of `line`, if it is a known unsolicited line.
    pub fn parse(line: &str) -> Option<Self> {
        let line = line.trim();
        if is_boot(line) {
            return Some(Self::Booted);
        }
        if let Some((domain, registration)) = Domain::parse_line(line) {
            return Some(Self::Registration(domain, registration));
        }
        if let Some(slot) = parse_slot(line) {
            return Some(Self::Cached(slot));
        }
        if let Some(number) = value(line, "TCP ERROR") {
            return Some(Self::TcpState(format!("ERROR {number}")));
        }
        let found = VALUES.iter().find_map(|(prefix, read)| value(line, prefix).map(read));
        found.or_else(|| fixed(without_link_number(line)))
    }
}

/// `line` without the link number of `AT+CIPMUX=1`, as in `7,CONNECT OK`.
pub fn without_link_number(line: &str) -> &str {
    match line.split_once(',') {
        Some((number, word)) if number.len() == 1 && number.bytes().all(|byte| byte.is_ascii_digit()) => word.trim(),
        _ => line,
    }
}

/// Whether `line` is bare text: no unsolicited line, no final result, nothing with a prefix of its own.
pub fn is_bare(line: &str) -> bool {
    !line.starts_with(['+', '^', '*', '>'])
        && !line.eq_ignore_ascii_case("OK")
        && !line.eq_ignore_ascii_case("ERROR")
        && Urc::parse(line).is_none()
}

/// Whether `line` is none that comes unasked.
pub fn is_not_unsolicited(line: &str) -> bool {
    Urc::parse(line).is_none()
}

/// The banner may follow a stray byte, which stands in the text as itself or as a token.
fn is_boot(line: &str) -> bool {
    let at_start = |word: &str| line.find(word).is_some_and(|at| at <= STRAY_BYTES);
    at_start("^boot.rom") || line == "RDY" || (line.ends_with("<00>RDY") && at_start("RDY"))
}

fn fixed(line: &str) -> Option<Urc> {
    Some(match line {
        "CLOSED" => Urc::Closed,
        "+PDP DEACT" => Urc::BearerDown,
        "+E_UTRAN Service" | "+GSM Service" | "+UTRAN Service" => Urc::Service { has_service: true },
        "+NO Service" => Urc::Service { has_service: false },
        "CONNECT OK" | "CONNECT FAIL" | "ALREADY CONNECT" | "CONNACK OK" | "SUBACK" | "UNSUBACK" | "PUBACK"
        | "PUBREC" | "PUBCOMP" => Urc::Outcome,
        "SMS READY" | "SMS Ready" | "Call Ready" | "NORMAL POWER DOWN" => Urc::Idle,
        _ => return None,
    })
}

fn read_bearer(text: &str) -> Urc {
    let mut words = text.split([' ', ',']);
    match words.find(|word| matches!(*word, "ACT" | "DEACT" | "DETACH")) {
        Some("ACT") => Urc::BearerUp,
        Some(_) => Urc::BearerDown,
        None => Urc::BearerChanged,
    }
}

fn read_mode(text: &str) -> Urc {
    let first = text.split(',').next().unwrap_or("").trim();
    first.parse().map_or(Urc::Idle, |system| Urc::Mode { system })
}

fn read_application(text: &str) -> Urc {
    if text == "DEACT" { Urc::ApplicationDown } else { Urc::Idle }
}

fn read_pdp(text: &str) -> Urc {
    if text == "DEACT" { Urc::BearerDown } else { Urc::Idle }
}

type Read = fn(&str) -> Urc;

/// Lines with a value, by prefix.
const VALUES: [(&str, Read); 9] = [
    ("+CPIN", |text| Urc::Sim(SimState::parse(text))),
    ("+CGEV", read_bearer),
    ("+NITZ", |text| Urc::NetworkTime(text.to_owned())),
    ("^MODE", read_mode),
    ("+PDP", read_pdp),
    ("STATE", |text| Urc::TcpState(text.to_owned())),
    ("+CIEV", |_| Urc::Idle),
    ("+CNTP", |_| Urc::Idle),
    ("+SAPBR 1", read_application),
];

/// So many bytes of dirt are tolerated before the boot banner.
const STRAY_BYTES: usize = 16;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_sections_3_and_12() {
        let table = [
            (r"^boot.rom'v'!\n", Some(Urc::Booted)),
            (r"^boot.rom.'v....'!\n", Some(Urc::Booted)),
            (r"?^boot.rom'v'!\n", Some(Urc::Booted)),
            (r"<00>^boot.rom'v'!\n", Some(Urc::Booted)),
            ("RDY", Some(Urc::Booted)),
            ("^MODE: 17,17", Some(Urc::Mode { system: 17 })),
            ("^MODE:0,0", Some(Urc::Mode { system: 0 })),
            ("+E_UTRAN Service", Some(Urc::Service { has_service: true })),
            ("+NO Service", Some(Urc::Service { has_service: false })),
            ("+CGEV: ME PDN ACT 1", Some(Urc::BearerUp)),
            ("+CGEV: ME PDN ACT 1,0", Some(Urc::BearerUp)),
            ("+CGEV: NW PDN DEACT 1", Some(Urc::BearerDown)),
            ("+CGEV: ME PDN DEACT 1,0", Some(Urc::BearerDown)),
            ("+CGEV: ME DETACH", Some(Urc::BearerDown)),
            ("+CGEV: NW MODIFY 1", Some(Urc::BearerChanged)),
            ("+NITZ: 24/08/22,07:00:02+32, ", Some(Urc::NetworkTime("24/08/22,07:00:02+32,".into()))),
            ("+CPIN: SIM REMOVED 0", Some(Urc::Sim(SimState::Missing))),
            ("+CPIN: READY", Some(Urc::Sim(SimState::Ready))),
            ("+CGREG: 1", Some(Urc::Registration(Domain::Packet, Registration { stat: 1 }))),
            ("+PDP DEACT", Some(Urc::BearerDown)),
            ("+PDP: DEACT", Some(Urc::BearerDown)),
            ("CLOSED", Some(Urc::Closed)),
            ("7,CLOSED", Some(Urc::Closed)),
            ("CONNECT OK", Some(Urc::Outcome)),
            ("7,CONNECT FAIL", Some(Urc::Outcome)),
            ("STATE: IP STATUS", Some(Urc::TcpState("IP STATUS".into()))),
            ("STATE:IP STATUS", Some(Urc::TcpState("IP STATUS".into()))),
            ("+MSUB: 2", Some(Urc::Cached(2))),
            ("SMS READY", Some(Urc::Idle)),
            ("+SAPBR 1: DEACT", Some(Urc::ApplicationDown)),
            ("+SAPBR 1:DEACT", Some(Urc::ApplicationDown)),
            ("+CIEV: \"MESSAGE\",0", Some(Urc::Idle)),
            ("Call Ready", Some(Urc::Idle)),
            ("+NITZ: 2024/10/11,07:38:35+0,0", Some(Urc::NetworkTime("2024/10/11,07:38:35+0,0".into()))),
            ("+CGEV: ME MODIFY 1,1", Some(Urc::BearerChanged)),
            ("+GSM Service", Some(Urc::Service { has_service: true })),
            ("+CPIN: SIM PIN", Some(Urc::Sim(SimState::PinWanted))),
            ("+CNTP: 61", Some(Urc::Idle)),
            ("ALREADY CONNECT", Some(Urc::Outcome)),
            ("UNSUBACK", Some(Urc::Outcome)),
            ("TCP ERROR:11", Some(Urc::TcpState("ERROR 11".into()))),
            ("+CSQ: 20,99", None),
            ("AirM2M_780E_V1169_LTE_AT", None),
            ("something new", None),
        ];
        for (line, expected) in table {
            assert_eq!(Urc::parse(line), expected, "{line}");
        }
    }

    #[test]
    fn bare_lines_are_what_ati_prints() {
        assert!(is_bare("AirM2M_780E_V1169_LTE_AT"));
        for line in ["RDY", "OK", "+CSQ: 1,2", "CLOSED", "^MODE: 17,17"] {
            assert!(!is_bare(line), "{line}");
        }
    }
}
