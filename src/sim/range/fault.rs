//! What is wrong with each listener, which entry of the failure catalogue it must lead to, and what a client sees.

use std::fmt;

use crate::tls::{Alert, Stage, VerifyCode};

/// What is wrong with a listener; nothing else is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fault {
    /// Nothing: RSA certificate of the range's root, TLS 1.2 with the module's suites.
    Good,
    /// Only suites with ECDHE.
    EcdheOnly,
    /// Only RC4: a fixed `ServerHello` that picks it, then the end.
    Rc4Only,
    /// Only 3DES: a fixed `ServerHello` that picks it, then the end.
    TripleDesOnly,
    /// A shared key instead of certificates.
    SharedKeyOnly,
    /// Only TLS 1.3.
    Tls13Only,
    /// Only TLS 1.0.
    Tls10Only,
    /// An elliptic-curve key.
    EcdsaCertificate,
    /// Expired years ago.
    Expired,
    /// Valid in many years only.
    NotYetValid,
    /// Another host's certificate.
    WrongName,
    /// The name in the common name only.
    CommonNameOnly,
    /// Issued by an intermediate that is not sent along.
    NoIntermediate,
    /// Issued by an intermediate that is sent along: nothing wrong.
    FullChain,
    /// Issued by an authority that nobody here trusts.
    ForeignAuthority,
    /// Signed by itself.
    SelfSigned,
    /// Issued by an authority with the root's name and another key.
    TwinAuthority,
    /// A Certificate message of about 8 kB.
    BigChain,
    /// An RSA key of 1024 bits.
    WeakKey,
    /// Signed with SHA-1.
    Sha1,
    /// Signed with SHA-384.
    Sha384,
    /// Signed with SHA-512.
    Sha512,
    /// Signed with RSA-PSS.
    Pss,
    /// An RSA key whose certificate an elliptic-curve authority signed.
    EllipticAuthority,
    /// Key usage without key encipherment.
    NoKeyEncipherment,
    /// A client certificate of the range's root is demanded; one is revoked.
    ClientCertificate,
    /// Alert 112 for everyone who does not name the host in SNI.
    SniRequired,
    /// Shows another host's certificate to everyone who does not name the host in SNI.
    SniChooses,
    /// MQTT without TLS.
    PlainMqtt,
    /// TLS where somebody expects plain MQTT; as [`Fault::Good`].
    TlsInsteadOfPlain,
    /// An HTTP server.
    Http,
    /// Accepts and never answers.
    Silent,
    /// Accepts and closes at once.
    ClosesAtOnce,
}

/// What a client sees that offers the module's suites with TLS 1.2, checks the server against the range's root and name,
/// and shows no certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sees {
    /// The handshake succeeds.
    Works,
    /// It succeeds with SNI and ends with this alert without.
    WorksWithSniElseAlert(Alert),
    /// It succeeds with SNI and ends with this verify code without.
    WorksWithSniElse(VerifyCode),
    /// The server refuses at this stage.
    Refused(Stage, Alert),
    /// The client refuses the server's answer, its certificate aside.
    Refuses(Alert),
    /// The client refuses the server's certificate and says so with this alert.
    Distrusts(VerifyCode, Alert),
    /// The answer is not TLS.
    NotTls,
    /// The connection ends without an answer.
    End,
    /// Nothing comes.
    Silence,
}

/// What is known about a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FaultFacts {
    /// A short name for lists and test output.
    pub name: &'static str,
    /// The entry of the failure catalogue that a diagnosis must come to; `None` where nothing is wrong.
    pub catalogue: Option<&'static str>,
    /// What the client sees.
    pub sees: Sees,
}

impl Fault {
    /// All of them.
    pub const ALL: [Self; 33] = [
        Self::Good,
        Self::EcdheOnly,
        Self::Rc4Only,
        Self::TripleDesOnly,
        Self::SharedKeyOnly,
        Self::Tls13Only,
        Self::Tls10Only,
        Self::EcdsaCertificate,
        Self::Expired,
        Self::NotYetValid,
        Self::WrongName,
        Self::CommonNameOnly,
        Self::NoIntermediate,
        Self::FullChain,
        Self::ForeignAuthority,
        Self::SelfSigned,
        Self::TwinAuthority,
        Self::BigChain,
        Self::WeakKey,
        Self::Sha1,
        Self::Sha384,
        Self::Sha512,
        Self::Pss,
        Self::EllipticAuthority,
        Self::NoKeyEncipherment,
        Self::ClientCertificate,
        Self::SniRequired,
        Self::SniChooses,
        Self::PlainMqtt,
        Self::TlsInsteadOfPlain,
        Self::Http,
        Self::Silent,
        Self::ClosesAtOnce,
    ];

