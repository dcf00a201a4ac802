//! The measuring run under way: its plan, how it keeps up with it, and how it ended.

use std::time::Duration;

use crate::{
    modem::{
        event::{Fault, MeasureStep, MeasureUpdate},
        request::{MeasurePlan, RequestId},
    },
    time::Moment,
};

use super::{Latency, outcome};

/// A measuring run under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measuring {
    /// The request.
    pub id: RequestId,
    /// What was planned.
    pub plan: MeasurePlan,
    /// When it began; `None` while it waits for others.
    pub began: Option<Moment>,
    /// How many publishes ended.
    pub ended: u32,
    /// How many of them went astray.
    pub lost: u32,
    /// How long after its planned instant the newest one left.
    pub behind: Duration,
    /// When the newest one left.
    pub latest: Moment,
}

/// A measuring run that ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measured {
    /// What was planned, and how far it came.
    pub run: Measuring,
    /// Why it ended.
    pub ending: Ending,
}

/// Why a measuring run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// All publishes of the plan ended, good or bad.
    Complete,
    /// It was stopped.
    Stopped,
    /// The session or the line was lost.
    Lost,
    /// The module refused.
    Failed,
}

impl Ending {
    const fn of(result: &Result<(), Fault>) -> Self {
        match result {
            Ok(()) => Self::Complete,
            Err(Fault::Cancelled) => Self::Stopped,
            Err(Fault::SessionLost(_) | Fault::Port(_)) => Self::Lost,
            Err(_) => Self::Failed,
        }
    }
}

impl Measuring {
    pub(super) const fn new(id: RequestId, plan: MeasurePlan) -> Self {
        Self { id, plan, began: None, ended: 0, lost: 0, behind: Duration::ZERO, latest: Moment::ZERO }
    }

    /// Publishes a second that were reached so far; `None` before the second one.
    pub fn reached_rate(&self) -> Option<f64> {
        let spent = self.latest.since(self.began?).as_secs_f64();
        (self.ended > 1 && spent > 0.0).then(|| f64::from(self.ended - 1) / spent)
    }

    /// Whether publishes leave later and later than planned.
    pub fn falls_behind(&self) -> bool {
        self.behind > self.plan.period.max(LATE)
    }
}

impl Latency {
    pub(super) fn take_measured(&mut self, update: &MeasureUpdate) {
        self.latest = update.at;
        let Some(measuring) = self.measuring.as_mut().filter(|measuring| measuring.id == update.id) else { return };
        let (planned, sent, delivery) = match &update.step {
            MeasureStep::Began => return measuring.began = Some(update.at),
            MeasureStep::Ended { planned, sent, delivery, .. } => (planned, sent, delivery),
        };
        let wait = sent.map_or(Duration::ZERO, |sent| sent.since(*planned));
        let qos = measuring.plan.qos;
        let Some(outcome) = outcome(delivery, qos, Some(wait)) else { return };
        measuring.ended += 1;
        measuring.lost += u32::from(outcome.is_err());
        (measuring.behind, measuring.latest) = (wait, sent.unwrap_or(update.at));
        self.push(update.at, qos, outcome);
    }

    /// What is measured after a measuring run belongs to another run.
    pub(super) fn note_done(&mut self, id: RequestId, result: &Result<(), Fault>) {
        if let Some(run) = self.measuring.take_if(|measuring| measuring.id == id) {
            self.end_measuring(run, Ending::of(result));
        }
    }

    /// The link is gone, and with it the measuring run.
    pub(super) fn lose_measuring(&mut self) {
        if let Some(run) = self.measuring.take() {
            self.end_measuring(run, Ending::Lost);
        }
    }

    fn end_measuring(&mut self, measuring: Measuring, ending: Ending) {
        if let Some(number) = self.link.run.take().filter(|_| measuring.ended > 0)
            && let Some(run) = self.runs.iter_mut().find(|run| run.number == number)
        {
            run.measured = Some(Measured { run: measuring, ending });
        }
        self.revision += 1;
    }
}

/// A publish that leaves so little later than planned is not late.
const LATE: Duration = Duration::from_millis(200);
