//! The course of a check: connect, publish, wait, disconnect. One event at a time, each phase begun by the end of the
//! one before. How it comes back to a port that was lost is in `returning`, what it waits for in vain in
//! `lateness`, how messages are traced in `legs`.

mod kept;
mod lateness;
pub(super) mod legs;
mod returning;

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use self::{kept::Kept, legs::Legs};
use super::{
    crosscheck, place,
    plan::Plan,
    report::Report,
    tally::Tally,
    trace::TraceFile,
    verdict::{Failure, Verdict},
};
use crate::{
    cli::signals::StopSignal,
    diagnosis::{Case, Course, Diagnosis, Finding, diagnose, seconds_of_clock},
    doctor::Live,
    lang::Text,
    link::place::Place,
    modem::{
        event::{Delivery, Event, Fault, WireKind},
        request::{Request, RequestId},
        status::{Rung, RungState, Session, Status},
    },
    time::Moment,
    worker::{LinkStart, NotTaken, RecordInto, Worker},
};

/// Where a check is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Phase {
    /// What is asked before: so many of it are done.
    Before(usize),
    Connecting,
    Publishing,
    Waiting,
    /// Everything asked for is done.
    Done,
    Leaving,
}

/// Why a phase cannot go on.
#[derive(Debug)]
enum Trouble {
    /// The modem or the port says so.
    Fault(Fault),
    /// The time for everything is over.
    TimeIsOver,
    /// What is awaited came back without its end: so many bytes of so many.
    CutShort(usize, usize),
    /// Somebody wants it to end.
    Interrupted,
}

/// One running check.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own: port, session, message, link")]
pub(super) struct Run<'a> {
    plan: &'a Plan,
    report: &'a mut Report,
    stop: &'a StopSignal,
    worker: Worker,
    deadline: Instant,
    phase: Phase,
    status: Status,
    course: Course,
    tally: Tally,
    next_id: u64,
    /// The connect that is running, or ran last.
    connect_id: RequestId,
    place: Place,
    /// Where it is recorded, if it is.
    trace: Option<TraceFile>,
    /// When the first link opened; every moment counts from it.
    start: Option<LinkStart>,
    /// The port is open.
    is_open: bool,
    /// How often the port was lost and waited for.
    returns: u32,
    /// A session was open, and nobody has told of its end.
    is_online: bool,
    /// There was a session.
    was_online: bool,
    /// Losses of the session that nobody had asked for.
    drops: usize,
    /// Tries to connect since the return that were in vain, and when the next one is due.
    tries: u32,
    again_at: Option<Instant>,
    /// Publishes handed over and not yet ended.
    open: VecDeque<RequestId>,
    handed_over: u32,
    /// The trace of both legs, once the module is in.
    legs: Option<Legs>,
    has_awaited: bool,
    /// How many bytes of the own message came back, where its end is missing.
    cut: Option<(usize, usize)>,
    /// When to stop watching; set when watching begins.
    watch_end: Option<Instant>,
    last_command: String,
    last_moment: Moment,
    is_closed: bool,
    /// What a report is made of, where one is wanted.
    kept: Option<Kept>,
}

impl<'a> Run<'a> {
    /// Opens the link and records what passes it into `record`; the rest happens in [`finish`](Self::finish).
    #[expect(clippy::disallowed_methods, reason = "the command line owns the clock of its own time limit")]
    pub(super) fn new(
        plan: &'a Plan,
        record: Option<RecordInto>,
        trace: Option<TraceFile>,
        report: &'a mut Report,
        stop: &'a StopSignal,
    ) -> Self {
        Self {
            plan,
            report,
            stop,
            worker: Worker::spawn_recorded(plan.link.clone(), record, || ()),
            deadline: Instant::now() + plan.limit,
            phase: Phase::Before(0),
            status: Status::default(),
            course: Course::default(),
            tally: Tally::default(),
            next_id: 0,
            connect_id: RequestId(0),
            place: Place::of(&plan.link),
            trace,
            start: None,
            is_open: false,
            returns: 0,
            is_online: false,
            was_online: false,
            drops: 0,
            tries: 0,
            again_at: None,
            open: VecDeque::new(),
            handed_over: 0,
            legs: None,
            has_awaited: plan.wait_for.is_none(),
            cut: None,
            watch_end: None,
            last_command: String::new(),
            last_moment: Moment::ZERO,
            is_closed: false,
            kept: None,
        }
    }

