//! Working all rows out, a portion at a time.

use crate::model::messages::{NodeId, TopicTree};

use super::{Key, TopicList, TopicRow};

/// Rows that are being worked out.
#[derive(Clone, Debug)]
pub(super) struct Build {
    /// What they are worked out for.
    pub(super) key: Key,
    /// Nodes whose turn comes, the next one last; `None` before the first.
    waiting: Option<Vec<(NodeId, usize)>>,
    rows: Vec<TopicRow>,
}

impl Build {
    pub(super) const fn new(key: Key) -> Self {
        Self { key, waiting: None, rows: Vec::new() }
    }

    /// Works out about `portion` rows more; `true` when all are there.
    pub(super) fn go_on(&mut self, list: &TopicList, tree: &TopicTree, portion: usize) -> bool {
        let is_shown = |node: &NodeId| node.index() < self.key.nodes && list.found.lets(*node);
        let order = self.key.order;
        let waiting = self.waiting.get_or_insert_with(|| {
            let roots = order.last_first(tree, tree.roots().rev().filter(is_shown));
            roots.into_iter().map(|node| (node, 0)).collect()
        });
        let mut left = portion;
        while left > 0 {
            let Some((id, depth)) = waiting.pop() else { return true };
            let Some(node) = tree.node(id) else { continue };
            let is_open = node.has_children() && list.is_open(id);
            self.rows.push(TopicRow { node: id, depth, has_children: node.has_children(), is_open });
            let before = waiting.len();
            if is_open {
                let children = order.last_first(tree, node.children().rev().filter(is_shown));
                waiting.extend(children.into_iter().map(|child| (child, depth + 1)));
            }
            left = left.saturating_sub(1 + waiting.len() - before);
        }
        waiting.is_empty()
    }

    /// What was worked out.
    pub(super) fn end(self) -> (Key, Vec<TopicRow>) {
        (self.key, self.rows)
    }
}
