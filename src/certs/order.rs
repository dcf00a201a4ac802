//! The order of a chain: each certificate before the one that issued it.

use super::{certificate::CertificateFacts, role::leaf_of};

/// Certificates (DER), sorted: a leaf first, each followed by what issued it; what belongs to none of them keeps its order.
pub(super) fn upwards(ders: Vec<Vec<u8>>) -> Vec<Vec<u8>> {
    let mut rest: Vec<(CertificateFacts, Vec<u8>)> = Vec::with_capacity(ders.len());
    for der in ders {
        // One that cannot be read is no certificate of the chain.
        if let Some(facts) = CertificateFacts::from_der(&der)
            && rest.iter().all(|(other, _)| other.fingerprint != facts.fingerprint)
        {
            rest.push((facts, der));
        }
    }
    let mut sorted = Vec::with_capacity(rest.len());
    let mut last: Option<CertificateFacts> = None;
    while !rest.is_empty() {
        let above = last.as_ref().and_then(|last| rest.iter().position(|(facts, _)| last.is_below(facts)));
        let next = above.or_else(|| leaf_of(&rest.iter().map(|(facts, _)| facts).collect::<Vec<_>>())).unwrap_or(0);
        let (facts, der) = rest.remove(next);
        sorted.push(der);
        last = Some(facts);
    }
    sorted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tls::authority::{Authority, KeyKind, LeafSpec};

    const NOW: i64 = 1_800_000_000;

    #[test]
    fn a_chain_is_sorted_from_below_and_strangers_keep_their_order() {
        let root = Authority::root("Root", KeyKind::Rsa(2048), 0, NOW).unwrap();
        let middle = root.intermediate("Middle", 1, NOW).unwrap();
        let leaf = middle.issue(&LeafSpec::client("dev", NOW)).unwrap();
        let stranger = Authority::root("Stranger", KeyKind::Rsa(2048), 2, NOW).unwrap();
        let der = |certificate: &openssl::x509::X509Ref| certificate.to_der().unwrap();
        let all =
            [der(root.certificate()), der(stranger.certificate()), der(middle.certificate()), der(&leaf.certificate)];
        let sorted = upwards(all.to_vec());
        assert_eq!(sorted, [3, 2, 0, 1].map(|place| all[place].clone()));
        let again = upwards([all.to_vec(), all.to_vec()].concat());
        assert_eq!(again, sorted, "what is there twice is one");
        assert_eq!(upwards(vec![all[1].clone(), all[0].clone()]), [all[1].clone(), all[0].clone()]);
    }
}
