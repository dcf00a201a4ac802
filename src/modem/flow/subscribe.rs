//! One more topic filter, or one less.

use crate::{
    air780e::mqtt::{Subscribe, Unsubscribe},
    modem::{
        board::{Board, evidence},
        event::{Event, Fault, LossCause},
        outcome,
        request::Subscription,
        status::{Rung, RungState, Subscribed, SubscriptionState},
        step::Step,
    },
    mqtt::Filter,
    time::Moment,
};

use super::{Ask, Flow, Input, Progress, Turn, ask};

/// Asks for a topic filter.
#[derive(Debug)]
pub(crate) struct SubscribeFlow {
    wanted: Subscription,
    loss: Option<LossCause>,
}

/// Stops asking for a topic filter.
#[derive(Debug)]
pub(crate) struct UnsubscribeFlow {
    filter: Filter,
    loss: Option<LossCause>,
}

impl SubscribeFlow {
    /// The flow of a subscription that has been checked.
    pub(crate) const fn new(wanted: Subscription) -> Self {
        Self { wanted, loss: None }
    }

    fn begin(&self, now: Moment, board: &mut Board) -> Turn {
        let Subscription { filter, qos } = &self.wanted;
        let subscriptions = &mut board.status_mut().subscriptions;
        match subscriptions.iter_mut().find(|known| known.filter == *filter) {
            Some(known) => (known.qos, known.state) = (*qos, SubscriptionState::Wanted),
            None => {
                subscriptions.push(Subscribed { filter: filter.clone(), qos: *qos, state: SubscriptionState::Wanted });
            }
        }
        board.rung(now, Rung::Subscribed, RungState::Trying);
        ask(&Subscribe { filter, qos: *qos }, Step::Subscribe)
    }
}

impl Flow for SubscribeFlow {
    fn advance(&mut self, now: Moment, input: Input<'_>, board: &mut Board) -> Turn {
        let Input::Ended(ended) = input else { return self.begin(now, board) };
        let result = by_loss(self.loss, outcome::result(ended));
        let state = if result.is_ok() { SubscriptionState::Confirmed } else { SubscriptionState::Failed };
        mark(board, &self.wanted.filter, state);
        match &result {
            Err(fault) => board.rung_failed(now, Rung::Subscribed, fault.clone(), Some(evidence(ended))),
            Ok(()) if all_confirmed(board) => {
                board.rung_shown(now, Rung::Subscribed, RungState::Confirmed, evidence(ended));
            }
            Ok(()) => {}
        }
        Turn::Done(result)
    }

    fn progress(&mut self, _now: Moment, _sent_at: Moment, progress: Progress, board: &mut Board) {
        if matches!(progress, Progress::Accepted) {
            mark(board, &self.wanted.filter, SubscriptionState::Accepted);
        }
    }

    fn note_loss(&mut self, cause: LossCause) {
        self.loss = Some(cause);
    }

    fn settle(&mut self, now: Moment, result: &Result<(), Fault>, _was_sent: bool, board: &mut Board) {
        let result = result.clone().map(|()| true);
        board.tell(Event::Subscription { at: now, filter: self.wanted.filter.clone(), result });
    }
}

impl UnsubscribeFlow {
    /// The flow of a filter that has been checked.
    pub(crate) const fn new(filter: Filter) -> Self {
        Self { filter, loss: None }
    }
}

impl Flow for UnsubscribeFlow {
    fn advance(&mut self, now: Moment, input: Input<'_>, board: &mut Board) -> Turn {
        let Input::Ended(ended) = input else {
            let exchange = crate::air780e::Command::exchange(&Unsubscribe(&self.filter));
            return Ask::turn(exchange, None);
        };
        let result = by_loss(self.loss, outcome::result(ended));
        if result.is_ok() {
            board.status_mut().subscriptions.retain(|known| known.filter != self.filter);
            if board.status().subscriptions.is_empty() {
                board.rung(now, Rung::Subscribed, RungState::NotNeeded);
            } else if all_confirmed(board) {
                board.rung_shown(now, Rung::Subscribed, RungState::Confirmed, evidence(ended));
            }
        }
        Turn::Done(result)
    }

    fn note_loss(&mut self, cause: LossCause) {
        self.loss = Some(cause);
    }

    fn settle(&mut self, now: Moment, result: &Result<(), Fault>, _was_sent: bool, board: &mut Board) {
        let result = result.clone().map(|()| false);
        board.tell(Event::Subscription { at: now, filter: self.filter.clone(), result });
    }
}

/// Writes how far one subscription is.
pub(crate) fn mark(board: &mut Board, filter: &Filter, state: SubscriptionState) {
    if let Some(known) = board.status_mut().subscriptions.iter_mut().find(|known| known.filter == *filter) {
        known.state = state;
    }
}

/// A loss explains a failure better than the line that ended the exchange.
pub(crate) fn by_loss(loss: Option<LossCause>, result: Result<(), Fault>) -> Result<(), Fault> {
    result.map_err(|fault| loss.map_or(fault, Fault::SessionLost))
}

fn all_confirmed(board: &Board) -> bool {
    board.status().subscriptions.iter().all(|known| known.state == SubscriptionState::Confirmed)
}
