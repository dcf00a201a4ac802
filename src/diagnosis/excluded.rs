//! What it is not: causes that a confirmed step of this session rules out.

use super::{catalogue, cause::Cause, suspects::Suspects};
use crate::modem::status::{RungState, Status};

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
        assert_eq!(excluded(&c::TCP_REFUSED)[0].proof.as_plain(), Some("AT+CPIN? → +CPIN: READY"));
    }
}
