//! Single questions about the whole system (reference, section 4): `AT+VER`, `AT^SYSINFO`, `AT+CSCS?`.

use crate::at::{
    exchange::{Exchange, Info},
    text::CommandLine,
};

use super::{
    Command,
    command::{fields, last_value, unquoted},
    identity::{Firmware, ReadIdentity},
    limits, urc,
};

/// `AT+VER`: the same name as `ATI` prints.
#[derive(Clone, Copy, Debug)]
pub struct ReadVersion;

/// `AT^SYSINFO`: state of service, domain, roaming, system and card.
#[derive(Clone, Copy, Debug)]
pub struct ReadSystem;

/// `AT+CSCS?`: the character set of short messages. Payloads of MQTT have nothing to do with it.
#[derive(Clone, Copy, Debug)]
pub struct ReadCharacterSet;

impl Command for ReadVersion {
    type Answer = Firmware;

    fn line(&self) -> CommandLine {
        CommandLine::new("AT+VER")
    }

    fn exchange(&self) -> Exchange {
        Exchange::new(self.line(), limits::DEFAULT).with_info(Info::Where(urc::is_bare))
    }

    fn answer(&self, lines: &[String]) -> Option<Firmware> {
        ReadIdentity.answer(lines)
    }
}

impl Command for ReadSystem {
    /// The numbers as printed: the reference names the command and not their meaning.
    type Answer = Vec<u32>;

    fn line(&self) -> CommandLine {
        CommandLine::new("AT^SYSINFO")
    }

    fn exchange(&self) -> Exchange {
        Exchange::new(self.line(), limits::DEFAULT).with_info(Info::Prefix("^SYSINFO".into()))
    }

    fn answer(&self, lines: &[String]) -> Option<Vec<u32>> {
        let fields = fields(last_value(lines, "^SYSINFO")?);
        fields.iter().filter(|field| !field.is_empty()).map(|field| field.parse().ok()).collect::<Option<Vec<_>>>()
    }
}

impl Command for ReadCharacterSet {
    type Answer = String;

    fn line(&self) -> CommandLine {
        CommandLine::new("AT+CSCS?")
    }

    fn exchange(&self) -> Exchange {
        Exchange::new(self.line(), limits::DEFAULT).with_info(Info::Prefix("+CSCS".into()))
    }

    fn answer(&self, lines: &[String]) -> Option<String> {
        last_value(lines, "+CSCS").map(|name| unquoted(name).to_owned()).filter(|name| !name.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(line: &str) -> Vec<String> {
        vec![line.to_owned()]
    }

    #[test]
    fn the_version_is_the_name_that_ati_prints() {
        assert_eq!(ReadVersion.line().masked(), "AT+VER");
        let lines = ["+CGEV: ME PDN ACT 1".to_owned(), "AirM2M_780E_V1169_LTE_AT".to_owned()];
        assert_eq!(ReadVersion.answer(&lines), Some(Firmware::parse("AirM2M_780E_V1169_LTE_AT")));
        assert!(ReadVersion.exchange().info.covers(&lines[1]) && !ReadVersion.exchange().info.covers(&lines[0]));
        assert_eq!(ReadVersion.answer(&one("OK")), None);
    }

    #[test]
    fn the_state_of_the_system_in_any_spacing() {
        assert_eq!(ReadSystem.line().masked(), "AT^SYSINFO");
        for line in ["^SYSINFO: 2,3,0,17,1", "^SYSINFO:2,3,0,17,1", "^SYSINFO: 2, 3,0,17,1,"] {
            assert_eq!(ReadSystem.answer(&one(line)), Some(vec![2, 3, 0, 17, 1]), "{line}");
            assert!(ReadSystem.exchange().info.covers(line));
        }
        assert_eq!(ReadSystem.answer(&one("^SYSINFO: a")), None);
    }

    #[test]
    fn the_character_set_with_and_without_quotes() {
        assert_eq!(ReadCharacterSet.line().masked(), "AT+CSCS?");
        for line in ["+CSCS: \"GSM\"", "+CSCS:GSM", "+CSCS : \"GSM\" "] {
            assert_eq!(ReadCharacterSet.answer(&one(line)).as_deref(), Some("GSM"), "{line}");
        }
        assert_eq!(ReadCharacterSet.answer(&one("+CSCS:")), None);
        assert_eq!(ReadCharacterSet.exchange().limit, limits::DEFAULT);
    }
}
