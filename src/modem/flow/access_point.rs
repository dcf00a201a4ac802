//! The access point of a private card: saved, waited for, and the radio restarted when the module does not do so itself
//! (reference, section 6.2).

use crate::{
    air780e::{
        Command,
        apn::{DeleteApn, ReadApn, ReadContexts, SaveApn, SavedApn, UsedApn},
        firmware::Feature,
        limits,
        power::{RadioOff, RadioOn},
    },
    at::reply::{End, Ended},
    modem::{
        board::{Board, evidence_by},
        event::{Fault, LossCause},
        outcome,
        request::AccessPoint,
        status::{Rung, RungState},
        step::Step,
    },
    time::{Moment, Observed},
};

use super::{Flow, Input, Turn, ask, probe};

/// The flow that saves or deletes an access point and waits until the module has an address.
#[derive(Debug)]
pub(crate) struct AccessPointFlow {
    /// `None` deletes the saved one.
    wanted: Option<AccessPoint>,
    /// Whether the same saved access point is left as it is.
    skips_same: bool,
    stage: Stage,
    /// When the new access point was saved.
    since: Moment,
    saved_before: Option<SavedApn>,
    has_restarted_radio: bool,
    /// How it ends once the radio is on again.
    ending: Option<Fault>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd)]
enum Stage {
    Saved,
    Change,
    Used,
    RadioOff,
    RadioPause,
    RadioOn,
    /// The flow ends early, and the radio must not stay off.
    RadioBack,
}

impl AccessPointFlow {
    /// Saves `wanted` whatever is saved, or deletes what is.
    pub(crate) const fn new(wanted: Option<AccessPoint>) -> Self {
        Self {
            wanted,
            skips_same: false,
            stage: Stage::Saved,
            since: Moment::ZERO,
            saved_before: None,
            has_restarted_radio: false,
            ending: None,
        }
    }

    /// Saves `wanted` unless it is saved already. The password cannot be compared: it is never kept.
    pub(crate) fn ensure(wanted: AccessPoint) -> Self {
        Self { skips_same: true, ..Self::new(Some(wanted)) }
    }

    fn go(&mut self, stage: Stage) -> Turn {
        self.stage = stage;
        self.has_restarted_radio |= stage == Stage::RadioOff;
        match (stage, &self.wanted) {
            (Stage::Saved, _) => probe(&ReadApn, Step::SavedAccessPoint),
            (Stage::Change, Some(wanted)) => ask(&save(wanted), Step::SaveAccessPoint),
            (Stage::Change, None) => ask(&DeleteApn, Step::ClearAccessPoint),
            (Stage::Used, _) => ask(&ReadContexts, Step::UsedAccessPoint),
            (Stage::RadioOff, _) => ask(&RadioOff, Step::RadioOff),
            (Stage::RadioPause | Stage::RadioOn | Stage::RadioBack, _) => ask(&RadioOn, Step::RadioOn),
        }
    }

    fn answered(&mut self, ended: &Ended, board: &mut Board) -> Turn {
        let now = ended.ended_at;
        if self.stage == Stage::RadioBack {
            return Turn::Done(Err(self.ending.take().unwrap_or(Fault::Cancelled)));
        }
        if matches!(ended.end, End::TimedOut { .. }) {
            return match outcome::result(ended) {
                Err(fault) if self.stage == Stage::RadioOff => self.end_with_radio(fault),
                result => Turn::Done(result),
            };
        }
        match self.stage {
            Stage::Saved => self.after_saved(ended, board),
            Stage::Change => self.after_change(ended, board),
            Stage::Used => self.after_used(ended, board),
            Stage::RadioOff => {
                self.stage = Stage::RadioPause;
                Turn::Wait(now + limits::RADIO_PAUSE)
            }
            Stage::RadioPause | Stage::RadioOn | Stage::RadioBack => self.go(Stage::Used),
        }
    }

    /// Ends by `fault`, but not before the radio is told to be on.
    fn end_with_radio(&mut self, fault: Fault) -> Turn {
        self.ending = Some(fault);
        self.go(Stage::RadioBack)
    }

    fn after_saved(&mut self, ended: &Ended, board: &mut Board) -> Turn {
        let saved = ReadApn.answer(&ended.answer);
        if let Some(saved) = &saved {
            board.status_mut().access_point = Some(Observed::new(saved.clone(), ended.ended_at, "AT+CPNETAPN?"));
        }
        let is_same = self.wanted.as_ref().zip(saved.as_ref()).is_some_and(|(wanted, saved)| is_same(wanted, saved));
        self.saved_before = saved;
        if self.skips_same && is_same { Turn::Done(Ok(())) } else { self.go(Stage::Change) }
    }

