//! What the course of a session says about a trouble: order and time of commands, the text of the failing line, answers
//! of questions asked by hand.

use std::time::Duration;

use super::{command, files, losses, marks, network, quiet, tls};
use crate::{
    air780e::verb::{Line, Verb},
    diagnosis::{Case, Cause, Course, Fact, Innocent, Trouble, catalogue as c, evidence, suspects::Suspects},
    modem::{
        event::{ExchangeRecord, Fault, Refusal},
        status::Session,
    },
    time::Moment,
};

/// What happened before `trouble` says about it.
pub(in crate::diagnosis) fn by_course(case: &Case<'_>, trouble: &Trouble, suspects: &mut Suspects) {
    let course = case.course;
    quiet::by_notes(course, suspects);
    marks::in_trouble(course, trouble, suspects);
    match &trouble.fault {
        Fault::SessionLost(loss) => losses::by_loss(course, trouble, *loss, suspects),
        Fault::NoService if !course.logins().is_empty() => {
            losses::lost_the_cell(course, trouble.at, suspects);
        }
        Fault::NotRegistered { .. } | Fault::NotAttached { .. } => by_access_point(course, suspects),
        Fault::NotResolved { number, .. } => {
            by_resolver(*number, evidence::fault(trouble.at, &trouble.fault), suspects);
        }
        Fault::FileDiffers { .. } => course.exchanges().for_each(|record| files::by_count(record, suspects)),
        Fault::Refused { command, .. } | Fault::BadOutcome { command, .. } | Fault::TimedOut { command, .. } => {
            by_command(course, trouble, command, suspects);
        }
        _ => {}
    }
}

fn by_command(course: &Course, trouble: &Trouble, line: &Line, suspects: &mut Suspects) {
    if matches!(trouble.fault, Fault::Refused { .. } | Fault::BadOutcome { .. }) {
        let mut by_text = Suspects::default();
        command::by_text(course, line, &mut by_text);
        // What stands in the command is shown where it was sent, not where it failed.
        let sent = course.exchanges().rfind(|record| record.command == *line && record.sent_at <= trouble.at);
        suspects.add_all(by_text, sent.map_or(trouble.at, |record| record.sent_at));
    }
    match line.verb() {
        Verb::OpenLink | Verb::OpenTls => by_link(course, trouble, line, suspects),
        Verb::LogIn => by_login(course, trouble, line, suspects),
        Verb::WriteFile | Verb::PublishBytes => by_count(course, trouble, line, suspects),
        verb if (verb.subscribes() || verb.publishes()) && may_be_wrong_state(&trouble.fault) => {
            by_missing_session(course, trouble, line, suspects);
        }
        _ => {}
    }
}

/// A link that did not open: what was seen of attachment and name, and the settings of an encrypted one.
fn by_link(course: &Course, trouble: &Trouble, line: &Line, suspects: &mut Suspects) {
    if let Some(record) = course.last(|verb| verb == Verb::Attach)
        && let Some(detached) = record.answer.iter().find(|line| line.starts_with("+CGATT: 0"))
    {
        suspects.seen(&c::NOT_ATTACHED, [asked(record, detached)]);
    }
    by_earlier_success(course, line, trouble.at, suspects);
    if let Some((at, host, result)) = course.resolved()
        && line.target().is_some_and(|target| target.host == host)
    {
        match result {
            Ok(address) => {
                let proof = format!("AT+CDNSGIP=\"{host}\" → {address} ({at} s)");
                suspects.clear(&[&c::NAME_UNKNOWN, &c::DNS_SILENT, &c::DNS_EARLY], Innocent::Name, proof);
            }
            Err(Fault::NotResolved { number, .. }) => {
                let text = format!("AT+CDNSGIP=\"{host}\" → +CDNSGIP:0,{}", number.unwrap_or(10));
                by_resolver(*number, Fact::at(*at, text), suspects);
            }
            Err(_) => {}
        }
    }
    let is_already = matches!(&trouble.fault, Fault::BadOutcome { got, .. } if got.contains("ALREADY"));
    if line.verb() == Verb::OpenTls && !is_already {
        tls::by_settings(course, trouble, suspects);
        tls::by_old_build(course, trouble, suspects);
    }
    if course.status.access_point.as_ref().is_some_and(|seen| !seen.value.apn.is_empty()) {
        by_access_point(course, suspects);
    }
}

/// The same link opened before in this very session: nothing that would never have let it open has come since.
fn by_earlier_success(course: &Course, line: &Line, at: Moment, suspects: &mut Suspects) {
    let Some(target) = line.target() else { return };
    let is_tls = line.verb() == Verb::OpenTls;
    let Some(at) = target.port.and_then(|port| course.reached(target.host, port, is_tls, at)) else { return };
    let proof = Fact::at(at, format!("{} → CONNECT OK ({at} s)", line.name()));
    suspects.clear(NEVER_OPENED, Innocent::Host, proof);
}

