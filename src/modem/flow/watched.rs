//! One dialogue that somebody else began: what its answer says about the ladder.
//!
//! It asks nothing itself: its exchange only tells the client what has been sent.

use std::net::IpAddr;

use crate::{
    air780e::{
        Command, limits,
        network::{Domain, ReadRegistration},
        raw,
        sim::{self, ReadSim, SimState},
    },
    at::{
        exchange::{Data, Exchange},
        reply::{End, Ended},
    },
    modem::{
        board::{Board, evidence, evidence_by},
        event::{Fault, LossCause, Verb},
        outcome,
        request::{RequestId, Subscription},
        status::{Evidence, Rung, RungState, Session},
    },
    mqtt::{Message, Qos},
    time::{Moment, Observed},
};

use super::{
    Ask, Flow, Input, Progress, Turn,
    close::forget_session,
    facts::{
        self, accuse_ground, give_up_network, learn_address, learn_attach, learn_context, learn_identity, learn_state,
        prove_ground,
    },
    fetch::FetchFlow,
    publish::PublishFlow,
    single::SignalFlow,
    subscribe::{SubscribeFlow, UnsubscribeFlow, by_loss},
};

/// The flow of one line seen on its way.
#[derive(Debug)]
pub(crate) struct WatchedFlow {
    line: String,
    meaning: Meaning,
    loss: Option<LossCause>,
}

/// What the line is for.
#[derive(Debug)]
enum Meaning {
    /// What one of our own flows does with one exchange.
    Own(Box<dyn Flow>),
    Identity,
    Sim,
    Registration(Domain),
    Attach,
    Address,
    Context,
    Config,
    OpenLink {
        has_name: bool,
        is_tls: bool,
    },
    Login,
    State,
    Close,
    File,
    Other,
}

impl WatchedFlow {
    /// The flow of `line`, which names itself `id` in the events of a publish.
    pub(crate) fn new(id: RequestId, line: &str) -> Self {
        Self { line: line.to_owned(), meaning: meaning(id, line), loss: None }
    }

    fn exchange(&self) -> Exchange {
        let exchange = raw::exchange(&self.line).watched();
        if raw::data_end(&self.line).is_none() {
            return exchange;
        }
        // A file may be a private key.
        let is_secret = matches!(self.meaning, Meaning::File);
        let limit = limits::final_result(&self.line);
        let data = Data { bytes: Vec::new(), is_secret, limit, hold: limit };
        exchange.with_data(data)
    }

    fn begin(&mut self, now: Moment, board: &mut Board) {
        match &mut self.meaning {
            Meaning::Own(flow) => drop(flow.advance(now, Input::Start, board)),
            Meaning::OpenLink { has_name, is_tls } => {
                let needed = |is_needed| if is_needed { RungState::Trying } else { RungState::NotNeeded };
                board.rung(now, Rung::Dns, needed(*has_name));
                board.rung(now, Rung::Tcp, RungState::Trying);
                board.rung(now, Rung::Tls, needed(*is_tls));
                board.rung(now, Rung::Mqtt, RungState::Unknown);
            }
            Meaning::Login => board.rung(now, Rung::Mqtt, RungState::Trying),
            _ => {}
        }
    }

    fn learn(&mut self, ended: &Ended, board: &mut Board) -> Result<(), Fault> {
        let now = ended.ended_at;
        let result = by_loss(self.loss, outcome::result(ended));
        facts::learn(&self.line, ended, board);
        match &mut self.meaning {
            Meaning::Own(flow) => match flow.advance(now, Input::Ended(ended), board) {
                Turn::Done(result) => {
                    if result.is_err() && Verb::of(&self.line).is_of_session() {
                        accuse_ground(ended.ended_at, board);
                    }
                    return result;
                }
                Turn::Ask(_) | Turn::Wait(_) => {}
            },
            Meaning::Identity => learn_identity(ended, board),
            Meaning::Sim => learn_sim(ended, board),
            Meaning::Registration(domain) => learn_registration(ended, *domain, board),
            Meaning::Attach => learn_attach(ended, board),
            Meaning::Address => learn_address(ended, board),
            Meaning::Context => learn_context(ended, board),
            Meaning::Config => learn_config(ended, &result, board),
            Meaning::OpenLink { is_tls, .. } => learn_link(ended, *is_tls, &result, board),
            Meaning::Login => learn_login(ended, &result, board),
            Meaning::State => learn_state(ended, board),
            Meaning::Close if ended.accepted_at.is_some() => forget_session(now, board),
            Meaning::Close | Meaning::File | Meaning::Other => {}
        }
        result
    }
}

