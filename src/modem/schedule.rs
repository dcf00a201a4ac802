//! Who may use the modem next: one flow of the session at a time, small questions between its waits.

use std::collections::VecDeque;

use crate::{
    air780e::limits,
    at::{exchange::Exchange, reply::Ended},
    modem::{
        board::Board,
        check,
        event::{Delivery, Event, Fault, LossCause, PublishUpdate},
        flow::{
            Ask, Flow, Input, Progress, Turn,
            access_point::AccessPointFlow,
            bring_up::BringUp,
            close::CloseSession,
            connect::Connect,
            details::DetailsFlow,
            fetch::FetchFlow,
            names::ResolveFlow,
            provision::Provision,
            publish::PublishFlow,
            recover::{Recover, RestartFlow},
            settings::SettingsFlow,
            single::{RawFlow, SignalFlow, StateFlow},
            store::{DeleteFlow, ListFlow, ReadFlow},
            subscribe::{SubscribeFlow, UnsubscribeFlow},
            watched::WatchedFlow,
        },
        keeper::Keeper,
        plan::Step,
        request::{Connection, Request, RequestId},
        status::Session,
    },
    time::Moment,
};

/// All wishes: the one or two that run and those that wait.
#[derive(Debug, Default)]
pub(crate) struct Schedule {
    /// The running job.
    main: Option<Job>,
    /// A small question that runs while the main job waits for a moment.
    side: Option<Job>,
    queue: VecDeque<Job>,
    /// Whose exchange is on the wire.
    asked: Option<Asked>,
    /// The session that is to be kept.
    keeper: Keeper,
}

#[derive(Clone, Copy, Debug)]
struct Asked {
    is_side: bool,
    /// `None` for a question of our own.
    id: Option<RequestId>,
    step: Option<Step>,
}

#[derive(Debug)]
struct Job {
    /// `None` for a question of our own.
    id: Option<RequestId>,
    kind: Kind,
    aim: Aim,
    flow: Box<dyn Flow>,
    /// It has begun.
    is_begun: bool,
    /// The exchange it wants next.
    wants: Option<Box<Ask>>,
    /// When it wants to be woken.
    wake: Option<Moment>,
    /// It is to stop once its exchange has ended.
    is_cancelled: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Bring-up, connect, close.
    Large,
    /// Needs a session.
    InSession,
    /// Needs nothing.
    Free,
}

/// What the end of a job means to the session that is to be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Aim {
    /// Nothing.
    Other,
    /// Open it.
    Open,
    /// Open it again, on our own.
    Reopen,
    /// Fetch kept messages.
    Fetch,
}

impl Schedule {
    /// Takes a wish: refuses it now, or lets it wait its turn.
    pub(crate) fn take(&mut self, now: Moment, id: RequestId, request: Request, board: &mut Board) {
        match request {
            Request::BringUp => self.take_large(now, id, Ok(()), Box::new(BringUp::new()), board),
            Request::Connect(connection) => self.take_connect(now, id, connection, board),
            Request::Disconnect => self.take_disconnect(now, id, board),
            Request::Subscribe(wanted) => {
                let checked = check::subscription(&wanted);
                self.take_in_session(now, id, checked, Box::new(SubscribeFlow::new(wanted)), board);
            }
            Request::Unsubscribe(filter) => {
                let checked = check::filter(&filter);
                self.take_in_session(now, id, checked, Box::new(UnsubscribeFlow::new(filter)), board);
            }
            Request::Publish(message) => {
                let checked = check::message(&message);
                check::warn(now, &limits::PAYLOAD, message.payload.len(), board);
                self.take_in_session(now, id, checked, Box::new(PublishFlow::new(id, message)), board);
                if self.queue.back().is_some_and(|job| job.id == Some(id)) {
                    board.tell(Event::Publish(PublishUpdate { at: now, id, delivery: Delivery::Queued }));
                }
            }
            Request::Raw(line) => match RawFlow::new(line) {
                Ok(flow) => self.queue.push_back(Job::new(id, Kind::Free, Box::new(flow))),
                Err(fault) => board.finish(now, id, Err(fault)),
            },
            Request::Cancel(target) => {
                self.cancel(now, target, board);
                board.finish(now, id, Ok(()));
            }
            other => self.take_service(now, id, other, board),
        }
    }

