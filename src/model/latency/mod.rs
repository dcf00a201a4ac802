//! How long publishes took: one sample a publish that ended, split into the modem's part and the network's.
//!
//! The quality of service of a request is laid ready with [`Latency::record_publish`], since events name only the
//! request. A run is what is measured from one beginning to the next: a link that opens begins one, the user begins one
//! with a name, a measuring run is one by itself. Times of two runs are compared side by side, never mixed unseen.

mod measuring;
mod run;
mod sample;
mod stats;
mod surroundings;
mod thin;
mod track;

#[cfg(test)]
mod tests;

use std::{collections::BTreeMap, time::Duration};

use chrono::DateTime;

use crate::{
    model::Input,
    modem::{
        event::{Delivery, Event, Fault, PublishUpdate},
        request::{Request, RequestId},
    },
    mqtt::Qos,
    time::{Moment, WallAnchor},
};

use self::surroundings::Surroundings;
pub use self::{
    measuring::{Ending, Measured, Measuring},
    run::Run,
    sample::{LossKind, Part, Sample, SeriesKind, Times},
    stats::{Losses, Percentiles, Stats},
    surroundings::{Outage, SignalPoint},
    thin::thin,
    track::{Column, Thinned, Track},
};

/// Most samples kept for the plot and the export, some 400 MB; percentiles count all.
pub const MAX_SAMPLES: usize = 10_000_000;
/// Most runs that keep percentiles of their own.
const MAX_RUN_STATS: usize = 50;

/// Everything measured.
#[derive(Debug)]
pub struct Latency {
    link: Link,
    runs: Vec<Run>,
    kept: usize,
    trimmed: u64,
    all: Stats,
    surroundings: Surroundings,
    /// Publishes under way.
    open: BTreeMap<RequestId, Qos>,
    /// When the newest publish was told of.
    latest: Moment,
    measuring: Option<Measuring>,
    last_number: u32,
    revision: u64,
}

/// The link that is open, before anything was measured on it.
#[derive(Debug)]
struct Link {
    port: String,
    is_simulated: bool,
    anchor: WallAnchor,
    run: Option<u32>,
    /// What the user wants the next run called.
    next_name: Option<String>,
}

impl Default for Latency {
    fn default() -> Self {
        let anchor = WallAnchor::new(DateTime::UNIX_EPOCH.into());
        Self {
            link: Link { port: String::new(), is_simulated: false, anchor, run: None, next_name: None },
            runs: Vec::new(),
            kept: 0,
            trimmed: 0,
            all: Stats::default(),
            surroundings: Surroundings::default(),
            open: BTreeMap::new(),
            latest: Moment::ZERO,
            measuring: None,
            last_number: 0,
            revision: 0,
        }
    }
}

impl Latency {
    /// The runs in which something was measured, in order of their numbers.
    pub fn runs(&self) -> &[Run] {
        &self.runs
    }

    /// The run of this number.
    pub fn run(&self, number: u32) -> Option<&Run> {
        let place = self.runs.binary_search_by_key(&number, |run| run.number).ok()?;
        self.runs.get(place)
    }

    /// Percentiles and losses of one run, or of all; `None` for a run that is too old or unknown.
    pub fn stats(&self, run: Option<u32>) -> Option<&Stats> {
        run.map_or(Some(&self.all), |number| self.run(number)?.stats())
    }

    /// How many samples are kept.
    pub const fn kept(&self) -> usize {
        self.kept
    }

    /// How many samples had to go because of [`MAX_SAMPLES`].
    pub const fn trimmed(&self) -> u64 {
        self.trimmed
    }

    /// The measuring run under way.
    pub const fn measuring(&self) -> Option<&Measuring> {
        self.measuring.as_ref()
    }

    /// The name that the next run was given and that nothing was measured under yet.
    pub fn next_name(&self) -> Option<&str> {
        self.link.next_name.as_deref()
    }

    /// Readings of the signal, oldest first.
    pub fn signal(&self) -> &[SignalPoint] {
        self.surroundings.signal()
    }

    /// Times without a session, oldest first.
    pub fn outages(&self) -> &[Outage] {
        self.surroundings.outages()
    }

    /// Changes whenever something that is drawn came or went.
    pub const fn revision(&self) -> u64 {
        self.revision
    }

