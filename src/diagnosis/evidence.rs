//! The facts of a session in one line each, as they were seen on the wire.

use crate::{
    lang::Text,
    modem::{
        event::Fault,
        status::{Rung, RungState, Status},
    },
    time::Moment,
};

use super::{Fact, Trouble, trouble::command_of};

/// Everything that bears on a trouble, which shows itself at `met_at`: the answer that failed its rung, and the radio's state where it failed by the radio.
pub(super) fn of(status: &Status, trouble: &Trouble, met_at: Moment) -> Vec<Fact> {
    let mut facts = Vec::new();
    let entry = trouble.stopped_at().map(|rung| status.ladder.entry(rung));
    let entry = entry.filter(|entry| entry.state == RungState::Failed);
    // A command that failed shows itself; its rung may be told by a later answer.
    let is_its_own = |at: Moment| at == trouble.at || command_of(&trouble.fault).is_none();
    if let Some(evidence) = entry.and_then(|entry| entry.evidence.as_ref()).filter(|evidence| is_its_own(evidence.at)) {
        facts.push(answered(evidence.at, &evidence.command, &evidence.line).taking(evidence.took));
    } else {
        facts.push(fault(met_at, &trouble.fault));
    }
    if matches!(trouble.stopped_at(), Some(Rung::Signal | Rung::Network)) {
        facts.extend(radio(status));
    }
    facts
}

/// A command with the line that decided it, or with none.
pub(super) fn answered(at: Moment, command: &str, line: &str) -> Fact {
    match (command, line) {
        ("", "") => Fact::said(Text::new("seen-no-answer")).when(at),
        (_, "") => Fact::said(Text::new("seen-no-answer-to").put("command", command)).when(at),
        ("", _) => Fact::at(at, line),
        _ => Fact::at(at, format!("{command} → {line}")),
    }
}

/// What was met: the command with the word that failed it, or a sentence. It names no time: a recording need not have any.
pub(super) fn fault(at: Moment, fault: &Fault) -> Fact {
    let (text, took) = match fault {
        Fault::Refused { command, refusal } => return answered(at, command, &refusal.to_string()),
        Fault::BadOutcome { command, got, after, .. } => return answered(at, command, got).taking(*after),
        Fault::TimedOut { command, expected, after } => {
            (Text::new("seen-nothing-came").put("command", command).put("expected", expected), Some(*after))
        }
        Fault::NotRegistered { stat, after } => (Text::new("seen-not-registered").put("stat", stat), Some(*after)),
        Fault::NotAttached { after } => (Text::new("seen-not-attached"), Some(*after)),
        other => (other.text(), None),
    };
    Fact { took, ..Fact::said(text).when(at) }
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
        let fact = Fact::said(Text::new("seen-registration").put("by", by).put("registration", stat));
        facts.push(fact.when(seen.at));
    }
    facts
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::{
        air780e::verb::Awaited,
        lang::Lang,
        modem::event::{LossCause, PortFault},
    };

    #[test]
    fn no_fact_of_a_fault_is_english_on_a_chinese_page() {
        let port = || "COM3".to_owned();
        let ports = [
            PortFault::Missing { port: port() },
            PortFault::Busy { port: port() },
            PortFault::NoPermission { port: port(), group: None },
            PortFault::Unplugged { port: port() },
            PortFault::NotSerial { port: port() },
            PortFault::WorkerDied { port: port(), detail: "x".into() },
        ];
        let losses = [
            LossCause::Closed,
            LossCause::BearerLost,
            LossCause::ModuleRestarted,
            LossCause::SimRemoved,
            LossCause::Silent,
        ];
        let after = Duration::from_secs(9);
        let faults = [
            Fault::Silent { tries: 5 },
            Fault::Noise { bytes: 9 },
            Fault::TimedOut { command: "AT+CSQ".into(), expected: Awaited::Acceptance, after },
            Fault::NotRegistered { stat: 2, after },
            Fault::NotAttached { after },
            Fault::RadioOff { function: 4 },
            Fault::NoService,
            Fault::NotConnected,
            Fault::NoSignal { rssi: 99 },
            Fault::NotResolved { host: "b".into(), number: None },
            Fault::SimNotReady { state: "SIM PIN".into() },
            Fault::Unfitting { command: "AT".into(), got: "x".into() },
        ];
        let all = faults.into_iter().chain(ports.map(Fault::Port)).chain(losses.map(Fault::SessionLost));
        for one in all {
            let told = fault(Moment::ZERO, &one);
            let (english, chinese) = (told.to(Lang::En), told.to(Lang::ZhCn));
            assert!(english.is_ascii() && !chinese.is_ascii(), "{english} | {chinese}");
            let is_timed =
                matches!(one, Fault::TimedOut { .. } | Fault::NotRegistered { .. } | Fault::NotAttached { .. });
            assert!(is_timed || english == one.to_string(), "the log and the page say the same: {english} | {one}");
        }
        let empty = answered(Moment::ZERO, "AT+CSQ", "");
        assert!(!empty.to(Lang::ZhCn).is_ascii() && empty.to(Lang::En).is_ascii());
        let wire = answered(Moment::ZERO, "AT", "OK");
        assert_eq!(wire.what.as_plain(), Some("AT → OK"), "what passed the wire is the same in every language");
    }
}
