//! Coming back to a port that was lost: waiting for it, opening it again, and connecting until that succeeds. What was on its
//! way is told and not repeated.

use std::time::{Duration, Instant};

use crossbeam_channel::never;

use super::{PATIENCE, Phase, Run, Trouble};
use crate::{
    cli::words,
    lang::Text,
    modem::{
        event::{Delivery, Event, Fault, PortFault, PublishUpdate},
        status::Status,
    },
    worker::{RecordInto, Worker},
};

impl Run<'_> {
    /// Tries again to connect where a try after a return is due.
    #[expect(clippy::disallowed_methods, reason = "the command line owns the clock of its pauses")]
    pub(super) fn connect_again(&mut self) -> Result<(), Trouble> {
        match self.again_at.take_if(|due| Instant::now() >= *due) {
            Some(_) => self.connect(),
            None => Ok(()),
        }
    }

    /// What failed after a return is tried again, after pauses that grow: a module that was plugged in needs its time.
    #[expect(clippy::disallowed_methods, reason = "the command line owns the clock of its pauses")]
    pub(super) fn plan_again(&mut self, fault: &Fault) {
        let Some(pauses) = self.plan.connection.reconnect else { return };
        let factor = pauses.factor.max(1).saturating_pow(self.tries);
        let pause = pauses.first_pause.saturating_mul(factor).min(pauses.longest_pause);
        (self.tries, self.again_at) = (self.tries + 1, Some(Instant::now() + pause));
        let text = Text::new("check-connect-again").with("fault", fault.text()).put("seconds", pause.as_secs());
        self.report.notice(self.last_moment, &text);
    }

    /// Whether the port is waited for: it was lost while it was in use, or it is not to be opened yet after that.
    pub(super) fn may_return(&self, fault: &PortFault) -> bool {
        let is_lost = match fault {
            PortFault::Unplugged { .. } => true,
            PortFault::Missing { .. }
            | PortFault::Busy { .. }
            | PortFault::NoPermission { .. }
            | PortFault::NotSerial { .. }
            | PortFault::Other { .. } => self.returns > 0 && !self.is_open,
            PortFault::WorkerDied { .. } => false,
        };
        self.plan.reconnects() && self.start.is_some() && is_lost
    }

    /// Waits for the port that has gone, whatever its name is then, and begins anew. Messages on their way are not repeated.
    pub(super) fn come_back(&mut self, fault: &PortFault) -> Result<(), Trouble> {
        self.account_for(fault);
        if std::mem::take(&mut self.is_open) {
            self.report.notice(self.last_moment, &Text::new("check-port-gone"));
        }
        self.returns += 1;
        let link = loop {
            // Nothing tells of a port that comes: it can only be looked for again.
            let _: Result<(), _> = never().recv_timeout(PATIENCE);
            if self.stop.is_asked() {
                return Err(Trouble::Interrupted);
            }
            if self.time_left().is_zero() {
                return Err(Trouble::TimeIsOver);
            }
            if let Some(link) = self.place.found_again() {
                break link;
            }
        };
        let record = self.go_on_recording();
        // A thread that still lets go of the lost port must not keep the new one from opening it.
        let _ = self.worker.ended().recv_timeout(PATIENCE);
        self.worker = match self.start {
            Some(start) => Worker::spawn_again(link, start, record, || ()),
            None => Worker::spawn_recorded(link, record, || ()),
        };
        (self.status, self.is_closed, self.phase) = (Status::default(), false, Phase::Connecting);
        (self.tries, self.again_at) = (0, None);
        self.connect()
    }

    /// Tells the end of messages that were handed over and that the worker never took: they did not leave.
    fn account_for(&mut self, fault: &PortFault) {
        for id in std::mem::take(&mut self.open) {
            let delivery = Delivery::Failed(Fault::Port(fault.clone()));
            self.note(&Event::Publish(PublishUpdate { at: self.last_moment, id, delivery }));
        }
    }

    fn go_on_recording(&mut self) -> Option<RecordInto> {
        match self.trace.as_ref()?.go_on(Duration::ZERO) {
            Ok(record) => Some(record),
            Err(error) => {
                self.report.notice(self.last_moment, &words::recording_ended(&error));
                None
            }
        }
    }
}
