//! Registration in the network (reference, section 4).

/// Registration state of 3GPP 27.007, as printed by `AT+CEREG?`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Registration {
    /// 0 idle, 1 home, 2 searching, 3 denied, 4 unknown, 5 roaming, 6 to 11 limited.
    pub stat: u8,
}

impl Registration {
    /// Whether the network lets this modem use data: home or roaming.
    pub const fn is_registered(self) -> bool {
        matches!(self.stat, 1 | 5)
    }
}
