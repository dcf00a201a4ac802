//! Private keys: form, kind, size, and which certificate they belong to. Never their content.

use openssl::pkey::{Id, PKey, PKeyRef, Private};

use super::{certificate::PublicKey, der};
use crate::tls::{certificates_from, key_from};

/// How a private key is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyForm {
    /// PKCS#1, `BEGIN RSA PRIVATE KEY`: the form of the vendor's example.
    Pkcs1,
    /// PKCS#8, `BEGIN PRIVATE KEY`: what today's tools write.
    Pkcs8,
    /// SEC 1, `BEGIN EC PRIVATE KEY`.
    Sec1,
    /// Behind a pass phrase; nothing more is known.
    Encrypted,
}

/// What is known of a private key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyFacts {
    /// How it is written.
    pub form: KeyForm,
    /// Kind and size; `None` behind a pass phrase.
    pub kind: Option<PublicKey>,
}

impl KeyFacts {
    /// Facts of an unencrypted key, DER.
    pub(super) fn from_der(bytes: &[u8]) -> Option<Self> {
        let key = PKey::private_key_from_der(bytes).ok()?;
        Some(Self { form: form_of(bytes)?, kind: Some(public_kind(&key)) })
    }

    /// A key behind a pass phrase.
    pub(super) const fn encrypted() -> Self {
        Self { form: KeyForm::Encrypted, kind: None }
    }
}

/// Whether a key and a certificate belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pairing {
    /// They do.
    Pair,
    /// They do not.
    NotAPair,
    /// One of the files cannot be read.
    Unreadable,
}

/// Whether the first certificate of one file belongs to the private key of another, both PEM or DER.
pub fn pairing(certificate: &[u8], key: &[u8]) -> Pairing {
    let (Ok(certificates), Ok(key)) = (certificates_from(certificate), key_from(key)) else {
        return Pairing::Unreadable;
    };
    match certificates.first().map(|certificate| certificate.public_key()) {
        Some(Ok(public)) if public.public_eq(&key) => Pairing::Pair,
        Some(Ok(_)) => Pairing::NotAPair,
        Some(Err(_)) | None => Pairing::Unreadable,
    }
}

/// PKCS#8 is `{0, {algorithm}, octets}`, PKCS#1 `{0, modulus, …}`, SEC 1 `{1, octets, …}`.
pub(super) fn form_of(bytes: &[u8]) -> Option<KeyForm> {
    let mut fields = der::elements(der::expect(bytes, der::SEQUENCE)?);
    let version = fields.next()?;
    match (version.tag, fields.next()?.tag) {
        (der::INTEGER, der::SEQUENCE) => Some(KeyForm::Pkcs8),
        (der::INTEGER, der::INTEGER) => Some(KeyForm::Pkcs1),
        (der::INTEGER, der::OCTETS) => Some(KeyForm::Sec1),
        (der::SEQUENCE, der::OCTETS) => Some(KeyForm::Encrypted),
        _ => None,
    }
}

fn public_kind(key: &PKeyRef<Private>) -> PublicKey {
    match key.id() {
        Id::RSA => PublicKey::Rsa { bits: key.bits() },
        Id::EC => PublicKey::Elliptic { bits: key.bits() },
        _ => PublicKey::Other,
    }
}
