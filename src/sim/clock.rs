//! The module's clock: what `AT+CCLK?` and `+NITZ` print.

use chrono::{DateTime, TimeDelta, Utc};

use crate::time::Moment;

use super::Chip;

/// The local zone, in quarter hours east of UTC.
const ZONE_QUARTERS: i64 = 32;
/// What the clock shows before the network told the time: 2000-01-01.
const FACTORY_UTC: i64 = 946_684_800;

/// A clock that knows the time only after the network told it.
#[derive(Clone, Debug)]
pub(super) struct Clock {
    /// The real time at [`Moment::ZERO`].
    utc_at_open: i64,
    /// What it is set to: shown seconds at a moment.
    set: Option<(i64, Moment)>,
}

impl Clock {
    pub(super) const fn new(utc_at_open: i64) -> Self {
        Self { utc_at_open, set: None }
    }

    /// Takes the network's time over.
    pub(super) const fn follow_network(&mut self) {
        self.set = Some((self.utc_at_open, Moment::ZERO));
    }

    /// Takes local time over, as `AT+CCLK=` gives it; `false` when it is no time.
    pub(super) fn set_local(&mut self, now: Moment, text: &str) -> bool {
        let Some((clock, zone)) = split_zone(text) else { return false };
        let Ok(parsed) = chrono::NaiveDateTime::parse_from_str(clock, "%y/%m/%d,%H:%M:%S") else { return false };
        self.set = Some((parsed.and_utc().timestamp() - zone * 900, now));
        true
    }

    pub(super) const fn forget(&mut self) {
        self.set = None;
    }

    /// Seconds since 1970 as the clock shows them; what certificates are checked against.
    pub(super) fn utc_seconds(&self, now: Moment) -> i64 {
        let (seconds, at) = self.set.unwrap_or((FACTORY_UTC, Moment::ZERO));
        seconds_after(seconds, now.since(at).as_micros()).timestamp()
    }

    /// `24/10/11,15:38:35+32`: local time and its zone in quarter hours (reference, section 4).
    pub(super) fn local_text(&self, now: Moment) -> String {
        let utc = match self.set {
            Some((seconds, at)) => seconds_after(seconds, now.since(at).as_micros()),
            None => {
                return format!(
                    "{}+00",
                    seconds_after(FACTORY_UTC, now.since(Moment::ZERO).as_micros()).format("%y/%m/%d,%H:%M:%S")
                );
            }
        };
        let local = utc + TimeDelta::seconds(ZONE_QUARTERS * 900);
        format!("{}+{ZONE_QUARTERS}", local.format("%y/%m/%d,%H:%M:%S"))
    }

    /// The network time report; its clock is UTC in both spellings (reference, sections 3 and 20).
    /// Before V1112 its year was wrong in a way that no document describes; here it is right.
    pub(super) fn nitz_text(&self, now: Moment, chip: Chip) -> String {
        let utc = seconds_after(self.utc_at_open, now.since(Moment::ZERO).as_micros());
        match chip {
            Chip::Ec618 => format!("+NITZ: {}+0,0", utc.format("%Y/%m/%d,%H:%M:%S")),
            Chip::Ec718 => format!("+NITZ: {}+{ZONE_QUARTERS}, ", utc.format("%y/%m/%d,%H:%M:%S")),
        }
    }
}

fn seconds_after(seconds: i64, micros: u128) -> DateTime<Utc> {
    let passed = i64::try_from(micros / 1_000_000).unwrap_or(0);
    DateTime::from_timestamp(seconds.saturating_add(passed), 0).unwrap_or_default()
}

/// `24/10/11,15:38:35+32` into clock and zone; without a zone it is zero.
fn split_zone(text: &str) -> Option<(&str, i64)> {
    let sign = text.rfind(['+', '-']);
    match sign {
        None => Some((text, 0)),
        Some(at) => {
            let zone: i64 = text[at..].parse().ok()?;
            (-47..=48).contains(&zone).then_some((&text[..at], zone))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn network_time_is_utc_and_the_clock_is_local() {
        let mut clock = Clock::new(1_728_632_315);
        assert_eq!(clock.nitz_text(Moment::ZERO, Chip::Ec618), "+NITZ: 2024/10/11,07:38:35+0,0");
        assert_eq!(clock.nitz_text(Moment::ZERO, Chip::Ec718), "+NITZ: 24/10/11,07:38:35+32, ");
        assert_eq!(clock.local_text(Moment::ZERO), "00/01/01,00:00:00+00");
        clock.follow_network();
        assert_eq!(clock.local_text(Moment::from_millis(1_500)), "24/10/11,15:38:36+32");
    }

    #[test]
    fn a_set_clock_goes_on_from_there() {
        let mut clock = Clock::new(0);
        assert!(clock.set_local(Moment::from_millis(1_000), "24/10/11,15:38:35+32"));
        assert_eq!(clock.local_text(Moment::from_millis(3_000)), "24/10/11,15:38:37+32");
        assert!(!clock.set_local(Moment::ZERO, "tomorrow"));
        assert!(!clock.set_local(Moment::ZERO, "24/10/11,15:38:35+99"));
    }
}