    /// Takes a wish that concerns the module itself rather than its session.
    fn take_service(&mut self, now: Moment, id: RequestId, request: Request, board: &mut Board) {
        match request {
            Request::Provision(files) => {
                let checked = check::files(&files);
                self.take_large(now, id, checked, Box::new(Provision::new(files)), board);
            }
            Request::SetAccessPoint(wanted) => {
                let checked = check::access_point(&wanted);
                self.take_large(now, id, checked, Box::new(AccessPointFlow::new(Some(wanted))), board);
            }
            Request::ClearAccessPoint => self.take_large(now, id, Ok(()), Box::new(AccessPointFlow::new(None)), board),
            Request::Recover => self.take_recover(now, id, board),
            Request::Restart => {
                self.stop_return(now, board);
                self.keeper.let_go(board);
                self.take_large(now, id, Ok(()), Box::new(RestartFlow::new()), board);
            }
            Request::Resolve(host) => {
                let checked = check::host(&host);
                self.take_free(now, id, checked, Box::new(ResolveFlow::new(host)), board);
            }
            Request::ReadFile(name) => {
                let checked = check::file_name(&name);
                self.take_free(now, id, checked, Box::new(ReadFlow::new(name)), board);
            }
            Request::DeleteFile(name) => {
                let checked = check::file_name(&name);
                self.take_free(now, id, checked, Box::new(DeleteFlow::new(name)), board);
            }
            Request::ReadTlsSettings => self.take_free(now, id, Ok(()), Box::new(SettingsFlow::default()), board),
            Request::ListFiles => self.take_free(now, id, Ok(()), Box::new(ListFlow::default()), board),
            Request::ReadDetails => self.take_free(now, id, Ok(()), Box::new(DetailsFlow::default()), board),
            _ => self.take_free(now, id, Ok(()), Box::new(SignalFlow), board),
        }
    }

    fn take_connect(&mut self, now: Moment, id: RequestId, connection: Box<Connection>, board: &mut Board) {
        let checked = check::connection(&connection);
        if checked.is_ok() {
            check::warn(now, &limits::KEEP_ALIVE, connection.keep_alive.into(), board);
            self.stop_return(now, board);
            if !self.is_busy() {
                self.keeper.take(&connection, board);
            }
        }
        self.take_large(now, id, checked, Box::new(Connect::new(connection)), board);
        if let Some(job) = self.queue.back_mut().filter(|job| job.id == Some(id)) {
            job.aim = Aim::Open;
        }
    }

    fn take_recover(&mut self, now: Moment, id: RequestId, board: &mut Board) {
        self.stop_return(now, board);
        let Some(connection) = self.keeper.wanted(board) else {
            return board.finish(now, id, Err(Fault::NotConnected));
        };
        self.take_large(now, id, Ok(()), Box::new(Recover::new(connection)), board);
        if let Some(job) = self.queue.back_mut().filter(|job| job.id == Some(id)) {
            job.aim = Aim::Open;
        }
    }

    /// A try of our own makes room for what the user wants.
    fn stop_return(&mut self, now: Moment, board: &mut Board) {
        self.keeper.let_go(board);
        self.queue.retain(|job| job.aim != Aim::Reopen);
        let is_asked = self.asked.is_some_and(|asked| !asked.is_side);
        if let Some(job) = self.main.as_mut().filter(|job| job.aim == Aim::Reopen) {
            if is_asked {
                job.is_cancelled = true;
            } else if let Some(mut job) = self.main.take() {
                (job.wake, job.wants) = (None, None);
                let turn = job.flow.cancel(now, board);
                self.put_back(now, job, false, turn, board);
            }
        }
    }

    /// Fetches kept messages, unless that is to be done already.
    pub(crate) fn fetch_messages(&mut self) {
        let jobs = self.main.iter().chain(&self.side).chain(&self.queue);
        if !jobs.into_iter().any(|job| job.aim == Aim::Fetch) {
            self.queue.push_front(Job { aim: Aim::Fetch, ..Job::own(Kind::Free, Box::new(FetchFlow)) });
        }
    }

    /// Learns that a session is lost that nobody closed.
    pub(crate) fn note_lost_session(&mut self, now: Moment, cause: LossCause, board: &mut Board) {
        self.keeper.note_loss(now, cause, board);
    }

