//! The SIM card's state (reference, section 4, `AT+CPIN?`).

/// State of the card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SimState {
    /// In and unlocked.
    Ready,
    /// In, but the PIN is wanted.
    PinWanted,
    /// Blocked: the PUK is wanted.
    PukWanted,
    /// No card.
    Missing,
    /// Any other word of the modem.
    Other(String),
}
