//! Registration, attachment, address: whether the network gives this card data.

use super::{Causes, signal};
use crate::{diagnosis::catalogue as c, modem::status::Status};

/// Registration ended in `stat` (3GPP 27.007).
pub(super) fn not_registered(status: &Status, stat: u8) -> Causes {
    match stat {
        3 if signal::is_good(status) => {
            vec![&c::SIM_ARREARS, &c::SIM_INACTIVE, &c::SIM_BOUND, &c::REGISTRATION_DENIED]
        }
        3 => vec![&c::REGISTRATION_DENIED, &c::SIM_ARREARS, &c::SIM_BOUND, &c::SIM_INACTIVE],
        6..=8 | 11 => vec![&c::LIMITED_SERVICE, &c::SIM_ARREARS],
        _ if signal::is_weak(status) => vec![&c::SIGNAL_WEAK, &c::NOT_REGISTERED, &c::BAND_LOCKED],
        0 if signal::is_good(status) => {
            vec![
                &c::SIM_ARREARS,
                &c::SIM_INACTIVE,
                &c::SIM_BOUND,
                &c::NOT_REGISTERED,
                &c::RADIO_OFF,
                &c::OPERATOR_FIXED,
            ]
        }
        0 => vec![&c::NOT_REGISTERED, &c::RADIO_OFF, &c::OPERATOR_FIXED, &c::SIM_ARREARS, &c::SIM_INACTIVE],
        _ if signal::is_good(status) => {
            vec![&c::SIM_ARREARS, &c::SIM_INACTIVE, &c::SIM_BOUND, &c::NOT_REGISTERED, &c::BAND_LOCKED]
        }
        _ => vec![&c::NOT_REGISTERED, &c::SIGNAL_NONE, &c::BAND_LOCKED, &c::SIM_ARREARS],
    }
}

/// Registered, and no data connection: not attached, or attached without an address.
pub(super) fn not_attached(status: &Status) -> Causes {
    let is_attached = status.attached.as_ref().is_some_and(|seen| seen.value);
    if is_attached {
        vec![&c::NO_ADDRESS, &c::APN_PRIVATE, &c::APN_LOGIN, &c::SIM_ARREARS]
    } else {
        vec![&c::NOT_ATTACHED, &c::SIM_ARREARS, &c::APN_PRIVATE, &c::APN_LOGIN]
    }
}
