//! Files of a scenario: those of the TLS range, and what went wrong on their way into the module.

use serde::Deserialize;

use crate::sim::range::{ClientKind, RangeFiles};

/// A file in the module.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FilePlan {
    /// Its name there.
    pub name: String,
    /// `ca`, `other-ca`, `intermediate-ca`, or `certificate` and `key` with a kind of client: `key:good`, `key:expired`,
    /// `key:other-authority`, `key:server-purpose`, `key:revoked`, `key:wrong-key`, `key:elliptic-curve`.
    pub from: String,
    /// What happened to it on the way.
    #[serde(default)]
    pub harm: Harm,
}

/// What happened to a file on its way into the module.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Harm {
    /// Nothing.
    #[default]
    None,
    /// Its end is missing: the count was too small.
    Cut,
    /// Its line ends became CR alone.
    CarriageReturns,
    /// Its lines were joined by blanks.
    JoinedLines,
}

/// Bytes that a count without the CRs of the file leaves out, about.
const CUT: usize = 22;

impl FilePlan {
    /// Its bytes; `None` when the range makes no such file.
    pub fn bytes(&self, range: &RangeFiles) -> Option<Vec<u8>> {
        let mut bytes = match self.from.split_once(':') {
            None => match self.from.as_str() {
                "ca" => range.ca().to_vec(),
                "other-ca" => range.other_ca().to_vec(),
                "intermediate-ca" => range.intermediate_ca().to_vec(),
                _ => return None,
            },
            Some(("certificate", kind)) => range.client(client(kind)?).certificate.clone(),
            Some(("key", kind)) => range.client(client(kind)?).key.clone(),
            Some(_) => return None,
        };
        match self.harm {
            Harm::None => {}
            Harm::Cut => bytes.truncate(bytes.len().saturating_sub(CUT)),
            Harm::CarriageReturns => replace_line_ends(&mut bytes, b'\r'),
            Harm::JoinedLines => replace_line_ends(&mut bytes, b' '),
        }
        Some(bytes)
    }
}

fn client(kind: &str) -> Option<ClientKind> {
    Some(match kind {
        "good" => ClientKind::Good,
        "expired" => ClientKind::Expired,
        "other-authority" => ClientKind::OtherAuthority,
        "server-purpose" => ClientKind::ServerPurpose,
        "revoked" => ClientKind::Revoked,
        "wrong-key" => ClientKind::WrongKey,
        "elliptic-curve" => ClientKind::EllipticCurve,
        _ => return None,
    })
}

fn replace_line_ends(bytes: &mut [u8], with: u8) {
    for byte in bytes.iter_mut().filter(|byte| **byte == b'\n') {
        *byte = with;
    }
}
