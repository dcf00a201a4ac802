//! Coming back, from mild to harsh: the core opens a lost session again by itself; what is beyond that is decided here.

use std::time::Duration;

use crate::{modem::request::RequestId, time::Moment};

/// How long is waited between mild tries: each pause is twice the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pauses {
    /// Before the second try, and before the first where nothing is new.
    pub first: Duration,
    /// No pause is longer.
    pub longest: Duration,
}

impl Default for Pauses {
    /// 2 s to a minute.
    fn default() -> Self {
        Self { first: Duration::from_secs(2), longest: Duration::from_mins(1) }
    }
}

/// What is tried to have a session.
#[derive(Debug, Default)]
pub(super) struct Pursuit {
    pauses: Pauses,
    is_linked: bool,
    is_up: bool,
    /// Since when there is no session.
    since: Moment,
    /// Tries in vain since then.
    vain: u32,
    /// Tries to connect that this watch asked for, in a row.
    tries: u32,
    /// When to connect next; `None` while the core sees to it.
    connect_at: Option<Moment>,
    running: Option<Running>,
    /// Before this nothing harsh is tried again.
    harsh_at: Moment,
    /// When anything was last heard of a try.
    sign_at: Moment,
}

/// A try that was asked for and has not ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Running {
    Connect(RequestId),
    Recover(RequestId),
}

/// What is to be asked of the modem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Connect,
    Recover,
}

/// What ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tried {
    Connect,
    Recover,
}

impl Pursuit {
    /// The link opened: a session is to be had.
    pub(super) fn link_opened(&mut self, now: Moment) {
        let pauses = self.pauses;
        *self = Self {
            pauses,
            is_linked: true,
            since: now,
            connect_at: Some(now),
            sign_at: now,
            harsh_at: now,
            ..Self::default()
        };
    }

    /// Waits so long between mild tries.
    pub(super) const fn set_pauses(&mut self, pauses: Pauses) {
        self.pauses = pauses;
    }

    /// A mild try is wanted at `at`.
    pub(super) const fn want(&mut self, at: Moment) {
        self.connect_at = Some(at);
    }

    /// A mild try is wanted after the first pause.
    pub(super) fn want_after_pause(&mut self, now: Moment) {
        self.connect_at = Some(now + self.pauses.first);
    }

    /// Nothing is wanted any more.
    pub(super) const fn rest(&mut self) {
        (self.connect_at, self.vain, self.tries, self.running) = (None, 0, 0, None);
    }

    /// The try that runs.
    pub(super) const fn running(&self) -> Option<RequestId> {
        match self.running {
            Some(Running::Connect(id) | Running::Recover(id)) => Some(id),
            None => None,
        }
    }

    /// The link is gone; whoever owns it waits for it.
    pub(super) fn link_closed(&mut self, now: Moment) {
        *self = Self { pauses: self.pauses, since: now, ..Self::default() };
    }

    /// The session was lost, and the core will open it again.
    pub(super) fn lost(&mut self, now: Moment) {
        (self.is_up, self.since, self.sign_at, self.vain) = (false, now, now, 0);
    }

    /// The session is open.
    pub(super) const fn came_up(&mut self) {
        (self.is_up, self.vain, self.tries, self.connect_at) = (true, 0, 0, None);
    }

    /// A try of the core was in vain.
    pub(super) const fn was_in_vain(&mut self, now: Moment) {
        if self.running.is_none() {
            self.vain += 1;
        }
        self.sign_at = now;
    }

    /// What was asked for has this id.
    pub(super) const fn asked(&mut self, step: Step, id: RequestId) {
        self.running = Some(match step {
            Step::Connect => Running::Connect(id),
            Step::Recover => Running::Recover(id),
        });
        self.connect_at = None;
    }

    /// A request ended; says which try of this watch it was, if it was one. Without a session the next one is planned.
    pub(super) fn ended(&mut self, now: Moment, id: RequestId, is_ok: bool) -> Option<Tried> {
        let tried = match self.running? {
            Running::Connect(of) if of == id => Tried::Connect,
            Running::Recover(of) if of == id => Tried::Recover,
            _ => return None,
        };
        self.running = None;
        self.sign_at = now;
        if !is_ok {
            self.vain += 1;
            let Pauses { first, longest } = self.pauses;
            let pause = first.saturating_mul(2_u32.saturating_pow(self.tries)).min(longest);
            self.tries += 1;
            self.connect_at = Some(now + pause);
        }
        Some(tried)
    }

