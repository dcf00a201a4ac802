//! Flows: small state machines that run several exchanges for one purpose.
//!
//! A flow says what comes next as data; it never waits itself. No flow waits longer than an answer takes.

pub(crate) mod access_point;
pub(crate) mod bring_up;
pub(crate) mod broker;
pub(crate) mod close;
pub(crate) mod connect;
pub(crate) mod details;
pub(crate) mod facts;
pub(crate) mod fetch;
pub(crate) mod measure;
pub(crate) mod names;
pub(crate) mod provision;
pub(crate) mod publish;
pub(crate) mod read_back;
pub(crate) mod recover;
pub(crate) mod secure;
pub(crate) mod settings;
pub(crate) mod single;
pub(crate) mod store;
pub(crate) mod subscribe;
pub(crate) mod trial;
pub(crate) mod watched;

use std::fmt;

use crate::{
    air780e::Command,
    at::{
        exchange::Exchange,
        reply::{End, Ended},
    },
    modem::{
        board::Board,
        event::{Event, Fault, LossCause, Note},
        outcome,
        step::Step,
    },
    time::Moment,
};

/// What a flow wants next.
#[derive(Debug)]
pub(crate) enum Turn {
    /// Run this exchange.
    Ask(Box<Ask>),
    /// Come back at this moment, or earlier when the modem reports something.
    Wait(Moment),
    /// It is over.
    Done(Result<(), Fault>),
}

/// An exchange a flow wants.
#[derive(Clone, Debug)]
pub(crate) struct Ask {
    /// The dialogue.
    pub(crate) exchange: Exchange,
    /// Its place in the plan.
    pub(crate) step: Option<Step>,
    /// The flow goes on whatever the answer is: a refusal is no trouble.
    pub(crate) is_probe: bool,
}

impl Ask {
    /// The wish for `exchange`, whose refusal matters.
    pub(crate) fn turn(exchange: Exchange, step: Option<Step>) -> Turn {
        Turn::Ask(Box::new(Self { exchange, step, is_probe: false }))
    }

    /// The wish for `exchange`, whatever is answered.
    pub(crate) fn probing(exchange: Exchange, step: Option<Step>) -> Turn {
        Turn::Ask(Box::new(Self { exchange, step, is_probe: true }))
    }
}

/// What a flow learns.
#[derive(Debug)]
pub(crate) enum Input<'a> {
    /// It may begin.
    Start,
    /// Its exchange ended.
    Ended(&'a Ended),
    /// The moment it waits for has come, or the modem reported something.
    Woken,
}

/// A step of a running exchange that does not end it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Progress {
    /// The command left for the link.
    Sent,
    /// The command was accepted.
    Accepted,
    /// The first of two words came.
    Word,
}

/// A small state machine for one purpose.
pub(crate) trait Flow: fmt::Debug {
    /// Moves on.
    fn advance(&mut self, now: Moment, input: Input<'_>, board: &mut Board) -> Turn;

    /// Learns of a step of its running exchange that was handed over at `sent_at`.
    fn progress(&mut self, _now: Moment, _sent_at: Moment, _progress: Progress, _board: &mut Board) {}

    /// Learns that the session was lost; its exchange may still be running.
    fn note_loss(&mut self, _cause: LossCause) {}

    /// Whether it stands on a link to the broker, so that its loss ends it.
    fn is_linking(&self) -> bool {
        false
    }

    /// Whether it is closing the link, so that `CLOSED` is what it asked for.
    fn is_closing(&self) -> bool {
        false
    }

    /// Whether it lasts: between its steps others may use the session, and closing the session ends it.
    fn is_lasting(&self) -> bool {
        false
    }

    /// Whether it brings this loss about itself.
    fn expects(&self, cause: LossCause) -> bool {
        cause == LossCause::Closed && self.is_closing()
    }

    /// Whether its exchanges may be asked again when the module was not ready for them.
    fn may_repeat(&self) -> bool {
        true
    }

    /// Learns that the module restarted in the middle: no exchange of it is running any more.
    fn interrupt(&mut self, _now: Moment, fault: &Fault, _board: &mut Board) -> Turn {
        Turn::Done(Err(fault.clone()))
    }

    /// Stops: no exchange of it is running.
    fn cancel(&mut self, _now: Moment, _board: &mut Board) -> Turn {
        Turn::Done(Err(Fault::Cancelled))
    }

    /// Tells how it ended, beyond the end of its request. `was_sent` when its command is on the wire.
    fn settle(&mut self, _now: Moment, _result: &Result<(), Fault>, _was_sent: bool, _board: &mut Board) {}
}

/// Asks `command` as `step` of the plan.
pub(crate) fn ask(command: &impl Command, step: Step) -> Turn {
    Ask::turn(command.exchange(), Some(step))
}

/// Asks `command` as `step` of the plan, and goes on whatever it answers.
pub(crate) fn probe(command: &impl Command, step: Step) -> Turn {
    Ask::probing(command.exchange(), Some(step))
}

/// Notes that a setting which not every firmware knows was refused.
pub(crate) fn note_refusal(ended: &Ended, board: &mut Board) {
    if let (End::Refused(_), Err(Fault::Refused { command, refusal })) = (&ended.end, outcome::result(ended)) {
        board.tell(Event::Note { at: ended.ended_at, note: Note::SettingRefused { command, refusal } });
    }
}
