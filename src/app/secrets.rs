//! Where passwords are kept between runs: in the system's keyring, or nowhere.
//!
//! A keyring may ask its user to unlock it, so it is only touched on task threads, one thing after the other. Without one
//! the window asks for passwords each time; they are never written anywhere else.

use std::{
    collections::{BTreeMap, VecDeque},
    fmt,
    sync::Arc,
};

use crate::{
    action::SecretsAction,
    model::{Input, notices::Notice},
    mqtt::Password,
    settings::{Profile, SecretKind, Secrets},
    view::connect::{self, Keyring},
};

use super::{
    App, dispatch,
    tasks::{TaskResult, Tasks},
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

#[derive(Clone, Debug)]
enum Job {
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
    /// A keeper on `vault`; without one, every password is asked for.
    pub(super) fn new(vault: Option<Arc<dyn Vault>>, tasks: &Tasks) -> Self {
        let state = match &vault {
            Some(_) => Keyring::Looking,
            None => Keyring::Missing(String::new()),
        };
        let mut keeper = Self { vault, state, jobs: VecDeque::new(), is_busy: false, imported: BTreeMap::new() };
        keeper.ask(tasks, Job::Check);
        keeper
    }

    fn ask(&mut self, tasks: &Tasks, job: Job) {
        if !matches!(self.state, Keyring::Missing(_)) {
            self.jobs.push_back(job);
            self.next(tasks);
        }
    }

    fn next(&mut self, tasks: &Tasks) {
        let Some(vault) = self.vault.clone().filter(|_| !self.is_busy) else { return };
        let Some(job) = self.jobs.pop_front() else { return };
        self.is_busy = true;
        tasks.start("task-keyring", move || Some(TaskResult::Keyring(job.run(&*vault))));
    }
}

impl Job {
    fn run(self, vault: &dyn Vault) -> Told {
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

/// Takes what a job brought.
pub(super) fn finish(app: &mut App, told: Told) {
    app.keeper.is_busy = false;
    match told {
        Told::Checked(Ok(())) => {
            app.keeper.state = Keyring::Ready;
            recall(app);
        }
        Told::Checked(Err(detail)) => {
            app.keeper.state = Keyring::Missing(detail);
            app.keeper.jobs.clear();
        }
        Told::Read { profile, found } => recalled(app, &profile, found),
        Told::Written(result) => report(app, result),
    }
    app.keeper.next(&app.tasks);
}

/// Looks for the passwords that the profile in use needs.
pub(super) fn recall(app: &mut App) {
    let needs_some = !connect::missing(&app.profile, &app.secrets).is_empty();
    if needs_some && app.profile.passwords.are_kept && !app.profile.name.is_empty() {
        app.keeper.ask(&app.tasks, Job::Read(app.profile.name.clone()));
    }
}

/// What was typed meanwhile goes before what was kept.
fn recalled(app: &mut App, profile: &str, found: Result<Secrets, String>) {
    match found {
        Ok(secrets) if app.profile.name == profile => {
            for kind in connect::missing(&app.profile, &app.secrets) {
                app.secrets.set(kind, secrets.of(kind).clone());
            }
        }
        Ok(_) => {}
        Err(detail) => report(app, Err(detail)),
    }
}

/// Keeps the passwords in use under the name of their saved profile, or none when they shall not be kept. `had_any` says
/// whether something may be kept already; a profile that never had a password does not disturb the keyring.
pub(super) fn keep(app: &mut App, had_any: bool) {
    if !had_any && !app.profile.passwords.has_any() {
        return;
    }
    let name = app.profile.name.clone();
    if !app.profile.passwords.are_kept {
        forget(app, name);
    } else if connect::missing(&app.profile, &app.secrets).is_empty() {
        let secrets = app.secrets.clone();
        app.keeper.ask(&app.tasks, Job::Write(name, secrets));
    }
}

/// Takes passwords that came with `profile` in a file: for this run, and into the keyring when it shall keep them.
pub(super) fn take_over(app: &mut App, profile: &mut Profile, secrets: Secrets) {
    profile.passwords.has_login |= !secrets.login.is_empty();
    profile.passwords.has_access_point |= !secrets.access_point.is_empty();
    if profile.passwords.are_kept {
        app.keeper.ask(&app.tasks, Job::Write(profile.name.clone(), secrets.clone()));
    }
    app.keeper.imported.insert(profile.name.clone(), secrets);
}

/// Moves what is kept for `old` to the new name of the profile in use.
pub(super) fn rename(app: &mut App, old: String) {
    if let Some(secrets) = app.keeper.imported.remove(&old) {
        app.keeper.imported.insert(app.profile.name.clone(), secrets);
    }
    if !app.profile.passwords.has_any() {
        return;
    }
    if connect::missing(&app.profile, &app.secrets).is_empty() {
        keep(app, true);
        forget(app, old);
    } else if app.profile.passwords.are_kept {
        app.keeper.ask(&app.tasks, Job::Move { from: old, to: app.profile.name.clone() });
    }
}

/// Keeps no password for `profile` any more.
pub(super) fn forget(app: &mut App, profile: String) {
    app.keeper.ask(&app.tasks, Job::Forget(profile));
}

fn report(app: &mut App, result: Result<(), String>) {
    if let Err(detail) = result {
        app.apply(&Input::Notice(Notice::KeyringFailed { detail }));
    }
}

/// Does what the question for passwords asks.
pub(super) fn dispatch(app: &mut App, action: SecretsAction) {
    match action {
        SecretsAction::Cancel => app.screen.connect.asks_secrets = false,
        SecretsAction::Type(kind, password) => app.screen.connect.typed.set(kind, password),
        SecretsAction::Keep(are_kept) => app.profile.passwords.are_kept = are_kept,
        SecretsAction::Connect => {
            take_typed(app);
            let is_saved = app.settings.profiles.iter().any(|saved| saved.name == app.profile.name);
            if is_saved && app.profile.passwords.are_kept {
                keep(app, true);
            }
            dispatch::connect_when_idle(app);
        }
        SecretsAction::ConnectWithout => {
            for kind in connect::missing(&app.profile, &app.secrets) {
                match kind {
                    SecretKind::Login => app.profile.passwords.has_login = false,
                    SecretKind::AccessPoint => app.profile.passwords.has_access_point = false,
                }
            }
            app.screen.connect.asks_secrets = false;
            dispatch::connect_when_idle(app);
        }
    }
}

fn take_typed(app: &mut App) {
    app.screen.connect.asks_secrets = false;
    let typed = std::mem::take(&mut app.screen.connect.typed);
    for kind in connect::missing(&app.profile, &app.secrets) {
        app.secrets.set(kind, typed.of(kind).clone());
    }
}
