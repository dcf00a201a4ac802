//! Which causes a fault points to: one file a stage, each a pure function of the status and the fault.
//!
//! This file only finds the stage. Rules return the likeliest cause first and may name one twice.

mod broker;
mod command;
mod course;
mod files;
mod here;
mod losses;
mod network;
mod port;
mod quiet;
mod refused;
mod session;
mod signal;
mod sim;
pub(super) mod tcp;
mod tls;
mod tls_here;
pub(super) mod traffic;

use crate::{
    air780e::verb::Awaited,
    diagnosis::{Cause, catalogue as c},
    modem::{event::Fault, status::Status},
};

pub(super) use self::{
    course::by_course,
    here::{at_rest as by_own_files, by_this_computer, remarks, rung_of},
    quiet::at_rest,
};

pub use self::tls::seconds as seconds_of_clock;

/// What a rule gives: causes, the likeliest first.
pub(super) type Causes = Vec<&'static Cause>;

/// The causes of `fault`.
pub(super) fn causes(status: &Status, fault: &Fault) -> Causes {
    match fault {
        Fault::Port(port) => port::unusable(port),
        Fault::Silent { .. } => port::silent(),
        Fault::Noise { .. } => port::noise(),
        Fault::LuaFirmware { .. } => vec![&c::NOT_AT_FIRMWARE],
        Fault::SimNotReady { state } => sim::not_ready(state),
        Fault::NoSignal { rssi } => signal::missing(*rssi),
        Fault::NotRegistered { stat, .. } => network::not_registered(status, *stat),
        Fault::NoService => network::not_registered(status, 0),
        Fault::NotAttached { .. } => network::not_attached(status),
        Fault::Refused { command, refusal } => refused::causes(status, command, *refusal),
        Fault::BadOutcome { command, expected, got, after } => bad_outcome(status, command, *expected, got, *after),
        Fault::TimedOut { command, expected, .. } => timed_out(status, command, *expected),
        Fault::Unfitting { .. } => vec![&c::PORT_SHARED, &c::OVERLAP, &c::PORT_WRONG],
        Fault::SessionLost(loss) => session::lost(status, *loss),
        Fault::NotConnected => vec![&c::CLOSED_IGNORED, &c::WRONG_STATE],
        Fault::Busy => vec![&c::OVERLAP],
        Fault::Draft(draft) if draft.concerns_payload() => vec![&c::PAYLOAD_TOO_LONG],
        Fault::Draft(_) => vec![&c::PUBLISH_TOPIC, &c::TOPIC_TOO_LONG],
        Fault::BadValue { what, why } => command::bad_value(what, why),
        Fault::NotResolved { number, .. } => tcp::not_resolved(*number),
        Fault::FileDiffers { expected, found, .. } => files::differs(*expected, *found),
        Fault::SettingDiffers { setting, found, .. } => tls::setting_differs(setting, found),
        Fault::Cancelled => Causes::new(),
    }
}

fn bad_outcome(status: &Status, command: &str, expected: Awaited, got: &str, after: std::time::Duration) -> Causes {
    match expected {
        Awaited::Link if tls::is_encrypted(command) => tls::not_opened(status, command, got, after),
        Awaited::Link => tcp::not_opened(status, command, got, after),
        Awaited::Login => broker::login_refused(status, got),
        Awaited::Subscribed | Awaited::Unsubscribed => traffic::subscribe_refused(got),
        word if word.confirms_publish() => traffic::publish_refused(status, got),
        _ => command::refused(command),
    }
}

fn timed_out(status: &Status, command: &str, expected: Awaited) -> Causes {
    match expected {
        Awaited::Link if tls::is_encrypted(command) => tls::no_answer(status),
        Awaited::Link => tcp::no_answer(status, command),
        Awaited::Login => broker::login_unanswered(status),
        Awaited::Subscribed | Awaited::Unsubscribed => traffic::subscribe_unanswered(status),
        word if word.confirms_publish() => traffic::publish_unanswered(status),
        Awaited::Prompt => vec![&c::PROMPT_OPEN, &c::DATA_LENGTH, &c::WRONG_STATE],
        _ => port::fell_silent(),
    }
}
