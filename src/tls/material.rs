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
    let found = if is_der(bytes) { vec![X509::from_der(bytes).map_err(wrong)?] } else { pem_certificates(bytes)? };
    if found.is_empty() { Err(MaterialError::NotACertificate) } else { Ok(found) }
}

/// The private key in `bytes`, PEM or DER. A key behind a pass phrase is refused; nobody is asked for one.
pub fn key_from(bytes: &[u8]) -> Result<PKey<Private>, MaterialError> {
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
    match X509::stack_from_pem(bytes) {
        Ok(all) => Ok(all),
        Err(_) => X509::from_pem(bytes).map(|first| vec![first]).map_err(|_| MaterialError::NotACertificate),
    }
}

fn is_der(bytes: &[u8]) -> bool {
    bytes.first() == Some(&0x30)
}
