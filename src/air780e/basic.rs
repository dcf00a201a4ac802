//! Commands that every conversation begins with (reference, section 4).

use crate::at::{exchange::Exchange, text::CommandLine};

use super::{Command, limits};

/// `AT`: is anybody there? Upper case also trains the automatic baud rate (reference, section 2).
#[derive(Clone, Copy, Debug)]
pub struct Attention;

impl Command for Attention {
    type Answer = ();

    fn line(&self) -> CommandLine {
        CommandLine::new("AT")
    }

    fn exchange(&self) -> Exchange {
        Exchange::new(self.line(), limits::ATTENTION).unsounded()
    }

    fn answer(&self, _lines: &[String]) -> Option<()> {
        Some(())
    }
}

/// `AT+CMEE=1`: say error numbers.
#[derive(Clone, Copy, Debug)]
pub struct ErrorNumbers;

impl Command for ErrorNumbers {
    type Answer = ();

    fn line(&self) -> CommandLine {
        CommandLine::new("AT+CMEE=1")
    }

    fn exchange(&self) -> Exchange {
        Exchange::new(self.line(), limits::DEFAULT)
    }

    fn answer(&self, _lines: &[String]) -> Option<()> {
        Some(())
    }
}
