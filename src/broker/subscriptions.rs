//! Which sessions want a topic: a tree with one node a level, so that a publish costs its levels and not its audience.

use std::collections::{BTreeMap, HashMap, btree_map::Entry};

use serde::{Deserialize, Serialize};

use super::SessionId;
use crate::mqtt::{Filter, Qos, Topic};

/// Most levels a filter may have. The tree is walked by recursion; this bounds its depth.
pub(super) const MAX_LEVELS: usize = 200;

/// What one subscription asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Subscription {
    pub(super) qos: Qos,
    /// Whether the client's own messages are left out.
    pub(super) no_local: bool,
    /// Whether a message keeps the retain flag of its publisher.
    pub(super) retain_as_published: bool,
    /// The client's number for it, sent along with each message.
    pub(super) identifier: Option<u32>,
}

/// What all subscriptions of one session to one topic ask for together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wanted {
    /// The highest of all that match (section 3.3.5; 3.3.4 in MQTT 5).
    pub(super) qos: Qos,
    pub(super) retain_as_published: bool,
    pub(super) identifiers: Vec<u32>,
}

impl From<&Subscription> for Wanted {
    fn from(subscription: &Subscription) -> Self {
        Self {
            qos: subscription.qos,
            retain_as_published: subscription.retain_as_published,
            identifiers: subscription.identifier.into_iter().collect(),
        }
    }
}

/// Who wants a topic.
#[derive(Debug, Default)]
pub(super) struct Audience {
    /// Each once, in the order of the sessions.
    pub(super) sessions: BTreeMap<SessionId, Wanted>,
    /// Groups that share a subscription: one member of each is enough. The one whose turn it is stands first.
    pub(super) groups: Vec<Vec<(SessionId, Wanted)>>,
}

/// All subscriptions of all sessions.
#[derive(Debug, Default)]
pub(super) struct Subscriptions {
    root: Node,
}

#[derive(Debug, Default)]
struct Node {
    named: HashMap<Box<str>, Self>,
    any: Option<Box<Self>>,
    /// Whose filter ends here.
    here: Takers,
    /// Whose filter goes on with `#`: it takes this level too.
    rest: Takers,
}

/// The subscriptions at one place of the tree.
#[derive(Debug, Default)]
struct Takers {
    own: BTreeMap<SessionId, Subscription>,
    shared: BTreeMap<Box<str>, Group>,
}

/// Those who share one subscription under one name (MQTT 5, section 4.8.2).
#[derive(Debug, Default)]
struct Group {
    members: BTreeMap<SessionId, Subscription>,
    /// Whoever was served last; the next one has the next turn.
    last: Option<SessionId>,
}

/// The two parts of a filter: the name under which it is shared, if it is, and the filter itself.
///
/// `None` is a shared filter without name or without filter.
pub(super) fn parts(filter: &str) -> Option<(Option<&str>, &str)> {
    let Some(shared) = filter.strip_prefix("$share/") else { return Some((None, filter)) };
    let (name, filter) = shared.split_once('/')?;
    let is_sound = !name.is_empty() && !filter.is_empty() && !name.contains(['+', '#']);
    is_sound.then_some((Some(name), filter))
}

impl Subscriptions {
    /// Whether `filter` has a form and a depth the tree takes.
    pub(super) fn takes(filter: &Filter) -> bool {
        parts(filter.as_str()).is_some() && filter.as_str().split('/').take(MAX_LEVELS + 1).count() <= MAX_LEVELS
    }

    /// Adds a subscription or gives an earlier one to the same filter other options. The filter must be one it takes.
    pub(super) fn insert(&mut self, filter: &Filter, session: SessionId, subscription: Subscription) {
        debug_assert!(Self::takes(filter));
        let Some((name, filter)) = parts(filter.as_str()) else { return };
        let mut node = &mut self.root;
        for level in filter.split('/') {
            node = match level {
                "#" => return node.rest.insert(name, session, subscription),
                "+" => node.any.get_or_insert_default(),
                name => node.named.entry(name.into()).or_default(),
            };
        }
        node.here.insert(name, session, subscription);
    }

    /// Removes a subscription and the branches that led only to it.
    pub(super) fn remove(&mut self, filter: &Filter, session: SessionId) {
        if let Some((name, filter)) = parts(filter.as_str()) {
            self.root.remove(filter.split('/'), name, session);
        }
    }

