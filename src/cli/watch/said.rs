//! The journal's entries for people who look on.

use crate::{
    lang::{Lang, Text},
    watch::Entry,
};

/// One line for people; `None` for what is only for the journal.
pub(super) fn said(entry: &Entry, lang: Lang) -> Option<String> {
    let text = match entry {
        Entry::Watch(plan) => Text::new("watch-begins").put("broker", &plan.broker).put("seconds", plan.for_s),
        Entry::Run { port, .. } => Text::new("watch-through").put("port", port),
        Entry::Up { .. } => Text::new("watch-session-open"),
        Entry::Drop { n, by, .. } => Text::new("watch-drop").put("number", n).with("what", by.words()),
        Entry::Why { n, finding, certainty, undecided, evidence, .. } => {
            let cause = match (finding, certainty) {
                (Some(id), Some(certainty)) => {
                    Text::new("watch-named").put("id", id).with("certainty", sure(certainty))
                }
                _ if undecided.is_empty() => Text::new("watch-no-cause"),
                _ => Text::new("watch-perhaps").put("ids", undecided.join(", ")),
            };
            let text = match evidence.first() {
                Some(proof) => Text::new("watch-drop-because").put("fact", proof.to(lang)),
                None => Text::new("watch-drop"),
            };
            text.put("number", n).with("what", cause)
        }
        Entry::Try { way, .. } => Text::new("check-trying").with("way", way.words()),
        Entry::Vain { way, .. } => {
            Text::new("check-in-vain").with("way", way.words()).put("fault", entry.sentence(lang))
        }
        Entry::Helped { way, .. } => Text::new("watch-helped").with("way", way.words()),
        Entry::Hand { .. } => Text::plain(entry.sentence(lang)),
        Entry::Port { name, there: true, .. } => Text::new("check-port-back").put("port", name),
        Entry::Port { name, there: false, .. } => Text::new("watch-port-away").put("port", name),
        Entry::Gap { t, from } => Text::new("watch-gap").put("seconds", t.since(*from).as_secs()),
        Entry::Missed { .. } => Text::new("watch-missed"),
        Entry::End { .. } => Text::new("watch-over"),
        Entry::Signal { rssi_dbm: Some(dbm), .. } => Text::new("watch-signal").put("dbm", dbm),
        Entry::Signal { rssi_dbm: None, .. } => Text::new("watch-no-signal"),
        Entry::Cell { area, cell, .. } => Text::new("watch-cell").put("name", format_args!("{area:X}-{cell:X}")),
        Entry::Details { .. } | Entry::Beat { .. } => return None,
    };
    Some(format!("{}  {}", entry.time().local(), text.to(lang)))
}

/// How sure a cause is, by the word that the journal has for it.
fn sure(certainty: &str) -> Text {
    Text::new(match certainty {
        "seen" => "watch-seen",
        "likely" => "watch-likely",
        "possible" => "watch-possible",
        other => return Text::plain(other),
    })
}
