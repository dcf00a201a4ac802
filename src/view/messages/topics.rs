//! Which nodes of the topic tree stand in which row.
//!
//! The rows are worked out only when the search or an open level has changed, a portion a frame: those of before stand
//! until all are there. A node that comes is put into its place. Counts and values are read from the tree when a row is
//! drawn.

mod build;
mod found;
mod order;

use std::{
    cell::RefCell,
    collections::{HashMap, HashSet},
};

use chrono::{DateTime, Local};

use crate::model::messages::{NodeId, TopicTree};

pub use self::order::{PAUSE as ORDER_PAUSE, TopicOrder};
use self::{build::Build, found::Found, order::Stand};
use super::rows::{TopicCells, TopicRow};

/// The tree's state between frames: what the user opened and searches, and the rows.
#[derive(Clone, Debug, Default)]
pub struct TopicList {
    /// Only topics with this text, upper and lower case alike.
    pub search: String,
    /// In which order the topics of one level stand.
    pub order: TopicOrder,
    /// What that order rests on.
    stand: Stand,
    /// The chosen node.
    pub selected: Option<NodeId>,
    /// The levels that the user has turned over: opened what was closed, or closed what was open.
    turned: HashSet<NodeId>,
    levels: Levels,
    found: Found,
    rows: Vec<TopicRow>,
    made_for: Option<Key>,
    /// What is being worked out.
    build: Option<Build>,
    changes: u64,
    epoch: u64,
    hold: Option<Hold>,
}

/// Which levels are open by themselves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Levels {
    /// Those that came first, so that a small tree is seen at once.
    #[default]
    First,
    /// All.
    All,
    /// None.
    None,
}

/// What a tree that is held still shows.
#[derive(Clone, Debug)]
struct Hold {
    /// How many nodes there were.
    nodes: usize,
    /// Rows as they were when they were first seen since then. A cell: they are seen while they are drawn.
    cells: RefCell<HashMap<NodeId, TopicCells>>,
}

/// What the rows depend on.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Key {
    epoch: u64,
    nodes: usize,
    changes: u64,
    search: String,
    order: TopicOrder,
    /// How often the tree had changed when the rows were put in that order.
    stand: u64,
}

impl TopicList {
    /// Works the rows out again if something they depend on has changed, or goes on with that. Says whether it did.
    pub fn refresh(&mut self, tree: &TopicTree) -> bool {
        self.refresh_by(tree, PORTION)
    }

    /// Puts an order that changes with each message right, if it was done long enough before the local time `now`.
    pub(super) fn look_at(&mut self, tree: &TopicTree, now: DateTime<Local>) {
        self.begin_epoch(tree);
        if self.order != TopicOrder::Name && self.hold.is_none() {
            self.stand.refresh(tree, now);
        }
    }

    /// Forgets what was of another tree.
    fn begin_epoch(&mut self, tree: &TopicTree) {
        if self.epoch != tree.epoch() {
            let search = std::mem::take(&mut self.search);
            *self = Self { search, order: self.order, epoch: tree.epoch(), ..Self::default() };
        }
    }

    /// Whether the order is one of before: it wants another look in [`ORDER_PAUSE`].
    pub fn is_order_old(&self, tree: &TopicTree) -> bool {
        self.order != TopicOrder::Name && self.hold.is_none() && self.stand.changes != tree.changes()
    }

    /// Puts the topics of one level in another order, at once.
    pub(super) fn set_order(&mut self, order: TopicOrder) {
        (self.order, self.stand) = (order, Stand::default());
    }

    /// Whether rows are still being worked out: another frame is needed for them.
    pub const fn is_behind(&self) -> bool {
        self.build.is_some()
    }

    fn refresh_by(&mut self, tree: &TopicTree, portion: usize) -> bool {
        self.begin_epoch(tree);
        let key = Key {
            epoch: tree.epoch(),
            nodes: self.nodes(tree),
            changes: self.changes,
            search: self.search.trim().to_lowercase(),
            order: self.order,
            stand: if self.order == TopicOrder::Name { 0 } else { self.stand.changes },
        };
        // What comes while rows are worked out has to wait, or a busy broker would never let them end.
        let build = self.build.take().filter(|build| build.key == Key { nodes: build.key.nodes, ..key.clone() });
        if build.is_none() && self.made_for.as_ref() == Some(&key) {
            return false;
        }
        if build.is_none() && self.grow(tree, &key) {
            self.made_for = Some(key);
            return true;
        }
        self.go_on(build.unwrap_or_else(|| Build::new(key)), tree, portion);
        true
    }

