//! A link that did not open: whether the name was to blame.

use crate::{
    at::reply::Ended,
    modem::{
        board::{Board, evidence},
        event::Fault,
        outcome,
        status::{Evidence, Rung, RungState, Session},
    },
    time::Moment,
};

use super::{OpenSession, Stage};
use crate::modem::flow::{Flow, Input, Turn, names::ResolveFlow};

/// A link did not open, and the module does not say whether it found the name's address: it is asked.
#[derive(Debug)]
pub(super) struct LookUp {
    flow: ResolveFlow,
    /// What the link ended with.
    fault: Fault,
    shown: Evidence,
}

impl OpenSession {
    /// `CONNECT FAIL` does not tell a name without address from a port without listener (section 7): no link is up now, so
    /// the module may be asked for the name.
    pub(super) fn look_up(&mut self, ended: &Ended, board: &mut Board) -> Turn {
        let fault = outcome::result(ended).err().unwrap_or_else(|| outcome::unfitting(ended));
        board.status_mut().session = Session::Offline;
        board.rung_failed(ended.ended_at, self.link_rung(), fault.clone(), Some(evidence(ended)));
        self.stage = Stage::LookUp;
        let flow = ResolveFlow::new(self.connection.host.clone());
        let look_up = self.look_up.insert(LookUp { flow, fault, shown: evidence(ended) });
        look_up.flow.advance(ended.ended_at, Input::Start, board)
    }

    pub(super) fn go_on_looking(&mut self, now: Moment, input: Input<'_>, board: &mut Board) -> Turn {
        let Some(look_up) = &mut self.look_up else { return Turn::Done(Err(Fault::Cancelled)) };
        match look_up.flow.advance(now, input, board) {
            Turn::Done(result) => self.after_look_up(now, result, board),
            turn => turn,
        }
    }

    fn after_look_up(&mut self, now: Moment, result: Result<(), Fault>, board: &mut Board) -> Turn {
        let Some(LookUp { mut flow, fault, shown }) = self.look_up.take() else { return Turn::Done(result) };
        let found = flow.shown().cloned();
        flow.settle(now, &result, true, board);
        let fault = match (result, found) {
            (Ok(()), Some(found)) => {
                board.rung_shown(now, Rung::Dns, RungState::Confirmed, found);
                fault
            }
            (Err(unknown @ Fault::NotResolved { .. }), found) => {
                board.rung(now, self.link_rung(), RungState::Unknown);
                board.rung_failed(now, Rung::Dns, unknown.clone(), found);
                return Turn::Done(Err(unknown));
            }
            _ => {
                board.rung(now, Rung::Dns, RungState::Unknown);
                fault
            }
        };
        board.rung_failed(now, self.link_rung(), fault.clone(), Some(shown));
        Turn::Done(Err(fault))
    }
}
