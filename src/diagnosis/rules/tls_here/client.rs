//! The client's certificate and key, by the server's demand and by the whole handshake with the same files.

use super::{NEGOTIATION, trust::TRUST};
use crate::{
    diagnosis::{Cause, Fact, Here, Innocent, catalogue as c, suspects::Suspects},
    lang::Text,
    tls::{Alert, FailureCause, LocalRefusal, Stage, TlsFailure},
};

/// Whether the server demands what the module does not show.
pub(super) fn by_demand(here: &Here, suspects: &mut Suspects) {
    let Some(free) = &here.free else { return };
    if free.demands_certificate && !here.wanted.shows_certificate {
        let fact = Fact::said(Text::new("fact-client-broker-demands-certificate-computer"));
        suspects.seen(&c::NEEDS_CLIENT_CERTIFICATE, std::iter::once(fact).chain(wanted_authorities(here)));
    } else if !free.demands_certificate && !here.chain.is_empty() {
        let fact = Fact::said(Text::new("fact-client-broker-demands-no-certificate"));
        suspects.clear(&[&c::NEEDS_CLIENT_CERTIFICATE], Innocent::ClientDemand, fact);
    }
}

/// Whose certificates the broker asks for, as far as it says so.
fn wanted_authorities(here: &Here) -> Option<Fact> {
    let names = here.certificate_request()?.authority_names();
    let shown: String = names.join("; ").chars().take(LONGEST).collect();
    (!names.is_empty()).then(|| Fact::said(Text::new("fact-client-asks-certificate").put("shown", shown)))
}

/// The whole handshake with the user's files.
pub(super) fn by_files(here: &Here, suspects: &mut Suspects) {
    let failure = match &here.as_module {
        Some(Ok(established)) => {
            let suite = established.suite_name;
            let fact = || Fact::said(Text::new("fact-client-whole-handshake-works-computer").put("suite", suite));
            suspects.clear(CLIENT, Innocent::ClientFiles, fact());
            return suspects.clear(NEGOTIATION, Innocent::Suites, fact());
        }
        Some(Err(failure)) => failure,
        None => return,
    };
    match (failure.stage, &failure.cause) {
        (_, FailureCause::Refused(refusal)) => by_local(*refusal, suspects),
        (Stage::AfterClientCertificate, FailureCause::PeerAlert(refusal)) => by_alert(*refusal, failure, suspects),
        _ => {}
    }
}

fn by_alert(refusal: Alert, failure: &TlsFailure, suspects: &mut Suspects) {
    let fact = Fact::said(Text::new("fact-client-broker-refuses-computer-after").put("alert", refusal));
    let cause = match refusal {
        Alert::UNKNOWN_CA => &c::CLIENT_UNTRUSTED,
        Alert::CERTIFICATE_EXPIRED => &c::CLIENT_EXPIRED,
        Alert::UNSUPPORTED_CERTIFICATE => &c::CLIENT_USAGE,
        Alert::CERTIFICATE_REVOKED => &c::REVOKED,
        Alert::DECRYPT_ERROR => &c::KEY_MISMATCH,
        _ if failure.seen.client_certificate == Some(false) => &c::NEEDS_CLIENT_CERTIFICATE,
        _ => return suspects.likely(&c::CLIENT_UNTRUSTED, [fact]),
    };
    suspects.seen(cause, [fact]);
    let trusted = Fact::said(Text::new("fact-client-computer-accepts-broker-certificate"));
    suspects.clear(TRUST, Innocent::Authority, trusted);
}

/// The files do not even load here.
fn by_local(refusal: LocalRefusal, suspects: &mut Suspects) {
    let (cause, what) = match refusal {
        LocalRefusal::Authority(_) => (&c::PEM_DAMAGED, Text::new("fact-client-ca-file-does-not")),
        LocalRefusal::Certificate(_) => (&c::PEM_DAMAGED, Text::new("fact-client-client-certificate-does-not")),
        LocalRefusal::Key(_) => (&c::PEM_DAMAGED, Text::new("fact-client-client-key-does-not")),
        LocalRefusal::CertificateMissing => {
            (&c::CLIENT_FILES_MISSING, Text::new("fact-client-no-client-certificate-set"))
        }
        LocalRefusal::KeyMissing => (&c::CLIENT_FILES_MISSING, Text::new("fact-client-no-client-key-set")),
        LocalRefusal::KeyMismatch => (&c::KEY_MISMATCH, Text::new("fact-client-client-key-does-not-belong")),
        _ => return,
    };
    suspects.seen(cause, [Fact::said(what)]);
}

/// So many letters of names stand in a fact.
const LONGEST: usize = 200;
/// What a whole handshake cannot go with.
const CLIENT: &[&Cause] = &[&c::CLIENT_UNTRUSTED, &c::CLIENT_EXPIRED, &c::CLIENT_USAGE, &c::KEY_MISMATCH, &c::REVOKED];
