//! Coming back to a lost session beside a window: whether, when, by what, and what came of it.
//!
//! The way itself is the one of [`Pursuit`], which the command line goes too: mild tries with growing pauses, harsher means when
//! they were in vain long enough, and at last the word that it needs a hand. Here stand the user's wish, the question where one
//! is to be asked, and the record of every loss. Nothing is sent again but the login and the subscriptions.

use std::{collections::VecDeque, time::Duration};

use super::{
    Pauses, Reason, Wall, Way,
    pursuit::{Pursuit, Step, Tried},
    watching::{reason, way},
};
use crate::{
    modem::{
        event::{Event, Fault, PortFault, RecoveryStep},
        request::{Connection, Request, RequestId, Subscription},
        status::{Rung, RungState},
    },
    time::{Moment, WallAnchor},
};

/// What is done when a session was lost that nobody closed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Manner {
    /// Nothing.
    Off,
    /// The user is asked each time.
    #[default]
    Ask,
    /// It is opened again until that succeeds or somebody stops it.
    Automatic,
}

/// What is to be done for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ComebackWish {
    /// Open the session again.
    Connect(Box<Connection>),
    /// Open it by harsher means.
    Recover,
    /// Ask whether the session is still there.
    ReadSession,
}

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// There is a session, or there is none to come back to.
    Rest,
    /// The user is asked whether to come back.
    Asking,
    /// The next try is due then.
    Waiting {
        /// When, on the clock of the link.
        due: Moment,
    },
    /// This way is tried now.
    Trying(Way),
    /// The port is gone; it is looked for.
    PortGone,
}

/// One loss of the session in this window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lost {
    /// When it happened.
    pub at: Wall,
    /// By what.
    pub by: Reason,
    /// When the session was open again.
    pub back: Option<Wall>,
    /// What brought it back.
    pub helped: Option<Way>,
    /// Tries in vain before.
    pub vain: u32,
}

/// Coming back. After each call poll [`poll_wish`](Self::poll_wish), and look whether the port [is to be
/// found](Self::wants_port).
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is true or not whatever the others are")]
pub struct Comeback {
    manner: Manner,
    pursuit: Pursuit,
    now: Moment,
    anchor: Option<WallAnchor>,
    connection: Option<Box<Connection>>,
    /// What the lost session was subscribed to.
    wanted: Vec<Subscription>,
    is_up: bool,
    /// There is, or was, a session that nobody closed.
    is_kept: bool,
    /// The user wants it back, this time or always.
    is_agreed: bool,
    is_port_gone: bool,
    /// The port was opened again: what the module holds may not be what it held.
    is_other_module: bool,
    needs_hand: bool,
    asks_session: bool,
    /// The wish whose request comes next.
    granting: Option<Step>,
    way: Option<Way>,
    losses: VecDeque<Lost>,
}

impl Comeback {
    /// What shall be done from now on, with which pauses. A loss that is asked about already is answered by a change.
    pub fn set(&mut self, manner: Manner, pauses: Pauses) {
        self.pursuit.set_pauses(pauses);
        if std::mem::replace(&mut self.manner, manner) == manner || !self.is_lost() {
            return;
        }
        match manner {
            Manner::Off => self.give_up(),
            Manner::Ask => {}
            Manner::Automatic => self.agree(),
        }
    }

    /// Learns that `now` has come.
    pub fn tick(&mut self, now: Moment) {
        self.now = self.now.max(now);
    }

    /// Learns that a request was handed over, of this or of somebody else.
    pub fn asked(&mut self, id: RequestId, request: &Request) {
        match (self.granting.take(), request) {
            (Some(step @ Step::Connect), Request::Connect(_)) | (Some(step @ Step::Recover), Request::Recover) => {
                self.pursuit.asked(step, id);
                self.way = Some(Way::Link);
            }
            (_, Request::Connect(connection)) => {
                self.leave();
                self.connection = Some(connection.clone());
            }
            (_, Request::Disconnect | Request::Restart) => self.leave(),
            _ => {}
        }
    }

    /// The last wish could not be handed over: it is due again a second later.
    pub fn not_granted(&mut self) {
        if self.granting.take().is_some() {
            self.pursuit.want(self.now + Duration::from_secs(1));
        }
    }

