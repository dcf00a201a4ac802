//! A certificate signed again with RSA-PSS, which the binding's builder cannot do: the signed part is taken out of the
//! finished certificate, its algorithm exchanged, and both are put together with the new signature.
//!
//! ```text
//! 30 len                      the certificate
//!    30 len                   the part that is signed
//!       A0 len …              version
//!       02 len …              serial number
//!       30 len …              algorithm     ◄─ exchanged
//!       …                     issuer, dates, subject, key, extensions
//!    30 len …                 algorithm     ◄─ exchanged
//!    03 len 00 …              signature     ◄─ made again
//! ```

use openssl::{
    error::ErrorStack,
    hash::MessageDigest,
    pkey::{PKey, Private},
    rsa::Padding,
    sign::{RsaPssSaltlen, Signer},
    x509::X509,
};

/// `certificate` with a PSS signature of `key` over SHA-256, salt of 32 bytes.
pub(super) fn sign_again(certificate: &X509, key: &PKey<Private>) -> Result<X509, ErrorStack> {
    let der = certificate.to_der()?;
    let signed = contents(contents(&der));
    let version = whole(signed);
    let serial = whole(&signed[version.len()..]);
    let before = version.len() + serial.len();
    let algorithm = whole(&signed[before..]);
    let rest = &signed[before + algorithm.len()..];
    let signed = sequence(&[&signed[..before], &PSS, rest]);

    let mut pen = Signer::new(MessageDigest::sha256(), key)?;
    pen.set_rsa_padding(Padding::PKCS1_PSS)?;
    pen.set_rsa_mgf1_md(MessageDigest::sha256())?;
    pen.set_rsa_pss_saltlen(RsaPssSaltlen::DIGEST_LENGTH)?;
    pen.update(&signed)?;
    let signature = element(BIT_STRING, &[&[0], &pen.sign_to_vec()?]);
    X509::from_der(&sequence(&[&signed, &PSS, &signature]))
}

const SEQUENCE: u8 = 0x30;
const BIT_STRING: u8 = 0x03;

/// `rsassaPss` with SHA-256, MGF1 with SHA-256, and a salt of 32 bytes.
const PSS: [u8; 67] = [
    0x30, 0x41, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x0A, 0x30, 0x34, 0xA0, 0x0F, 0x30, 0x0D,
    0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0xA1, 0x1C, 0x30, 0x1A, 0x06, 0x09,
    0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x08, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03,
    0x04, 0x02, 0x01, 0x05, 0x00, 0xA2, 0x03, 0x02, 0x01, 0x20,
];

/// The lengths of the head and of the contents of the element at the front. The input is our own certificate: well
/// formed, and far below 65 536 bytes.
fn lengths(der: &[u8]) -> (usize, usize) {
    match der[1] {
        0x81 => (3, usize::from(der[2])),
        0x82 => (4, usize::from(u16::from_be_bytes([der[2], der[3]]))),
        short => (2, usize::from(short)),
    }
}

/// The element at the front, head included.
fn whole(der: &[u8]) -> &[u8] {
    let (head, body) = lengths(der);
    &der[..head + body]
}

/// The contents of the element at the front.
fn contents(der: &[u8]) -> &[u8] {
    let (head, body) = lengths(der);
    &der[head..head + body]
}

fn sequence(parts: &[&[u8]]) -> Vec<u8> {
    element(SEQUENCE, parts)
}

fn element(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let body = parts.concat();
    let [high, low] = u16::try_from(body.len()).unwrap_or(u16::MAX).to_be_bytes();
    let mut element = match (high, low) {
        (0, 0..=0x7F) => vec![tag, low],
        (0, _) => vec![tag, 0x81, low],
        _ => vec![tag, 0x82, high, low],
    };
    element.extend(body);
    element
}

#[cfg(test)]
mod tests {
    use openssl::nid::Nid;

    use crate::tls::authority::{Authority, KeyKind, LeafSpec, Padding};

    #[test]
    fn the_new_signature_holds_and_says_what_it_is() {
        let now = 1_800_000_000;
        let root = Authority::root("Root", KeyKind::Rsa(2048), 0, now).unwrap();
        let spec = LeafSpec { padding: Padding::Pss, ..LeafSpec::server(&["broker.test"], now) };
        let leaf = root.issue(&spec).unwrap().certificate;
        assert_eq!(leaf.signature_algorithm().object().nid(), Nid::RSASSAPSS);
        assert!(leaf.verify(&root.key).unwrap());
        let other = Authority::root("Root", KeyKind::Rsa(2048), 1, now).unwrap();
        assert!(!leaf.verify(&other.key).unwrap());
    }
}
