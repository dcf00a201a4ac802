//! What stands in a certificate.

use std::fmt;

use std::net::IpAddr;

use openssl::{
    asn1::{Asn1Time, Asn1TimeRef},
    hash::MessageDigest,
    nid::Nid,
    pkey::Id,
    x509::{GeneralNameRef, X509, X509ExtendedKeyUsage, X509KeyUsage, X509NameRef, X509Ref},
};

use super::der;

/// Kind and size of a public key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PublicKey {
    /// RSA; the only kind for the module's suites.
    Rsa {
        /// Size of the modulus.
        bits: u32,
    },
    /// An elliptic curve.
    Elliptic {
        /// Size of the field.
        bits: u32,
    },
    /// Anything else.
    Other,
}

/// As engineers write it: `RSA 2048`, `EC 256`; a question mark for anything else.
impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rsa { bits } => write!(f, "RSA {bits}"),
            Self::Elliptic { bits } => write!(f, "EC {bits}"),
            Self::Other => f.write_str("?"),
        }
    }
}

/// A hash in a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Digest {
    /// MD5, broken.
    Md5,
    /// SHA-1, refused by today's policies.
    Sha1,
    /// SHA-256, what small stacks take.
    Sha256,
    /// SHA-384.
    Sha384,
    /// SHA-512.
    Sha512,
    /// Another, or one that the algorithm's name does not say.
    Other,
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Md5 => "MD5",
            Self::Sha1 => "SHA-1",
            Self::Sha256 => "SHA-256",
            Self::Sha384 => "SHA-384",
            Self::Sha512 => "SHA-512",
            Self::Other => "?",
        })
    }
}

/// How a certificate was signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signature {
    /// RSA with PKCS#1 v1.5 padding.
    Rsa(Digest),
    /// RSA with PSS padding.
    RsaPss,
    /// An elliptic curve.
    Ecdsa(Digest),
    /// Anything else.
    Other,
}

/// As engineers write it: `RSA SHA-256`, `RSA-PSS`; a question mark for anything else.
impl fmt::Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rsa(digest) => write!(f, "RSA {digest}"),
            Self::RsaPss => f.write_str("RSA-PSS"),
            Self::Ecdsa(digest) => write!(f, "ECDSA {digest}"),
            Self::Other => f.write_str("?"),
        }
    }
}

/// Key usage as far as TLS asks for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyUsage {
    /// `digitalSignature`.
    pub digital_signature: bool,
    /// `keyEncipherment`: what the module's suites need of a server.
    pub key_encipherment: bool,
    /// `keyCertSign`: what an authority needs.
    pub certificate_sign: bool,
}

/// What stands in a certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateFacts {
    /// Subject as `O=…, CN=…`.
    pub subject: String,
    /// Issuer in the same form.
    pub issuer: String,
    /// Common name of the subject.
    pub common_name: Option<String>,
    /// Names and addresses of the subject alternative name.
    pub names: Vec<String>,
    /// First moment of validity in seconds since 1970; `None` when it cannot be read.
    pub not_before: Option<i64>,
    /// Last moment of validity in seconds since 1970; `None` when it cannot be read.
    pub not_after: Option<i64>,
    /// Kind and size of its key.
    pub key: PublicKey,
    /// How it was signed.
    pub signature: Signature,
    /// Whether it may issue others (basic constraints); `None` when it does not say.
    pub is_authority: Option<bool>,
    /// Key usage; `None` when it does not say: everything is allowed.
    pub usage: Option<KeyUsage>,
    /// Whether it is for servers; `None` when it does not say.
    pub server_auth: Option<bool>,
    /// Whether it is for clients; `None` when it does not say.
    pub client_auth: Option<bool>,
    /// Whether its issuer is itself.
    pub is_self_issued: bool,
    /// Identifier of its key.
    pub subject_key_id: Option<Vec<u8>>,
    /// Identifier of its issuer's key.
    pub authority_key_id: Option<Vec<u8>>,
    /// Who issued its issuer, in the form of `issuer`, where its authority key identifier says so (RFC 5280, 4.2.1.1).
    pub above_issuer: Option<String>,
    /// Whether it signed itself and the signature does not fit: something in it was changed.
    pub is_altered: bool,
    /// Extensions that a reader must understand or refuse the certificate, and that small readers do not know (Mbed TLS
    /// 2.26, `x509_crt.c`), by name, `?` without one.
    pub demands: Vec<&'static str>,
    /// SHA-256 over the DER.
    pub fingerprint: Vec<u8>,
    /// Size as DER in bytes.
    pub der_bytes: usize,
}

