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
    modem::{board::Board, outcome, plan::Step, status::Details},
    time::{Moment, Observed},
};

use super::{Ask, Flow, Input, Turn};

/// The flow that asks them all.
#[derive(Debug, Default)]
pub(crate) struct DetailsFlow {
    index: usize,
}

/// One question: its dialogue, and where its answer goes.
struct Question {
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
            Some(question) => Turn::Ask(Box::new(Ask { exchange: (question.exchange)(), step: Some(Step::Detail) })),
        }
    }
}

/// The question of `command`, whose answer goes into the field.
macro_rules! question {
    ($command:expr, $by:literal, $field:ident) => {
        Question {
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
