//! Locks that the library leaves out of this build: PKCS#12 stores whose certificates are locked with RC2, as Windows and OpenSSL
//! before 3.0 wrote them (their seal is checked by the library), and keys that are locked with DES or RC2, as OpenSSL before 1.1
//! wrote them.
//!
//! The form: RFC 7292, section 4; the keys: its appendix B.2, and RFC 8018, section 6.1.

use openssl::{
    error::ErrorStack,
    hash::{MessageDigest, hash},
    pkey::{PKey, Private},
    symm::{Cipher, decrypt},
};
use rc2::{Rc2, cipher::BlockCipherDecrypt};
use zeroize::Zeroizing;

use super::{ber, contents::Contents, der, phrase::Closed};

/// What is in a store whose pass phrase is known to be right; `None` when something else in it is unknown.
pub(super) fn open(store: &[u8], phrase: &str) -> Option<Contents> {
    let store = ber::to_der(store)?;
    let mut fields = der::elements(der::expect(&store, der::SEQUENCE)?);
    let _version = fields.next()?;
    let safes = octets_of(fields.next()?.content)?;
    let phrase = spelled(phrase);
    let mut contents = Contents::default();
    for safe in der::elements(der::expect(safes, der::SEQUENCE)?) {
        let kind = der::expect(safe.content, der::OBJECT)?;
        if kind == DATA {
            take_bags(octets_of(safe.content)?, &phrase, &mut contents)?;
        } else if kind == ENCRYPTED_DATA {
            take_bags(&unlocked(safe.content, &phrase)?, &phrase, &mut contents)?;
        }
    }
    Some(contents)
}

/// The key in PKCS#8 that is locked in an old way.
pub(super) fn open_pkcs8(locked: &[u8], phrase: &[u8]) -> Result<PKey<Private>, Closed> {
    let (algorithm, content) = parts(locked).ok_or(Closed::Damaged)?;
    let kind = der::expect(algorithm, der::OBJECT).ok_or(Closed::Damaged)?;
    let open = match (kind.strip_prefix(PKCS5_LOCKS), kind.strip_prefix(PKCS12_LOCKS)) {
        (Some([number]), _) => unlock_pkcs5(*number, algorithm, content, phrase)?,
        (None, Some([3 | 5 | 6])) => {
            std::str::from_utf8(phrase).ok().and_then(|phrase| unlock(algorithm, content, &spelled(phrase)))
        }
        _ => return Err(Closed::UnknownCipher),
    };
    open.and_then(|open| PKey::private_key_from_der(&open).ok()).ok_or(Closed::WrongPassPhrase)
}

/// `{ { algorithm }, octets }`.
fn parts(locked: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut fields = der::elements(der::expect(locked, der::SEQUENCE)?);
    let algorithm = fields.next().filter(|field| field.tag == der::SEQUENCE)?.content;
    Some((algorithm, fields.next()?.content))
}

/// The content of a key in the old form (`DEK-Info: DES-CBC`), DER.
pub(super) fn open_des(locked: &[u8], vector: &[u8], phrase: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let made = Zeroizing::new(hash(MessageDigest::md5(), &[phrase, vector].concat()).ok()?.to_vec());
    unlock_des(&made[..8], vector, locked)
}

/// `pbeWith…` of PKCS#5: the first half of a digest is the key, the other the vector. `Ok(None)`: the pass phrase is wrong.
fn unlock_pkcs5(
    number: u8,
    algorithm: &[u8],
    locked: &[u8],
    phrase: &[u8],
) -> Result<Option<Zeroizing<Vec<u8>>>, Closed> {
    let (digest, is_des) = match number {
        3 => (MessageDigest::md5(), true),
        6 => (MessageDigest::md5(), false),
        10 => (MessageDigest::sha1(), true),
        11 => (MessageDigest::sha1(), false),
        _ => return Err(Closed::UnknownCipher),
    };
    let (salt, rounds) = salt_and_rounds(algorithm).ok_or(Closed::Damaged)?;
    let mut made = Zeroizing::new([phrase, salt].concat());
    for _ in 0..rounds.max(1) {
        made = Zeroizing::new(hash(digest, &made).map_err(|_| Closed::UnknownCipher)?.to_vec());
    }
    let (key, vector) = (&made[..8], &made[8..16]);
    Ok(if is_des { unlock_des(key, vector, locked) } else { unlock_rc2(key, vector, locked) })
}

/// 3DES with three equal keys is DES.
fn unlock_des(key: &[u8], vector: &[u8], locked: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let thrice = Zeroizing::new([key, key, key].concat());
    decrypt(Cipher::des_ede3_cbc(), &thrice, Some(vector), locked).ok().map(Zeroizing::new)
}

fn salt_and_rounds(algorithm: &[u8]) -> Option<(&[u8], u32)> {
    let parameters = der::elements(algorithm).find(|element| element.tag == der::SEQUENCE)?.content;
    let salt = der::expect(parameters, der::OCTETS)?;
    let rounds = der::elements(parameters).find(|element| element.tag == der::INTEGER)?.content;
    let rounds = rounds.iter().fold(0_u32, |value, byte| value.wrapping_shl(8) | u32::from(*byte)).min(MOST_ROUNDS);
    Some((salt, rounds))
}

/// `{ kind, [0] { OCTET STRING } }`.
fn octets_of(content: &[u8]) -> Option<&[u8]> {
    let explicit = der::elements(content).find(|element| element.tag == EXPLICIT)?.content;
    der::expect(explicit, der::OCTETS)
}

