//! Which causes a trouble points to: one file a stage, each rule a pure function with a case that makes it speak and one in
//! which it is silent.
//!
//! A rule says what shows a cause (`seen`), what points to it while its neighbours' facts are absent (`likely`), or between
//! what nothing decides (`any_of`). No order of a list is ever a verdict.

mod broker;
mod command;
mod decided;
mod files;
mod here;
mod losses;
mod marks;
mod network;
mod order;
mod port;
mod proven;
mod quiet;
mod refused;
mod signal;
mod sim;
pub(super) mod tcp;
mod tls;
mod tls_here;
mod traffic;

use super::suspects::Suspects;
use crate::{
    air780e::verb::{Awaited, Line, Verb},
    diagnosis::{Course, Trouble, catalogue as c},
    modem::event::Fault,
};

pub(super) use self::{
    decided::by_bisect,
    here::{at_rest as by_own_files, by_scan, by_this_computer, remarks, rung_of},
    losses::by_later_rhythm,
    order::by_course,
    proven::Proven,
    quiet::at_rest,
};

pub use self::{
    files::{FileJudgement, judge_file},
    tls::seconds as seconds_of_clock,
};

/// What the fault of `trouble` says by itself.
pub(super) fn by_fault(course: &Course, trouble: &Trouble, suspects: &mut Suspects) {
    match &trouble.fault {
        Fault::Port(port) => port::unusable(port, suspects),
        Fault::Silent { .. } => port::silent(suspects),
        Fault::Noise { bytes } => port::noise(course, *bytes, suspects),
        Fault::LuaFirmware { .. } => suspects.seen(&c::NOT_AT_FIRMWARE, []),
        Fault::SimNotReady { state } => sim::not_ready(state, suspects),
        Fault::NoSignal { rssi } => signal::missing(*rssi, suspects),
        Fault::NotRegistered { stat, .. } => network::not_registered(course, *stat, suspects),
        Fault::RadioOff { .. } => suspects.seen(&c::RADIO_OFF, []),
        Fault::NoService => network::not_registered(course, 0, suspects),
        Fault::NotAttached { .. } => network::not_attached(course, suspects),
        Fault::Refused { command, refusal } => refused::by_refusal(course, trouble, command, *refusal, suspects),
        Fault::BadOutcome { command, expected, got, after } => {
            let outcome = Outcome { line: command, expected: *expected, got, after: *after };
            bad_outcome(course, &outcome, suspects);
        }
        Fault::TimedOut { command, expected, .. } => timed_out(course, trouble, command, *expected, suspects),
        Fault::Unfitting { .. } => port::unfitting(suspects),
        // Its own lines, times and order say it: `losses`.
        Fault::SessionLost(_) | Fault::Cancelled => {}
        Fault::NotConnected => suspects.any_of(&[&c::CLOSED_IGNORED, &c::WRONG_STATE]),
        Fault::Busy => suspects.seen(&c::OVERLAP, []),
        Fault::Draft(draft) if draft.concerns_payload() => suspects.seen(&c::PAYLOAD_TOO_LONG, []),
        Fault::Draft(_) => suspects.seen(&c::PUBLISH_TOPIC, []),
        Fault::BadValue { what, why } => command::bad_value(what, why, suspects),
        Fault::NotResolved { number, .. } => tcp::not_resolved(*number, suspects),
        Fault::FileDiffers { expected, found, .. } => files::differs(*expected, *found, suspects),
        Fault::ReadingDisturbed { .. } => files::reading_disturbed(suspects),
        Fault::SettingDiffers { setting, found, .. } => tls::setting_differs(setting, found, suspects),
    }
}

/// An accepted command that did not end as hoped for.
struct Outcome<'a> {
    line: &'a Line,
    expected: Awaited,
    got: &'a str,
    after: std::time::Duration,
}

fn bad_outcome(course: &Course, outcome: &Outcome<'_>, suspects: &mut Suspects) {
    let Outcome { line, expected, got, after } = *outcome;
    match expected {
        Awaited::Link if line.verb() == Verb::OpenTls => tls::not_opened(course, line, got, after, suspects),
        Awaited::Link => tcp::not_opened(course, line, got, after, suspects),
        Awaited::Login => broker::login_refused(course, got, suspects),
        Awaited::Subscribed | Awaited::Unsubscribed => traffic::subscribe_refused(line, got, suspects),
        word if word.confirms_publish() => traffic::publish_refused(line, got, suspects),
        _ if line.verb() == Verb::Resolve => tcp::not_resolved(tcp::resolver_number(got), suspects),
        _ => command::refused(course, line, suspects),
    }
}

fn timed_out(course: &Course, trouble: &Trouble, line: &Line, expected: Awaited, suspects: &mut Suspects) {
    match expected {
        Awaited::Link if line.verb() == Verb::OpenTls => tls::no_answer(course, line, suspects),
        Awaited::Link => tcp::no_answer(course, line, suspects),
        Awaited::Login => broker::login_unanswered(course, trouble, suspects),
        Awaited::Subscribed | Awaited::Unsubscribed => traffic::subscribe_unanswered(course, trouble, suspects),
        word if word.confirms_publish() => traffic::publish_unanswered(course, trouble, suspects),
        Awaited::Prompt => suspects.any_of(&[&c::PROMPT_OPEN, &c::DATA_LENGTH, &c::WRONG_STATE]),
        _ => port::fell_silent(course, trouble, suspects),
    }
}