fn by_resolver(number: Option<u32>, shown: Fact, suspects: &mut Suspects) {
    match number {
        Some(11 | 12) => suspects.seen(&c::DNS_SILENT, [shown]),
        Some(14 | 15) => suspects.seen(&c::NAME_UNKNOWN, [shown]),
        _ => {}
    }
}

/// A login that failed: when the link had opened, and what lay between.
fn by_login(course: &Course, trouble: &Trouble, line: &Line, suspects: &mut Suspects) {
    let may_be_untimely = may_be_wrong_state(&trouble.fault);
    if may_be_untimely && course.status.session == Session::Connected {
        return suspects.seen(&c::SECOND_LOGIN, [evidence::fault(trouble.at, &trouble.fault)]);
    }
    let login = course.last_until(trouble.at, |verb| verb == Verb::LogIn);
    let sent_at = login.map_or(trouble.at, |record| record.sent_at);
    let Some(opening) = course.exchanges().rfind(|record| record.command.verb().opens() && record.sent_at <= sent_at)
    else {
        if is_wrong_state(&trouble.fault) {
            suspects.seen(&c::WRONG_STATE, [Fact::at(sent_at, line.to_string())]);
        }
        return;
    };
    let opened =
        evidence::answered(opening.ended_at, &opening.command, opening.answer.last().map_or("", String::as_str));
    let closed = course.lines("CLOSED").find(|(at, _)| *at >= opening.ended_at && *at <= sent_at);
    let is_open = opening.result.is_ok();
    if let Some((at, _)) = closed.filter(|_| is_open && may_be_untimely) {
        let waited = course.gap(opening.ended_at, at);
        let closed = Fact::at(at, "CLOSED");
        let closed = waited.map_or(closed.clone(), |waited| closed.taking(waited));
        let facts = [opened, closed, Fact::at(sent_at, line.to_string())];
        return match waited {
            // Nobody can log in so soon: the server wanted nobody.
            Some(waited) if waited <= AT_ONCE => suspects.likely(&c::CLOSED_AT_ONCE, facts),
            Some(_) => suspects.seen(&c::LATE_LOGIN, facts),
            None => {
                suspects.likely(&c::LATE_LOGIN, facts);
                suspects.any_of(&[&c::CLOSED_AT_ONCE]);
            }
        };
    }
    if opening.ended_at > sent_at && opening.accepted_at.is_some_and(|at| at <= sent_at) {
        return suspects.seen(&c::EARLY_LOGIN, [Fact::at(sent_at, line.to_string()), opened]);
    }
    let is_unanswered = opening.accepted_at.is_some() && matches!(opening.result, Err(Fault::TimedOut { .. }));
    if is_unanswered && may_be_untimely && opening.ended_at >= sent_at {
        return suspects.seen(
            &c::EARLY_LOGIN,
            [Fact::at(opening.sent_at, opening.command.to_string()), Fact::at(sent_at, line.to_string())],
        );
    }
    if may_be_untimely && has_logged_in(course, opening.ended_at, sent_at) {
        return suspects.seen(&c::SECOND_LOGIN, [opened, Fact::at(sent_at, line.to_string())]);
    }
    if !is_open && is_wrong_state(&trouble.fault) {
        return suspects.seen(&c::WRONG_STATE, [opened, Fact::at(sent_at, line.to_string())]);
    }
    if is_open {
        // The link may be closed again by now; it was there when the login failed.
        let innocent = [&c::TCP_REFUSED, &c::TCP_DROPPED, &c::TCP_PRIVATE, &c::WHITE_LIST, &c::NAME_UNKNOWN];
        suspects.clear(&innocent, Innocent::Host, opened.to_string());
    }
    let has_config = course.exchanges().any(|record| record.command.verb() == Verb::Configure && record.result.is_ok());
    if !has_config && opening.step.is_none() && is_open {
        by_missing_config(course, opening, opened, suspects);
    }
}

/// No client id was set in sight. A recording that begins with the link may have missed it, and a port of another language needs none.
fn by_missing_config(course: &Course, opening: &ExchangeRecord, opened: Fact, suspects: &mut Suspects) {
    // A module that was not seen to start may have been told long before.
    let is_from_start = course.boots().iter().any(|boot| *boot <= opening.sent_at);
    let is_of_mqtt = opening.command.target().and_then(|target| target.port).is_none_or(|port| port == MQTT_PORT);
    if is_from_start && is_of_mqtt {
        suspects.likely(&c::CONFIG_MISSING, [opened]);
    } else {
        suspects.possible(&c::CONFIG_MISSING, [opened]);
    }
}

