//! Settings of two windows that keep them in one file: what either of them changed stays.

use std::collections::{BTreeMap, BTreeSet};

use super::{LogEntry, MessagesPage, Profile, Settings, Template, exchange::free_name};

/// What shall be kept when this window wants `mine` and the file holds `theirs`, both having begun from `base`.
///
/// What only one side changed is taken from it; what both changed is taken from `mine`. A profile or a template that both
/// changed is there twice afterwards: theirs under a name that is free.
#[must_use]
pub fn merged(base: &Settings, mine: &Settings, theirs: &Settings) -> Settings {
    let sides = Sides { base, mine, theirs };
    let (chosen, draft) = sides.newest(|settings| (settings.chosen.clone(), settings.draft.clone()));
    Settings {
        version: mine.version,
        lang: sides.newest(|settings| settings.lang),
        theme: sides.newest(|settings| settings.theme),
        is_stage: sides.newest(|settings| settings.is_stage),
        is_strip_open: sides.newest(|settings| settings.is_strip_open),
        terminal_lines: sides.newest(|settings| settings.terminal_lines),
        messages: sides.newest(|settings| settings.messages),
        tries_here: sides.newest(|settings| settings.tries_here),
        log: LogEntry {
            is_on: sides.newest(|settings| settings.log.is_on),
            folder: sides.newest(|settings| settings.log.folder.clone()),
            shows_numbers: sides.newest(|settings| settings.log.shows_numbers),
        },
        last_logs: sides.of(|settings| settings.last_logs.as_slice()).last_first(Settings::LAST_LOGS),
        last_folder: sides.newest(|settings| settings.last_folder.clone()),
        broker: sides.newest(|settings| settings.broker.clone()),
        messages_page: MessagesPage {
            templates: sides.of(|settings| settings.messages_page.templates.as_slice()).list(),
            colours: sides.of(|settings| &settings.messages_page.colours).map(),
        },
        latency_budget: sides.newest(|settings| settings.latency_budget.clone()),
        profiles: sides.of(|settings| settings.profiles.as_slice()).list(),
        chosen,
        draft,
        window: sides.newest(|settings| settings.window.clone()),
    }
}

/// One thing as it was, as this window wants it, and as the file has it.
#[derive(Clone, Copy)]
struct Sides<'a, T: ?Sized> {
    base: &'a T,
    mine: &'a T,
    theirs: &'a T,
}

impl<'a, T: ?Sized> Sides<'a, T> {
    fn of<P: ?Sized>(&self, part: impl Fn(&'a T) -> &'a P) -> Sides<'a, P> {
        Sides { base: part(self.base), mine: part(self.mine), theirs: part(self.theirs) }
    }

    /// Theirs, unless this window changed it.
    fn newest<P: PartialEq>(&self, part: impl Fn(&T) -> P) -> P {
        let mine = part(self.mine);
        if mine == part(self.base) { part(self.theirs) } else { mine }
    }
}

/// Something in a list that has a name of its own there.
trait Named: Clone + PartialEq {
    fn name(&self) -> &str;
    fn rename(&mut self, name: String);
}

impl Named for Profile {
    fn name(&self) -> &str {
        &self.name
    }

    fn rename(&mut self, name: String) {
        self.name = name;
    }
}

impl Named for Template {
    fn name(&self) -> &str {
        &self.name
    }

    fn rename(&mut self, name: String) {
        self.name = name;
    }
}

impl<T: Named> Sides<'_, [T]> {
    /// The entries of this window in their order, then those that only the file has.
    fn list(&self) -> Vec<T> {
        let in_list = |list: &[T], name: &str| list.iter().find(|entry| entry.name() == name).cloned();
        let mut kept = Vec::new();
        let mut beside = Vec::new();
        for mine in self.mine {
            let (base, theirs) = (in_list(self.base, mine.name()), in_list(self.theirs, mine.name()));
            if base.as_ref() == Some(mine) {
                kept.extend(theirs);
            } else {
                kept.push(mine.clone());
                beside.extend(theirs.filter(|theirs| theirs != mine && base.as_ref() != Some(theirs)));
            }
        }
        for theirs in self.theirs.iter().filter(|theirs| in_list(self.mine, theirs.name()).is_none()) {
            if in_list(self.base, theirs.name()).as_ref() != Some(theirs) {
                kept.push(theirs.clone());
            }
        }
        for mut entry in beside {
            entry.rename(free_name(entry.name(), |name| in_list(&kept, name).is_some()));
            kept.push(entry);
        }
        kept
    }
}

