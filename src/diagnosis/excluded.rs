//! What it is not: causes that a confirmed step of this session rules out.

use super::{Cause, catalogue as c, suspects::Suspects};
use crate::modem::status::{Rung, RungState, Status};

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
    for (rung, what, causes) in RULED_OUT {
        let entry = status.ladder.entry(*rung);
        let Some(evidence) = entry.evidence.as_ref().filter(|_| entry.state == RungState::Confirmed) else { continue };
        let proof = if evidence.command.is_empty() {
            evidence.line.clone()
        } else {
            format!("{} → {}", evidence.command, evidence.line)
        };
        let innocent: Vec<_> =
            causes.iter().copied().filter(|cause| suspected.iter().all(|suspect| suspect.id != cause.id)).collect();
        suspects.clear(&innocent, *what, proof);
    }
}

/// What each step, once confirmed, cannot go with.
const RULED_OUT: &[(Rung, Innocent, &[&Cause])] = &[
    (
        Rung::At,
        Innocent::Port,
        &[&c::PORT_WRONG, &c::BAUD_WRONG, &c::BAUD_UNTRAINED, &c::NOT_POWERED, &c::NOT_AT_FIRMWARE, &c::UART_WIRING],
    ),
    (Rung::Sim, Innocent::Card, &[&c::SIM_MISSING, &c::SIM_SLOT, &c::SIM_PIN, &c::SIM_PUK, &c::SIM_BUSY]),
    (Rung::Signal, Innocent::Signal, &[&c::SIGNAL_NONE]),
    (
        Rung::Network,
        Innocent::Network,
        &[&c::NOT_REGISTERED, &c::REGISTRATION_DENIED, &c::RADIO_OFF, &c::OPERATOR_FIXED, &c::BAND_LOCKED],
    ),
    (Rung::Data, Innocent::Data, &[&c::NOT_ATTACHED, &c::NO_ADDRESS, &c::APN_LOGIN]),
    (Rung::Dns, Innocent::Name, &[&c::NAME_UNKNOWN, &c::DNS_SILENT, &c::DNS_EARLY]),
    (Rung::Tcp, Innocent::Host, &[&c::TCP_REFUSED, &c::TCP_DROPPED, &c::TCP_PRIVATE, &c::WHITE_LIST, &c::HOST_FORM]),
    (
        Rung::Tls,
        Innocent::Handshake,
        &[
            &c::TLS_ON_PLAIN,
            &c::NO_COMMON_SUITE,
            &c::ELLIPTIC_SERVER,
            &c::ONLY_TLS13,
            &c::CA_WRONG,
            &c::INTERMEDIATE_MISSING,
            &c::KEY_MISMATCH,
        ],
    ),
    (Rung::Mqtt, Innocent::Login, &[&c::NOT_AUTHORISED, &c::LOGIN_WRONG, &c::ID_REFUSED, &c::LOGIN_BOUND]),
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
