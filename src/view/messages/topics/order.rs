//! In which order the topics of one level stand.
//!
//! Every order but that of names changes with each message. It is worked out anew at most once in [`PAUSE`], so that rows do
//! not run away under the hand that reaches for one.

use std::time::Duration;

use chrono::{DateTime, Local};

use crate::model::messages::{NodeId, TopicNode, TopicTree};

/// In which order the topics of one level stand; equal ones by their names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum TopicOrder {
    /// By name, numbers in it by their value.
    #[default]
    Name,
    /// The newest message first.
    Newest,
    /// The most messages first.
    Most,
    /// What the broker is thought to keep first.
    Kept,
}

impl TopicOrder {
    /// All of them in the order of the choice.
    pub const ALL: [Self; 4] = [Self::Name, Self::Newest, Self::Most, Self::Kept];

    /// `nodes` of one level, which come in the reversed order of names, in the reversed order of this one.
    pub(super) fn last_first(self, tree: &TopicTree, nodes: impl Iterator<Item = NodeId>) -> Vec<NodeId> {
        let mut nodes: Vec<_> = nodes.collect();
        let node = |id: &NodeId| tree.node(*id);
        match self {
            Self::Name => {}
            Self::Newest => nodes.sort_by_cached_key(|id| newest(tree, *id)),
            Self::Most => nodes.sort_by_key(|id| node(id).map(TopicNode::messages)),
            Self::Kept => nodes.sort_by_key(|id| node(id).is_some_and(|node| node.kept_topics() > 0)),
        }
        nodes
    }
}

/// When the newest message of a topic, or of one below, passed.
fn newest(tree: &TopicTree, id: NodeId) -> Option<DateTime<Local>> {
    let newest = tree.node(id).and_then(TopicNode::newest)?;
    tree.node(newest).and_then(TopicNode::last).map(|last| last.time)
}

/// What of the tree an order rests on, and since when.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Stand {
    /// How often the tree had changed.
    pub(super) changes: u64,
    /// How many nodes it had.
    pub(super) nodes: usize,
    since: Option<DateTime<Local>>,
}

impl Stand {
    /// Takes the tree as it is at `now`, unless it was taken a moment ago.
    pub(super) fn refresh(&mut self, tree: &TopicTree, now: DateTime<Local>) {
        let is_fresh =
            self.since.is_some_and(|since| now.signed_duration_since(since).to_std().is_ok_and(|age| age < PAUSE));
        if !is_fresh && self.changes != tree.changes() {
            *self = Self { changes: tree.changes(), nodes: tree.len(), since: Some(now) };
        }
    }
}

/// How long an order stands at least.
pub const PAUSE: Duration = Duration::from_secs(1);
