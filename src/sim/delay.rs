//! How long the network holds something up: a distribution, drawn from the seeded source.

use std::{f64::consts::TAU, fmt, time::Duration};

use super::rng::Rng;

/// Longest delay that is ever drawn; distributions with a long tail end here.
const LONGEST: Duration = Duration::from_mins(10);

/// A distribution of delays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delay {
    /// Always the same.
    Fixed {
        /// Milliseconds.
        ms: u32,
    },
    /// Every value between two is as likely as the other.
    Uniform {
        /// Shortest, in milliseconds.
        min_ms: u32,
        /// Longest, in milliseconds.
        max_ms: u32,
    },
    /// Mostly short, sometimes long.
    Exponential {
        /// Mean, in milliseconds.
        mean_ms: u32,
    },
    /// The logarithm is normal: what mobile networks look like.
    LogNormal {
        /// Half of all delays are below, in milliseconds.
        median_ms: u32,
        /// Standard deviation of the natural logarithm, in hundredths.
        sigma_percent: u32,
    },
}

impl Delay {
    /// The next delay, at most ten minutes.
    pub(super) fn draw(self, rng: &mut Rng) -> Duration {
        let millis = match self {
            Self::Fixed { ms } => f64::from(ms),
            Self::Uniform { min_ms, max_ms } => {
                let width = f64::from(max_ms.saturating_sub(min_ms));
                width.mul_add(rng.unit(), f64::from(min_ms))
            }
            Self::Exponential { mean_ms } => -f64::from(mean_ms) * rng.unit().ln(),
            Self::LogNormal { median_ms, sigma_percent } => {
                let normal = (-2.0 * rng.unit().ln()).sqrt() * (TAU * rng.unit()).cos();
                f64::from(median_ms) * (f64::from(sigma_percent) / 100.0 * normal).exp()
            }
        };
        Duration::try_from_secs_f64(millis / 1_000.0).unwrap_or(LONGEST).min(LONGEST)
    }
}

/// As the steering line writes it.
impl fmt::Display for Delay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fixed { ms } => write!(f, "{ms}"),
            Self::Uniform { min_ms, max_ms } => write!(f, "{min_ms}..{max_ms}"),
            Self::Exponential { mean_ms } => write!(f, "exp {mean_ms}"),
            Self::LogNormal { median_ms, sigma_percent } => {
                write!(f, "lognormal {median_ms} {}.{:02}", sigma_percent / 100, sigma_percent % 100)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Mean and median of 4,000 draws in milliseconds.
    fn drawn(delay: Delay) -> (f64, f64) {
        let mut rng = Rng::new(11);
        let mut all: Vec<f64> = (0..4_000).map(|_| delay.draw(&mut rng).as_secs_f64() * 1_000.0).collect();
        all.sort_by(f64::total_cmp);
        (all.iter().sum::<f64>() / 4_000.0, all[2_000])
    }

    fn is_near(value: f64, wanted: f64) -> bool {
        (value - wanted).abs() < wanted / 10.0
    }

    #[test]
    fn each_distribution_has_its_middle() {
        assert_eq!(Delay::Fixed { ms: 7 }.draw(&mut Rng::new(1)), Duration::from_millis(7));
        let (mean, median) = drawn(Delay::Uniform { min_ms: 100, max_ms: 300 });
        assert!(is_near(mean, 200.0) && is_near(median, 200.0), "{mean} {median}");
        let (mean, median) = drawn(Delay::Exponential { mean_ms: 100 });
        assert!(is_near(mean, 100.0) && is_near(median, 69.3), "{mean} {median}");
        let (mean, median) = drawn(Delay::LogNormal { median_ms: 100, sigma_percent: 50 });
        assert!(is_near(mean, 113.3) && is_near(median, 100.0), "{mean} {median}");
    }

    #[test]
    fn the_same_seed_gives_the_same_delays() {
        let delay = Delay::LogNormal { median_ms: 80, sigma_percent: 90 };
        let draw = |seed| {
            let mut rng = Rng::new(seed);
            [(); 20].map(|()| delay.draw(&mut rng))
        };
        assert_eq!(draw(3), draw(3));
        assert_ne!(draw(3), draw(4));
    }
}
