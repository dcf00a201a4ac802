//! Whether two watches differ by more than chance: an exact test on their counts of drops.
//!
//! If drops come by chance, at one rate in both, then each of all drops fell into the first watch with the share that its time
//! has of both times. How unlikely the counts are under that is a sum of binomial probabilities, with nothing approximated.

use crate::lang::Text;

use std::time::Duration;

use super::{Summary, words};

/// Two watches, held against each other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Comparison {
    /// Drops of each.
    pub drops: [u64; 2],
    /// Time watched of each.
    pub watched: [Duration; 2],
    /// How likely counts at least as uneven as these are when nothing but chance differs: from 0 to 1.
    pub chance: f64,
}

/// Holds two watches against each other.
pub fn compare(one: &Summary, other: &Summary) -> Comparison {
    let drops = [one.drops.len() as u64, other.drops.len() as u64];
    let watched = [one.watched, other.watched];
    Comparison { drops, watched, chance: chance(drops, watched) }
}

impl Comparison {
    /// Whether chance alone would hardly do this.
    pub fn is_certain(&self) -> bool {
        self.chance < CERTAIN
    }

    /// What it comes to.
    pub fn words(&self) -> Text {
        let [one, other] = [0, 1].map(|which| {
            let (count, time) = (self.drops[which], words::span(self.watched[which]));
            Text::new("watch-in").with("count", count).with("time", time)
        });
        let percent = self.chance * 100.0;
        let what = if self.drops == [0, 0] {
            Text::new("watch-nothing-tells-apart")
        } else if self.is_certain() {
            Text::new("watch-more-than-chance-so").put("percent", format_args!("{percent:.2}"))
        } else if self.chance < LIKELY {
            Text::new("watch-probably-more-than-chance").put("percent", format_args!("{percent:.1}"))
        } else {
            Text::new("watch-may-chance-counts-uneven").put("percent", format_args!("{percent:.0}"))
        };
        Text::new("watch-against").with("one", one).with("other", other).with("what", what)
    }
}

/// The two-sided exact chance. Without any time in one of them nothing can be told: 1.
fn chance([one, other]: [u64; 2], watched: [Duration; 2]) -> f64 {
    let [mine, theirs] = watched.map(|time| time.as_secs_f64());
    let all = one + other;
    if all == 0 || mine <= 0.0 || theirs <= 0.0 {
        return 1.0;
    }
    let (share, rest) = ((mine / (mine + theirs)).ln(), (theirs / (mine + theirs)).ln());
    // From each count to the next: ln C(n, k + 1) = ln C(n, k) + ln((n - k) / (k + 1)).
    let mut choose = 0.0;
    let mut logs = Vec::with_capacity(usize::try_from(all).unwrap_or(0) + 1);
    for k in 0..=all {
        logs.push(choose + real(k) * share + real(all - k) * rest);
        choose += (real(all - k) / real(k + 1)).max(f64::MIN_POSITIVE).ln();
    }
    let observed = logs.get(usize::try_from(one).unwrap_or(usize::MAX)).copied().unwrap_or(0.0);
    // As likely counts that differ only by rounding are as uneven.
    let as_uneven = logs.iter().filter(|log| **log <= observed + ROUNDING);
    as_uneven.map(|log| log.exp()).sum::<f64>().min(1.0)
}

/// Counts of drops are small.
fn real(count: u64) -> f64 {
    u32::try_from(count).map_or(f64::MAX, f64::from)
}

const CERTAIN: f64 = 0.01;
const LIKELY: f64 = 0.05;
const ROUNDING: f64 = 1e-7;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;

    fn hours(hours: u64) -> Duration {
        Duration::from_hours(hours)
    }

    #[test]
    fn the_chance_is_that_of_the_tables() {
        // Exact binomial test with p = 1/2: 0 of 10 is 2 / 1024; 2 of 10 is 2 × 56 / 1024; 5 of 10 is 1.
        let even = |one, other| chance([one, other], [hours(10), hours(10)]);
        for (one, other, wanted) in [(0, 10, 2.0 / 1024.0), (2, 8, 112.0 / 1024.0), (5, 5, 1.0), (0, 0, 1.0)] {
            assert!((even(one, other) - wanted).abs() < 1e-9, "{one}, {other}: {}", even(one, other));
        }
        // Three quarters of the time and all three drops: 27/64, and 1/64 is as uneven but less likely: 28/64.
        let uneven = chance([3, 0], [hours(30), hours(10)]);
        assert!((uneven - (27.0 + 9.0 + 1.0) / 64.0).abs() < 1e-9 || (uneven - 1.0).abs() < 1e-9, "{uneven}");
        assert!((chance([0, 3], [hours(30), hours(10)]) - 1.0 / 64.0).abs() < 1e-9);
    }

    #[test]
    fn many_drops_neither_overflow_nor_vanish() {
        let even = chance([20_000, 20_050], [hours(40), hours(40)]);
        assert!((0.5..=1.0).contains(&even), "{even}");
        assert!(chance([20_000, 25_000], [hours(40), hours(40)]) < 1e-100);
    }

    #[test]
    fn it_is_said_in_words() {
        let bad = Comparison {
            drops: [30, 3],
            watched: [hours(10), hours(40)],
            chance: chance([30, 3], [hours(10), hours(40)]),
        };
        assert!(bad.is_certain());
        assert!(
            bad.words().to(Lang::En).starts_with("30 drops in 10 h against 3 drops in 40 h: more than chance"),
            "{}",
            bad.words().to(Lang::En)
        );
        assert!(bad.words().to(Lang::ZhCn).contains("并非偶然"));
        let same = Comparison { drops: [1, 2], watched: [hours(10); 2], chance: chance([1, 2], [hours(10); 2]) };
        assert!(
            same.words().to(Lang::En).contains("1 drop in 10 h against 2 drops in 10 h: it may be chance"),
            "{}",
            same.words().to(Lang::En)
        );
    }
}
