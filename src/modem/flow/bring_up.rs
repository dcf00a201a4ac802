//! From `AT` to an address: who is there, card, signal, registration, attach, address.

use crate::{
    air780e::{
        Command,
        address::ReadAddress,
        attach::ReadAttach,
        basic::{Attention, EndData, ErrorNumbers, FillData},
        identity::ReadIdentity,
        limits,
        network::{Domain, ReadRegistration},
        power::ReadFunction,
        signal::ReadSignal,
        sim::{self, ReadSim, SimState},
    },
    at::reply::{End, Ended},
    modem::{
        board::{Board, Contact, evidence, evidence_by},
        event::{Event, Fault, Note},
        outcome,
        status::{Evidence, Rung, RungState},
        step::Step,
    },
    time::{Moment, Observed},
};

use super::{Ask, Flow, Input, Turn, ask, facts::is_radio_off, note_refusal, probe};

/// The flow of a bring-up.
#[derive(Debug)]
pub(crate) struct BringUp {
    stage: Stage,
    /// Questions asked in this stage.
    tries: u32,
    /// When this stage began.
    since: Moment,
    /// When the network first said "denied" without taking it back.
    denied_since: Option<Moment>,
    /// Whether the other registration has been asked in this round.
    asked_both: bool,
    /// Whether the radio has been asked for.
    asked_radio: bool,
    /// A prompt that somebody left open has been looked for.
    has_filled: bool,
    /// What the bring-up fails by unless the radio is off.
    suspect: Option<Suspect>,
    half: Half,
}

/// What failed, while the radio is asked for.
#[derive(Debug)]
struct Suspect {
    rung: Rung,
    fault: Fault,
    shown: Evidence,
}

/// How much of the way is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Half {
    Whole,
    ToCard,
    FromCard,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Attention,
    /// Nothing answers: the byte that ends data without a length.
    DataEnd,
    /// Nothing answers: as many bytes as the module may wait for.
    Filler,
    ErrorNumbers,
    Identity,
    Sim,
    Signal,
    Registration(Domain),
    /// Is the radio on?
    Radio,
    SignalAgain,
    Attach,
    Address,
}

impl BringUp {
    /// A bring-up that has not begun.
    pub(crate) const fn new() -> Self {
        Self {
            stage: Stage::Attention,
            tries: 0,
            since: Moment::ZERO,
            denied_since: None,
            asked_both: false,
            asked_radio: false,
            has_filled: false,
            suspect: None,
            half: Half::Whole,
        }
    }

    /// The first half: from `AT` to a usable card.
    pub(crate) fn to_card() -> Self {
        Self { half: Half::ToCard, ..Self::new() }
    }

    /// The second half: from a usable card to an address.
    pub(crate) fn from_card() -> Self {
        Self { half: Half::FromCard, ..Self::new() }
    }

    fn begin(&mut self, now: Moment, board: &mut Board) -> Turn {
        if self.half == Half::FromCard {
            return self.enter(now, Stage::Signal, board);
        }
        for rung in [Rung::At, Rung::Sim, Rung::Signal, Rung::Network, Rung::Data] {
            board.rung(now, rung, RungState::Unknown);
        }
        board.contact = Contact::default();
        self.enter(now, Stage::Attention, board)
    }

    fn enter(&mut self, now: Moment, stage: Stage, board: &mut Board) -> Turn {
        self.tries = 0;
        self.since = now;
        if let Some(rung) = stage.rung() {
            board.rung(now, rung, RungState::Trying);
        }
        self.go(stage)
    }

    /// Asks the question of `stage` without beginning it anew.
    fn go(&mut self, stage: Stage) -> Turn {
        self.stage = stage;
        self.ask_again()
    }

