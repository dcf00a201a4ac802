//! The tree of topics with counts, last value and its time.
//!
//! Nodes live in one growing list and are named by their place in it, so that a tree of a hundred thousand topics
//! costs one lookup a level. A broker that never stops inventing topics meets a limit, and what lies beyond is counted.

use std::{borrow::Cow, collections::BTreeMap, ops::Bound, sync::Arc};

use chrono::{DateTime, Local};

use crate::mqtt::{Message, Topic};

/// Most nodes of a tree; messages to topics beyond it are counted, not shown in the tree.
const MAX_NODES: usize = 300_000;
/// Most levels of a tree; the levels below are shown as one.
const MAX_DEPTH: usize = 64;
/// Most bytes of a last value that a node keeps.
const VALUE_BYTES: usize = 128;

/// Names one node of one tree, until the tree is cleared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(u32);

impl NodeId {
    /// Its place in the order of first sight: a level stands before those below it, and no place is left free.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// The newest message of a topic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastValue {
    /// The payload's first 128 bytes.
    pub head: Box<[u8]>,
    /// Length of the whole payload.
    pub bytes: usize,
    /// When it passed.
    pub time: DateTime<Local>,
    /// When it last was another than the one before.
    pub changed: Option<DateTime<Local>>,
}

/// Why the broker is thought to keep a message for new subscribers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kept {
    /// It was published from here with the retain flag, and taken.
    Published,
    /// It was the first of its topic right after `SUBACK`. The modem prints no retain flag, so nobody can be sure.
    Probably,
}

/// What levels are ordered by: their names, with numbers in them in the order of their value, so that `dev2` stands before
/// `dev10`. Another name never has the same key.
fn order_key(name: &str) -> Cow<'_, str> {
    if !name.bytes().any(|byte| byte.is_ascii_digit()) {
        return Cow::Borrowed(name);
    }
    let mut key = String::with_capacity(name.len() * 2 + 4);
    let mut rest = name;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, from) = rest.split_at(start);
        let end = from.find(|c: char| !c.is_ascii_digit()).unwrap_or(from.len());
        let (number, after) = from.split_at(end);
        let number = number.trim_start_matches('0');
        key.push_str(before);
        // A number stands where a digit would, the longer after the shorter.
        key.push('0');
        key.push(u32::try_from(number.len()).ok().and_then(char::from_u32).unwrap_or(char::MAX));
        key.push_str(number);
        rest = after;
    }
    key.push_str(rest);
    key.push('\0');
    key.push_str(name);
    Cow::Owned(key)
}

/// One level of one or more topics.
#[derive(Debug)]
pub struct TopicNode {
    name: Arc<str>,
    parent: Option<NodeId>,
    children: BTreeMap<Arc<str>, NodeId>,
    messages: u64,
    own_messages: u64,
    topics: usize,
    last: Option<LastValue>,
    kept: Option<Kept>,
    /// The topic that carried the newest message, itself or below.
    newest: Option<NodeId>,
    /// Topics of which the broker is thought to keep a message, itself and below.
    kept_topics: usize,
}

impl TopicNode {
    fn new(name: Arc<str>, parent: Option<NodeId>) -> Self {
        let children = BTreeMap::new();
        let (last, kept, newest) = (None, None, None);
        Self { name, parent, children, messages: 0, own_messages: 0, topics: 0, last, kept, newest, kept_topics: 0 }
    }

    /// The level's own name; may be empty.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The level above; `None` at the top.
    pub fn parent(&self) -> Option<NodeId> {
        self.parent
    }

    /// The levels below, in the order of their names.
    pub fn children(&self) -> impl DoubleEndedIterator<Item = NodeId> {
        self.children.values().copied()
    }

    /// Whether there are levels below.
    pub fn has_children(&self) -> bool {
        !self.children.is_empty()
    }

    /// Messages to this topic and to all below.
    pub fn messages(&self) -> u64 {
        self.messages
    }

    /// Messages to exactly this topic.
    pub fn own_messages(&self) -> u64 {
        self.own_messages
    }

    /// Topics that carried a message: this one and all below.
    pub fn topics(&self) -> usize {
        self.topics
    }

    /// The newest message to exactly this topic.
    pub fn last(&self) -> Option<&LastValue> {
        self.last.as_ref()
    }

    /// Why the broker is thought to keep a message of exactly this topic.
    pub fn kept(&self) -> Option<Kept> {
        self.kept
    }

    /// The topic that carried the newest message: this one or one below.
    pub fn newest(&self) -> Option<NodeId> {
        self.newest
    }

    /// Topics of which the broker is thought to keep a message: this one and all below.
    pub fn kept_topics(&self) -> usize {
        self.kept_topics
    }
}

/// All topics seen.
#[derive(Debug, Default)]
pub struct TopicTree {
    nodes: Vec<TopicNode>,
    roots: BTreeMap<Arc<str>, NodeId>,
    topics: usize,
    untracked: u64,
    epoch: u64,
    changes: u64,
}

