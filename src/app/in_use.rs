//! The profile in use: which one it is.

use crate::settings::Profile;

use super::{App, secrets};

/// Uses a saved profile from now on.
pub(super) fn choose(app: &mut App, name: &str) {
    take_named(app, name);
    app.save();
}

/// Uses the profile named `name`; nothing happens when there is none.
pub(super) fn take_named(app: &mut App, name: &str) {
    if let Some(profile) = app.settings.profiles.iter().find(|profile| profile.name == name).cloned() {
        take(app, profile);
    }
}

/// The passwords belong to the profile they were typed for.
pub(super) fn take(app: &mut App, profile: Profile) {
    app.added.follow(&app.profile.name, &profile.name);
    app.settings.chosen.clone_from(&profile.name);
    app.screen.connect.name.clone_from(&profile.name);
    app.screen.connect.was_tried = false;
    app.screen.connect.asks_secrets = false;
    app.screen.messages.composer.topic.clone_from(&profile.publish_topic);
    app.secrets = app.keeper.imported.get(&profile.name).cloned().unwrap_or_default();
    app.profile = profile;
    secrets::recall(app);
}