    /// Puts the nodes that came into their places; `false` when all rows have to be worked out again.
    fn grow(&mut self, tree: &TopicTree, key: &Key) -> bool {
        let Some(first) = self.grown_from(key) else { return false };
        if self.found.look(tree, &key.search, key.nodes, &mut { FEW }) {
            return false;
        }
        tree.ids_from(first).for_each(|id| self.insert(tree, id));
        true
    }

    fn go_on(&mut self, mut build: Build, tree: &TopicTree, mut portion: usize) {
        self.found.look(tree, &build.key.search, build.key.nodes, &mut portion);
        if !self.found.has_seen(build.key.nodes) || !build.go_on(self, tree, portion) {
            self.build = Some(build);
            return;
        }
        let (key, rows) = build.end();
        (self.made_for, self.rows) = (Some(key), rows);
    }

    /// The first node without a place, when nothing else has changed and so few came that each is put into its own.
    fn grown_from(&self, key: &Key) -> Option<usize> {
        let before = self.made_for.as_ref()?;
        let is_grown = self.hold.is_none()
            && self.order == TopicOrder::Name
            && *before == Key { nodes: before.nodes, ..key.clone() };
        (is_grown && key.nodes.checked_sub(before.nodes)? <= FEW).then_some(before.nodes)
    }

    /// Puts the newest node into its place, if the levels above it are open.
    fn insert(&mut self, tree: &TopicTree, id: NodeId) {
        let Some(node) = tree.node(id) else { return };
        let (mut from, mut depth) = (0, 0);
        if let Some(parent) = node.parent() {
            let Some(place) = self.rows.iter().position(|row| row.node == parent) else { return };
            let is_open = self.is_open(parent);
            let row = &mut self.rows[place];
            (row.has_children, row.is_open) = (true, is_open);
            if !is_open {
                return;
            }
            (from, depth) = (place + 1, row.depth + 1);
        }
        if !self.found.lets(id) {
            return;
        }
        // What comes later in the order of first sight has no place yet.
        let next = tree.siblings_after(id).find(|next| *next < id);
        let is_behind = |row: &TopicRow| next.map_or(row.depth < depth, |next| row.node == next);
        let place = self.rows[from..].iter().position(is_behind).map_or(self.rows.len(), |place| from + place);
        self.rows.insert(place, TopicRow { node: id, depth, has_children: false, is_open: false });
    }

    /// Whether the levels below a node are shown, if it has any.
    fn is_open(&self, id: NodeId) -> bool {
        // A search opens everything it found, except what the user closes meanwhile.
        let opens_all = self.levels == Levels::All || self.found.is_searching();
        let opens_itself = opens_all || (self.levels == Levels::First && id.index() < FIRST);
        self.turned.contains(&id) != opens_itself
    }

    /// The visible rows, from the top.
    pub fn rows(&self) -> &[TopicRow] {
        &self.rows
    }

    /// How many topics the search has found so far; `None` while nothing is searched.
    pub fn hits(&self, tree: &TopicTree) -> Option<usize> {
        self.found.is_searching().then(|| self.found.hits(tree))
    }

    /// Whether the tree is held still.
    pub fn is_paused(&self) -> bool {
        self.hold.is_some()
    }

    /// Holds the tree still as it is on screen, or lets it go on. What is scrolled to later is held from then on.
    pub fn set_paused(&mut self, is_paused: bool) {
        let looked_at = self.build.as_ref().map(|build| &build.key).or(self.made_for.as_ref());
        let nodes = looked_at.map_or(0, |key| key.nodes);
        // What is taken in again is put in its order at once.
        self.stand = if is_paused { self.stand } else { Stand::default() };
        self.hold = is_paused.then(|| Hold { nodes, cells: RefCell::default() });
        self.changes += 1;
    }

    /// The cells of one row: those that are held, or what `make` brings now.
    pub(super) fn held(&self, node: NodeId, make: impl FnOnce() -> Option<TopicCells>) -> Option<TopicCells> {
        let Some(hold) = &self.hold else { return make() };
        if let Some(cells) = hold.cells.borrow().get(&node) {
            return Some(cells.clone());
        }
        let cells = make()?;
        hold.cells.borrow_mut().insert(node, cells.clone());
        Some(cells)
    }

    /// Shows the levels below every node, or hides them.
    pub fn open_all(&mut self, is_open: bool, tree: &TopicTree) {
        self.turned.clear();
        self.levels = if is_open { Levels::All } else { Levels::None };
        self.changes += 1;
        self.refresh(tree);
    }

