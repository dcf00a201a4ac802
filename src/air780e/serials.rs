//! What the module says of itself by a word of its own (reference, section 4): `AT+CGMR`, `AT^HVER`.

use std::borrow::Cow;

use crate::at::{
    exchange::{Exchange, Info},
    text::CommandLine,
};

use super::{
    Command,
    command::{last_value, unquoted},
    limits,
};

/// What is asked for by a word of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReadName {
    /// `AT+CGMR`: the firmware. The manual's syntax row says `Revision: …`, every log `+CGMR: …`.
    Revision,
    /// `AT^HVER`: the chip, e.g. `EC718`.
    Chip,
}

impl ReadName {
    const fn parts(self) -> (&'static str, &'static str) {
        match self {
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
            Self::Chip => Info::Prefix(Cow::Borrowed(self.parts().1)),
        };
        Exchange::new(self.line(), limits::DEFAULT).with_info(info)
    }

    fn answer(&self, lines: &[String]) -> Option<String> {
        let other = || last_value(lines, OTHER_REVISION).filter(|_| *self == Self::Revision);
        let read = last_value(lines, self.parts().1).or_else(other)?;
        Some(unquoted(read).to_owned()).filter(|name| !name.is_empty())
    }
}

const OTHER_REVISION: &str = "Revision";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_their_prefixes() {
        let table = [
            (ReadName::Revision, "+CGMR: \"AirM2M_780E_V1161_LTE_AT\"", Some("AirM2M_780E_V1161_LTE_AT")),
            (ReadName::Revision, "Revision: AirM2M_780E_V1161_LTE_AT", Some("AirM2M_780E_V1161_LTE_AT")),
            (ReadName::Chip, "Revision: AirM2M_780E_V1161_LTE_AT", None),
            (ReadName::Chip, "^HVER: EC718", Some("EC718")),
            (ReadName::Chip, "^HVER:", None),
        ];
        for (command, line, expected) in table {
            assert_eq!(command.answer(&[line.to_owned()]).as_deref(), expected, "{line}");
            assert_eq!(command.exchange().info.covers(line), expected.is_some() || line == "^HVER:", "{line}");
        }
        let texts = [ReadName::Revision, ReadName::Chip].map(|command| command.line().masked());
        assert_eq!(texts, ["AT+CGMR", "AT^HVER"]);
    }
}