impl CertificateFacts {
    /// Reads a certificate, DER.
    pub fn from_der(bytes: &[u8]) -> Option<Self> {
        X509::from_der(bytes).ok().map(|certificate| Self::of(&certificate))
    }

    /// Whether it was issued for `host`, a name or an address: by its alternative names, and by the common name only when
    /// it has none (RFC 6125). A star stands for one whole first label.
    pub fn covers(&self, host: &str) -> bool {
        let fits = |name: &String| match (name.strip_prefix("*."), host.split_once('.')) {
            (Some(rest), Some((_, domain))) => rest.eq_ignore_ascii_case(domain),
            _ => name.eq_ignore_ascii_case(host),
        };
        if self.names.is_empty() { self.common_name.iter().any(fits) } else { self.names.iter().any(fits) }
    }

    /// Whether `issuer` seems to have issued it, by names and key ids; one that signed itself has no issuer but itself.
    pub fn is_below(&self, issuer: &Self) -> bool {
        let ids = (&self.authority_key_id, &issuer.subject_key_id);
        let fits = matches!(ids, (None, _) | (_, None)) || ids.0 == ids.1;
        !self.is_self_issued && self.issuer == issuer.subject && fits && self.fingerprint != issuer.fingerprint
    }

    /// Reads a certificate.
    pub fn of(certificate: &X509Ref) -> Self {
        let der = certificate.to_der().unwrap_or_default();
        let purposes = certificate.extended_key_usage();
        let names = certificate.subject_alt_names();
        Self {
            subject: name_text(certificate.subject_name()),
            issuer: name_text(certificate.issuer_name()),
            common_name: common_name(certificate.subject_name()),
            names: names.iter().flatten().filter_map(alternative_name).collect(),
            not_before: seconds(certificate.not_before()),
            not_after: seconds(certificate.not_after()),
            key: public_key(certificate),
            signature: signature(certificate.signature_algorithm().object().nid()),
            is_authority: is_authority(&der),
            usage: certificate.key_usage().map(usage),
            server_auth: purposes.map(|purposes| purposes.contains(X509ExtendedKeyUsage::SSL_SERVER)),
            client_auth: purposes.map(|purposes| purposes.contains(X509ExtendedKeyUsage::SSL_CLIENT)),
            is_self_issued: is_same_name(certificate.subject_name(), certificate.issuer_name()),
            is_altered: is_altered(certificate),
            demands: demands(&der),
            subject_key_id: certificate.subject_key_id().map(|id| id.as_slice().to_vec()),
            authority_key_id: certificate.authority_key_id().map(|id| id.as_slice().to_vec()),
            above_issuer: certificate
                .authority_issuer()
                .and_then(|names| names.iter().find_map(|name| name.directory_name().map(name_text))),
            fingerprint: certificate.digest(MessageDigest::sha256()).map(|digest| digest.to_vec()).unwrap_or_default(),
            der_bytes: der.len(),
        }
    }
}

pub(super) fn is_same_name(one: &X509NameRef, other: &X509NameRef) -> bool {
    one.try_cmp(other).is_ok_and(std::cmp::Ordering::is_eq)
}

fn name_text(name: &X509NameRef) -> String {
    let parts = name.entries().map(|entry| {
        let key = entry.object().nid().short_name().unwrap_or("?");
        let value = entry.data().to_string().unwrap_or_default();
        format!("{key}={value}")
    });
    parts.collect::<Vec<_>>().join(", ")
}

fn common_name(name: &X509NameRef) -> Option<String> {
    let entry = name.entries_by_nid(Nid::COMMONNAME).next()?;
    entry.data().to_string().ok()
}

fn alternative_name(name: &GeneralNameRef) -> Option<String> {
    let address = || match *name.ipaddress()? {
        [a, b, c, d] => Some(IpAddr::from([a, b, c, d])),
        ref long => <[u8; 16]>::try_from(long).ok().map(IpAddr::from),
    };
    name.dnsname().map(str::to_owned).or_else(|| address().map(|address| address.to_string()))
}

fn seconds(time: &Asn1TimeRef) -> Option<i64> {
    let since = Asn1Time::from_unix(0).ok()?.diff(time).ok()?;
    Some(i64::from(since.days) * 86_400 + i64::from(since.secs))
}

