//! Where passwords are kept between runs: in the system's keyring, or nowhere.
//!
//! A keyring may ask its user to unlock it, so what is done with it waits here and is done one thing after the other.

use std::{
    collections::{BTreeMap, VecDeque},
    fmt,
    sync::Arc,
};

use crate::{
    mqtt::Password,
    settings::{SecretKind, Secrets},
    view::connect::Keyring,
};

/// A place that keeps passwords. It may block; an error is in the system's own words and holds no password.
pub trait Vault: fmt::Debug + Send + Sync {
    /// Whether it can be used.
    fn check(&self) -> Result<(), String>;
    /// The password kept as `entry`, if there is one.
    fn read(&self, entry: &str) -> Result<Option<Password>, String>;
    /// Keeps a password as `entry`.
    fn write(&self, entry: &str, password: &Password) -> Result<(), String>;
    /// Keeps none as `entry` any more.
    fn forget(&self, entry: &str) -> Result<(), String>;
}

/// The vault of this run, and what it still has to do.
#[derive(Debug)]
pub(super) struct Keeper {
    vault: Option<Arc<dyn Vault>>,
    pub(super) state: Keyring,
    jobs: VecDeque<Job>,
    is_busy: bool,
    /// Passwords that came in a file, by profile; for this run only.
    pub(super) imported: BTreeMap<String, Secrets>,
}

/// Something to do with a vault.
#[derive(Clone, Debug)]
pub(super) enum Job {
    Check,
    Read(String),
    Write(String, Secrets),
    Forget(String),
    Move { from: String, to: String },
}

/// What a job brought.
#[derive(Debug)]
pub(super) enum Told {
    Checked(Result<(), String>),
    Read { profile: String, found: Result<Secrets, String> },
    Written(Result<(), String>),
}

impl Keeper {
    /// A keeper on `vault`, which shall be looked at first; without one, every password is asked for.
    pub(super) fn new(vault: Option<Arc<dyn Vault>>) -> Self {
        let (state, jobs) = match &vault {
            Some(_) => (Keyring::Looking, VecDeque::from([Job::Check])),
            None => (Keyring::Missing(String::new()), VecDeque::new()),
        };
        Self { vault, state, jobs, is_busy: false, imported: BTreeMap::new() }
    }

    /// Adds to what shall be done; nothing can be where there is no vault.
    pub(super) fn ask(&mut self, job: Job) {
        if !matches!(self.state, Keyring::Missing(_)) {
            self.jobs.push_back(job);
        }
    }

    /// What shall be done now: nothing while something is being done.
    pub(super) fn begin(&mut self) -> Option<(Job, Arc<dyn Vault>)> {
        let vault = self.vault.clone().filter(|_| !self.is_busy)?;
        let job = self.jobs.pop_front()?;
        self.is_busy = true;
        Some((job, vault))
    }

    /// Learns that what was being done is done.
    pub(super) const fn end(&mut self) {
        self.is_busy = false;
    }

    /// Learns that there is no vault after all.
    pub(super) fn give_up(&mut self, why: String) {
        self.state = Keyring::Missing(why);
        self.jobs.clear();
    }
}

impl Job {
    /// Does it; that may take as long as its user.
    pub(super) fn run(self, vault: &dyn Vault) -> Told {
        match self {
            Self::Check => Told::Checked(vault.check()),
            Self::Read(profile) => {
                let mut secrets = Secrets::default();
                let found = SecretKind::ALL.into_iter().try_for_each(|kind| {
                    let kept = vault.read(&entry(&profile, kind))?;
                    secrets.set(kind, kept.unwrap_or_default());
                    Ok(())
                });
                Told::Read { profile, found: found.map(|()| secrets) }
            }
            Self::Write(profile, secrets) => Told::Written(SecretKind::ALL.into_iter().try_for_each(|kind| {
                let (entry, password) = (entry(&profile, kind), secrets.of(kind));
                if password.is_empty() { vault.forget(&entry) } else { vault.write(&entry, password) }
            })),
            Self::Move { from, to } => Told::Written(SecretKind::ALL.into_iter().try_for_each(|kind| {
                if let Some(password) = vault.read(&entry(&from, kind))? {
                    vault.write(&entry(&to, kind), &password)?;
                }
                vault.forget(&entry(&from, kind))
            })),
            Self::Forget(profile) => {
                Told::Written(SecretKind::ALL.into_iter().try_for_each(|kind| vault.forget(&entry(&profile, kind))))
            }
        }
    }
}

/// The name under which the password of a profile is kept.
fn entry(profile: &str, kind: SecretKind) -> String {
    let kind = match kind {
        SecretKind::Login => "login",
        SecretKind::AccessPoint => "access point",
    };
    format!("{kind} of {profile}")
}
