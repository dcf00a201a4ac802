//! Which certificate a module must believe so that it can check a server: from the chain that the server shows, its root completed
//! from this system's store where the server does not send it.

mod words;

use openssl::x509::{X509, X509Ref};

use crate::{
    certs::{CertificateFacts, Digest, PublicKey, Signature, judge_chain},
    tls::VerifyCode,
};

/// Where a certificate comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The server's own certificate, which signed itself.
    Itself,
    /// A root that the server sends along.
    Sent,
    /// A root of this system's store.
    System,
    /// An intermediate that the server sends: its root is known neither here nor there.
    Intermediate,
}

/// What stands against a way from the leaf up to an authority, for a small stack that knows RSA.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hurdle {
    /// Nothing.
    None,
    /// A signature with SHA-1, SHA-384, SHA-512 or PSS, or a key of an uncommon size: some stacks know it, some do not.
    Doubtful,
    /// A signature or key on an elliptic curve.
    Curve,
}

/// A certificate that could be the CA file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// What stands in it.
    pub facts: CertificateFacts,
    /// The file, PEM.
    pub pem: Vec<u8>,
    /// Where it comes from.
    pub origin: Origin,
    /// What a check of the chain with it alone finds.
    pub code: VerifyCode,
    /// What a small stack may not know on the way to it.
    pub hurdle: Hurdle,
}

impl Candidate {
    /// Whether a module can use it.
    pub fn works(&self) -> bool {
        (self.code == VerifyCode::OK || self.origin == Origin::Intermediate) && self.hurdle < Hurdle::Curve
    }
}

/// The CA file for a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The one to take.
    pub best: Candidate,
    /// Others that the same chain could end in, working or not.
    pub others: Vec<Candidate>,
    /// Who signed the last certificate of the chain, where this system does not know it: the other side of a cross-sign.
    pub unknown: Option<String>,
}

/// Why there is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoChoice {
    /// The server shows no certificate.
    NothingShown,
    /// The server sends its own certificate alone, and this system does not know who issued it.
    IssuerUnknown {
        /// Who did.
        issuer: String,
    },
    /// Each way up needs a signature or key that a stack with RSA alone cannot check.
    Curves {
        /// Where the chain would end.
        authority: String,
    },
    /// Dates or uses stand against each of them.
    Refused {
        /// Where the chain would end.
        authority: String,
        /// What a check with it finds.
        code: VerifyCode,
    },
}

/// The CA file for `chain` (DER, leaf first), with `roots` (DER) as this system's store and `now` in seconds since 1970.
pub fn authority_for(chain: &[Vec<u8>], roots: &[Vec<u8>], now: i64) -> Result<Choice, NoChoice> {
    let certificates: Vec<X509> = chain.iter().filter_map(|der| X509::from_der(der).ok()).collect();
    let Some(leaf) = certificates.first() else { return Err(NoChoice::NothingShown) };
    let known: Vec<X509> = roots.iter().filter_map(|der| X509::from_der(der).ok()).collect();
    let mut ends: Vec<(&X509, Origin)> = Vec::new();
    for (place, certificate) in certificates.iter().enumerate() {
        if is_signed_by(certificate, certificate) {
            ends.push((certificate, if place == 0 { Origin::Itself } else { Origin::Sent }));
        }
        let above = known.iter().filter(|root| is_signed_by(certificate, root));
        ends.extend(above.map(|root| (root, Origin::System)));
    }
    let top = certificates.last().unwrap_or(leaf);
    let is_known_top = is_signed_by(top, top) || known.iter().any(|root| is_signed_by(top, root));
    if ends.is_empty() && certificates.len() > 1 {
        ends.push((top, Origin::Intermediate));
    }
    let issuer = CertificateFacts::of(top).issuer;
    let mut all: Vec<Candidate> = Vec::new();
    for (end, origin) in ends {
        let facts = CertificateFacts::of(end);
        if all.iter().all(|one| one.facts.fingerprint != facts.fingerprint) {
            all.extend(candidate(&certificates, chain, end, facts, origin, now));
        }
    }
    if all.is_empty() {
        return Err(NoChoice::IssuerUnknown { issuer });
    }
    // A root that ends later serves a device longer.
    all.sort_by_key(|one| (!one.works(), one.hurdle, std::cmp::Reverse(one.facts.not_after)));
    let best = all.remove(0);
    if best.works() {
        return Ok(Choice { best, others: all, unknown: (!is_known_top).then_some(issuer) });
    }
    let authority = best.facts.subject;
    if best.hurdle == Hurdle::Curve {
        Err(NoChoice::Curves { authority })
    } else {
        Err(NoChoice::Refused { authority, code: best.code })
    }
}