fn public_key(certificate: &X509Ref) -> PublicKey {
    match certificate.public_key() {
        Ok(key) => kind_of(key.id(), key.bits()),
        Err(_) => PublicKey::Other,
    }
}

/// A key for PSS alone is none for the module's suites, although its numbers are RSA's.
pub(super) fn kind_of(id: Id, bits: u32) -> PublicKey {
    match id {
        Id::RSA => PublicKey::Rsa { bits },
        Id::EC | Id::ED25519 | Id::ED448 | Id::X25519 | Id::X448 => PublicKey::Elliptic { bits },
        _ => PublicKey::Other,
    }
}

/// By its key ids where it has them: a root that was issued anew under its old name has another key id than its issuer's.
fn is_altered(certificate: &X509Ref) -> bool {
    let ids = (certificate.authority_key_id(), certificate.subject_key_id());
    let is_own = match ids {
        (Some(issuer), Some(own)) => issuer.as_slice() == own.as_slice(),
        _ => is_same_name(certificate.subject_name(), certificate.issuer_name()),
    };
    is_own && certificate.public_key().and_then(|key| certificate.verify(&key)).is_ok_and(|fits| !fits)
}

/// Critical extensions beside those that every reader knows.
fn demands(der: &[u8]) -> Vec<&'static str> {
    let critical = der::extensions(der).filter(|extension| extension.is_critical && !KNOWN.contains(&extension.oid));
    critical
        .map(|extension| match extension.oid {
            [0x55, 0x1D, 0x1E] => "nameConstraints",
            [0x55, 0x1D, 0x24] => "policyConstraints",
            [0x55, 0x1D, 0x21] => "policyMappings",
            [0x55, 0x1D, 0x36] => "inhibitAnyPolicy",
            [0x55, 0x1D, 0x1F] => "crlDistributionPoints",
            _ => "?",
        })
        .collect()
}

/// Basic constraints, key usage, extended key usage, alternative names, Netscape's type, policies, key ids.
const KNOWN: [&[u8]; 8] = [
    &[0x55, 0x1D, 0x13],
    &[0x55, 0x1D, 0x0F],
    &[0x55, 0x1D, 0x25],
    &[0x55, 0x1D, 0x11],
    &[0x60, 0x86, 0x48, 0x01, 0x86, 0xF8, 0x42, 0x01, 0x01],
    &[0x55, 0x1D, 0x20],
    &[0x55, 0x1D, 0x23],
    &[0x55, 0x1D, 0x0E],
];

fn signature(algorithm: Nid) -> Signature {
    match algorithm {
        Nid::RSASSAPSS => Signature::RsaPss,
        Nid::MD5WITHRSAENCRYPTION => Signature::Rsa(Digest::Md5),
        Nid::SHA1WITHRSAENCRYPTION | Nid::SHA1WITHRSA => Signature::Rsa(Digest::Sha1),
        Nid::SHA256WITHRSAENCRYPTION => Signature::Rsa(Digest::Sha256),
        Nid::SHA384WITHRSAENCRYPTION => Signature::Rsa(Digest::Sha384),
        Nid::SHA512WITHRSAENCRYPTION => Signature::Rsa(Digest::Sha512),
        Nid::ECDSA_WITH_SHA256 => Signature::Ecdsa(Digest::Sha256),
        Nid::ECDSA_WITH_SHA384 => Signature::Ecdsa(Digest::Sha384),
        Nid::ECDSA_WITH_SHA512 => Signature::Ecdsa(Digest::Sha512),
        _ => Signature::Other,
    }
}

fn usage(bits: X509KeyUsage) -> KeyUsage {
    KeyUsage {
        digital_signature: bits.contains(X509KeyUsage::DIGITAL_SIGNATURE),
        key_encipherment: bits.contains(X509KeyUsage::KEY_ENCIPHERMENT),
        certificate_sign: bits.contains(X509KeyUsage::KEY_CERT_SIGN),
    }
}

/// The flag in the extension 2.5.29.19; absent in the extension means false.
fn is_authority(der: &[u8]) -> Option<bool> {
    const BASIC_CONSTRAINTS: &[u8] = &[0x55, 0x1D, 0x13];
    let constraints = der::expect(der::extension(der, BASIC_CONSTRAINTS)?, der::SEQUENCE)?;
    Some(der::expect(constraints, der::BOOLEAN).is_some_and(|flag| flag != [0]))
}
