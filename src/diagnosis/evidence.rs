//! The facts of a session in one line each, as they were seen on the wire.

use crate::modem::{
    event::Fault,
    status::{RungState, Status},
};

use super::Fact;

/// Everything that bears on a fault: the answer that failed a rung, and the radio's state.
pub(super) fn of(status: &Status) -> Vec<Fact> {
    let mut facts = Vec::new();
    if let Some((_, entry)) = status.ladder.first_failed()
        && let Some(evidence) = &entry.evidence
    {
        facts.push(Fact::at(evidence.at, answer(&evidence.command, &evidence.line)).taking(evidence.took));
    }
    facts.extend(radio(status));
    facts
}

/// As [`of`], with the fault itself first, for those who read one list.
pub(super) fn with_fault(status: &Status, fault: &Fault) -> Vec<Fact> {
    let mut facts = vec![Fact::new(fault.to_string())];
    facts.extend(of(status));
    facts
}

/// What bears on a message that does not arrive.
pub(super) fn of_missing_message(status: &Status, seconds: u64) -> Vec<Fact> {
    let mut facts = vec![Fact::new(format!("+MSUB: none in {seconds} s"))];
    for subscribed in &status.subscriptions {
        facts.push(Fact::new(format!("AT+MSUB=\"{}\",{}: {:?}", subscribed.filter, subscribed.qos, subscribed.state)));
    }
    facts.extend(radio(status));
    facts
}

/// A command with the line that decided it.
pub(super) fn answer(command: &str, line: &str) -> String {
    let line = if line.is_empty() { "(no answer)" } else { line };
    if command.is_empty() { line.to_owned() } else { format!("{command} → {line}") }
}

fn radio(status: &Status) -> Vec<Fact> {
    let mut facts = Vec::new();
    if let Some(seen) = &status.signal {
        let dbm = seen.value.rssi_dbm().map_or_else(|| "? dBm".to_owned(), |dbm| format!("{dbm} dBm"));
        facts.push(Fact::at(seen.at, format!("{}: {} ({dbm})", seen.by, seen.value.rssi)));
    }
    if let Some(seen) = &status.registration {
        facts.push(Fact::at(seen.at, format!("{}: stat {}", seen.by, seen.value.stat)));
    }
    let confirmed = status.ladder.iter().filter(|(_, entry)| entry.state == RungState::Confirmed);
    if let Some((highest, _)) = confirmed.last() {
        facts.push(Fact::new(format!("✓ {highest}")));
    }
    facts
}
