//! PKCS#12 stores whose certificates are locked with RC2, as Windows and OpenSSL before 3.0 wrote them. The library checks
//! their seal, but leaves RC2 out of this build; their keys are locked with 3DES, which it has.
//!
//! The form: RFC 7292, section 4; the keys: its appendix B.2.

use openssl::{
    error::ErrorStack,
    hash::{MessageDigest, hash},
    pkey::PKey,
    symm::{Cipher, decrypt},
};
use rc2::{Rc2, cipher::BlockCipherDecrypt};
use zeroize::Zeroizing;

use super::{contents::Contents, der};

/// What is in a store whose pass phrase is known to be right; `None` when something else in it is unknown.
pub(super) fn open(store: &[u8], phrase: &str) -> Option<Contents> {
    let mut fields = der::elements(der::expect(store, der::SEQUENCE)?);
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
    let parameters = der::elements(algorithm).find(|element| element.tag == der::SEQUENCE)?.content;
    let salt = der::expect(parameters, der::OCTETS)?;
    let rounds = der::elements(parameters).find(|element| element.tag == der::INTEGER)?.content;
    let rounds = rounds.iter().fold(0_u32, |value, byte| value.wrapping_shl(8) | u32::from(*byte)).min(MOST_ROUNDS);
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
                let mut fields = der::elements(der::expect(value, der::SEQUENCE)?);
                let algorithm = fields.next().filter(|field| field.tag == der::SEQUENCE)?.content;
                let open = unlock(algorithm, fields.next()?.content, phrase)?;
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
