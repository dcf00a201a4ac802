//! How long publishes took: one sample a confirmed publish, split into the modem's part and the network's.
//!
//! The quality of service of a request is laid ready with [`Latency::record_publish`], since events name only the
//! request. Runs are links: times of two links are compared side by side, never mixed unseen.

mod stats;
mod thin;

#[cfg(test)]
mod tests;

use std::{
    collections::{BTreeMap, VecDeque},
    time::Duration,
};

use chrono::{DateTime, Local};

use crate::{
    modem::{
        event::{Delivery, Event, Fault, PublishUpdate},
        request::RequestId,
    },
    mqtt::Qos,
    time::{Moment, WallAnchor},
};

pub use self::{
    stats::{Losses, Percentiles, Stats},
    thin::{Column, thin},
};

/// Most samples kept for the plot and the export; percentiles count all.
pub const MAX_SAMPLES: usize = 2_000_000;
/// Most runs that keep percentiles of their own.
const MAX_RUN_STATS: usize = 50;

/// Which part of the way a time belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// From the command's last byte to `OK`.
    Modem,
    /// From `OK` to `PUBACK` or `PUBCOMP`.
    Network,
    /// Both together.
    Total,
}

impl Part {
    /// All three, in the order of the way.
    pub const ALL: [Self; 3] = [Self::Modem, Self::Network, Self::Total];
}

/// How a publish went astray.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LossKind {
    /// Certainly not sent.
    Failed,
    /// Sent; the confirmation did not come in time.
    TimedOut,
    /// Sent; the session or the link ended before the confirmation.
    Unknown,
}

/// Times of a publish that reached its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Times {
    /// From the command's last byte to `OK`.
    pub accept: Duration,
    /// From `OK` to `PUBACK` or `PUBCOMP`; `None` at QoS 0, which nobody confirms.
    pub ack: Option<Duration>,
}

/// One publish that came to an end, good or bad.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sample {
    /// Number of the run, from 1.
    pub run: u32,
    /// Local time of day, in microseconds since 1970, at which the end was seen.
    pub at_micros: i64,
    /// Quality of service.
    pub qos: Qos,
    /// How it ended.
    pub outcome: Result<Times, LossKind>,
}

/// One opened link on which something was measured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Its number, from 1.
    pub number: u32,
    /// Name of the port.
    pub port: String,
    /// Whether a virtual modem was at the other end.
    pub is_simulated: bool,
    /// When its link opened.
    pub opened: DateTime<Local>,
}

/// Everything measured. `Clone` of [`samples`](Self::samples) and [`runs`](Self::runs) is all an export needs.
#[derive(Debug)]
pub struct Latency {
    link: Link,
    runs: Vec<Run>,
    samples: VecDeque<Sample>,
    trimmed: u64,
    all: Stats,
    /// Percentiles of the newest runs, by number.
    by_run: BTreeMap<u32, Stats>,
    /// Publishes under way.
    open: BTreeMap<RequestId, Qos>,
    /// When the newest publish was told of.
    latest: Moment,
    revision: u64,
}

/// The link that is open, before anything was measured on it.
#[derive(Debug)]
struct Link {
    port: String,
    is_simulated: bool,
    anchor: WallAnchor,
    run: Option<u32>,
}

impl Default for Latency {
    fn default() -> Self {
        let anchor = WallAnchor::new(DateTime::UNIX_EPOCH.into());
        Self {
            link: Link { port: String::new(), is_simulated: false, anchor, run: None },
            runs: Vec::new(),
            samples: VecDeque::new(),
            trimmed: 0,
            all: Stats::default(),
            by_run: BTreeMap::new(),
            open: BTreeMap::new(),
            latest: Moment::ZERO,
            revision: 0,
        }
    }
}

impl Latency {
    /// All samples that are kept, in the order of their ends.
    pub fn samples(&self) -> &VecDeque<Sample> {
        &self.samples
    }

    /// The runs on which something was measured, in order.
    pub fn runs(&self) -> &[Run] {
        &self.runs
    }

    /// Percentiles and losses of one run, or of all; `None` for a run that is too old or unknown.
    pub fn stats(&self, run: Option<u32>) -> Option<&Stats> {
        run.map_or(Some(&self.all), |number| self.by_run.get(&number))
    }

