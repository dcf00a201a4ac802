//! When nobody watched although the program ran: the computer slept, or the program was stopped.

use std::time::Duration;

use crate::time::Moment;

/// Notices time that passed without anybody looking.
#[derive(Debug)]
pub struct Away {
    looked_at: Moment,
    /// How long the computer had lived then, its sleep included.
    lived: Option<Duration>,
}

impl Away {
    /// Nothing was missed until `now`.
    pub const fn new(now: Moment) -> Self {
        Self { looked_at: now, lived: None }
    }

    /// Looks at `now`, when the computer has lived for `lived`, its sleep included. Gives since when nobody had watched, and how
    /// much of that the computer slept, when it was long enough to matter.
    pub fn look(&mut self, now: Moment, lived: Option<Duration>) -> Option<(Moment, Duration)> {
        let last = std::mem::replace(&mut self.looked_at, now);
        let before = std::mem::replace(&mut self.lived, lived);
        let counted = now.since(last);
        let slept = lived.zip(before).map_or(Duration::ZERO, |(lived, before)| lived.saturating_sub(before + counted));
        if slept >= NAP {
            return Some((last, slept));
        }
        (counted >= STOPPED).then_some((last, Duration::ZERO))
    }
}

/// How long this computer has lived since it started, its sleep included; `None` where the system does not tell.
#[cfg(target_os = "linux")]
pub fn lived() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/uptime").ok()?;
    Duration::try_from_secs_f64(text.split_whitespace().next()?.parse().ok()?).ok()
}

/// The time of day moves on while a computer sleeps; where nothing better is there, it tells. A clock that is set forward looks
/// like sleep.
#[cfg(not(target_os = "linux"))]
#[expect(clippy::disallowed_methods, reason = "whoever looks owns the clock of the gaps")]
pub fn lived() -> Option<Duration> {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).ok()
}

/// A computer that slept for less was not asleep.
const NAP: Duration = Duration::from_secs(3);
/// From one look to the next: beyond this the program did not run.
const STOPPED: Duration = Duration::from_secs(5);

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> Moment {
        Moment::from_millis(seconds * 1_000)
    }

    const fn life(seconds: u64) -> Duration {
        Duration::from_secs(1_000 + seconds)
    }

    #[test]
    fn sleep_and_stops_are_told_once() {
        let mut away = Away::new(at(0));
        assert_eq!(away.look(at(1), Some(life(1))), None);
        assert_eq!(away.look(at(2), Some(life(3_602))), Some((at(1), Duration::from_hours(1))));
        assert_eq!(away.look(at(3), Some(life(3_603))), None);
        assert_eq!(away.look(at(63), Some(life(3_663))), Some((at(3), Duration::ZERO)), "the program was stopped");
        assert_eq!(away.look(at(64), Some(life(3_664))), None);
        let mut blind = Away::new(at(0));
        assert_eq!(blind.look(at(1), None), None);
        assert_eq!(blind.look(at(9), None), Some((at(1), Duration::ZERO)));
    }

    #[test]
    fn what_is_rounded_does_not_add_up_to_sleep_that_was_none() {
        let mut away = Away::new(at(0));
        let found = (1..10_000).filter_map(|n| {
            let lived = Duration::from_secs(1_000 + n) + Duration::from_millis(n % 10);
            away.look(at(n), Some(lived))
        });
        assert_eq!(found.count(), 0);
    }
}
