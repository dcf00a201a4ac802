//! Times of day that outlive a link: a watch goes on over restarts of the program and of the computer.

use std::{fmt, time::Duration};

use chrono::{DateTime, Local, SecondsFormat};
use serde::{Deserialize, Serialize};

use crate::time::Moment;

/// A time of day, in milliseconds since 1970 (UTC).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Wall(i64);

impl Wall {
    /// So many milliseconds after the beginning of 1970 (UTC).
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// From `earlier` to this; zero when `earlier` is later.
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }

    /// The local time, to the second, for people.
    pub fn local(self) -> String {
        let time = DateTime::from_timestamp_millis(self.0).unwrap_or_default();
        time.with_timezone(&Local).format("%Y-%m-%d %H:%M:%S").to_string()
    }

    /// The local time of day, to the second, for people.
    pub fn clock(self) -> String {
        let time = DateTime::from_timestamp_millis(self.0).unwrap_or_default();
        time.with_timezone(&Local).format("%H:%M:%S").to_string()
    }

    /// The local time `seconds` after this, as finely as marks `step` seconds apart ask for: with the day where they are hours
    /// apart, with milliseconds where they are less than a second apart.
    pub fn told(self, seconds: f64, step: f64) -> String {
        #[expect(clippy::cast_possible_truncation, reason = "a cast of a float stops at the ends of the range")]
        let time = DateTime::from_timestamp_millis(self.0.saturating_add((seconds * 1e3) as i64)).unwrap_or_default();
        let form = match step {
            3_600.0.. => "%m-%d %H:%M",
            1.0.. => "%H:%M:%S",
            _ => "%H:%M:%S%.3f",
        };
        time.with_timezone(&Local).format(form).to_string()
    }

    /// The local time of day, to the minute, for the axis of a picture.
    pub(super) fn minute(self) -> String {
        let time = DateTime::from_timestamp_millis(self.0).unwrap_or_default();
        time.with_timezone(&Local).format("%m-%d %H:%M").to_string()
    }

    /// From this to the next local time that is a whole multiple of `step` seconds of the day.
    pub(super) fn seconds_to_next(self, step: f64) -> f64 {
        let time = DateTime::from_timestamp_millis(self.0).unwrap_or_default().with_timezone(&Local);
        let offset = f64::from(chrono::Offset::fix(time.offset()).local_minus_utc());
        let local = Duration::from_millis(u64::try_from(self.0).unwrap_or(0)).as_secs_f64() + offset;
        (local / step).ceil().mul_add(step, -local)
    }

    /// `span` later.
    pub(super) fn after(self, span: Duration) -> Self {
        Self(self.0.saturating_add(i64::try_from(span.as_millis()).unwrap_or(i64::MAX)))
    }
}

/// RFC 3339 in UTC with milliseconds, as in `2026-03-04T08:30:00.120Z`.
impl fmt::Display for Wall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let time = DateTime::from_timestamp_millis(self.0).unwrap_or_default();
        f.write_str(&time.to_rfc3339_opts(SecondsFormat::Millis, true))
    }
}

/// Turns moments into times of day. Steps of the computer's clock do not reach it; time that the computer slept does.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clock {
    base: Wall,
    slept: Duration,
}

impl Clock {
    /// A clock by which it is `base` at [`Moment::ZERO`].
    pub(super) const fn new(base: Wall) -> Self {
        Self { base, slept: Duration::ZERO }
    }

    /// The time of day at `at`.
    pub(super) fn wall(&self, at: Moment) -> Wall {
        self.base.after(at.since_open()).after(self.slept)
    }

    /// The computer slept for `span`, which no moment counts.
    pub(super) fn sleep(&mut self, span: Duration) {
        self.slept += span;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_become_times_of_day_and_sleep_is_added() {
        let mut clock = Clock::new(Wall::from_millis(1_767_225_600_000));
        assert_eq!(clock.wall(Moment::from_millis(1_500)).to_string(), "2026-01-01T00:00:01.500Z");
        clock.sleep(Duration::from_hours(2));
        assert_eq!(clock.wall(Moment::from_millis(1_500)).to_string(), "2026-01-01T02:00:01.500Z");
    }
}
