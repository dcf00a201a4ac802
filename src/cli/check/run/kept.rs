//! What of a check goes into its report.

use super::Run;
use crate::{
    diagnosis::Diagnosis,
    doctor::{Answered, Heard, Live},
    modem::{event::Event, request::RequestId},
    time::WallAnchor,
};

/// What was told until now.
#[derive(Debug, Default)]
pub(super) struct Kept {
    heard: Heard,
    plan: Vec<Answered>,
    port: String,
    anchor: Option<WallAnchor>,
    is_simulated: bool,
}

impl Kept {
    /// Takes an event; `connect` is the request whose lines are the plan.
    pub(super) fn take(&mut self, event: &Event, connect: RequestId) {
        self.heard.hear(event);
        match event {
            Event::Opened { port, anchor, is_simulated } => {
                self.port.clone_from(port);
                (self.anchor, self.is_simulated) = (Some(*anchor), *is_simulated);
            }
            Event::Exchange(record) if record.step.is_some() && record.request == Some(connect) => {
                self.plan.push(Answered::of(record));
            }
            _ => {}
        }
    }
}

impl Run<'_> {
    /// What the report is made of.
    pub(super) fn live(&self, kept: Kept, diagnosis: &Diagnosis) -> Live {
        let Kept { heard, plan, port, anchor, is_simulated } = kept;
        let connection = &self.plan.connection;
        Live {
            port,
            is_simulated,
            target: format!("{}:{}", connection.host, connection.port),
            diagnosis: diagnosis.clone(),
            heard,
            anchor,
            plan,
            here: self.course.here().cloned(),
            counts: [self.tally.published() as u64, self.tally.confirmed() as u64, self.tally.received()],
        }
    }
}