    /// Whether any filter has `level` as its first.
    pub(super) fn names(&self, level: &str) -> bool {
        self.root.named.contains_key(level)
    }

    /// The sessions that want `topic`, published by the session `from`.
    pub(super) fn matching(&mut self, topic: &Topic, from: Option<SessionId>) -> Audience {
        let levels: Vec<&str> = topic.levels().collect();
        let mut found = Audience::default();
        if topic.as_str().starts_with('$') {
            if let Some(node) = self.root.named.get_mut(levels[0]) {
                node.collect(&levels[1..], from, &mut found);
            }
        } else {
            self.root.collect(&levels, from, &mut found);
        }
        found
    }
}

impl Takers {
    fn insert(&mut self, name: Option<&str>, session: SessionId, subscription: Subscription) {
        match name {
            None => self.own.insert(session, subscription),
            Some(name) => self.shared.entry(name.into()).or_default().members.insert(session, subscription),
        };
    }

    fn remove(&mut self, name: Option<&str>, session: SessionId) {
        let Some(name) = name else {
            self.own.remove(&session);
            return;
        };
        if let Some(group) = self.shared.get_mut(name) {
            group.members.remove(&session);
            if group.members.is_empty() {
                self.shared.remove(name);
            }
        }
    }

    fn is_empty(&self) -> bool {
        self.own.is_empty() && self.shared.is_empty()
    }

    fn collect(&mut self, from: Option<SessionId>, found: &mut Audience) {
        for (&session, subscription) in &self.own {
            if subscription.no_local && from == Some(session) {
                continue;
            }
            match found.sessions.entry(session) {
                Entry::Vacant(place) => drop(place.insert(subscription.into())),
                Entry::Occupied(mut known) => {
                    let wanted = known.get_mut();
                    wanted.qos = wanted.qos.max(subscription.qos);
                    wanted.retain_as_published |= subscription.retain_as_published;
                    wanted.identifiers.extend(subscription.identifier);
                }
            }
        }
        found.groups.extend(self.shared.values_mut().map(Group::in_turn));
    }
}

impl Group {
    /// The members, the one whose turn it is first.
    fn in_turn(&mut self) -> Vec<(SessionId, Wanted)> {
        let served = self.last.map_or(0, |last| self.members.range(..=last).count());
        let mut members: Vec<_> =
            self.members.iter().map(|(&session, subscription)| (session, Wanted::from(subscription))).collect();
        let turn = served % members.len().max(1);
        members.rotate_left(turn);
        self.last = members.first().map(|&(session, _)| session);
        members
    }
}

impl Node {
    fn collect(&mut self, levels: &[&str], from: Option<SessionId>, found: &mut Audience) {
        self.rest.collect(from, found);
        let Some((level, deeper)) = levels.split_first() else {
            self.here.collect(from, found);
            return;
        };
        if let Some(node) = self.named.get_mut(*level) {
            node.collect(deeper, from, found);
        }
        if let Some(node) = &mut self.any {
            node.collect(deeper, from, found);
        }
    }

