//! What the user chose on the Latency page, and the points worked out last.

use std::collections::BTreeMap;

use crate::model::latency::{Column, Latency, Part, SeriesKind, Thinned, Track};

use super::{
    Losses, Qos, Series, SignalLine, Span, TableRow, Window,
    budget::{Budget, Verdict},
    compare::{self, Compared, Comparing, Overlay},
    distribution::{self, Curve},
    plan::PlanForm,
    points,
};

/// What the user chose on the page, and the points worked out last.
#[derive(Clone, Debug)]
pub struct Screen {
    /// The run looked at; `None` for all.
    pub run: Option<u32>,
    /// Kinds of marks that are switched off.
    pub hidden: Vec<SeriesKind>,
    /// The part looked at; `None` for everything.
    pub window: Option<Window>,
    /// Pixel columns of the plot; 0 before it was first drawn.
    pub columns: usize,
    /// Whether runs are compared.
    pub compares: bool,
    /// The runs compared, in the order in which they were chosen.
    pub compared: Vec<u32>,
    /// The part compared, and the one whose distribution is drawn.
    pub part: Part,
    /// Whether the distribution of times is drawn instead of the times over the time of day.
    pub shows_distribution: bool,
    /// What publishes are held against.
    pub budget: Budget,
    /// A run's name while it is changed.
    pub renames: Option<(u32, String)>,
    /// A name for the run that shall begin, while it is typed.
    pub begins: Option<String>,
    /// What is to be deleted once that is said again.
    pub deletes: Option<Deletion>,
    /// Whether the form of a measuring run is open.
    pub is_plan_open: bool,
    /// What is typed there.
    pub plan: PlanForm,
    /// A run was begun: the one that comes after this number is looked at as soon as it is there.
    pub awaits_after: Option<u32>,
    pub(super) made_for: Option<Key>,
    pub(super) drawn: Drawn,
    pub(super) grids: BTreeMap<u32, Grid>,
}

/// The thinned columns of one run, kept from news to news: only what came is worked out.
#[derive(Clone, Debug, Default)]
pub(super) struct Grid {
    /// Microseconds of one column.
    width: i64,
    first: i64,
    last: i64,
    /// Time of the run's first sample: an earlier one that was let go makes all new.
    begins: i64,
    thinned: Thinned,
}

impl Grid {
    /// The columns of `track` between two times, at most so many.
    fn refresh(&mut self, track: &Track, (from, to): (i64, i64), columns: usize) -> &Thinned {
        let Some((begins, _)) = track.span() else {
            *self = Self::default();
            return &self.thinned;
        };
        let wanted = (to.saturating_sub(from)) / i64::try_from(columns.max(1)).unwrap_or(i64::MAX);
        let width = u64::try_from(wanted.max(1)).unwrap_or(1).next_power_of_two();
        let width = i64::try_from(width).unwrap_or(i64::MAX);
        let (first, last) = (from.div_euclid(width), to.div_euclid(width));
        let goes_on = (self.width, self.first, self.begins) == (width, first, begins) && last >= self.last;
        if goes_on {
            let settled = usize::try_from(self.last).unwrap_or(0);
            let more = track.thin_grid(width, self.last..=last);
            for (known, more) in self.thinned.iter_mut().zip(more) {
                while known.last().is_some_and(|column| column.index >= settled) {
                    known.pop();
                }
                known.extend(more);
            }
            self.last = last;
        } else {
            *self = Self { width, first, last, begins, thinned: track.thin_grid(width, first..=last) };
        }
        &self.thinned
    }
}

/// What is to be deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deletion {
    /// One run.
    Run(u32),
    /// All of them.
    All,
}

