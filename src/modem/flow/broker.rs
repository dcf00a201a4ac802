//! From an address to a session: close an old one, configure, open the link, log in, subscribe.
//!
//! `MCONNECT` leaves in the same turn in which `CONNECT OK` is read: brokers cut a link that stays mute.

mod lines;
mod look_up;

use std::net::IpAddr;

use crate::{
    air780e::{
        Command, codes,
        mqtt::{CloseLink, Disconnect, HexMode, LinkState, ReadState, Subscribe},
    },
    at::reply::{End, Ended},
    modem::{
        board::{Board, evidence, evidence_by},
        event::{Event, Fault, LossCause},
        outcome,
        request::{Connection, Security},
        status::{Evidence, Rung, RungState, Session, Subscribed, SubscriptionState},
        step::Step,
    },
    time::Moment,
};

pub(crate) use self::lines::planned;
use self::{
    lines::{config, login, message_mode, open_link, planned_link},
    look_up::LookUp,
};
use super::{Flow, Input, Progress, Turn, ask, note_refusal, probe, subscribe::mark, watched::names_tcp};

/// The flow that opens a session on a modem that is up.
#[derive(Debug)]
pub(crate) struct OpenSession {
    connection: Box<Connection>,
    stage: Stage,
    /// `ALREADY CONNECT` or 767 has been met once.
    has_retried: bool,
    /// The link was lost while this flow ran.
    loss: Option<LossCause>,
    /// The first subscription, or the login, that failed.
    first_fault: Option<Fault>,
    /// Why the link is being closed at the end of a flow that failed.
    closing_for: Option<Fault>,
    /// Whether the name was to blame for a link that did not open.
    look_up: Option<LookUp>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    OldState,
    OldGoodbye,
    OldClose,
    MessageMode,
    TextMode,
    Config,
    OpenLink,
    /// Does the name of a link that did not open resolve?
    LookUp,
    /// The link exists already: close it, then open anew.
    CloseStray,
    Login,
    /// The login was refused as if it had been done: what is the state?
    StateAfterLogin,
    Subscribe(usize),
    /// A stop after the login: the broker is told before the link goes.
    LastGoodbye,
    /// Closing after a failure or a stop.
    GiveBack,
}

impl OpenSession {
    /// A flow that has not begun.
    pub(crate) const fn new(connection: Box<Connection>) -> Self {
        Self {
            connection,
            stage: Stage::OldState,
            has_retried: false,
            loss: None,
            first_fault: None,
            closing_for: None,
            look_up: None,
        }
    }

    /// Writes what this connection will need, before anything is sent.
    pub(crate) fn prepare(&self, now: Moment, board: &mut Board) {
        for rung in [Rung::Dns, Rung::Tcp, Rung::Mqtt, Rung::Subscribed] {
            board.rung(now, rung, RungState::Unknown);
        }
        let is_plain = self.connection.security == Security::Plain;
        board.rung(now, Rung::Tls, if is_plain { RungState::NotNeeded } else { RungState::Unknown });
        if self.connection.host.parse::<IpAddr>().is_ok() {
            board.rung(now, Rung::Dns, RungState::NotNeeded);
        }
        if self.connection.subscriptions.is_empty() {
            board.rung(now, Rung::Subscribed, RungState::NotNeeded);
        }
        let wanted = self.connection.subscriptions.iter().map(|wanted| Subscribed {
            filter: wanted.filter.clone(),
            qos: wanted.qos,
            state: SubscriptionState::Wanted,
        });
        board.status_mut().subscriptions = wanted.collect();
    }

    fn go(&mut self, stage: Stage) -> Turn {
        self.stage = stage;
        let connection = &self.connection;
        match stage {
            Stage::OldState | Stage::StateAfterLogin => probe(&ReadState, Step::SessionState),
            Stage::OldGoodbye | Stage::LastGoodbye => probe(&Disconnect, Step::Goodbye),
            Stage::OldClose | Stage::CloseStray | Stage::GiveBack => probe(&CloseLink, Step::CloseLink),
            Stage::MessageMode => probe(&message_mode(connection).0, message_mode(connection).1),
            Stage::TextMode => probe(&HexMode::Text, Step::TextMode),
            Stage::Config => ask(&config(connection), Step::Config),
            Stage::OpenLink | Stage::LookUp => open_link(connection),
            Stage::Login => ask(&login(connection), Step::Login),
            Stage::Subscribe(index) => {
                let wanted = &connection.subscriptions[index];
                ask(&Subscribe { filter: &wanted.filter, qos: wanted.qos }, Step::Subscribe)
            }
        }
    }

