//! The running connection: its link, the newest status, and the AT dialogues of the connect request.

use super::{
    Input,
    event::{Event, ExchangeRecord, Fault, PortFault, WireKind},
    plan::{self, PlannedLine, Step},
    request::{self, Request, RequestId, Subscription},
    status::{Rung, RungEntry, RungState, Session, Status},
};
use crate::{
    mqtt::Filter,
    time::{Moment, WallAnchor},
};

/// How far the connection is, told in one word.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Phase {
    /// Nothing is open.
    #[default]
    Idle,
    /// The port is being opened.
    Opening,
    /// The port is open; the connect request runs.
    Connecting,
    /// The port is open and the session stands.
    Connected,
    /// The session is being closed in order.
    Closing,
    /// The port is open, but there is no session: it failed, was lost or was closed.
    Open,
}

/// What the last connect request was made of, with the subscriptions that were made since: results stand only beside what is
/// still so.
#[derive(Clone, Debug)]
pub struct Run {
    /// Its plan.
    pub lines: Vec<PlannedLine>,
    /// What was asked for; its passwords are shown nowhere.
    pub asked: Box<request::Connection>,
    /// From this one on, subscriptions were made after the request.
    made_since: usize,
}

impl Run {
    fn new(asked: &request::Connection) -> Self {
        let made_since = asked.subscriptions.len();
        Self { lines: plan::plan(asked), asked: Box::new(asked.clone()), made_since }
    }

    /// Whether the line of `record` is one of its lines.
    fn asks(&self, record: &ExchangeRecord) -> bool {
        self.lines.iter().any(|line| record.command == line.text)
    }

    /// One subscription more, or one with another quality of service.
    fn add(&mut self, wanted: &Subscription) {
        let line = plan::subscription(wanted);
        if let Some(known) = self.asked.subscriptions.iter_mut().find(|known| known.filter == wanted.filter) {
            let before = plan::subscription(known);
            known.qos = wanted.qos;
            self.lines.iter_mut().filter(|other| **other == before).for_each(|other| *other = line.clone());
        } else {
            self.asked.subscriptions.push(wanted.clone());
            self.lines.push(line);
        }
    }

    /// One subscription less, if it was made since; its line. What the form asked for was asked for.
    fn take_back(&mut self, filter: &Filter) -> Option<PlannedLine> {
        let since = self.asked.subscriptions.iter().skip(self.made_since);
        let place = self.made_since + since.into_iter().position(|wanted| wanted.filter == *filter)?;
        let line = plan::subscription(&self.asked.subscriptions.remove(place));
        self.lines.retain(|other| *other != line);
        Some(line)
    }
}

/// The command that is on the wire and has not ended yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InFlight {
    /// When it went out.
    pub at: Moment,
    /// Its text, secrets masked.
    pub command: String,
}

/// The running connection, or the last one.
#[derive(Debug, Default)]
pub struct LinkState {
    link: String,
    is_simulated: bool,
    own_broker: Option<String>,
    anchor: Option<WallAnchor>,
    phase: Phase,
    status: Status,
    connect: Option<RequestId>,
    disconnect: Option<RequestId>,
    run: Option<Run>,
    exchanges: Vec<ExchangeRecord>,
    in_flight: Option<InFlight>,
    fault: Option<Fault>,
    newest: Moment,
}

impl LinkState {
    /// Takes what happened.
    pub(super) fn apply(&mut self, input: &Input) {
        match input {
            Input::Began { link, is_simulated, own_broker, .. } => {
                *self = Self {
                    link: link.clone(),
                    is_simulated: *is_simulated,
                    own_broker: own_broker.clone(),
                    phase: Phase::Opening,
                    ..Self::default()
                };
                self.status.ladder.entry_mut(Rung::Port).state = RungState::Trying;
            }
            Input::Asked { id, request } => self.asked(*id, request),
            Input::Told { event, .. } => self.told(event),
            _ => {}
        }
    }

    fn asked(&mut self, id: RequestId, request: &Request) {
        match request {
            Request::Connect(asked) => {
                self.connect = Some(id);
                self.run = Some(Run::new(asked));
                self.exchanges.clear();
                self.fault = None;
                if self.anchor.is_some() {
                    self.phase = Phase::Connecting;
                }
            }
            Request::Disconnect => {
                self.disconnect = Some(id);
                self.phase = Phase::Closing;
            }
            Request::Subscribe(wanted) => {
                if let Some(run) = &mut self.run {
                    run.add(wanted);
                }
            }
            Request::Unsubscribe(filter) => self.take_back(filter),
            _ => {}
        }
    }

    /// A subscription that was made since is wanted no more: its line is none of the run, and its answer stands beside none.
    fn take_back(&mut self, filter: &Filter) {
        if let Some(line) = self.run.as_mut().and_then(|run| run.take_back(filter)) {
            self.exchanges.retain(|record| record.command != line.text);
        }
    }