/// The certificates that this system believes, DER. Empty where it keeps none.
pub fn system_roots() -> Vec<Vec<u8>> {
    let found = rustls_native_certs::load_native_certs();
    for error in &found.errors {
        tracing::debug!(%error, "a part of the system's store cannot be read");
    }
    found.certs.into_iter().map(|certificate| certificate.as_ref().to_vec()).collect()
}

fn candidate(
    certificates: &[X509],
    chain: &[Vec<u8>],
    authority: &X509Ref,
    facts: CertificateFacts,
    origin: Origin,
    now: i64,
) -> Option<Candidate> {
    let pem = authority.to_pem().ok()?;
    let code = judge_chain(chain, &pem, None, now)?.code;
    let hurdle = hurdle(certificates, authority, &facts);
    Some(Candidate { facts, pem, origin, code, hurdle })
}

/// The worst on the way from the leaf to `authority`, whose own signature nobody checks.
fn hurdle(certificates: &[X509], authority: &X509Ref, facts: &CertificateFacts) -> Hurdle {
    let mut worst = match facts.key {
        PublicKey::Rsa { bits: 2_048..=4_096 } => Hurdle::None,
        PublicKey::Rsa { .. } | PublicKey::Other => Hurdle::Doubtful,
        PublicKey::Elliptic { .. } => Hurdle::Curve,
    };
    let own = facts.fingerprint.as_slice();
    for certificate in certificates {
        let link = CertificateFacts::of(certificate);
        if link.fingerprint == own {
            break;
        }
        worst = worst.max(match link.signature {
            Signature::Rsa(Digest::Sha256) => Hurdle::None,
            Signature::Ecdsa(_) => Hurdle::Curve,
            Signature::Rsa(_) | Signature::RsaPss | Signature::Other => Hurdle::Doubtful,
        });
        if is_signed_by(certificate, authority) {
            break;
        }
    }
    worst
}

