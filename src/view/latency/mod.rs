//! What the Latency page shows: series for the plot, rows of percentiles, runs side by side, the form of a measuring run.
//!
//! The plot gets at most two points a pixel column, series and run. They are worked out again only when a sample came or
//! the part looked at has changed.

pub mod axis;
mod budget;
mod compare;
mod distribution;
mod export;
pub mod plan;
mod screen;
mod surroundings;

#[cfg(test)]
mod tests;

use std::time::Duration;

use crate::model::latency::{Column, Latency};

pub use self::{
    budget::{Budget, Share, Standing, Verdict},
    compare::{Compared, ComparedRow, Difference, Overlay, PARTS},
    distribution::Curve,
    export::Export,
    plan::{PlanForm, PlanView},
    screen::{Deletion, Screen},
    surroundings::{SignalLine, Span},
};
pub use crate::{
    model::latency::{Ending, Losses, Measured, Measuring, Part, Percentiles, Run, SeriesKind},
    mqtt::Qos,
    view::messages::{grouped, qos_key, took_text},
};

/// One series, thinned.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// What it shows.
    pub kind: SeriesKind,
    /// Seconds since [`LatencyView::origin_micros`] and milliseconds, in order of time within each run.
    pub points: Vec<[f64; 2]>,
    /// How many samples the points stand for.
    pub count: usize,
}

/// The part of the plot the user looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// Left edge in microseconds since the origin.
    pub start_micros: i64,
    /// Right edge in microseconds since the origin.
    pub end_micros: i64,
}

/// How finely a time of day is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClockPrecision {
    /// Whole seconds.
    Seconds,
    /// Milliseconds.
    Millis,
}

/// One row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TableRow {
    /// Quality of service.
    pub qos: Qos,
    /// Which part of the way.
    pub part: Part,
    /// Its percentiles.
    pub percentiles: Percentiles,
}

impl TableRow {
    /// The percentiles in words; one from too few publishes is none.
    pub fn times(&self) -> [String; 4] {
        times(&self.percentiles)
    }
}

/// p50, p95, p99 and the longest in words. The 95th of 100 needs 20 publishes, the 99th a hundred: from fewer it would only be
/// another word for the longest.
fn times(values: &Percentiles) -> [String; 4] {
    enough(values).map(|time| time.map_or_else(|| "–".to_owned(), took_text))
}

/// The same as times, each where enough publishes say it.
fn enough(values: &Percentiles) -> [Option<Duration>; 4] {
    let from = |least: u64, time: Duration| (values.count >= least).then_some(time);
    [Some(values.p50), from(LEAST_P95, values.p95), from(LEAST_P99, values.p99), Some(values.max)]
}

const LEAST_P95: u64 = 20;
const LEAST_P99: u64 = 100;

/// Percentiles as lines in the plot: of the longest part drawn of one quality of service.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PercentileLines {
    /// The marks that they belong to.
    pub kind: SeriesKind,
    /// Milliseconds of half of them.
    pub p50: f64,
    /// Milliseconds of 95 of a hundred, from enough publishes.
    pub p95: Option<f64>,
}

/// The least time that the line alone takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineFloor {
    /// Bits per second.
    pub baud: u32,
    /// Time for the bytes of `OK` with its line ends.
    pub accept: Duration,
    /// Time for the bytes of `PUBACK` with its line ends.
    pub ack: Duration,
}

/// What the page shows.
#[derive(Clone, Debug)]
pub struct LatencyView<'a> {
    /// Runs to choose from.
    pub runs: &'a [Run],
    /// The run looked at; `None` for all.
    pub run: Option<u32>,
    /// Percentiles of everything measured.
    pub rows: &'a [TableRow],
    /// What went astray, per quality of service that was used.
    pub losses: &'a [(Qos, Losses)],
    /// The series of the plot; empty ones are left out.
    pub series: &'a [Series],
    /// The signal, in stretches.
    pub signal: &'a [SignalLine],
    /// Times without a session.
    pub outages: &'a [Span],
    /// The runs side by side, newest first; `None` while they are looked at one by one.
    pub compared: Option<&'a [Compared]>,
    /// The points of the compared runs.
    pub overlays: &'a [Overlay],
    /// The distribution of one part of the way, where that is looked at.
    pub curves: &'a [Curve],
    /// Whether the budget is kept, per quality of service.
    pub verdicts: &'a [(Qos, Verdict)],
    /// From the first to the last point of what is looked at, in seconds since the origin, however small a part is in sight.
    pub extent: Option<(f64, f64)>,
    /// A measuring run was begun and nothing of it is there yet.
    pub is_awaiting: bool,
    /// What the user chose and typed.
    pub screen: &'a Screen,
    /// Local time of the plot's zero, in microseconds since 1970.
    pub origin_micros: i64,
    /// What the line alone takes, where its rate means something.
    pub floor: Option<LineFloor>,
    /// Whether it is of a log: nothing can be measured or taken away.
    pub is_recorded: bool,
    /// Whether a virtual modem was measured in what is shown.
    pub is_simulated: bool,
    /// Older samples that are counted in the table and no longer drawn.
    pub trimmed: u64,
    /// What the next run will be called, until something is measured in it.
    pub next_name: Option<&'a str>,
    /// The form of a measuring run.
    pub plan: PlanView<'a>,
}

