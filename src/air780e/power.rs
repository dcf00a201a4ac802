//! Radio and restart (reference, sections 3, 4 and 13): `AT+CFUN`, `AT+RESET`, `AT*EXINFO?`.

use std::time::Duration;

use crate::{
    at::{
        exchange::{Exchange, Info},
        text::CommandLine,
    },
    lang::Phrase,
};

use super::{
    Command,
    command::{last_value, plain_command},
    limits,
};

/// `AT+CFUN=0`: switch radio and card off.
#[derive(Clone, Copy, Debug)]
pub struct RadioOff;

/// `AT+CFUN=1`: switch both on.
#[derive(Clone, Copy, Debug)]
pub struct RadioOn;

/// `AT+RESET`: restart the module. `OK` comes first, the boot reports after it.
#[derive(Clone, Copy, Debug)]
pub struct Restart;

/// `AT+CFUN?`: is the radio on?
#[derive(Clone, Copy, Debug)]
pub struct ReadFunction;

/// `AT*EXINFO?`: why did the module start last? Known since V1126.
#[derive(Clone, Copy, Debug)]
pub struct ReadStartReason;

plain_command!(RadioOff, "AT+CFUN=0", Duration::from_secs(45));
plain_command!(RadioOn, "AT+CFUN=1", Duration::from_secs(45));
plain_command!(Restart, "AT+RESET", limits::DEFAULT);

impl Command for ReadFunction {
    /// 0 minimum, 1 full, 4 flight mode.
    type Answer = u8;

    fn line(&self) -> CommandLine {
        CommandLine::new("AT+CFUN?")
    }

    fn exchange(&self) -> Exchange {
        Exchange::new(self.line(), limits::DEFAULT).with_info(Info::Prefix("+CFUN".into()))
    }

    fn answer(&self, lines: &[String]) -> Option<u8> {
        last_value(lines, "+CFUN")?.parse().ok()
    }
}

impl Command for ReadStartReason {
    type Answer = StartReason;

    fn line(&self) -> CommandLine {
        CommandLine::new("AT*EXINFO?")
    }

    fn exchange(&self) -> Exchange {
        Exchange::new(self.line(), limits::DEFAULT).with_info(Info::Prefix("*EXINFO".into()))
    }

    fn answer(&self, lines: &[String]) -> Option<StartReason> {
        last_value(lines, "*EXINFO")?.parse().ok().map(StartReason)
    }
}

/// Why the module started last, by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct StartReason(pub u8);

impl StartReason {
    /// What the number means.
    pub const fn text(self) -> Option<Phrase> {
        Some(Phrase::new(match self.0 {
            0 => "start-reason-0",
            1 => "start-reason-1",
            2 => "start-reason-2",
            3 => "start-reason-3",
            4 => "start-reason-4",
            5 => "start-reason-5",
            6 => "start-reason-6",
            7 => "start-reason-7",
            8 => "start-reason-8",
            9 => "start-reason-9",
            10 => "start-reason-10",
            _ => return None,
        }))
    }

    /// Whether it speaks of trouble: an exception or the watchdog.
    pub const fn is_trouble(self) -> bool {
        matches!(self.0, 6 | 8)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_and_answers() {
        assert_eq!(RadioOff.line().masked(), "AT+CFUN=0");
        assert_eq!(RadioOn.exchange().limit, Duration::from_secs(45));
        assert_eq!(Restart.line().masked(), "AT+RESET");
        assert_eq!(ReadFunction.answer(&["+CFUN: 4".to_owned()]), Some(4));
        assert_eq!(ReadStartReason.answer(&["*EXINFO: 8".to_owned()]), Some(StartReason(8)));
        assert!(StartReason(8).is_trouble() && !StartReason(0).is_trouble());
        assert_eq!(StartReason(5).text().map(|text| text.to(crate::lang::Lang::En)).as_deref(), Some("RESET key"));
        assert_eq!(StartReason(11).text(), None);
    }
}
