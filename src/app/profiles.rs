//! Keeps, chooses, copies, renames and forgets profiles.

use crate::{
    action::ProfileAction,
    model::{Input, notices::Notice},
    settings::{Profile, exchange::free_name},
};

use super::{
    App,
    in_use::{choose, take},
    profile_files, secrets,
};

/// Does what was asked.
pub(super) fn dispatch(app: &mut App, action: ProfileAction) {
    match action {
        ProfileAction::Choose(name) => choose(app, &name),
        ProfileAction::Save(name) => save(app, name.trim()),
        ProfileAction::Rename(name) => rename(app, name.trim()),
        ProfileAction::Duplicate => {
            let name = free_name(&app.profile.name, |name| is_taken(app, name));
            save(app, &name);
        }
        ProfileAction::AskDelete(asks) => app.screen.connect.asks_delete = asks,
        ProfileAction::Delete => delete(app),
        ProfileAction::New => {
            take(app, Profile::default());
            app.save();
        }
        ProfileAction::Files(action) => profile_files::dispatch(app, action),
    }
}

fn is_taken(app: &App, name: &str) -> bool {
    app.settings.profiles.iter().any(|saved| saved.name == name)
}

fn save(app: &mut App, name: &str) {
    if name.is_empty() {
        return;
    }
    name.clone_into(&mut app.profile.name);
    keep(app);
    app.apply(&Input::Notice(Notice::ProfileSaved { name: name.to_owned() }));
}

/// Writes the profile in use under its name.
fn keep(app: &mut App) {
    app.settings.chosen.clone_from(&app.profile.name);
    app.screen.connect.name.clone_from(&app.profile.name);
    let profile = app.profile.clone();
    let had_any = app.settings.profiles.iter().any(|saved| saved.name == profile.name && saved.passwords.has_any());
    match app.settings.profiles.iter_mut().find(|saved| saved.name == profile.name) {
        Some(saved) => *saved = profile,
        None => app.settings.profiles.push(profile),
    }
    secrets::keep(app, had_any);
    app.save();
}

/// The panel offers this only for a saved profile and a free name.
fn rename(app: &mut App, name: &str) {
    if name.is_empty() || is_taken(app, name) {
        return;
    }
    let old = std::mem::replace(&mut app.profile.name, name.to_owned());
    if let Some(saved) = app.settings.profiles.iter_mut().find(|saved| saved.name == old) {
        name.clone_into(&mut saved.name);
    }
    name.clone_into(&mut app.settings.chosen);
    name.clone_into(&mut app.screen.connect.name);
    secrets::rename(app, old);
    app.save();
}

fn delete(app: &mut App) {
    app.screen.connect.asks_delete = false;
    let name = app.profile.name.clone();
    let had_any = app.settings.profiles.iter().any(|saved| saved.name == name && saved.passwords.has_any());
    app.settings.profiles.retain(|profile| profile.name != name);
    if had_any {
        secrets::forget(app, name);
    }
    app.added.forget_own();
    let next = app.settings.profiles.first().cloned().unwrap_or_default();
    take(app, next);
    app.save();
}
