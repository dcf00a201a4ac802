//! The login at the broker. The modem prints no return code, so several causes stand side by side.

use std::time::Duration;

use super::{signal, tcp};
use crate::{
    air780e::verb::Verb,
    diagnosis::{Course, Fact, Trouble, catalogue as c, suspects::Suspects},
    modem::event::ExchangeRecord,
};

/// `MCONNECT` was accepted and ended in `got` instead of `CONNACK OK`.
pub(super) fn login_refused(course: &Course, got: &str, suspects: &mut Suspects) {
    if got.contains("767") {
        return suspects.any_of(&[&c::WRONG_STATE, &c::SECOND_LOGIN, &c::LATE_LOGIN]);
    }
    by_port(course, suspects);
    if got.contains("CLOSED") {
        // A refused login prints ERROR first: here nobody answered in MQTT, or the broker hangs up without a word.
        suspects.any_of(&[
            &c::CLOSED_AT_ONCE,
            &c::PORT_ROLE,
            &c::PLAIN_ON_TLS,
            &c::CONFIG_MISSING,
            &c::ID_REFUSED,
            &c::VERSION_REFUSED,
            &c::CLIENT_NOT_REGISTERED,
            &c::BANNED,
            &c::NOT_AUTHORISED,
        ]);
        if tcp::is_untimed(course) {
            // Without times nobody knows for how long the broker was silent.
            suspects.any_of(&[&c::NO_CONNACK]);
        }
        return;
    }
    refused_by_broker(course, suspects);
}

/// The broker said no. The module does not print the code of its CONNACK (reference, section 5), so nothing on the wire tells these
/// apart; an empty client id is the one thing that a broker must refuse by itself (MQTT 3.1.1, section 3.1.3.1).
pub(super) fn refused_by_broker(course: &Course, suspects: &mut Suspects) {
    if has_empty_id(course) {
        suspects.likely(&c::ID_REFUSED, []);
    }
    suspects.any_of(&[
        &c::NOT_AUTHORISED,
        &c::LOGIN_WRONG,
        &c::ID_REFUSED,
        &c::LOGIN_BOUND,
        &c::CLOUD_SIGNATURE,
        &c::DEVICE_DISABLED,
        &c::BROKER_UNAVAILABLE,
        &c::VERSION_REFUSED,
    ]);
    if opening(course).is_some_and(|record| record.command.verb() == Verb::OpenTls) {
        suspects.any_of(&[&c::CLIENT_NOT_REGISTERED]);
    }
}

/// `MCONNECT` was accepted and nothing followed.
pub(super) fn login_unanswered(course: &Course, trouble: &Trouble, suspects: &mut Suspects) {
    if was_overtaken(course, trouble, suspects) {
        return;
    }
    by_port(course, suspects);
    if let Some(weak) = signal::weakness(course) {
        suspects.likely(&c::SIGNAL_WEAK, [weak]);
    }
    suspects.likely(&c::NO_CONNACK, []);
    suspects.any_of(&[&c::PLAIN_ON_TLS, &c::PORT_ROLE, &c::HALF_OPEN]);
}

/// The next step of the session was sent before the broker could answer the login.
fn was_overtaken(course: &Course, trouble: &Trouble, suspects: &mut Suspects) -> bool {
    let Some(login) = course.last_until(trouble.at, |verb| verb == Verb::LogIn) else { return false };
    let hasty = course.exchanges().find(|record| record.sent_at >= login.ended_at && record.sent_at > login.sent_at);
    let is_step = |record: &&ExchangeRecord| record.command.verb().subscribes() || record.command.verb().publishes();
    let Some(hasty) = hasty.filter(is_step) else { return false };
    // Without times, that the answer came after all shows that it was not waited for.
    let is_soon = match course.gap(login.sent_at, hasty.sent_at) {
        Some(gap) => gap < PATIENCE,
        None => course.lines("CONNACK").any(|(at, _)| at > hasty.sent_at),
    };
    if is_soon {
        let facts = [login, hasty].map(|record| Fact::at(record.sent_at, record.command.to_string()));
        let cause = if hasty.command.verb().subscribes() { &c::EARLY_SUBSCRIBE } else { &c::OVERLAP };
        suspects.seen(cause, facts);
    }
    is_soon
}

/// A broker that takes longer for a login is not waiting: it does not answer (reference, section 15).
const PATIENCE: Duration = Duration::from_secs(5);

/// Port numbers that by custom speak something else than plain MQTT.
fn by_port(course: &Course, suspects: &mut Suspects) {
    let Some(opening) = opening(course).filter(|record| record.command.verb() == Verb::OpenLink) else {
        return;
    };
    match opening.command.target().and_then(|target| target.port) {
        Some(443 | 8883) => suspects.likely(&c::PLAIN_ON_TLS, [Course::fact(opening)]),
        Some(port) if tcp::is_of_the_web(port) => suspects.likely(&c::PORT_ROLE, [Course::fact(opening)]),
        _ => {}
    }
}

/// The last dialogue that opened a link.
pub(super) fn opening(course: &Course) -> Option<&ExchangeRecord> {
    course.last(Verb::opens).filter(|record| record.result.is_ok())
}

fn has_empty_id(course: &Course) -> bool {
    let config = course.last(|verb| verb == Verb::Configure);
    config.is_some_and(|record| record.command.argument(0).is_some_and(str::is_empty))
}