    fn ask_again(&mut self) -> Turn {
        self.tries += 1;
        match self.stage {
            Stage::Attention => ask(&Attention, Step::Attention),
            Stage::DataEnd => Ask::probing(EndData.exchange(), None),
            Stage::Filler => Ask::probing(FillData.exchange(), None),
            Stage::Radio => probe(&ReadFunction, Step::Detail),
            Stage::ErrorNumbers => probe(&ErrorNumbers, Step::ErrorNumbers),
            Stage::Identity => ask(&ReadIdentity, Step::Identity),
            Stage::Sim => ask(&ReadSim, Step::SimState),
            Stage::Signal | Stage::SignalAgain => ask(&ReadSignal, Step::Signal),
            Stage::Registration(domain) => ask(&ReadRegistration(domain), Step::Registration),
            Stage::Attach => ask(&ReadAttach, Step::Attach),
            Stage::Address => ask(&ReadAddress, Step::Address),
        }
    }

    fn answered(&mut self, ended: &Ended, board: &mut Board) -> Turn {
        if is_radio_off(ended) && !self.asked_radio {
            let rung = self.stage.rung().unwrap_or(Rung::Network);
            return self.suspect_radio(rung, outcome::result(ended).err(), evidence(ended));
        }
        match self.stage {
            Stage::Attention => self.after_attention(ended, board),
            Stage::DataEnd => self.after_filling(ended, Some(Stage::Filler), board),
            Stage::Filler => self.after_filling(ended, None, board),
            Stage::Radio => self.after_radio(ended, board),
            Stage::ErrorNumbers => self.after_optional(ended, Rung::At, Stage::Identity, board),
            Stage::Identity => self.after_identity(ended, board),
            Stage::Sim => self.after_sim(ended, board),
            Stage::Signal => self.after_signal(ended, board),
            Stage::Registration(domain) => self.after_registration(ended, domain, board),
            Stage::SignalAgain => self.after_signal_again(ended, board),
            Stage::Attach => self.after_attach(ended, board),
            Stage::Address => self.after_address(ended, board),
        }
    }

    fn after_attention(&mut self, ended: &Ended, board: &mut Board) -> Turn {
        let now = ended.ended_at;
        if ended.accepted_at.is_some() {
            board.rung_shown(now, Rung::At, RungState::Confirmed, evidence(ended));
            return self.enter(now, Stage::ErrorNumbers, board);
        }
        let is_lua = board.contact.lua_line.is_some() && self.tries >= 2;
        if self.tries < limits::ATTENTION_TRIES && !is_lua {
            return self.ask_again();
        }
        let contact = &board.contact;
        if contact.bytes == 0 && !std::mem::replace(&mut self.has_filled, true) {
            return self.go(Stage::DataEnd);
        }
        fail(Rung::At, contact.fault(self.tries), ended, board)
    }

    /// A command of somebody else may still wait for data, and take every `AT` for them: it gets what it waits for (reference,
    /// section 13). Where nobody is, nothing comes.
    fn after_filling(&mut self, ended: &Ended, next: Option<Stage>, board: &mut Board) -> Turn {
        match (ended.accepted_at, next) {
            (Some(at), _) => {
                let note = Note::PromptLeftOpen { line: ended.deciding_line().to_owned() };
                board.tell(Event::Note { at, note });
                self.enter(at, Stage::Attention, board)
            }
            (None, Some(next)) => self.go(next),
            (None, None) => {
                // What shows the silence is the `AT` that nobody answered.
                let asked = Ended { command: "AT".to_owned(), ..ended.clone() };
                fail(Rung::At, Fault::Silent { tries: limits::ATTENTION_TRIES }, &asked, board)
            }
        }
    }

    /// Asks for the radio before it fails at `rung`.
    fn suspect_radio(&mut self, rung: Rung, fault: Option<Fault>, shown: Evidence) -> Turn {
        self.asked_radio = true;
        self.suspect = fault.map(|fault| Suspect { rung, fault, shown });
        self.go(Stage::Radio)
    }

