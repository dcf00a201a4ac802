//! What PEM blocks say they hold.

/// What a block says it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Label {
    /// `CERTIFICATE`.
    Certificate,
    /// `TRUSTED CERTIFICATE`, OpenSSL's own form.
    TrustedCertificate,
    /// `RSA PRIVATE KEY` (PKCS#1), the form of the vendor's example.
    RsaKey,
    /// `EC PRIVATE KEY` (SEC 1).
    EcKey,
    /// `EC PARAMETERS`, which some tools write in front of the key.
    EcParameters,
    /// `PRIVATE KEY` (PKCS#8).
    Pkcs8Key,
    /// `ENCRYPTED PRIVATE KEY` (PKCS#8 behind a pass phrase).
    EncryptedPkcs8Key,
    /// `OPENSSH PRIVATE KEY`, OpenSSH's own form.
    OpenSshKey,
    /// `PKCS7`.
    Pkcs7,
    /// `X509 CRL`.
    RevocationList,
    /// `CERTIFICATE REQUEST` or `NEW CERTIFICATE REQUEST`.
    Request,
    /// `PUBLIC KEY` or `RSA PUBLIC KEY`.
    PublicKey,
    /// Anything else.
    Other(String),
}

impl Label {
    pub(super) fn from_text(text: &str) -> Self {
        match text {
            "CERTIFICATE" | "X509 CERTIFICATE" => Self::Certificate,
            "TRUSTED CERTIFICATE" => Self::TrustedCertificate,
            "RSA PRIVATE KEY" => Self::RsaKey,
            "EC PRIVATE KEY" => Self::EcKey,
            "EC PARAMETERS" => Self::EcParameters,
            "PRIVATE KEY" => Self::Pkcs8Key,
            "ENCRYPTED PRIVATE KEY" => Self::EncryptedPkcs8Key,
            "OPENSSH PRIVATE KEY" => Self::OpenSshKey,
            "PKCS7" | "PKCS #7 SIGNED DATA" | "CMS" | "CERTIFICATE CHAIN" => Self::Pkcs7,
            "X509 CRL" => Self::RevocationList,
            "CERTIFICATE REQUEST" | "NEW CERTIFICATE REQUEST" => Self::Request,
            "PUBLIC KEY" | "RSA PUBLIC KEY" => Self::PublicKey,
            other => Self::Other(other.to_owned()),
        }
    }

    /// The text between `BEGIN` and the dashes.
    pub fn text(&self) -> &str {
        match self {
            Self::Certificate => "CERTIFICATE",
            Self::TrustedCertificate => "TRUSTED CERTIFICATE",
            Self::RsaKey => "RSA PRIVATE KEY",
            Self::EcKey => "EC PRIVATE KEY",
            Self::EcParameters => "EC PARAMETERS",
            Self::Pkcs8Key => "PRIVATE KEY",
            Self::EncryptedPkcs8Key => "ENCRYPTED PRIVATE KEY",
            Self::OpenSshKey => "OPENSSH PRIVATE KEY",
            Self::Pkcs7 => "PKCS7",
            Self::RevocationList => "X509 CRL",
            Self::Request => "CERTIFICATE REQUEST",
            Self::PublicKey => "PUBLIC KEY",
            Self::Other(text) => text,
        }
    }

    /// Whether this program knows what it names.
    pub(super) const fn is_known(&self) -> bool {
        !matches!(self, Self::Other(_))
    }

    /// Whether it is a private key's.
    pub const fn is_private(&self) -> bool {
        matches!(self, Self::RsaKey | Self::EcKey | Self::Pkcs8Key | Self::EncryptedPkcs8Key | Self::OpenSshKey)
    }
}
