//! The card.

use super::Causes;
use crate::diagnosis::catalogue as c;

/// A card that is not ready, by the modem's own word (reference, section 4: `AT+CPIN?`).
pub(super) fn not_ready(state: &str) -> Causes {
    let state = state.to_ascii_uppercase();
    if state.contains("PUK") {
        return vec![&c::SIM_PUK];
    }
    if state.contains("PIN") && !state.contains("CPIN") {
        return vec![&c::SIM_PIN];
    }
    if let Some(number) = last_number(&state)
        && let Some(causes) = by_number(number)
    {
        return causes;
    }
    match state {
        _ if state.contains("BUSY") => vec![&c::SIM_BUSY, &c::SIM_FAULTY],
        _ if state.contains("FAIL") || state.contains("WRONG") => vec![&c::SIM_FAULTY, &c::SIM_MISSING],
        _ => vec![&c::SIM_MISSING, &c::SIM_SLOT, &c::SIM_FAULTY],
    }
}

/// The card's error numbers (reference, section 5).
pub(super) fn by_number(cme: u32) -> Option<Causes> {
    match cme {
        10 => Some(vec![&c::SIM_MISSING, &c::SIM_SLOT, &c::SIM_FAULTY]),
        11 => Some(vec![&c::SIM_PIN]),
        12 => Some(vec![&c::SIM_PUK]),
        13 | 15 => Some(vec![&c::SIM_FAULTY, &c::SIM_MISSING]),
        14 => Some(vec![&c::SIM_BUSY, &c::SIM_FAULTY]),
        _ => None,
    }
}

fn last_number(text: &str) -> Option<u32> {
    text.rsplit(|c: char| !c.is_ascii_digit()).find(|digits| !digits.is_empty())?.parse().ok()
}
