//! Keeps, chooses, copies and forgets profiles.

use crate::{
    action::ProfileAction,
    model::{Input, notices::Notice},
    mqtt::Password,
    settings::Profile,
};

use super::App;

/// Does what was asked.
pub(super) fn dispatch(app: &mut App, action: ProfileAction) {
    match action {
        ProfileAction::Choose(name) => choose(app, &name),
        ProfileAction::Save(name) => save(app, name.trim()),
        ProfileAction::Duplicate => {
            let name = free_name(app, &app.profile.name);
            save(app, &name);
        }
        ProfileAction::AskDelete(asks) => app.screen.connect.asks_delete = asks,
        ProfileAction::Delete => delete(app),
        ProfileAction::New => take(app, Profile::default()),
    }
}

fn choose(app: &mut App, name: &str) {
    take_named(app, name);
    app.save();
}

/// Uses the profile named `name`; nothing happens when there is none.
pub(super) fn take_named(app: &mut App, name: &str) {
    if let Some(profile) = app.settings.profiles.iter().find(|profile| profile.name == name).cloned() {
        take(app, profile);
    }
}

/// The password belongs to the profile it was typed for.
fn take(app: &mut App, profile: Profile) {
    app.settings.chosen.clone_from(&profile.name);
    app.screen.connect.name.clone_from(&profile.name);
    app.screen.connect.was_tried = false;
    app.screen.messages.composer.topic.clone_from(&profile.publish_topic);
    app.profile = profile;
    app.password = Password::default();
}

fn save(app: &mut App, name: &str) {
    if name.is_empty() {
        return;
    }
    name.clone_into(&mut app.profile.name);
    name.clone_into(&mut app.settings.chosen);
    name.clone_into(&mut app.screen.connect.name);
    let profile = app.profile.clone();
    match app.settings.profiles.iter_mut().find(|saved| saved.name == name) {
        Some(saved) => *saved = profile,
        None => app.settings.profiles.push(profile),
    }
    app.save();
    app.apply(&Input::Notice(Notice::ProfileSaved { name: name.to_owned() }));
}

fn delete(app: &mut App) {
    app.screen.connect.asks_delete = false;
    let name = app.profile.name.clone();
    app.settings.profiles.retain(|profile| profile.name != name);
    let next = app.settings.profiles.first().cloned().unwrap_or_default();
    take(app, next);
    app.save();
}

/// `name 2`, `name 3`, …: the first that is not taken.
fn free_name(app: &App, name: &str) -> String {
    let stem = name.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end();
    let stem = if stem.is_empty() { "profile" } else { stem };
    let is_taken = |candidate: &String| app.settings.profiles.iter().any(|profile| profile.name == *candidate);
    (2..=u32::MAX).map(|number| format!("{stem} {number}")).find(|candidate| !is_taken(candidate)).unwrap_or_default()
}
