//! The last look at an event before it leaves the core: what was sent as a secret stands in none of its texts.

use crate::{
    air780e::verb::Line,
    keys::Learned,
    modem::{
        event::{Event, ExchangeRecord, Fault, Note},
        status::Status,
    },
};

/// Texts that may repeat what was sent.
trait Texts {
    /// Takes the secrets out.
    fn veil(&mut self, learned: &Learned);
}

/// `event` without what was `learned`. The payload of a message is data, and stays.
pub(crate) fn veiled(mut event: Event, learned: &Learned) -> Event {
    if !learned.is_empty() {
        event.veil(learned);
    }
    event
}

impl Texts for Event {
    fn veil(&mut self, learned: &Learned) {
        match self {
            Self::Wire(line) => {
                let shown = if line.kind.is_ours() { learned.veil_ours(&line.text) } else { learned.veil(&line.text) };
                if shown != line.text {
                    line.text = shown.into_owned();
                    line.bytes = None;
                }
            }
            Self::Exchange(record) => record.veil(learned),
            Self::Status(status) => status.veil(learned),
            Self::Subscription { result: Err(fault), .. }
            | Self::Resolved { result: Err(fault), .. }
            | Self::Done { result: Err(fault), .. } => fault.veil(learned),
            Self::Note { note, .. } => note.veil(learned),
            _ => {}
        }
    }
}

impl Texts for ExchangeRecord {
    fn veil(&mut self, learned: &Learned) {
        self.command.veil(learned);
        self.answer.iter_mut().chain(&mut self.unreadable).for_each(|line| line.veil(learned));
        if let Err(fault) = &mut self.result {
            fault.veil(learned);
        }
    }
}

impl Texts for Status {
    fn veil(&mut self, learned: &Learned) {
        for entry in self.ladder.iter_mut() {
            if let Some(evidence) = &mut entry.evidence {
                evidence.command.veil_ours(learned);
                evidence.line.veil(learned);
            }
            if let Some(fault) = &mut entry.fault {
                fault.veil(learned);
            }
        }
    }
}

impl Texts for Fault {
    fn veil(&mut self, learned: &Learned) {
        match self {
            Self::Refused { command, .. } | Self::TimedOut { command, .. } => command.veil(learned),
            Self::BadOutcome { command, got, .. } | Self::Unfitting { command, got } => {
                command.veil(learned);
                got.veil(learned);
            }
            Self::LuaFirmware { line } => line.veil(learned),
            _ => {}
        }
    }
}

impl Texts for Note {
    fn veil(&mut self, learned: &Learned) {
        match self {
            Self::SettingRefused { command, .. } | Self::TooEarly { command, .. } => command.veil(learned),
            Self::PromptLeftOpen { line } | Self::OtherVendor { line } => line.veil(learned),
            Self::Restarted { asked: Some(line) } => line.veil(learned),
            _ => {}
        }
    }
}

impl Texts for Line {
    fn veil(&mut self, learned: &Learned) {
        let shown = learned.veil_ours(self.as_str());
        if shown != self.as_str() {
            *self = self.reworded(&shown);
        }
    }
}

impl Texts for String {
    fn veil(&mut self, learned: &Learned) {
        if let std::borrow::Cow::Owned(shown) = learned.veil(self) {
            *self = shown;
        }
    }
}

/// A command that is kept as text.
trait Ours {
    /// Takes the secrets out.
    fn veil_ours(&mut self, learned: &Learned);
}

impl Ours for String {
    fn veil_ours(&mut self, learned: &Learned) {
        if let std::borrow::Cow::Owned(shown) = learned.veil_ours(self) {
            *self = shown;
        }
    }
}