impl Flow for WatchedFlow {
    fn advance(&mut self, now: Moment, input: Input<'_>, board: &mut Board) -> Turn {
        let Input::Ended(ended) = input else {
            self.begin(now, board);
            return Ask::turn(self.exchange(), None);
        };
        if ended.accepted_at.is_some() && board.state(Rung::At) != RungState::Confirmed {
            board.rung_shown(now, Rung::At, RungState::Confirmed, evidence(ended));
        }
        Turn::Done(self.learn(ended, board))
    }

    fn progress(&mut self, now: Moment, sent_at: Moment, progress: Progress, board: &mut Board) {
        let rung = match &mut self.meaning {
            Meaning::Own(flow) => return flow.progress(now, sent_at, progress, board),
            Meaning::OpenLink { is_tls: true, .. } => Rung::Tls,
            Meaning::OpenLink { .. } => Rung::Tcp,
            Meaning::Login => Rung::Mqtt,
            _ => return,
        };
        if matches!(progress, Progress::Accepted) {
            let command = raw::exchange(&self.line).line.masked();
            let shown = Evidence { command, line: "OK".to_owned(), at: now, took: now.since(sent_at) };
            board.rung_shown(now, rung, RungState::Accepted, shown);
        }
    }

    fn note_loss(&mut self, cause: LossCause) {
        self.loss = Some(cause);
        if let Meaning::Own(flow) = &mut self.meaning {
            flow.note_loss(cause);
        }
    }

    fn may_repeat(&self) -> bool {
        false
    }

    fn is_linking(&self) -> bool {
        matches!(self.meaning, Meaning::OpenLink { .. } | Meaning::Login)
    }

    fn is_closing(&self) -> bool {
        matches!(self.meaning, Meaning::Close)
    }

    fn settle(&mut self, now: Moment, result: &Result<(), Fault>, was_sent: bool, board: &mut Board) {
        if let Meaning::Own(flow) = &mut self.meaning {
            flow.settle(now, result, was_sent, board);
        }
    }
}

fn meaning(id: RequestId, line: &str) -> Meaning {
    if line.trim_end().ends_with("=?") || line.contains(';') && !line.contains('"') {
        return Meaning::Other;
    }
    let (name, arguments) = raw::parts(line);
    let is_question = line.trim_end().ends_with('?');
    match (name.as_str(), is_question) {
        ("ATI" | "AT+CGMR" | "AT+VER", _) => Meaning::Identity,
        ("AT+CPIN", true) => Meaning::Sim,
        ("AT+CSQ", _) => Meaning::Own(Box::new(SignalFlow)),
        ("AT+CEREG", true) => Meaning::Registration(Domain::Lte),
        ("AT+CGREG", true) => Meaning::Registration(Domain::Packet),
        ("AT+CGATT", true) => Meaning::Attach,
        ("AT+CGPADDR", _) => Meaning::Address,
        ("AT+CGDCONT", true) => Meaning::Context,
        ("AT+MCONFIG", _) => Meaning::Config,
        ("AT+MIPSTART" | "AT+SSLMIPSTART", _) => Meaning::OpenLink {
            has_name: arguments.first().is_some_and(|host| host.parse::<IpAddr>().is_err()),
            is_tls: name.starts_with("AT+SSL"),
        },
        ("AT+MCONNECT", _) => Meaning::Login,
        ("AT+MQTTSTATU", _) => Meaning::State,
        ("AT+MDISCONNECT" | "AT+MIPCLOSE", false) => Meaning::Close,
        ("AT+MSUB", _) => subscribe(&arguments).unwrap_or(Meaning::Other),
        ("AT+FSWRITE", false) => Meaning::File,
        ("AT+MQTTMSGGET", false) => Meaning::Own(Box::new(FetchFlow::new())),
        ("AT+MUNSUB", _) => {
            let filter = arguments.first().and_then(|text| text.parse().ok());
            filter.map_or(Meaning::Other, |filter| Meaning::Own(Box::new(UnsubscribeFlow::new(filter))))
        }
        ("AT+MPUB" | "AT+MPUBEX", _) => publish(id, &arguments).unwrap_or(Meaning::Other),
        _ => Meaning::Other,
    }
}

fn subscribe(arguments: &[&str]) -> Option<Meaning> {
    let wanted = Subscription { filter: arguments.first()?.parse().ok()?, qos: qos(arguments.get(1)?)? };
    Some(Meaning::Own(Box::new(SubscribeFlow::new(wanted))))
}

/// The payload does not matter here: nothing is built of it.
fn publish(id: RequestId, arguments: &[&str]) -> Option<Meaning> {
    let message = Message {
        topic: arguments.first()?.parse().ok()?,
        payload: Vec::new(),
        qos: qos(arguments.get(1)?)?,
        retain: arguments.get(2) == Some(&"1"),
    };
    Some(Meaning::Own(Box::new(PublishFlow::watched(id, message))))
}

