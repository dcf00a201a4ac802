//! What the course of a session says about a trouble: order and time of commands, the text of the failing line, answers
//! of questions asked by hand.

use super::{command, losses, tls};
use crate::{
    diagnosis::{
        Case, Fact, History, Innocent, Trouble, catalogue as c,
        evidence::answer,
        history::{command_of, name},
        suspects::Suspects,
    },
    modem::event::{ExchangeRecord, Fault, Refusal},
    time::Moment,
};

/// What happened before `trouble` says about it.
pub(in crate::diagnosis) fn by_course(case: &Case<'_>, trouble: &Trouble, suspects: &mut Suspects) {
    let history = case.history;
    match &trouble.fault {
        Fault::SessionLost(loss) => losses::by_loss(history, trouble.at, *loss, suspects),
        Fault::NoService if !history.logins().is_empty() => {
            losses::lost_the_cell(history, trouble.at, suspects);
        }
        Fault::NotRegistered { .. } | Fault::NotAttached { .. } => by_access_point(history, suspects),
        Fault::NotResolved { number, .. } => by_resolver(*number, &trouble.fault.to_string(), suspects),
        Fault::Refused { command, .. } | Fault::BadOutcome { command, .. } | Fault::TimedOut { command, .. } => {
            by_command(history, trouble, command, suspects);
        }
        _ => {}
    }
}

fn by_command(history: &History, trouble: &Trouble, line: &str, suspects: &mut Suspects) {
    if is_refused(&trouble.fault) || matches!(trouble.fault, Fault::BadOutcome { .. }) {
        command::by_text(line, &history.status, suspects);
    }
    match name(line) {
        "AT+MIPSTART" | "AT+SSLMIPSTART" => by_link(history, trouble, line, suspects),
        "AT+MCONNECT" => by_login(history, trouble, line, suspects),
        "AT+MSUB" | "AT+MUNSUB" | "AT+MPUB" | "AT+MPUBEX" if is_wrong_state(&trouble.fault) => {
            by_missing_session(history, trouble, line, suspects);
        }
        _ => {}
    }
}

/// A link that did not open: what was seen of attachment and name, and the settings of an encrypted one.
fn by_link(history: &History, trouble: &Trouble, line: &str, suspects: &mut Suspects) {
    if let Some(record) = history.last(&["AT+CGATT"])
        && let Some(detached) = record.answer.iter().find(|line| line.starts_with("+CGATT: 0"))
    {
        suspects.seen(&c::NOT_ATTACHED, [asked(record, detached)]);
    }
    if let Some((at, host, result)) = history.resolved()
        && line.contains(host.as_str())
    {
        match result {
            Ok(address) => {
                let proof = format!("AT+CDNSGIP=\"{host}\" → {address} (@ {at} s)");
                suspects.clear(&[&c::NAME_UNKNOWN, &c::DNS_SILENT, &c::DNS_EARLY], Innocent::Name, proof);
            }
            Err(Fault::NotResolved { number, .. }) => {
                by_resolver(*number, &format!("AT+CDNSGIP=\"{host}\" → +CDNSGIP:0,{}", number.unwrap_or(10)), suspects);
            }
            Err(_) => {}
        }
    }
    if tls::is_encrypted(line) && !matches!(&trouble.fault, Fault::BadOutcome { got, .. } if got.contains("ALREADY")) {
        tls::by_settings(history, suspects);
    }
    if history.status.access_point.as_ref().is_some_and(|seen| !seen.value.apn.is_empty()) {
        by_access_point(history, suspects);
    }
}

fn by_resolver(number: Option<u32>, shown: &str, suspects: &mut Suspects) {
    match number {
        Some(11 | 12) => suspects.seen(&c::DNS_SILENT, [Fact::new(shown)]),
        Some(14 | 15) => suspects.seen(&c::NAME_UNKNOWN, [Fact::new(shown)]),
        _ => {}
    }
}