/// `{ kind, [0] { version, { kind, { algorithm, { salt, rounds } }, [0] octets } } }`.
fn unlocked(content: &[u8], phrase: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let explicit = der::elements(content).find(|element| element.tag == EXPLICIT)?.content;
    let inner = der::elements(der::expect(explicit, der::SEQUENCE)?).find(|one| one.tag == der::SEQUENCE)?.content;
    let algorithm = der::elements(inner).find(|element| element.tag == der::SEQUENCE)?.content;
    let locked = der::elements(inner).find(|element| element.tag == IMPLICIT)?.content;
    unlock(algorithm, locked, phrase)
}

fn unlock(algorithm: &[u8], locked: &[u8], phrase: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let lock = der::expect(algorithm, der::OBJECT)?.strip_prefix(PKCS12_LOCKS)?;
    let (salt, rounds) = salt_and_rounds(algorithm)?;
    let bytes = |purpose, length| derived(phrase, salt, rounds, purpose, length).ok();
    let vector = bytes(VECTOR, 8)?;
    match lock {
        [3] => decrypt(Cipher::des_ede3_cbc(), &bytes(KEY, 24)?, Some(&vector), locked).ok().map(Zeroizing::new),
        [5] => unlock_rc2(&bytes(KEY, 16)?, &vector, locked),
        [6] => unlock_rc2(&bytes(KEY, 5)?, &vector, locked),
        _ => None,
    }
}

fn unlock_rc2(key: &[u8], vector: &[u8], locked: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let cipher = Rc2::new_with_eff_key_len(key, key.len() * 8);
    let (blocks, []) = locked.as_chunks::<8>() else { return None };
    let mut last: [u8; 8] = vector.try_into().ok()?;
    let mut open = Zeroizing::new(Vec::with_capacity(locked.len()));
    for block in blocks {
        let mut plain = (*block).into();
        cipher.decrypt_block(&mut plain);
        open.extend(plain.iter().zip(last).map(|(byte, mask)| byte ^ mask));
        last = *block;
    }
    let padding = usize::from(*open.last()?);
    let kept = open.len().checked_sub(padding).filter(|_| (1..=8).contains(&padding))?;
    open.truncate(kept);
    Some(open)
}

fn take_bags(safe: &[u8], phrase: &[u8], contents: &mut Contents) -> Option<()> {
    for bag in der::elements(der::expect(safe, der::SEQUENCE)?) {
        let kind = der::expect(bag.content, der::OBJECT)?.strip_prefix(PKCS12_BAGS)?;
        let value = der::elements(bag.content).find(|element| element.tag == EXPLICIT)?.content;
        match kind {
            [1] => contents.keys.extend(PKey::private_key_from_der(value).ok()),
            [2] => {
                let (algorithm, content) = parts(value)?;
                let open = unlock(algorithm, content, phrase)?;
                contents.keys.push(PKey::private_key_from_der(&open).ok()?);
            }
            [3] => {
                let certificate = der::expect(value, der::SEQUENCE)?;
                contents.certificates.push(octets_of(certificate)?.to_vec());
            }
            _ => {}
        }
    }
    Some(())
}

/// The pass phrase as PKCS#12 spells it: UTF-16 with a zero behind it.
fn spelled(phrase: &str) -> Zeroizing<Vec<u8>> {
    Zeroizing::new(phrase.encode_utf16().chain([0]).flat_map(u16::to_be_bytes).collect())
}

/// Bytes for one purpose, with SHA-1 (RFC 7292, appendix B.2).
fn derived(
    phrase: &[u8],
    salt: &[u8],
    rounds: u32,
    purpose: u8,
    length: usize,
) -> Result<Zeroizing<Vec<u8>>, ErrorStack> {
    let filled = |text: &[u8]| {
        let wanted = text.len().div_ceil(BLOCK) * BLOCK;
        text.iter().copied().cycle().take(wanted).collect::<Vec<u8>>()
    };
    let mut input = Zeroizing::new([filled(salt), filled(phrase)].concat());
    let mut made = Zeroizing::new(Vec::new());
    while made.len() < length {
        let mut digest = hash(MessageDigest::sha1(), &[&[purpose; BLOCK][..], &input].concat())?;
        for _ in 1..rounds {
            digest = hash(MessageDigest::sha1(), &digest)?;
        }
        made.extend_from_slice(&digest);
        let last: Vec<u8> = digest.iter().copied().cycle().take(BLOCK).collect();
        for block in input.chunks_mut(BLOCK) {
            add(block, &last);
        }
    }
    made.truncate(length);
    Ok(made)
}

/// `block + other + 1`, both as one large number, its overflow dropped.
fn add(block: &mut [u8], other: &[u8]) {
    let mut carry = 1_u16;
    for (byte, more) in block.iter_mut().zip(other).rev() {
        let sum = u16::from(*byte) + u16::from(*more) + carry;
        *byte = sum.to_be_bytes()[1];
        carry = sum >> 8;
    }
}

/// 1.2.840.113549.1.7.1 and .6.
const DATA: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 7, 1];
const ENCRYPTED_DATA: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 7, 6];
/// 1.2.840.113549.1.5.
const PKCS5_LOCKS: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 5];
/// 1.2.840.113549.1.12.1 and .10.1.
const PKCS12_LOCKS: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 12, 1];
const PKCS12_BAGS: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 12, 10, 1];
const EXPLICIT: u8 = 0xA0;
const IMPLICIT: u8 = 0x80;
const KEY: u8 = 1;
const VECTOR: u8 = 2;
/// Of the hash, in bytes.
const BLOCK: usize = 64;
/// A store that asks for more shall not hold the program up.
const MOST_ROUNDS: u32 = 10_000_000;
