//! Messages that the broker keeps and that are still to be cleared: at the broker that was asked about and at no other.

use std::collections::VecDeque;

use crate::mqtt::Topic;

/// Topics whose kept messages are still to be cleared.
#[derive(Debug, Default)]
pub(super) struct Clearing {
    topics: VecDeque<Topic>,
    /// How often the topics of another broker had taken the place of others when it was agreed to.
    epoch: u64,
}

impl Clearing {
    /// Adds `topics` of the broker of this `epoch`; those of another are let go.
    pub(super) fn add(&mut self, topics: Vec<Topic>, epoch: u64) {
        if self.epoch != epoch {
            self.topics.clear();
        }
        self.topics.extend(topics);
        self.epoch = epoch;
    }

    /// Whether nothing is left.
    pub(super) fn is_over(&self) -> bool {
        self.topics.is_empty()
    }

    /// Whether they are of the broker of this `epoch`.
    pub(super) const fn is_of(&self, epoch: u64) -> bool {
        self.epoch == epoch
    }

    /// The next one.
    pub(super) fn next(&mut self) -> Option<Topic> {
        self.topics.pop_front()
    }

    /// Lets go of all; how many were left.
    pub(super) fn give_up(&mut self) -> usize {
        std::mem::take(&mut self.topics).len()
    }
}