    /// Learns that the session was closed on purpose, or that the link is gone.
    pub(crate) fn let_go(&mut self, board: &mut Board) {
        self.keeper.let_go(board);
    }

    /// Begins a try to open the session again when one is due.
    pub(crate) fn return_due(&mut self, now: Moment, board: &mut Board) {
        if self.has_large() {
            return;
        }
        if let Some(connection) = self.keeper.take_due(now, board) {
            let flow = Box::new(Connect::new(connection));
            self.queue.push_front(Job { aim: Aim::Reopen, ..Job::own(Kind::Large, flow) });
        }
    }

    fn take_free(
        &mut self,
        now: Moment,
        id: RequestId,
        checked: Result<(), Fault>,
        flow: Box<dyn Flow>,
        board: &mut Board,
    ) {
        match checked {
            Ok(()) => self.queue.push_back(Job::new(id, Kind::Free, flow)),
            Err(fault) => board.finish(now, id, Err(fault)),
        }
    }

    /// Takes the dialogue of a line that somebody else has sent; nothing else runs or waits then.
    pub(crate) fn take_watched(&mut self, id: RequestId, line: &str) {
        self.queue.push_back(Job::new(id, Kind::Free, Box::new(WatchedFlow::new(id, line))));
    }

    /// The next exchange to start. Only while none is on the wire.
    pub(crate) fn next_exchange(&mut self, now: Moment, board: &mut Board) -> Option<Exchange> {
        loop {
            if self.side.is_none() && self.main.as_ref().is_none_or(Job::is_waiting) {
                self.begin_next(now, board);
            }
            let is_side = self.side.is_some();
            let job = if is_side { self.side.as_mut()? } else { self.main.as_mut()? };
            if let Some(ask) = job.wants.take() {
                self.asked = Some(Asked { is_side, id: job.id, step: ask.step });
                return Some(ask.exchange);
            }
            if job.is_waiting() {
                return None;
            }
        }
    }

    /// Learns of a step of the running exchange.
    pub(crate) fn progress(&mut self, now: Moment, sent_at: Moment, progress: Progress, board: &mut Board) {
        if let Some(job) = self.asked_job() {
            job.flow.progress(now, sent_at, progress, board);
        }
    }

    /// Whose exchange is on the wire, and its place in the plan.
    pub(crate) fn asked(&self) -> (Option<RequestId>, Option<Step>) {
        self.asked.map_or((None, None), |asked| (asked.id, asked.step))
    }

    /// Passes the end of the exchange to the flow that asked for it.
    pub(crate) fn ended(&mut self, now: Moment, ended: &Ended, board: &mut Board) {
        let Some(asked) = self.asked.take() else { return };
        let slot = if asked.is_side { &mut self.side } else { &mut self.main };
        let Some(mut job) = slot.take() else { return };
        let mut turn = job.flow.advance(now, Input::Ended(ended), board);
        if job.is_cancelled && !matches!(turn, Turn::Done(_)) {
            job.is_cancelled = false;
            turn = job.flow.cancel(now, board);
        }
        self.put_back(now, job, asked.is_side, turn, board);
    }

    /// Wakes flows whose moment has come.
    pub(crate) fn wake_due(&mut self, now: Moment, board: &mut Board) {
        if self.main.as_ref().and_then(|job| job.wake).is_some_and(|due| due <= now) {
            self.wake(now, board);
        }
        self.return_due(now, board);
    }

    /// Wakes the flow that waits: the modem reported something it may be waiting for.
    pub(crate) fn wake(&mut self, now: Moment, board: &mut Board) {
        if self.main.as_ref().is_some_and(Job::is_waiting)
            && let Some(mut job) = self.main.take()
        {
            job.wake = None;
            let turn = job.flow.advance(now, Input::Woken, board);
            self.put_back(now, job, false, turn, board);
        }
    }

    /// When a flow wants to be woken.
    pub(crate) fn poll_timeout(&self) -> Option<Moment> {
        let wake = self.main.as_ref().and_then(|job| job.wake);
        let due = self.keeper.due().filter(|_| !self.has_large());
        wake.into_iter().chain(due).min()
    }

