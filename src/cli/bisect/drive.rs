//! Runs a bisect at a port: its wishes go to the worker and to the disk, what came of them goes back.

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use super::{done::Done, told::Teller};
use crate::{
    bisect::{Bisect, Shelf, Stage, Verdict, Wish},
    cli::{check::crosscheck, signals::StopSignal},
    diagnosis::{Case, Course, Diagnosis, diagnose},
    here::Depth,
    link::spec::LinkSpec,
    modem::{
        event::{Event, Fault},
        request::{Connection, Request, RequestId},
    },
    worker::Worker,
};

/// Everything that a bisect stands on.
pub(super) struct Drive {
    pub(super) shelf: Shelf,
    pub(super) stop: StopSignal,
    pub(super) link: LinkSpec,
    pub(super) teller: Teller,
    /// Where this computer's own try goes, when a virtual network leads only the module to the host.
    pub(super) route: Option<SocketAddr>,
    /// The longest for all tries, in seconds.
    pub(super) limit: u32,
}

struct Running<'a> {
    drive: &'a Drive,
    worker: Worker,
    bisect: Bisect,
    course: Course,
    /// What stopped the connection as it is wanted.
    fault: Option<Fault>,
    next_id: u64,
    shown: usize,
    stage: Option<Stage>,
    unforgotten: Option<String>,
    begun: Instant,
    has_stopped: bool,
}

impl Drive {
    /// Runs `bisect` to its end; `connection` is what it is about, if it is about one.
    pub(super) fn run(&self, bisect: Bisect, connection: Option<&Connection>) -> Done {
        let mut running = Running {
            drive: self,
            worker: Worker::spawn_recorded(self.link.clone(), None, || ()),
            bisect,
            course: Course::default(),
            fault: None,
            next_id: 0,
            shown: 0,
            stage: None,
            unforgotten: None,
            begun: now(),
            has_stopped: false,
        };
        running.go_on();
        running.worker.stop();
        let diagnosis = connection.map_or_else(Diagnosis::default, |connection| running.judge(connection));
        Done { bisect: running.bisect, diagnosis, unforgotten: running.unforgotten }
    }
}

impl Running<'_> {
    fn go_on(&mut self) {
        loop {
            self.tell();
            match self.bisect.poll_wish() {
                None => return,
                Some(Wish::Ask(request)) => {
                    let result = self.ask(request);
                    self.bisect.handle_done(result);
                }
                Some(Wish::Keep(list)) => {
                    let kept = self.drive.shelf.keep(&list).map_err(|error| error.to_string());
                    self.bisect.handle_kept(kept);
                }
                Some(Wish::Forget(module)) => {
                    self.unforgotten = self.drive.shelf.forget(&module).err().map(|error| error.to_string());
                    return;
                }
            }
        }
    }

    /// Asks, and waits for the end; a wish to stop is passed on once.
    fn ask(&mut self, request: Request) -> Result<(), Fault> {
        let id = self.hand_over(request)?;
        loop {
            let is_late = now().saturating_duration_since(self.begun) > Duration::from_secs(self.drive.limit.into());
            if (self.drive.stop.is_asked() || is_late)
                && self.bisect.stage() != Stage::PutBack
                && !std::mem::replace(&mut self.has_stopped, true)
            {
                self.bisect.stop();
                self.hand_over(Request::Cancel(id))?;
            }
            let Some(event) = self.worker.wait_event(PATIENCE) else { continue };
            self.bisect.handle_event(&event);
            // What is tried beyond the connection as it is wanted is no trouble of it.
            if self.bisect.tries().is_empty() {
                self.course.take(&event);
            }
            match event {
                Event::Done { id: ended, result, .. } if ended == id => {
                    if let (Err(fault), true) = (&result, self.bisect.tries().is_empty()) {
                        self.fault = Some(fault.clone());
                    }
                    return result;
                }
                Event::Closed { fault, .. } => {
                    let fault = fault.map_or(Fault::Cancelled, Fault::Port);
                    self.fault.get_or_insert_with(|| fault.clone());
                    return Err(fault);
                }
                _ => {}
            }
        }
    }

    fn hand_over(&mut self, request: Request) -> Result<RequestId, Fault> {
        let id = RequestId(self.next_id);
        self.next_id += 1;
        // An event says how the link ended, if it did.
        self.worker.try_request(id, request).map_or_else(|_| Ok(id), |()| Ok(id))
    }

    /// Prints what is new.
    fn tell(&mut self) {
        let stage = self.bisect.stage();
        if self.stage != Some(stage) {
            self.drive.teller.stage(&self.bisect, stage);
            self.stage = Some(stage);
        }
        let tries = self.bisect.tries();
        for tried in &tries[self.shown.min(tries.len())..] {
            self.drive.teller.tried(tried);
        }
        self.shown = tries.len();
    }

    /// The finding, by the only judge: of the connection as it is wanted, with what this computer gets and what decides.
    fn judge(&mut self, connection: &Connection) -> Diagnosis {
        let Some(fault) = self.fault.clone() else { return Diagnosis::default() };
        if self.course.trouble().is_none() {
            self.course.give_up(&fault);
        }
        let asked = crosscheck::Asked { depth: Depth::Quick, route: self.drive.route, clocks: None, logs_in: false };
        let here = crosscheck::look(connection, &asked, &fault, &self.drive.stop);
        self.course.take_here(here.map(Box::new));
        if let Some(Verdict::Decides(decided)) = self.bisect.verdict() {
            self.course.take_decided(Some(decided.clone()));
        }
        diagnose(&Case { course: &self.course, now: self.course.newest() })
    }
}

#[expect(clippy::disallowed_methods, reason = "the command line owns the clock of its own time limits")]
fn now() -> Instant {
    Instant::now()
}

/// Longest time without a look at the clock and the signals.
const PATIENCE: Duration = Duration::from_millis(100);
