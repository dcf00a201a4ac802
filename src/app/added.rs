//! Subscriptions that the user made on the Messages page: each connection asks for them again until they are taken away. They
//! belong to the profile they were made for, or to the scenario that is on.

use std::collections::BTreeMap;

use crate::{model::request::Subscription, mqtt::Filter, settings::SubscriptionEntry};

use super::{App, connecting};

/// Subscriptions beside the profile's.
#[derive(Debug, Default)]
pub(super) struct Added {
    /// Those of the profile in use.
    own: Vec<Subscription>,
    /// Those of the scenario that is on.
    staged: Vec<Subscription>,
    /// Those of profiles that are not in use, by name.
    aside: BTreeMap<String, Vec<Subscription>>,
}

impl Added {
    /// Those of the profile in use.
    pub(super) fn own(&self) -> &[Subscription] {
        &self.own
    }

    /// Those that a connection asks for, one of a scenario or not.
    pub(super) fn of(&self, is_staged: bool) -> &[Subscription] {
        if is_staged { &self.staged } else { &self.own }
    }

    /// Lays those of the profile `before` aside, and takes up those of the profile `now`.
    pub(super) fn follow(&mut self, before: &str, now: &str) {
        let laid = std::mem::take(&mut self.own);
        self.aside.insert(before.to_owned(), laid);
        self.own = self.aside.remove(now).unwrap_or_default();
    }

    /// The profile in use is forgotten.
    pub(super) fn forget_own(&mut self) {
        self.own.clear();
    }

    /// Another scenario begins, or none is on any more.
    pub(super) fn leave_scenario(&mut self) {
        self.staged.clear();
    }
}

/// Remembers what was subscribed to, unless the profile asks for just that.
pub(super) fn note(app: &mut App, wanted: &Subscription) {
    let is_staged = connecting::is_staged(app);
    let is_foreseen = !is_staged && app.profile.subscriptions.iter().any(|entry| is_entry(entry, wanted));
    let list = list(app, is_staged);
    list.retain(|known| known.filter != wanted.filter);
    if !is_foreseen {
        list.push(wanted.clone());
    }
}

/// Remembers that the user took `filter` away.
pub(super) fn take_away(app: &mut App, filter: &Filter) {
    let is_staged = connecting::is_staged(app);
    list(app, is_staged).retain(|known| known.filter != *filter);
}

/// Writes `filter` into the profile in use.
pub(super) fn keep(app: &mut App, filter: &Filter) {
    let Some(place) = app.added.own.iter().position(|known| known.filter == *filter) else { return };
    let wanted = app.added.own.remove(place);
    let entries = &mut app.profile.subscriptions;
    match entries.iter_mut().find(|entry| entry.filter.trim() == wanted.filter.as_str()) {
        Some(entry) => entry.qos = wanted.qos,
        None => entries.push(SubscriptionEntry { filter: wanted.filter.as_str().to_owned(), qos: wanted.qos }),
    }
    app.save();
}

fn is_entry(entry: &SubscriptionEntry, wanted: &Subscription) -> bool {
    entry.filter.trim() == wanted.filter.as_str() && entry.qos == wanted.qos
}

fn list(app: &mut App, is_staged: bool) -> &mut Vec<Subscription> {
    if is_staged { &mut app.added.staged } else { &mut app.added.own }
}
