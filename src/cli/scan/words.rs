//! What a scan says, in both languages, and how values are written.

use chrono::DateTime;

use crate::{
    certs::{CertificateFacts, Digest, PublicKey, Signature},
    cli::tongue::Tongue,
    tls::{Alert, FailureCause},
};

/// Why something was refused.
pub(super) fn cause(tongue: Tongue, cause: &FailureCause) -> String {
    match cause {
        FailureCause::PeerAlert(alert) => alert_text(*alert),
        FailureCause::OwnAlert(_) | FailureCause::Library(_) => {
            tongue.pick("the answer does not fit the offer", "应答与请求不符").to_owned()
        }
        FailureCause::Untrusted { .. } => tongue.pick("the certificate is not believed", "证书不被信任").to_owned(),
        FailureCause::NotTls => tongue.pick("the answer is not TLS", "应答不是 TLS").to_owned(),
        FailureCause::Closed | FailureCause::Broken(_) => {
            tongue.pick("closed without a word", "未作应答即断开").to_owned()
        }
        FailureCause::TimedOut => tongue.pick("no answer in time", "超时无应答").to_owned(),
        FailureCause::NoConnection(_) => tongue.pick("no connection", "无法连接").to_owned(),
        FailureCause::Refused(_) => {
            tongue.pick("not testable by handshake on this computer", "本电脑无法以握手测试").to_owned()
        }
    }
}
/// `alert 40 handshake_failure`.
pub(super) fn alert_text(alert: Alert) -> String {
    format!("alert {alert}")
}

/// `RSA 2048`, `EC 256`.
pub(super) fn key(facts: &CertificateFacts) -> String {
    match facts.key {
        PublicKey::Rsa { bits } => format!("RSA {bits}"),
        PublicKey::Elliptic { bits } => format!("EC {bits}"),
        PublicKey::Other => "other".to_owned(),
    }
}

/// `RSA-SHA256`, `RSA-PSS`, `ECDSA-SHA384`.
pub(super) fn signature(facts: &CertificateFacts) -> String {
    let hash = |digest: Digest| match digest {
        Digest::Md5 => "MD5",
        Digest::Sha1 => "SHA1",
        Digest::Sha256 => "SHA256",
        Digest::Sha384 => "SHA384",
        Digest::Sha512 => "SHA512",
        Digest::Other => "other",
    };
    match facts.signature {
        Signature::Rsa(digest) => format!("RSA-{}", hash(digest)),
        Signature::RsaPss => "RSA-PSS".to_owned(),
        Signature::Ecdsa(digest) => format!("ECDSA-{}", hash(digest)),
        Signature::Other => "other".to_owned(),
    }
}

/// `2026-03-04T00:30:00Z`.
pub(super) fn moment(seconds: Option<i64>) -> Option<String> {
    let time = DateTime::from_timestamp(seconds?, 0)?;
    Some(time.format("%Y-%m-%dT%H:%M:%SZ").to_string())
}

/// `2026-03-04`.
pub(super) fn day(seconds: Option<i64>) -> String {
    moment(seconds).map_or_else(|| "?".to_owned(), |text| text.chars().take(10).collect())
}

/// `ab12…`, two digits a byte.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat()
}

/// `AB:12:…`, as other tools show a fingerprint.
pub(super) fn fingerprint(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().join(":")
}
