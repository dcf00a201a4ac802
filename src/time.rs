//! The only time the core knows, and how it becomes a time of day for people.
//!
//! Nothing here reads a clock: whoever owns a clock (the worker, a test world, the virtual modem's host)
//! makes [`Moment`]s and passes them in.

use std::{
    borrow::Cow,
    fmt,
    ops::{Add, AddAssign},
    time::Duration,
};

use chrono::{DateTime, Local, TimeDelta};

/// Time since the link opened, in whole microseconds.
///
/// Moments of one link never go back. Moments of two links must not be compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(u64);

impl Moment {
    /// The moment at which the link opened.
    pub const ZERO: Self = Self(0);

    /// The moment `micros` microseconds after the link opened.
    pub const fn from_micros(micros: u64) -> Self {
        Self(micros)
    }

    /// The moment `millis` milliseconds after the link opened.
    pub const fn from_millis(millis: u64) -> Self {
        Self(millis.saturating_mul(1_000))
    }

    /// Microseconds since the link opened.
    pub const fn as_micros(self) -> u64 {
        self.0
    }

    /// Whole milliseconds since the link opened, rounded down.
    pub const fn as_millis(self) -> u64 {
        self.0 / 1_000
    }

    /// Time since the link opened.
    pub const fn since_open(self) -> Duration {
        Duration::from_micros(self.0)
    }

    /// Time from `earlier` to this moment; zero when `earlier` is later.
    pub const fn since(self, earlier: Self) -> Duration {
        Duration::from_micros(self.0.saturating_sub(earlier.0))
    }
}

impl From<Duration> for Moment {
    fn from(since_open: Duration) -> Self {
        Self(u64::try_from(since_open.as_micros()).unwrap_or(u64::MAX))
    }
}

impl Add<Duration> for Moment {
    type Output = Self;

    fn add(self, span: Duration) -> Self {
        Self(self.0.saturating_add(u64::try_from(span.as_micros()).unwrap_or(u64::MAX)))
    }
}

impl AddAssign<Duration> for Moment {
    fn add_assign(&mut self, span: Duration) {
        *self = *self + span;
    }
}

/// Seconds and milliseconds since the link opened, as in `12.034`.
impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:03}", self.as_millis() / 1_000, self.as_millis() % 1_000)
    }
}

/// A value together with when it was seen and which command (or unsolicited line) showed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Observed<T> {
    /// What was seen.
    pub value: T,
    /// When the last byte that showed it arrived.
    pub at: Moment,
    /// The command or unsolicited line that showed it, without arguments: `AT+CSQ`, `+CGEV`.
    pub by: Cow<'static, str>,
}

impl<T> Observed<T> {
    /// A value seen at `at` through `by`.
    pub fn new(value: T, at: Moment, by: impl Into<Cow<'static, str>>) -> Self {
        Self { value, at, by: by.into() }
    }

    /// How long ago the value was seen.
    pub fn age(&self, now: Moment) -> Duration {
        now.since(self.at)
    }
}

/// The wall-clock time at which a link opened: turns a [`Moment`] into a time of day for display.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WallAnchor(DateTime<Local>);

impl WallAnchor {
    /// An anchor for a link that opened at `opened_at`.
    pub const fn new(opened_at: DateTime<Local>) -> Self {
        Self(opened_at)
    }

    /// The local time of day at `moment`.
    pub fn at(self, moment: Moment) -> DateTime<Local> {
        let micros = i64::try_from(moment.as_micros()).unwrap_or(i64::MAX);
        self.0.checked_add_signed(TimeDelta::microseconds(micros)).unwrap_or(self.0)
    }

    /// The local time of day at `moment` as `HH:MM:SS.mmm`.
    pub fn clock_text(self, moment: Moment) -> String {
        self.at(moment).format("%H:%M:%S%.3f").to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_never_go_below_zero() {
        let early = Moment::from_millis(3);
        let late = early + Duration::from_millis(7);
        assert_eq!(late.since(early), Duration::from_millis(7));
        assert_eq!(early.since(late), Duration::ZERO);
    }

    #[test]
    fn a_moment_reads_as_seconds_and_milliseconds() {
        assert_eq!(Moment::from_millis(12_034).to_string(), "12.034");
        assert_eq!(Moment::from_micros(999).to_string(), "0.000");
    }
}
