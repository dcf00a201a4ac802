//! Flows of one exchange: the signal, the session's state, lines typed by hand.

use crate::{
    air780e::{
        Command,
        mqtt::{LinkState, ReadState},
        raw, signal,
        sim::{EnterPin, SimState},
    },
    at::reply::{End, Ended},
    modem::{
        board::{Board, evidence, evidence_by},
        event::{Fault, Line, Verb},
        outcome,
        status::{Rung, RungState, Session},
        step::Step,
    },
    mqtt::Password,
    time::{Moment, Observed},
};

use super::{Ask, Flow, Input, Turn, ask, close::forget_session, facts, probe};

/// Asks for the signal strength.
#[derive(Debug)]
pub(crate) struct SignalFlow;

impl Flow for SignalFlow {
    fn advance(&mut self, _now: Moment, input: Input<'_>, board: &mut Board) -> Turn {
        let Input::Ended(ended) = input else { return ask(&signal::ReadSignal, Step::Signal) };
        Turn::Done(take_signal(ended, board))
    }
}

/// Writes the signal that was read.
pub(super) fn take_signal(ended: &Ended, board: &mut Board) -> Result<(), Fault> {
    outcome::result(ended)?;
    let read = signal::ReadSignal.answer(&ended.answer).ok_or_else(|| outcome::unfitting(ended))?;
    board.status_mut().signal = Some(Observed::new(read, ended.ended_at, "AT+CSQ"));
    let shown = evidence_by(ended, "+CSQ");
    match (read.rssi_dbm(), board.state(Rung::Signal)) {
        (Some(_), _) => board.rung_shown(ended.ended_at, Rung::Signal, RungState::Confirmed, shown),
        // What was confirmed once is taken back.
        (None, RungState::Confirmed) => board.rung_shown(ended.ended_at, Rung::Signal, RungState::Stale, shown),
        (None, RungState::Unknown) => board.rung_shown(ended.ended_at, Rung::Signal, RungState::Trying, shown),
        (None, _) => {}
    }
    Ok(())
}

/// Asks whether the session that is believed to be open is there: a refusal spoke against it.
#[derive(Debug)]
pub(crate) struct StateFlow;

impl Flow for StateFlow {
    fn advance(&mut self, _now: Moment, input: Input<'_>, board: &mut Board) -> Turn {
        let Input::Ended(ended) = input else { return probe(&ReadState, Step::SessionState) };
        let is_believed = board.status().session == Session::Connected;
        if is_believed && ReadState.answer(&ended.answer).is_some_and(|state| state != LinkState::LoggedIn) {
            board.found_offline = Some(evidence_by(ended, "+MQTTSTATU").line);
        }
        Turn::Done(outcome::result(ended))
    }
}

/// Runs one command whose end is all there is to know.
#[derive(Debug)]
pub(crate) struct CommandFlow {
    ask: Option<Box<Ask>>,
}

impl CommandFlow {
    /// The flow of `command` as `step`.
    pub(crate) fn new(command: &impl Command, step: Step) -> Self {
        Self { ask: Some(Box::new(Ask { exchange: command.exchange(), step: Some(step), is_probe: false })) }
    }
}

impl Flow for CommandFlow {
    fn advance(&mut self, _now: Moment, input: Input<'_>, _board: &mut Board) -> Turn {
        match (input, self.ask.take()) {
            (Input::Ended(ended), _) => Turn::Done(outcome::result(ended)),
            (_, Some(ask)) => Turn::Ask(ask),
            (_, None) => Turn::Done(Err(Fault::Cancelled)),
        }
    }
}

/// Unlocks the card, and learns its state from the answer.
#[derive(Debug)]
pub(crate) struct PinFlow(pub(crate) Password);

impl Flow for PinFlow {
    fn advance(&mut self, now: Moment, input: Input<'_>, board: &mut Board) -> Turn {
        let Input::Ended(ended) = input else { return ask(&EnterPin(&self.0), Step::EnterPin) };
        let result = outcome::result(ended);
        if result.is_ok() {
            let state = EnterPin(&self.0).answer(&ended.answer).unwrap_or(SimState::Ready);
            let is_ready = state == SimState::Ready;
            board.status_mut().sim = Some(Observed::new(state, now, "AT+CPIN"));
            if is_ready {
                board.rung_shown(now, Rung::Sim, RungState::Confirmed, evidence_by(ended, "+CPIN"));
            }
        }
        Turn::Done(result)
    }

    /// A card counts the tries.
    fn may_repeat(&self) -> bool {
        false
    }
}

/// Sends a line typed by hand.
#[derive(Debug)]
pub(crate) struct RawFlow {
    line: String,
}

impl RawFlow {
    /// The flow of a line that has been checked.
    pub(crate) const fn new(line: String) -> Self {
        Self { line }
    }

    /// The answer shows what it shows, whoever asked. Card and registration are read from every line that tells them.
    fn learn(&self, ended: &Ended, board: &mut Board) {
        // A session that was lost by a restart is not back because the module speaks again.
        let is_lost = matches!(board.status().ladder.entry(Rung::At).fault, Some(Fault::SessionLost(_)));
        let is_down = matches!(board.state(Rung::At), RungState::Failed | RungState::Stale);
        if ended.accepted_at.is_some() && is_down && !is_lost {
            board.rung_shown(ended.ended_at, Rung::At, RungState::Confirmed, evidence(ended));
        }
        facts::learn(&self.line, ended, board);
        let line = Line::from(self.line.as_str());
        match (line.verb(), line.is_question(), line.name().as_str()) {
            (Verb::Signal, true, "AT+CSQ") => drop(take_signal(ended, board)),
            (Verb::Identity, true, "ATI" | "AT+CGMR" | "AT+VER") => facts::learn_identity(ended, board),
            (Verb::Attach, true, _) => facts::learn_attach(ended, board),
            (Verb::Bearer, _, "AT+CGPADDR") => facts::learn_address(ended, board),
            (Verb::Bearer, true, "AT+CGDCONT") => facts::learn_context(ended, board),
            (Verb::SessionState, true, _) => facts::learn_state(ended, board),
            (verb, ..) if verb.is_of_session() && ended.end != End::Done => {
                facts::accuse_ground(ended.ended_at, board);
            }
            _ => {}
        }
    }
}

impl Flow for RawFlow {
    fn advance(&mut self, now: Moment, input: Input<'_>, board: &mut Board) -> Turn {
        match input {
            Input::Ended(ended) => {
                if let Some(reads_hex) = raw::hex_mode(&self.line).filter(|_| ended.end == End::Done) {
                    board.publishing.may_read_hex = reads_hex;
                }
                if raw::ends_session(&self.line) && ended.accepted_at.is_some() {
                    board.is_let_go = true;
                    forget_session(now, board);
                }
                self.learn(ended, board);
                Turn::Done(outcome::result(ended))
            }
            Input::Start | Input::Woken => Ask::turn(raw::exchange(&self.line), None),
        }
    }

    /// The user sees the refusal, and sends the line again when that is wanted.
    fn may_repeat(&self) -> bool {
        false
    }

    /// A restart that was asked for has come.
    fn interrupt(&mut self, _now: Moment, fault: &Fault, _board: &mut Board) -> Turn {
        let is_wanted = matches!(Verb::of(&self.line), Verb::Restart | Verb::PowerDown);
        Turn::Done(if is_wanted { Ok(()) } else { Err(fault.clone()) })
    }

    fn is_closing(&self) -> bool {
        raw::ends_session(&self.line)
    }
}
