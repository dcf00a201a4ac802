//! The settings that `AT&W` stores (reference, sections 1, 2 and 4): echo, form of errors, baud rate.

use std::borrow::Cow;

use crate::at::{
    exchange::{Exchange, Info},
    text::CommandLine,
};

use super::{
    Command,
    command::{last_value, plain_command},
    limits,
};

/// `ATE0`, `ATE1`: whether the module repeats what it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Echo {
    /// It does not.
    Off,
    /// It does, as it comes from the factory.
    On,
}

/// `AT&W`: keep the classic settings through restarts.
#[derive(Clone, Copy, Debug)]
pub struct StoreSettings;

/// `AT&F`: back to the factory's classic settings. The rate is one of them since V1155.
#[derive(Clone, Copy, Debug)]
pub struct FactorySettings;

plain_command!(StoreSettings, "AT&W", limits::DEFAULT);
plain_command!(FactorySettings, "AT&F", limits::DEFAULT);

impl Command for Echo {
    type Answer = ();

    fn line(&self) -> CommandLine {
        CommandLine::new(if *self == Self::On { "ATE1" } else { "ATE0" })
    }

    fn exchange(&self) -> Exchange {
        Exchange::new(self.line(), limits::DEFAULT)
    }

    fn answer(&self, _lines: &[String]) -> Option<()> {
        Some(())
    }
}

/// How a module prints an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrorForm {
    /// 0: `ERROR`.
    Plain,
    /// 1: `+CME ERROR: 767`.
    Number,
    /// 2: `+CME ERROR: operation failed`.
    Words,
}

/// `AT+CMEE?`: how are errors printed? The factory's value is not documented (section 20, 19).
#[derive(Clone, Copy, Debug)]
pub struct ReadErrorForm;

/// `AT+CMEE=`: how errors shall be printed.
#[derive(Clone, Copy, Debug)]
pub struct SetErrorForm(pub ErrorForm);

impl Command for ReadErrorForm {
    type Answer = ErrorForm;

    fn line(&self) -> CommandLine {
        CommandLine::new("AT+CMEE?")
    }

    fn exchange(&self) -> Exchange {
        Exchange::new(self.line(), limits::DEFAULT).with_info(Info::Prefix(Cow::Borrowed("+CMEE")))
    }

    fn answer(&self, lines: &[String]) -> Option<ErrorForm> {
        Some(match last_value(lines, "+CMEE")? {
            "0" => ErrorForm::Plain,
            "1" => ErrorForm::Number,
            "2" => ErrorForm::Words,
            _ => return None,
        })
    }
}

impl Command for SetErrorForm {
    type Answer = ();

    fn line(&self) -> CommandLine {
        CommandLine::new("AT+CMEE=").arg(match self.0 {
            ErrorForm::Plain => 0,
            ErrorForm::Number => 1,
            ErrorForm::Words => 2,
        })
    }

    fn exchange(&self) -> Exchange {
        Exchange::new(self.line(), limits::DEFAULT)
    }

    fn answer(&self, _lines: &[String]) -> Option<()> {
        Some(())
    }
}

/// `AT+IPR=…;&W`: fix the baud rate of the serial line and keep it. From V1162 on it also ends automatic rates.
///
/// `OK` still comes at the old rate; nothing is documented about when the new one holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SetBaudRate(u32);

impl SetBaudRate {
    /// A rate the module takes, 600 to 921,600; 0 is automatic.
    pub const fn new(rate: u32) -> Option<Self> {
        if rate == 0 || (600 <= rate && rate <= 921_600) { Some(Self(rate)) } else { None }
    }
}

impl Command for SetBaudRate {
    type Answer = ();

    fn line(&self) -> CommandLine {
        CommandLine::new("AT+IPR=").arg(self.0).plain(";&W")
    }

    fn exchange(&self) -> Exchange {
        Exchange::new(self.line(), limits::DEFAULT)
    }

    fn answer(&self, _lines: &[String]) -> Option<()> {
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_the_settings() {
        let rate = SetBaudRate::new(115_200).expect("a rate");
        let texts = [
            (Echo::Off.line(), "ATE0"),
            (Echo::On.line(), "ATE1"),
            (StoreSettings.line(), "AT&W"),
            (FactorySettings.line(), "AT&F"),
            (ReadErrorForm.line(), "AT+CMEE?"),
            (SetErrorForm(ErrorForm::Words).line(), "AT+CMEE=2"),
            (rate.line(), "AT+IPR=115200;&W"),
        ];
        for (line, expected) in texts {
            assert_eq!(line.masked(), expected);
        }
    }

    #[test]
    fn the_form_of_errors_has_its_blank_before_the_colon() {
        let table = [
            ("+CMEE :0", Some(ErrorForm::Plain)),
            ("+CMEE: 1", Some(ErrorForm::Number)),
            ("+CMEE :2", Some(ErrorForm::Words)),
            ("+CMEE :3", None),
        ];
        for (line, expected) in table {
            assert_eq!(ReadErrorForm.answer(&[line.to_owned()]), expected, "{line}");
            assert!(ReadErrorForm.exchange().info.covers(line));
        }
    }

    #[test]
    fn rates_the_module_does_not_take_cannot_be_asked_for() {
        let rates = [0, 599, 600, 921_600, 921_601].map(|rate| SetBaudRate::new(rate).is_some());
        assert_eq!(rates, [true, false, true, true, false]);
    }
}