impl TopicTree {
    /// The node called `id`; `None` when the tree was cleared since.
    pub fn node(&self, id: NodeId) -> Option<&TopicNode> {
        self.nodes.get(id.0 as usize)
    }

    /// All nodes from the one at `first` in the order of first sight.
    pub fn ids_from(&self, first: usize) -> impl Iterator<Item = NodeId> + use<> {
        let end = u32::try_from(self.nodes.len()).unwrap_or(u32::MAX);
        (u32::try_from(first).unwrap_or(u32::MAX)..end).map(NodeId)
    }

    /// The first levels, in the order of their names.
    pub fn roots(&self) -> impl DoubleEndedIterator<Item = NodeId> {
        self.roots.values().copied()
    }

    /// The nodes beside `id` that come after it in the order of names.
    pub fn siblings_after(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        let node = self.node(id);
        let parent = node.and_then(TopicNode::parent).and_then(|parent| self.node(parent));
        let siblings = parent.map_or(&self.roots, |parent| &parent.children);
        let after = node.map(|node| {
            let key = order_key(node.name());
            siblings.range::<str, _>((Bound::Excluded(key.as_ref()), Bound::Unbounded))
        });
        after.into_iter().flatten().map(|(_, id)| *id)
    }

    /// How many nodes there are. Together with [`epoch`](Self::epoch) it says whether the shape has changed.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether no message was counted yet.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// How many topics carried a message.
    pub fn topics(&self) -> usize {
        self.topics
    }

    /// Messages that found no place because the tree is full.
    pub fn untracked(&self) -> u64 {
        self.untracked
    }

    /// How often the tree was cleared. A [`NodeId`] holds within one epoch.
    pub fn epoch(&self) -> u64 {
        self.epoch
    }

    /// How often a count, a value or a pin has changed.
    pub fn changes(&self) -> u64 {
        self.changes
    }

    /// The topics at and below `id` of which the broker is thought to keep a message, in the order of their names.
    pub fn kept_from(&self, id: NodeId) -> Vec<NodeId> {
        let (mut found, mut waiting) = (Vec::new(), vec![id]);
        while let Some(id) = waiting.pop() {
            let Some(node) = self.node(id).filter(|node| node.kept_topics > 0) else { continue };
            found.extend(node.kept.map(|_| id));
            waiting.extend(node.children().rev());
        }
        found
    }

    /// The whole topic of `id`.
    pub fn path(&self, id: NodeId) -> String {
        let mut levels = Vec::new();
        let mut next = Some(id);
        while let Some(node) = next.and_then(|id| self.node(id)) {
            levels.push(node.name());
            next = node.parent;
        }
        levels.reverse();
        levels.join("/")
    }

    /// Counts `message`, which passed at `time`.
    pub(super) fn count(&mut self, message: &Message, time: DateTime<Local>) {
        let Some(leaf) = self.node_for(message.topic.as_str()) else {
            self.untracked += 1;
            return;
        };
        let head = &message.payload[..message.payload.len().min(VALUE_BYTES)];
        let node = &mut self.nodes[leaf.0 as usize];
        let is_other = |last: &LastValue| *last.head != *head || last.bytes != message.payload.len();
        let changed = node.last.as_ref().and_then(|last| if is_other(last) { Some(time) } else { last.changed });
        node.last = Some(LastValue { head: head.into(), bytes: message.payload.len(), time, changed });
        node.own_messages += 1;
        let is_new = node.own_messages == 1;
        self.changes += 1;
        self.topics += usize::from(is_new);
        let mut next = Some(leaf);
        while let Some(id) = next {
            let node = &mut self.nodes[id.0 as usize];
            node.messages += 1;
            node.topics += usize::from(is_new);
            node.newest = Some(leaf);
            next = node.parent;
        }
    }

    /// Remembers why the broker is thought to keep a message of `topic`, or that it no longer is.
    pub(super) fn note_kept(&mut self, topic: &Topic, kept: Option<Kept>) {
        let Some(leaf) = self.find(topic.as_str()) else { return };
        let was = std::mem::replace(&mut self.nodes[leaf.0 as usize].kept, kept);
        let mut next = Some(leaf).filter(|_| was.is_some() != kept.is_some());
        self.changes += u64::from(next.is_some());
        while let Some(id) = next {
            let node = &mut self.nodes[id.0 as usize];
            node.kept_topics = if kept.is_some() { node.kept_topics + 1 } else { node.kept_topics - 1 };
            next = node.parent;
        }
    }

    /// Forgets everything; ids of before mean nothing any more.
    pub(super) fn clear(&mut self) {
        *self = Self { epoch: self.epoch + 1, changes: self.changes + 1, ..Self::default() };
    }