    /// The same, which keeps what a report is made of.
    pub(super) fn keeping(self, keeps: bool) -> Self {
        Self { kept: keeps.then(Kept::default), ..self }
    }

    /// Does everything the plan asks for and leaves the broker in order, whatever happens.
    pub(super) fn finish(mut self) -> (Verdict, Option<Live>) {
        let ended = self.achieve();
        self.ask_details();
        let (verdict, live) = self.conclude(ended);
        self.leave();
        (verdict, live)
    }

    fn achieve(&mut self) -> Result<(), Trouble> {
        self.prepare(0)?;
        while self.phase != Phase::Done {
            let event = self.next_event()?;
            self.take(event)?;
            self.connect_again()?;
            self.follow_legs();
            self.hand_over()?;
            self.advance();
            if let Some((came, sent)) = self.cut.filter(|_| self.phase == Phase::Waiting && !self.has_awaited) {
                return Err(Trouble::CutShort(came, sent));
            }
        }
        Ok(())
    }

    /// Asks what is wanted before, one after the other, then connects.
    fn prepare(&mut self, done: usize) -> Result<(), Trouble> {
        let Some(request) = self.plan.before.get(done) else {
            self.phase = Phase::Connecting;
            return self.connect();
        };
        self.phase = Phase::Before(done);
        self.connect_id = self.request(request.clone())?;
        Ok(())
    }

    fn connect(&mut self) -> Result<(), Trouble> {
        self.connect_id = self.request(Request::Connect(Box::new(self.plan.connection.clone())))?;
        Ok(())
    }

    fn next_event(&self) -> Result<Option<Event>, Trouble> {
        if self.stop.is_asked() {
            return Err(Trouble::Interrupted);
        }
        let left = self.time_left();
        if left.is_zero() {
            return Err(Trouble::TimeIsOver);
        }
        Ok(self.worker.wait_event(left.min(PATIENCE)))
    }

    fn take(&mut self, event: Option<Event>) -> Result<(), Trouble> {
        let Some(event) = event else { return Ok(()) };
        self.note(&event);
        match event {
            Event::Done { id, result, .. } => self.take_end(id, result),
            Event::Subscription { result, .. } => self.unless_survived(result.map(|_| ())),
            Event::Publish(update) => match update.delivery {
                Delivery::Failed(fault) | Delivery::Unknown(fault) => self.unless_survived(Err(fault)),
                _ => Ok(()),
            },
            // The core opens it again by itself when it is told to.
            Event::SessionLost { cause, .. } if !self.plan.reconnects() => Err(Trouble::Fault(cause.into())),
            Event::Closed { fault: Some(fault), .. } if self.may_return(&fault) => self.come_back(&fault),
            Event::Closed { fault, .. } => {
                Err(fault.map_or(Trouble::Interrupted, |fault| Trouble::Fault(fault.into())))
            }
            _ => Ok(()),
        }
    }

    /// A loss that is made good ends nothing, be it of the session, which the core opens again, or of the port, which is waited
    /// for once its end is told. What was on its way then is told and not repeated.
    fn unless_survived(&self, result: Result<(), Fault>) -> Result<(), Trouble> {
        match result {
            Err(Fault::SessionLost(_) | Fault::NotConnected | Fault::Port(_)) if self.plan.reconnects() => Ok(()),
            Err(Fault::Silent { .. }) if self.plan.reconnects() && self.was_online => Ok(()),
            result => result.map_err(Trouble::Fault),
        }
    }