    fn answered(&mut self, ended: &Ended, board: &mut Board) -> Turn {
        match self.stage {
            Stage::OldState => self.after_old_state(ended, board),
            Stage::OldGoodbye => self.unless_silent(ended, Stage::OldClose),
            Stage::OldClose => {
                board.status_mut().session = Session::Offline;
                self.unless_silent(ended, Stage::MessageMode)
            }
            Stage::MessageMode => {
                note_refusal(ended, board);
                self.unless_silent(ended, Stage::TextMode)
            }
            Stage::TextMode => {
                board.publishing.may_read_hex &= ended.end != End::Done;
                note_refusal(ended, board);
                self.unless_silent(ended, Stage::Config)
            }
            Stage::Config => self.after_config(ended, board),
            Stage::OpenLink => self.after_open_link(ended, board),
            Stage::LookUp => self.stop(ended),
            Stage::CloseStray => self.after_close_stray(ended, board),
            Stage::Login => self.after_login(ended, board),
            Stage::StateAfterLogin => self.after_state_after_login(ended, board),
            Stage::Subscribe(index) => self.after_subscribe(ended, index, board),
            Stage::LastGoodbye => self.go(Stage::GiveBack),
            Stage::GiveBack => self.after_give_back(ended.ended_at, board),
        }
    }

    /// A refusal does no harm here; only silence stops.
    fn unless_silent(&mut self, ended: &Ended, next: Stage) -> Turn {
        match &ended.end {
            End::TimedOut { .. } | End::Bad { .. } => self.stop(ended),
            _ => self.go(next),
        }
    }

    fn after_old_state(&mut self, ended: &Ended, board: &mut Board) -> Turn {
        match ReadState.answer(&ended.answer) {
            Some(LinkState::LoggedIn) => self.go(Stage::OldGoodbye),
            Some(LinkState::LinkUp) => self.go(Stage::OldClose),
            Some(LinkState::Offline) | None => {
                board.status_mut().session = Session::Offline;
                self.unless_silent(ended, Stage::MessageMode)
            }
        }
    }

    fn after_config(&mut self, ended: &Ended, board: &mut Board) -> Turn {
        if let Err(fault) = outcome::result(ended) {
            board.rung_failed(ended.ended_at, Rung::Mqtt, fault.clone(), Some(evidence(ended)));
            return Turn::Done(Err(fault));
        }
        if board.state(Rung::Dns) != RungState::NotNeeded {
            board.rung(ended.ended_at, Rung::Dns, RungState::Trying);
        }
        board.rung(ended.ended_at, Rung::Tcp, RungState::Trying);
        if self.link_rung() == Rung::Tls {
            board.rung(ended.ended_at, Rung::Tls, RungState::Trying);
        }
        self.go(Stage::OpenLink)
    }

    fn after_open_link(&mut self, ended: &Ended, board: &mut Board) -> Turn {
        let now = ended.ended_at;
        if ended.end == End::Done {
            let shown = evidence(ended);
            if board.state(Rung::Dns) != RungState::NotNeeded {
                board.rung_shown(now, Rung::Dns, RungState::Confirmed, shown.clone());
            }
            board.rung_shown(now, Rung::Tcp, RungState::Confirmed, shown.clone());
            board.rung_shown(now, self.link_rung(), RungState::Confirmed, shown);
            board.status_mut().session = Session::LinkUp;
            board.rung(now, Rung::Mqtt, RungState::Trying);
            return self.go(Stage::Login);
        }
        let is_stray = matches!(&ended.end, End::Bad { got, .. } if got.contains("ALREADY CONNECT"));
        if is_stray && !std::mem::replace(&mut self.has_retried, true) {
            return self.go(Stage::CloseStray);
        }
        if names_tcp(ended) {
            board.rung(
                now,
                Rung::Tls,
                if self.link_rung() == Rung::Tls { RungState::Unknown } else { RungState::NotNeeded },
            );
            return self.fail(Rung::Tcp, ended, board);
        }
        if self.link_rung() == Rung::Tls {
            board.rung(now, Rung::Tcp, RungState::Unknown);
        }
        if board.state(Rung::Dns) != RungState::NotNeeded {
            let is_no = matches!(&ended.end, End::Bad { got, .. } if got.contains("CONNECT FAIL"));
            if is_no && self.loss.is_none() {
                return self.look_up(ended, board);
            }
            board.rung(now, Rung::Dns, RungState::Unknown);
        }
        self.fail(self.link_rung(), ended, board)
    }

