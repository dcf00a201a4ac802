//! Everything the module can say of itself, one question after the other. A refused question leaves its value blank.

use crate::{
    air780e::{
        Command,
        bearer::{ReadBearers, ReadTcpState},
        details::{ReadBaudRate, ReadClock, ReadExtendedSignal, ReadIdentityBlock, ReadOperator, ReadSupply},
        power::{ReadFunction, ReadStartReason},
        serials::ReadName,
    },
    at::{
        exchange::Exchange,
        reply::{End, Ended},
    },
    modem::{board::Board, outcome, status::Details, step::Step},
    time::{Moment, Observed},
};

use super::{Ask, Flow, Input, Turn};

/// The flow that asks them all.
#[derive(Debug, Default)]
pub(crate) struct DetailsFlow {
    index: usize,
}

/// Learns from the answer to `line` when it is one of the questions; whoever asked it.
pub(super) fn learn(line: &str, ended: &Ended, board: &mut Board) {
    let asked = line.trim().to_ascii_uppercase();
    if let Some(question) = QUESTIONS.iter().find(|question| question.by == asked) {
        let mut found = Details::default();
        (question.keep)(ended, &mut found);
        if found != Details::default() {
            (question.keep)(ended, &mut board.status_mut().details);
        }
    }
}

/// One question: its line, its dialogue, and where its answer goes.
struct Question {
    by: &'static str,
    exchange: fn() -> Exchange,
    keep: fn(&Ended, &mut Details),
}

impl Flow for DetailsFlow {
    fn advance(&mut self, _now: Moment, input: Input<'_>, board: &mut Board) -> Turn {
        if let Input::Ended(ended) = input {
            match ended.end {
                // `OK` without the state that should follow it leaves a blank too.
                End::TimedOut { .. } if ended.accepted_at.is_none() => return Turn::Done(outcome::result(ended)),
                End::Done => (QUESTIONS[self.index].keep)(ended, &mut board.status_mut().details),
                _ => {}
            }
            self.index += 1;
        }
        match QUESTIONS.get(self.index) {
            None => Turn::Done(Ok(())),
            Some(question) => Ask::probing((question.exchange)(), Some(Step::Detail)),
        }
    }
}

/// The question of `command`, whose answer goes into the field.
macro_rules! question {
    ($command:expr, $by:literal, $field:ident) => {
        Question {
            by: $by,
            exchange: || $command.exchange(),
            keep: |ended, details| {
                let seen = |value| Observed::new(value, ended.ended_at, $by);
                details.$field = $command.answer(&ended.answer).map(seen);
            },
        }
    };
}

const QUESTIONS: [Question; 11] = [
    question!(ReadIdentityBlock, "AT*I", identity),
    question!(ReadName::Chip, "AT^HVER", chip),
    question!(ReadExtendedSignal, "AT+CESQ", signal),
    question!(ReadOperator, "AT+COPS?", operator),
    question!(ReadBearers, "AT+CGACT?", bearers),
    question!(ReadClock, "AT+CCLK?", clock),
    question!(ReadSupply, "AT+CBC", supply_mv),
    question!(ReadStartReason, "AT*EXINFO?", start_reason),
    question!(ReadFunction, "AT+CFUN?", function),
    question!(ReadBaudRate, "AT+IPR?", baud_rate),
    question!(ReadTcpState, "AT+CIPSTATUS", tcp_state),
];
