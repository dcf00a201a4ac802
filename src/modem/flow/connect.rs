//! The whole way: bring the modem up, then open the session.

use crate::{
    modem::{
        board::Board,
        event::{Fault, LossCause},
        request::Connection,
    },
    time::Moment,
};

use super::{Flow, Input, Progress, Turn, bring_up::BringUp, broker::OpenSession};

/// The flow of [`Request::Connect`](crate::modem::request::Request::Connect).
#[derive(Debug)]
pub(crate) struct Connect {
    bring_up: BringUp,
    session: OpenSession,
    is_up: bool,
}

impl Connect {
    /// The flow of a connection that has been checked.
    pub(crate) const fn new(connection: Box<Connection>) -> Self {
        Self { bring_up: BringUp::new(), session: OpenSession::new(connection), is_up: false }
    }
}

impl Flow for Connect {
    fn advance(&mut self, now: Moment, input: Input<'_>, board: &mut Board) -> Turn {
        if self.is_up {
            return self.session.advance(now, input, board);
        }
        if matches!(input, Input::Start) {
            self.session.prepare(now, board);
        }
        match self.bring_up.advance(now, input, board) {
            Turn::Done(Ok(())) => {
                self.is_up = true;
                self.session.advance(now, Input::Start, board)
            }
            turn => turn,
        }
    }

    fn progress(&mut self, now: Moment, sent_at: Moment, progress: Progress, board: &mut Board) {
        if self.is_up {
            self.session.progress(now, sent_at, progress, board);
        }
    }

    fn note_loss(&mut self, cause: LossCause) {
        if self.is_up {
            self.session.note_loss(cause);
        }
    }

    fn is_linking(&self) -> bool {
        self.is_up && self.session.is_linking()
    }

    fn is_closing(&self) -> bool {
        self.is_up && self.session.is_closing()
    }

    fn cancel(&mut self, now: Moment, board: &mut Board) -> Turn {
        if self.is_up { self.session.cancel(now, board) } else { Turn::Done(Err(Fault::Cancelled)) }
    }
}
