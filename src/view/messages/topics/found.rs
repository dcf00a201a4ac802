//! Which nodes a search found.

use std::cell::Cell;

use crate::model::messages::{NodeId, TopicNode, TopicTree};

/// Which nodes a search found, by their place: those whose topic contains the text, and all above them.
///
/// New nodes are looked at when they come; what was found stays found.
#[derive(Clone, Debug, Default)]
pub(super) struct Found {
    search: String,
    marks: Vec<Mark>,
    /// The uppermost nodes whose topics contain the text.
    tops: Vec<NodeId>,
    /// How many topics were found, when the tree had so many and so many tops were known.
    hits: Cell<((usize, usize), usize)>,
}

/// What is known of one node.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Mark {
    /// Neither it nor one below was found.
    #[default]
    None,
    /// One below was found.
    Above,
    /// Its topic contains the text, and so do all below.
    Hit,
}

impl Found {
    /// Looks at the first `nodes` of the tree as far as they are new, at most at `portion` of them, which is lessened by
    /// them. Says whether one of them was found.
    pub(super) fn look(&mut self, tree: &TopicTree, search: &str, nodes: usize, portion: &mut usize) -> bool {
        if self.search != search {
            *self = Self { search: search.to_owned(), ..Self::default() };
        }
        if search.is_empty() {
            return false;
        }
        let first = self.marks.len();
        let new = nodes.saturating_sub(first).min(*portion);
        *portion -= new;
        self.marks.resize(first + new, Mark::None);
        let mut has_found = false;
        for id in tree.ids_from(first).take(new) {
            if self.fits(tree, id) {
                self.mark(tree, id);
                has_found = true;
            }
        }
        has_found
    }

    /// Whether the topic of `id` contains the text. What ends in a level above is known from there: a level stands
    /// before those below it.
    fn fits(&self, tree: &TopicTree, id: NodeId) -> bool {
        let Some(node) = tree.node(id) else { return false };
        if node.parent().is_some_and(|parent| self.at(parent) == Mark::Hit) {
            return true;
        }
        if self.search.contains('/') {
            return tree.path(id).to_lowercase().contains(&self.search);
        }
        if node.name().is_ascii() {
            let (name, search) = (node.name().as_bytes(), self.search.as_bytes());
            return name.windows(search.len()).any(|part| part.eq_ignore_ascii_case(search));
        }
        node.name().to_lowercase().contains(&self.search)
    }

    /// Marks a node and those above it, up to one that is marked.
    fn mark(&mut self, tree: &TopicTree, id: NodeId) {
        self.marks[id.index()] = Mark::Hit;
        let above = tree.node(id).and_then(TopicNode::parent);
        if above.is_none_or(|above| self.at(above) != Mark::Hit) {
            self.tops.push(id);
        }
        let mut next = tree.node(id).and_then(TopicNode::parent);
        while let Some(id) = next.filter(|id| self.at(*id) == Mark::None) {
            self.marks[id.index()] = Mark::Above;
            next = tree.node(id).and_then(TopicNode::parent);
        }
    }

    /// Whether the first `nodes` of the tree were looked at.
    pub(super) fn has_seen(&self, nodes: usize) -> bool {
        self.search.is_empty() || self.marks.len() >= nodes
    }

    /// How many topics that carried a message contain the text, as far as they were looked at.
    pub(super) fn hits(&self, tree: &TopicTree) -> usize {
        let key = (tree.topics(), self.tops.len());
        let (known, hits) = self.hits.get();
        if known == key {
            return hits;
        }
        let hits = self.tops.iter().filter_map(|top| tree.node(*top)).map(TopicNode::topics).sum();
        self.hits.set((key, hits));
        hits
    }

    /// Whether something is searched.
    pub(super) fn is_searching(&self) -> bool {
        !self.search.is_empty()
    }

    /// Whether `id` stands in the tree; everything does while nothing is searched.
    pub(super) fn lets(&self, id: NodeId) -> bool {
        self.search.is_empty() || self.at(id) != Mark::None
    }

    fn at(&self, id: NodeId) -> Mark {
        self.marks.get(id.index()).copied().unwrap_or_default()
    }
}