/// A login that failed: when the link had opened, and what lay between.
fn by_login(history: &History, trouble: &Trouble, line: &str, suspects: &mut Suspects) {
    let login = history.last(&["AT+MCONNECT"]);
    let sent_at = login.map_or(trouble.at, |record| record.sent_at);
    let Some(opening) = history.exchanges().rfind(|record| is_link(&record.command) && record.sent_at <= sent_at)
    else {
        if is_wrong_state(&trouble.fault) {
            suspects.seen(&c::WRONG_STATE, [Fact::at(sent_at, line)]);
        }
        return;
    };
    let opened = Fact::at(opening.ended_at, answer(&opening.command, opening.answer.last().map_or("", String::as_str)));
    let closed = history.line("CLOSED").filter(|(at, _)| *at >= opening.ended_at && *at <= sent_at);
    let is_open = opening.result.is_ok();
    if let Some((at, _)) = closed.filter(|_| is_open && is_wrong_state(&trouble.fault)) {
        let waited = at.since(opening.ended_at);
        return suspects.seen(&c::LATE_LOGIN, [opened, Fact::at(at, "CLOSED").taking(waited), Fact::at(sent_at, line)]);
    }
    if opening.ended_at > sent_at && opening.accepted_at.is_some_and(|at| at <= sent_at) {
        return suspects.seen(&c::EARLY_LOGIN, [Fact::at(sent_at, line), opened]);
    }
    if is_wrong_state(&trouble.fault) && has_logged_in(history, opening.ended_at, sent_at) {
        return suspects.seen(&c::SECOND_LOGIN, [opened, Fact::at(sent_at, line)]);
    }
    if !is_open && is_wrong_state(&trouble.fault) {
        return suspects.seen(&c::WRONG_STATE, [opened, Fact::at(sent_at, line)]);
    }
    if is_open {
        // The link may be closed again by now; it was there when the login failed.
        let innocent = [&c::TCP_REFUSED, &c::TCP_DROPPED, &c::TCP_PRIVATE, &c::WHITE_LIST, &c::NAME_UNKNOWN];
        suspects.clear(&innocent, Innocent::Host, opened.to_string());
    }
    let has_config = history.exchanges().any(|record| name(&record.command) == "AT+MCONFIG" && record.result.is_ok());
    if !has_config && opening.step.is_none() && is_open {
        suspects.likely(&c::CONFIG_MISSING, [opened]);
    }
}

/// A publish or subscription outside a session: it was lost, or never there.
fn by_missing_session(history: &History, trouble: &Trouble, line: &str, suspects: &mut Suspects) {
    let login = history.exchanges().rfind(|record| name(&record.command) == "AT+MCONNECT" && record.result.is_ok());
    let failing = Fact::at(trouble.at, line);
    let Some(login) = login else {
        let cause = if name(line) == "AT+MSUB" { &c::EARLY_SUBSCRIBE } else { &c::WRONG_STATE };
        return suspects.seen(cause, [failing]);
    };
    if let Some((at, _)) = history.line("CLOSED").filter(|(at, _)| *at >= login.ended_at && *at <= trouble.at) {
        suspects.seen(&c::CLOSED_IGNORED, [Fact::at(at, "CLOSED"), failing]);
    }
}

/// A saved access point, by the status or by a question asked by hand, while there is no address.
fn by_access_point(history: &History, suspects: &mut Suspects) {
    let saved = history.status.access_point.as_ref().filter(|seen| !seen.value.apn.is_empty());
    if let Some(seen) = saved {
        let fact = Fact::at(seen.at, format!("AT+CPNETAPN? → {}", seen.value.apn));
        let is_fresh =
            history.exchanges().any(|record| record.command.starts_with("AT+CPNETAPN=2") && record.result.is_ok());
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
    Fact::at(record.ended_at, answer(&record.command, line)).taking(record.took())
}

fn has_logged_in(history: &History, from: Moment, to: Moment) -> bool {
    history.exchanges().any(|record| {
        name(&record.command) == "AT+MCONNECT" && record.result.is_ok() && record.sent_at >= from && record.sent_at < to
    })
}

fn is_link(command: &str) -> bool {
    matches!(name(command), "AT+MIPSTART" | "AT+SSLMIPSTART")
}

fn is_refused(fault: &Fault) -> bool {
    matches!(fault, Fault::Refused { .. }) && command_of(fault).is_some()
}

/// 3 and 767 are the module's words for a command at the wrong time (reference, section 5).
fn is_wrong_state(fault: &Fault) -> bool {
    match fault {
        Fault::Refused { refusal, .. } => matches!(refusal, Refusal::Cme(3 | 767)),
        Fault::BadOutcome { got, .. } => got.contains("767"),
        _ => false,
    }
}
