//! What the module says of itself (reference, section 4): `AT*I`, `AT+CESQ`, `AT+COPS?`, `AT+CCLK?`, `AT+CBC`, `AT+IPR?`.

use crate::{
    at::{
        exchange::{Exchange, Info},
        text::CommandLine,
    },
    lang::Phrase,
};

use super::{
    Command,
    command::{fields, last_value, value},
    limits, urc,
};

/// `AT*I`: identity block.
#[derive(Clone, Copy, Debug)]
pub struct ReadIdentityBlock;

/// The answer to `AT*I`; a field is empty when the module does not print it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IdentityBlock {
    /// Maker.
    pub manufacturer: String,
    /// Model.
    pub model: String,
    /// Firmware.
    pub revision: String,
    /// Hardware version.
    pub hardware: String,
    /// When the firmware was built.
    pub built: String,
    /// Serial number of the module, 15 digits.
    pub imei: String,
    /// Serial number of the card.
    pub iccid: String,
    /// Subscriber number, 15 digits.
    pub imsi: String,
}

/// `AT+CESQ`: signal in the terms of 3GPP 27.007.
#[derive(Clone, Copy, Debug)]
pub struct ReadExtendedSignal;

/// The answer to `AT+CESQ`, LTE part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ExtendedSignal {
    /// Reference signal received quality, 0 to 34; 255 is unknown.
    pub rsrq: u8,
    /// Reference signal received power, 0 to 97; 255 is unknown.
    pub rsrp: u8,
}

impl ExtendedSignal {
    /// Power in dBm, the lower end of its step: −141 to −44.
    pub fn rsrp_dbm(self) -> Option<i16> {
        (self.rsrp <= 97).then(|| i16::from(self.rsrp) - 141)
    }

    /// The power in a word; the bounds are those usual for LTE.
    pub fn strength(self) -> Option<Strength> {
        Some(match self.rsrp_dbm()? {
            -85.. => Strength::Excellent,
            -100..-85 => Strength::Good,
            -110..-100 => Strength::Fair,
            _ => Strength::Poor,
        })
    }

    /// Quality in tenths of a decibel, the lower end of its step: −200 to −30.
    pub fn rsrq_tenths(self) -> Option<i16> {
        (self.rsrq <= 34).then(|| i16::from(self.rsrq) * 5 - 200)
    }
}

/// How good a signal is, in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Strength {
    /// Hardly usable.
    Poor,
    /// Usable, may drop.
    Fair,
    /// Stable.
    Good,
    /// As good as it gets.
    Excellent,
}

impl Strength {
    /// The word.
    pub const fn text(self) -> Phrase {
        Phrase::new(match self {
            Self::Poor => "strength-poor",
            Self::Fair => "strength-fair",
            Self::Good => "strength-good",
            Self::Excellent => "strength-excellent",
        })
    }
}

/// `AT+COPS?`: which operator? Wrong before V1170.
#[derive(Clone, Copy, Debug)]
pub struct ReadOperator;

/// `AT+CCLK?`: the module's clock.
#[derive(Clone, Copy, Debug)]
pub struct ReadClock;

/// `AT+CBC`: supply voltage.
#[derive(Clone, Copy, Debug)]
pub struct ReadSupply;

/// `AT+IPR?`: fixed baud rate.
#[derive(Clone, Copy, Debug)]
pub struct ReadBaudRate;

macro_rules! question {
    ($command:ty, $text:literal, $info:expr, $answer:ty, $read:expr) => {
        impl Command for $command {
            type Answer = $answer;

            fn line(&self) -> CommandLine {
                CommandLine::new($text)
            }

            fn exchange(&self) -> Exchange {
                Exchange::new(self.line(), limits::DEFAULT).with_info($info)
            }

            fn answer(&self, lines: &[String]) -> Option<$answer> {
                let read: fn(&[String]) -> Option<$answer> = $read;
                read(lines)
            }
        }
    };
}

question!(ReadIdentityBlock, "AT*I", Info::Where(urc::is_not_unsolicited), IdentityBlock, read_identity);
question!(ReadExtendedSignal, "AT+CESQ", Info::Prefix("+CESQ".into()), ExtendedSignal, read_signal);
question!(ReadOperator, "AT+COPS?", Info::Prefix("+COPS".into()), String, read_operator);
question!(ReadClock, "AT+CCLK?", Info::Prefix("+CCLK".into()), String, |lines| {
    last_value(lines, "+CCLK").map(|value| value.trim_matches('"').to_owned()).filter(|text| !text.is_empty())
});
question!(ReadSupply, "AT+CBC", Info::Prefix("+CBC".into()), u32, read_supply);
question!(ReadBaudRate, "AT+IPR?", Info::Prefix("+IPR".into()), u32, |lines| last_value(lines, "+IPR")?.parse().ok());

