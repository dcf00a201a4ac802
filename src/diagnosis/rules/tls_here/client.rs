//! The client's certificate and key, by the server's demand and by the whole handshake with the same files.

use super::{NEGOTIATION, trust::TRUST};
use crate::{
    diagnosis::{Cause, Fact, Here, Innocent, catalogue as c, suspects::Suspects},
    tls::{Alert, FailureCause, LocalRefusal, Stage, TlsFailure},
};

/// Whether the server demands what the module does not show.
pub(super) fn by_demand(here: &Here, suspects: &mut Suspects) {
    let Some(free) = &here.free else { return };
    if free.demands_certificate && !here.wanted.shows_certificate {
        let fact = Fact::both("the broker demands a certificate of this computer", "服务器要求本电脑出示客户端证书");
        suspects.seen(&c::NEEDS_CLIENT_CERTIFICATE, std::iter::once(fact).chain(wanted_authorities(here)));
    } else if !free.demands_certificate && !here.chain.is_empty() {
        let fact = Fact::both("the broker demands no certificate of this computer", "服务器不要求客户端证书");
        suspects.clear(&[&c::NEEDS_CLIENT_CERTIFICATE], Innocent::ClientDemand, fact);
    }
}

/// Whose certificates the broker asks for, as far as it says so.
fn wanted_authorities(here: &Here) -> Option<Fact> {
    let names = here.certificate_request()?.authority_names();
    let shown: String = names.join("; ").chars().take(LONGEST).collect();
    (!names.is_empty()).then(|| {
        Fact::both(format!("it asks for a certificate of: {shown}"), format!("它要求由以下机构签发的证书：{shown}"))
    })
}

/// The whole handshake with the user's files.
pub(super) fn by_files(here: &Here, suspects: &mut Suspects) {
    let failure = match &here.as_module {
        Some(Ok(established)) => {
            let suite = established.suite_name;
            let fact = || {
                Fact::both(
                    format!("the whole handshake works from this computer with the module's files and suites: {suite}"),
                    format!("本电脑用模块的文件和套件可以完成整个握手：{suite}"),
                )
            };
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
    let fact = Fact::both(
        format!("the broker refuses this computer after the client's certificate (alert {refusal})"),
        format!("服务器在收到客户端证书后拒绝本电脑（alert {refusal}）"),
    );
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
    let trusted = Fact::both("this computer accepts the broker's certificate", "本电脑接受服务器证书");
    suspects.clear(TRUST, Innocent::Authority, trusted);
}

/// The files do not even load here.
fn by_local(refusal: LocalRefusal, suspects: &mut Suspects) {
    let (cause, en, zh) = match refusal {
        LocalRefusal::Authority(_) => {
            (&c::PEM_DAMAGED, "the CA file does not load on this computer", "CA 文件无法在本电脑加载")
        }
        LocalRefusal::Certificate(_) => {
            (&c::PEM_DAMAGED, "the client certificate does not load on this computer", "客户端证书无法在本电脑加载")
        }
        LocalRefusal::Key(_) => {
            (&c::PEM_DAMAGED, "the client key does not load on this computer", "客户端私钥无法在本电脑加载")
        }
        LocalRefusal::CertificateMissing => {
            (&c::CLIENT_FILES_MISSING, "no client certificate is set", "未设置客户端证书")
        }
        LocalRefusal::KeyMissing => (&c::CLIENT_FILES_MISSING, "no client key is set", "未设置客户端私钥"),
        LocalRefusal::KeyMismatch => {
            (&c::KEY_MISMATCH, "the client key does not belong to the client certificate", "客户端私钥与证书不配对")
        }
        _ => return,
    };
    suspects.seen(cause, [Fact::both(en, zh)]);
}

/// So many letters of names stand in a fact.
const LONGEST: usize = 200;
/// What a whole handshake cannot go with.
const CLIENT: &[&Cause] = &[&c::CLIENT_UNTRUSTED, &c::CLIENT_EXPIRED, &c::CLIENT_USAGE, &c::KEY_MISMATCH, &c::REVOKED];
