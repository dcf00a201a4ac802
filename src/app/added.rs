//! Subscriptions that the user made on the Messages page: each connection asks for them again until they are taken away. They
//! belong to the profile they were made for, or to the scenario that is on.

use std::collections::BTreeMap;

use crate::{model::request::Subscription, mqtt::Filter};

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

    /// Remembers `wanted`, in the place of an earlier wish for the same; not one that the profile `is_foreseen` to ask for.
    pub(super) fn note(&mut self, wanted: &Subscription, is_staged: bool, is_foreseen: bool) {
        let list = self.list(is_staged);
        list.retain(|known| known.filter != wanted.filter);
        if !is_foreseen {
            list.push(wanted.clone());
        }
    }

    /// Forgets `filter`; what was wanted of it.
    pub(super) fn take_away(&mut self, filter: &Filter, is_staged: bool) -> Option<Subscription> {
        let list = self.list(is_staged);
        let place = list.iter().position(|known| known.filter == *filter)?;
        Some(list.remove(place))
    }

    const fn list(&mut self, is_staged: bool) -> &mut Vec<Subscription> {
        if is_staged { &mut self.staged } else { &mut self.own }
    }
}
