//! Which sessions want a topic: a tree with one node a level, so that a publish costs its levels and not its audience.

use std::collections::{BTreeMap, HashMap};

use super::session::SessionId;
use crate::mqtt::{Filter, Qos, Topic};

/// Most levels a filter may have. The tree is walked by recursion; this bounds its depth.
pub(super) const MAX_LEVELS: usize = 200;

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
    here: BTreeMap<SessionId, Qos>,
    /// Whose filter goes on with `#`: it takes this level too.
    rest: BTreeMap<SessionId, Qos>,
}

impl Subscriptions {
    /// Whether `filter` has a depth the tree takes.
    pub(super) fn takes(filter: &Filter) -> bool {
        filter.as_str().split('/').take(MAX_LEVELS + 1).count() <= MAX_LEVELS
    }

    /// Adds a subscription or gives an earlier one to the same filter another QoS. The filter must be one it takes.
    pub(super) fn insert(&mut self, filter: &Filter, session: SessionId, qos: Qos) {
        debug_assert!(Self::takes(filter));
        let mut node = &mut self.root;
        for level in filter.as_str().split('/') {
            node = match level {
                "#" => {
                    node.rest.insert(session, qos);
                    return;
                }
                "+" => node.any.get_or_insert_default(),
                name => node.named.entry(name.into()).or_default(),
            };
        }
        node.here.insert(session, qos);
    }

    /// Removes a subscription and the branches that led only to it.
    pub(super) fn remove(&mut self, filter: &Filter, session: SessionId) {
        self.root.remove(filter.as_str().split('/'), session);
    }

    /// Whether any filter has `level` as its first.
    pub(super) fn names(&self, level: &str) -> bool {
        self.root.named.contains_key(level)
    }

    /// The sessions that want `topic`, each once with the highest QoS of all its filters that match
    /// (section 3.3.5), in the order of the sessions.
    pub(super) fn matching(&self, topic: &Topic) -> BTreeMap<SessionId, Qos> {
        let levels: Vec<&str> = topic.levels().collect();
        let mut found = BTreeMap::new();
        if topic.as_str().starts_with('$') {
            if let Some(node) = self.root.named.get(levels[0]) {
                node.collect(&levels[1..], &mut found);
            }
        } else {
            self.root.collect(&levels, &mut found);
        }
        found
    }
}

impl Node {
    fn collect(&self, levels: &[&str], found: &mut BTreeMap<SessionId, Qos>) {
        merge(&self.rest, found);
        let Some((level, deeper)) = levels.split_first() else {
            merge(&self.here, found);
            return;
        };
        if let Some(node) = self.named.get(*level) {
            node.collect(deeper, found);
        }
        if let Some(node) = &self.any {
            node.collect(deeper, found);
        }
    }

    fn remove<'a>(&mut self, mut levels: impl Iterator<Item = &'a str> + Clone, session: SessionId) {
        match levels.next() {
            None => drop(self.here.remove(&session)),
            Some("#") => drop(self.rest.remove(&session)),
            Some("+") => {
                if let Some(node) = &mut self.any {
                    node.remove(levels, session);
                    self.any.take_if(|node| node.is_empty());
                }
            }
            Some(name) => {
                if let Some(node) = self.named.get_mut(name) {
                    node.remove(levels, session);
                    if node.is_empty() {
                        self.named.remove(name);
                    }
                }
            }
        }
    }

    fn is_empty(&self) -> bool {
        self.named.is_empty() && self.any.is_none() && self.here.is_empty() && self.rest.is_empty()
    }
}

fn merge(from: &BTreeMap<SessionId, Qos>, found: &mut BTreeMap<SessionId, Qos>) {
    for (&session, &qos) in from {
        let highest = found.entry(session).or_insert(qos);
        *highest = qos.max(*highest);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn filter(text: &str) -> Filter {
        text.parse().expect("a filter")
    }

    #[test]
    fn overlapping_filters_of_one_session_count_once_with_the_highest_qos() {
        let mut tree = Subscriptions::default();
        tree.insert(&filter("a/#"), SessionId(1), Qos::AtMostOnce);
        tree.insert(&filter("a/+"), SessionId(1), Qos::ExactlyOnce);
        tree.insert(&filter("a/b"), SessionId(1), Qos::AtLeastOnce);
        let found = tree.matching(&"a/b".parse().expect("a topic"));
        assert_eq!(found.into_iter().collect::<Vec<_>>(), [(SessionId(1), Qos::ExactlyOnce)]);
    }

    #[test]
    fn removing_leaves_no_branch_behind() {
        let mut tree = Subscriptions::default();
        let filters = ["a/b/c", "a/+/c", "a/#", "#", "+", "/"];
        for text in filters {
            tree.insert(&filter(text), SessionId(1), Qos::AtMostOnce);
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
                tree.insert(&filter, SessionId(number), Qos::AtMostOnce);
                if filter.matches(&topic) {
                    expected.push(SessionId(number));
                }
            }
            prop_assert_eq!(tree.matching(&topic).into_keys().collect::<Vec<_>>(), expected);
        }
    }
}
