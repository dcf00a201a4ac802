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
    /// 0 idle, 1 home, 2 searching, 3 denied, 4 unknown, 5 roaming, 6 to 11 limited.
    pub stat: u8,
}

impl Registration {
    /// Whether the network lets this modem use data: home or roaming.
    pub const fn is_registered(self) -> bool {
        matches!(self.stat, 1 | 5)
    }

    /// Whether the network said no.
    pub const fn is_denied(self) -> bool {
        self.stat == 3
    }

    /// Reads what stands behind the colon: `n,stat[,…]` as an answer, `stat[,"tac",…]` when unsolicited.
    ///
    /// The second field tells which: a bare number of one or two digits is the state of an answer.
    pub fn parse(text: &str) -> Option<Self> {
        let mut raw = text.split(',').map(str::trim_ascii);
        let first = raw.next()?;
        let stat = match raw.next() {
            Some(second) if second.len() <= 2 && second.parse::<u8>().is_ok() => second,
            _ => first,
        };
        stat.parse().ok().filter(|stat| *stat <= 11).map(|stat| Self { stat })
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
}
