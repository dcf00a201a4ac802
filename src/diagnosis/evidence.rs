//! The facts of a session in one line each, as they were seen on the wire.

use std::time::Duration;

use crate::modem::{
    event::Fault,
    status::{RungState, Status},
};

/// Everything that bears on `fault`: the fault itself, the answer that failed a rung, and the radio's state.
pub(super) fn of(status: &Status, fault: &Fault) -> Vec<String> {
    let mut lines = vec![fault.to_string()];
    if let Some((_, entry)) = status.ladder.first_failed()
        && let Some(evidence) = &entry.evidence
    {
        lines.push(answer(&evidence.command, &evidence.line, evidence.took));
    }
    lines.extend(radio(status));
    lines
}

/// What bears on a message that does not arrive.
pub(super) fn of_missing_message(status: &Status, seconds: u64) -> Vec<String> {
    let mut lines = vec![format!("+MSUB: none in {seconds} s")];
    for subscribed in &status.subscriptions {
        lines.push(format!("AT+MSUB=\"{}\",{}: {:?}", subscribed.filter, subscribed.qos, subscribed.state));
    }
    lines.extend(radio(status));
    lines
}

fn answer(command: &str, line: &str, took: Duration) -> String {
    let line = if line.is_empty() { "(no answer)" } else { line };
    let command = if command.is_empty() { "(unsolicited)" } else { command };
    format!("{command} → {line} ({}.{:03} s)", took.as_secs(), took.subsec_millis())
}

fn radio(status: &Status) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(seen) = &status.signal {
        let dbm = seen.value.rssi_dbm().map_or_else(|| "? dBm".to_owned(), |dbm| format!("{dbm} dBm"));
        lines.push(format!("{}: {} ({dbm})", seen.by, seen.value.rssi));
    }
    if let Some(seen) = &status.registration {
        lines.push(format!("{}: stat {}", seen.by, seen.value.stat));
    }
    let confirmed = status.ladder.iter().filter(|(_, entry)| entry.state == RungState::Confirmed);
    if let Some((highest, _)) = confirmed.last() {
        lines.push(format!("✓ {highest}"));
    }
    lines
}
