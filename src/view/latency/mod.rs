//! What the Latency page shows: series for the plot, rows of percentiles, the floor the line sets.
//!
//! The plot gets at most two points a pixel column and series. They are worked out again only when a sample came or
//! the part looked at has changed.

mod export;

#[cfg(test)]
mod tests;

use std::time::Duration;

use crate::model::latency::{Latency, Sample, thin};

pub use self::export::Export;
use self::export::millis;
pub use crate::{
    model::latency::{Losses, Part, Percentiles, Run},
    mqtt::Qos,
    view::messages::{grouped, qos_key, took_text},
};

/// One kind of marks in the plot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SeriesKind {
    /// Command to `OK`.
    Modem(Qos),
    /// `OK` to `PUBACK` (QoS 1) or `PUBCOMP` (QoS 2).
    Network(Qos),
    /// Publishes that went astray, at the height of zero.
    Lost,
}

impl SeriesKind {
    /// All kinds in the order of the legend.
    pub const ALL: [Self; 6] = [
        Self::Network(Qos::AtLeastOnce),
        Self::Network(Qos::ExactlyOnce),
        Self::Modem(Qos::AtMostOnce),
        Self::Modem(Qos::AtLeastOnce),
        Self::Modem(Qos::ExactlyOnce),
        Self::Lost,
    ];

    /// The height of `sample` in milliseconds, if it belongs to this kind.
    fn height(self, sample: &Sample) -> Option<f64> {
        match (self, sample.outcome) {
            (Self::Modem(qos), Ok(times)) if qos == sample.qos => Some(millis(times.accept)),
            (Self::Network(qos), Ok(times)) if qos == sample.qos => times.ack.map(millis),
            (Self::Lost, Err(_)) => Some(0.0),
            _ => None,
        }
    }
}

/// One series, thinned.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// What it shows.
    pub kind: SeriesKind,
    /// Seconds since [`LatencyView::origin_micros`] and milliseconds, in order of time.
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

/// What the user chose on the page, and the points worked out last.
#[derive(Clone, Debug, Default)]
pub struct Screen {
    /// The run looked at; `None` for all.
    pub run: Option<u32>,
    /// Kinds of marks that are switched off.
    pub hidden: Vec<SeriesKind>,
    /// The part looked at; `None` for everything.
    pub window: Option<Window>,
    /// Pixel columns of the plot; 0 before it was first drawn.
    pub columns: usize,
    made_for: Option<Key>,
    series: Vec<Series>,
    origin_micros: i64,
}

/// What the points depend on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Key {
    revision: u64,
    run: Option<u32>,
    window: Option<Window>,
    columns: usize,
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
    pub rows: Vec<TableRow>,
    /// What went astray, per quality of service that was used.
    pub losses: Vec<(Qos, Losses)>,
    /// The series of the plot; empty ones are left out.
    pub series: &'a [Series],
    /// Kinds of marks that are switched off.
    pub hidden: &'a [SeriesKind],
    /// The part looked at; `None` for everything.
    pub window: Option<Window>,
    /// Pixel columns that the series were thinned for, as told by the plot.
    pub columns: usize,
    /// Local time of the plot's zero, in microseconds since 1970.
    pub origin_micros: i64,
    /// What the line alone takes, where its rate means something.
    pub floor: Option<LineFloor>,
    /// Whether a virtual modem was measured in what is shown.
    pub is_simulated: bool,
    /// Older samples that are counted in the table and no longer drawn.
    pub trimmed: u64,
}

impl LatencyView<'_> {
    /// Whether nothing was measured yet.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty() && self.losses.is_empty()
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
        !self.hidden.contains(&kind)
    }
}