    /// What is known about it.
    pub const fn facts(self) -> FaultFacts {
        let (name, catalogue, sees) = self.row();
        FaultFacts { name, catalogue, sees }
    }

    /// The fault with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|fault| fault.facts().name == name)
    }

    const fn row(self) -> (&'static str, Option<&'static str>, Sees) {
        use Sees::{Distrusts, End, NotTls, Refused, Refuses, Silence, Works};
        const EARLY: Stage = Stage::BeforeServerCertificate;
        const NO_AGREEMENT: Sees = Refused(EARLY, Alert::HANDSHAKE_FAILURE);
        match self {
            Self::Good => ("good", None, Works),
            Self::EcdheOnly => ("ecdhe-only", Some("F-071"), NO_AGREEMENT),
            Self::Rc4Only => ("rc4-only", Some("F-076"), Refuses(Alert::ILLEGAL_PARAMETER)),
            Self::TripleDesOnly => ("3des-only", Some("F-076"), Refuses(Alert::ILLEGAL_PARAMETER)),
            Self::SharedKeyOnly => ("shared-key-only", Some("F-082"), NO_AGREEMENT),
            Self::Tls13Only => ("tls13-only", Some("F-072"), Refused(EARLY, Alert::PROTOCOL_VERSION)),
            Self::Tls10Only => ("tls10-only", Some("F-073"), Refuses(Alert::PROTOCOL_VERSION)),
            Self::EcdsaCertificate => ("ecdsa-certificate", Some("F-074"), NO_AGREEMENT),
            Self::Expired => ("expired", Some("F-104"), Distrusts(VerifyCode::EXPIRED, Alert::CERTIFICATE_EXPIRED)),
            Self::NotYetValid => {
                ("not-yet-valid", Some("F-105"), Distrusts(VerifyCode::NOT_YET_VALID, Alert::BAD_CERTIFICATE))
            }
            Self::WrongName => {
                ("wrong-name", Some("F-108"), Distrusts(VerifyCode::HOSTNAME_MISMATCH, Alert::BAD_CERTIFICATE))
            }
            Self::CommonNameOnly => ("common-name-only", Some("F-109"), Works),
            Self::NoIntermediate => {
                ("no-intermediate", Some("F-101"), Distrusts(VerifyCode::ISSUER_NOT_FOUND, Alert::UNKNOWN_CA))
            }
            Self::FullChain => ("full-chain", None, Works),
            Self::ForeignAuthority => {
                ("foreign-authority", Some("F-097"), Distrusts(VerifyCode::ISSUER_NOT_FOUND, Alert::UNKNOWN_CA))
            }
            Self::SelfSigned => ("self-signed", Some("F-103"), Distrusts(VerifyCode::SELF_SIGNED, Alert::UNKNOWN_CA)),
            Self::TwinAuthority => {
                ("twin-authority", Some("F-098"), Distrusts(VerifyCode::SELF_SIGNED_IN_CHAIN, Alert::UNKNOWN_CA))
            }
            Self::BigChain => ("big-chain", Some("F-081"), Works),
            Self::WeakKey => ("weak-key", Some("F-112"), Works),
            Self::Sha1 => ("sha1", Some("F-113"), Works),
            Self::Sha384 => ("sha384", Some("F-110"), Works),
            Self::Sha512 => ("sha512", Some("F-110"), Works),
            Self::Pss => ("pss", Some("F-110"), Works),
            Self::EllipticAuthority => {
                ("elliptic-authority", Some("F-110"), Distrusts(VerifyCode::ISSUER_NOT_FOUND, Alert::UNKNOWN_CA))
            }
            Self::NoKeyEncipherment => ("no-key-encipherment", Some("F-111"), Works),
            Self::ClientCertificate => {
                let sees = Refused(Stage::AfterClientCertificate, Alert::HANDSHAKE_FAILURE);
                ("client-certificate", Some("F-095"), sees)
            }
            Self::SniRequired => ("sni-required", Some("F-078"), Sees::WorksWithSniElseAlert(Alert::UNRECOGNIZED_NAME)),
            Self::SniChooses => ("sni-chooses", Some("F-078"), Sees::WorksWithSniElse(VerifyCode::HOSTNAME_MISMATCH)),
            Self::PlainMqtt => ("plain-mqtt", Some("F-070"), End),
            Self::TlsInsteadOfPlain => ("tls-instead-of-plain", Some("F-069"), Works),
            Self::Http => ("http", Some("F-062"), NotTls),
            Self::Silent => ("silent", Some("F-084"), Silence),
            Self::ClosesAtOnce => ("closes-at-once", Some("F-065"), End),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.facts().name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back_to_their_fault() {
        for fault in Fault::ALL {
            assert_eq!(Fault::from_name(fault.facts().name), Some(fault));
        }
    }
}