    fn remove<'a>(
        &mut self,
        mut levels: impl Iterator<Item = &'a str> + Clone,
        name: Option<&str>,
        session: SessionId,
    ) {
        match levels.next() {
            None => self.here.remove(name, session),
            Some("#") => self.rest.remove(name, session),
            Some("+") => {
                if let Some(node) = &mut self.any {
                    node.remove(levels, name, session);
                    self.any.take_if(|node| node.is_empty());
                }
            }
            Some(level) => {
                if let Some(node) = self.named.get_mut(level) {
                    node.remove(levels, name, session);
                    if node.is_empty() {
                        self.named.remove(level);
                    }
                }
            }
        }
    }

    fn is_empty(&self) -> bool {
        self.named.is_empty() && self.any.is_none() && self.here.is_empty() && self.rest.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn filter(text: &str) -> Filter {
        text.parse().expect("a filter")
    }

    fn topic(text: &str) -> Topic {
        text.parse().expect("a topic")
    }

    fn plain(qos: Qos) -> Subscription {
        Subscription { qos, no_local: false, retain_as_published: false, identifier: None }
    }

    #[test]
    fn overlapping_filters_of_one_session_count_once_with_the_highest_qos_and_all_identifiers() {
        let mut tree = Subscriptions::default();
        tree.insert(&filter("a/#"), SessionId(1), Subscription { identifier: Some(7), ..plain(Qos::AtMostOnce) });
        tree.insert(&filter("a/+"), SessionId(1), Subscription { identifier: Some(9), ..plain(Qos::ExactlyOnce) });
        tree.insert(&filter("a/b"), SessionId(1), plain(Qos::AtLeastOnce));
        let found = tree.matching(&topic("a/b"), None).sessions;
        let expected = Wanted { qos: Qos::ExactlyOnce, retain_as_published: false, identifiers: vec![7, 9] };
        assert_eq!(found.into_iter().collect::<Vec<_>>(), [(SessionId(1), expected)]);
    }

    #[test]
    fn no_local_leaves_out_its_own_subscription_only() {
        let mut tree = Subscriptions::default();
        tree.insert(&filter("a/#"), SessionId(1), Subscription { no_local: true, ..plain(Qos::ExactlyOnce) });
        tree.insert(&filter("a/b"), SessionId(1), plain(Qos::AtMostOnce));
        let own = tree.matching(&topic("a/b"), Some(SessionId(1))).sessions;
        assert_eq!(own[&SessionId(1)].qos, Qos::AtMostOnce);
        assert!(tree.matching(&topic("a/c"), Some(SessionId(1))).sessions.is_empty());
        assert_eq!(tree.matching(&topic("a/c"), Some(SessionId(2))).sessions[&SessionId(1)].qos, Qos::ExactlyOnce);
    }

    #[test]
    fn the_members_of_a_group_take_turns_and_groups_do_not_meet() {
        let mut tree = Subscriptions::default();
        for number in 1..=3 {
            tree.insert(&filter("$share/one/a/+"), SessionId(number), plain(Qos::AtMostOnce));
        }
        tree.insert(&filter("$share/two/a/+"), SessionId(1), plain(Qos::AtMostOnce));
        let turns: Vec<u64> = (0..6)
            .map(|_| {
                let found = tree.matching(&topic("a/b"), None);
                assert!(found.sessions.is_empty());
                assert_eq!(found.groups.iter().map(Vec::len).collect::<Vec<_>>(), [3, 1]);
                found.groups[0][0].0.0
            })
            .collect();
        assert_eq!(turns, [1, 2, 3, 1, 2, 3]);
        tree.remove(&filter("$share/one/a/+"), SessionId(2));
        assert_eq!(tree.matching(&topic("a/b"), None).groups[0].len(), 2);
    }

    #[test]
    fn a_shared_filter_needs_a_name_and_a_filter() {
        for (text, is_sound) in [
            ("$share/g/a", true),
            ("$share/g/#", true),
            ("$share/g//", true),
            ("$share/g", false),
            ("$share/g/", false),
            ("$share//a", false),
            ("$share/+/a", false),
            ("$shared", true),
        ] {
            assert_eq!(Subscriptions::takes(&filter(text)), is_sound, "{text}");
        }
    }

    #[test]
    fn removing_leaves_no_branch_behind() {
        let mut tree = Subscriptions::default();
        let filters = ["a/b/c", "a/+/c", "a/#", "#", "+", "/", "$share/g/a/b", "$share/g/#"];
        for text in filters {
            tree.insert(&filter(text), SessionId(1), plain(Qos::AtMostOnce));
        }
        for text in filters {
            tree.remove(&filter(text), SessionId(2));
            tree.remove(&filter(text), SessionId(1));
        }
        assert!(tree.root.is_empty());
    }

    proptest! {
        #[test]
        fn the_tree_agrees_with_the_filter_itself(
            filters in prop::collection::vec("(\\$s|[ab+]?)(/[ab+]?){0,3}(/#)?", 1..8),
            topic in "(\\$s|[ab]?)(/[ab]?){0,3}",
        ) {
            let Ok(topic) = topic.parse::<Topic>() else { return Ok(()) };
            let mut tree = Subscriptions::default();
            let mut expected = Vec::new();
            for (number, text) in (0..).zip(filters) {
                let Ok(filter) = text.parse::<Filter>() else { continue };
                tree.insert(&filter, SessionId(number), plain(Qos::AtMostOnce));
                if filter.matches(&topic) {
                    expected.push(SessionId(number));
                }
            }
            prop_assert_eq!(tree.matching(&topic, None).sessions.into_keys().collect::<Vec<_>>(), expected);
        }
    }
}