    fn node_for(&mut self, topic: &str) -> Option<NodeId> {
        let mut parent = None;
        for level in topic.splitn(MAX_DEPTH, '/') {
            parent = Some(self.child(parent, level)?);
        }
        parent
    }

    fn find(&self, topic: &str) -> Option<NodeId> {
        let mut parent: Option<NodeId> = None;
        for level in topic.splitn(MAX_DEPTH, '/') {
            let siblings = parent.map_or(&self.roots, |parent| &self.nodes[parent.0 as usize].children);
            parent = Some(*siblings.get(order_key(level).as_ref())?);
        }
        parent
    }

    fn child(&mut self, parent: Option<NodeId>, level: &str) -> Option<NodeId> {
        let next = NodeId(u32::try_from(self.nodes.len()).ok()?);
        let siblings = match parent {
            Some(parent) => &mut self.nodes[parent.0 as usize].children,
            None => &mut self.roots,
        };
        let key = order_key(level);
        if let Some(id) = siblings.get(key.as_ref()) {
            return Some(*id);
        }
        if next.0 as usize >= MAX_NODES {
            return None;
        }
        let name: Arc<str> = level.into();
        let key = if let Cow::Owned(key) = key { key.into() } else { Arc::clone(&name) };
        siblings.insert(key, next);
        self.nodes.push(TopicNode::new(name, parent));
        Some(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mqtt::Qos;

    fn message(topic: &str, payload: &[u8]) -> Message {
        Message {
            topic: topic.parse().expect("a topic"),
            payload: payload.to_vec(),
            qos: Qos::AtMostOnce,
            retain: false,
        }
    }

    fn epoch_time() -> DateTime<Local> {
        DateTime::UNIX_EPOCH.into()
    }

    #[test]
    fn counts_add_up_from_leaf_to_root() {
        let mut tree = TopicTree::default();
        for topic in ["home/kitchen/temp", "home/kitchen/temp", "home/hall", "home"] {
            tree.count(&message(topic, b"21"), epoch_time());
        }
        let home = tree.roots().next().expect("home");
        let node = tree.node(home).expect("home");
        assert_eq!((node.messages(), node.own_messages(), node.topics()), (4, 1, 3));
        assert_eq!(tree.topics(), 3);
        let hall = node.children().next().expect("hall");
        assert_eq!(tree.path(hall), "home/hall");
    }

    #[test]
    fn empty_levels_are_levels() {
        let mut tree = TopicTree::default();
        tree.count(&message("/finance//", b""), epoch_time());
        assert_eq!(tree.len(), 4);
        let names: Vec<_> = tree.nodes.iter().map(TopicNode::name).collect();
        assert_eq!(names, ["", "finance", "", ""]);
    }

    #[test]
    fn a_topic_of_nothing_but_slashes_stays_shallow() {
        let mut tree = TopicTree::default();
        let topic = "/".repeat(60_000);
        tree.count(&message(&topic, b"x"), epoch_time());
        assert_eq!(tree.len(), MAX_DEPTH);
        let last = NodeId(u32::try_from(tree.len() - 1).expect("small"));
        assert_eq!(tree.path(last), topic);
    }

    #[test]
    fn topics_without_end_are_counted_but_not_kept() {
        let mut tree = TopicTree::default();
        for number in 0..MAX_NODES + 5 {
            tree.count(&message(&number.to_string(), b""), epoch_time());
        }
        assert_eq!(tree.len(), MAX_NODES);
        assert_eq!(tree.untracked(), 5);
    }

    #[test]
    fn only_the_head_of_a_long_value_is_kept() {
        let mut tree = TopicTree::default();
        tree.count(&message("a", &[7; 4_000]), epoch_time());
        let last = tree.node(NodeId(0)).and_then(TopicNode::last).expect("a value");
        assert_eq!((last.head.len(), last.bytes), (VALUE_BYTES, 4_000));
    }

    #[test]
    fn numbers_in_names_are_ordered_by_their_value() {
        let mut tree = TopicTree::default();
        for topic in ["dev100", "dev2a", "dev10", "é1", "e", "dev", "dev02", "dev10b", "dev.x", "a", "dev2"] {
            tree.count(&message(topic, b""), epoch_time());
        }
        let names: Vec<_> = tree.roots().filter_map(|id| tree.node(id)).map(TopicNode::name).collect();
        assert_eq!(names, ["a", "dev", "dev.x", "dev02", "dev2", "dev2a", "dev10", "dev10b", "dev100", "e", "é1"]);
        let first = tree.roots().nth(3).expect("dev02");
        let after: Vec<_> = tree.siblings_after(first).filter_map(|id| tree.node(id)).map(TopicNode::name).collect();
        assert_eq!(after, &names[4..]);
        let count = names.len();
        tree.count(&message("dev2", b""), epoch_time());
        assert_eq!(tree.len(), count, "each is found again");
    }
}
