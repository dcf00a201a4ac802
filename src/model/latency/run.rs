//! One run: what was measured from one beginning to the next.

use chrono::{DateTime, Local};

use super::{Measured, Sample, Stats, Track};

/// One run in which something was measured.
#[derive(Debug)]
pub struct Run {
    /// Its number, from 1; never given twice.
    pub number: u32,
    /// What the user calls it.
    pub name: Option<String>,
    /// Name of the port.
    pub port: String,
    /// Whether a virtual modem was at the other end.
    pub is_simulated: bool,
    /// When its first publish ended.
    pub opened: DateTime<Local>,
    /// The measuring run that it was, once that has ended.
    pub measured: Option<Measured>,
    /// Its samples that are kept.
    pub track: Track,
    /// Its percentiles, all of its samples counted.
    pub(super) whole: Stats,
    /// It is so old that its percentiles are no longer kept.
    is_old: bool,
}

impl Run {
    pub(super) fn new(
        number: u32,
        name: Option<String>,
        port: String,
        is_simulated: bool,
        opened: DateTime<Local>,
    ) -> Self {
        let (track, whole) = (Track::default(), Stats::default());
        Self { number, name, port, is_simulated, opened, measured: None, track, whole, is_old: false }
    }

    /// Percentiles and losses; `None` when the run is too old.
    pub fn stats(&self) -> Option<&Stats> {
        (!self.is_old).then_some(&self.whole)
    }

    pub(super) fn push(&mut self, sample: Sample) {
        self.whole.take(sample.qos, sample.outcome);
        self.track.push(sample);
    }

    pub(super) fn forget_stats(&mut self) {
        self.whole = Stats::default();
        self.is_old = true;
    }
}