    /// What is due now.
    pub(super) fn due(&mut self, now: Moment) -> Option<Step> {
        if !self.is_linked || self.is_up || self.running.is_some() {
            return None;
        }
        if self.is_stubborn(now) {
            self.harsh_at = now + HARSH_PAUSE;
            return Some(Step::Recover);
        }
        let is_forgotten = self.connect_at.is_none() && now.since(self.sign_at) >= FORGOTTEN;
        (self.connect_at.is_some_and(|due| due <= now) || is_forgotten).then_some(Step::Connect)
    }

    /// When [`due`](Self::due) may say something.
    pub(super) fn poll_timeout(&self) -> Option<Moment> {
        if !self.is_linked || self.is_up || self.running.is_some() {
            return None;
        }
        let forgotten = self.sign_at + FORGOTTEN;
        let harsh = (self.vain >= ENOUGH).then(|| self.harsh_at.max(self.since + PATIENCE));
        [Some(self.connect_at.unwrap_or(forgotten)), harsh].into_iter().flatten().min()
    }

    /// Whether mild ways have been tried often and long enough.
    fn is_stubborn(&self, now: Moment) -> bool {
        self.vain >= ENOUGH && now.since(self.since) >= PATIENCE && now >= self.harsh_at
    }
}

/// So many tries in vain, and so long without a session, before the harsher ways are gone.
const ENOUGH: u32 = 5;
const PATIENCE: Duration = Duration::from_mins(3);
/// From one round of harsh ways to the next: they take the radio and the module down for everybody.
const HARSH_PAUSE: Duration = Duration::from_mins(10);
/// Nobody has tried for so long: the core is not about to.
const FORGOTTEN: Duration = Duration::from_mins(5);

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> Moment {
        Moment::from_millis(seconds * 1_000)
    }

    #[test]
    fn harsh_ways_wait_for_the_mild_ones() {
        let mut pursuit = Pursuit::default();
        pursuit.link_opened(at(0));
        assert_eq!(pursuit.due(at(0)), Some(Step::Connect));
        pursuit.asked(Step::Connect, RequestId(1));
        assert_eq!(pursuit.due(at(1)), None, "it runs");
        assert_eq!(pursuit.ended(at(2), RequestId(1), true), Some(Tried::Connect));
        pursuit.came_up();
        pursuit.lost(at(100));
        for n in 0..4 {
            pursuit.was_in_vain(at(101 + n));
        }
        assert_eq!(pursuit.due(at(300)), None, "four tries are not enough");
        pursuit.was_in_vain(at(110));
        assert_eq!(pursuit.due(at(279)), None, "three minutes are not over");
        assert_eq!(pursuit.poll_timeout(), Some(at(280)));
        assert_eq!(pursuit.due(at(280)), Some(Step::Recover));
        pursuit.asked(Step::Recover, RequestId(2));
        assert_eq!(pursuit.ended(at(400), RequestId(2), false), Some(Tried::Recover));
        assert_eq!(pursuit.due(at(402)), Some(Step::Connect), "and again mildly");
        pursuit.asked(Step::Connect, RequestId(3));
        pursuit.ended(at(403), RequestId(3), false);
        assert_eq!(pursuit.due(at(404)), None, "with growing pauses");
        assert_eq!(pursuit.due(at(880)), Some(Step::Recover), "ten minutes after the last round");
    }

    #[test]
    fn what_the_core_does_not_try_is_tried() {
        let mut pursuit = Pursuit::default();
        pursuit.link_opened(at(0));
        pursuit.asked(Step::Connect, RequestId(1));
        pursuit.ended(at(1), RequestId(1), true);
        pursuit.came_up();
        pursuit.lost(at(10));
        assert_eq!(pursuit.due(at(309)), None);
        assert_eq!(pursuit.due(at(310)), Some(Step::Connect));
        pursuit.link_closed(at(311));
        assert_eq!((pursuit.due(at(9_999)), pursuit.poll_timeout()), (None, None));
    }
}
