//! Certificates and keys from the bytes of a file, PEM or DER, as a lenient reader takes them.
//!
//! Whether the *module* would take the same bytes is another question, answered in the room `certs`.

use openssl::{
    error::ErrorStack,
    pkey::{PKey, Private},
    x509::{X509, X509Crl},
};
use thiserror::Error;

/// Why bytes are not what they should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum MaterialError {
    /// Neither PEM nor DER of a certificate.
    #[error("this is not a certificate in PEM or DER form")]
    NotACertificate,
    /// Neither PEM nor DER of a private key, or one that needs a pass phrase.
    #[error("this is not a private key in PEM or DER form without a pass phrase")]
    NotAKey,
    /// Neither PEM nor DER of a revocation list.
    #[error("this is not a revocation list in PEM or DER form")]
    NotARevocationList,
}

/// All certificates in `bytes`, in their order: PEM with any number of blocks, or one DER certificate.
pub fn certificates_from(bytes: &[u8]) -> Result<Vec<X509>, MaterialError> {
    let wrong = |_: ErrorStack| MaterialError::NotACertificate;
    if has_encrypted_certificate(bytes) {
        return Err(MaterialError::NotACertificate);
    }
    let found = if is_der(bytes) { vec![X509::from_der(bytes).map_err(wrong)?] } else { pem_certificates(bytes)? };
    if found.is_empty() { Err(MaterialError::NotACertificate) } else { Ok(found) }
}

/// The private key in `bytes`, PEM or DER. A key behind a pass phrase is refused; nobody is asked for one.
pub fn key_from(bytes: &[u8]) -> Result<PKey<Private>, MaterialError> {
    if is_encrypted_der(bytes) {
        return Err(MaterialError::NotAKey);
    }
    let key = if is_der(bytes) {
        PKey::private_key_from_der(bytes)
    } else {
        PKey::private_key_from_pem_callback(bytes, |_| Err(ErrorStack::get()))
    };
    key.map_err(|_| MaterialError::NotAKey)
}

/// The revocation list in `bytes`, PEM or DER.
pub(super) fn revocation_list_from(bytes: &[u8]) -> Result<X509Crl, MaterialError> {
    let list = if is_der(bytes) { X509Crl::from_der(bytes) } else { X509Crl::from_pem(bytes) };
    list.map_err(|_| MaterialError::NotARevocationList)
}

/// The first block must be sound; what follows the last sound block is somebody else's text.
fn pem_certificates(bytes: &[u8]) -> Result<Vec<X509>, MaterialError> {
    let bytes = &without_trusted_labels(bytes);
    match X509::stack_from_pem(bytes) {
        Ok(all) => Ok(all),
        Err(_) => X509::from_pem(bytes).map(|first| vec![first]).map_err(|_| MaterialError::NotACertificate),
    }
}

/// OpenSSL's tools write `TRUSTED CERTIFICATE` for a certificate with notes of theirs behind it; its library reads only
/// the plain label here.
fn without_trusted_labels(bytes: &[u8]) -> Vec<u8> {
    const WORD: &[u8] = b"TRUSTED ";
    let mut kept = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(at) = rest.windows(WORD.len()).position(|window| window == WORD) {
        kept.extend(&rest[..at]);
        rest = &rest[at + WORD.len()..];
    }
    kept.extend(rest);
    kept
}

fn is_der(bytes: &[u8]) -> bool {
    bytes.first() == Some(&0x30)
}

/// The library would ask at the terminal for the pass phrase of such a block.
fn has_encrypted_certificate(bytes: &[u8]) -> bool {
    let header = b"CERTIFICATE-----";
    bytes.windows(header.len()).enumerate().filter(|(_, window)| window == header).any(|(at, _)| {
        let body = bytes[at + header.len()..].trim_ascii_start();
        body.starts_with(b"Proc-Type")
    })
}

/// PKCS#8 behind a pass phrase begins with an algorithm where a plain key has a version.
fn is_encrypted_der(bytes: &[u8]) -> bool {
    let [0x30, length, ..] = *bytes else { return false };
    let header = if length < 0x80 { 2 } else { 2 + usize::from(length & 0x7F) };
    is_der(&bytes[header.min(bytes.len())..])
}

#[cfg(test)]
mod tests {
    use openssl::symm::Cipher;

    use super::*;
    use crate::tls::authority::{KeyKind, key};

    #[test]
    fn keys_behind_a_pass_phrase_are_refused_and_nobody_is_asked() {
        let key = key(KeyKind::Rsa(2048), 0).unwrap();
        let cipher = Cipher::aes_128_cbc();
        let forms = [
            key.private_key_to_pem_pkcs8_passphrase(cipher, b"x").unwrap(),
            key.private_key_to_pkcs8_passphrase(cipher, b"x").unwrap(),
            key.rsa().unwrap().private_key_to_pem_passphrase(cipher, b"x").unwrap(),
        ];
        for form in forms {
            assert_eq!(key_from(&form).err(), Some(MaterialError::NotAKey));
        }
        let odd = b"-----BEGIN CERTIFICATE-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nAAAA\n";
        assert_eq!(certificates_from(odd).err(), Some(MaterialError::NotACertificate));
    }

    #[test]
    fn keys_are_read_in_every_plain_form() {
        let key = key(KeyKind::Rsa(2048), 0).unwrap();
        let forms = [
            key.private_key_to_pem_pkcs8().unwrap(),
            key.private_key_to_pkcs8().unwrap(),
            key.rsa().unwrap().private_key_to_pem().unwrap(),
            key.rsa().unwrap().private_key_to_der().unwrap(),
        ];
        for form in forms {
            assert!(key_from(&form).unwrap().public_eq(&key));
        }
    }
}