    /// Shows or hides the levels below `node`.
    pub fn toggle(&mut self, node: NodeId) {
        if !self.turned.remove(&node) {
            self.turned.insert(node);
        }
        self.changes += 1;
    }

    /// How many nodes are looked at.
    fn nodes(&self, tree: &TopicTree) -> usize {
        if self.order != TopicOrder::Name && self.hold.is_none() {
            return self.stand.nodes.min(tree.len());
        }
        self.hold.as_ref().map_or(tree.len(), |hold| hold.nodes.min(tree.len()))
    }
}

/// How many nodes are open by themselves: those of a small tree.
const FIRST: usize = 40;
/// When more nodes come at once, all rows are worked out again.
const FEW: usize = 32;
/// Nodes that are looked at in one frame: some milliseconds.
const PORTION: usize = 16_000;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        model::messages::Messages,
        modem::event::{Arrival, Event},
        mqtt::{Message, Qos},
        time::Moment,
    };

    fn arrive(messages: &mut Messages, topic: &str) {
        let topic = topic.parse().expect("a topic");
        let message = Message { topic, payload: Vec::new(), qos: Qos::AtMostOnce, retain: false };
        messages.apply(&Event::Message(Arrival { at: Moment::ZERO, message, announced: 0 }));
    }

    fn messages(topics: &[&str]) -> Messages {
        let mut messages = Messages::default();
        for topic in topics {
            arrive(&mut messages, topic);
        }
        messages
    }

    fn shown(list: &TopicList, messages: &Messages) -> Vec<String> {
        list.rows().iter().map(|row| messages.tree().path(row.node)).collect()
    }

    #[test]
    fn rows_come_in_order_of_names_and_open_by_level() {
        let messages = messages(&["home/hall", "yard", "home/attic/lamp"]);
        let mut list = TopicList::default();
        list.refresh(messages.tree());
        assert_eq!(shown(&list, &messages), ["home", "home/attic", "home/attic/lamp", "home/hall", "yard"]);
        list.open_all(false, messages.tree());
        assert_eq!(shown(&list, &messages), ["home", "yard"]);
        list.toggle(list.rows()[0].node);
        list.refresh(messages.tree());
        assert_eq!(shown(&list, &messages), ["home", "home/attic", "home/hall", "yard"]);
        let depths: Vec<_> = list.rows().iter().map(|row| row.depth).collect();
        assert_eq!(depths, [0, 1, 1, 0]);
    }

    #[test]
    fn a_search_shows_what_it_found_and_the_levels_above() {
        let messages = messages(&["home/Hall/lamp", "home/attic", "yard/lamp", "shed"]);
        let mut list = TopicList { search: "hall".to_owned(), ..TopicList::default() };
        list.refresh(messages.tree());
        assert_eq!(shown(&list, &messages), ["home", "home/Hall", "home/Hall/lamp"]);
        list.search = "lamp".to_owned();
        list.refresh(messages.tree());
        assert_eq!(shown(&list, &messages), ["home", "home/Hall", "home/Hall/lamp", "yard", "yard/lamp"]);
        list.toggle(list.rows()[0].node);
        list.refresh(messages.tree());
        assert_eq!(shown(&list, &messages), ["home", "yard", "yard/lamp"]);
    }

    #[test]
    fn a_search_takes_in_what_comes_later() {
        let mut messages = messages(&["yard/gate"]);
        let mut list = TopicList { search: "lamp".to_owned(), ..TopicList::default() };
        list.refresh(messages.tree());
        assert!(list.rows().is_empty());
        arrive(&mut messages, "yard/lamp/1");
        list.refresh(messages.tree());
        assert_eq!(shown(&list, &messages), ["yard", "yard/lamp", "yard/lamp/1"]);
    }

    #[test]
    fn rows_are_not_made_again_for_a_mere_count() {
        let mut messages = messages(&["a/b", "c"]);
        let mut list = TopicList::default();
        assert!(list.refresh(messages.tree()));
        arrive(&mut messages, "a/b");
        assert!(!list.refresh(messages.tree()));
        arrive(&mut messages, "a/new");
        assert!(list.refresh(messages.tree()));
    }

    #[test]
    fn a_cleared_tree_forgets_what_was_closed_and_chosen() {
        let mut messages = messages(&["a/b"]);
        let mut list = TopicList::default();
        list.refresh(messages.tree());
        list.toggle(list.rows()[0].node);
        list.refresh(messages.tree());
        assert_eq!(shown(&list, &messages), ["a"]);
        list.selected = Some(list.rows()[0].node);
        messages.clear();
        arrive(&mut messages, "x/y");
        list.refresh(messages.tree());
        assert_eq!((shown(&list, &messages), list.selected), (vec!["x".to_owned(), "x/y".to_owned()], None));
    }

    #[test]
    fn a_paused_tree_takes_nothing_in() {
        let mut messages = messages(&["a/b"]);
        let mut list = TopicList::default();
        list.open_all(false, messages.tree());
        list.set_paused(true);
        arrive(&mut messages, "a/c");
        arrive(&mut messages, "new");
        list.refresh(messages.tree());
        assert_eq!(shown(&list, &messages), ["a"]);
        list.toggle(list.rows()[0].node);
        list.refresh(messages.tree());
        assert_eq!(shown(&list, &messages), ["a", "a/b"]);
        list.set_paused(false);
        list.refresh(messages.tree());
        assert_eq!(shown(&list, &messages), ["a", "a/b", "a/c", "new"]);
    }

    #[test]
    fn all_levels_open_and_close_at_once() {
        let messages = messages(&["a/b/c", "d/e"]);
        let mut list = TopicList::default();
        list.refresh(messages.tree());
        list.open_all(true, messages.tree());
        assert_eq!(shown(&list, &messages), ["a", "a/b", "a/b/c", "d", "d/e"]);
        list.toggle(list.rows()[3].node);
        list.refresh(messages.tree());
        assert_eq!(shown(&list, &messages), ["a", "a/b", "a/b/c", "d"]);
        list.open_all(false, messages.tree());
        assert_eq!(shown(&list, &messages), ["a", "d"]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn a_node_that_comes_stands_where_it_would_if_all_rows_were_worked_out_again(
            steps in prop::collection::vec(("[ab]{0,2}(/[ab]{0,2}){0,3}", 0_usize..30), 1..80),
            levels in prop_oneof![Just(None), Just(Some(true)), Just(Some(false))],
            search in "[ab]{0,1}",
        ) {
            let (mut messages, mut list) = (Messages::default(), TopicList { search, ..TopicList::default() });
            if let Some(is_open) = levels {
                list.open_all(is_open, messages.tree());
            }
            for (topic, place) in steps {
                if let Some(row) = list.rows().get(place).copied() {
                    list.toggle(row.node);
                    list.refresh(messages.tree());
                }
                if !topic.is_empty() {
                    arrive(&mut messages, &topic);
                }
                list.refresh(messages.tree());
                prop_assert_eq!(&list.rows, &worked_out_again(&list, &messages, usize::MAX));
            }
        }

        #[test]
        fn rows_worked_out_in_portions_are_the_same(
            topics in prop::collection::vec("[ab]{0,2}(/[aB]{0,2}){0,3}", 1..60),
            search in "[ab/]{0,3}",
            portion in 1_usize..20,
        ) {
            let topics: Vec<_> = topics.iter().map(String::as_str).filter(|topic| !topic.is_empty()).collect();
            let messages = messages(&topics);
            let list = TopicList { search: search.clone(), ..TopicList::default() };
            let rows = worked_out_again(&list, &messages, portion);
            prop_assert_eq!(&rows, &worked_out_again(&list, &messages, usize::MAX));
            let fits = |id: &NodeId| messages.tree().path(*id).to_lowercase().contains(&search);
            prop_assert!(messages.tree().ids_from(0).filter(fits).all(|id| rows.iter().any(|row| row.node == id))
                || search.is_empty());
        }
    }

    fn worked_out_again(list: &TopicList, messages: &Messages, portion: usize) -> Vec<TopicRow> {
        let mut list = TopicList { made_for: None, build: None, found: Found::default(), ..list.clone() };
        while list.refresh_by(messages.tree(), portion) {}
        list.rows
    }

    #[test]
    fn a_hundred_thousand_topics_have_a_row_each() {
        let mut messages = Messages::default();
        for number in 0..100_000 {
            arrive(&mut messages, &format!("site/{}/meter{number}", number % 100));
        }
        let mut list = TopicList::default();
        list.refresh(messages.tree());
        let before = list.rows().to_vec();
        list.search = "meter".to_owned();
        list.refresh(messages.tree());
        assert!(list.is_behind() && list.rows() == before, "what stood before stands until all is there");
        arrive(&mut messages, "late/meter");
        while list.refresh(messages.tree()) {}
        assert_eq!(list.rows().len(), 1 + 100 + 100_000 + 2);
        list.search = "meter99999".to_owned();
        while list.refresh(messages.tree()) {}
        assert_eq!(list.rows().len(), 3);
    }
}
