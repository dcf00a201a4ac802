//! One wish with the flow that fulfils it.

use crate::{
    modem::{
        board::Board,
        event::Fault,
        flow::{Ask, Flow},
        request::RequestId,
        step::Step,
    },
    time::Moment,
};

#[derive(Clone, Copy, Debug)]
pub(super) struct Asked {
    pub(super) is_side: bool,
    /// `None` for a question of our own.
    pub(super) id: Option<RequestId>,
    pub(super) step: Option<Step>,
    /// Whoever asked does not mind a refusal.
    pub(super) is_probe: bool,
}

#[derive(Debug)]
pub(super) struct Job {
    /// `None` for a question of our own.
    pub(super) id: Option<RequestId>,
    pub(super) kind: Kind,
    pub(super) aim: Aim,
    pub(super) flow: Box<dyn Flow>,
    /// It has begun.
    pub(super) is_begun: bool,
    /// The exchange it wants next.
    pub(super) wants: Option<Box<Ask>>,
    /// When it wants to be woken.
    pub(super) wake: Option<Moment>,
    /// What it has on the wire, when that may be asked again.
    pub(super) last: Option<Box<Ask>>,
    /// What is asked again when it is woken.
    pub(super) again: Option<Box<Ask>>,
    /// It is to stop once its exchange has ended.
    pub(super) is_cancelled: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Bring-up, connect, close.
    Large,
    /// Needs a session.
    InSession,
    /// Needs nothing.
    Free,
}

/// What the end of a job means to the session that is to be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Aim {
    /// Nothing.
    Other,
    /// Open it.
    Open,
    /// Open it again, on our own.
    Reopen,
    /// Fetch kept messages.
    Fetch,
}

impl Job {
    pub(super) fn new(id: RequestId, kind: Kind, flow: Box<dyn Flow>) -> Self {
        Self { id: Some(id), ..Self::own(kind, flow) }
    }

    /// One that nobody asked for.
    pub(super) fn own(kind: Kind, flow: Box<dyn Flow>) -> Self {
        Self {
            id: None,
            kind,
            aim: Aim::Other,
            flow,
            is_begun: false,
            wants: None,
            wake: None,
            last: None,
            again: None,
            is_cancelled: false,
        }
    }

    /// Takes what it wants to ask, and remembers it when it may be asked again.
    pub(super) fn take_wish(&mut self) -> Option<Box<Ask>> {
        let ask = self.wants.take()?;
        let may_repeat = self.flow.may_repeat() && ask.exchange.data.is_none();
        self.last = may_repeat.then(|| ask.clone());
        Some(ask)
    }

    /// Its loss is its own affair: it stands on a link, or needs a session.
    pub(super) fn minds_loss(&self) -> bool {
        self.kind == Kind::InSession || self.flow.is_linking() || self.flow.is_closing()
    }

    /// Tells the end to whoever asked.
    pub(super) fn finish(&self, now: Moment, result: Result<(), Fault>, board: &mut Board) {
        if let Some(id) = self.id {
            board.finish(now, id, result);
        }
    }

    /// It waits for a moment, not for an answer.
    pub(super) const fn is_waiting(&self) -> bool {
        self.wake.is_some()
    }
}

/// Ends jobs that have not begun.
pub(super) fn fail(now: Moment, jobs: impl IntoIterator<Item = Job>, fault: &Fault, board: &mut Board) {
    for mut job in jobs {
        let result = Err(fault.clone());
        job.flow.settle(now, &result, false, board);
        job.finish(now, result, board);
    }
}
