//! Does a server's chain lead to the CA file? Without a network, from the bytes that a probe brought.

use std::net::IpAddr;

use openssl::{
    error::ErrorStack,
    stack::Stack,
    x509::{
        X509, X509PurposeId, X509Ref, X509StoreContext,
        store::X509StoreBuilder,
        verify::{X509VerifyFlags, X509VerifyParam},
    },
};

use super::certificate::is_same_name;
use crate::tls::{VerifyCode, certificates_from};

/// How a CA file stands to a server's chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CaRelation {
    /// It issued one of the chain's certificates. Where it is an intermediate, a computer still wants the root (code 2 or
    /// 20), while small stacks stop here and are content.
    Issues,
    /// It has the issuer's name and another key: the authority was issued anew (F-098).
    SameNameOtherKey,
    /// It is the server's own certificate (F-099).
    IsTheLeaf,
    /// Nothing connects them (F-097, or F-101 when an intermediate is missing).
    Unrelated,
    /// The CA file holds no certificate.
    Unreadable,
}

/// What speaks for or against a chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainJudgement {
    /// What a check with these files finds.
    pub code: VerifyCode,
    /// Which certificate the code is about, the leaf being 0.
    pub depth: u32,
    /// How the CA file stands to the chain.
    pub relation: CaRelation,
    /// Whether each certificate is issued by the next (F-102).
    pub is_in_order: bool,
    /// Whether the chain ends in a certificate that signed itself; it need not be sent.
    pub sends_root: bool,
    /// How many certificates the server sent.
    pub length: usize,
}

/// Judges a chain (DER, leaf first) by a CA file, a name or address if one is checked, and a clock in seconds since 1970.
///
/// `None` when the chain is empty or its leaf is not a certificate.
pub fn judge_chain(chain: &[Vec<u8>], ca: &[u8], host: Option<&str>, clock: i64) -> Option<ChainJudgement> {
    let certificates: Vec<_> = chain.iter().filter_map(|der| X509::from_der(der).ok()).collect();
    let authorities = certificates_from(ca).unwrap_or_default();
    let leaf = certificates.first()?;
    let last = certificates.last()?;
    let (code, depth) = verify(&certificates, &authorities, host, clock).ok()?;
    Some(ChainJudgement {
        code,
        depth,
        relation: relation(leaf, &certificates, &authorities),
        is_in_order: certificates.windows(2).all(|pair| is_issued_by(&pair[0], &pair[1])),
        sends_root: certificates.len() > 1 && is_issued_by(last, last),
        length: chain.len(),
    })
}

fn verify(
    chain: &[X509],
    authorities: &[X509],
    host: Option<&str>,
    clock: i64,
) -> Result<(VerifyCode, u32), ErrorStack> {
    let mut store = X509StoreBuilder::new()?;
    for authority in authorities {
        store.add_cert(authority.clone())?;
    }
    let mut rules = X509VerifyParam::new()?;
    rules.set_time(clock);
    rules.set_auth_level(0);
    rules.set_purpose(X509PurposeId::SSL_SERVER)?;
    rules.set_flags(X509VerifyFlags::TRUSTED_FIRST)?;
    if let Some(host) = host.filter(|host| !host.contains('\0')) {
        match host.parse::<IpAddr>() {
            Ok(address) => rules.set_ip(address)?,
            Err(_) => rules.set_host(host)?,
        }
    }
    store.set_param(&rules)?;
    let mut others = Stack::new()?;
    for certificate in &chain[1..] {
        others.push(certificate.clone())?;
    }
    X509StoreContext::new()?.init(&store.build(), &chain[0], &others, |check| {
        // The verdict is read from the code; `Err` here only says that the check itself could not run.
        check.verify_cert()?;
        Ok((VerifyCode(check.error().as_raw()), check.error_depth()))
    })
}

fn relation(leaf: &X509Ref, chain: &[X509], authorities: &[X509]) -> CaRelation {
    if authorities.is_empty() {
        return CaRelation::Unreadable;
    }
    let is_leaf = |one: &X509| one.to_der().ok() == leaf.to_der().ok();
    if authorities.iter().any(|one| chain.iter().any(|sent| is_issued_by(sent, one))) {
        CaRelation::Issues
    } else if authorities.iter().any(is_leaf) {
        CaRelation::IsTheLeaf
    } else if authorities.iter().any(|one| chain.iter().any(|sent| has_issuer_named(sent, one))) {
        CaRelation::SameNameOtherKey
    } else {
        CaRelation::Unrelated
    }
}

fn has_issuer_named(certificate: &X509Ref, authority: &X509Ref) -> bool {
    is_same_name(certificate.issuer_name(), authority.subject_name())
}

fn is_issued_by(certificate: &X509Ref, authority: &X509Ref) -> bool {
    let signed = || authority.public_key().and_then(|key| certificate.verify(&key)).unwrap_or(false);
    has_issuer_named(certificate, authority) && signed()
}
