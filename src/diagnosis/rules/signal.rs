//! The radio's signal. The limits are the vendor's: 10 and below hardly works, 99 is unknown (reference, section 4).

use super::Causes;
use crate::{diagnosis::catalogue as c, modem::status::Status};

/// The modem reports `rssi` and no usable cell.
pub(super) fn missing(rssi: u8) -> Causes {
    match rssi {
        1..=WEAK_UP_TO => vec![&c::SIGNAL_WEAK, &c::SIGNAL_NONE],
        _ => vec![&c::SIGNAL_NONE, &c::BAND_LOCKED, &c::RADIO_OFF],
    }
}

/// Whether the last signal seen is too weak for a steady connection. Unknown is not weak.
pub(super) fn is_weak(status: &Status) -> bool {
    status.signal.as_ref().is_some_and(|seen| seen.value.rssi <= WEAK_UP_TO)
}

/// Whether a cell is heard well.
pub(super) fn is_good(status: &Status) -> bool {
    status.signal.as_ref().is_some_and(|seen| (WEAK_UP_TO + 1..=31).contains(&seen.value.rssi))
}

const WEAK_UP_TO: u8 = 10;
