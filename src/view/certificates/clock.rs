//! The clock by which dates are judged: the modem's when it is known, the computer's otherwise.

use chrono::{DateTime, NaiveDateTime};

use crate::{lang::Text, model::Model, time::Moment};

/// By which clock dates are judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClockView {
    /// Seconds since 1970.
    pub now: i64,
    /// Whether it is the modem's.
    pub is_modems: bool,
    /// Which clock it is and what it says.
    pub text: Text,
    /// That the modem's clock is far from the computer's, if it is.
    pub doubt: Option<Text>,
}

/// The clock at `now`.
pub(crate) fn view(model: &Model, pc_clock: i64, now: Moment) -> ClockView {
    let printed = model.connection().status().details.clock.as_ref();
    let modems = printed.and_then(|seen| {
        let age = i64::try_from(seen.age(now).as_secs()).unwrap_or(0);
        Some(utc_seconds(&seen.value)? + age)
    });
    match modems {
        Some(modems) => ClockView {
            now: modems,
            is_modems: true,
            text: Text::new("certs-clock-modem").with("time", minute_text(modems)),
            doubt: (modems.abs_diff(pc_clock) > DOUBTFUL_SECONDS)
                .then(|| Text::new("certs-clock-doubt").with("time", minute_text(pc_clock))),
        },
        None => ClockView {
            now: pc_clock,
            is_modems: false,
            text: Text::new("certs-clock-pc").with("time", minute_text(pc_clock)),
            doubt: None,
        },
    }
}

/// `24/10/11,15:38:35+32`: local time and its zone in quarter hours (reference, section 4).
fn utc_seconds(printed: &str) -> Option<i64> {
    let at = printed.rfind(['+', '-'])?;
    let (clock, zone) = printed.split_at(at);
    let zone: i64 = zone.parse().ok()?;
    let local = NaiveDateTime::parse_from_str(clock, "%y/%m/%d,%H:%M:%S").ok()?;
    Some(local.and_utc().timestamp() - zone * QUARTER_HOUR)
}

/// The day of `seconds` since 1970 as `2026-11-23`, in UTC as certificates have it.
pub(super) fn day_text(seconds: i64) -> String {
    DateTime::from_timestamp(seconds, 0).map_or_else(|| "?".to_owned(), |time| time.format("%Y-%m-%d").to_string())
}

fn minute_text(seconds: i64) -> String {
    DateTime::from_timestamp(seconds, 0)
        .map_or_else(|| "?".to_owned(), |time| time.format("%Y-%m-%d %H:%M UTC").to_string())
}

const QUARTER_HOUR: i64 = 900;
/// A certificate made today is not yet valid on a clock that is a day behind.
const DOUBTFUL_SECONDS: u64 = 86_400;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_modems_clock_is_local_time_with_its_zone() {
        assert_eq!(utc_seconds("24/10/11,15:38:35+32"), Some(1_728_632_315));
        assert_eq!(utc_seconds("24/10/11,07:38:35+00"), Some(1_728_632_315));
        assert_eq!(utc_seconds("24/10/11,02:38:35-20"), Some(1_728_632_315));
        assert_eq!(utc_seconds("nothing"), None);
    }
}
