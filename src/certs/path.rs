//! The way from a certificate up to the authority that signed itself, as far as files hold it.

use openssl::x509::{X509, X509Ref};

use super::certificate::{CertificateFacts, is_same_name};
use crate::tls::certificates_from;

/// A certificate and its issuers, upwards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// Each is signed by the next. Never empty.
    pub links: Vec<CertificateFacts>,
    /// How it ends.
    pub end: PathEnd,
}

/// How a path ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathEnd {
    /// In a certificate that signed itself.
    SelfSigned,
    /// The next issuer is in none of the files.
    Missing,
    /// A certificate has the issuer's name, but another key signed (F-098).
    SameNameOtherKey,
}

/// The path of the first certificate in `first` through all others there and in `others`, both PEM or DER; `None` when
/// `first` holds no certificate.
pub fn path_upwards(first: &[u8], others: &[u8]) -> Option<Path> {
    let mut pool = certificates_from(first).ok()?;
    let mut link = pool.remove(0);
    pool.extend(certificates_from(others).unwrap_or_default());
    let mut links = vec![CertificateFacts::of(&link)];
    loop {
        if is_signed_by(&link, &link) {
            return Some(Path { links, end: PathEnd::SelfSigned });
        }
        match pool.iter().position(|other| is_signed_by(&link, other)) {
            Some(place) if links.len() < LONGEST => link = pool.swap_remove(place),
            Some(_) => return Some(Path { links, end: PathEnd::Missing }),
            None => {
                let is_named = pool.iter().any(|other| is_same_name(link.issuer_name(), other.subject_name()));
                let end = if is_named { PathEnd::SameNameOtherKey } else { PathEnd::Missing };
                return Some(Path { links, end });
            }
        }
        links.push(CertificateFacts::of(&link));
    }
}

fn is_signed_by(certificate: &X509Ref, issuer: &X509) -> bool {
    is_same_name(certificate.issuer_name(), issuer.subject_name())
        && issuer.public_key().and_then(|key| certificate.verify(&key)).unwrap_or(false)
}

/// Longer ones do not occur.
const LONGEST: usize = 8;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tls::authority::{Authority, KeyKind, LeafSpec};

    const NOW: i64 = 1_800_000_000;

    #[test]
    fn a_path_leads_over_intermediates_to_the_root_and_says_where_it_breaks() {
        let root = Authority::root("Root", KeyKind::Rsa(2048), 0, NOW).unwrap();
        let middle = root.intermediate("Middle", 1, NOW).unwrap();
        let leaf = middle.issue(&LeafSpec::client("dev", NOW)).unwrap();
        let twin = Authority::root("Root", KeyKind::Rsa(2048), 2, NOW).unwrap();
        let ca = root.certificate_pem().unwrap();

        let whole = path_upwards(&leaf.chain_pem().unwrap(), &ca).expect("a path");
        let names: Vec<_> = whole.links.iter().filter_map(|link| link.common_name.as_deref()).collect();
        assert_eq!((names, whole.end), (vec!["dev", "Middle", "Root"], PathEnd::SelfSigned));
        let broken = path_upwards(&leaf.certificate_pem().unwrap(), &ca).expect("a path");
        assert_eq!((broken.links.len(), broken.end), (1, PathEnd::Missing));
        let renewed = path_upwards(&leaf.chain_pem().unwrap(), &twin.certificate_pem().unwrap()).expect("a path");
        assert_eq!((renewed.links.len(), renewed.end), (2, PathEnd::SameNameOtherKey));
        assert_eq!(path_upwards(&ca, b"").expect("a path").end, PathEnd::SelfSigned);
        assert_eq!(path_upwards(b"x", &ca), None);
    }
}
