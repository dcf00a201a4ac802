//! The ladder: every rung with its state in a word, and the evidence of the open one.

use std::time::Duration;

use crate::{
    lang::{Phrase, Text},
    model::{
        Model,
        connection::{LinkState, Phase},
        status::{Ladder, RungEntry},
    },
    time::WallAnchor,
};

use super::{
    Rung, RungState, Screen, fault,
    rung::{key, proves, sentence},
    troubleshoot,
};

/// How a rung stands, as the ladder shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    /// It stands as the core says.
    Is(RungState),
    /// Nothing is known because a rung below failed.
    NotReached,
    /// It stood until the connection was ended as it should.
    Rested,
}

impl Standing {
    /// The name of its word in the language files.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Is(RungState::Unknown) => "state-unknown",
            Self::Is(RungState::Trying) => "state-trying",
            Self::Is(RungState::Accepted) => "state-accepted",
            Self::Is(RungState::Confirmed) => "state-confirmed",
            Self::Is(RungState::Failed) => "state-failed",
            Self::Is(RungState::Stale) => "state-stale",
            Self::Is(RungState::NotNeeded) => "state-not-needed",
            Self::NotReached => "state-not-reached",
            Self::Rested => "state-rested",
        }
    }
}

/// One rung.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RungView {
    /// The rung of the ladder.
    pub rung: Rung,
    /// The name of its word in the language files.
    pub key: &'static str,
    /// How it stands.
    pub standing: Standing,
    /// Whether its evidence is open.
    pub is_open: bool,
}

/// The evidence of one rung.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvidenceView {
    /// Which rung.
    pub rung: Rung,
    /// How it stands.
    pub standing: Standing,
    /// What was asked and answered; `None` while nothing was.
    pub seen: Option<Seen>,
    /// What went wrong.
    pub fault: Option<Text>,
    /// What the rung proves when it is confirmed.
    pub proves: &'static str,
    /// What to do next; `None` when it is fine.
    pub next: Option<Next>,
}

/// What to do next about a rung.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// The likeliest finding: its number, what is wrong, what to do.
    Finding(&'static str, Phrase, Phrase),
    /// The name of a sentence in the language files, where no finding is about this rung.
    Sentence(&'static str),
}

/// What was asked and answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The command; empty when the line came unasked.
    pub command: String,
    /// The deciding line; empty for silence.
    pub line: String,
    /// The time of day at which it came.
    pub clock: String,
    /// From the command's last byte to the line.
    pub took: Duration,
}

/// The ladder with the open evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LadderView {
    /// All rungs from the cable up.
    pub rungs: Vec<RungView>,
    /// The evidence of the open rung.
    pub evidence: Option<EvidenceView>,
}

/// The ladder as it stands.
pub fn view(model: &Model, screen: &Screen) -> LadderView {
    of(model, screen.rung, &screen.troubleshoot)
}

/// The same with the evidence of `open`, and with what was `diagnosed`.
pub fn of(model: &Model, open: Option<Rung>, diagnosed: &troubleshoot::Screen) -> LadderView {
    let ladder = &model.connection().status().ladder;
    let rests = rests(model.connection());
    let rungs = Rung::ALL
        .into_iter()
        .map(|rung| RungView {
            rung,
            key: key(rung),
            standing: standing(ladder, rung, rests),
            is_open: open == Some(rung),
        })
        .collect();
    let evidence = open.map(|rung| evidence(ladder, (rung, rests), model.anchor(), diagnosed));
    LadderView { rungs, evidence }
}

/// Whether there is no session because that was wanted: what is old then asks for nobody's attention.
fn rests(connection: &LinkState) -> bool {
    matches!(connection.phase(), Phase::Idle | Phase::Open) && connection.fault().is_none()
}

/// Only the first failed rung accuses: what nobody asked above it was not reached.
fn standing(ladder: &Ladder, rung: Rung, rests: bool) -> Standing {
    let state = ladder.entry(rung).state;
    match ladder.first_failed() {
        Some((failed, _)) if failed < rung && state != RungState::NotNeeded => Standing::NotReached,
        None if rests && state == RungState::Stale => Standing::Rested,
        _ => Standing::Is(state),
    }
}

fn evidence(
    ladder: &Ladder,
    (rung, rests): (Rung, bool),
    anchor: Option<WallAnchor>,
    diagnosed: &troubleshoot::Screen,
) -> EvidenceView {
    let entry = ladder.entry(rung);
    let standing = standing(ladder, rung, rests);
    EvidenceView {
        rung,
        standing,
        seen: seen(entry, anchor),
        fault: entry.fault.as_ref().map(fault::text),
        proves: proves(rung),
        next: matches!(standing, Standing::Is(RungState::Failed | RungState::Stale))
            .then(|| next(ladder, rung, diagnosed)),
    }
}

/// The finding about the rung that accuses, or about the lowest one that a loss took the ground from.
fn next(ladder: &Ladder, rung: Rung, diagnosed: &troubleshoot::Screen) -> Next {
    let stale = || ladder.iter().find(|(_, entry)| entry.state == RungState::Stale).map(|(stale, _)| stale);
    let is_accused = diagnosed.has_trouble() && diagnosed.rung().or_else(stale) == Some(rung);
    match diagnosed.first().filter(|_| is_accused) {
        Some(finding) => Next::Finding(finding.id, finding.cause, finding.fix),
        None => Next::Sentence(sentence(rung)),
    }
}

fn seen(entry: &RungEntry, anchor: Option<WallAnchor>) -> Option<Seen> {
    let evidence = entry.evidence.as_ref()?;
    Some(Seen {
        command: evidence.command.clone(),
        line: evidence.line.clone(),
        clock: anchor.map_or_else(|| evidence.at.to_string(), |anchor| anchor.clock_text(evidence.at)),
        took: evidence.took,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_first_failed_rung_accuses() {
        let mut ladder = Ladder::default();
        ladder.entry_mut(Rung::Port).state = RungState::Confirmed;
        ladder.entry_mut(Rung::Sim).state = RungState::Failed;
        ladder.entry_mut(Rung::Mqtt).state = RungState::Failed;
        ladder.entry_mut(Rung::Tls).state = RungState::NotNeeded;
        assert_eq!(standing(&ladder, Rung::Port, false), Standing::Is(RungState::Confirmed));
        assert_eq!(standing(&ladder, Rung::Sim, false), Standing::Is(RungState::Failed));
        assert_eq!(standing(&ladder, Rung::Signal, true), Standing::NotReached);
        assert_eq!(standing(&ladder, Rung::Tls, false), Standing::Is(RungState::NotNeeded));
        assert_eq!(standing(&ladder, Rung::Mqtt, false), Standing::NotReached);
    }
}
