//! The card.

use crate::diagnosis::{catalogue as c, suspects::Suspects};

/// A card that is not ready, by the modem's own word (reference, section 4: `AT+CPIN?`).
pub(super) fn not_ready(state: &str, suspects: &mut Suspects) {
    let state = state.to_ascii_uppercase();
    if let Some(number) = number(&state)
        && by_number(number, suspects)
    {
        return;
    }
    match state {
        _ if state.contains("PUK") => suspects.seen(&c::SIM_PUK, []),
        _ if state.contains("SIM PIN") => suspects.seen(&c::SIM_PIN, []),
        _ if state.contains("BUSY") => {
            suspects.likely(&c::SIM_BUSY, []);
            suspects.any_of(&[&c::SIM_FAULTY]);
        }
        _ if state.contains("FAIL") || state.contains("WRONG") => {
            suspects.likely(&c::SIM_FAULTY, []);
            suspects.any_of(&[&c::SIM_MISSING]);
        }
        _ => missing(suspects),
    }
}

/// The card's error numbers (reference, section 5). Whether `cme` is one.
pub(super) fn by_number(cme: u32, suspects: &mut Suspects) -> bool {
    match cme {
        10 => missing(suspects),
        11 => suspects.seen(&c::SIM_PIN, []),
        12 => suspects.seen(&c::SIM_PUK, []),
        13 | 15 => {
            suspects.likely(&c::SIM_FAULTY, []);
            suspects.any_of(&[&c::SIM_MISSING]);
        }
        14 => {
            suspects.likely(&c::SIM_BUSY, []);
            suspects.any_of(&[&c::SIM_FAULTY]);
        }
        _ => return false,
    }
    true
}

/// The module says that there is none; a contact or another slot looks the same to it.
pub(super) fn missing(suspects: &mut Suspects) {
    suspects.seen(&c::SIM_MISSING, []);
    suspects.any_of(&[&c::SIM_SLOT, &c::SIM_FAULTY]);
}

fn number(state: &str) -> Option<u32> {
    let digits = state.split_once("ERROR:")?.1.trim();
    digits.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}
