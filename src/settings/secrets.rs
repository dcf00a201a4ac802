//! The passwords of one profile. They live in memory and, where the system has one, in its keyring; never in the settings.

use crate::mqtt::Password;

use super::{Profile, Settings};

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

impl Settings {
    /// Clears every field in which a password of `secrets` was typed: settings hold none.
    pub fn leave_out(&mut self, secrets: &Secrets) {
        let is_password = |text: &str| SecretKind::ALL.into_iter().any(|kind| secrets.of(kind).is_telling(text.trim()));
        for profile in self.profiles.iter_mut().chain(&mut self.draft) {
            fields(profile).filter(|text| is_password(text)).for_each(String::clear);
        }
    }
}

/// The typed fields of a profile that may hold a password by mistake; its name is told apart by others.
fn fields(profile: &mut Profile) -> impl Iterator<Item = &mut String> {
    let security = &mut profile.security;
    let files = [&mut security.ca, &mut security.certificate, &mut security.key];
    let files = files.into_iter().flat_map(|file| [&mut file.path, &mut file.name]);
    let fixed = [
        &mut profile.host,
        &mut profile.client_id,
        &mut profile.user,
        &mut profile.publish_topic,
        &mut profile.will.topic,
        &mut profile.will.payload,
        &mut profile.sim.access_point,
        &mut profile.sim.user,
        &mut security.server_name,
    ];
    let filters = profile.subscriptions.iter_mut().map(|entry| &mut entry.filter);
    fixed.into_iter().chain(files).chain(filters)
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
