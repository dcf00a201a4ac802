//! Unsolicited lines with a meaning (reference, sections 3 and 12).

use super::{
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
        let line = line.trim_ascii();
        if is_boot(line) {
            return Some(Self::Booted);
        }
        // No word without a value has a colon.
        let colon = if line.starts_with(['+', '^', 'S', 'T']) { colon_of_head(line) } else { None };
        match colon {
            Some(colon) => Self::parse_value(line, colon),
            None => fixed(without_link_number(line)),
        }
    }

    /// The meaning of a line with a value: what stands before its first colon says what the value is.
    fn parse_value(line: &str, colon: usize) -> Option<Self> {
        let text = line[colon + 1..].trim_ascii();
        Some(match line[..colon].trim_ascii_end() {
            "+CREG" => Self::Registration(Domain::Circuit, Registration::parse(text)?),
            "+CGREG" => Self::Registration(Domain::Packet, Registration::parse(text)?),
            "+CEREG" => Self::Registration(Domain::Lte, Registration::parse(text)?),
            "+MSUB" => Self::Cached(parse_slot(line)?),
            "+CPIN" => Self::Sim(SimState::parse(text)),
            "+CGEV" => read_bearer(text),
            "+NITZ" => Self::NetworkTime(text.to_owned()),
            "^MODE" => read_mode(text),
            "+PDP" => read_pdp(text),
            "STATE" => Self::TcpState(text.to_owned()),
            "TCP ERROR" => Self::TcpState(format!("ERROR {text}")),
            "+SAPBR 1" => read_application(text),
            "+CIEV" | "+CNTP" => Self::Idle,
            _ => return None,
        })
    }
}

fn colon_of_head(line: &str) -> Option<usize> {
    line.bytes().take(LONGEST_HEAD).position(|byte| byte == b':')
}

/// `line` without the link number of `AT+CIPMUX=1`, as in `7,CONNECT OK`.
pub fn without_link_number(line: &str) -> &str {
    match line.as_bytes() {
        [b'0'..=b'9', b',', ..] => line[2..].trim(),
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

/// Whether `line` is the boot loader's banner, with which a start begins.
pub fn is_banner(line: &str) -> bool {
    line.contains("^boot.rom")
}

/// The banner may follow a stray byte, which stands in the text as itself or as a token.
fn is_boot(line: &str) -> bool {
    if line.len() < BANNER.len() {
        return line == "RDY" || line.ends_with("<00>RDY");
    }
    let start = &line.as_bytes()[..line.len().min(STRAY_BYTES + 1)];
    let is_banner = |at: usize| line.as_bytes()[at..].starts_with(BANNER);
    (start.contains(&b'^') && (0..start.len()).any(is_banner))
        || (line.ends_with("<00>RDY") && line.len() <= STRAY_BYTES + "RDY".len())
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
    let mut words = text.as_bytes().split(|byte| matches!(byte, b' ' | b','));
    match words.find(|word| matches!(*word, b"ACT" | b"DEACT" | b"DETACH")) {
        Some(b"ACT") => Urc::BearerUp,
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

/// What stands before the colon is shorter, blanks included.
const LONGEST_HEAD: usize = 24;
/// How the boot loader's banner begins.
const BANNER: &[u8] = b"^boot.rom";
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
            ("<00>RDY", Some(Urc::Booted)),
            ("<FF><00>RDY", Some(Urc::Booted)),
            ("ALREADY", None),
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
            ("+CGREG: 1", Some(Urc::Registration(Domain::Packet, Registration::of(1)))),
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