impl Sides<'_, [String]> {
    /// Names that were used last, the newest first: what was used here since, what was used there since, then the older ones; at
    /// most `most` of them.
    fn last_first(&self, most: usize) -> Vec<String> {
        let since = |list: &[String]| -> usize {
            list.iter().position(|name| self.base.first() == Some(name)).unwrap_or(list.len())
        };
        let (mine, theirs) = (self.mine.split_at(since(self.mine)), self.theirs.split_at(since(self.theirs)));
        let mut kept: Vec<String> = Vec::new();
        for name in [mine.0, theirs.0, mine.1, theirs.1].into_iter().flatten() {
            if kept.len() < most && !kept.contains(name) {
                kept.push(name.clone());
            }
        }
        kept
    }
}

impl<K: Clone + Ord, V: Clone + PartialEq> Sides<'_, BTreeMap<K, V>> {
    fn map(&self) -> BTreeMap<K, V> {
        let keys: BTreeSet<_> = self.mine.keys().chain(self.theirs.keys()).collect();
        let newest = |key: &&K| Some(((*key).clone(), self.newest(|map| map.get(*key).cloned())?));
        keys.iter().filter_map(newest).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::{collection::btree_map, prelude::*};

    use super::*;

    fn profile(name: &str, host: &str) -> Profile {
        Profile { name: name.to_owned(), host: host.to_owned(), ..Profile::default() }
    }

    fn with(profiles: &[(&str, &str)]) -> Settings {
        let profiles = profiles.iter().map(|(name, host)| profile(name, host)).collect();
        Settings { profiles, ..Settings::default() }
    }

    fn listed(settings: &Settings) -> Vec<(&str, &str)> {
        settings.profiles.iter().map(|profile| (profile.name.as_str(), profile.host.as_str())).collect()
    }

    #[test]
    fn profiles_of_both_windows_stay() {
        let base = with(&[("a", "1"), ("b", "1"), ("c", "1"), ("d", "1")]);
        // Here: a changed, c deleted, e new. There: b changed, d deleted, f new.
        let mine = with(&[("a", "2"), ("b", "1"), ("d", "1"), ("e", "1")]);
        let theirs = with(&[("a", "1"), ("b", "2"), ("c", "1"), ("f", "1")]);
        let kept = merged(&base, &mine, &theirs);
        assert_eq!(listed(&kept), [("a", "2"), ("b", "2"), ("e", "1"), ("f", "1")]);
    }

    #[test]
    fn what_both_changed_is_there_twice_and_a_deleted_one_that_was_changed_stays() {
        let base = with(&[("line 3", "1"), ("x", "1"), ("y", "1")]);
        let mine = with(&[("line 3", "mine"), ("y", "mine")]);
        let theirs = with(&[("line 3", "theirs"), ("x", "theirs")]);
        let kept = merged(&base, &mine, &theirs);
        assert_eq!(listed(&kept), [("line 3", "mine"), ("y", "mine"), ("x", "theirs"), ("line 4", "theirs")]);
    }

    #[test]
    fn a_setting_is_taken_from_who_changed_it_and_the_draft_goes_with_what_is_chosen() {
        let base = Settings { chosen: "a".to_owned(), ..Settings::default() };
        let mine = Settings { is_stage: true, messages: 500, ..base.clone() };
        let draft = Some(profile("b", "typed"));
        let theirs = Settings { terminal_lines: 5_000, messages: 700, chosen: "b".to_owned(), draft, ..base.clone() };
        let expected = Settings { is_stage: true, messages: 500, ..theirs.clone() };
        assert_eq!(merged(&base, &mine, &theirs), expected);
    }

    fn any_settings() -> impl Strategy<Value = Settings> {
        let map = || btree_map("[a-c]|line [1-3]", 0_usize..3, 0..4);
        (map(), map(), any::<bool>()).prop_map(|(hosts, colours, is_stage)| {
            let profiles = hosts.iter().map(|(name, host)| profile(name, &host.to_string())).collect();
            let messages_page = MessagesPage { colours, ..MessagesPage::default() };
            Settings { is_stage, messages_page, profiles, ..Settings::default() }
        })
    }

    proptest! {
        #[test]
        fn who_is_alone_gets_what_is_wanted(base in any_settings(), mine in any_settings()) {
            prop_assert_eq!(merged(&base, &mine, &base), mine.clone());
            prop_assert_eq!(&merged(&base, &base, &mine).messages_page, &mine.messages_page);
            prop_assert_eq!(merged(&base, &mine, &mine).profiles, mine.profiles);
        }

        #[test]
        fn nothing_that_is_new_on_one_side_is_lost(
            base in any_settings(), mine in any_settings(), theirs in any_settings(),
        ) {
            let kept = merged(&base, &mine, &theirs);
            let names: BTreeSet<_> = kept.profiles.iter().map(|profile| &profile.name).collect();
            prop_assert_eq!(names.len(), kept.profiles.len());
            for profile in mine.profiles.iter().chain(&theirs.profiles).filter(|one| !base.profiles.contains(one)) {
                prop_assert!(kept.profiles.iter().any(|kept| kept.host == profile.host), "{:?}", profile);
            }
        }
    }
}