    /// Which rung an opening link proves, or accuses: with encryption the module does not say which of both failed.
    fn link_rung(&self) -> Rung {
        if self.connection.security == Security::Plain { Rung::Tcp } else { Rung::Tls }
    }

    /// A link that was open already leads to nobody knows where: it is closed, and ours is opened.
    fn after_close_stray(&mut self, ended: &Ended, board: &mut Board) -> Turn {
        match &ended.end {
            End::TimedOut { .. } | End::Bad { .. } => self.fail(Rung::Tcp, ended, board),
            _ => self.go(Stage::OpenLink),
        }
    }

    fn after_login(&mut self, ended: &Ended, board: &mut Board) -> Turn {
        if ended.end == End::Done {
            return self.logged_in(ended.ended_at, evidence(ended), board);
        }
        let is_refused = outcome::error_number(ended) == Some(codes::OPERATION_FAILED);
        if is_refused && !std::mem::replace(&mut self.has_retried, true) {
            self.first_fault = outcome::result(ended).err();
            return self.go(Stage::StateAfterLogin);
        }
        self.fail(Rung::Mqtt, ended, board)
    }

    /// 767 at the login: the state says whether it was done already, or may be tried again (section 13).
    fn after_state_after_login(&mut self, ended: &Ended, board: &mut Board) -> Turn {
        match ReadState.answer(&ended.answer) {
            Some(LinkState::LoggedIn) => {
                self.first_fault = None;
                self.logged_in(ended.ended_at, evidence_by(ended, "+MQTTSTATU"), board)
            }
            Some(LinkState::LinkUp) => {
                self.first_fault = None;
                self.go(Stage::Login)
            }
            Some(LinkState::Offline) | None => {
                self.loss.get_or_insert(LossCause::Closed);
                self.fail(Rung::Mqtt, ended, board)
            }
        }
    }

    fn logged_in(&mut self, now: Moment, shown: Evidence, board: &mut Board) -> Turn {
        board.status_mut().session = Session::Connected;
        board.rung_shown(now, Rung::Mqtt, RungState::Confirmed, shown);
        if self.connection.subscriptions.is_empty() {
            return Turn::Done(Ok(()));
        }
        board.rung(now, Rung::Subscribed, RungState::Trying);
        self.go(Stage::Subscribe(0))
    }

    fn after_subscribe(&mut self, ended: &Ended, index: usize, board: &mut Board) -> Turn {
        let now = ended.ended_at;
        let filter = self.connection.subscriptions[index].filter.clone();
        let result = outcome::result(ended);
        let state = if result.is_ok() { SubscriptionState::Confirmed } else { SubscriptionState::Failed };
        mark(board, &filter, state);
        if let Err(fault) = &result {
            board.rung_failed(now, Rung::Subscribed, fault.clone(), Some(evidence(ended)));
            self.first_fault.get_or_insert_with(|| fault.clone());
        }
        board.tell(Event::Subscription { at: now, filter, result: result.map(|()| true) });
        if let Some(cause) = self.loss {
            return Turn::Done(Err(Fault::SessionLost(cause)));
        }
        if index + 1 < self.connection.subscriptions.len() {
            return self.go(Stage::Subscribe(index + 1));
        }
        if let Some(fault) = self.first_fault.take() {
            return Turn::Done(Err(fault));
        }
        board.rung_shown(now, Rung::Subscribed, RungState::Confirmed, evidence(ended));
        Turn::Done(Ok(()))
    }

