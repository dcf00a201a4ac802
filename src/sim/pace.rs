//! The module's time as its host keeps it: real time at a pace that may change while it runs.

use std::time::{Duration, Instant};

use crate::time::Moment;

use super::steer::Speed;

/// The module's time.
#[derive(Clone, Copy, Debug)]
pub(super) struct PacedClock {
    /// When the pace began.
    since: Instant,
    /// What the module's time was then.
    then: Duration,
    speed: Speed,
}

impl PacedClock {
    /// Module time zero is at `now`.
    pub(super) const fn new(now: Instant, speed: Speed) -> Self {
        Self { since: now, then: Duration::ZERO, speed }
    }

    /// The module's time at `now`.
    pub(super) fn moment(&self, now: Instant) -> Moment {
        Moment::from(self.elapsed(now))
    }

    /// How long `span` of the module's time takes, rounded up: who wakes too early has nothing to do.
    pub(super) fn real(&self, span: Duration) -> Duration {
        let nanos = (span.as_nanos() * 100).div_ceil(u128::from(self.speed.percent()));
        Duration::from_nanos(u64::try_from(nanos).unwrap_or(u64::MAX))
    }

    /// Goes on at another pace from `now`; the module's time never jumps.
    pub(super) fn change(&mut self, now: Instant, speed: Speed) {
        *self = Self { since: now, then: self.elapsed(now), speed };
    }

    fn elapsed(&self, now: Instant) -> Duration {
        let real = now.saturating_duration_since(self.since).as_nanos();
        let nanos = real * u128::from(self.speed.percent()) / 100;
        self.then + Duration::from_nanos(u64::try_from(nanos).unwrap_or(u64::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[expect(clippy::disallowed_methods, reason = "any instant will do to count from")]
    fn start() -> Instant {
        Instant::now()
    }

    fn speed(percent: u32) -> Speed {
        Speed::of_percent(percent).unwrap()
    }

    #[test]
    fn time_goes_at_its_pace_and_never_jumps() {
        let zero = start();
        let second = Duration::from_secs(1);
        let mut clock = PacedClock::new(zero, Speed::REAL);
        assert_eq!(clock.moment(zero + second), Moment::from_millis(1_000));
        clock.change(zero + second, speed(400));
        assert_eq!(clock.moment(zero + second), Moment::from_millis(1_000));
        assert_eq!(clock.moment(zero + 2 * second), Moment::from_millis(5_000));
        clock.change(zero + 2 * second, speed(50));
        assert_eq!(clock.moment(zero + 4 * second), Moment::from_millis(6_000));
    }

    #[test]
    fn a_wait_is_as_long_as_the_pace_makes_it_and_never_too_short() {
        let zero = start();
        for percent in [10, 33, 100, 700, 1_600] {
            let clock = PacedClock::new(zero, speed(percent));
            let span = Duration::from_nanos(1_234_567);
            assert!(clock.moment(zero + clock.real(span)) >= Moment::from(span), "{percent}");
        }
        assert_eq!(PacedClock::new(zero, speed(1_000)).real(Duration::from_secs(5)), Duration::from_millis(500));
    }
}