    /// Takes what happened, at `now`.
    pub fn event(&mut self, now: Moment, event: &Event) {
        if let Event::Opened { anchor, .. } = event {
            return self.opened(*anchor);
        }
        self.tick(now);
        match event {
            Event::Rung { at, rung: Rung::Mqtt, state: RungState::Confirmed } => self.come_up(*at),
            Event::SessionLost { at, cause, asked: None } => self.lose(*at, reason(*cause)),
            Event::SessionLost { asked: Some(_), .. } => self.leave(),
            Event::Closed { at, fault } => self.closed(*at, fault.as_ref()),
            Event::Done { id, result, .. } => self.ended(*id, result),
            Event::Recovery(update) => self.recovering(&update.step),
            Event::Status(status) if self.is_up => {
                let wanted = status.subscriptions.iter();
                self.wanted = wanted.map(|one| Subscription { filter: one.filter.clone(), qos: one.qos }).collect();
            }
            Event::Subscription { filter, result: Ok(false), .. } => self.wanted.retain(|one| one.filter != *filter),
            _ => {}
        }
    }

    /// The computer slept: the session may be gone without a word.
    pub fn was_away(&mut self) {
        self.asks_session = self.is_up;
    }

    /// The user wants the session back.
    pub fn agree(&mut self) {
        if self.is_lost() {
            self.is_agreed = true;
            self.pursuit.want(self.now);
        }
    }

    /// The user wants no more of it. Gives the request that is to be taken back.
    pub fn stop(&mut self) -> Option<RequestId> {
        let running = self.pursuit.running();
        self.give_up();
        running
    }

    /// What is to be asked of the modem now; the request comes by [`asked`](Self::asked), or
    /// [`not_granted`](Self::not_granted) says that it did not.
    pub fn poll_wish(&mut self) -> Option<ComebackWish> {
        if std::mem::take(&mut self.asks_session) && self.is_up {
            return Some(ComebackWish::ReadSession);
        }
        if !self.is_agreed || self.is_port_gone {
            return None;
        }
        let step = self.pursuit.due(self.now)?;
        let connection = self.again()?;
        self.granting = Some(step);
        Some(match step {
            Step::Connect => ComebackWish::Connect(connection),
            Step::Recover => ComebackWish::Recover,
        })
    }

    /// Whether the port is to be looked for and opened again.
    pub const fn wants_port(&self) -> bool {
        self.is_port_gone && self.is_agreed && self.is_kept
    }

    /// When [`poll_wish`](Self::poll_wish) may say something.
    pub fn poll_timeout(&self) -> Option<Moment> {
        self.pursuit.poll_timeout().filter(|_| self.is_agreed && !self.is_port_gone)
    }

    /// How far it is.
    pub fn stage(&self) -> Stage {
        match self.poll_timeout() {
            _ if !self.is_lost() => Stage::Rest,
            _ if !self.is_agreed => Stage::Asking,
            _ if self.is_port_gone => Stage::PortGone,
            Some(due) => Stage::Waiting { due },
            None => Stage::Trying(self.way.unwrap_or(Way::Link)),
        }
    }

    /// Whether no means helped: only a hand does.
    pub const fn needs_hand(&self) -> bool {
        self.needs_hand
    }

    /// Losses of the session, oldest first; the newest 64.
    pub const fn losses(&self) -> &VecDeque<Lost> {
        &self.losses
    }

    const fn is_lost(&self) -> bool {
        self.is_kept && !self.is_up
    }

    /// The connection as it was, with the subscriptions of the lost session. What was written onto the module for it is there
    /// still, unless it may be another module.
    fn again(&self) -> Option<Box<Connection>> {
        let mut connection = self.connection.clone()?;
        connection.subscriptions.clone_from(&self.wanted);
        if !self.is_other_module {
            connection.security.forget_contents();
        }
        Some(connection)
    }

    fn opened(&mut self, anchor: WallAnchor) {
        if self.anchor.replace(anchor) == Some(anchor) {
            self.is_other_module = true;
        } else {
            // Moments count anew.
            (self.now, self.is_kept, self.is_agreed) = (Moment::ZERO, false, false);
        }
        (self.is_up, self.is_port_gone) = (false, false);
        self.pursuit.link_opened(self.now);
    }

    fn closed(&mut self, at: Moment, fault: Option<&PortFault>) {
        match fault {
            Some(fault) if !matches!(fault, PortFault::WorkerDied { .. }) => {
                if self.is_up {
                    self.lose(at, Reason::Port);
                }
                self.is_port_gone = true;
            }
            _ => self.leave(),
        }
        self.pursuit.link_closed(self.now);
    }

    fn come_up(&mut self, at: Moment) {
        let t = self.wall(at);
        if let Some(last) = self.losses.back_mut().filter(|_| self.is_kept && !self.is_up) {
            last.back = last.back.or(t);
        }
        (self.is_up, self.is_kept, self.is_agreed, self.needs_hand) = (true, true, false, false);
        (self.is_other_module, self.way) = (false, None);
        self.pursuit.came_up();
    }

