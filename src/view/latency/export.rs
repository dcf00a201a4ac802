//! The measurements as a table of comma-separated values (RFC 4180).
//!
//! Each row says by itself whether a virtual modem was measured, so that no part of the file can be taken for more
//! than it is.

use chrono::{DateTime, Local, SecondsFormat};

use crate::{
    model::latency::{Latency, LossKind, Part, Run, Sample, SignalPoint, Track},
    payload::Table,
};

use super::{Screen, axis::millis};

/// A copy of the measurements, to be written elsewhere while measuring goes on.
#[derive(Clone, Debug)]
pub struct Export {
    runs: Vec<Piece>,
    /// In order of time.
    signal: Vec<SignalPoint>,
}

/// One run of it.
#[derive(Clone, Debug)]
struct Piece {
    number: u32,
    name: String,
    port: String,
    is_simulated: bool,
    track: Track,
}

impl Export {
    /// Copies what is looked at: all runs, one, or those compared. Costs little, however much was measured.
    pub fn new(latency: &Latency, screen: &Screen) -> Self {
        let fits = |run: &&Run| {
            if screen.compares {
                screen.compared.contains(&run.number)
            } else {
                screen.run.is_none_or(|of| of == run.number)
            }
        };
        let piece = |run: &Run| Piece {
            number: run.number,
            name: run.name.clone().unwrap_or_default(),
            port: run.port.clone(),
            is_simulated: run.is_simulated,
            track: run.track.clone(),
        };
        Self { runs: latency.runs().iter().filter(fits).map(piece).collect(), signal: latency.signal().to_vec() }
    }

    /// How many rows the table will have, without its heading.
    pub fn len(&self) -> usize {
        self.runs.iter().map(|run| run.track.len()).sum()
    }

    /// Whether there is nothing to export.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether any row comes from a virtual modem.
    pub fn is_simulated(&self) -> bool {
        self.runs.iter().any(|run| run.is_simulated)
    }

    /// A name for the file: says `SIMULATED` when it is so.
    pub fn file_name(&self) -> String {
        let mark = if self.is_simulated() { "-SIMULATED" } else { "" };
        let first = self.runs.iter().find_map(|run| run.track.span()).map_or(0, |(first, _)| first);
        format!("latency-{}{mark}.csv", local(first).format("%Y%m%d-%H%M%S"))
    }

    /// The table: local time, run, port, source, QoS, outcome, the times in milliseconds, and the signal in dBm as it was
    /// read last within the minute before.
    pub fn csv(&self) -> String {
        let mut table = Table::new(&[
            "time",
            "run",
            "run_name",
            "port",
            "source",
            "qos",
            "outcome",
            "wait_ms",
            "modem_ms",
            "network_ms",
            "total_ms",
            "signal_dbm",
        ]);
        for run in &self.runs {
            for sample in run.track.iter() {
                run.write_row(&mut table, sample);
                table.optional(self.signal_at(sample.at_micros));
                table.end_row();
            }
        }
        table.into_text()
    }

    /// What the newest reading before `at_micros` said, unless it is too old to be true of that time.
    fn signal_at(&self, at_micros: i64) -> Option<i16> {
        let later = self.signal.partition_point(|reading| reading.at_micros <= at_micros);
        let newest = self.signal.get(later.checked_sub(1)?)?;
        newest.rssi_dbm.filter(|_| at_micros - newest.at_micros <= FRESH)
    }
}

impl Piece {
    /// All but the last field.
    fn write_row(&self, table: &mut Table, sample: &Sample) {
        table.field(local(sample.at_micros).to_rfc3339_opts(SecondsFormat::Millis, false));
        table.field(self.number);
        table.field(&self.name);
        table.field(&self.port);
        table.field(if self.is_simulated { "SIMULATED" } else { "modem" });
        table.field(sample.qos);
        table.field(outcome(sample));
        for part in Part::ALL {
            let took = sample.outcome.ok().and_then(|times| times.part(part));
            table.optional(took.map(|took| format!("{:.3}", millis(took))));
        }
    }
}

fn outcome(sample: &Sample) -> &'static str {
    match sample.outcome {
        Ok(times) if times.ack().is_some() => "confirmed",
        Ok(_) => "accepted",
        Err(LossKind::Failed) => "not sent",
        Err(LossKind::TimedOut) => "timed out",
        Err(LossKind::Unknown) => "unknown",
    }
}

pub(super) fn local(micros: i64) -> DateTime<Local> {
    DateTime::from_timestamp_micros(micros).unwrap_or_default().with_timezone(&Local)
}

/// Microseconds after which a reading says nothing any more.
const FRESH: i64 = 60_000_000;
