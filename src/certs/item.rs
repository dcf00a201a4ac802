//! What stands in a file.

use super::{certificate::CertificateFacts, key::KeyFacts};

/// What a block or a binary file turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// A certificate.
    Certificate(Box<CertificateFacts>),
    /// A private key.
    Key(KeyFacts),
    /// Parameters of a curve, in front of an elliptic key.
    CurveParameters,
    /// A PKCS#7 bundle (`.p7b`).
    Pkcs7,
    /// A PKCS#12 store (`.p12`, `.pfx`).
    Pkcs12,
    /// A revocation list.
    RevocationList,
    /// A request for a certificate.
    Request,
    /// A public key.
    PublicKey,
    /// It does not hold what it says, or it is not readable.
    Unreadable,
}