fn read_identity(lines: &[String]) -> Option<IdentityBlock> {
    let text = |names: &[&str]| {
        let found = names.iter().find_map(|name| lines.iter().find_map(|line| value(line, name)));
        found.unwrap_or_default().to_owned()
    };
    let block = IdentityBlock {
        manufacturer: text(&["Manufacturer"]),
        model: text(&["Model"]),
        revision: text(&["Revision"]),
        hardware: text(&["HWver", "HWVer"]),
        built: text(&["Buildtime", "BuildTime"]),
        imei: text(&["IMEI"]),
        iccid: text(&["ICCID"]),
        imsi: text(&["IMSI"]),
    };
    (block != IdentityBlock::default()).then_some(block)
}

fn read_signal(lines: &[String]) -> Option<ExtendedSignal> {
    let fields = fields(last_value(lines, "+CESQ")?);
    Some(ExtendedSignal { rsrq: fields.get(4)?.parse().ok()?, rsrp: fields.get(5)?.parse().ok()? })
}

/// The third field; without one the modem has no operator.
fn read_operator(lines: &[String]) -> Option<String> {
    let fields = fields(last_value(lines, "+COPS")?);
    fields.get(2).map(|name| (*name).to_owned()).filter(|name| !name.is_empty())
}

/// The only field that can be a voltage in millivolts.
fn read_supply(lines: &[String]) -> Option<u32> {
    let fields = fields(last_value(lines, "+CBC")?);
    fields.iter().filter_map(|field| field.parse().ok()).find(|millivolts| (1_000..20_000).contains(millivolts))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        text.lines().map(str::to_owned).collect()
    }

    #[test]
    fn the_identity_block() {
        let block = "Manufacturer: AirM2M\nModel: Air780E\nRevision: AirM2M_780E_V1169_LTE_AT\nHWver: A13\n\
                     Buildtime: Oct 11 2024\nIMEI: 866000000000017\nICCID: 898600000022C0000017\nIMSI: 460010000000017";
        let lines = lines(block);
        assert!(lines.iter().all(|line| ReadIdentityBlock.exchange().info.covers(line)));
        let read = ReadIdentityBlock.answer(&lines).expect("a block");
        assert_eq!((read.hardware.as_str(), read.imei.as_str()), ("A13", "866000000000017"));
        assert_eq!(read.iccid, "898600000022C0000017");
        assert_eq!(ReadIdentityBlock.answer(&["OK".to_owned()]), None);
    }

    #[test]
    fn single_values() {
        let signal = ReadExtendedSignal.answer(&lines("+CESQ: 99,99,255,255,20,50")).expect("a signal");
        assert_eq!((signal.rsrp_dbm(), signal.rsrq_tenths()), (Some(-91), Some(-100)));
        assert_eq!(signal.strength().map(|word| word.text().to(crate::lang::Lang::En)).as_deref(), Some("good"));
        assert_eq!(ExtendedSignal { rsrq: 20, rsrp: 10 }.strength(), Some(Strength::Poor));
        let unknown = ReadExtendedSignal.answer(&lines("+CESQ: 99,99,255,255,255,255")).expect("a signal");
        assert_eq!((unknown.rsrp_dbm(), unknown.rsrq_tenths()), (None, None));
        assert_eq!(ReadOperator.answer(&lines("+COPS: 0,2,\"46001\",7")).as_deref(), Some("46001"));
        assert_eq!(ReadOperator.answer(&lines("+COPS: 0")), None);
        assert_eq!(
            ReadClock.answer(&lines("+CCLK: \"24/10/11,15:38:35+32\"")).as_deref(),
            Some("24/10/11,15:38:35+32")
        );
        assert_eq!(ReadSupply.answer(&lines("+CBC: 3821")), Some(3_821));
        assert_eq!(ReadSupply.answer(&lines("+CBC: 0,70,3821")), Some(3_821));
        assert_eq!(ReadSupply.answer(&lines("+CBC: 0,70")), None);
        assert_eq!(ReadBaudRate.answer(&lines("+IPR: 0")), Some(0));
    }
}