    fn take_end(&mut self, id: RequestId, result: Result<(), Fault>) -> Result<(), Trouble> {
        self.open.retain(|open| *open != id);
        if id != self.connect_id {
            return self.unless_survived(result);
        }
        if let Phase::Before(done) = self.phase {
            result.map_err(Trouble::Fault)?;
            return self.prepare(done + 1);
        }
        match result {
            Ok(()) => {
                (self.phase, self.tries) = (Phase::Publishing, 0);
                self.join();
                Ok(())
            }
            Err(Fault::Port(_)) if self.plan.reconnects() => Ok(()),
            Err(fault) if self.plan.reconnects() && self.returns > 0 => {
                self.plan_again(&fault);
                Ok(())
            }
            Err(fault) => Err(Trouble::Fault(fault)),
        }
    }

    /// Keeps what an event says, and prints it.
    fn note(&mut self, event: &Event) {
        // That everything ends with the connection is no news when the end is wanted.
        let is_end = matches!(event, Event::Rung { .. } | Event::SessionLost { .. });
        match event {
            Event::Opened { port, .. } if self.returns > 0 => {
                self.last_moment = self.start.map_or(self.last_moment, LinkStart::now);
                self.report.notice(self.last_moment, &Text::new("check-port-back").put("port", port));
            }
            _ if self.phase == Phase::Leaving && is_end => {}
            event => self.report.event(event),
        }
        if self.phase != Phase::Leaving {
            self.course.take(event);
        }
        self.tally.take(event);
        if let Some(legs) = &mut self.legs {
            legs.take(event);
        }
        if let Some(kept) = &mut self.kept {
            kept.take(event, self.connect_id);
        }
        match event {
            Event::Opened { .. } => {
                self.is_open = true;
                self.start = self.start.or_else(|| self.worker.link_start());
            }
            Event::Status(status) => {
                self.status = (**status).clone();
                self.is_online |= self.status.session == Session::Connected;
                self.was_online |= self.is_online;
            }
            Event::SessionLost { asked, .. } => {
                self.drops += usize::from(asked.is_none());
                self.is_online = false;
            }
            Event::Wire(line) => {
                self.last_moment = line.at;
                if line.kind == WireKind::Sent {
                    self.last_command.clone_from(&line.text);
                }
            }
            Event::Message(arrival) => {
                let text = String::from_utf8_lossy(&arrival.message.payload);
                self.has_awaited |= self.plan.wait_for.as_ref().is_some_and(|wanted| text.contains(wanted));
                self.cut = self.cut.or_else(|| self.cut_of(arrival));
            }
            Event::Dropped { lines, others } => {
                let key = if *others > 0 { "check-events-left-out" } else { "check-lines-left-out" };
                let mut told = Text::new(key).put("lines", lines);
                if *others > 0 {
                    told = told.put("others", others);
                }
                self.report.notice(self.last_moment, &told);
            }
            Event::Closed { at, fault } => {
                (self.is_closed, self.last_moment) = (true, *at);
                self.drops += usize::from(self.is_online && fault.is_some());
                self.is_online = false;
            }
            _ => {}
        }
    }

    /// Hands publishes over, some ahead of their confirmation, so that the modem never waits for us.
    fn hand_over(&mut self) -> Result<(), Trouble> {
        let Some(message) = &self.plan.publish else { return Ok(()) };
        // While a lost session comes back there is nobody to hand it to.
        let is_watched = self.legs.as_ref().is_none_or(Legs::is_ready);
        let may_hand_over = is_watched && (self.status.session == Session::Connected || !self.plan.reconnects());
        while may_hand_over
            && self.phase == Phase::Publishing
            && self.handed_over < self.plan.count
            && self.open.len() < AHEAD
        {
            let id = self.new_id();
            let message = self.legs.as_mut().map_or_else(|| message.clone(), |legs| legs.numbered(id, message));
            match self.worker.try_request(id, Request::Publish(message)) {
                Ok(()) => self.open.push_back(id),
                // It goes to the next one, if there is one.
                Err(NotTaken::Ended) => return Ok(()),
                Err(NotTaken::Full) => return Err(Trouble::Fault(Fault::Busy)),
            }
            self.handed_over += 1;
        }
        Ok(())
    }

