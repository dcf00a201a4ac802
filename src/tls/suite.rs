//! The six cipher suites that the module documents (reference, section 9).
//!
//! All six use RSA key transport: the server needs an RSA key, and none of them exists in TLS 1.3.

use std::fmt;

/// One of the module's cipher suites.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Suite {
    /// 0x0035, AES-256 CBC with SHA-1.
    Aes256Sha,
    /// 0x002F, AES-128 CBC with SHA-1.
    Aes128Sha,
    /// 0x0005, RC4 with SHA-1; broken, refused by today's brokers.
    Rc4Sha,
    /// 0x0004, RC4 with MD5; broken, refused by today's brokers.
    Rc4Md5,
    /// 0x000A, triple DES CBC with SHA-1; weak, refused by today's brokers.
    TripleDesSha,
    /// 0x003D, AES-256 CBC with SHA-256; TLS 1.2 only.
    Aes256Sha256,
}

impl Suite {
    /// All six, in the order in which the vendor lists them.
    pub const ALL: [Self; 6] =
        [Self::Aes256Sha, Self::Aes128Sha, Self::Rc4Sha, Self::Rc4Md5, Self::TripleDesSha, Self::Aes256Sha256];

    /// The number of the suite on the wire, the same that `AT+SSLCFG="ciphersuite"` takes.
    pub const fn id(self) -> u16 {
        match self {
            Self::Aes256Sha => 0x0035,
            Self::Aes128Sha => 0x002F,
            Self::Rc4Sha => 0x0005,
            Self::Rc4Md5 => 0x0004,
            Self::TripleDesSha => 0x000A,
            Self::Aes256Sha256 => 0x003D,
        }
    }

    /// The suite with this number, if it is one of the six.
    pub fn from_id(id: u16) -> Option<Self> {
        Self::ALL.into_iter().find(|suite| suite.id() == id)
    }

    /// The name in the registry of IANA.
    pub const fn iana_name(self) -> &'static str {
        match self {
            Self::Aes256Sha => "TLS_RSA_WITH_AES_256_CBC_SHA",
            Self::Aes128Sha => "TLS_RSA_WITH_AES_128_CBC_SHA",
            Self::Rc4Sha => "TLS_RSA_WITH_RC4_128_SHA",
            Self::Rc4Md5 => "TLS_RSA_WITH_RC4_128_MD5",
            Self::TripleDesSha => "TLS_RSA_WITH_3DES_EDE_CBC_SHA",
            Self::Aes256Sha256 => "TLS_RSA_WITH_AES_256_CBC_SHA256",
        }
    }

    /// The name that OpenSSL and broker configurations use.
    pub const fn openssl_name(self) -> &'static str {
        match self {
            Self::Aes256Sha => "AES256-SHA",
            Self::Aes128Sha => "AES128-SHA",
            Self::Rc4Sha => "RC4-SHA",
            Self::Rc4Md5 => "RC4-MD5",
            Self::TripleDesSha => "DES-CBC3-SHA",
            Self::Aes256Sha256 => "AES256-SHA256",
        }
    }

    /// Whether this build can complete a handshake with it. Of the others only the server's answer to a hand-made
    /// `ClientHello` can be learnt.
    pub const fn is_built_in(self) -> bool {
        matches!(self, Self::Aes256Sha | Self::Aes128Sha | Self::Aes256Sha256)
    }
}

/// The name in the registry of IANA.
impl fmt::Display for Suite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.iana_name())
    }
}

/// The suites as OpenSSL's cipher list, those left out that this build cannot complete.
pub(super) fn cipher_list(suites: &[Suite]) -> String {
    let names: Vec<_> = suites.iter().filter(|suite| suite.is_built_in()).map(|suite| suite.openssl_name()).collect();
    names.join(":")
}

#[cfg(test)]
mod tests {
    use openssl::ssl::{SslContext, SslMethod};

    use super::*;

    #[test]
    fn numbers_lead_back_to_their_suite() {
        for suite in Suite::ALL {
            assert_eq!(Suite::from_id(suite.id()), Some(suite));
        }
        assert_eq!(Suite::from_id(0xC02F), None);
    }

    #[test]
    fn the_build_knows_exactly_the_suites_it_says() {
        for suite in Suite::ALL {
            let mut context = SslContext::builder(SslMethod::tls()).unwrap();
            context.set_security_level(0);
            let known = context.set_cipher_list(suite.openssl_name()).is_ok();
            assert_eq!(known, suite.is_built_in(), "{suite}");
        }
    }
}
