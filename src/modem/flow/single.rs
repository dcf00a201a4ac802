//! Requests of one exchange: the signal, and lines typed by hand.

use crate::{
    air780e::{Command, raw, signal},
    modem::{
        board::{Board, evidence_by},
        event::Fault,
        outcome,
        plan::Step,
        status::{Rung, RungState},
    },
    time::{Moment, Observed},
};

use super::{Ask, Flow, Input, Turn, ask};

/// Asks for the signal strength.
#[derive(Debug)]
pub(crate) struct SignalFlow;

impl Flow for SignalFlow {
    fn advance(&mut self, _now: Moment, input: Input<'_>, board: &mut Board) -> Turn {
        let Input::Ended(ended) = input else { return ask(&signal::ReadSignal, Step::Signal) };
        if let Err(fault) = outcome::result(ended) {
            return Turn::Done(Err(fault));
        }
        let Some(read) = signal::ReadSignal.answer(&ended.answer) else {
            return Turn::Done(Err(outcome::unfitting(ended)));
        };
        board.status_mut().signal = Some(Observed::new(read, ended.ended_at, "AT+CSQ"));
        if read.rssi_dbm().is_some() {
            board.rung_shown(ended.ended_at, Rung::Signal, RungState::Confirmed, evidence_by(ended, "+CSQ"));
        }
        Turn::Done(Ok(()))
    }
}

/// Sends a line typed by hand.
#[derive(Debug)]
pub(crate) struct RawFlow {
    line: String,
}

impl RawFlow {
    /// The flow of `line`, unless it cannot be sent as it is.
    pub(crate) fn new(line: String) -> Result<Self, Fault> {
        let refused = |why: &str| Err(Fault::BadValue { what: "command", why: why.to_owned() });
        if line.trim().is_empty() {
            return refused("it is empty; type a command such as AT+CSQ");
        }
        if line.chars().any(char::is_control) {
            return refused("it holds a control character or a line end; send one line at a time");
        }
        if raw::wants_data(&line) {
            return refused("it waits for data after a prompt, which a typed line cannot give; use the page for it");
        }
        Ok(Self { line })
    }
}

impl Flow for RawFlow {
    fn advance(&mut self, _now: Moment, input: Input<'_>, _board: &mut Board) -> Turn {
        match input {
            Input::Ended(ended) => Turn::Done(outcome::result(ended)),
            Input::Start | Input::Woken => Turn::Ask(Box::new(Ask { exchange: raw::exchange(&self.line), step: None })),
        }
    }
}
