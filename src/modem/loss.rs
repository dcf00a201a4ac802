//! Losing the session without having asked for it, and what that takes away.

use std::time::Duration;

use crate::{
    air780e::{
        limits,
        sim::SimState,
        urc::{self, Urc},
    },
    at::client::Change,
    modem::{
        Modem,
        board::{OwnAction, Publishing, Start, evidence_unasked},
        event::{Event, Fault, Line, LossCause, Note, Verb},
        flow::facts::accuse_ground,
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
        let asked = self.asked_for(now, cause);
        let is_news = cause != LossCause::ModuleRestarted || self.note_boot(now, line, asked.clone());
        let strikes = cause == LossCause::ModuleRestarted && is_news && self.schedule.is_running();
        self.client.forget_words();
        let had_session = self.board.status().session == Session::Connected;
        let was_on_link = self.is_on_link();
        if was_on_link {
            self.schedule.note_loss(cause);
            self.end_session();
        }
        self.board.past.has_seen_link |= had_session;
        let accuses = asked.is_none() && (was_on_link || cause == LossCause::SimRemoved || strikes);
        // A module that greets is no trouble to whoever is just speaking to it.
        if accuses || asked.is_some() || is_news {
            self.mark_loss(now, cause, line, accuses);
        }
        if had_session && self.watch.is_some() && asked.is_none() {
            accuse_ground(now, &mut self.board);
        }
        if had_session {
            self.tell_loss(now, cause, asked);
        }
        if let Some(change) = change {
            self.apply(now, change);
        }
        if strikes || (was_on_link && cause == LossCause::ModuleRestarted) {
            self.break_all_off(now, line);
        } else if was_on_link
            && cause != LossCause::Closed
            && let Some(ended) = self.client.break_off(now, line, false)
        {
            self.take_end(now, &ended);
        }
        if was_on_link {
            self.schedule.fail_in_session(now, &Fault::SessionLost(cause), &mut self.board);
        }
        self.schedule.wake(now, &mut self.board);
    }

    /// The module restarted: nothing that was sent is answered any more, and what is being written goes nowhere.
    fn break_all_off(&mut self, now: Moment, line: &str) {
        self.is_void = self.is_writing;
        let fault = Fault::SessionLost(LossCause::ModuleRestarted);
        if let Some(ended) = self.client.break_off(now, line, true) {
            if self.schedule.minds_loss() {
                self.take_end(now, &ended);
            } else {
                self.record(&ended, Err(fault.clone()), false);
            }
        }
        self.schedule.interrupt(now, &fault, &mut self.board);
    }

    /// The line that brought this loss about shortly before, if one did.
    pub(super) fn asked_for(&self, now: Moment, cause: LossCause) -> Option<Line> {
        let own = self.board.own_action.as_ref()?;
        let is_due = takes_away(&own.line, cause).is_some_and(|span| now.since(own.at) <= span);
        is_due.then(|| own.line.clone())
    }

    /// Remembers a line that takes something away.
    pub(super) fn note_own_action(&mut self, at: Moment, text: &str) {
        let line = Line::from(text);
        if CAUSES.into_iter().any(|cause| takes_away(&line, cause).is_some()) {
            self.board.own_action = Some(OwnAction { at, line });
        }
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
            let asked = self.asked_for(now, cause);
            self.note_boot(now, line, asked);
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
    ///
    /// Says whether this start strikes what is being done. Lines of a start that is known do not, nor does the late greeting
    /// of a module that has just been spoken to for the first time: with automatic baud rate it says nothing before.
    fn note_boot(&mut self, now: Moment, line: &str, asked: Option<Line>) -> bool {
        // The banner comes once, and first; the other line may come twice.
        let span = if urc::is_banner(line) { limits::BOOT_BANNER } else { limits::BOOT_LINES };
        let is_known = self.board.booted_at.replace(now).is_some_and(|at| now.since(at) < span);
        if is_known {
            return false;
        }
        let is_greeting = self.board.start.began.is_none()
            && self.board.start.first_answer.is_none_or(|at| now.since(at) < limits::BOOT_LINES);
        self.board.start = Start { began: Some(now), first_answer: self.board.start.first_answer, ..Start::default() };
        self.board.tls_settings.clear();
        self.board.status_mut().open_prompt = None;
        self.board.tell(Event::Note { at: now, note: Note::Restarted { asked } });
        self.forget_cache(now);
        !is_greeting
    }

    fn forget_cache(&mut self, now: Moment) {
        self.board.publishing = Publishing::default();
        let count = std::mem::take(&mut self.board.cache).kept();
        if count > 0 {
            self.board.status_mut().lost_in_cache += u64::from(count);
            self.board.tell(Event::Note { at: now, note: Note::KeptMessagesLost { count } });
        }
    }

    /// Tells a loss, remembers it, and plans the way back.
    pub(super) fn tell_loss(&mut self, now: Moment, cause: LossCause, asked: Option<Line>) {
        let is_asked = asked.is_some();
        self.board.tell(Event::SessionLost { at: now, cause, asked });
        self.schedule.note_lost_session(now, cause, is_asked, &mut self.board);
    }

    pub(super) fn end_session(&mut self) {
        let status = self.board.status_mut();
        status.session = Session::Offline;
        for wanted in &mut status.subscriptions {
            wanted.state = SubscriptionState::Wanted;
        }
    }

    /// The rung that gave way accuses when a session stood on it; those above it lose their ground.
    fn mark_loss(&mut self, now: Moment, cause: LossCause, line: &str, accuses: bool) {
        let (base, fault) = match cause {
            LossCause::Closed => (Rung::Mqtt, Fault::SessionLost(cause)),
            LossCause::BearerLost => (Rung::Data, Fault::SessionLost(cause)),
            LossCause::ModuleRestarted | LossCause::Silent => (Rung::At, Fault::SessionLost(cause)),
            LossCause::SimRemoved => (Rung::Sim, Fault::SimNotReady { state: SimState::Missing.to_string() }),
        };
        if cause == LossCause::SimRemoved {
            self.board.status_mut().sim = Some(Observed::new(SimState::Missing, now, "+CPIN"));
        }
        let may_fall = match self.board.state(base) {
            RungState::Confirmed | RungState::Accepted | RungState::Trying => true,
            // Where the ground was never looked at, the loss is the first that is known of it.
            RungState::Unknown => cause != LossCause::Closed,
            RungState::Failed | RungState::NotNeeded | RungState::Stale => false,
        };
        if may_fall && accuses {
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

/// How long after `line` this loss is what it asked for; `None` when it does not ask for it (reference, sections 4, 6 and 11.9).
fn takes_away(line: &Line, cause: LossCause) -> Option<Duration> {
    use LossCause::{BearerLost, Closed, ModuleRestarted, Silent, SimRemoved};
    let is_first = |value: &str| line.argument(0) == Some(value);
    match (line.verb(), cause) {
        (Verb::Restart | Verb::PowerDown, _) if !line.is_question() || line.verb() == Verb::Restart => Some(RESTARTING),
        (Verb::Radio, Closed | BearerLost | SimRemoved) if is_first("0") || is_first("4") => Some(LEAVING),
        (Verb::Attach | Verb::Bearer, Closed | BearerLost) if is_first("0") => Some(LEAVING),
        (Verb::AccessPoint, Closed | BearerLost) if !line.is_question() => Some(RESTARTING),
        (Verb::ShutContext, Closed | BearerLost) | (Verb::LogOut | Verb::CloseLink, Closed) => Some(LEAVING),
        (_, Closed | BearerLost | ModuleRestarted | Silent | SimRemoved) => None,
    }
}

const CAUSES: [LossCause; 5] =
    [LossCause::Closed, LossCause::BearerLost, LossCause::ModuleRestarted, LossCause::SimRemoved, LossCause::Silent];
/// So long after such a line the module may restart, or its stack.
const RESTARTING: Duration = Duration::from_secs(30);
/// So long after such a line a bearer or a link may go.
const LEAVING: Duration = Duration::from_secs(15);