/// The page. `baud` is the rate of the line, where it means something.
pub fn view<'a>(latency: &'a Latency, screen: &'a mut Screen, baud: Option<u32>) -> LatencyView<'a> {
    if screen.run.is_some_and(|number| latency.stats(Some(number)).is_none()) {
        screen.run = None;
    }
    screen.refresh(latency);
    let stats = latency.stats(screen.run);
    let mut rows = Vec::new();
    let mut losses = Vec::new();
    for (qos, stats) in Qos::ALL.into_iter().filter_map(|qos| Some((qos, stats?))) {
        for part in Part::ALL {
            rows.extend(stats.percentiles(qos, part).map(|percentiles| TableRow { qos, part, percentiles }));
        }
        if stats.losses(qos).total() > 0 {
            losses.push((qos, stats.losses(qos)));
        }
    }
    let is_chosen = |run: &&Run| screen.run.is_none_or(|number| run.number == number);
    LatencyView {
        runs: latency.runs(),
        run: screen.run,
        rows,
        losses,
        series: &screen.series,
        hidden: &screen.hidden,
        window: screen.window,
        columns: screen.columns,
        origin_micros: screen.origin_micros,
        floor: baud.filter(|baud| *baud > 0).map(LineFloor::new),
        is_simulated: latency.runs().iter().filter(is_chosen).any(|run| run.is_simulated),
        trimmed: latency.trimmed(),
    }
}

impl LineFloor {
    /// The floor of a line with eight data bits, no parity and one stop bit.
    fn new(baud: u32) -> Self {
        let bytes = |count: u32| Duration::from_secs_f64(f64::from(count * BITS_PER_BYTE) / f64::from(baud));
        Self { baud, accept: bytes(OK_BYTES), ack: bytes(PUBACK_BYTES) }
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

    /// The plot shows `window` (everything when `None`) on so many pixel columns.
    pub fn look(&mut self, window: Option<Window>, columns: usize) {
        self.window = window;
        self.columns = columns;
    }

    fn refresh(&mut self, latency: &Latency) {
        let columns = if self.columns == 0 { DEFAULT_COLUMNS } else { self.columns };
        let key = Key { revision: latency.revision(), run: self.run, window: self.window, columns };
        if self.made_for == Some(key) {
            return;
        }
        self.made_for = Some(key);
        let chosen = || latency.samples().iter().filter(|sample| self.run.is_none_or(|run| sample.run == run));
        let first = chosen().map(|sample| sample.at_micros).min().unwrap_or_default();
        let last = chosen().map(|sample| sample.at_micros).max().unwrap_or_default();
        // A whole hour, so that the marks of the axis fall on round times of day.
        self.origin_micros = first - first.rem_euclid(HOUR_MICROS);
        let origin = self.origin_micros;
        let span = self.window.map_or_else(
            || (seconds(first - origin), seconds(last - origin)),
            |window| (seconds(window.start_micros), seconds(window.end_micros)),
        );
        let series = SeriesKind::ALL.map(|kind| {
            let points = chosen().filter_map(|sample| Some((seconds(sample.at_micros - origin), kind.height(sample)?)));
            thinned(kind, points, span, columns)
        });
        self.series = series.into_iter().filter(|series| !series.points.is_empty()).collect();
    }
}

fn thinned(kind: SeriesKind, points: impl Iterator<Item = (f64, f64)>, span: (f64, f64), columns: usize) -> Series {
    let kept = thin(points, span, columns);
    let count = kept.iter().map(|column| column.count).sum();
    let mut points = Vec::with_capacity(kept.len() * 2);
    for column in kept {
        let (first, second) =
            if column.low.0 <= column.high.0 { (column.low, column.high) } else { (column.high, column.low) };
        points.push(first.into());
        if second != first {
            points.push(second.into());
        }
    }
    Series { kind, points, count }
}

#[expect(clippy::cast_precision_loss, reason = "a plot needs no microsecond of a century")]
fn seconds(micros: i64) -> f64 {
    micros as f64 / 1e6
}

const HOUR_MICROS: i64 = 3_600_000_000;
const DEFAULT_COLUMNS: usize = 800;
/// Start bit, eight data bits, stop bit.
const BITS_PER_BYTE: u32 = 10;
/// `\r\nOK\r\n`.
const OK_BYTES: u32 = 6;
/// `\r\nPUBACK\r\n`.
const PUBACK_BYTES: u32 = 10;
