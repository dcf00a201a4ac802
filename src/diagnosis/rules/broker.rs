//! The login at the broker. The modem prints no return code, so several causes stand side by side.

use super::{Causes, signal, tcp};
use crate::{diagnosis::catalogue as c, modem::status::Status};

/// `MCONNECT` was accepted and ended in `got` instead of `CONNACK OK`.
pub(super) fn login_refused(status: &Status, got: &str) -> Causes {
    if got.contains("767") {
        return vec![&c::WRONG_STATE, &c::SECOND_LOGIN, &c::LATE_LOGIN];
    }
    let mut causes = by_port(status);
    causes.extend([&c::NOT_AUTHORISED, &c::LOGIN_WRONG, &c::ID_REFUSED, &c::LOGIN_BOUND]);
    if got.contains("CLOSED") {
        causes.extend([&c::PLAIN_ON_TLS, &c::CLOSED_AT_ONCE, &c::SAME_ID]);
    }
    causes
}

/// `MCONNECT` was accepted and nothing followed.
pub(super) fn login_unanswered(status: &Status) -> Causes {
    let mut causes = by_port(status);
    if signal::is_weak(status) {
        causes.push(&c::SIGNAL_WEAK);
    }
    causes.extend([&c::NO_CONNACK, &c::PLAIN_ON_TLS, &c::PORT_ROLE]);
    causes
}

/// Port numbers that by custom speak something else than plain MQTT.
fn by_port(status: &Status) -> Causes {
    match tcp::port_in_use(status) {
        Some(443 | 8883) => vec![&c::PLAIN_ON_TLS],
        Some(80 | 8080 | 8083 | 8084 | 18083) => vec![&c::PORT_ROLE],
        _ => Causes::new(),
    }
}
