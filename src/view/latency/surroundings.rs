//! The signal and the outages on the plot's own axis.

use crate::model::latency::Latency;

use super::seconds;

/// A stretch in which the signal was known: no line is drawn across what was not read.
#[derive(Clone, Debug, PartialEq)]
pub struct SignalLine {
    /// Seconds since the origin and dBm.
    pub points: Vec<[f64; 2]>,
}

/// A time without a session, in seconds since the origin.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span {
    /// Where it begins.
    pub from: f64,
    /// Where it ends; the end of the plot while it lasts.
    pub to: f64,
}

/// The readings between two times (microseconds since 1970), a line for each stretch.
pub(super) fn signal(latency: &Latency, (first, last): (i64, i64), origin: i64) -> Vec<SignalLine> {
    let mut lines: Vec<SignalLine> = Vec::new();
    let mut before: Option<i64> = None;
    let inside = |at: i64| (first - MARGIN..=last + MARGIN).contains(&at);
    for reading in latency.signal().iter().filter(|reading| inside(reading.at_micros)) {
        let Some(rssi) = reading.rssi_dbm else {
            before = None;
            continue;
        };
        let point = [seconds(reading.at_micros - origin), f64::from(rssi)];
        let is_broken = |before: i64| {
            let is_outage =
                latency.outages().iter().any(|outage| (before..=reading.at_micros).contains(&outage.from_micros));
            reading.at_micros - before > GAP || is_outage
        };
        match lines.last_mut().filter(|_| before.is_some_and(|before| !is_broken(before))) {
            Some(line) => line.points.push(point),
            None => lines.push(SignalLine { points: vec![point] }),
        }
        before = Some(reading.at_micros);
    }
    lines
}

/// The times without a session that touch the span between two times.
pub(super) fn outages(latency: &Latency, (first, last): (i64, i64), origin: i64) -> Vec<Span> {
    let touching = latency.outages().iter().filter_map(|outage| {
        let to = outage.to_micros.unwrap_or(i64::MAX).min(last.max(outage.from_micros.saturating_add(MARGIN)));
        (outage.from_micros <= last + MARGIN && to >= first)
            .then(|| Span { from: seconds(outage.from_micros - origin), to: seconds(to - origin) })
    });
    touching.collect()
}

/// Readings further apart are not joined.
const GAP: i64 = 60_000_000;
/// A reading so close to what was measured belongs to it.
const MARGIN: i64 = 15_000_000;
