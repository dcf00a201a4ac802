//! Causes that a mark in the course gives away, whatever the stage: a byte, a number, an order of lines, a form of a value.
//!
//! Each rule is a pure function of the course, and of the trouble where it explains one. It names one cause, or stays silent.

mod application;
mod bearer;
mod cloud;
mod comparing;
mod link;
mod payload;
mod reception;
mod settings;
mod start;
mod staying;
#[cfg(test)]
mod tests;
mod text;
mod will;

use std::time::Duration;

use crate::{
    diagnosis::{Course, Fact, Trouble, evidence, suspects::Suspects},
    lang::Text,
    modem::event::{ExchangeRecord, Fault, LossCause, Refusal},
    time::Moment,
};

pub(super) use self::{comparing::by_this_computer, reception::overwriting, start::is_asked_for, text::glued};

/// What marks in the course say about `trouble`.
pub(super) fn in_trouble(course: &Course, trouble: &Trouble, suspects: &mut Suspects) {
    let about: [fn(&Course, &Trouble, &mut Suspects); 20] = [
        text::not_utf8,
        text::glued,
        text::long_will,
        start::too_early,
        start::asked_for,
        bearer::stuck,
        bearer::family,
        bearer::tethered,
        link::one_only,
        link::numbered,
        link::tunnel,
        settings::only_asked,
        cloud::signature,
        cloud::certificate,
        payload::without_prompt,
        payload::in_flight,
        payload::hex_mode,
        payload::too_large,
        staying::keep_alive,
        staying::asleep,
    ];
    for rule in about {
        rule(course, trouble, suspects);
    }
    application::other_module(course, suspects);
}

/// What marks in the course are worth a word about although nothing fails. Never asked while something does: what they show
/// is sure, and no cause of that.
pub(super) fn at_rest(course: &Course, now: Moment, suspects: &mut Suspects) {
    let alone: [fn(&Course, &mut Suspects); 11] = [
        staying::lost_first,
        reception::cut,
        reception::lost,
        reception::backlog,
        application::refused,
        payload::ended_early,
        application::other_module,
        settings::nobody_checks,
        will::incomplete,
        will::came,
        will::shared,
    ];
    for rule in alone {
        rule(course, suspects);
    }
    reception::only_places(course, now, suspects);
    staying::unconfirmed(course, now, suspects);
    comparing::dates(course, course.here(), suspects);
}

/// A command as it went out.
fn sent(record: &ExchangeRecord) -> Fact {
    Fact::at(record.sent_at, shown(&record.command))
}

/// A command with the line of its answer that counts.
fn answered(record: &ExchangeRecord, line: &str) -> Fact {
    evidence::answered(record.ended_at, &shown(&record.command), line).taking(record.took())
}

/// A command with the last line of its answer.
fn ended(record: &ExchangeRecord) -> Fact {
    answered(record, record.answer.last().map_or("OK", String::as_str))
}

/// A sentence of ours about a moment.
fn told(at: Moment, what: Text) -> Fact {
    Fact::said(what).when(at)
}

/// What was met: the failing command with the word that failed it, or the loss.
fn met(trouble: &Trouble) -> Fact {
    evidence::fault(trouble.at, &trouble.fault)
}

fn shown(text: &str) -> String {
    text.chars().take(SHOWN).collect()
}

/// Whether `later` follows `earlier` within `limit`; without times, whether it follows.
fn is_soon(course: &Course, earlier: Moment, later: Moment, limit: Duration) -> bool {
    earlier <= later && course.gap(earlier, later).is_none_or(|gap| gap <= limit)
}

/// Whether the other side closed: a loss, or the outcome of a command.
fn is_close(fault: &Fault) -> bool {
    match fault {
        Fault::SessionLost(loss) => *loss == LossCause::Closed,
        Fault::BadOutcome { got, .. } => got.contains("CLOSED"),
        _ => false,
    }
}

/// 3 and 767 are the module's words for a command at the wrong time (reference, section 5).
fn is_wrong_state(fault: &Fault) -> bool {
    match fault {
        Fault::Refused { refusal, .. } => matches!(refusal, Refusal::Cme(3 | 767)),
        Fault::BadOutcome { got, .. } => got.contains("767"),
        _ => false,
    }
}

const SHOWN: usize = 120;