    /// Whether the running flow stands on a link to the broker.
    pub(crate) fn is_linking(&self) -> bool {
        self.main.as_ref().is_some_and(|job| job.flow.is_linking())
    }

    /// Whether the running flow is closing the link.
    pub(crate) fn is_closing(&self) -> bool {
        self.main.iter().chain(&self.side).any(|job| job.flow.is_closing())
    }

    /// Whether a running flow brings this loss about itself.
    pub(crate) fn expects(&self, cause: LossCause) -> bool {
        self.main.iter().chain(&self.side).any(|job| job.is_begun && job.flow.expects(cause))
    }

    /// Tells the running flow that the session is lost, before its exchange ends.
    pub(crate) fn note_loss(&mut self, cause: LossCause) {
        if let Some(job) = &mut self.main {
            job.flow.note_loss(cause);
        }
    }

    /// Asks whether the session is still there, before anything else.
    pub(crate) fn doubt_session(&mut self) {
        self.queue.push_front(Job::own(Kind::Free, Box::new(StateFlow)));
    }

    /// Fails everything that waits for a session which is lost.
    pub(crate) fn fail_in_session(&mut self, now: Moment, fault: &Fault, board: &mut Board) {
        let (failed, kept) = self.queue.drain(..).partition(|job| job.kind == Kind::InSession);
        self.queue = kept;
        fail(now, failed, fault, board);
    }

    /// Fails everything.
    pub(crate) fn fail_all(&mut self, now: Moment, fault: &Fault, board: &mut Board) {
        let asked = self.asked.take();
        for (slot, is_side) in [(self.main.take(), false), (self.side.take(), true)] {
            let Some(mut job) = slot else { continue };
            let was_sent = asked.is_some_and(|asked| asked.is_side == is_side);
            let result = Err(fault.clone());
            job.flow.settle(now, &result, was_sent, board);
            self.note_aim(now, job.aim, &result, board);
            job.finish(now, result, board);
        }
        let all = std::mem::take(&mut self.queue);
        fail(now, all, fault, board);
    }

    /// Writes whether a large flow is running.
    pub(crate) fn note_busy(&self, board: &mut Board) {
        let is_busy = self.has_large();
        if board.status().is_busy != is_busy {
            board.status_mut().is_busy = is_busy;
        }
    }

    /// A try of our own that is ending does not stand in the way.
    fn take_large(
        &mut self,
        now: Moment,
        id: RequestId,
        checked: Result<(), Fault>,
        flow: Box<dyn Flow>,
        board: &mut Board,
    ) {
        match checked.and(if self.is_busy() { Err(Fault::Busy) } else { Ok(()) }) {
            Ok(()) => self.queue.push_back(Job::new(id, Kind::Large, flow)),
            Err(fault) => board.finish(now, id, Err(fault)),
        }
    }

    /// A running bring-up or connect is stopped first.
    fn take_disconnect(&mut self, now: Moment, id: RequestId, board: &mut Board) {
        self.stop_return(now, board);
        let large = self.main.iter().chain(&self.queue).filter(|job| job.kind == Kind::Large);
        for target in large.filter_map(|job| job.id).collect::<Vec<_>>() {
            self.cancel(now, target, board);
        }
        self.queue.push_back(Job::new(id, Kind::Large, Box::new(CloseSession::new())));
    }

    fn take_in_session(
        &mut self,
        now: Moment,
        id: RequestId,
        checked: Result<(), Fault>,
        mut flow: Box<dyn Flow>,
        board: &mut Board,
    ) {
        let may_come = board.status().session == Session::Connected || self.has_large();
        let checked = checked.and(if may_come { Ok(()) } else { Err(Fault::NotConnected) });
        if checked.is_err() {
            flow.settle(now, &checked, false, board);
            board.finish(now, id, checked);
        } else {
            self.queue.push_back(Job::new(id, Kind::InSession, flow));
        }
    }

    /// Whether something large runs or waits that was asked for.
    fn is_busy(&self) -> bool {
        self.main.iter().chain(&self.queue).any(|job| job.kind == Kind::Large && job.aim != Aim::Reopen)
    }

    fn has_large(&self) -> bool {
        self.main.iter().chain(&self.queue).any(|job| job.kind == Kind::Large)
    }

