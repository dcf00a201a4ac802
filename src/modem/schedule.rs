//! Who may use the modem next: one flow of the session at a time, small questions between its waits.

mod intake;
mod job;
mod wish;

use std::collections::VecDeque;

use crate::{
    at::{exchange::Exchange, reply::Ended},
    modem::{
        board::Board,
        event::{Fault, LossCause},
        flow::{Input, Progress, Turn, connect::Connect, fetch::FetchFlow, single::StateFlow},
        keeper::Keeper,
        request::RequestId,
        status::Session,
        step::Step,
    },
    time::Moment,
};

use self::job::{Aim, Asked, Job, Kind, fail};

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

impl Schedule {
    /// Fetches kept messages, unless that is to be done already.
    pub(crate) fn fetch_messages(&mut self) {
        self.fetch(FetchFlow::new());
    }

    fn fetch(&mut self, flow: FetchFlow) {
        if !self.running().chain(&self.queue).any(|job| job.aim == Aim::Fetch) {
            self.queue.push_front(Job { aim: Aim::Fetch, ..Job::own(Kind::Free, Box::new(flow)) });
        }
    }

    /// Learns that a session is lost that nobody closed.
    pub(crate) fn note_lost_session(&mut self, now: Moment, cause: LossCause, is_asked: bool, board: &mut Board) {
        self.keeper.note_loss(now, cause, is_asked, board);
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

    /// The next exchange to start. Only while none is on the wire.
    pub(crate) fn next_exchange(&mut self, now: Moment, board: &mut Board) -> Option<Exchange> {
        loop {
            if self.side.is_none() && self.main.as_ref().is_none_or(Job::is_waiting) {
                self.begin_next(now, board);
            }
            let is_side = self.side.is_some();
            let job = self.slot(is_side).as_mut()?;
            if let Some(ask) = job.take_wish() {
                self.asked = Some(Asked { is_side, id: job.id, step: ask.step, is_probe: ask.is_probe });
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

    /// Whether whoever has asked goes on whatever the answer is.
    pub(crate) fn is_probing(&self) -> bool {
        self.asked.is_some_and(|asked| asked.is_probe)
    }

    /// Whether the exchange on the wire may be asked once more. The card has a way of its own to be waited for.
    pub(crate) fn may_ask_again(&self) -> bool {
        let may_be_due = self.asked.is_some_and(|asked| !asked.is_side && asked.step != Some(Step::SimState));
        may_be_due && self.main.as_ref().is_some_and(|job| job.last.is_some() && !job.is_cancelled)
    }

    /// Asks the exchange that has just ended once more at `due`; its flow does not learn of the end.
    pub(crate) fn ask_again(&mut self, due: Moment) {
        self.asked = None;
        if let Some(job) = &mut self.main {
            (job.again, job.wake) = (job.last.take(), Some(due));
        }
    }

    /// Learns that the module restarted in the middle: whatever does not see to that itself is over.
    pub(crate) fn interrupt(&mut self, now: Moment, fault: &Fault, board: &mut Board) {
        for is_side in [true, false] {
            let Some(mut job) = self.slot(is_side).take() else { continue };
            if job.minds_loss() {
                *self.slot(is_side) = Some(job);
                continue;
            }
            self.asked.take_if(|asked| asked.is_side == is_side);
            (job.wants, job.wake, job.again) = (None, None, None);
            let turn = job.flow.interrupt(now, fault, board);
            self.put_back(now, job, is_side, turn, board);
        }
    }

    /// Whether something runs.
    pub(crate) const fn is_running(&self) -> bool {
        self.main.is_some() || self.side.is_some()
    }

    /// Whether the flow whose exchange is on the wire sees to a loss itself.
    pub(crate) fn minds_loss(&self) -> bool {
        let slot = |asked: Asked| if asked.is_side { &self.side } else { &self.main };
        self.asked.and_then(|asked| slot(asked).as_ref()).is_some_and(Job::minds_loss)
    }

    /// Passes the end of the exchange to the flow that asked for it.
    pub(crate) fn ended(&mut self, now: Moment, ended: &Ended, board: &mut Board) {
        let Some(asked) = self.asked.take() else { return };
        let Some(mut job) = self.slot(asked.is_side).take() else { return };
        let mut turn = job.flow.advance(now, Input::Ended(ended), board);
        if job.is_cancelled && !matches!(turn, Turn::Done(_)) {
            job.is_cancelled = false;
            turn = job.flow.cancel(now, board);
        }
        self.put_back(now, job, asked.is_side, turn, board);
    }

    /// Wakes flows whose moment has come.
    pub(crate) fn wake_due(&mut self, now: Moment, board: &mut Board) {
        if let Some(job) = self.main.as_mut().filter(|job| job.wake.is_some_and(|due| due <= now)) {
            match job.again.take() {
                Some(ask) => (job.wake, job.wants) = (None, Some(ask)),
                None => self.wake(now, board),
            }
        }
        self.return_due(now, board);
    }

    /// Wakes the flow that waits: the modem reported something it may be waiting for.
    pub(crate) fn wake(&mut self, now: Moment, board: &mut Board) {
        if self.main.as_ref().is_some_and(|job| job.is_waiting() && job.again.is_none())
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
        self.running().any(|job| job.flow.is_closing())
    }

    /// Whether a running flow brings this loss about itself.
    pub(crate) fn expects(&self, cause: LossCause) -> bool {
        self.running().any(|job| job.is_begun && job.flow.expects(cause))
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

    /// Whether something large runs or waits that was asked for.
    fn is_busy(&self) -> bool {
        self.main.iter().chain(&self.queue).any(|job| job.kind == Kind::Large && job.aim != Aim::Reopen)
    }

    fn has_large(&self) -> bool {
        self.main.iter().chain(&self.queue).any(|job| job.kind == Kind::Large)
    }

    /// Begins the next job that may run now: any when nothing runs, a small question while the main job waits.
    fn begin_next(&mut self, now: Moment, board: &mut Board) {
        let is_side = self.main.is_some();
        let shares = self.main.as_ref().is_some_and(|main| main.flow.is_lasting());
        let may_begin = |job: &Job| match job.kind {
            Kind::Free => true,
            Kind::InSession => !is_side || (shares && !job.flow.is_lasting()),
            Kind::Large => !is_side,
        };
        let next = self.queue.iter().position(may_begin);
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
        *self.slot(is_side) = Some(job);
    }

    /// The session that is to be kept is open, or another try is needed.
    fn note_aim(&mut self, now: Moment, aim: Aim, result: &Result<(), Fault>, board: &mut Board) {
        let is_open = board.status().session == Session::Connected;
        match aim {
            Aim::Open if is_open => self.keeper.hold(board),
            Aim::Reopen => self.keeper.note_try(now, result, is_open, board),
            Aim::Open | Aim::Other | Aim::Fetch => {}
        }
        if is_open && matches!(aim, Aim::Open | Aim::Reopen) && self.keeper.is_cached() {
            self.fetch(FetchFlow::looking());
        }
    }

    /// The status told with the end of a large flow says that none is running.
    fn note_end(&self, kind: Kind, is_side: bool, board: &mut Board) {
        let is_over = kind == Kind::Large && !is_side;
        if is_over && !self.queue.iter().any(|job| job.kind == Kind::Large) {
            board.status_mut().is_busy = false;
        }
    }

    /// The main job and the small question beside it.
    fn running(&self) -> impl Iterator<Item = &Job> {
        self.main.iter().chain(&self.side)
    }

    const fn slot(&mut self, is_side: bool) -> &mut Option<Job> {
        if is_side { &mut self.side } else { &mut self.main }
    }

    fn asked_job(&mut self) -> Option<&mut Job> {
        let asked = self.asked?;
        self.slot(asked.is_side).as_mut()
    }
}
