//! Signal strength (reference, section 4, `AT+CSQ`).

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