    fn cancel(&mut self, now: Moment, target: RequestId, board: &mut Board) {
        if let Some(index) = self.queue.iter().position(|job| job.id == Some(target)) {
            let job = self.queue.remove(index);
            fail(now, job, &Fault::Cancelled, board);
            return;
        }
        let is_asked = self.asked.is_some_and(|asked| asked.id == Some(target));
        let is_side = self.side.as_ref().is_some_and(|job| job.id == Some(target));
        let slot = if is_side { &mut self.side } else { &mut self.main };
        let Some(job) = slot.as_mut().filter(|job| job.id == Some(target)) else { return };
        if is_asked {
            job.is_cancelled = true;
            return;
        }
        if let Some(mut job) = slot.take() {
            (job.wake, job.wants) = (None, None);
            let turn = job.flow.cancel(now, board);
            self.put_back(now, job, is_side, turn, board);
        }
    }

    /// Begins the next job that may run now: any when nothing runs, a small question while the main job waits.
    fn begin_next(&mut self, now: Moment, board: &mut Board) {
        let is_side = self.main.is_some();
        let next = self.queue.iter().position(|job| !is_side || job.kind == Kind::Free);
        let Some(mut job) = next.and_then(|index| self.queue.remove(index)) else { return };
        job.is_begun = true;
        let turn = if job.kind == Kind::InSession && board.status().session != Session::Connected {
            let result = Err(Fault::NotConnected);
            job.flow.settle(now, &result, false, board);
            job.finish(now, result, board);
            return self.begin_next(now, board);
        } else {
            job.flow.advance(now, Input::Start, board)
        };
        self.put_back(now, job, is_side, turn, board);
    }

    fn put_back(&mut self, now: Moment, mut job: Job, is_side: bool, turn: Turn, board: &mut Board) {
        match turn {
            Turn::Ask(ask) => job.wants = Some(ask),
            Turn::Wait(until) => job.wake = Some(until),
            Turn::Done(result) => {
                job.flow.settle(now, &result, job.is_begun, board);
                self.note_aim(now, job.aim, &result, board);
                self.note_end(job.kind, is_side, board);
                job.finish(now, result, board);
                return;
            }
        }
        let slot = if is_side { &mut self.side } else { &mut self.main };
        *slot = Some(job);
    }

    /// The session that is to be kept is open, or another try is needed.
    fn note_aim(&mut self, now: Moment, aim: Aim, result: &Result<(), Fault>, board: &mut Board) {
        let is_open = board.status().session == Session::Connected;
        match aim {
            Aim::Open if is_open => self.keeper.hold(board),
            Aim::Reopen => self.keeper.note_try(now, result, is_open, board),
            Aim::Open | Aim::Other | Aim::Fetch => {}
        }
    }

    /// The status told with the end of a large flow says that none is running.
    fn note_end(&self, kind: Kind, is_side: bool, board: &mut Board) {
        let is_over = kind == Kind::Large && !is_side;
        if is_over && !self.queue.iter().any(|job| job.kind == Kind::Large) {
            board.status_mut().is_busy = false;
        }
    }

    fn asked_job(&mut self) -> Option<&mut Job> {
        let asked = self.asked?;
        if asked.is_side { self.side.as_mut() } else { self.main.as_mut() }
    }
}

impl Job {
    fn new(id: RequestId, kind: Kind, flow: Box<dyn Flow>) -> Self {
        Self { id: Some(id), ..Self::own(kind, flow) }
    }

    /// One that nobody asked for.
    fn own(kind: Kind, flow: Box<dyn Flow>) -> Self {
        Self { id: None, kind, aim: Aim::Other, flow, is_begun: false, wants: None, wake: None, is_cancelled: false }
    }

    /// Tells the end to whoever asked.
    fn finish(&self, now: Moment, result: Result<(), Fault>, board: &mut Board) {
        if let Some(id) = self.id {
            board.finish(now, id, result);
        }
    }

    /// It waits for a moment, not for an answer.
    const fn is_waiting(&self) -> bool {
        self.wake.is_some()
    }
}

fn fail(now: Moment, jobs: impl IntoIterator<Item = Job>, fault: &Fault, board: &mut Board) {
    for mut job in jobs {
        let result = Err(fault.clone());
        job.flow.settle(now, &result, false, board);
        job.finish(now, result, board);
    }
}
