//! The journal's entries for people who look on.

use crate::watch::Entry;

/// One line for people; `None` for what is only for the journal.
pub(super) fn said(entry: &Entry) -> Option<String> {
    let text = match entry {
        Entry::Watch(plan) => format!("watching {} for {} s", plan.broker, plan.for_s),
        Entry::Run { port, .. } => format!("watching through {port}"),
        Entry::Up { .. } => "the session is open".to_owned(),
        Entry::Drop { n, text, .. } => format!("drop {n}: {text}"),
        Entry::Why { n, finding, certainty, undecided, evidence, .. } => {
            let cause = match (finding, certainty) {
                (Some(id), Some(certainty)) => format!("{id} ({certainty})"),
                _ if undecided.is_empty() => "unexplained".to_owned(),
                _ => format!("unexplained, perhaps {}", undecided.join(", ")),
            };
            let because = evidence.first().map_or_else(String::new, |proof| format!(", because {}", proof.text));
            format!("drop {n}: {cause}{because}")
        }
        Entry::Try { way, .. } => format!("trying to come back by {}", way.words()),
        Entry::Vain { way, fault, .. } => format!("{} was in vain: {fault}", way.words()),
        Entry::Helped { way, .. } => format!("{} helped", way.words()),
        Entry::Hand { text, zh, .. } => format!("{text} / {zh}"),
        Entry::Port { name, there: true, .. } => format!("{name} is back"),
        Entry::Port { name, there: false, .. } => format!("{name} is gone; waiting for it to come back"),
        Entry::Gap { t, from } => format!("nobody watched for {} s", t.since(*from).as_secs()),
        Entry::Missed { .. } => "the session was lost while nobody watched".to_owned(),
        Entry::End { .. } => "the time is over".to_owned(),
        Entry::Signal { rssi_dbm, .. } => match rssi_dbm {
            Some(dbm) => format!("signal {dbm} dBm"),
            None => "no signal".to_owned(),
        },
        Entry::Details { .. } | Entry::Beat { .. } => return None,
    };
    Some(format!("{}  {text}", entry.time().local()))
}
