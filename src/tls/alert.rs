//! The numbers by which TLS and X.509 say why: alerts and verify codes.

use std::fmt;

/// The number of a TLS alert (RFC 5246 section 7.2, RFC 6066, RFC 8446 section 6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Alert(pub u8);

impl Alert {
    /// 40, no agreement: suites, key type, signature algorithms or a missing client certificate.
    pub const HANDSHAKE_FAILURE: Self = Self(40);
    /// 42, the certificate is damaged or not acceptable.
    pub const BAD_CERTIFICATE: Self = Self(42);
    /// 43, the certificate is of the wrong kind or purpose.
    pub const UNSUPPORTED_CERTIFICATE: Self = Self(43);
    /// 44, the certificate was revoked.
    pub const CERTIFICATE_REVOKED: Self = Self(44);
    /// 45, the certificate has expired.
    pub const CERTIFICATE_EXPIRED: Self = Self(45);
    /// 47, a value in the handshake was not one of those offered.
    pub const ILLEGAL_PARAMETER: Self = Self(47);
    /// 48, no trusted authority issued the certificate.
    pub const UNKNOWN_CA: Self = Self(48);
    /// 51, a signature or a decryption failed.
    pub const DECRYPT_ERROR: Self = Self(51);
    /// 70, no common protocol version.
    pub const PROTOCOL_VERSION: Self = Self(70);
    /// 80, the peer failed for reasons of its own.
    pub const INTERNAL_ERROR: Self = Self(80);
    /// 112, the peer does not serve the name in SNI, or misses one.
    pub const UNRECOGNIZED_NAME: Self = Self(112);
    /// 116, a client certificate is required (TLS 1.3 only).
    pub const CERTIFICATE_REQUIRED: Self = Self(116);

    /// The name that the RFCs give the number; empty for a number without one.
    pub const fn name(self) -> &'static str {
        match self.0 {
            0 => "close_notify",
            10 => "unexpected_message",
            20 => "bad_record_mac",
            22 => "record_overflow",
            40 => "handshake_failure",
            42 => "bad_certificate",
            43 => "unsupported_certificate",
            44 => "certificate_revoked",
            45 => "certificate_expired",
            46 => "certificate_unknown",
            47 => "illegal_parameter",
            48 => "unknown_ca",
            49 => "access_denied",
            50 => "decode_error",
            51 => "decrypt_error",
            70 => "protocol_version",
            71 => "insufficient_security",
            80 => "internal_error",
            86 => "inappropriate_fallback",
            90 => "user_canceled",
            109 => "missing_extension",
            110 => "unsupported_extension",
            112 => "unrecognized_name",
            113 => "bad_certificate_status_response",
            115 => "unknown_psk_identity",
            116 => "certificate_required",
            120 => "no_application_protocol",
            _ => "",
        }
    }
}

/// `40 handshake_failure`.
impl fmt::Display for Alert {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            "" => write!(f, "{}", self.0),
            name => write!(f, "{} {name}", self.0),
        }
    }
}

/// What the check of a certificate chain found, as numbered by OpenSSL's `X509_V_ERR_…`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VerifyCode(pub i32);

impl VerifyCode {
    /// 0, nothing wrong.
    pub const OK: Self = Self(0);
    /// 2, the chain ends in an authority whose own issuer is nowhere.
    pub const ISSUER_OF_AUTHORITY_NOT_FOUND: Self = Self(2);
    /// 7, a signature in the chain does not fit.
    pub const SIGNATURE_FAILURE: Self = Self(7);
    /// 9, a certificate is not valid yet.
    pub const NOT_YET_VALID: Self = Self(9);
    /// 10, a certificate has expired.
    pub const EXPIRED: Self = Self(10);
    /// 18, the server's certificate signed itself and is not trusted.
    pub const SELF_SIGNED: Self = Self(18);
    /// 19, the chain ends in a self-signed certificate that is not trusted.
    pub const SELF_SIGNED_IN_CHAIN: Self = Self(19);
    /// 20, the issuer is neither trusted nor in the chain.
    pub const ISSUER_NOT_FOUND: Self = Self(20);
    /// 21, only one certificate and nothing to check it with.
    pub const LEAF_NOT_VERIFIABLE: Self = Self(21);
    /// 23, revoked.
    pub const REVOKED: Self = Self(23);
    /// 62, the expected host name is not in the certificate.
    pub const HOSTNAME_MISMATCH: Self = Self(62);
    /// 64, the expected address is not in the certificate.
    pub const IP_MISMATCH: Self = Self(64);
}

impl fmt::Display for VerifyCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_alert_reads_as_number_and_name() {
        assert_eq!(Alert::UNKNOWN_CA.to_string(), "48 unknown_ca");
        assert_eq!(Alert(200).to_string(), "200");
    }
}