impl LatencyView<'_> {
    /// The same page of a log.
    #[must_use]
    pub fn recorded(self) -> Self {
        Self { is_recorded: true, ..self }
    }

    /// Whether nothing was measured yet.
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// The local time of day at `seconds` after the origin.
    pub fn clock_text(&self, seconds: f64, precision: ClockPrecision) -> String {
        #[expect(clippy::cast_possible_truncation, reason = "a cast of a float stops at the ends of the range")]
        let micros = self.origin_micros.saturating_add((seconds * 1e6) as i64);
        let form = match precision {
            ClockPrecision::Seconds => "%H:%M:%S",
            ClockPrecision::Millis => "%H:%M:%S%.3f",
        };
        export::local(micros).format(form).to_string()
    }

    /// Whether marks of this kind are drawn.
    pub fn is_shown(&self, kind: SeriesKind) -> bool {
        !self.screen.hidden.contains(&kind)
    }

    /// How the measuring run looked at ended; `None` while one is under way, and for other runs.
    pub fn summary(&self) -> Option<&Measured> {
        let is_alone = self.compared.is_none() && self.plan.measuring.is_none();
        self.run.filter(|_| is_alone).and_then(|number| self.find(number)?.measured.as_ref())
    }

    /// The lines of percentiles: for each quality of service of its longest part that is drawn.
    pub fn percentile_lines(&self) -> Vec<PercentileLines> {
        let lines = |qos: Qos| {
            let kinds = [(SeriesKind::Total(qos), Part::Total), (SeriesKind::Network(qos), Part::Network)];
            let kinds = kinds.into_iter().chain([(SeriesKind::Modem(qos), Part::Modem)]);
            let row = |part: Part| self.rows.iter().find(|row| (row.qos, row.part) == (qos, part));
            let (kind, row) =
                kinds.filter(|(kind, _)| self.is_shown(*kind)).find_map(|(kind, part)| Some((kind, row(part)?)))?;
            let [p50, p95, _, _] = enough(&row.percentiles).map(|time| time.map(axis::millis));
            Some(PercentileLines { kind, p50: p50?, p95 })
        };
        Qos::ALL.into_iter().filter_map(lines).collect()
    }

    /// The run of this number.
    pub fn find(&self, number: u32) -> Option<&Run> {
        self.runs.iter().find(|run| run.number == number)
    }
}

/// The page. `baud` is the rate of the line, where it means something.
pub fn view<'a>(
    latency: &'a Latency,
    screen: &'a mut Screen,
    is_connected: bool,
    baud: Option<u32>,
) -> LatencyView<'a> {
    screen.refresh(latency);
    let screen = &*screen;
    let is_looked_at = |run: &&Run| {
        if screen.compares {
            screen.compared.contains(&run.number)
        } else {
            screen.run.is_none_or(|number| run.number == number)
        }
    };
    LatencyView {
        runs: latency.runs(),
        run: screen.run,
        rows: &screen.drawn.rows,
        losses: &screen.drawn.losses,
        series: &screen.drawn.series,
        signal: &screen.drawn.signal,
        outages: &screen.drawn.outages,
        compared: screen.drawn.compared.as_deref(),
        overlays: &screen.drawn.overlays,
        curves: &screen.drawn.curves,
        verdicts: &screen.drawn.verdicts,
        extent: screen.drawn.extent,
        is_awaiting: screen.awaits_after.is_some() && latency.measuring().is_some(),
        screen,
        origin_micros: screen.drawn.origin_micros,
        floor: baud.filter(|baud| *baud > 0).map(LineFloor::new),
        is_recorded: false,
        is_simulated: latency.runs().iter().filter(is_looked_at).any(|run| run.is_simulated),
        trimmed: latency.trimmed(),
        next_name: latency.next_name(),
        plan: plan::of(latency, &screen.plan, is_connected, baud),
    }
}

impl LineFloor {
    /// The floor of a line with eight data bits, no parity and one stop bit.
    fn new(baud: u32) -> Self {
        let bytes = |count: u32| Duration::from_secs_f64(f64::from(count * BITS_PER_BYTE) / f64::from(baud));
        Self { baud, accept: bytes(OK_BYTES), ack: bytes(PUBACK_BYTES) }
    }
}

/// The lowest and the highest point of each column, in order of time: seconds since `origin` and milliseconds.
fn points(columns: &[Column], origin: i64) -> Vec<[f64; 2]> {
    let mut points = Vec::with_capacity(columns.len() * 2);
    for column in columns {
        let (first, second) =
            if column.low.0 <= column.high.0 { (column.low, column.high) } else { (column.high, column.low) };
        let place = |(at, height): (i64, u32)| [seconds(at - origin), f64::from(height) / 1_000.0];
        points.push(place(first));
        if second != first {
            points.push(place(second));
        }
    }
    points
}

#[expect(clippy::cast_precision_loss, reason = "a plot needs no microsecond of a century")]
fn seconds(micros: i64) -> f64 {
    micros as f64 / 1e6
}

/// Start bit, eight data bits, stop bit.
const BITS_PER_BYTE: u32 = 10;
/// `\r\nOK\r\n`.
const OK_BYTES: u32 = 6;
/// `\r\nPUBACK\r\n`.
const PUBACK_BYTES: u32 = 10;
