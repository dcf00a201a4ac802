//! From stamps to moments that never go back: midnight, restarts of a counter, a clock that is set.

use std::{collections::VecDeque, time::Duration};

use chrono::{DateTime, TimeDelta};

use super::stamp::{DAY, SECOND, Stamp, StampKind};
use crate::time::Moment;

/// The times of one file.
#[derive(Debug, Default)]
pub(super) struct Clock {
    anchors: VecDeque<Anchor>,
    last: Option<Moment>,
    /// The stamp that was read last.
    newest: Option<Stamp>,
}

/// From this moment on stamps count so.
#[derive(Clone, Copy, Debug)]
struct Anchor {
    at: Moment,
    stamp: Stamp,
}

impl Clock {
    /// The moment of the next thing that happened; `stamp` is what stood at it. Each call gives a later moment.
    pub(super) fn at(&mut self, stamp: Option<Stamp>) -> Moment {
        let soonest = self.last.map_or(Moment::ZERO, |last| last + Duration::from_micros(1));
        let at = stamp.map_or(soonest, |stamp| self.moment(stamp, soonest)).max(soonest);
        self.last = Some(at);
        at
    }

    /// The moment of the last thing that happened, in microseconds.
    pub(super) fn micros(&self) -> u64 {
        self.last.map_or(0, Moment::as_micros)
    }

    /// So much time passed with things that were not told one by one.
    pub(super) fn skip(&mut self, time: Duration) {
        self.last = self.last.map(|last| last + time);
    }

    /// The stamp at `at` as people write it; `None` before the first stamp, and where stamps tell nothing.
    pub(super) fn shown(&self, at: Moment) -> Option<String> {
        let anchor = self.anchors.iter().rev().find(|anchor| anchor.at <= at)?;
        let gone = i64::try_from(at.since(anchor.at).as_micros()).ok()?;
        Some(write(&anchor.stamp, anchor.stamp.micros.checked_add(gone)?))
    }

    /// The same in microseconds: since 1970 for a date, of the day or of the counter otherwise.
    pub(super) fn wall(&self, at: Moment) -> Option<i64> {
        let anchor = self.anchors.iter().rev().find(|anchor| anchor.at <= at)?;
        anchor.stamp.micros.checked_add(i64::try_from(at.since(anchor.at).as_micros()).ok()?)
    }

    fn moment(&mut self, mut stamp: Stamp, soonest: Moment) -> Moment {
        let Some(anchor) = self.anchors.back().copied().filter(|anchor| anchor.stamp.kind == stamp.kind) else {
            return self.anchor(stamp, soonest);
        };
        let newest = self.newest.filter(|newest| newest.kind == stamp.kind).unwrap_or(anchor.stamp);
        if stamp.kind == StampKind::Day {
            // The day goes on where the last stamp was.
            stamp.micros += newest.micros.div_euclid(DAY) * DAY;
            if newest.micros - stamp.micros > SLIP {
                stamp.micros += DAY;
            }
        }
        let step = stamp.micros - newest.micros;
        if !(-SLIP..=LEAP).contains(&step) {
            return self.anchor(stamp, soonest);
        }
        self.newest = Some(Stamp { micros: stamp.micros.max(newest.micros), ..stamp });
        let gone = u64::try_from(stamp.micros - anchor.stamp.micros).unwrap_or(0);
        anchor.at + Duration::from_micros(gone)
    }

    /// Stamps count anew from here: how much time lies between is not known.
    fn anchor(&mut self, stamp: Stamp, at: Moment) -> Moment {
        if self.anchors.len() == MOST_ANCHORS {
            self.anchors.pop_front();
        }
        self.anchors.push_back(Anchor { at, stamp });
        self.newest = Some(stamp);
        at
    }
}

/// `2024-11-02T08:15:30.112+08:00`, `08:15:30.112`, `12.345`.
fn write(stamp: &Stamp, micros: i64) -> String {
    let (seconds, millis) = (micros.div_euclid(SECOND), micros.rem_euclid(SECOND) / 1_000);
    let part = if stamp.is_fine { format!(".{millis:03}") } else { String::new() };
    match stamp.kind {
        StampKind::Date | StampKind::Epoch => {
            let date = DateTime::UNIX_EPOCH.checked_add_signed(TimeDelta::seconds(seconds)).unwrap_or_default();
            let zone = match stamp.zone {
                None => String::new(),
                Some(0) => "Z".to_owned(),
                Some(zone) => {
                    let sign = if zone < 0 { '-' } else { '+' };
                    format!("{sign}{:02}:{:02}", zone.abs() / 60, zone.abs() % 60)
                }
            };
            format!("{}{part}{zone}", date.format("%Y-%m-%dT%H:%M:%S"))
        }
        StampKind::Day => {
            let day = seconds.rem_euclid(86_400);
            format!("{:02}:{:02}:{:02}{part}", day / 3_600, day / 60 % 60, day % 60)
        }
        StampKind::Uptime => format!("{seconds}{part}"),
    }
}

/// Entries of several readers stand this much out of order.
const SLIP: i64 = 60 * SECOND;
/// A clock that jumps further was set, and time did not pass.
const LEAP: i64 = 366 * DAY;
/// More are no log of one device.
const MOST_ANCHORS: usize = 4_096;

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Option<Stamp> {
        super::super::stamp::read(text).map(|(stamp, _)| stamp)
    }

    fn moments(stamps: &[&str]) -> Vec<u64> {
        let mut clock = Clock::default();
        stamps.iter().map(|stamp| clock.at(day(stamp)).as_millis()).collect()
    }

    #[test]
    fn midnight_is_passed_and_small_slips_are_not() {
        assert_eq!(moments(&["[23:59:59.500]", "[00:00:00.250]", "[00:00:01.000]"]), [0, 750, 1_500]);
        assert_eq!(moments(&["[10:00:05.000]", "[10:00:03.000]", "[10:00:06.000]"]), [0, 0, 1_000]);
        assert_eq!(moments(&["[10:00:05.000]", "x", "[10:00:06.000]"]), [0, 0, 1_000]);
        assert_eq!(moments(&["[23:59:59.000]", "[00:00:01.000]", "[23:59:59.000]", "[00:00:01.000]"])[3], 86_402_000);
    }

    #[test]
    fn a_counter_that_begins_anew_and_a_clock_that_is_set_tell_no_time() {
        assert_eq!(moments(&["[  500.000000]", "[    0.100000]", "[    1.100000]"]), [0, 0, 1_000]);
        let set = ["[1970-01-01 08:00:05.000]", "[2024-11-02 08:00:05.000]", "[2024-11-02 08:00:06.000]"];
        assert_eq!(moments(&set), [0, 0, 1_000]);
    }

    #[test]
    fn moments_are_written_as_their_stamps() {
        let mut clock = Clock::default();
        assert_eq!(clock.shown(Moment::ZERO), None);
        clock.at(day("[2024-11-02 23:59:59.112]"));
        let at = clock.at(day("[2024-11-03 00:00:00.112]"));
        assert_eq!(clock.shown(at).as_deref(), Some("2024-11-03T00:00:00.112"));
        let at = clock.at(day("[08:15:30]"));
        assert_eq!(clock.shown(at).as_deref(), Some("08:15:30"));
    }
}
