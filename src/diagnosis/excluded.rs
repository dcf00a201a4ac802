//! What it is not: causes that a confirmed step of this session rules out.

use super::{Cause, catalogue as c};
use crate::modem::status::{Rung, RungState, Status};

/// A cause that cannot be the one, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excluded {
    /// Stable number of the cause, `F-021`.
    pub id: &'static str,
    /// The same as a readable word, `sim_none`.
    pub key: &'static str,
    /// The answer that proves it, as it was seen.
    pub proof: String,
}

/// Causes that `status` rules out, from the cable up. None of `suspected` is among them.
pub(super) fn by_ladder(status: &Status, suspected: &[&'static Cause]) -> Vec<Excluded> {
    let mut all = Vec::new();
    for (rung, causes) in RULED_OUT {
        let entry = status.ladder.entry(*rung);
        let Some(evidence) = entry.evidence.as_ref().filter(|_| entry.state == RungState::Confirmed) else { continue };
        let proof = if evidence.command.is_empty() {
            evidence.line.clone()
        } else {
            format!("{} → {}", evidence.command, evidence.line)
        };
        let innocent = causes.iter().filter(|cause| suspected.iter().all(|suspect| suspect.id != cause.id));
        all.extend(innocent.map(|cause| Excluded { id: cause.id, key: cause.key, proof: proof.clone() }));
    }
    all
}

/// What each step, once confirmed, cannot go with.
const RULED_OUT: &[(Rung, &[&Cause])] = &[
    (Rung::At, &[&c::PORT_WRONG, &c::BAUD_WRONG, &c::NOT_POWERED, &c::NOT_AT_FIRMWARE]),
    (Rung::Sim, &[&c::SIM_MISSING, &c::SIM_PIN, &c::SIM_PUK]),
    (Rung::Signal, &[&c::SIGNAL_NONE]),
    (Rung::Network, &[&c::NOT_REGISTERED, &c::REGISTRATION_DENIED, &c::RADIO_OFF]),
    (Rung::Data, &[&c::NOT_ATTACHED, &c::NO_ADDRESS]),
];

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::{modem::status::Evidence, time::Moment};

    #[test]
    fn only_a_confirmed_step_rules_out_and_never_a_suspect() {
        let mut status = Status::default();
        for (rung, state) in [(Rung::Sim, RungState::Confirmed), (Rung::Data, RungState::Stale)] {
            let entry = status.ladder.entry_mut(rung);
            entry.state = state;
            let (command, line) = ("AT+CPIN?".to_owned(), "+CPIN: READY".to_owned());
            entry.evidence = Some(Evidence { command, line, at: Moment::ZERO, took: Duration::ZERO });
        }
        let ids = |suspected: &[&'static Cause]| -> Vec<_> {
            by_ladder(&status, suspected).into_iter().map(|excluded| excluded.id).collect()
        };
        assert_eq!(ids(&[]), ["F-021", "F-023", "F-024"]);
        assert_eq!(ids(&[&c::SIM_PIN]), ["F-021", "F-024"]);
        assert_eq!(by_ladder(&status, &[])[0].proof, "AT+CPIN? → +CPIN: READY");
    }
}
