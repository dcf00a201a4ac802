//! Signal strength (reference, section 4, `AT+CSQ`).

use crate::at::{
    exchange::{Exchange, Info},
    text::CommandLine,
};

use super::{
    Command,
    command::{fields, last_value},
    limits,
};

/// The answer to `AT+CSQ`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Signal {
    /// 0 to 31; 99 is unknown.
    pub rssi: u8,
    /// Bit error rate class, 0 to 7; 99 is unknown.
    pub ber: u8,
}

impl Signal {
    /// Strength in dBm, −113 to −51; `None` when the modem does not know it.
    pub const fn rssi_dbm(self) -> Option<i16> {
        if self.rssi <= 31 { Some(2 * self.rssi as i16 - 113) } else { None }
    }
}

/// `AT+CSQ`: how strong is the signal?
#[derive(Clone, Copy, Debug)]
pub struct ReadSignal;

impl Command for ReadSignal {
    type Answer = Signal;

    fn line(&self) -> CommandLine {
        CommandLine::new("AT+CSQ")
    }

    fn exchange(&self) -> Exchange {
        Exchange::new(self.line(), limits::DEFAULT).with_info(Info::Prefix("+CSQ".into()))
    }

    fn answer(&self, lines: &[String]) -> Option<Signal> {
        let fields = fields(last_value(lines, "+CSQ")?);
        let rssi = fields.first()?.parse().ok()?;
        let ber = fields.get(1).and_then(|ber| ber.parse().ok()).unwrap_or(99);
        Some(Signal { rssi, ber })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strength_in_dbm_and_unknown() {
        let table = [
            ("+CSQ: 31,0", Some((31, 0)), Some(-51)),
            ("+CSQ: 0,99", Some((0, 99)), Some(-113)),
            ("+CSQ:23,0", Some((23, 0)), Some(-67)),
            ("+CSQ: 99,99", Some((99, 99)), None),
            ("+CSQ: x", None, None),
        ];
        for (line, expected, dbm) in table {
            let signal = ReadSignal.answer(&[line.to_owned()]);
            assert_eq!(signal.map(|signal| (signal.rssi, signal.ber)), expected, "{line}");
            assert_eq!(signal.and_then(Signal::rssi_dbm), dbm, "{line}");
        }
    }
}
