//! Private keys: form, kind, size, and which certificate they belong to. Never their content.

use openssl::{
    bn::{BigNum, BigNumContext, BigNumRef},
    error::ErrorStack,
    pkey::{PKey, PKeyRef, Private},
    rsa::Rsa,
};

use super::{
    certificate::{PublicKey, kind_of},
    der,
};
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
    /// OpenSSH's own form, `BEGIN OPENSSH PRIVATE KEY`.
    OpenSsh,
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
        if !is_sound(&key) {
            return None;
        }
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

/// Whether a certificate of one file belongs to the private key of another, both PEM or DER. Which one it is does not matter
/// here; that the first must be it is another question.
pub fn pairing(certificate: &[u8], key: &[u8]) -> Pairing {
    let (Ok(certificates), Ok(key)) = (certificates_from(certificate), key_from(key)) else {
        return Pairing::Unreadable;
    };
    let mut public = certificates.iter().filter_map(|certificate| certificate.public_key().ok()).peekable();
    if public.peek().is_none() {
        return Pairing::Unreadable;
    }
    if public.any(|public| public.public_eq(&key)) { Pairing::Pair } else { Pairing::NotAPair }
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
    kind_of(key.id(), key.bits())
}

/// Whether the numbers of the key fit each other; one changed character of its file does not pass.
fn is_sound(key: &PKeyRef<Private>) -> bool {
    if let Ok(rsa) = key.rsa() {
        return is_sound_rsa(&rsa).unwrap_or(false);
    }
    key.ec_key().is_err() || key.ec_key().is_ok_and(|key| key.check_key().is_ok())
}

/// Without the search for primes of the library's own check: that takes a hundred times as long.
fn is_sound_rsa(rsa: &Rsa<Private>) -> Result<bool, ErrorStack> {
    let (Some(p), Some(q)) = (rsa.p(), rsa.q()) else { return Ok(true) };
    let mut context = BigNumContext::new_secure()?;
    let mut product = BigNum::new()?;
    product.checked_mul(p, q, &mut context)?;
    if product != *rsa.n() {
        return Ok(false);
    }
    let less = |prime: &BigNumRef| {
        let mut less = prime.to_owned()?;
        less.sub_word(1)?;
        Ok::<_, ErrorStack>(less)
    };
    let (p_less, q_less) = (less(p)?, less(q)?);
    let mut are_inverse = |one: &BigNumRef, other: &BigNumRef, modulus: &BigNumRef| {
        let mut product = BigNum::new()?;
        product.mod_mul(one, other, modulus, &mut context)?;
        Ok::<_, ErrorStack>(product == BigNum::from_u32(1)?)
    };
    let mut is_sound = are_inverse(rsa.d(), rsa.e(), &p_less)? && are_inverse(rsa.d(), rsa.e(), &q_less)?;
    if let (Some(first), Some(second), Some(inverse)) = (rsa.dmp1(), rsa.dmq1(), rsa.iqmp()) {
        is_sound &= are_inverse(first, rsa.e(), &p_less)?
            && are_inverse(second, rsa.e(), &q_less)?
            && are_inverse(q, inverse, p)?;
    }
    Ok(is_sound)
}
