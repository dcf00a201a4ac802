//! What a button can do about a cause without harm. Everything else stands in the cause's own words.

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnosis::catalogue as c;

    #[test]
    fn a_button_fits_its_cause() {
        assert_eq!(c::BAUD_WRONG.remedy, Some(Remedy::FindPort));
        assert_eq!(c::NO_ERROR_NUMBERS.remedy, Some(Remedy::ErrorNumbers));
        assert_eq!(c::NOT_AUTHORISED.remedy, Some(Remedy::EditConnection));
        assert_eq!(c::COUNT_TOO_SMALL.remedy, Some(Remedy::Certificates));
        assert_eq!(c::SIM_PUK.remedy, None, "PINs are never tried");
    }
}
