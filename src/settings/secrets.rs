//! The passwords of one profile. They live in memory and, where the system has one, in its keyring; never in the settings.

use crate::mqtt::Password;

/// The passwords of one profile. `Debug` shows none of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Secrets {
    /// For the login at the broker.
    pub login: Password,
    /// For the access point of a private network.
    pub access_point: Password,
}

impl Secrets {
    /// Whether there is nothing to keep.
    pub fn is_empty(&self) -> bool {
        self.login.is_empty() && self.access_point.is_empty()
    }
}

/// One of the passwords of a profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SecretKind {
    /// For the login at the broker.
    Login,
    /// For the access point of a private network.
    AccessPoint,
}

impl SecretKind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Login, Self::AccessPoint];
}

impl Secrets {
    /// One of them.
    pub const fn of(&self, kind: SecretKind) -> &Password {
        match kind {
            SecretKind::Login => &self.login,
            SecretKind::AccessPoint => &self.access_point,
        }
    }

    /// Changes one of them.
    pub fn set(&mut self, kind: SecretKind, password: Password) {
        match kind {
            SecretKind::Login => self.login = password,
            SecretKind::AccessPoint => self.access_point = password,
        }
    }
}
