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
    pub const fn of(cause: &Cause) -> Option<Self> {
        cause.remedy
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
