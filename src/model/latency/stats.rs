//! Percentiles and losses of a set of publishes.
//!
//! Percentiles come from histograms with three significant digits; the highest value is kept exactly.

use std::{fmt, time::Duration};

use hdrhistogram::Histogram;

use crate::mqtt::Qos;

use super::{LossKind, Part, Times};

/// Percentiles of one part of one quality of service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Percentiles {
    /// How many publishes were measured.
    pub count: u64,
    /// Half of them were at most so long.
    pub p50: Duration,
    /// 95 of 100 were at most so long.
    pub p95: Duration,
    /// 99 of 100 were at most so long.
    pub p99: Duration,
    /// The longest.
    pub max: Duration,
}

/// How many publishes of one quality of service went astray.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Losses {
    /// Certainly not sent.
    pub failed: u64,
    /// Sent; the confirmation did not come in time.
    pub timed_out: u64,
    /// Sent; the session or the link ended before the confirmation.
    pub unknown: u64,
}

impl Losses {
    /// All of them.
    pub fn total(self) -> u64 {
        self.failed + self.timed_out + self.unknown
    }

    fn count(&mut self, kind: LossKind) {
        match kind {
            LossKind::Failed => self.failed += 1,
            LossKind::TimedOut => self.timed_out += 1,
            LossKind::Unknown => self.unknown += 1,
        }
    }
}

/// Histograms and losses of every quality of service.
#[derive(Debug, Default)]
pub struct Stats {
    parts: [[Spread; Part::ALL.len()]; Qos::ALL.len()],
    losses: [Losses; Qos::ALL.len()],
}

impl Stats {
    /// Percentiles of `part` at `qos`; `None` while nothing was measured.
    pub fn percentiles(&self, qos: Qos, part: Part) -> Option<Percentiles> {
        self.parts[index(qos)][part as usize].percentiles()
    }

    /// How many publishes of `qos` needed at most `limit` for `part`, to three significant digits.
    pub fn within(&self, qos: Qos, part: Part, limit: Duration) -> u64 {
        self.parts[index(qos)][part as usize].within(limit)
    }

    /// The distribution of `part` at `qos`: ever longer times, each with the share of publishes (over 0, up to 1) that needed
    /// at most so long. Some four hundred steps at most; nothing while nothing was measured.
    pub fn distribution(&self, qos: Qos, part: Part) -> Vec<(Duration, f64)> {
        self.parts[index(qos)][part as usize].distribution()
    }

    /// What went astray at `qos`.
    pub fn losses(&self, qos: Qos) -> Losses {
        self.losses[index(qos)]
    }

    /// Takes one publish that ended.
    pub(super) fn take(&mut self, qos: Qos, outcome: Result<Times, LossKind>) {
        match outcome {
            Ok(times) => {
                for part in Part::ALL {
                    if let Some(took) = times.part(part) {
                        self.record(qos, part, took);
                    }
                }
            }
            Err(kind) => self.losses[index(qos)].count(kind),
        }
    }

    /// Takes over all that `other` counted.
    pub(super) fn add(&mut self, other: &Self) {
        for (qos, parts) in other.parts.iter().enumerate() {
            for (part, spread) in parts.iter().enumerate() {
                self.parts[qos][part].add(spread);
            }
            let (own, losses) = (&mut self.losses[qos], other.losses[qos]);
            own.failed += losses.failed;
            own.timed_out += losses.timed_out;
            own.unknown += losses.unknown;
        }
    }

    fn record(&mut self, qos: Qos, part: Part, took: Duration) {
        self.parts[index(qos)][part as usize].record(took);
    }
}

/// One histogram of microseconds, made when the first value comes.
#[derive(Default)]
struct Spread {
    histogram: Option<Histogram<u64>>,
    max: Duration,
}

