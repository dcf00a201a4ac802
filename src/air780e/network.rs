//! Registration in the network (reference, section 4).

use crate::at::{
    exchange::{Exchange, Info},
    text::CommandLine,
};

use super::{
    Command,
    command::{last_value, value},
    limits,
};

/// Registration state of 3GPP 27.007, as printed by `AT+CEREG?`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Registration {
    /// 0 idle, 1 home, 2 searching, 3 denied, 4 unknown, 5 roaming, 6 and 7 SMS only, 8 and 11 emergency only, 9 and 10
    /// registered without preference for circuit switched calls.
    pub stat: u8,
    /// Why the network refused, when it says so (`AT+CEREG=3`).
    pub reject: Option<Reject>,
    /// The cell, when the module names it (`AT+CEREG=2`).
    pub cell: Option<Cell>,
}

/// The cell that the module hears.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Cell {
    /// Tracking area code.
    pub area: u32,
    /// Cell identity.
    pub cell: u32,
}

/// Why the network refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Reject {
    /// 0: the cause is one of 3GPP 24.301; 1: it is the maker's own.
    pub kind: u8,
    /// The cause, e.g. 15 for "no suitable cells in tracking area".
    pub cause: u16,
}

impl Registration {
    /// A state without more ado.
    pub const fn of(stat: u8) -> Self {
        Self { stat, reject: None, cell: None }
    }

    /// Whether the network lets this modem use data: home or roaming, calls preferred or not.
    pub const fn is_registered(self) -> bool {
        matches!(self.stat, 1 | 5 | 9 | 10)
    }

    /// Whether it does not even search.
    pub const fn is_idle(self) -> bool {
        matches!(self.stat, 0 | 4)
    }

    /// Whether the network said no.
    pub const fn is_denied(self) -> bool {
        self.stat == 3
    }

    /// Reads what stands behind the colon: `n,stat[,…]` as an answer, `stat[,"tac",…]` when unsolicited.
    ///
    /// The second field tells which: a bare number of one or two digits is the state of an answer.
    pub fn parse(text: &str) -> Option<Self> {
        let fields: Vec<&str> = text.split(',').map(str::trim_ascii).collect();
        let is_answer = fields.get(1).is_some_and(|second| second.len() <= 2 && second.parse::<u8>().is_ok());
        let fields = &fields[usize::from(is_answer)..];
        let stat = fields.first()?.parse().ok().filter(|stat| *stat <= 11)?;
        Some(Self { stat, reject: Reject::parse(fields), cell: Cell::parse(fields) })
    }
}

impl Cell {
    /// Reads the middle of `stat,"tac","ci",act`: both are hexadecimal.
    fn parse(fields: &[&str]) -> Option<Self> {
        let [_, area, cell, ..] = fields else { return None };
        let number = |text: &str| u32::from_str_radix(text.strip_prefix('"')?.strip_suffix('"')?, 16).ok();
        Some(Self { area: number(area)?, cell: number(cell)? })
    }
}

impl Reject {
    /// Reads the last two of `stat,"tac","ci",act,kind,cause`.
    fn parse(fields: &[&str]) -> Option<Self> {
        let [_, _, _, _, kind, cause, ..] = fields else { return None };
        Some(Self { kind: kind.parse().ok()?, cause: cause.parse().ok()? })
    }
}

/// Which of the three registrations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Domain {
    /// `+CEREG`: LTE.
    Lte,
    /// `+CGREG`: packet data.
    Packet,
    /// `+CREG`: circuit switched.
    Circuit,
}

impl Domain {
    /// All three.
    pub const ALL: [Self; 3] = [Self::Lte, Self::Packet, Self::Circuit];

