//! The messages of one topic, oldest first, kept up to date without walking the history each frame.

use std::collections::VecDeque;

use crate::{model::messages::MessageLog, mqtt::Topic};

/// The messages of one topic.
#[derive(Clone, Debug, Default)]
pub struct TopicHistory {
    topic: Option<Topic>,
    seqs: VecDeque<u64>,
    /// Sequence number of the next message to look at.
    next: u64,
}

impl TopicHistory {
    /// Follows `topic`: takes in what came since the last call and lets go of what was trimmed.
    pub(super) fn refresh(&mut self, topic: Option<&Topic>, log: &MessageLog) {
        if self.topic.as_ref() != topic {
            *self = Self { topic: topic.cloned(), ..Self::default() };
        }
        let Some(topic) = topic else { return };
        let range = log.range();
        let is_its = |seq: &u64| log.entry(*seq).is_some_and(|entry| entry.message.topic == *topic);
        self.seqs.extend((self.next.max(range.start)..range.end).filter(is_its));
        self.next = range.end;
        while self.seqs.front().is_some_and(|seq| *seq < range.start) {
            self.seqs.pop_front();
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.seqs.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.seqs.is_empty()
    }

    /// The sequence number of the message in `row`, the newest in row 0.
    pub fn seq(&self, row: usize) -> Option<u64> {
        let place = self.seqs.len().checked_sub(row + 1)?;
        self.seqs.get(place).copied()
    }

    /// The message before `seq`.
    pub fn before(&self, seq: u64) -> Option<u64> {
        let place = self.seqs.binary_search(&seq).ok()?.checked_sub(1)?;
        self.seqs.get(place).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::messages::{HistoryLimit, Messages},
        modem::event::{Arrival, Event},
        mqtt::{Message, Qos},
        time::Moment,
    };

    fn arrive(messages: &mut Messages, topic: &str) {
        let message = Message {
            topic: topic.parse().expect("a topic"),
            payload: Vec::new(),
            qos: Qos::AtMostOnce,
            retain: false,
        };
        messages.apply(&Event::Message(Arrival { at: Moment::ZERO, message, announced: 0 }));
    }

    #[test]
    fn it_follows_one_topic_through_trimming() {
        let mut messages = Messages::new(HistoryLimit { entries: 4, bytes: usize::MAX });
        let (a, b): (Topic, Topic) = ("a".parse().expect("a topic"), "b".parse().expect("a topic"));
        let mut history = TopicHistory::default();
        for topic in ["a", "b", "a", "b"] {
            arrive(&mut messages, topic);
        }
        history.refresh(Some(&a), messages.log());
        assert_eq!((history.len(), history.seq(0), history.before(2)), (2, Some(2), Some(0)));
        arrive(&mut messages, "a");
        history.refresh(Some(&a), messages.log());
        assert_eq!((history.len(), history.seq(0), history.before(2)), (2, Some(4), None));
        history.refresh(Some(&b), messages.log());
        assert_eq!(history.seq(0), Some(3));
        history.refresh(None, messages.log());
        assert!(history.is_empty());
    }
}