fn is_signed_by(certificate: &X509Ref, issuer: &X509Ref) -> bool {
    let is_named = certificate.issuer_name().try_cmp(issuer.subject_name()).is_ok_and(std::cmp::Ordering::is_eq);
    is_named && issuer.public_key().and_then(|key| certificate.verify(&key)).unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tls::authority::{Authority, Hash, Identity, KeyKind, LeafSpec, Padding, self_signed};

    const NOW: i64 = 1_800_000_000;

    fn der(identity: &Identity) -> Vec<Vec<u8>> {
        let all = std::iter::once(&identity.certificate).chain(&identity.issuers);
        all.map(|one| one.to_der().expect("DER")).collect()
    }

    fn root_der(authority: &Authority) -> Vec<u8> {
        authority.certificate().to_der().expect("DER")
    }

    fn server() -> LeafSpec {
        LeafSpec::server(&["broker.test"], NOW)
    }

    #[test]
    fn the_root_is_taken_from_the_store_where_the_server_does_not_send_it() {
        let root = Authority::root("Root", KeyKind::Rsa(2048), 0, NOW).expect("a root");
        let middle = root.intermediate("Middle", 1, NOW).expect("an intermediate");
        let chain = der(&middle.issue(&server()).expect("a leaf"));
        let found = authority_for(&chain, &[root_der(&root)], NOW).expect("a choice");
        assert_eq!((found.best.origin, found.best.code), (Origin::System, VerifyCode::OK));
        assert_eq!(found.best.pem, root.certificate_pem().expect("PEM"));
        // Sent along it is the same one.
        let sent = [chain.clone(), vec![root_der(&root)]].concat();
        let found = authority_for(&sent, &[], NOW).expect("a choice");
        assert_eq!((found.best.origin, found.unknown), (Origin::Sent, None));
        // Without a root the intermediate is left, and it is told whose certificate is missing.
        let found = authority_for(&chain, &[], NOW).expect("a choice");
        assert_eq!(found.best.facts.common_name.as_deref(), Some("Middle"));
        assert_eq!((found.best.origin, found.unknown.as_deref()), (Origin::Intermediate, Some("O=Bench, CN=Root")));
        let alone = authority_for(&chain[..1], &[], NOW);
        assert_eq!(alone, Err(NoChoice::IssuerUnknown { issuer: "O=Bench, CN=Middle".to_owned() }));
        assert_eq!(authority_for(&[], &[], NOW), Err(NoChoice::NothingShown));
    }

    #[test]
    fn of_two_roots_over_a_cross_sign_the_one_that_works_is_taken() {
        // "New" stands on its own in the store, and is signed by "Old" for those who know that one alone.
        let old = Authority::root("Old", KeyKind::Rsa(2048), 0, NOW).expect("a root");
        let new = Authority::root("New", KeyKind::Rsa(2048), 1, NOW).expect("a root");
        let cross = old.intermediate("New", 1, NOW).expect("a cross-sign");
        let chain = der(&cross.issue(&server()).expect("a leaf"));
        assert_eq!(chain.len(), 2);
        let found = authority_for(&chain, &[root_der(&new)], NOW).expect("a choice");
        assert_eq!(found.best.facts.common_name.as_deref(), Some("New"));
        assert_eq!(found.unknown.as_deref(), Some("O=Bench, CN=Old"), "the other side of the cross-sign is told");
        let both = authority_for(&chain, &[root_der(&old), root_der(&new)], NOW).expect("a choice");
        assert!(both.best.works() && both.others.iter().all(Candidate::works), "{both:?}");
        assert_eq!(both.others.len(), 1);
        // Ten years on both are over: neither is offered as if it worked.
        let late = authority_for(&chain, &[root_der(&old), root_der(&new)], NOW + 20 * 365 * 86_400);
        assert!(matches!(late, Err(NoChoice::Refused { code: VerifyCode::EXPIRED, .. })), "{late:?}");
    }

    #[test]
    fn where_no_authority_would_do_none_is_chosen() {
        let elliptic = Authority::root("Elliptic", KeyKind::P256, 0, NOW).expect("a root");
        let chain = der(&elliptic.issue(&server()).expect("a leaf"));
        let found = authority_for(&chain, &[root_der(&elliptic)], NOW);
        assert_eq!(found, Err(NoChoice::Curves { authority: "O=Bench, CN=Elliptic".to_owned() }));
        let root = Authority::root("Root", KeyKind::Rsa(2048), 0, NOW).expect("a root");
        for spec in [LeafSpec { padding: Padding::Pss, ..server() }, LeafSpec { hash: Hash::Sha512, ..server() }] {
            let chain = der(&root.issue(&spec).expect("a leaf"));
            let found = authority_for(&chain, &[root_der(&root)], NOW).expect("a choice");
            assert_eq!(found.best.hurdle, Hurdle::Doubtful);
        }
    }

    #[test]
    fn a_certificate_that_signed_itself_is_its_own_authority() {
        let own = self_signed(&server()).expect("a certificate");
        let found = authority_for(&der(&own), &[], NOW).expect("a choice");
        assert_eq!(
            (found.best.origin, found.best.code, found.best.hurdle),
            (Origin::Itself, VerifyCode::OK, Hurdle::None)
        );
    }
}