    /// How its lines begin.
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::Lte => "+CEREG",
            Self::Packet => "+CGREG",
            Self::Circuit => "+CREG",
        }
    }

    /// The command that asks for it.
    pub const fn question(self) -> &'static str {
        match self {
            Self::Lte => "AT+CEREG?",
            Self::Packet => "AT+CGREG?",
            Self::Circuit => "AT+CREG?",
        }
    }

    /// Reads any registration line.
    pub fn parse_line(line: &str) -> Option<(Self, Registration)> {
        let domain = Self::ALL.into_iter().find(|domain| line.starts_with(domain.prefix()))?;
        Some((domain, Registration::parse(value(line, domain.prefix())?)?))
    }
}

/// `AT+CEREG?`, `AT+CGREG?`, `AT+CREG?`: does the network have us?
#[derive(Clone, Copy, Debug)]
pub struct ReadRegistration(pub Domain);

impl Command for ReadRegistration {
    type Answer = Registration;

    fn line(&self) -> CommandLine {
        CommandLine::new(self.0.question())
    }

    fn exchange(&self) -> Exchange {
        Exchange::new(self.line(), limits::DEFAULT).with_info(Info::Prefix(self.0.prefix().into()))
    }

    fn answer(&self, lines: &[String]) -> Option<Registration> {
        Registration::parse(last_value(lines, self.0.prefix())?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cell_is_read_where_the_module_names_it() {
        let cell = |text: &str| Registration::parse(text).expect("a registration").cell;
        let seen = Some(Cell { area: 0x1a2b, cell: 0x0c3d_4e5f });
        assert_eq!(cell(r#"2,1,"1A2B","0C3D4E5F",7"#), seen);
        assert_eq!(cell(r#"1,"1A2B","0C3D4E5F",7"#), seen);
        for without in ["0,1", "1", "3,3,,,,0,7", r#"2,1,"1A2B""#, r#"2,1,"xyz","1",7"#] {
            assert_eq!(cell(without), None, "{without}");
        }
    }

    #[test]
    fn every_form_of_a_registration_line() {
        let table = [
            ("+CGREG: 0,1", Some((Domain::Packet, 1))),
            ("+CEREG: 0,5", Some((Domain::Lte, 5))),
            (r#"+CEREG: 2,1,"1A2B","0C3D4E5F",7"#, Some((Domain::Lte, 1))),
            (r#"+CEREG: 1,"1A2B","0C3D4E5F",7"#, Some((Domain::Lte, 1))),
            ("+CEREG: 2", Some((Domain::Lte, 2))),
            ("+CREG:0,11", Some((Domain::Circuit, 11))),
            ("+CEREG: 0,12", None),
            ("+CEREG: x", None),
            ("+CSQ: 0,1", None),
        ];
        for (line, expected) in table {
            let read = Domain::parse_line(line).map(|(domain, registration)| (domain, registration.stat));
            assert_eq!(read, expected, "{line}");
        }
    }

    #[test]
    fn a_refusal_says_why_when_it_is_asked_to() {
        let table = [
            (r#"+CEREG: 3,3,"1A2B","0C3D4E5F",7,0,15"#, Some(Reject { kind: 0, cause: 15 })),
            ("+CEREG: 3,3,,,,0,7", Some(Reject { kind: 0, cause: 7 })),
            (r#"+CEREG: 3,"1A2B","0C3D4E5F",7,1,300"#, Some(Reject { kind: 1, cause: 300 })),
            (r#"+CEREG: 2,1,"1A2B","0C3D4E5F",7"#, None),
            ("+CEREG: 0,3", None),
        ];
        for (line, reject) in table {
            assert_eq!(Domain::parse_line(line).and_then(|(_, read)| read.reject), reject, "{line}");
        }
    }

    #[test]
    fn states_are_what_the_table_says() {
        let of = |holds: fn(Registration) -> bool| {
            (0..=11).filter(|stat| holds(Registration::of(*stat))).collect::<Vec<u8>>()
        };
        assert_eq!(of(Registration::is_registered), [1, 5, 9, 10]);
        assert_eq!((of(Registration::is_denied), of(Registration::is_idle)), (vec![3], vec![0, 4]));
    }
}
