//! Attached to the packet network (reference, section 4, `AT+CGATT?`).

use crate::at::{
    exchange::{Exchange, Info},
    text::CommandLine,
};

use super::{Command, command::last_value, limits};

/// `AT+CGATT?`: may we send data?
#[derive(Clone, Copy, Debug)]
pub struct ReadAttach;

impl Command for ReadAttach {
    type Answer = bool;

    fn line(&self) -> CommandLine {
        CommandLine::new("AT+CGATT?")
    }

    fn exchange(&self) -> Exchange {
        Exchange::new(self.line(), limits::DEFAULT).with_info(Info::Prefix("+CGATT".into()))
    }

    fn answer(&self, lines: &[String]) -> Option<bool> {
        match last_value(lines, "+CGATT")? {
            "1" => Some(true),
            "0" => Some(false),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attach_is_one_or_zero() {
        for (line, expected) in
            [("+CGATT: 1", Some(true)), ("+CGATT:0", Some(false)), ("+CGATT: x", None), ("+CGATT", None)]
        {
            assert_eq!(ReadAttach.answer(&[line.to_owned()]), expected, "{line}");
        }
    }
}
