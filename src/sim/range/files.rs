//! The range's authorities and the files of its clients: right ones, and wrong ones of every kind.

use std::fmt;

use openssl::error::ErrorStack;

use crate::tls::authority::{Authority, DAY, Identity, KeyKind, LeafSpec, Purpose};

/// A client certificate of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientKind {
    /// Issued by the range's root for clients.
    Good,
    /// Expired years ago.
    Expired,
    /// Issued by another authority.
    OtherAuthority,
    /// Meant for servers.
    ServerPurpose,
    /// On the listener's revocation list.
    Revoked,
    /// The good certificate with a key that is not its own.
    WrongKey,
    /// An elliptic-curve key; fine for this computer, not for a module that knows RSA only.
    EllipticCurve,
}

impl ClientKind {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Good,
        Self::Expired,
        Self::OtherAuthority,
        Self::ServerPurpose,
        Self::Revoked,
        Self::WrongKey,
        Self::EllipticCurve,
    ];

    /// The entry of the failure catalogue that a diagnosis must come to; `None` where nothing is wrong.
    pub const fn catalogue(self) -> Option<&'static str> {
        match self {
            Self::Good => None,
            Self::Expired => Some("F-131"),
            Self::OtherAuthority => Some("F-130"),
            Self::ServerPurpose => Some("F-132"),
            Self::Revoked => Some("F-114"),
            Self::WrongKey => Some("F-129"),
            Self::EllipticCurve => Some("F-128"),
        }
    }
}

/// Certificate and key of a client, PEM with LF line ends.
#[derive(Clone, PartialEq, Eq)]
pub struct ClientFiles {
    /// The certificate.
    pub certificate: Vec<u8>,
    /// The key; PKCS#1 as in the vendor's example where it is RSA.
    pub key: Vec<u8>,
}

/// Sizes only: a key must not reach a log.
impl fmt::Debug for ClientFiles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientFiles").field("certificate_bytes", &self.certificate.len()).finish_non_exhaustive()
    }
}

/// Everything that was made for a range.
#[derive(Clone)]
pub struct RangeFiles {
    pub(super) root: Authority,
    pub(super) other: Authority,
    pub(super) twin: Authority,
    pub(super) intermediate: Authority,
    pub(super) elliptic: Authority,
    pub(super) revocation_list: Vec<u8>,
    root_ca: Vec<u8>,
    other_ca: Vec<u8>,
    intermediate_ca: Vec<u8>,
    elliptic_ca: Vec<u8>,
    clients: Vec<(ClientKind, ClientFiles)>,
}

impl RangeFiles {
    pub(super) fn new(now: i64) -> Result<Self, ErrorStack> {
        let root = Authority::root("Bench Root", KeyKind::Rsa(2048), 0, now)?;
        let other = Authority::foreign_root("Elsewhere", "Other Root", 1, now)?;
        let twin = Authority::root("Bench Root", KeyKind::Rsa(2048), 2, now)?;
        let intermediate = root.intermediate("Bench Intermediate", 3, now)?;
        let elliptic = Authority::root("Elliptic Root", KeyKind::P256, 0, now)?;
        let revoked = root.issue(&LeafSpec::client("dev1", now))?;
        Ok(Self {
            revocation_list: root.revoke(&[&revoked], now)?,
            root_ca: root.certificate_pem()?,
            other_ca: other.certificate_pem()?,
            intermediate_ca: intermediate.certificate_pem()?,
            elliptic_ca: elliptic.certificate_pem()?,
            clients: clients(&root, &other, &revoked, now)?,
            root,
            other,
            twin,
            intermediate,
            elliptic,
        })
    }

    /// The CA file that fits, PEM.
    pub fn ca(&self) -> &[u8] {
        &self.root_ca
    }

    /// The CA file of an authority that issued nothing here but two wrong certificates, PEM.
    pub fn other_ca(&self) -> &[u8] {
        &self.other_ca
    }

    /// The intermediate's certificate, PEM: mends [`Fault::NoIntermediate`](super::Fault::NoIntermediate).
    pub fn intermediate_ca(&self) -> &[u8] {
        &self.intermediate_ca
    }

    /// The CA file of the elliptic-curve authority, PEM: fits
    /// [`Fault::EllipticAuthority`](super::Fault::EllipticAuthority) for a client that can check its signature.
    pub fn elliptic_ca(&self) -> &[u8] {
        &self.elliptic_ca
    }

    /// Certificate and key of a client.
    pub fn client(&self, kind: ClientKind) -> &ClientFiles {
        let found = self.clients.iter().find(|(one, _)| *one == kind);
        &found.expect("every kind of client is made").1
    }
}

impl fmt::Debug for RangeFiles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RangeFiles").finish_non_exhaustive()
    }
}

fn clients(
    root: &Authority,
    other: &Authority,
    revoked: &Identity,
    now: i64,
) -> Result<Vec<(ClientKind, ClientFiles)>, ErrorStack> {
    let plain = LeafSpec::client("dev1", now);
    let stranger = LeafSpec { key_number: 7, ..plain.clone() };
    ClientKind::ALL
        .into_iter()
        .map(|kind| {
            let identity = match kind {
                ClientKind::Good | ClientKind::WrongKey => root.issue(&plain)?,
                ClientKind::Expired => root.issue(&LeafSpec { valid: years_ago(now), ..plain.clone() })?,
                ClientKind::OtherAuthority => other.issue(&plain)?,
                ClientKind::ServerPurpose => root.issue(&LeafSpec { purpose: Purpose::Server, ..plain.clone() })?,
                ClientKind::Revoked => revoked.clone(),
                ClientKind::EllipticCurve => root.issue(&LeafSpec { key: KeyKind::P256, ..plain.clone() })?,
            };
            let key = match kind {
                ClientKind::WrongKey => root.issue(&stranger)?.key_pkcs1_pem()?,
                ClientKind::EllipticCurve => identity.key_pem()?,
                _ => identity.key_pkcs1_pem()?,
            };
            Ok((kind, ClientFiles { certificate: identity.certificate_pem()?, key }))
        })
        .collect()
}

/// A year that ended five years before `now`.
pub(super) const fn years_ago(now: i64) -> (i64, i64) {
    (now - 6 * 365 * DAY, now - 5 * 365 * DAY)
}
