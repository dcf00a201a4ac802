//! The SIM card's state (reference, section 4, `AT+CPIN?`).

use std::{fmt, time::Duration};

use crate::{
    at::{
        exchange::{Exchange, Info},
        text::CommandLine,
    },
    mqtt::Password,
};

use super::{Command, command::last_value, limits};

/// State of the card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SimState {
    /// In and unlocked.
    Ready,
    /// In, but the PIN is wanted.
    PinWanted,
    /// Blocked: the PUK is wanted.
    PukWanted,
    /// No card.
    Missing,
    /// Any other word of the modem.
    Other(String),
}

impl SimState {
    /// The state behind `+CPIN:`. The hot-plug forms end in a slot number (`READY 0`).
    pub fn parse(word: &str) -> Self {
        let word = word.trim();
        let bare = word.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end();
        match (word, bare) {
            (_, "READY") => Self::Ready,
            ("SIM PIN", _) => Self::PinWanted,
            ("SIM PUK", _) => Self::PukWanted,
            (_, "SIM REMOVED") => Self::Missing,
            _ => Self::Other(word.to_owned()),
        }
    }

    /// What an error number of `AT+CPIN?` says of the card (reference, section 5); `None` when nothing.
    pub fn from_error(code: u32) -> Option<Self> {
        Some(match code {
            10 => Self::Missing,
            11 => Self::PinWanted,
            12 => Self::PukWanted,
            13 => Self::Other("SIM failure".to_owned()),
            15 => Self::Other("SIM wrong".to_owned()),
            _ => return None,
        })
    }
}

/// In the modem's own words.
impl fmt::Display for SimState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Ready => "READY",
            Self::PinWanted => "SIM PIN",
            Self::PukWanted => "SIM PUK",
            Self::Missing => "SIM not inserted",
            Self::Other(word) => word,
        })
    }
}

/// Error numbers that only mean "ask again": not ready after power-on, and busy (reference, sections 3 and 5).
pub const fn is_busy(code: u32) -> bool {
    matches!(code, 4 | 14)
}

/// `AT+CPIN="1234"`: unlock the card. After three wrong PINs it wants its PUK.
#[derive(Clone, Debug)]
pub struct EnterPin<'a>(pub &'a Password);

impl Command for EnterPin<'_> {
    /// The state of the card afterwards, when the module prints it.
    type Answer = SimState;

    fn line(&self) -> CommandLine {
        CommandLine::new("AT+CPIN=").quoted_secret(self.0.reveal())
    }

    fn exchange(&self) -> Exchange {
        Exchange::new(self.line(), PIN).with_info(Info::Prefix("+CPIN".into()))
    }

    fn answer(&self, lines: &[String]) -> Option<SimState> {
        last_value(lines, "+CPIN").map(SimState::parse)
    }
}

/// How long unlocking may take: the vendor's limit.
const PIN: Duration = Duration::from_mins(3);

/// `AT+CPIN?`: is the card ready?
#[derive(Clone, Copy, Debug)]
pub struct ReadSim;

impl Command for ReadSim {
    type Answer = SimState;

    fn line(&self) -> CommandLine {
        CommandLine::new("AT+CPIN?")
    }

    fn exchange(&self) -> Exchange {
        Exchange::new(self.line(), limits::DEFAULT).with_info(Info::Prefix("+CPIN".into()))
    }

    fn answer(&self, lines: &[String]) -> Option<SimState> {
        last_value(lines, "+CPIN").map(SimState::parse)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_is_a_secret() {
        let pin = Password::new("1234");
        assert_eq!(EnterPin(&pin).line().bytes(), b"AT+CPIN=\"1234\"\r");
        assert_eq!(EnterPin(&pin).line().masked(), r#"AT+CPIN="***""#);
        assert_eq!(EnterPin(&pin).exchange().limit, Duration::from_mins(3));
        assert_eq!(EnterPin(&pin).answer(&["+CPIN: READY".to_owned()]), Some(SimState::Ready));
    }

    #[test]
    fn card_states_with_and_without_slot() {
        let table = [
            ("+CPIN: READY", SimState::Ready),
            ("+CPIN: READY 0", SimState::Ready),
            ("+CPIN:SIM PIN", SimState::PinWanted),
            ("+CPIN: SIM PUK", SimState::PukWanted),
            ("+CPIN: SIM PIN2", SimState::Other("SIM PIN2".into())),
            ("+CPIN: SIM REMOVED", SimState::Missing),
            ("+CPIN: SIM REMOVED 0", SimState::Missing),
        ];
        for (line, expected) in table {
            assert_eq!(ReadSim.answer(&[line.to_owned()]), Some(expected), "{line}");
        }
    }
}
