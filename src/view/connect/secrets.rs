//! Which passwords are missing, and whether the system can keep them.

use crate::settings::{Profile, SecretKind, Secrets};

/// Whether the system's keyring can be used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Keyring {
    /// It is being looked for.
    #[default]
    Looking,
    /// It is there.
    Ready,
    /// There is none; the system's own words.
    Missing(String),
}

/// The passwords that `profile` needs and that are not there: they must be asked for.
pub fn missing(profile: &Profile, secrets: &Secrets) -> Vec<SecretKind> {
    let is_used = |kind| match kind {
        SecretKind::Login => true,
        SecretKind::AccessPoint => profile.sim.is_private,
    };
    let is_missing = |kind: &SecretKind| profile.passwords.has(*kind) && is_used(*kind) && secrets.of(*kind).is_empty();
    SecretKind::ALL.into_iter().filter(is_missing).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{mqtt::Password, settings::PasswordEntry};

    #[test]
    fn only_what_is_needed_and_not_there_is_missing() {
        let passwords = PasswordEntry { has_login: true, has_access_point: true, ..PasswordEntry::default() };
        let mut profile = Profile { passwords, ..Profile::default() };
        let mut secrets = Secrets::default();
        assert_eq!(missing(&profile, &secrets), [SecretKind::Login], "a public card has no access point");
        profile.sim.is_private = true;
        assert_eq!(missing(&profile, &secrets), SecretKind::ALL);
        secrets.login = Password::new("x");
        assert_eq!(missing(&profile, &secrets), [SecretKind::AccessPoint]);
        assert!(missing(&Profile::default(), &Secrets::default()).is_empty());
    }
}
