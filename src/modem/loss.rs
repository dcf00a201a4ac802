//! Losing the session without having asked for it, and what that takes away.

use crate::{
    air780e::{sim::SimState, urc::Urc},
    at::client::Change,
    modem::{
        Modem,
        board::{Publishing, evidence_unasked},
        event::{Event, Fault, LossCause, Note},
        status::{Rung, RungState, Session, SubscriptionState},
    },
    time::{Moment, Observed},
};

/// The loss that an unsolicited line means, if any.
pub(crate) fn cause(urc: &Urc) -> Option<LossCause> {
    Some(match urc {
        Urc::Closed => LossCause::Closed,
        Urc::BearerDown => LossCause::BearerLost,
        Urc::Booted => LossCause::ModuleRestarted,
        Urc::Sim(SimState::Missing) => LossCause::SimRemoved,
        _ => return None,
    })
}

impl Modem {
    /// Whether there is a link to the broker, or one is being opened.
    pub(super) fn is_on_link(&self) -> bool {
        self.board.status().session != Session::Offline || self.schedule.is_linking()
    }

    /// Takes a loss that `line` told, and what else the line changed.
    pub(super) fn lose(&mut self, now: Moment, cause: LossCause, line: &str, change: Option<Change>) {
        if cause == LossCause::ModuleRestarted {
            self.note_boot(now);
        }
        self.client.forget_words();
        let had_session = self.board.status().session == Session::Connected;
        let was_on_link = self.is_on_link();
        if was_on_link {
            self.schedule.note_loss(cause);
            self.end_session();
        }
        self.mark_loss(now, cause, line, was_on_link);
        if had_session {
            self.tell_loss(now, cause);
        }
        if let Some(change) = change {
            self.apply(now, change);
        }
        if was_on_link {
            if cause != LossCause::Closed
                && let Some(ended) = self.client.break_off(now, line, cause == LossCause::ModuleRestarted)
            {
                self.take_end(now, &ended);
            }
            self.schedule.fail_in_session(now, &Fault::SessionLost(cause), &mut self.board);
        }
        self.schedule.wake(now, &mut self.board);
    }

    /// Takes a loss that the running flow brings about itself.
    pub(super) fn yield_session(&mut self, now: Moment, cause: LossCause, line: &str, change: Option<Change>) {
        if let Some(change) = change {
            self.apply(now, change);
        }
        if cause == LossCause::Closed {
            return;
        }
        let is_restart = cause == LossCause::ModuleRestarted;
        if is_restart {
            self.note_boot(now);
        }
        self.client.forget_words();
        if self.board.status().session != Session::Offline {
            self.end_session();
        }
        let base = if is_restart { Rung::At } else { Rung::Data };
        self.board.stale(now, base);
        self.board.stale_above(now, base);
        if let Some(ended) = self.client.break_off(now, line, is_restart) {
            self.take_end(now, &ended);
        }
        self.schedule.wake(now, &mut self.board);
    }

    /// A restart takes the module's cache with it, and its modes. What the cache held and nobody fetched is lost.
    fn note_boot(&mut self, now: Moment) {
        self.board.booted_at = Some(now);
        self.board.publishing = Publishing::default();
        let count = std::mem::take(&mut self.board.cache).kept();
        if count > 0 {
            self.board.status_mut().lost_in_cache += u64::from(count);
            self.board.tell(Event::Note { at: now, note: Note::KeptMessagesLost { count } });
        }
    }

    /// Tells a loss, remembers it, and plans the way back.
    pub(super) fn tell_loss(&mut self, now: Moment, cause: LossCause) {
        self.board.tell(Event::SessionLost { at: now, cause });
        self.schedule.note_lost_session(now, cause, &mut self.board);
    }

    pub(super) fn end_session(&mut self) {
        let status = self.board.status_mut();
        status.session = Session::Offline;
        for wanted in &mut status.subscriptions {
            wanted.state = SubscriptionState::Wanted;
        }
    }

    /// The rung that gave way accuses when a session stood on it; those above it lose their ground.
    fn mark_loss(&mut self, now: Moment, cause: LossCause, line: &str, was_on_link: bool) {
        let (base, fault) = match cause {
            LossCause::Closed => (Rung::Mqtt, Fault::SessionLost(cause)),
            LossCause::BearerLost => (Rung::Data, Fault::SessionLost(cause)),
            LossCause::ModuleRestarted | LossCause::Silent => (Rung::At, Fault::SessionLost(cause)),
            LossCause::SimRemoved => (Rung::Sim, Fault::SimNotReady { state: SimState::Missing.to_string() }),
        };
        if cause == LossCause::SimRemoved {
            self.board.status_mut().sim = Some(Observed::new(SimState::Missing, now, "+CPIN"));
        }
        if cause == LossCause::ModuleRestarted && !was_on_link && self.board.status().is_busy {
            return;
        }
        let stood = matches!(self.board.state(base), RungState::Confirmed | RungState::Accepted | RungState::Trying);
        let accuses = cause == LossCause::SimRemoved || was_on_link;
        if stood && accuses {
            self.board.rung_failed(now, base, fault, Some(evidence_unasked(now, line)));
        } else {
            self.board.stale(now, base);
        }
        self.board.stale_above(now, base);
        if cause == LossCause::Closed {
            self.board.stale(now, Rung::Tcp);
        }
    }
}
