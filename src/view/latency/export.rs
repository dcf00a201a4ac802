//! The measurements as a table of comma-separated values (RFC 4180).
//!
//! Each row says by itself whether a virtual modem was measured, so that no part of the file can be taken for more
//! than it is.

use std::{borrow::Cow, collections::VecDeque, fmt::Write as _, time::Duration};

use chrono::{DateTime, Local, SecondsFormat};

use crate::model::latency::{Latency, LossKind, Run, Sample, Times};

/// A copy of the measurements, to be written elsewhere while measuring goes on.
#[derive(Clone, Debug)]
pub struct Export {
    samples: VecDeque<Sample>,
    runs: Vec<Run>,
}

impl Export {
    /// Copies what was measured: all of it, or one run.
    pub fn new(latency: &Latency, run: Option<u32>) -> Self {
        let fits = |sample: &&Sample| run.is_none_or(|number| sample.run == number);
        Self { samples: latency.samples().iter().filter(fits).copied().collect(), runs: latency.runs().to_vec() }
    }

    /// How many rows the table will have, without its heading.
    pub fn len(&self) -> usize {
        self.samples.len()
    }

    /// Whether there is nothing to export.
    pub fn is_empty(&self) -> bool {
        self.samples.is_empty()
    }

    /// Whether any row comes from a virtual modem.
    pub fn is_simulated(&self) -> bool {
        self.samples.iter().any(|sample| self.run(sample.run).is_some_and(|run| run.is_simulated))
    }

    /// A name for the file: says `SIMULATED` when it is so.
    pub fn file_name(&self) -> String {
        let mark = if self.is_simulated() { "-SIMULATED" } else { "" };
        let first = self.samples.front().map_or(0, |sample| sample.at_micros);
        format!("latency-{}{mark}.csv", local(first).format("%Y%m%d-%H%M%S"))
    }

    /// The table: local time, run, port, source, QoS, outcome, and the times in milliseconds.
    pub fn csv(&self) -> String {
        let mut text = String::from("time,run,port,source,qos,outcome,modem_ms,network_ms,total_ms\r\n");
        for sample in &self.samples {
            self.write_row(&mut text, sample);
        }
        text
    }

    fn write_row(&self, text: &mut String, sample: &Sample) {
        let run = self.run(sample.run);
        let port = run.map_or(Cow::Borrowed(""), |run| quoted(&run.port));
        let source = if run.is_some_and(|run| run.is_simulated) { "SIMULATED" } else { "modem" };
        let time = local(sample.at_micros).to_rfc3339_opts(SecondsFormat::Millis, false);
        // Writing to a string cannot fail.
        let _ = write!(text, "{time},{},{port},{source},{},{}", sample.run, sample.qos, outcome(sample));
        let times = sample.outcome.ok();
        let ack = times.and_then(|times| times.ack);
        let total = times.zip(ack).map(|(Times { accept, .. }, ack)| accept + ack);
        for took in [times.map(|times| times.accept), ack, total] {
            let _ = match took {
                Some(took) => write!(text, ",{:.3}", millis(took)),
                None => write!(text, ","),
            };
        }
        text.push_str("\r\n");
    }

    fn run(&self, number: u32) -> Option<&Run> {
        let position = self.runs.binary_search_by_key(&number, |run| run.number).ok()?;
        self.runs.get(position)
    }
}

/// `took` in milliseconds.
pub(super) fn millis(took: Duration) -> f64 {
    took.as_secs_f64() * 1_000.0
}

fn outcome(sample: &Sample) -> &'static str {
    match sample.outcome {
        Ok(Times { ack: Some(_), .. }) => "confirmed",
        Ok(Times { ack: None, .. }) => "accepted",
        Err(LossKind::Failed) => "not sent",
        Err(LossKind::TimedOut) => "timed out",
        Err(LossKind::Unknown) => "unknown",
    }
}

pub(super) fn local(micros: i64) -> DateTime<Local> {
    DateTime::from_timestamp_micros(micros).unwrap_or_default().with_timezone(&Local)
}

fn quoted(field: &str) -> Cow<'_, str> {
    if field.contains([',', '"', '\r', '\n']) {
        Cow::Owned(format!("\"{}\"", field.replace('"', "\"\"")))
    } else {
        Cow::Borrowed(field)
    }
}
