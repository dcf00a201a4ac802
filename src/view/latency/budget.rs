//! The budget that publishes are held against: so many of a hundred within so long, those that went astray counted as over.

use std::time::Duration;

use crate::{
    lang::Text,
    model::latency::{Part, Stats},
    mqtt::Qos,
    settings::BudgetEntry,
};

use super::{LEAST_P95, LEAST_P99};

/// What the user wants of publishes, as chosen and typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Budget {
    /// How many of them.
    pub share: Share,
    /// Within how many milliseconds, as typed; empty without a budget.
    pub limit: String,
}

impl Budget {
    /// The budget that was kept.
    pub fn of(kept: &BudgetEntry) -> Self {
        let share = Share::ALL.into_iter().find(|share| share.percent() == kept.percent).unwrap_or_default();
        Self { share, limit: kept.limit.clone() }
    }

    /// What is kept of it.
    pub fn entry(&self) -> BudgetEntry {
        BudgetEntry { percent: self.share.percent(), limit: self.limit.clone() }
    }
}

/// How many publishes have to keep a budget.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Share {
    /// Half.
    P50,
    /// 95 of a hundred.
    #[default]
    P95,
    /// 99 of a hundred.
    P99,
    /// Each of them.
    All,
}

impl Share {
    /// All of them, in order.
    pub const ALL: [Self; 4] = [Self::P50, Self::P95, Self::P99, Self::All];

    /// Of a hundred publishes.
    pub const fn percent(self) -> u64 {
        match self {
            Self::P50 => 50,
            Self::P95 => 95,
            Self::P99 => 99,
            Self::All => 100,
        }
    }

    /// The least number of publishes that can show it.
    const fn least(self) -> u64 {
        match self {
            Self::P50 | Self::All => 1,
            Self::P95 => LEAST_P95,
            Self::P99 => LEAST_P99,
        }
    }
}

/// Whether the publishes of one quality of service keep the budget.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Whether they do.
    pub standing: Standing,
    /// How many were within it.
    pub within: u64,
    /// Of how many, those that went astray among them.
    pub of: u64,
}

/// How publishes stand to their budget.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Enough of them were within it.
    Kept,
    /// Too many were not.
    Broken,
    /// Too few publishes say anything: so many are needed.
    TooFew(u64),
}

impl Budget {
    /// The time that is allowed; `None` without a budget, and while what is typed is none.
    pub fn limit(&self) -> Option<Duration> {
        let typed: f64 = self.limit.trim().replace(',', ".").parse().ok()?;
        (SHORTEST_MS..=LONGEST_MS).contains(&typed).then(|| Duration::from_secs_f64(typed / 1_000.0))
    }

    /// What is wrong with what is typed.
    pub fn wrong(&self) -> Option<Text> {
        (!self.limit.trim().is_empty() && self.limit().is_none()).then(|| Text::new("latency-budget-wrong"))
    }

    /// Whether publishes of `qos` keep it; `None` without a budget, and where nothing was published so.
    pub fn verdict(&self, stats: &Stats, qos: Qos) -> Option<Verdict> {
        let limit = self.limit()?;
        let part = part_measured(stats, qos, Part::Total);
        let count = stats.percentiles(qos, part).map_or(0, |of| of.count);
        let (within, of) = (stats.within(qos, part, limit), count + stats.losses(qos).total());
        let standing = if of < self.share.least() {
            Standing::TooFew(self.share.least())
        } else if within * 100 >= self.share.percent() * of {
            Standing::Kept
        } else {
            Standing::Broken
        };
        (of > 0).then_some(Verdict { standing, within, of })
    }
}

impl Verdict {
    /// Of a hundred publishes, so many were within the budget; rounded down, so that not all are said while one is missing.
    pub fn percent(self) -> String {
        let tenths = self.within * 1_000 / self.of.max(1);
        if tenths.is_multiple_of(10) { (tenths / 10).to_string() } else { format!("{}.{}", tenths / 10, tenths % 10) }
    }
}

/// The part of the way that stands for `part`: at QoS 0 nobody confirms, and the module's part is the whole.
pub(super) fn part_measured(stats: &Stats, qos: Qos, part: Part) -> Part {
    let is_all_there_is = part == Part::Total && stats.percentiles(qos, Part::Total).is_none();
    if is_all_there_is { Part::Modem } else { part }
}

const SHORTEST_MS: f64 = 0.1;
/// An hour.
const LONGEST_MS: f64 = 3_600_000.0;
