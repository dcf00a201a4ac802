//! The last known value of each topic, MQTT 3.1.1 section 3.3.1.3.

use std::collections::BTreeMap;

use super::{config::Limits, publication::Publication};
use crate::{
    mqtt::{Filter, Topic},
    time::Moment,
};

/// All retained messages, ordered by topic so that a subscriber always gets them in the same order.
#[derive(Debug, Default)]
pub(super) struct Retained {
    by_topic: BTreeMap<Topic, Publication>,
    bytes: usize,
}

impl Retained {
    /// Keeps `publication` as its topic's last value; an empty payload clears the topic.
    ///
    /// Says `false`, and keeps the earlier value, when a limit would be broken.
    pub(super) fn keep(&mut self, now: Moment, publication: &Publication, limits: &Limits) -> bool {
        if self.try_to_keep(publication, limits) {
            return true;
        }
        self.forget_what_is_over(now);
        self.try_to_keep(publication, limits)
    }

    fn try_to_keep(&mut self, publication: &Publication, limits: &Limits) -> bool {
        let replaced = self.by_topic.get(&*publication.topic).map(Publication::bytes);
        if publication.payload.is_empty() {
            self.bytes -= replaced.unwrap_or(0);
            self.by_topic.remove(&*publication.topic);
            return true;
        }
        let bytes = self.bytes - replaced.unwrap_or(0) + publication.bytes();
        let full = replaced.is_none() && self.by_topic.len() >= limits.max_retained_messages;
        if full || bytes > limits.max_retained_bytes {
            return false;
        }
        self.bytes = bytes;
        self.by_topic
            .insert((*publication.topic).clone(), Publication { identifiers: Vec::new(), ..publication.clone() });
        true
    }

    fn forget_what_is_over(&mut self, now: Moment) {
        let bytes = &mut self.bytes;
        self.by_topic.retain(|_, publication| {
            let stays = !publication.is_over(now);
            if !stays {
                *bytes -= publication.bytes();
            }
            stays
        });
    }

    /// Topic and payload bytes of all of them.
    pub(super) const fn bytes(&self) -> usize {
        self.bytes
    }

    /// The retained message of a topic.
    pub(super) fn get(&self, topic: &Topic) -> Option<&Publication> {
        self.by_topic.get(topic)
    }

    /// The retained messages that `filter` asks for; one without wildcards is looked up, not searched for.
    pub(super) fn matching<'a>(&'a self, filter: &'a Filter) -> Box<dyn Iterator<Item = &'a Publication> + 'a> {
        match filter.as_str().parse::<Topic>() {
            Ok(topic) => Box::new(self.by_topic.get(&topic).into_iter()),
            Err(_) => Box::new(
                self.by_topic.iter().filter(|(topic, _)| filter.matches(topic)).map(|(_, publication)| publication),
            ),
        }
    }

    /// Topics with a retained message.
    pub(super) fn len(&self) -> usize {
        self.by_topic.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mqtt::{Message, Qos};

    fn publication(topic: &str, payload: &[u8]) -> Publication {
        let topic = topic.parse().expect("a topic");
        Message { topic, payload: payload.to_vec(), qos: Qos::AtMostOnce, retain: true }.into()
    }

    #[test]
    fn the_last_value_stays_until_an_empty_one_clears_it() {
        let limits = Limits::default();
        let mut retained = Retained::default();
        assert!(retained.keep(Moment::ZERO, &publication("a/b", b"1"), &limits));
        assert!(retained.keep(Moment::ZERO, &publication("a/b", b"22"), &limits));
        assert_eq!((retained.len(), retained.bytes), (1, 5));
        let all = "#".parse().expect("a filter");
        assert_eq!(retained.matching(&all).next().map(|kept| kept.payload.as_slice()), Some(&b"22"[..]));
        assert!(retained.keep(Moment::ZERO, &publication("a/b", b""), &limits));
        assert_eq!((retained.len(), retained.bytes), (0, 0));
    }

    #[test]
    fn beyond_its_limits_it_keeps_what_it_has() {
        let limits = Limits { max_retained_messages: 1, max_retained_bytes: 4, ..Limits::default() };
        let mut retained = Retained::default();
        assert!(retained.keep(Moment::ZERO, &publication("a", b"1"), &limits));
        assert!(!retained.keep(Moment::ZERO, &publication("b", b"1"), &limits));
        assert!(!retained.keep(Moment::ZERO, &publication("a", b"12345"), &limits));
        assert!(retained.keep(Moment::ZERO, &publication("a", b"123"), &limits));
        assert_eq!((retained.len(), retained.bytes), (1, 4));
    }
}
