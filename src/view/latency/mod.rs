//! What the Latency page shows: series for the plot, rows of percentiles, runs side by side, the form of a measuring run.
//!
//! The plot gets at most two points a pixel column, series and run. They are worked out again only when a sample came or
//! the part looked at has changed.

pub mod axis;
mod compare;
mod export;
pub mod plan;
mod screen;
mod surroundings;

#[cfg(test)]
mod tests;

use std::time::Duration;

use crate::model::latency::{Column, Latency};

pub use self::{
    compare::{Compared, ComparedRow, Overlay, PARTS},
    export::Export,
    plan::{PlanForm, PlanView},
    screen::{Deletion, Screen},
    surroundings::{SignalLine, Span},
};
pub use crate::{
    model::latency::{Losses, Measuring, Part, Percentiles, Run, SeriesKind},
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
    let enough = |least: u64, time: Duration| if values.count >= least { took_text(time) } else { "–".to_owned() };
    [took_text(values.p50), enough(LEAST_P95, values.p95), enough(LEAST_P99, values.p99), took_text(values.max)]
}

const LEAST_P95: u64 = 20;
const LEAST_P99: u64 = 100;

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
    /// What the user chose and typed.
    pub screen: &'a Screen,
    /// Local time of the plot's zero, in microseconds since 1970.
    pub origin_micros: i64,
    /// What the line alone takes, where its rate means something.
    pub floor: Option<LineFloor>,
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
        screen,
        origin_micros: screen.drawn.origin_micros,
        floor: baud.filter(|baud| *baud > 0).map(LineFloor::new),
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
