//! Runs side by side: one row of percentiles each, and their points over the time since each began.

use crate::{
    model::latency::{Latency, Losses, Part, Percentiles, Run, SeriesKind},
    mqtt::Qos,
};

use super::{
    Window,
    budget::{Budget, Verdict, part_measured},
    enough,
};

/// What is compared.
#[derive(Clone, Copy, Debug)]
pub(super) struct Comparing<'a> {
    /// The runs, in the order in which they were chosen.
    pub(super) runs: &'a [u32],
    /// The part of them.
    pub(super) part: Part,
    /// The part of the time; `None` for everything.
    pub(super) window: Option<Window>,
    /// What they are held against.
    pub(super) budget: &'a Budget,
}

/// One run among those that can be compared.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// The run's number.
    pub number: u32,
    /// What the user calls it.
    pub name: Option<String>,
    /// Whether a virtual modem was measured.
    pub is_simulated: bool,
    /// Whether it is compared; its place among the compared ones gives it shape and colour.
    pub place: Option<usize>,
    /// A row for each quality of service that was used.
    pub rows: Vec<ComparedRow>,
}

/// One quality of service of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ComparedRow {
    /// Quality of service.
    pub qos: Qos,
    /// Percentiles of the part looked at; `None` when it has no such part.
    pub percentiles: Option<Percentiles>,
    /// What went astray.
    pub losses: Losses,
    /// Whether it keeps the budget, where there is one.
    pub verdict: Option<Verdict>,
}

/// How two runs differ at one quality of service: the first one's times less the other's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Difference {
    /// p50, p95, p99 and the longest, in microseconds; `None` where one of them has too few publishes.
    pub times: [Option<i64>; 4],
    /// How many more went astray.
    pub lost: i64,
}

impl ComparedRow {
    /// The percentiles in words, `None` while nothing was measured.
    pub fn times(&self) -> Option<[String; 4]> {
        self.percentiles.as_ref().map(super::times)
    }

    /// This one less `other`.
    pub fn less(&self, other: &Self) -> Difference {
        let micros = |row: &Self| row.percentiles.map_or([None; 4], |of| enough(&of));
        let (own, theirs) = (micros(self), micros(other));
        let times = std::array::from_fn(|place| {
            let (own, theirs) = (own[place]?, theirs[place]?);
            Some(signed(own.as_micros()) - signed(theirs.as_micros()))
        });
        Difference { times, lost: signed(self.losses.total().into()) - signed(other.losses.total().into()) }
    }
}

fn signed(count: u128) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// The points of one compared run.
#[derive(Clone, Debug, PartialEq)]
pub struct Overlay {
    /// The run's number.
    pub number: u32,
    /// Its place among the compared runs.
    pub place: usize,
    /// Seconds since the run began and milliseconds.
    pub points: Vec<[f64; 2]>,
    /// Where publishes went astray.
    pub lost: Vec<[f64; 2]>,
}

/// Parts that can be compared: those of which there are points.
pub const PARTS: [Part; 3] = [Part::Total, Part::Network, Part::Modem];

/// The runs, newest first.
pub(super) fn runs(latency: &Latency, chosen: Comparing<'_>) -> Vec<Compared> {
    latency.runs().iter().rev().map(|run| compared(run, chosen)).collect()
}

fn compared(run: &Run, chosen: Comparing<'_>) -> Compared {
    let place = chosen.runs.iter().position(|number| *number == run.number);
    let row = |qos: Qos| {
        let stats = run.stats()?;
        let part = part_measured(stats, qos, chosen.part);
        let (percentiles, losses) = (stats.percentiles(qos, part), stats.losses(qos));
        let is_used = stats.percentiles(qos, Part::Modem).is_some() || losses.total() > 0;
        let verdict = chosen.budget.verdict(stats, qos);
        is_used.then_some(ComparedRow { qos, percentiles, losses, verdict })
    };
    let rows = Qos::ALL.into_iter().filter_map(row).collect();
    Compared { number: run.number, name: run.name.clone(), is_simulated: run.is_simulated, place, rows }
}

/// The points of the compared runs, over the time since each began.
pub(super) fn overlays(latency: &Latency, chosen: Comparing<'_>, columns: usize) -> Vec<Overlay> {
    let runs = chosen.runs.iter().enumerate();
    runs.filter_map(|(place, number)| overlay(latency.run(*number)?, place, chosen, columns)).collect()
}

fn overlay(run: &Run, place: usize, chosen: Comparing<'_>, columns: usize) -> Option<Overlay> {
    let (first, last) = run.track.span()?;
    let span = chosen.window.map_or((first, last), |window| {
        (first.saturating_add(window.start_micros), first.saturating_add(window.end_micros))
    });
    let thinned = run.track.thin(span, columns);
    let has_whole = |qos: Qos| run.stats().is_none_or(|stats| part_measured(stats, qos, Part::Total) == Part::Total);
    let mut overlay = Overlay { number: run.number, place, points: Vec::new(), lost: Vec::new() };
    for (kind, columns) in SeriesKind::ALL.into_iter().zip(&thinned) {
        let into = match (kind, chosen.part) {
            (SeriesKind::Lost, _) => &mut overlay.lost,
            (SeriesKind::Modem(qos), Part::Total) if !has_whole(qos) => &mut overlay.points,
            (SeriesKind::Total(_), Part::Total | Part::Wait)
            | (SeriesKind::Network(_), Part::Network)
            | (SeriesKind::Modem(_), Part::Modem) => &mut overlay.points,
            _ => continue,
        };
        into.extend(super::points(columns, first));
    }
    overlay.points.sort_by(|one, other| one[0].total_cmp(&other[0]));
    Some(overlay)
}
