//! How a scan writes values.

use chrono::DateTime;

use crate::certs::{CertificateFacts, Digest, PublicKey, Signature};

/// `RSA 2048`, `EC 256`.
pub(super) fn key(facts: &CertificateFacts) -> String {
    match facts.key {
        PublicKey::Rsa { bits } => format!("RSA {bits}"),
        PublicKey::Elliptic { bits } => format!("EC {bits}"),
        PublicKey::Other => "other".to_owned(),
    }
}

/// `RSA-SHA256`, `RSA-PSS`, `ECDSA-SHA384`.
pub(super) fn signature(facts: &CertificateFacts) -> String {
    let hash = |digest: Digest| match digest {
        Digest::Md5 => "MD5",
        Digest::Sha1 => "SHA1",
        Digest::Sha256 => "SHA256",
        Digest::Sha384 => "SHA384",
        Digest::Sha512 => "SHA512",
        Digest::Other => "other",
    };
    match facts.signature {
        Signature::Rsa(digest) => format!("RSA-{}", hash(digest)),
        Signature::RsaPss => "RSA-PSS".to_owned(),
        Signature::Ecdsa(digest) => format!("ECDSA-{}", hash(digest)),
        Signature::Other => "other".to_owned(),
    }
}

/// `2026-03-04T00:30:00Z`.
pub(super) fn moment(seconds: Option<i64>) -> Option<String> {
    let time = DateTime::from_timestamp(seconds?, 0)?;
    Some(time.format("%Y-%m-%dT%H:%M:%SZ").to_string())
}

/// `2026-03-04`.
pub(super) fn day(seconds: Option<i64>) -> String {
    moment(seconds).map_or_else(|| "?".to_owned(), |text| text.chars().take(10).collect())
}

/// `ab12…`, two digits a byte.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat()
}

/// `AB:12:…`, as other tools show a fingerprint.
pub(super) fn fingerprint(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().join(":")
}