    fn lose(&mut self, at: Moment, by: Reason) {
        if !std::mem::take(&mut self.is_up) {
            return;
        }
        if self.losses.len() == MOST_LOSSES {
            self.losses.pop_front();
        }
        let lost = self.wall(at).map(|at| Lost { at, by, back: None, helped: None, vain: 0 });
        self.losses.extend(lost);
        self.pursuit.lost(self.now);
        match self.manner {
            Manner::Off => self.give_up(),
            Manner::Ask => {}
            Manner::Automatic => {
                self.is_agreed = true;
                self.pursuit.want_after_pause(self.now);
            }
        }
    }

    fn ended(&mut self, id: RequestId, result: &Result<(), Fault>) {
        let Some(tried) = self.pursuit.ended(self.now, id, result.is_ok()) else { return };
        match (tried, result) {
            (Tried::Connect, Ok(())) => self.helped(Way::Link),
            (Tried::Connect, Err(Fault::Cancelled))
            | (Tried::Recover, Ok(()) | Err(Fault::Cancelled | Fault::Port(_))) => {}
            (Tried::Connect, Err(_)) => self.losses.back_mut().into_iter().for_each(|last| last.vain += 1),
            (Tried::Recover, Err(_)) => self.needs_hand = true,
        }
    }

    fn recovering(&mut self, step: &RecoveryStep) {
        match step {
            RecoveryStep::Trying(means) => self.way = Some(way(*means)),
            RecoveryStep::Helped(means) => self.helped(way(*means)),
            RecoveryStep::Planned { .. } | RecoveryStep::InVain(..) => {}
        }
    }

    fn helped(&mut self, way: Way) {
        if let Some(last) = self.losses.back_mut().filter(|last| last.helped.is_none()) {
            last.helped = Some(way);
        }
    }

    /// The session is no more, and nobody lost it.
    fn leave(&mut self) {
        self.is_up = false;
        self.give_up();
    }

    fn give_up(&mut self) {
        (self.is_kept, self.is_agreed, self.needs_hand) = (self.is_up, false, false);
        self.pursuit.rest();
    }

    fn wall(&self, at: Moment) -> Option<Wall> {
        Some(Wall::from_millis(self.anchor?.at(at).timestamp_millis()))
    }
}