/// What is drawn, worked out last.
#[derive(Clone, Debug, Default)]
pub(super) struct Drawn {
    pub(super) series: Vec<Series>,
    pub(super) overlays: Vec<Overlay>,
    pub(super) signal: Vec<SignalLine>,
    pub(super) outages: Vec<Span>,
    pub(super) rows: Vec<TableRow>,
    pub(super) losses: Vec<(Qos, Losses)>,
    pub(super) compared: Option<Vec<Compared>>,
    pub(super) curves: Vec<Curve>,
    pub(super) verdicts: Vec<(Qos, Verdict)>,
    pub(super) extent: Option<(f64, f64)>,
    pub(super) origin_micros: i64,
}

/// What the points depend on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Key {
    revision: u64,
    run: Option<u32>,
    window: Option<Window>,
    columns: usize,
    compared: Option<Vec<u32>>,
    part: Part,
    shows_distribution: bool,
    budget: Budget,
}

impl Default for Screen {
    fn default() -> Self {
        Self {
            run: None,
            // The sum of what is drawn already: wanted only where publishes were planned.
            hidden: Qos::ALL.map(SeriesKind::Total).to_vec(),
            window: None,
            columns: 0,
            compares: false,
            compared: Vec::new(),
            part: Part::Total,
            shows_distribution: false,
            budget: Budget::default(),
            renames: None,
            begins: None,
            deletes: None,
            is_plan_open: false,
            plan: PlanForm::default(),
            awaits_after: None,
            made_for: None,
            drawn: Drawn::default(),
            grids: BTreeMap::new(),
        }
    }
}

impl Screen {
    /// Draws marks of this kind, or leaves them out.
    pub fn toggle(&mut self, kind: SeriesKind) {
        let shown = self.hidden.len();
        self.hidden.retain(|hidden| *hidden != kind);
        if self.hidden.len() == shown {
            self.hidden.push(kind);
        }
    }

    /// Looks at one run, or at all, as a whole; no longer waits for another.
    pub fn choose(&mut self, run: Option<u32>) {
        (self.run, self.window, self.awaits_after) = (run, None, None);
    }

    /// A run begins: it is looked at, alone, as soon as something of it is there.
    pub fn await_next(&mut self, latency: &Latency) {
        self.awaits_after = Some(latency.runs().last().map_or(0, |run| run.number));
    }

    /// The plot shows `window` (everything when `None`) on so many pixel columns.
    pub fn look(&mut self, window: Option<Window>, columns: usize) {
        self.window = window;
        self.columns = columns;
    }

    /// Compares runs, or looks at them one by one. The two newest are compared first.
    pub fn compare(&mut self, compares: bool, latency: &Latency) {
        (self.compares, self.window) = (compares, None);
        self.compared.retain(|number| latency.run(*number).is_some());
        if compares && self.compared.len() < 2 {
            self.compared = latency.runs().iter().rev().take(2).map(|run| run.number).rev().collect();
        }
    }

    /// Takes a run into the comparison, or out of it.
    pub fn toggle_compared(&mut self, number: u32) {
        let before = self.compared.len();
        self.compared.retain(|compared| *compared != number);
        if self.compared.len() == before && before < MOST_COMPARED {
            self.compared.push(number);
        }
    }

    /// Whether no more runs can be taken into the comparison.
    pub fn is_comparison_full(&self) -> bool {
        self.compared.len() >= MOST_COMPARED
    }

    /// Works out what is drawn, when something it depends on has changed.
    pub(super) fn refresh(&mut self, latency: &Latency) {
        if self.run.is_some_and(|number| latency.run(number).is_none()) {
            self.run = None;
        }
        let newest = latency.runs().last().map(|run| run.number);
        if let Some(begun) = newest.filter(|newest| self.awaits_after.is_some_and(|before| *newest > before)) {
            self.choose(Some(begun));
            self.compares = false;
        }
        self.compared.retain(|number| latency.run(*number).is_some());
        let columns = if self.columns == 0 { DEFAULT_COLUMNS } else { self.columns };
        let key = Key {
            revision: latency.revision(),
            run: self.run,
            window: self.window,
            columns,
            compared: self.compares.then(|| self.compared.clone()),
            part: self.part,
            shows_distribution: self.shows_distribution,
            budget: self.budget.clone(),
        };
        if self.made_for.as_ref() == Some(&key) {
            return;
        }
        self.made_for = Some(key);
        self.drawn = if self.compares {
            self.draw_compared(latency, columns)
        } else if self.shows_distribution {
            Drawn { curves: distribution::of_run(latency, self.run, self.part), ..self.tabulate(latency) }
        } else {
            self.draw(latency, columns)
        };
    }

