//! The facts of a session in one line each, as they were seen on the wire.

use crate::modem::status::{RungState, Status};

use super::{Fact, Trouble};

/// Everything that bears on a trouble: the answer that failed its rung, and the radio's state.
pub(super) fn of(status: &Status, trouble: &Trouble) -> Vec<Fact> {
    let mut facts = Vec::new();
    let entry = trouble.stopped_at().map(|rung| status.ladder.entry(rung));
    let entry = entry.filter(|entry| entry.state == RungState::Failed);
    if let Some(evidence) = entry.and_then(|entry| entry.evidence.as_ref()) {
        facts.push(Fact::at(evidence.at, answer(&evidence.command, &evidence.line)).taking(evidence.took));
    } else {
        facts.push(Fact::at(trouble.at, trouble.fault.to_string()));
    }
    facts.extend(radio(status));
    facts
}

/// A command with the line that decided it.
pub(super) fn answer(command: &str, line: &str) -> String {
    let line = if line.is_empty() { "(no answer)" } else { line };
    if command.is_empty() { line.to_owned() } else { format!("{command} → {line}") }
}

/// The last signal as it was seen.
pub(super) fn signal(status: &Status) -> Option<Fact> {
    let seen = status.signal.as_ref()?;
    let dbm = seen.value.rssi_dbm().map_or_else(|| "? dBm".to_owned(), |dbm| format!("{dbm} dBm"));
    Some(Fact::at(seen.at, format!("{} → +CSQ: {} ({dbm})", seen.by, seen.value.rssi)))
}

fn radio(status: &Status) -> Vec<Fact> {
    let mut facts = Vec::new();
    facts.extend(signal(status));
    if let Some(seen) = &status.registration {
        let (by, stat) = (&seen.by, seen.value.stat);
        let fact = Fact::both(format!("{by}: registration state {stat}"), format!("{by}：注册状态 {stat}"));
        facts.push(fact.when(seen.at));
    }
    facts
}
