//! What a button can do about a cause without harm. Everything else stands in the cause's own words.

use super::Cause;

/// Something the program can do on a click.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Remedy {
    /// Look which port of this computer answers `AT`, and at which rate.
    FindPort,
    /// Ask the module again from `AT` to its address.
    AskAgain,
    /// Connect again as the profile says, files and settings included.
    Connect,
    /// Get the lost session back by the mildest means that helps.
    Recover,
    /// Read everything the module says of itself.
    ReadDetails,
    /// Let the module resolve the host.
    Resolve,
    /// `AT+CMEE=1`.
    ErrorNumbers,
    /// `AT+CFUN=1`.
    RadioOn,
    /// `AT+COPS=0`.
    AnyOperator,
    /// A bare `AT`.
    Wake,
    /// Try the same steps from this computer.
    Compare,
    /// Go to the fields of the connection.
    EditConnection,
    /// Go to the certificates.
    Certificates,
    /// Go to the messages and subscriptions.
    Messages,
}

impl Remedy {
    /// The remedy for `cause`, if a button can help.
    pub fn of(cause: &Cause) -> Option<Self> {
        let number: u16 = cause.id.strip_prefix("F-")?.parse().ok()?;
        Some(match number {
            1 | 5 | 6 | 9 | 17 => Self::FindPort,
            2 | 3 | 8 | 20 | 88..=90 | 191 => Self::Connect,
            7 => Self::Wake,
            12 => Self::ErrorNumbers,
            21..=23 | 25 | 26 | 31..=33 | 36 | 37 | 43 | 44 => Self::AskAgain,
            27..=29 | 38 | 106 | 187 | 188 => Self::ReadDetails,
            39 => Self::RadioOn,
            40 => Self::AnyOperator,
            45..=47 | 57 | 62 | 69 | 70 | 73 | 75 | 78 | 79 | 95 | 96 | 108 | 138..=146 | 149 | 180..=182 => {
                Self::EditConnection
            }
            48 | 58..=61 | 66 | 71 | 72 | 74 | 76 | 77 | 81..=83 | 85 | 100 | 102..=105 | 110..=113 => Self::Compare,
            49 | 50 | 63 | 64 | 134..=137 | 186 | 194 => Self::Recover,
            52..=56 => Self::Resolve,
            92..=94 | 97..=99 | 101 | 114..=133 => Self::Certificates,
            153..=160 | 162..=172 | 176 => Self::Messages,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnosis::catalogue as c;

    #[test]
    fn a_button_fits_its_cause() {
        assert_eq!(Remedy::of(&c::BAUD_WRONG), Some(Remedy::FindPort));
        assert_eq!(Remedy::of(&c::NO_ERROR_NUMBERS), Some(Remedy::ErrorNumbers));
        assert_eq!(Remedy::of(&c::NOT_AUTHORISED), Some(Remedy::EditConnection));
        assert_eq!(Remedy::of(&c::COUNT_TOO_SMALL), Some(Remedy::Certificates));
        assert_eq!(Remedy::of(&c::SIM_PUK), None, "PINs are never tried");
    }
}