    /// A radio that is off explains all that is missing above it.
    fn after_radio(&mut self, ended: &Ended, board: &mut Board) -> Turn {
        let now = ended.ended_at;
        let function = ReadFunction.answer(&ended.answer);
        if let Some(function) = function {
            board.status_mut().details.function = Some(Observed::new(function, now, "AT+CFUN?"));
        }
        if let Some(function) = function.filter(|function| matches!(function, 0 | 4)) {
            for rung in [Rung::Sim, Rung::Signal] {
                if board.state(rung) == RungState::Trying {
                    board.rung(now, rung, RungState::Unknown);
                }
            }
            let fault = Fault::RadioOff { function };
            board.rung_failed(now, Rung::Network, fault.clone(), Some(evidence_by(ended, "+CFUN")));
            return Turn::Done(Err(fault));
        }
        match self.suspect.take() {
            Some(Suspect { rung, fault, shown }) => {
                board.rung_failed(now, rung, fault.clone(), Some(shown));
                Turn::Done(Err(fault))
            }
            None => self.wait_for_network(now),
        }
    }

    fn wait_for_network(&mut self, now: Moment) -> Turn {
        self.stage = Stage::Registration(Domain::Lte);
        Turn::Wait(now + limits::NETWORK_POLL)
    }

    /// An exchange whose refusal does no harm; its silence does.
    fn after_optional(&mut self, ended: &Ended, rung: Rung, next: Stage, board: &mut Board) -> Turn {
        if matches!(ended.end, End::TimedOut { .. }) {
            return fail_by_end(rung, ended, board);
        }
        note_refusal(ended, board);
        self.enter(ended.ended_at, next, board)
    }

    fn after_identity(&mut self, ended: &Ended, board: &mut Board) -> Turn {
        if let Some(firmware) = ReadIdentity.answer(&ended.answer) {
            if !firmware.is_known_dialect() {
                let note = Note::UnknownDialect { name: firmware.name.clone() };
                board.tell(Event::Note { at: ended.ended_at, note });
            }
            board.status_mut().firmware = Some(Observed::new(firmware, ended.ended_at, "ATI"));
        }
        self.after_optional(ended, Rung::At, Stage::Sim, board)
    }

    fn after_sim(&mut self, ended: &Ended, board: &mut Board) -> Turn {
        let now = ended.ended_at;
        let number = outcome::error_number(ended);
        if number.is_some_and(sim::is_busy) && self.tries < limits::SIM_TRIES {
            return Turn::Wait(now + limits::SIM_POLL);
        }
        let state = ReadSim.answer(&ended.answer).or_else(|| number.and_then(SimState::from_error));
        let Some(state) = state else {
            return match &ended.end {
                // A program that was stopped in the middle leaves answers behind, one of which came in place of ours. While
                // nothing is asked the rest of them comes.
                End::Done if self.tries < 2 => Turn::Wait(now + limits::SIM_POLL),
                End::Done => fail(Rung::Sim, outcome::unfitting(ended), ended, board),
                _ => fail_by_end(Rung::Sim, ended, board),
            };
        };
        let evidence = evidence_by(ended, "+CPIN");
        board.status_mut().sim = Some(Observed::new(state.clone(), now, "AT+CPIN?"));
        if state == SimState::Ready {
            board.rung_shown(now, Rung::Sim, RungState::Confirmed, evidence);
            if self.half == Half::ToCard {
                return Turn::Done(Ok(()));
            }
            return self.enter(now, Stage::Signal, board);
        }
        let fault = Fault::SimNotReady { state: state.to_string() };
        if state == SimState::Missing && !self.asked_radio {
            // Without its radio the module does not see its card either.
            return self.suspect_radio(Rung::Sim, Some(fault), evidence);
        }
        board.rung_failed(now, Rung::Sim, fault.clone(), Some(evidence));
        Turn::Done(Err(fault))
    }

    fn after_signal(&mut self, ended: &Ended, board: &mut Board) -> Turn {
        if matches!(ended.end, End::TimedOut { .. }) {
            return fail_by_end(Rung::Signal, ended, board);
        }
        note_signal(ended, board);
        self.enter(ended.ended_at, Stage::Registration(Domain::Lte), board)
    }