/// The bytes behind a prompt, counted against what was announced.
fn by_count(course: &Course, trouble: &Trouble, line: &Line, suspects: &mut Suspects) {
    let record = course.exchanges().rev().find(|record| record.command == *line && record.sent_at <= trouble.at);
    if let Some(record) = record {
        files::by_count(record, suspects);
    }
}

/// A publish or subscription outside a session: it was lost, or never there.
fn by_missing_session(course: &Course, trouble: &Trouble, line: &Line, suspects: &mut Suspects) {
    let login = course.exchanges().rfind(|record| record.command.verb() == Verb::LogIn && record.result.is_ok());
    let failing = Fact::at(trouble.at, line.to_string());
    let Some(login) = login else {
        // A recording that begins in the middle of a session shows how it ended.
        let used = course.traffic_until(trouble.at);
        if let Some(used) = used
            && let Some((at, _)) = course.lines("CLOSED").find(|(at, _)| *at >= used && *at <= trouble.at)
        {
            return suspects.seen(&c::CLOSED_IGNORED, [Fact::at(at, "CLOSED"), failing]);
        }
        let cause = if line.verb() == Verb::Subscribe { &c::EARLY_SUBSCRIBE } else { &c::WRONG_STATE };
        if is_wrong_state(&trouble.fault) {
            return suspects.seen(cause, [failing]);
        }
        // What a bare `ERROR` means, only a link without a login before it can tell.
        if let Some(opening) = unused_link(course, trouble.at) {
            suspects.likely(cause, [Course::fact(opening), failing]);
        }
        return;
    };
    if let Some((at, _)) = course.lines("CLOSED").find(|(at, _)| *at >= login.ended_at && *at <= trouble.at) {
        suspects.seen(&c::CLOSED_IGNORED, [Fact::at(at, "CLOSED"), failing]);
    }
}

/// The last link that opened before `until`, when nobody logged in over it.
fn unused_link(course: &Course, until: Moment) -> Option<&ExchangeRecord> {
    let opening = course.last_until(until, Verb::opens).filter(|record| record.result.is_ok())?;
    let is_login = |record: &ExchangeRecord| record.command.verb() == Verb::LogIn && record.sent_at >= opening.sent_at;
    (!course.exchanges().any(is_login)).then_some(opening)
}

/// A saved access point, by the status or by a question asked by hand, while there is no address.
fn by_access_point(course: &Course, suspects: &mut Suspects) {
    let saved = course.status.access_point.as_ref().filter(|seen| !seen.value.apn.is_empty());
    if let Some(seen) = saved {
        let fact = Fact::at(seen.at, format!("AT+CPNETAPN? → {}", seen.value.apn));
        let is_fresh = network::saved_in_this_run(course).is_some();
        if is_fresh {
            // It was saved in this very session, so it is no leftover.
            suspects.likely(&c::APN_LOGIN, [fact]);
        } else {
            suspects.possible(&c::APN_STALE, [fact.clone()]);
            suspects.possible(&c::APN_LOGIN, [fact]);
        }
    }
}

/// A question with the line that answered it.
fn asked(record: &ExchangeRecord, line: &str) -> Fact {
    evidence::answered(record.ended_at, &record.command, line).taking(record.took())
}

fn has_logged_in(course: &Course, from: Moment, to: Moment) -> bool {
    course.exchanges().any(|record| {
        record.command.verb() == Verb::LogIn && record.result.is_ok() && record.sent_at >= from && record.sent_at < to
    })
}

/// Brokers wait for a login for seconds at least (catalogue, F-134).
const AT_ONCE: Duration = Duration::from_secs(1);
const MQTT_PORT: u16 = 1_883;
/// What a link that opened once cannot suffer from.
const NEVER_OPENED: &[&Cause] = &[
    &c::NAME_UNKNOWN,
    &c::TCP_PRIVATE,
    &c::WHITE_LIST,
    &c::NO_COMMON_SUITE,
    &c::ELLIPTIC_SERVER,
    &c::ONLY_TLS13,
    &c::OLD_SUITES_ONLY,
    &c::NOT_TLS,
    &c::TLS_ON_PLAIN,
    &c::PORT_ROLE,
];

/// 3 and 767 are the module's words for a command at the wrong time (reference, section 5).
fn is_wrong_state(fault: &Fault) -> bool {
    match fault {
        Fault::Refused { refusal, .. } => matches!(refusal, Refusal::Cme(3 | 767)),
        Fault::BadOutcome { got, .. } => got.contains("767"),
        _ => false,
    }
}

/// Whether the fault may come of a wrong time: a bare `ERROR`, which a module prints after `AT+CMEE=0`, says nothing of its reason.
/// Only what the course shows makes it one.
fn may_be_wrong_state(fault: &Fault) -> bool {
    is_wrong_state(fault) || matches!(fault, Fault::Refused { refusal: Refusal::Error, .. })
}
