//! The radio's signal. The limits are the vendor's: 10 and below hardly works, 99 is unknown (reference, section 4).

pub(super) use crate::diagnosis::evidence::signal as fact;

use crate::{
    diagnosis::{catalogue as c, suspects::Suspects},
    modem::status::Status,
};

/// The modem reports `rssi` and no usable cell.
pub(super) fn missing(rssi: u8, suspects: &mut Suspects) {
    if (1..=WEAK_UP_TO).contains(&rssi) {
        suspects.seen(&c::SIGNAL_WEAK, []);
    } else {
        suspects.seen(&c::SIGNAL_NONE, []);
        suspects.any_of(&[&c::BAND_LOCKED]);
    }
}

/// Whether the last signal seen is too weak for a steady connection. Unknown is not weak.
pub(super) fn is_weak(status: &Status) -> bool {
    status.signal.as_ref().is_some_and(|seen| seen.value.rssi <= WEAK_UP_TO)
}

/// Whether the module hears nothing by its last word.
pub(super) fn is_missing(status: &Status) -> bool {
    status.signal.as_ref().is_some_and(|seen| seen.value.rssi == UNKNOWN)
}

const WEAK_UP_TO: u8 = 10;
const UNKNOWN: u8 = 99;
