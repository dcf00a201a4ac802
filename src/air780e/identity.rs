//! Who the module is: firmware name and version (reference, sections 4 and 18).

use crate::at::{
    exchange::{Exchange, Info},
    text::CommandLine,
};

use super::{Command, limits, urc};

/// The answer to `ATI`, e.g. `AirM2M_780E_V1169_LTE_AT`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Firmware {
    /// The whole name as printed.
    pub name: String,
    /// The number after `V`, e.g. 1169.
    pub version: Option<u32>,
}

impl Firmware {
    /// Reads a name in either order: `AirM2M_780E_V1169_LTE_AT`, older `AirM2M_780E_LTE_AT_V1026`.
    pub fn parse(name: &str) -> Self {
        let name = name.trim();
        let version = name.split(['_', '-', ' ']).find_map(|part| part.strip_prefix(['V', 'v'])?.parse().ok());
        Self { name: name.to_owned(), version }
    }

    /// The model in the name, e.g. `780E`; `None` when the name is not of this family.
    pub fn model(&self) -> Option<&str> {
        let mut parts = self.name.split('_');
        let maker = parts.next()?;
        let model = parts.next()?;
        maker.eq_ignore_ascii_case("AirM2M").then_some(model)
    }

    /// The kind of build: `AT`, `LSAT`, `LPAT` or `AUAT`.
    pub fn build(&self) -> Option<&str> {
        self.name.split('_').rfind(|part| matches!(*part, "AT" | "LSAT" | "LPAT" | "AUAT"))
    }

    /// Whether the command dialect of this program is expected to fit: the Air7xx family with AT firmware.
    pub fn is_known_dialect(&self) -> bool {
        self.model().is_some_and(|model| model.starts_with('7') || model.starts_with("Air7"))
    }
}

/// `ATI`: which firmware?
#[derive(Clone, Copy, Debug)]
pub struct ReadIdentity;

impl Command for ReadIdentity {
    type Answer = Firmware;

    fn line(&self) -> CommandLine {
        CommandLine::new("ATI")
    }

    fn exchange(&self) -> Exchange {
        Exchange::new(self.line(), limits::DEFAULT).with_info(Info::Where(urc::is_bare))
    }

    /// The line that looks most like a firmware name: other dialects print maker and model on lines of their own.
    fn answer(&self, lines: &[String]) -> Option<Firmware> {
        let informative = || lines.iter().filter(|line| urc::is_bare(line));
        let named = informative().map(|line| Firmware::parse(line)).find(|firmware| firmware.version.is_some());
        named.or_else(|| informative().next().map(|line| Firmware::parse(line)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_both_orders() {
        let table = [
            ("AirM2M_780E_V1169_LTE_AT", Some(1169), Some("780E"), Some("AT"), true),
            ("AirM2M_780E_LTE_AT_V1026", Some(1026), Some("780E"), Some("AT"), true),
            ("AirM2M_780EP_V1010_LTE_LSAT", Some(1010), Some("780EP"), Some("LSAT"), true),
            ("AirM2M_780E_V1156_LTE_LPAT", Some(1156), Some("780E"), Some("LPAT"), true),
            ("Quectel EC200", None, None, None, false),
            ("LuatOS-SoC_V1103_EC618", Some(1103), None, None, false),
        ];
        for (name, version, model, build, is_known) in table {
            let firmware = Firmware::parse(name);
            assert_eq!(firmware.version, version, "{name}");
            assert_eq!(firmware.model(), model, "{name}");
            assert_eq!(firmware.build(), build, "{name}");
            assert_eq!(firmware.is_known_dialect(), is_known, "{name}");
        }
    }

    #[test]
    fn the_name_is_found_among_other_lines() {
        let lines = ["AirM2M_780E_V1169_LTE_AT".to_owned(), "OK".to_owned()];
        assert_eq!(ReadIdentity.answer(&lines).and_then(|firmware| firmware.version), Some(1169));
        assert_eq!(ReadIdentity.answer(&["OK".to_owned()]), None);
    }
}
