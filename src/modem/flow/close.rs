//! Closing in order: `MDISCONNECT`, `MIPCLOSE`.

use crate::{
    air780e::mqtt::{CloseLink, Disconnect},
    at::reply::{End, Ended},
    modem::{
        board::Board,
        outcome,
        status::{Rung, RungState, Session, SubscriptionState},
        step::Step,
    },
    time::Moment,
};

use super::{Flow, Input, Turn, probe};

/// The flow that closes the session.
#[derive(Debug)]
pub(crate) struct CloseSession {
    is_said: bool,
}

impl CloseSession {
    /// A flow that has not begun.
    pub(crate) const fn new() -> Self {
        Self { is_said: false }
    }

    /// Whichever answer comes, the link is gone afterwards (reference, section 11.9); only silence leaves it open.
    fn answered(&mut self, ended: &Ended, board: &mut Board) -> Turn {
        if matches!(ended.end, End::TimedOut { .. }) {
            return Turn::Done(outcome::result(ended));
        }
        if !std::mem::replace(&mut self.is_said, true) {
            return probe(&CloseLink, Step::CloseLink);
        }
        forget_session(ended.ended_at, board);
        Turn::Done(Ok(()))
    }
}

impl Flow for CloseSession {
    fn advance(&mut self, _now: Moment, input: Input<'_>, board: &mut Board) -> Turn {
        match input {
            Input::Ended(ended) => self.answered(ended, board),
            Input::Start | Input::Woken => probe(&Disconnect, Step::Goodbye),
        }
    }

    fn is_closing(&self) -> bool {
        true
    }
}

/// There is no session any more, and that is as wished.
pub(crate) fn forget_session(now: Moment, board: &mut Board) {
    for rung in [Rung::Dns, Rung::Tcp, Rung::Tls, Rung::Mqtt, Rung::Subscribed] {
        board.rung(now, rung, RungState::Unknown);
    }
    board.past.has_seen_link = true;
    let status = board.status_mut();
    status.session = Session::Offline;
    for wanted in &mut status.subscriptions {
        wanted.state = SubscriptionState::Wanted;
    }
}