    fn advance(&mut self) {
        let published = self.plan.publish.is_none() || self.handed_over == self.plan.count && self.open.is_empty();
        if self.phase == Phase::Publishing && published {
            self.phase = Phase::Waiting;
        }
        if self.phase == Phase::Waiting && self.has_awaited && self.are_legs_settled() && self.has_watched() {
            self.phase = Phase::Done;
        }
    }

    /// Whether the time to watch is over; it begins when this is asked first.
    #[expect(clippy::disallowed_methods, reason = "the command line owns the clock of its own time limit")]
    fn has_watched(&mut self) -> bool {
        let Some(watch) = self.plan.watch else { return true };
        let now = Instant::now();
        now >= *self.watch_end.get_or_insert(now + watch)
    }

    const fn new_id(&mut self) -> RequestId {
        let id = RequestId(self.next_id);
        self.next_id += 1;
        id
    }

    fn request(&mut self, request: Request) -> Result<RequestId, Trouble> {
        let id = self.new_id();
        match self.worker.try_request(id, request) {
            // After an end, the event that says why is on its way.
            Ok(()) | Err(NotTaken::Ended) => Ok(id),
            Err(NotTaken::Full) => Err(Trouble::Fault(Fault::Busy)),
        }
    }

    /// How it ended, in the light of everything told until now.
    fn conclude(&mut self, ended: Result<(), Trouble>) -> (Verdict, Option<Live>) {
        let settled = self.drain(QUIET, |run| run.is_closed);
        tracing::debug!(settled, "the facts are complete");
        let text = match ended {
            Ok(()) => None,
            Err(Trouble::Fault(fault)) => Some(self.blame(&fault)),
            Err(Trouble::Interrupted) => Some(Text::new("check-stopped")),
            Err(Trouble::CutShort(came, sent)) => {
                Some(Text::new("check-came-back-cut").put("came", came).put("sent", sent))
            }
            Err(Trouble::TimeIsOver) => Some(self.explain_lateness()),
        };
        self.await_late_lines();
        let lost = self.judge_legs();
        self.look();
        let diagnosis = diagnose(&Case { course: &self.course, now: self.course.newest() });
        let text = text.or_else(|| self.hidden_failure(&diagnosis)).or(lost);
        let live = self.kept.take().map(|kept| self.live(kept, &diagnosis));
        (Verdict::new(text.map(Failure::plain), diagnosis, std::mem::take(&mut self.tally)), live)
    }

    /// Makes sure that the course knows what ended the check.
    fn blame(&mut self, fault: &Fault) -> Text {
        if self.course.trouble().is_none() {
            self.course.give_up(fault);
        }
        if matches!(fault, Fault::Noise { .. })
            && let Some(rate) = place::answering_rate(self.place.link())
        {
            self.course.take_rate(rate);
        }
        fault.text()
    }

    /// The lines of one event of the module come one after the other, and a message needs a moment to come back: until then
    /// the last word is not spoken.
    fn await_late_lines(&mut self) {
        while let Some(ripe) = self.course.ripens_at().filter(|_| !self.is_closed) {
            let left = ripe.since(self.course.newest());
            if !self.drain_while(left, |run, _| run.is_closed || run.course.newest() >= ripe) {
                self.course.pass(ripe);
            }
        }
    }

    /// Tries the same from this computer where a connection did not open.
    fn look(&mut self) {
        let (Some(depth), Some(trouble)) = (self.plan.crosscheck, self.course.trouble()) else { return };
        let fault = trouble.fault.clone();
        let asked = crosscheck::Asked {
            depth,
            route: self.plan.route,
            clocks: self.clocks(),
            logs_in: self.plan.crosschecks_login,
        };
        let here = crosscheck::look(&self.plan.connection, &asked, &fault, self.stop);
        self.course.take_here(here.map(Box::new));
    }

