//! Protocol versions: as they stand on the wire and as the module's `sslversion` names them.

use std::fmt;

use openssl::ssl::SslVersion;

/// A protocol version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TlsVersion {
    /// SSL 3.0; this build cannot speak it.
    Ssl3,
    /// TLS 1.0.
    Tls10,
    /// TLS 1.1.
    Tls11,
    /// TLS 1.2, the newest that the module knows.
    Tls12,
    /// TLS 1.3; never offered in the module's place.
    Tls13,
}

impl TlsVersion {
    /// The two bytes on the wire.
    pub const fn id(self) -> u16 {
        match self {
            Self::Ssl3 => 0x0300,
            Self::Tls10 => 0x0301,
            Self::Tls11 => 0x0302,
            Self::Tls12 => 0x0303,
            Self::Tls13 => 0x0304,
        }
    }

    /// The version with these two bytes.
    pub const fn from_id(id: u16) -> Option<Self> {
        match id {
            0x0300 => Some(Self::Ssl3),
            0x0301 => Some(Self::Tls10),
            0x0302 => Some(Self::Tls11),
            0x0303 => Some(Self::Tls12),
            0x0304 => Some(Self::Tls13),
            _ => None,
        }
    }

    pub(super) fn from_openssl(version: SslVersion) -> Option<Self> {
        [Self::Tls10, Self::Tls11, Self::Tls12, Self::Tls13].into_iter().find(|one| one.openssl() == version)
    }

    pub(super) const fn openssl(self) -> SslVersion {
        match self {
            Self::Ssl3 => SslVersion::SSL3,
            Self::Tls10 => SslVersion::TLS1,
            Self::Tls11 => SslVersion::TLS1_1,
            Self::Tls12 => SslVersion::TLS1_2,
            Self::Tls13 => SslVersion::TLS1_3,
        }
    }
}

impl fmt::Display for TlsVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Ssl3 => "SSL 3.0",
            Self::Tls10 => "TLS 1.0",
            Self::Tls11 => "TLS 1.1",
            Self::Tls12 => "TLS 1.2",
            Self::Tls13 => "TLS 1.3",
        })
    }
}

/// The value of `AT+SSLCFG="sslversion",88,<n>` (reference, section 9).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum VersionSetting {
    /// One version and no other: 0 SSL 3.0, 1 TLS 1.0, 2 TLS 1.1, 3 TLS 1.2.
    Only(TlsVersion),
    /// 4: whatever the server prefers, up to TLS 1.2.
    #[default]
    All,
}

impl VersionSetting {
    /// The setting with this number; `None` above 4.
    pub const fn from_number(number: u8) -> Option<Self> {
        match number {
            0 => Some(Self::Only(TlsVersion::Ssl3)),
            1 => Some(Self::Only(TlsVersion::Tls10)),
            2 => Some(Self::Only(TlsVersion::Tls11)),
            3 => Some(Self::Only(TlsVersion::Tls12)),
            4 => Some(Self::All),
            _ => None,
        }
    }

    /// Lowest and highest version offered.
    pub(super) const fn span(self) -> (TlsVersion, TlsVersion) {
        match self {
            Self::Only(version) => (version, version),
            Self::All => (TlsVersion::Tls10, TlsVersion::Tls12),
        }
    }
}
