//! The distribution of times: what share of publishes needed at most so long.

use crate::{
    model::latency::{Latency, Part, Run, Stats},
    mqtt::Qos,
};

use super::{axis::millis, budget::part_measured};

/// One curve: of one quality of service of a run, or of all runs.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// The run; `None` for all.
    pub run: Option<u32>,
    /// The run's place among those compared, which gives it its colour; `None` when it is looked at alone.
    pub place: Option<usize>,
    /// Quality of service.
    pub qos: Qos,
    /// Milliseconds and percent, from zero at the shortest to all at the longest.
    pub points: Vec<[f64; 2]>,
    /// Of how many publishes.
    pub count: u64,
}

impl Curve {
    /// How many of a hundred publishes needed at most `millis`.
    pub fn percent_within(&self, millis: f64) -> f64 {
        let later = self.points.partition_point(|point| point[0] <= millis);
        later.checked_sub(1).map_or(0.0, |last| self.points[last][1])
    }
}

/// The curves of `part` of one run, or of all.
pub(super) fn of_run(latency: &Latency, run: Option<u32>, part: Part) -> Vec<Curve> {
    latency.stats(run).map(|stats| curves(stats, (run, None), part)).unwrap_or_default()
}

/// The curves of `part` of the runs compared.
pub(super) fn of_runs(latency: &Latency, runs: &[u32], part: Part) -> Vec<Curve> {
    let of_run = |(place, number): (usize, &u32)| {
        let stats = latency.run(*number).and_then(Run::stats)?;
        Some(curves(stats, (Some(*number), Some(place)), part))
    };
    runs.iter().enumerate().filter_map(of_run).flatten().collect()
}

fn curves(stats: &Stats, (run, place): (Option<u32>, Option<usize>), part: Part) -> Vec<Curve> {
    let curve = |qos: Qos| {
        let part = part_measured(stats, qos, part);
        let count = stats.percentiles(qos, part)?.count;
        let steps = stats.distribution(qos, part);
        let shortest = steps.first().map(|(time, _)| [millis(*time), 0.0]);
        let points =
            shortest.into_iter().chain(steps.iter().map(|(time, share)| [millis(*time), share * 100.0])).collect();
        Some(Curve { run, place, qos, points, count })
    };
    Qos::ALL.into_iter().filter_map(curve).collect()
}
