//! The measuring run under way: its plan, and how it keeps up with it.

use std::time::Duration;

use crate::{
    modem::{
        event::{MeasureStep, MeasureUpdate},
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
    pub(super) fn note_done(&mut self, id: RequestId) {
        if self.measuring.take_if(|measuring| measuring.id == id).is_some() {
            self.link.run = None;
            self.revision += 1;
        }
    }
}

/// A publish that leaves so little later than planned is not late.
const LATE: Duration = Duration::from_millis(200);