    /// How many samples had to go because of [`MAX_SAMPLES`].
    pub fn trimmed(&self) -> u64 {
        self.trimmed
    }

    /// Changes whenever a sample came or went.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Lays the quality of service of a publish request ready, so that the events about `id` can be told of it.
    pub fn record_publish(&mut self, id: RequestId, qos: Qos) {
        self.open.insert(id, qos);
    }

    /// Takes over what an event says.
    pub fn apply(&mut self, event: &Event) {
        match event {
            Event::Opened { port, anchor, is_simulated } => {
                self.latest = Moment::ZERO;
                self.link = Link { port: port.clone(), is_simulated: *is_simulated, anchor: *anchor, run: None };
            }
            Event::Publish(update) => self.take_update(update),
            Event::Closed { at, .. } => self.close(*at),
            _ => {}
        }
    }

    /// Learns that the link is gone without a word: nothing more will be told of what is still open.
    pub fn abandon(&mut self) {
        self.close(self.latest);
    }

    /// Forgets all runs. Publishes under way keep being followed.
    pub fn clear(&mut self) {
        self.runs.clear();
        self.samples.clear();
        self.trimmed = 0;
        self.all = Stats::default();
        self.by_run.clear();
        self.link.run = None;
        self.revision += 1;
    }

    fn take_update(&mut self, update: &PublishUpdate) {
        self.latest = update.at;
        let Some(&qos) = self.open.get(&update.id) else { return };
        let Some(outcome) = outcome(&update.delivery, qos) else { return };
        self.open.remove(&update.id);
        self.push(update.at, qos, outcome);
    }

    /// The link is gone: what is still open will never be told of.
    fn close(&mut self, at: Moment) {
        for qos in std::mem::take(&mut self.open).into_values() {
            self.push(at, qos, Err(LossKind::Unknown));
        }
    }

    fn push(&mut self, at: Moment, qos: Qos, outcome: Result<Times, LossKind>) {
        let run = self.current_run();
        record(&mut self.all, qos, outcome);
        if let Some(stats) = self.by_run.get_mut(&run) {
            record(stats, qos, outcome);
        }
        let at_micros = self.link.anchor.at(at).timestamp_micros();
        self.samples.push_back(Sample { run, at_micros, qos, outcome });
        if self.samples.len() > MAX_SAMPLES {
            self.samples.pop_front();
            self.trimmed += 1;
        }
        self.revision += 1;
    }

    fn current_run(&mut self) -> u32 {
        if let Some(number) = self.link.run {
            return number;
        }
        let number = self.runs.last().map_or(1, |run| run.number + 1);
        self.link.run = Some(number);
        self.runs.push(Run {
            number,
            port: self.link.port.clone(),
            is_simulated: self.link.is_simulated,
            opened: self.link.anchor.at(Moment::ZERO),
        });
        self.by_run.insert(number, Stats::default());
        if self.by_run.len() > MAX_RUN_STATS {
            self.by_run.pop_first();
        }
        number
    }
}

fn record(stats: &mut Stats, qos: Qos, outcome: Result<Times, LossKind>) {
    match outcome {
        Ok(Times { accept, ack }) => {
            stats.record(qos, Part::Modem, accept);
            if let Some(ack) = ack {
                stats.record(qos, Part::Network, ack);
                stats.record(qos, Part::Total, accept + ack);
            }
        }
        Err(kind) => stats.record_loss(qos, kind),
    }
}

/// How a publish ended; `None` while it is under way.
fn outcome(delivery: &Delivery, qos: Qos) -> Option<Result<Times, LossKind>> {
    match delivery {
        Delivery::Accepted { accept } if qos == Qos::AtMostOnce => Some(Ok(Times { accept: *accept, ack: None })),
        Delivery::Queued | Delivery::Sending | Delivery::Accepted { .. } | Delivery::Received { .. } => None,
        Delivery::Confirmed { accept, ack } => Some(Ok(Times { accept: *accept, ack: Some(*ack) })),
        Delivery::Failed(_) => Some(Err(LossKind::Failed)),
        Delivery::Unknown(Fault::TimedOut { .. }) => Some(Err(LossKind::TimedOut)),
        Delivery::Unknown(_) => Some(Err(LossKind::Unknown)),
    }
}
