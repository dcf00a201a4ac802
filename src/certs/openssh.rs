//! Private keys in OpenSSH's own form, `BEGIN OPENSSH PRIVATE KEY`: what they are, and an RSA key as everybody else writes it.
//!
//! The form: the magic, names of cipher and key derivation with their options, how many keys, the public part, and in a block
//! of its own two equal check numbers, kind, the numbers of the key, a comment, padding 1, 2, 3 … (OpenSSH, `PROTOCOL.key`).

mod lock;

use openssl::{
    bn::{BigNum, BigNumContext, BigNumRef},
    error::ErrorStack,
    pkey::{PKey, Private},
    rsa::RsaPrivateKeyBuilder,
};
use zeroize::Zeroizing;

use self::lock::Lock;
use super::{
    certificate::PublicKey,
    key::{KeyFacts, KeyForm},
    phrase::{Closed, PassPhrase},
};

/// How the form begins.
pub(super) const OPENSSH: &[u8] = b"openssh-key-v1\0";

struct Fields<'a>(&'a [u8]);

impl<'a> Fields<'a> {
    fn number(&mut self) -> Option<u32> {
        let (head, rest) = self.0.split_first_chunk::<4>()?;
        self.0 = rest;
        Some(u32::from_be_bytes(*head))
    }

    fn string(&mut self) -> Option<&'a [u8]> {
        let length = usize::try_from(self.number()?).ok()?;
        let (string, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(string)
    }
}

struct Container<'a> {
    lock: Lock<'a>,
    public: &'a [u8],
    private: &'a [u8],
    /// What proves that nothing was changed, behind everything else.
    seal: &'a [u8],
}

fn opened(bytes: &[u8]) -> Option<Container<'_>> {
    let mut fields = Fields(bytes.strip_prefix(OPENSSH)?);
    let lock = Lock { cipher: fields.string()?, derivation: fields.string()?, options: fields.string()? };
    if fields.number()? != 1 {
        return None;
    }
    let (public, private) = (fields.string()?, fields.string()?);
    let found = Container { lock, public, private, seal: fields.0 };
    (found.seal.len() == found.lock.seal_bytes()).then_some(found)
}

/// What is known of the key in `bytes`; `None` when they are damaged.
pub(super) fn facts(bytes: &[u8]) -> Option<KeyFacts> {
    let container = opened(bytes)?;
    if container.lock.is_locked() {
        return Some(KeyFacts { form: KeyForm::OpenSsh, kind: None });
    }
    let kind = kind(container.public)?;
    if matches!(kind, PublicKey::Rsa { .. }) {
        private_key(bytes)?;
    }
    Some(KeyFacts { form: KeyForm::OpenSsh, kind: Some(kind) })
}

fn kind(public: &[u8]) -> Option<PublicKey> {
    let mut public = Fields(public);
    Some(match public.string()? {
        b"ssh-rsa" => {
            let _exponent = public.string()?;
            let bits = BigNum::from_slice(public.string()?).ok()?.num_bits();
            PublicKey::Rsa { bits: u32::try_from(bits).ok()? }
        }
        b"ssh-ed25519" | b"ecdsa-sha2-nistp256" => PublicKey::Elliptic { bits: 256 },
        b"ecdsa-sha2-nistp384" => PublicKey::Elliptic { bits: 384 },
        b"ecdsa-sha2-nistp521" => PublicKey::Elliptic { bits: 521 },
        _ => PublicKey::Other,
    })
}

/// The RSA key in `bytes`; `None` for others, behind a pass phrase, or damaged.
pub(super) fn private_key(bytes: &[u8]) -> Option<PKey<Private>> {
    let container = opened(bytes).filter(|container| !container.lock.is_locked())?;
    read(container.private)
}

/// The RSA key behind a pass phrase; `Ok(None)` for one of another kind.
pub(super) fn unlocked(bytes: &[u8], phrase: Option<&PassPhrase>) -> Result<Option<PKey<Private>>, Closed> {
    let Container { lock, public, private, seal } = opened(bytes).ok_or(Closed::Damaged)?;
    let kind = kind(public).ok_or(Closed::Damaged)?;
    if !matches!(kind, PublicKey::Rsa { .. }) {
        return Ok(None);
    }
    let phrase = phrase.ok_or(Closed::NoPassPhrase)?;
    let open: Zeroizing<Vec<u8>> = lock.open(private, seal, phrase.bytes())?;
    // Two equal numbers stand in front: only the right pass phrase makes them so.
    let mut fields = Fields(&open);
    if fields.number().is_none_or(|first| Some(first) != fields.number()) {
        return Err(Closed::WrongPassPhrase);
    }
    read(&open).map(Some).ok_or(Closed::Damaged)
}

/// The RSA key in an open private part.
fn read(private: &[u8]) -> Option<PKey<Private>> {
    let mut fields = Fields(private);
    if fields.number()? != fields.number()? || fields.string()? != b"ssh-rsa" {
        return None;
    }
    let mut number = || BigNum::from_slice(fields.string()?).ok();
    let (modulus, exponent, secret) = (number()?, number()?, number()?);
    let (inverse, one, other) = (number()?, number()?, number()?);
    let key = built(modulus, exponent, secret, inverse, one, other).ok()?;
    key.rsa().and_then(|rsa| rsa.check_key()).is_ok_and(|is_sound| is_sound).then_some(key)
}

fn built(
    modulus: BigNum,
    exponent: BigNum,
    secret: BigNum,
    inverse: BigNum,
    one: BigNum,
    other: BigNum,
) -> Result<PKey<Private>, ErrorStack> {
    let mut context = BigNumContext::new_secure()?;
    let mut remainder = |prime: &BigNumRef| {
        let (mut less, mut remainder) = (prime.to_owned()?, BigNum::new()?);
        less.sub_word(1)?;
        remainder.checked_rem(&secret, &less, &mut context)?;
        Ok::<_, ErrorStack>(remainder)
    };
    let (first, second) = (remainder(&one)?, remainder(&other)?);
    let rsa = RsaPrivateKeyBuilder::new(modulus, exponent, secret)?
        .set_factors(one, other)?
        .set_crt_params(first, second, inverse)?
        .build();
    PKey::from_rsa(rsa)
}