    /// The module's clock and this computer's when it was read.
    fn clocks(&self) -> Option<(i64, i64)> {
        let seen = self.status.details.clock.as_ref()?;
        Some((seconds_of_clock(&seen.value)?, self.course.anchor()?.at(seen.at).timestamp()))
    }

    /// Everything asked for was done, and yet: what is lost now, or was lost again and again, is no success.
    fn hidden_failure(&self, diagnosis: &Diagnosis) -> Option<Text> {
        if let Some(trouble) = &diagnosis.trouble {
            return Some(trouble.fault.text());
        }
        let drops = self.drops;
        if let Some(most) = self.plan.max_drops.filter(|most| drops > *most) {
            return Some(Text::new("watch-lost-too-often").put("drops", drops).put("most", most));
        }
        let is_pattern = drops >= PATTERN && diagnosis.cause().is_some_and(Finding::is_named);
        is_pattern.then(|| Text::new("check-lost-and-back").put("drops", drops))
    }

    /// Asks a module that answers what it says of itself, if that is wanted; a check that failed needs it most.
    fn ask_details(&mut self) {
        let answers = self.status.ladder.entry(Rung::At).state == RungState::Confirmed;
        if !self.plan.asks_details || self.is_closed || !answers {
            return;
        }
        let Ok(id) = self.request(Request::ReadDetails) else { return };
        self.drain_while(LEAVE_LIMIT, |run, event| {
            run.is_closed || matches!(event, Event::Done { id: ended, .. } if *ended == id)
        });
        self.report.details(self.last_moment, &self.status);
    }

    /// Says good-bye to the broker, if there is one, and closes the port.
    fn leave(&mut self) {
        self.phase = Phase::Leaving;
        if !self.is_closed && self.status.session != Session::Offline && self.request(Request::Disconnect).is_ok() {
            let id = RequestId(self.next_id - 1);
            let mut is_done = false;
            self.drain_while(LEAVE_LIMIT, |run, event| {
                is_done |= matches!(event, Event::Done { id: ended, .. } if *ended == id);
                is_done || run.is_closed
            });
            if !is_done {
                self.report.notice(self.last_moment, &Text::new("check-not-closed"));
            }
        }
        self.worker.stop();
        self.drain(LEAVE_LIMIT, |run| run.is_closed);
    }

    /// Takes events until `is_enough` or until none came for `quiet`. Says whether it was enough.
    fn drain(&mut self, quiet: Duration, is_enough: impl Fn(&Self) -> bool) -> bool {
        self.drain_while(quiet, |run, _| is_enough(run))
    }

    fn drain_while(&mut self, quiet: Duration, mut is_enough: impl FnMut(&Self, &Event) -> bool) -> bool {
        for _ in 0..DRAINED_AT_MOST {
            let Some(event) = self.worker.wait_event(quiet) else { return false };
            self.note(&event);
            if is_enough(self, &event) {
                return true;
            }
        }
        false
    }

    #[expect(clippy::disallowed_methods, reason = "the command line owns the clock of its own time limit")]
    fn time_left(&self) -> Duration {
        self.deadline.saturating_duration_since(Instant::now())
    }
}

/// Publishes handed to the worker before the first of them has ended.
const AHEAD: usize = 8;
/// Longest time without a look at the clock and the signals.
const PATIENCE: Duration = Duration::from_millis(100);
/// After a failure: with so long a silence every event that belongs to it has come.
const QUIET: Duration = Duration::from_millis(50);
/// Longest silence while closing.
const LEAVE_LIMIT: Duration = Duration::from_secs(5);
/// So many losses make a pattern, also when each was put right.
const PATTERN: usize = 3;
/// More events than this are traffic, not the end of something.
const DRAINED_AT_MOST: usize = 10_000;
