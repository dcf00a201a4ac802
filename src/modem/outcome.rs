//! From the end of an exchange to a fault in the core's own words.

use crate::{
    air780e::{codes, verb::Awaited},
    at::reply::{End, Ended, Final},
    modem::event::{Fault, Refusal},
};

/// The result of an exchange: `Ok`, or why not.
pub(crate) fn result(ended: &Ended) -> Result<(), Fault> {
    match &ended.end {
        End::Done => Ok(()),
        End::Refused(how) => Err(Fault::Refused { command: ended.command.as_str().into(), refusal: refusal(how) }),
        End::Bad { expected, got } => Err(Fault::BadOutcome {
            command: ended.command.as_str().into(),
            expected: Awaited::of(expected),
            got: got.clone(),
            after: ended.took(),
        }),
        End::TimedOut { expected, after } => Err(Fault::TimedOut {
            command: ended.command.as_str().into(),
            expected: Awaited::of(expected),
            after: *after,
        }),
    }
}

/// The error number of a refusal, if it has one.
pub(crate) fn error_number(ended: &Ended) -> Option<u32> {
    match &ended.end {
        End::Refused(how) => match refusal(how) {
            Refusal::Cme(number) => Some(number),
            Refusal::Error | Refusal::Cms(_) => None,
        },
        _ => None,
    }
}

/// The fault of an answer that says nothing that fits.
pub(crate) fn unfitting(ended: &Ended) -> Fault {
    Fault::Unfitting { command: ended.command.as_str().into(), got: ended.answer.join(" / ") }
}

fn refusal(how: &Final) -> Refusal {
    match how {
        Final::Ok | Final::Error => Refusal::Error,
        Final::Cme(number) => Refusal::Cme(*number),
        Final::Cms(number) => Refusal::Cms(*number),
        Final::CmeText(words) => codes::cme_by_text(words).map_or(Refusal::Error, Refusal::Cme),
    }
}