fn qos(text: &str) -> Option<Qos> {
    text.parse::<u8>().ok()?.try_into().ok()
}

fn learn_sim(ended: &Ended, board: &mut Board) {
    let now = ended.ended_at;
    let number = outcome::error_number(ended);
    let state = ReadSim.answer(&ended.answer).or_else(|| number.and_then(SimState::from_error));
    let Some(state) = state.filter(|_| !number.is_some_and(sim::is_busy)) else { return };
    board.status_mut().sim = Some(Observed::new(state.clone(), now, "AT+CPIN?"));
    let shown = evidence_by(ended, "+CPIN");
    if state == SimState::Ready {
        board.rung_shown(now, Rung::Sim, RungState::Confirmed, shown);
    } else {
        board.rung_failed(now, Rung::Sim, Fault::SimNotReady { state: state.to_string() }, Some(shown));
    }
}

fn learn_registration(ended: &Ended, domain: Domain, board: &mut Board) {
    let now = ended.ended_at;
    let Some(read) = ReadRegistration(domain).answer(&ended.answer) else { return };
    let is_known_better = board.state(Rung::Network) == RungState::Confirmed;
    if read.is_registered() || !is_known_better {
        board.status_mut().registration = Some(Observed::new(read, now, domain.question()));
    }
    let shown = evidence_by(ended, domain.prefix());
    if read.is_registered() {
        board.rung_shown(now, Rung::Network, RungState::Confirmed, shown);
    } else if read.is_denied() {
        let fault = Fault::NotRegistered { stat: read.stat, after: ended.took() };
        board.rung_failed(now, Rung::Network, fault, Some(shown));
    } else if !is_known_better {
        facts::doubt(Rung::Network, shown, board);
        give_up_network(now, board);
    }
}

/// A configuration that is taken now clears what the refusal of another one said.
fn learn_config(ended: &Ended, result: &Result<(), Fault>, board: &mut Board) {
    let entry = board.status().ladder.entry(Rung::Mqtt);
    let was_refused = matches!(&entry.fault, Some(Fault::Refused { command, .. }) if command.verb() == Verb::Configure);
    match result {
        Err(fault) => board.rung_failed(ended.ended_at, Rung::Mqtt, fault.clone(), Some(evidence(ended))),
        Ok(()) if was_refused => board.rung(ended.ended_at, Rung::Mqtt, RungState::Unknown),
        Ok(()) => {}
    }
}

fn learn_link(ended: &Ended, is_tls: bool, result: &Result<(), Fault>, board: &mut Board) {
    let now = ended.ended_at;
    board.past.has_seen_link = true;
    let is_stray = matches!(&ended.end, End::Bad { got, .. } if got.contains("ALREADY CONNECT"));
    match result {
        Ok(()) => {
            for rung in [Rung::Dns, Rung::Tcp, Rung::Tls] {
                if board.state(rung) != RungState::NotNeeded {
                    board.rung_shown(now, rung, RungState::Confirmed, evidence(ended));
                }
            }
            board.status_mut().session = Session::LinkUp;
            prove_ground(&evidence(ended), board);
        }
        Err(_) if is_stray => {}
        Err(fault) => {
            accuse_ground(ended.ended_at, board);
            // With encryption the module does not say which of TCP and handshake failed, unless TCP speaks itself.
            let is_tls = is_tls && !names_tcp(ended);
            let (accused, open) = if is_tls { (Rung::Tls, Rung::Tcp) } else { (Rung::Tcp, Rung::Tls) };
            for rung in [Rung::Dns, open] {
                if board.state(rung) != RungState::NotNeeded {
                    board.rung(now, rung, RungState::Unknown);
                }
            }
            board.status_mut().session = Session::Offline;
            board.rung_failed(now, accused, fault.clone(), Some(evidence(ended)));
        }
    }
}

/// Whether the module itself says that TCP did not come up (reference, section 5).
pub(super) fn names_tcp(ended: &Ended) -> bool {
    ended.answer.iter().any(|line| line.starts_with("TCP ERROR"))
}

fn learn_login(ended: &Ended, result: &Result<(), Fault>, board: &mut Board) {
    board.past.has_seen_link = true;
    match result {
        Ok(()) => {
            board.status_mut().session = Session::Connected;
            board.rung_shown(ended.ended_at, Rung::Mqtt, RungState::Confirmed, evidence(ended));
            prove_ground(&evidence(ended), board);
        }
        Err(fault) => {
            accuse_ground(ended.ended_at, board);
            board.rung_failed(ended.ended_at, Rung::Mqtt, fault.clone(), Some(evidence(ended)));
        }
    }
}