    fn told(&mut self, event: &Event) {
        match event {
            Event::Opened { port, anchor, is_simulated } => self.opened(port, *anchor, *is_simulated),
            Event::Exchange(record) => self.exchanged(record),
            Event::Status(status) => self.status = (**status).clone(),
            Event::Done { at, id, result } => {
                self.newest = *at;
                self.done(*id, result);
            }
            Event::SessionLost { at, cause, .. } => {
                self.newest = *at;
                self.phase = Phase::Open;
                self.fault = Some(Fault::SessionLost(*cause));
            }
            Event::Closed { at, fault } => self.closed(*at, fault.as_ref()),
            Event::Rung { at, .. }
            | Event::Subscription { at, .. }
            | Event::Files { at, .. }
            | Event::TlsSettings { at, .. }
            | Event::Resolved { at, .. }
            | Event::Note { at, .. } => self.newest = *at,
            Event::Wire(line) => {
                self.newest = line.at;
                if line.kind == WireKind::Sent {
                    self.in_flight = Some(InFlight { at: line.at, command: line.text.clone() });
                }
            }
            Event::Message(arrival) => self.newest = arrival.at,
            Event::Publish(update) => self.newest = update.at,
            Event::Measure(update) => self.newest = update.at,
            Event::Recovery(update) => self.newest = update.at,
            Event::File(update) => self.newest = update.at,
            Event::Dropped { .. } => {}
        }
    }

    fn opened(&mut self, port: &str, anchor: WallAnchor, is_simulated: bool) {
        port.clone_into(&mut self.link);
        self.is_simulated = is_simulated;
        self.anchor = Some(anchor);
        self.phase = if self.connect.is_some() { Phase::Connecting } else { Phase::Open };
    }

    fn exchanged(&mut self, record: &ExchangeRecord) {
        self.newest = record.ended_at;
        self.in_flight = None;
        let is_of_run = record.step.is_some() && record.request.is_some() && record.request == self.connect;
        let is_later = || record.step == Some(Step::Subscribe) && self.run.as_ref().is_some_and(|run| run.asks(record));
        if is_of_run || is_later() {
            self.exchanges.push(record.clone());
        }
    }

    fn done(&mut self, id: RequestId, result: &Result<(), Fault>) {
        if self.connect == Some(id) {
            self.phase = if result.is_ok() { Phase::Connected } else { Phase::Open };
            self.fault = result.as_ref().err().cloned();
        } else if self.disconnect == Some(id) {
            self.phase = Phase::Open;
        }
    }

    /// A port that never opened has no core to speak for it, so its rung is kept here.
    fn closed(&mut self, at: Moment, fault: Option<&PortFault>) {
        self.phase = Phase::Idle;
        self.in_flight = None;
        let port = self.status.ladder.entry_mut(Rung::Port);
        if let Some(fault) = fault {
            let fault = Fault::Port(fault.clone());
            *port = RungEntry { state: RungState::Failed, since: at, fault: Some(fault.clone()), evidence: None };
            self.fault = Some(fault);
        } else if port.state == RungState::Trying {
            *port = RungEntry { since: at, ..RungEntry::default() };
        }
    }

    /// Name of the port, or of the virtual modem; empty before the first connection.
    pub fn link(&self) -> &str {
        &self.link
    }

    /// Whether a virtual modem is at the other end.
    pub const fn is_simulated(&self) -> bool {
        self.is_simulated
    }

    /// The address of the broker inside this program, when the connection uses it.
    pub fn own_broker(&self) -> Option<&str> {
        self.own_broker.as_deref()
    }

    /// The time of day at which its moments count from zero; `None` before the port is open.
    pub const fn anchor(&self) -> Option<WallAnchor> {
        self.anchor
    }

    /// How far it is.
    pub const fn phase(&self) -> &Phase {
        &self.phase
    }

    /// The newest status.
    pub const fn status(&self) -> &Status {
        &self.status
    }

    /// Whether the broker accepted the login and the session stands.
    pub fn has_session(&self) -> bool {
        self.phase != Phase::Idle && self.status.session == Session::Connected
    }

    /// The id of the connect request, the last one.
    pub const fn connect_request(&self) -> Option<RequestId> {
        self.connect
    }

    /// What the last connect request was made of.
    pub const fn run(&self) -> Option<&Run> {
        self.run.as_ref()
    }

    /// The command that waits for its answer, when one does.
    pub const fn in_flight(&self) -> Option<&InFlight> {
        self.in_flight.as_ref()
    }

    /// Whether the port is open, so that lines can be sent.
    pub fn is_open(&self) -> bool {
        !matches!(self.phase, Phase::Idle | Phase::Opening)
    }

    /// All AT dialogues of the connect request so far.
    pub fn exchanges(&self) -> &[ExchangeRecord] {
        &self.exchanges
    }

    /// Why there is no session, when something went wrong.
    pub const fn fault(&self) -> Option<&Fault> {
        self.fault.as_ref()
    }

    /// The newest moment any event told.
    pub const fn newest(&self) -> Moment {
        self.newest
    }
}