    /// Fails at `rung` by what the exchange says, and gives a link that is still open back.
    fn fail(&mut self, rung: Rung, ended: &Ended, board: &mut Board) -> Turn {
        let now = ended.ended_at;
        let by_end = || outcome::result(ended).err().unwrap_or_else(|| outcome::unfitting(ended));
        let fault = self.first_fault.take().unwrap_or_else(by_end);
        // A closed link is the broker's own answer; any other loss explains more than the line that ended the wait.
        let fault = self.loss.filter(|cause| *cause != LossCause::Closed).map_or(fault, Fault::SessionLost);
        board.rung_failed(now, rung, fault.clone(), Some(evidence(ended)));
        self.give_back(now, fault, board)
    }

    fn give_back(&mut self, now: Moment, fault: Fault, board: &mut Board) -> Turn {
        let may_open = self.stage == Stage::OpenLink && matches!(fault, Fault::TimedOut { .. });
        let is_open = board.status().session != Session::Offline || may_open;
        if self.loss.is_some() || !is_open {
            board.status_mut().session = Session::Offline;
            board.stale(now, Rung::Tcp);
            return Turn::Done(Err(fault));
        }
        self.closing_for = Some(fault);
        self.go(Stage::GiveBack)
    }

    fn after_give_back(&mut self, now: Moment, board: &mut Board) -> Turn {
        board.status_mut().session = Session::Offline;
        board.stale_above(now, Rung::Data);
        Turn::Done(Err(self.closing_for.take().unwrap_or(Fault::Cancelled)))
    }

    fn stop(&self, ended: &Ended) -> Turn {
        let by_loss = self.loss.map(Fault::SessionLost);
        let fault = by_loss.or_else(|| outcome::result(ended).err());
        Turn::Done(Err(fault.unwrap_or_else(|| outcome::unfitting(ended))))
    }
}

impl Flow for OpenSession {
    fn advance(&mut self, now: Moment, input: Input<'_>, board: &mut Board) -> Turn {
        match input {
            Input::Start => self.go(Stage::OldState),
            input if self.stage == Stage::LookUp => self.go_on_looking(now, input, board),
            Input::Ended(ended) => self.answered(ended, board),
            Input::Woken => self.go(self.stage),
        }
    }

    fn progress(&mut self, now: Moment, sent_at: Moment, progress: Progress, board: &mut Board) {
        if !matches!(progress, Progress::Accepted) {
            return;
        }
        let shown = |command: String| Evidence { command, line: "OK".to_owned(), at: now, took: now.since(sent_at) };
        match self.stage {
            Stage::OpenLink => {
                let (_, command) = planned_link(&self.connection);
                board.rung_shown(now, self.link_rung(), RungState::Accepted, shown(command));
            }
            Stage::Login => {
                let command = login(&self.connection).line().masked();
                board.rung_shown(now, Rung::Mqtt, RungState::Accepted, shown(command));
            }
            Stage::Subscribe(index) => {
                let filter = self.connection.subscriptions[index].filter.clone();
                mark(board, &filter, SubscriptionState::Accepted);
            }
            _ => {}
        }
    }

    fn note_loss(&mut self, cause: LossCause) {
        if self.is_linking() {
            self.loss = Some(cause);
        }
    }

    fn is_closing(&self) -> bool {
        use Stage::{CloseStray, GiveBack, LastGoodbye, OldClose, OldGoodbye};
        matches!(self.stage, OldGoodbye | OldClose | CloseStray | LastGoodbye | GiveBack)
    }

    fn is_linking(&self) -> bool {
        !matches!(self.stage, Stage::OldState | Stage::OldGoodbye | Stage::OldClose | Stage::LookUp)
    }

    fn cancel(&mut self, now: Moment, board: &mut Board) -> Turn {
        match board.status().session {
            Session::Offline => Turn::Done(Err(Fault::Cancelled)),
            Session::LinkUp => self.give_back(now, Fault::Cancelled, board),
            Session::Connected => {
                self.closing_for = Some(Fault::Cancelled);
                self.go(Stage::LastGoodbye)
            }
        }
    }
}
