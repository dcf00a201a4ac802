//! Commands that every conversation begins with (reference, section 4), and what frees a module that waits for data.

use std::time::Duration;

use crate::at::{exchange::Exchange, reply::Final, text::CommandLine};

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
        Exchange::new(self.line(), limits::ATTENTION).repeated()
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

/// The byte 0x1A: ends data without a length that somebody left open (reference, sections 11.6 and 13).
#[derive(Clone, Copy, Debug)]
pub struct EndData;

/// As many carriage returns as the module can be waiting for: they complete data of a length that somebody left open, and are
/// nothing but empty lines to a module that waits for a command (reference, sections 8 and 13).
#[derive(Clone, Copy, Debug)]
pub struct FillData;

impl Command for EndData {
    type Answer = ();

    fn line(&self) -> CommandLine {
        CommandLine::new("\u{1a}")
    }

    fn exchange(&self) -> Exchange {
        Exchange::new(self.line(), limits::ATTENTION).with_own_final(data_final).unsounded()
    }

    fn answer(&self, _lines: &[String]) -> Option<()> {
        Some(())
    }
}

impl Command for FillData {
    type Answer = ();

    fn line(&self) -> CommandLine {
        CommandLine::new("\r".repeat(limits::DATA_BYTES - 1))
    }

    fn exchange(&self) -> Exchange {
        Exchange::new(self.line(), FILLED).with_own_final(data_final).unsounded()
    }

    fn answer(&self, _lines: &[String]) -> Option<()> {
        Some(())
    }
}

/// A file that waited too long ends with a word of its own.
fn data_final(line: &str) -> Option<Final> {
    (line == "TimeOut").then_some(Final::Error)
}

/// How long the module may take to write what it then has.
const FILLED: Duration = Duration::from_millis(1_500);