    fn after_registration(&mut self, ended: &Ended, domain: Domain, board: &mut Board) -> Turn {
        let now = ended.ended_at;
        if matches!(ended.end, End::TimedOut { .. }) {
            return fail_by_end(Rung::Network, ended, board);
        }
        let Some(read) = ReadRegistration(domain).answer(&ended.answer) else {
            return self.ask_other_registration(ended, domain, board);
        };
        let is_better = read.is_registered() || domain == Domain::Lte;
        if is_better || board.status().registration.is_none() {
            board.status_mut().registration = Some(Observed::new(read, now, domain.question()));
        }
        if read.is_registered() {
            board.rung_shown(now, Rung::Network, RungState::Confirmed, evidence_by(ended, domain.prefix()));
            return self.after_registered(now, board);
        }
        self.denied_since = read.is_denied().then(|| self.denied_since.unwrap_or(now));
        self.ask_other_registration(ended, domain, board)
    }

    /// The packet registration is the tutorial's question, the LTE one the more exact: either may say yes.
    fn ask_other_registration(&mut self, ended: &Ended, domain: Domain, board: &mut Board) -> Turn {
        if !std::mem::replace(&mut self.asked_both, true) {
            let other = if domain == Domain::Lte { Domain::Packet } else { Domain::Lte };
            return self.go(Stage::Registration(other));
        }
        self.asked_both = false;
        let now = ended.ended_at;
        let is_denied = self.denied_since.is_some_and(|since| now.since(since) >= limits::DENIED);
        if now.since(self.since) + limits::NETWORK_POLL > limits::REGISTRATION || is_denied {
            return self.fail_registration(ended, board);
        }
        let is_idle = board.status().registration.as_ref().is_some_and(|seen| seen.value.is_idle());
        if is_idle && !self.asked_radio {
            let shown = evidence(ended);
            return self.suspect_radio(Rung::Network, None, shown);
        }
        self.wait_for_network(now)
    }

    fn fail_registration(&mut self, ended: &Ended, board: &mut Board) -> Turn {
        let after = ended.ended_at.since(self.since);
        if board.status().registration.is_none() {
            return fail_by_end(Rung::Network, ended, board);
        }
        let stat = board.status().registration.as_ref().map_or(4, |seen| seen.value.stat);
        let unheard = board.status().signal.as_ref().filter(|seen| seen.value.rssi_dbm().is_none());
        if let Some(rssi) = unheard.map(|seen| seen.value.rssi)
            && self.denied_since.is_none()
        {
            let shown = board.status().ladder.entry(Rung::Signal).evidence.clone();
            board.rung(ended.ended_at, Rung::Network, RungState::Unknown);
            board.rung_failed(ended.ended_at, Rung::Signal, Fault::NoSignal { rssi }, shown);
            return Turn::Done(Err(Fault::NoSignal { rssi }));
        }
        fail(Rung::Network, Fault::NotRegistered { stat, after }, ended, board)
    }

    /// A signal that was unknown before registration is worth a second question, for the value's sake only.
    fn after_registered(&mut self, now: Moment, board: &mut Board) -> Turn {
        let is_unknown = board.status().signal.as_ref().is_none_or(|seen| seen.value.rssi_dbm().is_none());
        if is_unknown { self.go(Stage::SignalAgain) } else { self.enter(now, Stage::Attach, board) }
    }

    fn after_signal_again(&mut self, ended: &Ended, board: &mut Board) -> Turn {
        note_signal(ended, board);
        if board.state(Rung::Signal) == RungState::Trying {
            board.rung_shown(ended.ended_at, Rung::Signal, RungState::Unknown, evidence_by(ended, "+CSQ"));
        }
        self.after_optional(ended, Rung::Signal, Stage::Attach, board)
    }

    fn after_attach(&mut self, ended: &Ended, board: &mut Board) -> Turn {
        let now = ended.ended_at;
        match (&ended.end, ReadAttach.answer(&ended.answer)) {
            (End::TimedOut { .. }, _) => fail_by_end(Rung::Data, ended, board),
            (_, Some(true)) => {
                board.status_mut().attached = Some(Observed::new(true, now, "AT+CGATT?"));
                board.rung_shown(now, Rung::Data, RungState::Accepted, evidence_by(ended, "+CGATT"));
                self.go(Stage::Address)
            }
            (_, is_attached) => {
                if is_attached.is_some() {
                    board.status_mut().attached = Some(Observed::new(false, now, "AT+CGATT?"));
                }
                self.poll_data(ended, board)
            }
        }
    }

