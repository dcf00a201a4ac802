//! Passwords between runs: they are read from and written to the system's keyring, or asked for each time. They are never
//! written anywhere else.

use crate::{
    action::SecretsAction,
    model::{Input, notices::Notice},
    settings::{Profile, SecretKind, Secrets},
    view::connect::{self, Keyring},
};

use super::{
    App, connecting,
    keeper::{Job, Told},
};

/// Does what waits, on a thread of its own.
pub(super) fn begin(app: &mut App) {
    if let Some((job, vault)) = app.keeper.begin() {
        app.tasks.start("task-keyring", move || job.run(&*vault), finish);
    }
}

fn ask(app: &mut App, job: Job) {
    app.keeper.ask(job);
    begin(app);
}

/// Takes what a job brought.
fn finish(app: &mut App, told: Told) {
    app.keeper.end();
    match told {
        Told::Checked(Ok(())) => {
            app.keeper.state = Keyring::Ready;
            recall(app);
        }
        Told::Checked(Err(detail)) => app.keeper.give_up(detail),
        Told::Read { profile, found } => recalled(app, &profile, found),
        Told::Written(result) => report(app, result),
    }
    begin(app);
}

/// Looks for the passwords that the profile in use needs.
pub(super) fn recall(app: &mut App) {
    let needs_some = !connect::missing(&app.profile, &app.secrets).is_empty();
    if needs_some && app.profile.passwords.are_kept && !app.profile.name.is_empty() {
        ask(app, Job::Read(app.profile.name.clone()));
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
        ask(app, Job::Write(name, secrets));
    }
}

/// Takes passwords that came with `profile` in a file: for this run, and into the keyring when it shall keep them.
pub(super) fn take_over(app: &mut App, profile: &mut Profile, secrets: Secrets) {
    profile.passwords.has_login |= !secrets.login.is_empty();
    profile.passwords.has_access_point |= !secrets.access_point.is_empty();
    if profile.passwords.are_kept {
        ask(app, Job::Write(profile.name.clone(), secrets.clone()));
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
        ask(app, Job::Move { from: old, to: app.profile.name.clone() });
    }
}

/// Keeps no password for `profile` any more.
pub(super) fn forget(app: &mut App, profile: String) {
    ask(app, Job::Forget(profile));
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
            connecting::connect_when_idle(app);
        }
        SecretsAction::ConnectWithout => {
            for kind in connect::missing(&app.profile, &app.secrets) {
                match kind {
                    SecretKind::Login => app.profile.passwords.has_login = false,
                    SecretKind::AccessPoint => app.profile.passwords.has_access_point = false,
                }
            }
            app.screen.connect.asks_secrets = false;
            connecting::connect_when_idle(app);
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
