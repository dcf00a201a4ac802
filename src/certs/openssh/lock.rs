//! The lock of a private key in OpenSSH's own form: bcrypt makes key and vector of a pass phrase, one of OpenSSH's ciphers does the
//! rest.

use openssl::symm::{Cipher, Crypter, Mode, decrypt_aead};
use zeroize::Zeroizing;

use super::Fields;
use crate::certs::phrase::Closed;

/// How a key is locked.
pub(super) struct Lock<'a> {
    pub(super) cipher: &'a [u8],
    pub(super) derivation: &'a [u8],
    pub(super) options: &'a [u8],
}

impl Lock<'_> {
    pub(super) fn is_locked(&self) -> bool {
        self.cipher != b"none"
    }

    /// How many bytes stand behind the locked part to prove it.
    pub(super) const fn seal_bytes(&self) -> usize {
        if matches!(self.cipher, AES128_GCM | AES256_GCM | CHACHA20) { SEAL } else { 0 }
    }

    /// The open part.
    pub(super) fn open(&self, locked: &[u8], seal: &[u8], phrase: &[u8]) -> Result<Zeroizing<Vec<u8>>, Closed> {
        let (key_bytes, vector_bytes) = self.sizes().ok_or(Closed::UnknownCipher)?;
        let made = self.derived(phrase, key_bytes + vector_bytes)?;
        let (key, vector) = made.split_at(key_bytes);
        let open = match self.cipher {
            b"aes128-cbc" => plain(Cipher::aes_128_cbc(), key, vector, locked),
            b"aes192-cbc" => plain(Cipher::aes_192_cbc(), key, vector, locked),
            b"aes256-cbc" => plain(Cipher::aes_256_cbc(), key, vector, locked),
            b"aes128-ctr" => plain(Cipher::aes_128_ctr(), key, vector, locked),
            b"aes192-ctr" => plain(Cipher::aes_192_ctr(), key, vector, locked),
            b"aes256-ctr" => plain(Cipher::aes_256_ctr(), key, vector, locked),
            b"3des-cbc" => plain(Cipher::des_ede3_cbc(), key, vector, locked),
            AES128_GCM => decrypt_aead(Cipher::aes_128_gcm(), key, Some(vector), &[], locked, seal),
            AES256_GCM => decrypt_aead(Cipher::aes_256_gcm(), key, Some(vector), &[], locked, seal),
            // Of two keys the first is for the content, from block 1 on; the other would be for a length that is none here.
            CHACHA20 => plain(Cipher::chacha20(), &key[..32], &FIRST_BLOCK, locked),
            _ => return Err(Closed::UnknownCipher),
        };
        // What a wrong key makes fits no padding and no seal.
        open.map(Zeroizing::new).map_err(|_| Closed::WrongPassPhrase)
    }

    /// Bytes of key and vector.
    const fn sizes(&self) -> Option<(usize, usize)> {
        Some(match self.cipher {
            b"aes128-cbc" | b"aes128-ctr" => (16, 16),
            b"aes192-cbc" | b"aes192-ctr" => (24, 16),
            b"aes256-cbc" | b"aes256-ctr" => (32, 16),
            b"3des-cbc" => (24, 8),
            AES128_GCM => (16, 12),
            AES256_GCM => (32, 12),
            CHACHA20 => (64, 0),
            _ => return None,
        })
    }

    fn derived(&self, phrase: &[u8], bytes: usize) -> Result<Zeroizing<Vec<u8>>, Closed> {
        if self.derivation != b"bcrypt" {
            return Err(Closed::UnknownCipher);
        }
        let mut options = Fields(self.options);
        let (Some(salt), Some(rounds)) = (options.string(), options.number()) else { return Err(Closed::Damaged) };
        if rounds > MOST_ROUNDS {
            return Err(Closed::UnknownCipher);
        }
        let mut made = Zeroizing::new(vec![0; bytes]);
        bcrypt_pbkdf::bcrypt_pbkdf(phrase, salt, rounds, &mut made).map_err(|_| Closed::WrongPassPhrase)?;
        Ok(made)
    }
}

/// Without padding: the form has its own.
fn plain(cipher: Cipher, key: &[u8], vector: &[u8], locked: &[u8]) -> Result<Vec<u8>, openssl::error::ErrorStack> {
    let mut work = Crypter::new(cipher, Mode::Decrypt, key, Some(vector))?;
    work.pad(false);
    let mut open = vec![0; locked.len() + cipher.block_size()];
    let count = work.update(locked, &mut open)?;
    let count = count + work.finalize(&mut open[count..])?;
    open.truncate(count);
    Ok(open)
}

const AES128_GCM: &[u8] = b"aes128-gcm@openssh.com";
const AES256_GCM: &[u8] = b"aes256-gcm@openssh.com";
const CHACHA20: &[u8] = b"chacha20-poly1305@openssh.com";
const SEAL: usize = 16;
const FIRST_BLOCK: [u8; 16] = [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
/// ssh-keygen makes 16 or 24; a file that asks for more than this would hold the program up.
const MOST_ROUNDS: u32 = 5_000;