    fn draw_compared(&self, latency: &Latency, columns: usize) -> Drawn {
        let chosen = Comparing { runs: &self.compared, part: self.part, window: self.window, budget: &self.budget };
        let compared = Some(compare::runs(latency, chosen));
        if self.shows_distribution {
            let curves = distribution::of_runs(latency, chosen.runs, self.part);
            return Drawn { compared, curves, ..Drawn::default() };
        }
        let spans = chosen.runs.iter().filter_map(|number| latency.run(*number)?.track.span());
        let longest = spans.map(|(first, last)| last - first).max();
        let extent = longest.map(|longest| (0.0, super::seconds(longest)));
        Drawn { overlays: compare::overlays(latency, chosen, columns), compared, extent, ..Drawn::default() }
    }

    fn draw(&mut self, latency: &Latency, columns: usize) -> Drawn {
        let wanted = self.run;
        let chosen = || latency.runs().iter().filter(|run| wanted.is_none_or(|number| run.number == number));
        let spans = chosen().filter_map(|run| run.track.span());
        let Some((first, last)) = spans.reduce(|one, other| (one.0.min(other.0), one.1.max(other.1))) else {
            return self.tabulate(latency);
        };
        // A whole hour, so that the marks of the axis fall on round times of day.
        let origin = first - first.rem_euclid(HOUR_MICROS);
        let span = self.window.map_or((first, last), |window| {
            (origin.saturating_add(window.start_micros), origin.saturating_add(window.end_micros))
        });
        let mut gathered: BTreeMap<usize, Series> = BTreeMap::new();
        self.grids.retain(|number, _| chosen().any(|run| run.number == *number));
        for run in chosen() {
            let thinned = self.grids.entry(run.number).or_default().refresh(&run.track, span, columns);
            for (place, columns) in thinned.iter().enumerate().filter(|(_, of)| !of.is_empty()) {
                let kind = SeriesKind::ALL[place];
                let series = gathered.entry(place).or_insert(Series { kind, points: Vec::new(), count: 0 });
                series.points.extend(points(columns, origin));
                series.count += columns.iter().map(|column: &Column| column.count).sum::<usize>();
            }
        }
        Drawn {
            series: gathered.into_values().collect(),
            signal: super::surroundings::signal(latency, (first, last), origin),
            outages: super::surroundings::outages(latency, (first, last), origin),
            extent: Some((super::seconds(first - origin), super::seconds(last - origin))),
            origin_micros: origin,
            ..self.tabulate(latency)
        }
    }

    /// The table of percentiles. Reading them from histograms takes longer than drawing them.
    fn tabulate(&self, latency: &Latency) -> Drawn {
        let mut drawn = Drawn::default();
        let Some(stats) = latency.stats(self.run) else { return drawn };
        for qos in Qos::ALL {
            for part in Part::ALL {
                drawn.rows.extend(stats.percentiles(qos, part).map(|percentiles| TableRow { qos, part, percentiles }));
            }
            drawn.verdicts.extend(self.budget.verdict(stats, qos).map(|verdict| (qos, verdict)));
            if stats.losses(qos).total() > 0 {
                drawn.losses.push((qos, stats.losses(qos)));
            }
        }
        drawn
    }
}

const HOUR_MICROS: i64 = 3_600_000_000;
const DEFAULT_COLUMNS: usize = 800;
/// As many as there are shapes and colours.
pub(super) const MOST_COMPARED: usize = 6;