    /// Takes what happened.
    pub fn take(&mut self, input: &Input) {
        match input {
            Input::Began { .. } => self.abandon(),
            Input::Told { event, .. } => self.apply(event),
            Input::Asked { id, request } => match &**request {
                Request::Publish(message) => self.record_publish(*id, message.qos),
                Request::Measure(plan) => self.measuring = Some(Measuring::new(*id, plan.clone())),
                _ => {}
            },
            Input::LatencyCleared => self.clear(),
            Input::RunBegan(name) => self.begin_run(name),
            Input::RunRenamed(number, name) => self.rename(*number, name),
            Input::RunDeleted(number) => self.delete(*number),
            _ => {}
        }
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
                let next_name = self.link.next_name.take();
                self.link =
                    Link { port: port.clone(), is_simulated: *is_simulated, anchor: *anchor, run: None, next_name };
                self.surroundings.open(*anchor);
            }
            Event::Publish(update) => self.take_update(update),
            Event::Measure(update) => self.take_measured(update),
            Event::Done { id, result, .. } => self.note_done(*id, result),
            Event::Closed { at, .. } => self.close(*at),
            _ => {}
        }
        self.revision += u64::from(self.surroundings.apply(event));
    }

    /// Learns that the link is gone without a word: nothing more will be told of what is still open.
    pub fn abandon(&mut self) {
        self.close(self.latest);
    }

    /// Forgets all runs. Publishes under way keep being followed.
    pub fn clear(&mut self) {
        self.runs.clear();
        (self.kept, self.trimmed) = (0, 0);
        self.all = Stats::default();
        self.surroundings.clear();
        self.link.run = None;
        self.revision += 1;
    }

    /// What is measured from now on is a run of its own.
    pub fn begin_run(&mut self, name: &str) {
        self.link.run = None;
        self.link.next_name = Some(name.trim().to_owned()).filter(|name| !name.is_empty());
        self.revision += 1;
    }

    fn rename(&mut self, number: u32, name: &str) {
        if let Some(run) = self.runs.iter_mut().find(|run| run.number == number) {
            run.name = Some(name.trim().to_owned()).filter(|name| !name.is_empty());
            self.revision += 1;
        }
    }

    /// Forgets one run; its samples no longer count anywhere.
    fn delete(&mut self, number: u32) {
        let Some(place) = self.runs.iter().position(|run| run.number == number) else { return };
        let gone = self.runs.remove(place);
        self.kept -= gone.track.len();
        if self.link.run == Some(number) {
            self.link.run = None;
        }
        self.all = Stats::default();
        for run in &self.runs {
            self.all.add(&run.whole);
        }
        self.revision += 1;
    }

    fn take_update(&mut self, update: &PublishUpdate) {
        self.latest = update.at;
        let Some(&qos) = self.open.get(&update.id) else { return };
        let Some(outcome) = outcome(&update.delivery, qos, None) else { return };
        self.open.remove(&update.id);
        self.push(update.at, qos, outcome);
    }

    /// The link is gone: what is still open will never be told of.
    fn close(&mut self, at: Moment) {
        for qos in std::mem::take(&mut self.open).into_values() {
            self.push(at, qos, Err(LossKind::Unknown));
        }
        self.lose_measuring();
    }

    fn push(&mut self, at: Moment, qos: Qos, outcome: Result<Times, LossKind>) {
        let number = self.current_run();
        let at_micros = self.link.anchor.at(at).timestamp_micros();
        self.all.take(qos, outcome);
        if let Some(run) = self.runs.iter_mut().find(|run| run.number == number) {
            run.push(Sample { at_micros, qos, outcome });
        }
        self.kept += 1;
        if self.kept > MAX_SAMPLES {
            self.trim();
        }
        self.revision += 1;
    }

    fn trim(&mut self) {
        if let Some(oldest) = self.runs.iter_mut().find(|run| !run.track.is_empty()) {
            let gone = oldest.track.forget_block();
            self.kept -= gone;
            self.trimmed += gone as u64;
        }
    }

    fn current_run(&mut self) -> u32 {
        if let Some(number) = self.link.run {
            return number;
        }
        self.last_number += 1;
        let number = self.last_number;
        self.link.run = Some(number);
        let name = self.link.next_name.take();
        let opened = self.link.anchor.at(self.latest);
        self.runs.push(Run::new(number, name, self.link.port.clone(), self.link.is_simulated, opened));
        let mut with_stats = self.runs.iter_mut().rev().filter(|run| run.stats().is_some());
        if let Some(old) = with_stats.nth(MAX_RUN_STATS) {
            old.forget_stats();
        }
        number
    }
}

/// How a publish ended; `None` while it is under way.
fn outcome(delivery: &Delivery, qos: Qos, wait: Option<Duration>) -> Option<Result<Times, LossKind>> {
    match delivery {
        Delivery::Accepted { accept } if qos == Qos::AtMostOnce => Some(Ok(Times::new(wait, *accept, None))),
        Delivery::Queued | Delivery::Sending | Delivery::Accepted { .. } | Delivery::Received { .. } => None,
        Delivery::Confirmed { accept, ack } => Some(Ok(Times::new(wait, *accept, Some(*ack)))),
        Delivery::Failed(_) => Some(Err(LossKind::Failed)),
        Delivery::Unknown(Fault::TimedOut { .. }) => Some(Err(LossKind::TimedOut)),
        Delivery::Unknown(_) => Some(Err(LossKind::Unknown)),
    }
}
