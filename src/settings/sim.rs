//! Which kind of SIM card a profile is for: a public one, or one of a private network.

use serde::{Deserialize, Serialize};

/// The SIM card, as typed. Its password is among the [`Secrets`](super::Secrets).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SimEntry {
    /// Whether it is a card of a private network, with an access point of its own.
    pub is_private: bool,
    /// Name of the access point, 1 to 128 bytes.
    pub access_point: String,
    /// User, at most 32 bytes; empty for none.
    pub user: String,
    /// How the network checks user and password.
    pub check: AccessCheck,
}

/// How a private network checks user and password (reference, section 6.2).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AccessCheck {
    /// Not at all.
    None,
    /// PAP: the password travels in clear.
    Pap,
    /// CHAP: the tutorial's choice.
    #[default]
    Chap,
}

impl AccessCheck {
    /// All three, the tutorial's choice first.
    pub const ALL: [Self; 3] = [Self::Chap, Self::Pap, Self::None];
}
