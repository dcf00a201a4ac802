//! Who made the module, and the numbers that name it and its card (reference, section 4): `AT+CGMI`, `AT+CGMM`,
//! `AT+CGMR`, `AT^HVER`, `AT+CGSN`, `AT+CIMI`, `AT+CCID`, `AT+ICCID`.
//!
//! The numbers of module, card and subscriber are personal: a trace that is given away has them masked
//! (`trace::redaction`), and [`Serial`] does not show its number to `Debug`.

use std::{borrow::Cow, fmt};

use crate::at::{
    exchange::{Exchange, Info},
    text::{CommandLine, MASK},
};

use super::{
    Command,
    command::{last_value, unquoted},
    limits, urc,
};

/// A number that names one module, card or subscriber.
#[derive(Clone, PartialEq, Eq)]
pub struct Serial(String);

impl Serial {
    /// The number itself, for a person who asked for it; never for a log.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Serial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Serial({MASK})")
    }
}

/// What is asked for by a word of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReadName {
    /// `AT+CGMI`: the maker.
    Maker,
    /// `AT+CGMM`: the model.
    Model,
    /// `AT+CGMR`: the firmware. The manual's syntax row says `Revision: …`, every log `+CGMR: …`.
    Revision,
    /// `AT^HVER`: the chip, e.g. `EC718`.
    Chip,
}

impl ReadName {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Maker, Self::Model, Self::Revision, Self::Chip];

    const fn parts(self) -> (&'static str, &'static str) {
        match self {
            Self::Maker => ("AT+CGMI", "+CGMI"),
            Self::Model => ("AT+CGMM", "+CGMM"),
            Self::Revision => ("AT+CGMR", "+CGMR"),
            Self::Chip => ("AT^HVER", "^HVER"),
        }
    }
}

impl Command for ReadName {
    type Answer = String;

    fn line(&self) -> CommandLine {
        CommandLine::new(self.parts().0)
    }

    fn exchange(&self) -> Exchange {
        let info = match self {
            Self::Revision => Info::PrefixOr(self.parts().1.to_owned(), |line| line.starts_with(OTHER_REVISION)),
            _ => Info::Prefix(Cow::Borrowed(self.parts().1)),
        };
        Exchange::new(self.line(), limits::DEFAULT).with_info(info)
    }

    fn answer(&self, lines: &[String]) -> Option<String> {
        let other = || last_value(lines, OTHER_REVISION).filter(|_| *self == Self::Revision);
        let read = last_value(lines, self.parts().1).or_else(other)?;
        Some(unquoted(read).to_owned()).filter(|name| !name.is_empty())
    }
}

/// Which number is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReadSerial {
    /// `AT+CGSN`: the module's, IMEI, 15 digits.
    Module,
    /// `AT+CIMI`: the subscriber's, IMSI, 15 digits; `+CME ERROR: 10` without a card.
    Subscriber,
    /// `AT+CCID`: the card's, ICCID, 20 characters without a prefix.
    Card,
    /// `AT+ICCID`: the same with a prefix; it may hold a letter.
    PrefixedCard,
}

impl ReadSerial {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Module, Self::Subscriber, Self::Card, Self::PrefixedCard];

    const fn text(self) -> &'static str {
        match self {
            Self::Module => "AT+CGSN",
            Self::Subscriber => "AT+CIMI",
            Self::Card => "AT+CCID",
            Self::PrefixedCard => "AT+ICCID",
        }
    }

    fn fits(self, number: &str) -> bool {
        match self {
            Self::Module | Self::Subscriber => number.len() == 15 && number.bytes().all(|byte| byte.is_ascii_digit()),
            Self::Card | Self::PrefixedCard => {
                matches!(number.len(), 19 | 20) && number.bytes().all(|byte| byte.is_ascii_alphanumeric())
            }
        }
    }
}

impl Command for ReadSerial {
    type Answer = Serial;

    fn line(&self) -> CommandLine {
        CommandLine::new(self.text())
    }

