//! How a command ends, and the texts of its failures (reference, section 5).

use super::Data;

/// How a command ended well, or why it did not.
pub(in crate::sim) type Answer = Result<Outcome, Failure>;

/// How a command ended well.
#[derive(Debug)]
pub(in crate::sim) enum Outcome {
    /// `OK`.
    Done,
    /// `OK`; the network's word follows.
    Awaited,
    /// It printed its own final word, or ends silently.
    Spoken,
    /// Its final result comes later.
    Later,
    /// It asks for data.
    Prompt(Box<Data>),
}

/// Why a command failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::sim) enum Failure {
    /// `ERROR`, whatever `CMEE` says.
    Plain,
    /// A numbered failure.
    Cme(u16),
}

impl Failure {
    pub(in crate::sim) const NOT_ALLOWED: Self = Self::Cme(3);
    pub(in crate::sim) const NO_SIM: Self = Self::Cme(10);
    pub(in crate::sim) const PIN_REQUIRED: Self = Self::Cme(11);
    pub(in crate::sim) const PUK_REQUIRED: Self = Self::Cme(12);
    pub(in crate::sim) const SIM_BUSY: Self = Self::Cme(14);
    pub(in crate::sim) const WRONG_PIN: Self = Self::Cme(16);
    pub(in crate::sim) const NO_NETWORK: Self = Self::Cme(30);
    pub(in crate::sim) const PARAMETERS: Self = Self::Cme(53);
    pub(in crate::sim) const UNKNOWN_COMMAND: Self = Self::Cme(58);
    pub(in crate::sim) const NO_CARD: Self = Self::Cme(61);
    pub(in crate::sim) const OPERATION: Self = Self::Cme(767);
    pub(in crate::sim) const RADIO_OFF: Self = Self::Cme(797);

    /// The final line under the given `AT+CMEE` mode.
    pub(in crate::sim) fn text(self, cmee: u8) -> String {
        match (self, cmee) {
            (Self::Plain, _) | (Self::Cme(_), 0) => "ERROR".to_owned(),
            (Self::Cme(number), 2) => {
                meaning(number).map_or_else(|| format!("+CME ERROR: {number}"), |words| format!("+CME ERROR: {words}"))
            }
            (Self::Cme(number), _) => format!("+CME ERROR: {number}"),
        }
    }
}

/// The vendor's words for the numbers that the virtual modem uses.
const fn meaning(number: u16) -> Option<&'static str> {
    Some(match number {
        3 => "operation not allowed",
        4 => "operation not supported",
        10 => "SIM not inserted",
        11 => "SIM PIN required",
        12 => "SIM PUK required",
        14 => "SIM busy",
        30 => "no network service",
        16 => "incorrect password",
        50 => "EXE_FAIL",
        53 => "parameters are invalid",
        57 => "EXT_FFS_NOT_EXIST",
        58 => "INVALID_COMMAND_LINE",
        62 => "file not found",
        63 => "file too large",
        767 => "operation failed",
        797 => "CFUN state is 0 or 4",
        818 => "multi-command too long",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mode_decides_how_a_failure_reads() {
        let table = [
            (Failure::OPERATION, 0, "ERROR"),
            (Failure::OPERATION, 1, "+CME ERROR: 767"),
            (Failure::OPERATION, 2, "+CME ERROR: operation failed"),
            (Failure::Plain, 1, "ERROR"),
            (Failure::Plain, 2, "ERROR"),
        ];
        for (failure, mode, text) in table {
            assert_eq!(failure.text(mode), text, "{failure:?} in mode {mode}");
        }
    }
}
