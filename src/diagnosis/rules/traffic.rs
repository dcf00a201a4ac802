//! Subscriptions and messages.

use super::{Causes, signal};
use crate::{diagnosis::catalogue as c, modem::status::Status};

/// `MSUB` was accepted and ended in `got`.
pub(super) fn subscribe_refused(got: &str) -> Causes {
    if got.contains("CLOSED") {
        vec![&c::SUBSCRIBE_DENIED, &c::FILTER_FORM, &c::BROKER_KICK]
    } else {
        vec![&c::SUBSCRIBE_DENIED, &c::WRONG_STATE]
    }
}

/// `MSUB` was accepted and no `SUBACK` followed.
pub(super) fn subscribe_unanswered(status: &Status) -> Causes {
    with_signal(status, &[&c::NO_SUBACK, &c::SUBSCRIBE_DENIED, &c::HALF_OPEN])
}

/// A publish was accepted and ended in `got`.
pub(super) fn publish_refused(status: &Status, got: &str) -> Causes {
    if got.contains("CLOSED") {
        with_signal(status, &[&c::PUBLISH_DENIED, &c::PUBLISH_TOPIC, &c::BROKER_KICK])
    } else {
        vec![&c::NO_PUBACK, &c::WRONG_STATE]
    }
}

/// A publish was accepted and no acknowledgement followed.
pub(super) fn publish_unanswered(status: &Status) -> Causes {
    with_signal(status, &[&c::NO_PUBACK, &c::HALF_OPEN])
}

/// Subscribed, and a message that should come does not.
pub(in crate::diagnosis) fn missing_message() -> Causes {
    vec![&c::TOPIC_DIFFERS, &c::READ_DENIED, &c::SUBSCRIBE_DENIED]
}

fn with_signal(status: &Status, causes: &[&'static crate::diagnosis::Cause]) -> Causes {
    let mut causes = causes.to_vec();
    if signal::is_weak(status) {
        causes.push(&c::SIGNAL_WEAK);
    }
    causes
}