    fn exchange(&self) -> Exchange {
        let info = if *self == Self::PrefixedCard { Info::Prefix("+ICCID".into()) } else { Info::Where(urc::is_bare) };
        Exchange::new(self.line(), limits::DEFAULT).with_info(info)
    }

    fn answer(&self, lines: &[String]) -> Option<Serial> {
        let read = |line: &str| {
            let bare = if *self == Self::PrefixedCard { super::command::value(line, "+ICCID")? } else { line.trim() };
            Some(unquoted(bare).to_owned()).filter(|number| self.fits(number)).map(Serial)
        };
        lines.iter().rev().find_map(|line| read(line))
    }
}

const OTHER_REVISION: &str = "Revision";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_their_prefixes() {
        let table = [
            (ReadName::Maker, "+CGMI: \"AirM2M\"", Some("AirM2M")),
            (ReadName::Model, "+CGMM: \"Air780E\"", Some("Air780E")),
            (ReadName::Revision, "+CGMR: \"AirM2M_780E_V1161_LTE_AT\"", Some("AirM2M_780E_V1161_LTE_AT")),
            (ReadName::Revision, "Revision: AirM2M_780E_V1161_LTE_AT", Some("AirM2M_780E_V1161_LTE_AT")),
            (ReadName::Maker, "Revision: AirM2M_780E_V1161_LTE_AT", None),
            (ReadName::Chip, "^HVER: EC718", Some("EC718")),
            (ReadName::Chip, "^HVER:", None),
            (ReadName::Model, "+CGMI: \"AirM2M\"", None),
        ];
        for (command, line, expected) in table {
            assert_eq!(command.answer(&[line.to_owned()]).as_deref(), expected, "{line}");
            assert_eq!(command.exchange().info.covers(line), expected.is_some() || line == "^HVER:", "{line}");
        }
        let texts = ReadName::ALL.map(|command| command.line().masked());
        assert_eq!(texts, ["AT+CGMI", "AT+CGMM", "AT+CGMR", "AT^HVER"]);
        assert!(ReadName::ALL.iter().all(|command| command.exchange().limit == limits::DEFAULT));
    }

    #[test]
    fn numbers_of_the_right_length_and_nothing_else() {
        let table = [
            (ReadSerial::Module, "866000000000017", true),
            (ReadSerial::Module, "86600000000001", false),
            (ReadSerial::Module, "+CGEV: ME PDN ACT 1", false),
            (ReadSerial::Subscriber, "460010000000017", true),
            (ReadSerial::Subscriber, "46001000000001x", false),
            (ReadSerial::Card, "898600000022C0000017", true),
            (ReadSerial::Card, "+ICCID: 898600000022C0000017", false),
            (ReadSerial::PrefixedCard, "+ICCID: 898600000022C0000017", true),
            (ReadSerial::PrefixedCard, "898600000022C0000017", false),
        ];
        for (command, line, is_read) in table {
            let read = command.answer(&[line.to_owned()]);
            assert_eq!(read.is_some(), is_read, "{line}");
            assert!(read.is_none_or(|serial| line.ends_with(serial.reveal())), "{line}");
            assert!(!is_read || command.exchange().info.covers(line), "{line}");
        }
        let texts = ReadSerial::ALL.map(|command| command.line().masked());
        assert_eq!(texts, ["AT+CGSN", "AT+CIMI", "AT+CCID", "AT+ICCID"]);
    }

    #[test]
    fn a_number_that_names_someone_is_not_shown_by_accident() {
        let read = ReadSerial::Module.answer(&["866000000000017".to_owned()]).expect("a number");
        assert_eq!(read.reveal(), "866000000000017");
        assert!(!format!("{read:?}").contains("866"), "{read:?}");
    }

    #[test]
    fn a_report_before_the_number_is_not_taken_for_it() {
        let lines = ["+CREG: 1".to_owned(), "866000000000017".to_owned()];
        assert_eq!(ReadSerial::Module.answer(&lines).expect("a number").reveal(), "866000000000017");
        assert!(!ReadSerial::Module.exchange().info.covers("+CREG: 1"));
    }
}