    fn after_change(&mut self, ended: &Ended, board: &mut Board) -> Turn {
        if let Err(fault) = outcome::result(ended) {
            return Turn::Done(Err(fault));
        }
        let now = ended.ended_at;
        let saved = self.wanted.as_ref().map_or_else(SavedApn::default, saved);
        let name = self.wanted.as_ref().map_or_else(String::new, |wanted| wanted.name.clone());
        board.status_mut().access_point_set = Some(Observed::new(name, now, "AT+CPNETAPN"));
        board.status_mut().access_point = Some(Observed::new(saved, now, "AT+CPNETAPN"));
        board.status_mut().address = None;
        board.stale(now, Rung::Data);
        self.since = now;
        let firmware = board.status().firmware.as_ref();
        let attaches_itself = firmware.is_none_or(|seen| Feature::AccessPointAttaches.is_in(&seen.value));
        self.go(if attaches_itself { Stage::Used } else { Stage::RadioOff })
    }

    fn after_used(&mut self, ended: &Ended, board: &mut Board) -> Turn {
        let now = ended.ended_at;
        if ReadContexts.answer(&ended.answer).is_some_and(|used| used.has_address && self.is_right(&used)) {
            board.rung_shown(now, Rung::Data, RungState::Accepted, evidence_by(ended, "+CGDCONT: 1"));
            return Turn::Done(Ok(()));
        }
        let after = now.since(self.since);
        let limit = if self.has_restarted_radio { limits::ACCESS_POINT } else { limits::ACCESS_POINT_ALONE };
        if after + limits::NETWORK_POLL <= limit {
            return Turn::Wait(now + limits::NETWORK_POLL);
        }
        if self.has_restarted_radio {
            let fault = Fault::NotAttached { after };
            board.rung_failed(now, Rung::Data, fault.clone(), Some(evidence_by(ended, "+CGDCONT: 1")));
            return Turn::Done(Err(fault));
        }
        self.go(Stage::RadioOff)
    }

    /// Whether `used` is in use because of the change. After a restart of the radio any address is: some networks show
    /// a name of their own.
    fn is_right(&self, used: &UsedApn) -> bool {
        match (&self.wanted, &self.saved_before) {
            _ if self.has_restarted_radio => true,
            (Some(wanted), _) => used.is(&wanted.name),
            (None, Some(before)) if before.is_saved => !used.is(&before.apn),
            (None, _) => true,
        }
    }
}

impl Flow for AccessPointFlow {
    fn advance(&mut self, _now: Moment, input: Input<'_>, board: &mut Board) -> Turn {
        match input {
            Input::Start => self.go(Stage::Saved),
            Input::Ended(ended) => self.answered(ended, board),
            Input::Woken if self.stage == Stage::RadioPause => self.go(Stage::RadioOn),
            Input::Woken => self.go(self.stage),
        }
    }

    fn cancel(&mut self, _now: Moment, _board: &mut Board) -> Turn {
        let is_off = matches!(self.stage, Stage::RadioPause | Stage::RadioOn | Stage::RadioBack);
        if is_off { self.end_with_radio(Fault::Cancelled) } else { Turn::Done(Err(Fault::Cancelled)) }
    }

    fn expects(&self, cause: LossCause) -> bool {
        self.stage > Stage::Saved && matches!(cause, LossCause::Closed | LossCause::BearerLost)
    }
}

fn save(wanted: &AccessPoint) -> SaveApn<'_> {
    SaveApn { apn: &wanted.name, user: &wanted.user, password: &wanted.password, authentication: wanted.auth }
}

fn saved(wanted: &AccessPoint) -> SavedApn {
    let AccessPoint { name, user, auth, .. } = wanted;
    SavedApn { is_saved: true, apn: name.clone(), user: user.clone(), authentication: auth.number() }
}

fn is_same(wanted: &AccessPoint, found: &SavedApn) -> bool {
    *found == saved(wanted)
}

/// The lines this flow sends when another access point is saved and every answer is good, in order.
pub(crate) fn planned(wanted: &AccessPoint) -> Vec<(Step, String)> {
    vec![
        (Step::SavedAccessPoint, ReadApn.line().masked()),
        (Step::SaveAccessPoint, save(wanted).line().masked()),
        (Step::UsedAccessPoint, ReadContexts.line().masked()),
    ]
}
