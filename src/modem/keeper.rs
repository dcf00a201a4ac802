//! The session that is to be kept: what to open again, when to try next, and why it was lost.

use crate::{
    modem::{
        board::Board,
        event::{Event, Fault, LossCause, Means, RecoveryStep, RecoveryUpdate},
        request::{Connection, Reception, Subscription},
        status::{Loss, Retry},
    },
    time::Moment,
};

/// What is known of the connection that was asked for last.
#[derive(Debug, Default)]
pub(crate) struct Keeper {
    connection: Option<Box<Connection>>,
    /// It was open once and nobody closed it on purpose.
    is_kept: bool,
    /// The try that runs or comes next, from 1.
    attempt: u32,
    due: Option<Moment>,
    cause: Option<LossCause>,
}

impl Keeper {
    /// A connection was asked for: it replaces the one before.
    pub(crate) fn take(&mut self, connection: &Connection, board: &mut Board) {
        *self = Self { connection: Some(Box::new(connection.clone())), ..Self::default() };
        self.show(board);
    }

    /// The session is open. Files that were written for it need not be written again.
    pub(crate) fn hold(&mut self, board: &mut Board) {
        if let Some(connection) = &mut self.connection {
            connection.security.forget_contents();
        }
        (self.is_kept, self.attempt, self.due) = (true, 0, None);
        self.show(board);
    }

    /// The session shall not come back on its own.
    pub(crate) fn let_go(&mut self, board: &mut Board) {
        (self.is_kept, self.attempt, self.due) = (false, 0, None);
        self.show(board);
    }

    /// The session was lost: the first try is planned. A loss that was asked for is none to remember.
    pub(crate) fn note_loss(&mut self, now: Moment, cause: LossCause, is_asked: bool, board: &mut Board) {
        if !is_asked {
            let losses = &mut board.status_mut().losses;
            losses.push(Loss { at: now, cause });
            if losses.len() > LOSSES_MAX {
                losses.remove(0);
            }
        }
        if self.is_kept {
            (self.attempt, self.cause) = (0, Some(cause));
            self.plan(now, board);
        }
    }

    /// A try of our own ended.
    pub(crate) fn note_try(&mut self, now: Moment, result: &Result<(), Fault>, is_open: bool, board: &mut Board) {
        let step = match result {
            Err(fault) if !is_open => RecoveryStep::InVain(Means::Reconnect, fault.clone()),
            _ => RecoveryStep::Helped(Means::Reconnect),
        };
        board.tell(Event::Recovery(RecoveryUpdate { at: now, step }));
        if is_open {
            self.hold(board);
        } else if self.is_kept {
            self.plan(now, board);
        }
    }

    /// Whether the session keeps messages in the module.
    pub(crate) fn is_cached(&self) -> bool {
        self.connection.as_ref().is_some_and(|connection| connection.reception == Reception::Cached)
    }

    /// When the next try is due.
    pub(crate) const fn due(&self) -> Option<Moment> {
        self.due
    }

    /// The connection of a try that is due, if one is.
    pub(crate) fn take_due(&mut self, now: Moment, board: &mut Board) -> Option<Box<Connection>> {
        self.due.take_if(|due| *due <= now)?;
        self.show(board);
        board.tell(Event::Recovery(RecoveryUpdate { at: now, step: RecoveryStep::Trying(Means::Reconnect) }));
        self.wanted(board)
    }

    /// The connection with the subscriptions that are wanted now.
    pub(crate) fn wanted(&self, board: &Board) -> Option<Box<Connection>> {
        let mut connection = self.connection.clone()?;
        let wanted = board.status().subscriptions.iter();
        let wanted = wanted.map(|known| Subscription { filter: known.filter.clone(), qos: known.qos });
        connection.subscriptions = wanted.collect();
        Some(connection)
    }

    fn plan(&mut self, now: Moment, board: &mut Board) {
        let settings = self.connection.as_ref().and_then(|connection| connection.reconnect);
        let (Some(settings), Some(cause)) = (settings, self.cause) else { return };
        let factor = settings.factor.max(1).checked_pow(self.attempt).unwrap_or(u32::MAX);
        let pause = settings.first_pause.saturating_mul(factor).min(settings.longest_pause);
        self.attempt = self.attempt.saturating_add(1);
        let (attempt, due) = (self.attempt, now + pause);
        self.due = Some(due);
        self.show(board);
        board.tell(Event::Recovery(RecoveryUpdate { at: now, step: RecoveryStep::Planned { attempt, due, cause } }));
    }

    fn show(&self, board: &mut Board) {
        let retry = self.due.zip(self.cause).map(|(due, cause)| Retry { attempt: self.attempt, due, cause });
        if board.status().retry != retry {
            board.status_mut().retry = retry;
        }
    }
}

/// So many losses are remembered.
const LOSSES_MAX: usize = 64;
