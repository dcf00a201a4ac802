//! Everything the module can say of itself, one question after the other. A refused question leaves its value blank.

use crate::{
    air780e::{
        Command,
        details::{ReadBaudRate, ReadClock, ReadExtendedSignal, ReadIdentityBlock, ReadOperator, ReadSupply},
        power::{ReadFunction, ReadStartReason},
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
                End::TimedOut { .. } => return Turn::Done(outcome::result(ended)),
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

fn seen<T>(read: Option<T>, ended: &Ended, by: &'static str) -> Option<Observed<T>> {
    read.map(|value| Observed::new(value, ended.ended_at, by))
}

const QUESTIONS: [Question; 8] = [
    Question {
        exchange: || ReadIdentityBlock.exchange(),
        keep: |ended, details| details.identity = seen(ReadIdentityBlock.answer(&ended.answer), ended, "AT*I"),
    },
    Question {
        exchange: || ReadExtendedSignal.exchange(),
        keep: |ended, details| details.signal = seen(ReadExtendedSignal.answer(&ended.answer), ended, "AT+CESQ"),
    },
    Question {
        exchange: || ReadOperator.exchange(),
        keep: |ended, details| details.operator = seen(ReadOperator.answer(&ended.answer), ended, "AT+COPS?"),
    },
    Question {
        exchange: || ReadClock.exchange(),
        keep: |ended, details| details.clock = seen(ReadClock.answer(&ended.answer), ended, "AT+CCLK?"),
    },
    Question {
        exchange: || ReadSupply.exchange(),
        keep: |ended, details| details.supply_mv = seen(ReadSupply.answer(&ended.answer), ended, "AT+CBC"),
    },
    Question {
        exchange: || ReadStartReason.exchange(),
        keep: |ended, details| details.start_reason = seen(ReadStartReason.answer(&ended.answer), ended, "AT*EXINFO?"),
    },
    Question {
        exchange: || ReadFunction.exchange(),
        keep: |ended, details| details.function = seen(ReadFunction.answer(&ended.answer), ended, "AT+CFUN?"),
    },
    Question {
        exchange: || ReadBaudRate.exchange(),
        keep: |ended, details| details.baud_rate = seen(ReadBaudRate.answer(&ended.answer), ended, "AT+IPR?"),
    },
];