impl Spread {
    fn record(&mut self, took: Duration) {
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX).min(LONGEST_MICROS);
        self.histogram
            .get_or_insert_with(|| Histogram::new(DIGITS).expect("one to five digits are allowed"))
            .record(micros)
            .expect("a histogram without bounds grows with its values");
        self.max = self.max.max(took);
    }

    fn add(&mut self, other: &Self) {
        let Some(theirs) = &other.histogram else { return };
        match &mut self.histogram {
            None => self.histogram = Some(theirs.clone()),
            // Both are without bounds and of the same precision.
            Some(own) => own.add(theirs).unwrap_or_default(),
        }
        self.max = self.max.max(other.max);
    }

    fn percentiles(&self) -> Option<Percentiles> {
        let histogram = self.histogram.as_ref()?;
        let at = |quantile| Duration::from_micros(histogram.value_at_quantile(quantile)).min(self.max);
        Some(Percentiles { count: histogram.len(), p50: at(0.5), p95: at(0.95), p99: at(0.99), max: self.max })
    }

    fn within(&self, limit: Duration) -> u64 {
        let Some(histogram) = &self.histogram else { return 0 };
        if self.max <= limit {
            return histogram.len();
        }
        let micros = u64::try_from(limit.as_micros()).unwrap_or(u64::MAX).min(LONGEST_MICROS);
        // The longest is known exactly; it may share a bucket with the limit.
        histogram.count_between(0, micros).min(histogram.len().saturating_sub(1))
    }

    /// The last step is the longest, and its share is everything: neither end is thinned away.
    #[expect(clippy::cast_precision_loss, reason = "a share needs no more digits")]
    fn distribution(&self) -> Vec<(Duration, f64)> {
        let Some(histogram) = &self.histogram else { return Vec::new() };
        let (all, least) = (histogram.len() as f64, 1.0 / f64::from(STEPS));
        let (mut steps, mut below, mut before): (Vec<(Duration, f64)>, u64, f64) = (Vec::new(), 0, 0.0);
        for recorded in histogram.iter_recorded() {
            below += recorded.count_at_value();
            let share = below as f64 / all;
            let time = Duration::from_micros(recorded.value_iterated_to()).min(self.max);
            if steps.is_empty() || share - before >= least || below == histogram.len() {
                steps.push((time, share));
                before = share;
            }
        }
        steps
    }
}

impl fmt::Debug for Spread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Spread").field(&self.percentiles()).finish()
    }
}

const fn index(qos: Qos) -> usize {
    qos.number() as usize
}

/// Most steps of a distribution: more than a plot has rows.
const STEPS: u32 = 400;
/// Significant digits of a percentile.
const DIGITS: u8 = 3;
/// Longer times count as a day, so that no histogram grows without end.
const LONGEST_MICROS: u64 = 24 * 3_600 * 1_000_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_of_one_to_a_thousand_milliseconds() {
        let mut stats = Stats::default();
        for millis in 1..=1_000 {
            stats.record(Qos::AtLeastOnce, Part::Network, Duration::from_millis(millis));
        }
        let got = stats.percentiles(Qos::AtLeastOnce, Part::Network).expect("measured");
        assert_eq!((got.count, got.max), (1_000, Duration::from_secs(1)));
        for (value, expected) in [(got.p50, 500.0), (got.p95, 950.0), (got.p99, 990.0)] {
            let millis = value.as_secs_f64() * 1_000.0;
            assert!((millis - expected).abs() <= expected * 0.002, "{millis} is not {expected}");
        }
        assert_eq!(stats.percentiles(Qos::AtLeastOnce, Part::Modem), None);
        assert_eq!(stats.percentiles(Qos::ExactlyOnce, Part::Network), None);
    }

    #[test]
    fn a_distribution_rises_from_the_shortest_to_the_longest() {
        let mut stats = Stats::default();
        for millis in (1..=10_000).chain([90_000]) {
            stats.record(Qos::AtLeastOnce, Part::Network, Duration::from_millis(millis));
        }
        let steps = stats.distribution(Qos::AtLeastOnce, Part::Network);
        assert!(steps.len() <= STEPS as usize + 2 && steps.len() > 300, "{}", steps.len());
        assert!(steps.is_sorted_by(|one, other| one.0 < other.0 && one.1 < other.1));
        assert_eq!(steps.last(), Some(&(Duration::from_secs(90), 1.0)), "the longest is there");
        assert!(steps[0].0 <= Duration::from_millis(2));
        for (time, share) in &steps[..steps.len() - 1] {
            let expected = time.as_secs_f64() * 1_000.0 / 10_001.0;
            assert!((share - expected).abs() < 0.003, "{share} within {time:?}, not {expected}");
        }
        assert!(stats.distribution(Qos::AtMostOnce, Part::Modem).is_empty());
    }

    #[test]
    fn what_is_within_a_limit_is_counted_and_the_longest_is_not_rounded_into_it() {
        let mut stats = Stats::default();
        for micros in [100, 200_000, 500_000, 500_001] {
            stats.record(Qos::AtLeastOnce, Part::Total, Duration::from_micros(micros));
        }
        let within = |micros| stats.within(Qos::AtLeastOnce, Part::Total, Duration::from_micros(micros));
        assert_eq!([50, 100, 300_000, 500_000, 500_001, 9_000_000].map(within), [0, 1, 2, 3, 4, 4]);
        assert_eq!(stats.within(Qos::AtMostOnce, Part::Total, Duration::MAX), 0);
    }

    #[test]
    fn no_percentile_lies_above_the_longest() {
        let mut stats = Stats::default();
        stats.record(Qos::AtMostOnce, Part::Modem, Duration::from_micros(1_234_567));
        let got = stats.percentiles(Qos::AtMostOnce, Part::Modem).expect("measured");
        assert_eq!((got.p50, got.p99), (got.max, got.max));
    }
}