    fn after_address(&mut self, ended: &Ended, board: &mut Board) -> Turn {
        let now = ended.ended_at;
        match (&ended.end, ReadAddress.answer(&ended.answer)) {
            (End::TimedOut { .. }, _) => fail_by_end(Rung::Data, ended, board),
            (_, Some(address)) => {
                board.status_mut().address = Some(Observed::new(address, now, "AT+CGPADDR"));
                board.rung_shown(now, Rung::Data, RungState::Confirmed, evidence_by(ended, "+CGPADDR"));
                Turn::Done(Ok(()))
            }
            (_, None) => self.poll_data(ended, board),
        }
    }

    /// Asks for attach or address again, as long as both together may take.
    fn poll_data(&mut self, ended: &Ended, board: &mut Board) -> Turn {
        let after = ended.ended_at.since(self.since);
        // An access point that was just set is in use by then, or never.
        let set_now = |set: &Observed<String>| self.since.since(set.at) < limits::ACCESS_POINT;
        let is_set = board.status().access_point_set.as_ref().is_some_and(set_now);
        let limit = if is_set { limits::ACCESS_POINT } else { limits::ATTACH };
        if after + limits::NETWORK_POLL > limit {
            return fail(Rung::Data, Fault::NotAttached { after }, ended, board);
        }
        Turn::Wait(ended.ended_at + limits::NETWORK_POLL)
    }
}

impl Flow for BringUp {
    fn advance(&mut self, now: Moment, input: Input<'_>, board: &mut Board) -> Turn {
        match input {
            Input::Start => self.begin(now, board),
            Input::Ended(ended) => self.answered(ended, board),
            Input::Woken => self.ask_again(),
        }
    }
}

impl Stage {
    const fn rung(self) -> Option<Rung> {
        match self {
            Self::Attention => Some(Rung::At),
            Self::DataEnd
            | Self::Filler
            | Self::ErrorNumbers
            | Self::Identity
            | Self::Radio
            | Self::SignalAgain
            | Self::Address => None,
            Self::Sim => Some(Rung::Sim),
            Self::Signal => Some(Rung::Signal),
            Self::Registration(_) => Some(Rung::Network),
            Self::Attach => Some(Rung::Data),
        }
    }
}

fn note_signal(ended: &Ended, board: &mut Board) {
    let Some(read) = ReadSignal.answer(&ended.answer) else { return };
    board.status_mut().signal = Some(Observed::new(read, ended.ended_at, "AT+CSQ"));
    let state = if read.rssi_dbm().is_some() { RungState::Confirmed } else { RungState::Trying };
    board.rung_shown(ended.ended_at, Rung::Signal, state, evidence_by(ended, "+CSQ"));
}

fn fail(rung: Rung, fault: Fault, ended: &Ended, board: &mut Board) -> Turn {
    board.rung_failed(ended.ended_at, rung, fault.clone(), Some(evidence(ended)));
    Turn::Done(Err(fault))
}

/// Fails by what the exchange itself says.
fn fail_by_end(rung: Rung, ended: &Ended, board: &mut Board) -> Turn {
    let fault = outcome::result(ended).err().unwrap_or_else(|| outcome::unfitting(ended));
    fail(rung, fault, ended, board)
}

/// The lines of the first half when every answer is good, in order.
pub(crate) fn planned_to_card() -> Vec<(Step, String)> {
    vec![
        (Step::Attention, Attention.line().masked()),
        (Step::ErrorNumbers, ErrorNumbers.line().masked()),
        (Step::Identity, ReadIdentity.line().masked()),
        (Step::SimState, ReadSim.line().masked()),
    ]
}

/// The lines of the second half when every answer is good, in order.
pub(crate) fn planned_from_card() -> Vec<(Step, String)> {
    vec![
        (Step::Signal, ReadSignal.line().masked()),
        (Step::Registration, ReadRegistration(Domain::Lte).line().masked()),
        (Step::Attach, ReadAttach.line().masked()),
        (Step::Address, ReadAddress.line().masked()),
    ]
}