/// So many losses are remembered.
const MOST_LOSSES: usize = 64;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::modem::event::LossCause;

    fn anchor() -> WallAnchor {
        WallAnchor::new(chrono::DateTime::from_timestamp_millis(1_767_225_600_000).unwrap_or_default().into())
    }

    fn at(seconds: u64) -> Moment {
        Moment::from_millis(seconds * 1_000)
    }

    fn opened() -> Event {
        Event::Opened { port: "COM5".to_owned(), anchor: anchor(), is_simulated: false }
    }

    const fn up(at: Moment) -> Event {
        Event::Rung { at, rung: Rung::Mqtt, state: RungState::Confirmed }
    }

    const fn closed(at: Moment) -> Event {
        Event::SessionLost { at, cause: LossCause::Closed, asked: None }
    }

    fn unplugged(at: Moment) -> Event {
        Event::Closed { at, fault: Some(PortFault::Unplugged { port: "COM5".to_owned() }) }
    }

    /// A session that is open since second 1.
    fn open(manner: Manner) -> Comeback {
        let mut comeback = Comeback::default();
        comeback.set(manner, Pauses::default());
        comeback.event(at(0), &opened());
        comeback.asked(RequestId(1), &Request::Connect(Box::new(Connection::new("h", 1883, "c"))));
        comeback.event(at(1), &up(at(1)));
        assert_eq!((comeback.stage(), comeback.poll_wish()), (Stage::Rest, None));
        comeback
    }

    fn connects(comeback: &mut Comeback, id: u64) {
        let Some(ComebackWish::Connect(again)) = comeback.poll_wish() else { panic!("no try: {comeback:?}") };
        comeback.asked(RequestId(id), &Request::Connect(again));
        assert_eq!(comeback.stage(), Stage::Trying(Way::Link));
    }

    fn ends(comeback: &mut Comeback, second: u64, id: u64, is_ok: bool) {
        let result = if is_ok { Ok(()) } else { Err(Fault::SessionLost(LossCause::Closed)) };
        if is_ok {
            comeback.event(at(second), &up(at(second)));
        }
        comeback.event(at(second), &Event::Done { at: at(second), id: RequestId(id), result });
    }

    #[test]
    fn by_itself_with_growing_pauses_until_it_is_there() {
        let mut comeback = open(Manner::Automatic);
        comeback.event(at(10), &closed(at(10)));
        assert_eq!(comeback.stage(), Stage::Waiting { due: at(12) });
        comeback.tick(at(12));
        connects(&mut comeback, 2);
        ends(&mut comeback, 13, 2, false);
        assert_eq!(comeback.stage(), Stage::Waiting { due: at(15) });
        comeback.tick(at(15));
        connects(&mut comeback, 3);
        ends(&mut comeback, 16, 3, false);
        assert_eq!(comeback.stage(), Stage::Waiting { due: at(20) }, "twice as long");
        comeback.tick(at(20));
        connects(&mut comeback, 4);
        ends(&mut comeback, 21, 4, true);
        let lost = comeback.losses().back().expect("a loss");
        assert_eq!((lost.by, lost.vain, lost.helped), (Reason::Closed, 2, Some(Way::Link)));
        assert_eq!(lost.back.map(|back| back.since(lost.at)), Some(Duration::from_secs(11)));
        assert_eq!(comeback.stage(), Stage::Rest);
    }

    #[test]
    fn asked_each_time_and_not_without_a_word() {
        let mut comeback = open(Manner::Ask);
        comeback.event(at(10), &closed(at(10)));
        comeback.tick(at(1_000));
        assert_eq!((comeback.stage(), comeback.poll_wish()), (Stage::Asking, None));
        comeback.agree();
        connects(&mut comeback, 2);
        ends(&mut comeback, 1_001, 2, true);
        comeback.event(at(1_010), &closed(at(1_010)));
        assert_eq!(comeback.stage(), Stage::Asking, "and again");
        assert_eq!(comeback.stop(), None);
        assert_eq!((comeback.stage(), comeback.losses().len()), (Stage::Rest, 2));
        comeback.agree();
        assert_eq!(comeback.poll_wish(), None, "what was given up is not wanted");
    }

    #[test]
    fn off_does_nothing_and_a_disconnect_is_no_loss() {
        let mut off = open(Manner::Off);
        off.event(at(10), &closed(at(10)));
        off.tick(at(100));
        assert_eq!((off.stage(), off.poll_wish(), off.losses().len()), (Stage::Rest, None, 1));
        let mut left = open(Manner::Automatic);
        left.asked(RequestId(2), &Request::Disconnect);
        left.event(at(10), &closed(at(10)));
        assert_eq!((left.stage(), left.losses().len()), (Stage::Rest, 0));
    }

    #[test]
    fn one_click_stops_and_takes_the_running_try_back() {
        let mut comeback = open(Manner::Automatic);
        comeback.event(at(10), &closed(at(10)));
        comeback.tick(at(12));
        connects(&mut comeback, 2);
        assert_eq!(comeback.stop(), Some(RequestId(2)));
        comeback.event(at(13), &Event::Done { at: at(13), id: RequestId(2), result: Err(Fault::Cancelled) });
        comeback.tick(at(10_000));
        assert_eq!((comeback.stage(), comeback.poll_wish()), (Stage::Rest, None));
    }

    #[test]
    fn a_port_that_comes_back_is_connected_through_at_once() {
        let mut comeback = open(Manner::Automatic);
        comeback.event(at(10), &unplugged(at(10)));
        assert_eq!((comeback.stage(), comeback.wants_port(), comeback.poll_wish()), (Stage::PortGone, true, None));
        // Plugged in, but not ready: gone again.
        comeback.event(at(12), &unplugged(at(12)));
        assert!(comeback.wants_port());
        comeback.event(at(14), &opened());
        assert!(!comeback.wants_port());
        connects(&mut comeback, 2);
        ends(&mut comeback, 15, 2, true);
        let lost = comeback.losses().back().expect("a loss");
        assert_eq!((comeback.losses().len(), lost.by, lost.helped), (1, Reason::Port, Some(Way::Link)));
    }

    #[test]
    fn harsh_means_come_when_the_mild_ones_were_in_vain_and_then_a_hand() {
        let mut comeback = open(Manner::Automatic);
        comeback.event(at(10), &closed(at(10)));
        let (mut second, mut id) = (10, 2);
        let recovers = loop {
            second += 1;
            comeback.tick(at(second));
            match comeback.poll_wish() {
                Some(ComebackWish::Connect(again)) => {
                    comeback.asked(RequestId(id), &Request::Connect(again));
                    ends(&mut comeback, second, id, false);
                    id += 1;
                }
                Some(ComebackWish::Recover) => break second,
                _ => {}
            }
            assert!(second < 1_000, "never");
        };
        assert!((190..260).contains(&recovers), "after three minutes: {recovers}");
        comeback.asked(RequestId(id), &Request::Recover);
        ends(&mut comeback, second + 60, id, false);
        assert!(
            comeback.needs_hand() && matches!(comeback.stage(), Stage::Waiting { .. }),
            "and it goes on: {comeback:?}"
        );
    }

    #[test]
    fn a_computer_that_slept_asks_whether_the_session_is_there() {
        let mut comeback = open(Manner::Ask);
        comeback.was_away();
        assert_eq!((comeback.poll_wish(), comeback.poll_wish()), (Some(ComebackWish::ReadSession), None));
    }
}
