//! The radio's signal. The limits are the vendor's: 10 and below hardly works, 99 is unknown (reference, section 4).

pub(super) use crate::diagnosis::evidence::signal as fact;

use crate::{
    air780e::verb::Verb,
    diagnosis::{Course, Fact, catalogue as c, suspects::Suspects},
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

/// The signal that is too weak for a steady connection: the last one, or the one before the module heard no cell any more.
pub(super) fn weakness(course: &Course) -> Option<Fact> {
    let status = &course.status;
    if is_weak(status) {
        return fact(status);
    }
    if !is_missing(status) {
        return None;
    }
    let level = |line: &str| line.strip_prefix("+CSQ:")?.split(',').next()?.trim().parse::<u8>().ok();
    let mut asked = course.exchanges().rev().filter(|record| record.command.verb() == Verb::Signal);
    let (record, line, rssi) = asked.find_map(|record| {
        let (line, rssi) = record.answer.iter().find_map(|line| Some((line, level(line)?)))?;
        (rssi != UNKNOWN).then_some((record, line, rssi))
    })?;
    (rssi <= WEAK_UP_TO).then(|| Fact::at(record.ended_at, format!("{} → {line}", record.command)))
}

/// Whether the module hears nothing by its last word.
pub(super) fn is_missing(status: &Status) -> bool {
    status.signal.as_ref().is_some_and(|seen| seen.value.rssi == UNKNOWN)
}

const WEAK_UP_TO: u8 = 10;
const UNKNOWN: u8 = 99;
