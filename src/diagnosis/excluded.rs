//! What it is not: causes that a confirmed step of this session rules out.

use super::{Cause, catalogue, suspects::Suspects};
use crate::modem::status::{RungState, Status};

/// A cause that cannot be the one, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excluded {
    /// Stable number of the cause, `F-021`.
    pub id: &'static str,
    /// The same as a readable word, `sim_none`.
    pub key: &'static str,
    /// The thing that is in order.
    pub what: Innocent,
    /// The answer that proves it, as it was seen; a sentence of ours in English.
    pub proof: String,
    /// The sentence in Simplified Chinese; `None` for what is the same in every language.
    pub proof_zh: Option<String>,
}

/// A thing that is in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Innocent {
    /// Port, rate, power.
    Port,
    /// The card.
    Card,
    /// The radio.
    Signal,
    /// The registration.
    Network,
    /// Attachment and address.
    Data,
    /// The host name.
    Name,
    /// The broker's host and port.
    Host,
    /// What the port speaks.
    Protocol,
    /// Cipher suites and versions.
    Suites,
    /// The kind of the broker's key.
    ServerKey,
    /// The CA file.
    Authority,
    /// The chain.
    Chain,
    /// Dates.
    Dates,
    /// Names in the certificate.
    ServerName,
    /// The client certificate and key.
    ClientFiles,
    /// The TLS handshake as a whole.
    Handshake,
    /// The login.
    Login,
    /// The keep-alive.
    KeepAlive,
}

/// Clears the causes that `status` rules out, from the cable up.
pub(super) fn by_ladder(status: &Status, suspects: &mut Suspects) {
    by_ladder_except(status, &[], suspects);
}

/// As [`by_ladder`], but none of `suspected` is cleared.
pub(super) fn by_ladder_except(status: &Status, suspected: &[&'static Cause], suspects: &mut Suspects) {
    for (rung, entry) in status.ladder.iter() {
        let Some(evidence) = entry.evidence.as_ref().filter(|_| entry.state == RungState::Confirmed) else { continue };
        let proof = if evidence.command.is_empty() {
            evidence.line.clone()
        } else {
            format!("{} → {}", evidence.command, evidence.line)
        };
        let is_suspected = |cause: &Cause| suspected.iter().any(|suspect| suspect.id == cause.id);
        for cause in catalogue::all().filter(|cause| !is_suspected(cause)) {
            if let Some((_, what)) = cause.ruled_out_by.filter(|(by, _)| *by == rung) {
                suspects.clear(&[cause], what, proof.clone());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::{
        diagnosis::catalogue as c,
        modem::status::{Evidence, Rung},
        time::Moment,
    };

    #[test]
    fn only_a_confirmed_step_rules_out_and_never_a_suspect() {
        let mut status = Status::default();
        for (rung, state) in [(Rung::Sim, RungState::Confirmed), (Rung::Data, RungState::Stale)] {
            let entry = status.ladder.entry_mut(rung);
            entry.state = state;
            let (command, line) = ("AT+CPIN?".to_owned(), "+CPIN: READY".to_owned());
            entry.evidence = Some(Evidence { command, line, at: Moment::ZERO, took: Duration::ZERO });
        }
        let excluded = |suspected: &'static Cause| {
            let mut suspects = Suspects::default();
            suspects.seen(suspected, []);
            by_ladder(&status, &mut suspects);
            suspects.findings(&[]).remove(0).excluded
        };
        let ids = |suspected| excluded(suspected).into_iter().map(|one| one.id).collect::<Vec<_>>();
        assert_eq!(ids(&c::TCP_REFUSED), ["F-021", "F-022", "F-023", "F-024", "F-025"]);
        assert_eq!(ids(&c::SIM_PIN), ["F-021", "F-022", "F-024", "F-025"]);
        assert_eq!(excluded(&c::TCP_REFUSED)[0].proof, "AT+CPIN? → +CPIN: READY");
    }
}
