//! Which messages of the history the list shows, kept up to date without walking the history each frame.
//!
//! Rows are whole numbers into an index of messages, with a row between those of two connections. A paused list takes
//! nothing new in; the history goes on.

use std::collections::VecDeque;

use crate::{
    model::{
        event::Delivery,
        messages::{Direction, Entry, MessageLog},
    },
    mqtt::Qos,
};

/// Which directions the list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Shown {
    /// Both.
    #[default]
    All,
    /// Only what arrived.
    Received,
    /// Only what was published.
    Sent,
    /// Only what passed the client on this computer.
    Here,
}

impl Shown {
    /// All of them in the order of the switch.
    pub const ALL: [Self; 4] = [Self::All, Self::Received, Self::Sent, Self::Here];
}

/// Which outcomes of publishes the list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Every one, and what arrived too.
    #[default]
    Any,
    /// Still on their way.
    Open,
    /// Confirmed, or all that QoS 0 can have.
    Good,
    /// Not sent, timed out, or unknown.
    Lost,
}

impl Outcome {
    /// All of them in the order of the choice.
    pub const ALL: [Self; 4] = [Self::Any, Self::Open, Self::Good, Self::Lost];

    fn lets(self, entry: &Entry) -> bool {
        let (Direction::Out { delivery } | Direction::Here { delivery: Some(delivery) }) = &entry.direction else {
            return self == Self::Any;
        };
        let outcome = match delivery {
            Delivery::Confirmed { .. } => Self::Good,
            Delivery::Accepted { .. } if entry.message.qos == Qos::AtMostOnce => Self::Good,
            Delivery::Failed(_) | Delivery::Unknown(_) => Self::Lost,
            _ => Self::Open,
        };
        self == Self::Any || self == outcome
    }
}

/// What a message must be like to stand in the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListFilter {
    /// Which directions.
    pub shown: Shown,
    /// Which outcomes.
    pub outcome: Outcome,
    /// Only this topic and those below.
    pub topic: Option<String>,
    /// Only topics or payloads with this text, upper and lower case alike.
    pub search: String,
}

impl ListFilter {
    fn lets(&self, entry: &Entry) -> bool {
        let direction = match self.shown {
            Shown::All => true,
            Shown::Received => matches!(entry.direction, Direction::In { .. }),
            Shown::Sent => matches!(entry.direction, Direction::Out { .. }),
            Shown::Here => matches!(entry.direction, Direction::Here { .. }),
        };
        let topic = entry.message.topic.as_str();
        direction
            && self.outcome.lets(entry)
            && self.topic.as_deref().is_none_or(|wanted| is_below(topic, wanted))
            && (contains(topic.as_bytes(), &self.search) || contains(&entry.message.payload, &self.search))
    }
}

/// What stands in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Row {
    /// The line above the message of this number, the first of another connection.
    Seam(u64),
    /// The message of this number.
    Message(u64),
}

impl Row {
    const fn key(self) -> (u64, bool) {
        match self {
            Self::Seam(seq) => (seq, false),
            Self::Message(seq) => (seq, true),
        }
    }
}

/// The list's state between frames: what the user set, and the index of the rows.
#[derive(Clone, Debug, Default)]
pub struct MessageList {
    /// What the user wants to see.
    pub filter: ListFilter,
    /// Sequence number of the message whose details are shown.
    pub selected: Option<u64>,
    /// The filter that `index` was made for.
    made_for: ListFilter,
    index: VecDeque<Row>,
    /// The connection of the last message in the index.
    connection: Option<u32>,
    /// How many rows are no messages.
    seams: usize,
    /// How many rows at the front were let go since the index was made.
    gone: u64,
    /// Sequence number of the next message to look at.
    next: u64,
    /// Sequence number up to which messages may come in: the newest, or the newest when the list was paused.
    until: u64,
    /// How often publishes had moved on when the index was made.
    steps: u64,
    is_paused: bool,
    /// The row that shall be brought into sight: asked for, and in this frame.
    reveal: (Option<usize>, Option<usize>),
}

impl MessageList {
    /// Takes in what came since the last call and lets go of what was trimmed. `steps` tells how often publishes have
    /// moved on: outcomes may be others than they were.
    pub fn refresh(&mut self, log: &MessageLog, steps: u64) {
        self.reveal = (None, self.reveal.0);
        // Outcomes that change while messages are still looked at have to wait, or a busy time would never let that end.
        let is_stale = self.filter.outcome != Outcome::Any && self.steps != steps && !self.is_behind();
        if !self.is_paused {
            self.until = log.range().end;
        }
        if is_stale || self.made_for != self.filter {
            // A paused list shows more or fewer of the messages it had, and still nothing new.
            self.made_for = self.filter.clone();
            self.steps = steps;
            self.index.clear();
            (self.connection, self.seams) = (None, 0);
            self.gone = 0;
            self.next = log.range().start;
        }
        self.take_in(log);
        while self.index.front().is_some_and(|row| row.key().0 < log.range().start) {
            self.seams -= usize::from(matches!(self.index.pop_front(), Some(Row::Seam(_))));
            self.gone += 1;
        }
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.index.len()
    }

    /// How many of them are messages.
    pub fn messages(&self) -> usize {
        self.index.len() - self.seams
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.index.is_empty()
    }

    /// Number of row 0: how many rows before it were let go.
    pub fn first(&self) -> u64 {
        self.gone
    }

    /// The sequence number of the message in `row`, the oldest in row 0; `None` where a connection begins.
    pub fn seq(&self, row: usize) -> Option<u64> {
        match self.index.get(row)? {
            Row::Message(seq) => Some(*seq),
            Row::Seam(_) => None,
        }
    }

    /// The sequence number of the message below `row`, when a connection begins there.
    pub fn seam(&self, row: usize) -> Option<u64> {
        match self.index.get(row)? {
            Row::Seam(seq) => Some(*seq),
            Row::Message(_) => None,
        }
    }

    /// The row of the message with sequence number `seq`.
    pub fn row_of(&self, seq: u64) -> Option<usize> {
        self.index.binary_search_by_key(&(seq, true), |row| row.key()).ok()
    }

    /// The row that shall be brought into sight in this frame.
    pub fn revealed(&self) -> Option<usize> {
        self.reveal.1
    }

    /// Brings `row` into sight in the next frame.
    pub(super) fn reveal(&mut self, row: usize) {
        self.reveal.0 = Some(row);
    }

    /// The sequence numbers of all messages in the list.
    pub fn seqs(&self) -> impl Iterator<Item = u64> {
        self.index.iter().filter_map(|row| if let Row::Message(seq) = row { Some(*seq) } else { None })
    }

    /// Whether new messages stay out.
    pub fn is_paused(&self) -> bool {
        self.is_paused
    }

    /// Holds the list still, or lets it go on with everything that came meanwhile.
    pub fn set_paused(&mut self, is_paused: bool) {
        self.is_paused = is_paused;
    }

    /// How many messages came since the list was paused, whether they fit the filter or not.
    pub fn waiting(&self, log: &MessageLog) -> u64 {
        if self.is_paused { log.range().end.saturating_sub(self.until) } else { 0 }
    }

    /// Whether messages are still to be looked at: another frame is needed for them.
    pub const fn is_behind(&self) -> bool {
        self.next < self.until
    }

    /// Looks at the messages whose turn it is, as many as one frame may take.
    fn take_in(&mut self, log: &MessageLog) {
        let mut budget = FRAME_BYTES;
        self.next = self.next.max(log.range().start);
        while self.next < self.until && budget > 0 {
            if let Some(entry) = log.entry(self.next) {
                budget = budget.saturating_sub(EACH_BYTES + entry.message.payload.len());
                if self.made_for.lets(entry) {
                    let before = self.connection.replace(entry.connection);
                    if before.is_some_and(|before| before != entry.connection) {
                        self.index.push_back(Row::Seam(self.next));
                        self.seams += 1;
                    }
                    self.index.push_back(Row::Message(self.next));
                }
            }
            self.next += 1;
        }
    }
}

/// Whether `topic` is `wanted` or lies below it.
fn is_below(topic: &str, wanted: &str) -> bool {
    topic.strip_prefix(wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Whether `needle` stands in `bytes`; ASCII letters match in both cases.
fn contains(bytes: &[u8], needle: &str) -> bool {
    let needle = needle.as_bytes();
    needle.is_empty() || bytes.windows(needle.len()).any(|window| window.eq_ignore_ascii_case(needle))
}

/// Bytes that are looked at in one frame: some milliseconds.
const FRAME_BYTES: usize = 1_500_000;
/// What one message counts beside its bytes.
const EACH_BYTES: usize = 64;

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::{
        model::messages::{HistoryLimit, Messages},
        modem::{
            event::{Arrival, Event, PublishUpdate},
            request::RequestId,
        },
        mqtt::Message,
        time::Moment,
    };

    fn arrive(messages: &mut Messages, topic: &str) {
        let topic = topic.parse().expect("a topic");
        let message = Message { topic, payload: b"Payload".to_vec(), qos: Qos::AtMostOnce, retain: false };
        messages.apply(&Event::Message(Arrival { at: Moment::ZERO, message, announced: 7 }));
    }

    fn seqs(list: &MessageList) -> Vec<u64> {
        list.seqs().collect()
    }

    #[test]
    fn the_index_follows_the_history() {
        let mut messages = Messages::new(HistoryLimit { entries: 3, bytes: usize::MAX });
        let mut list = MessageList::default();
        for topic in ["a", "b", "c"] {
            arrive(&mut messages, topic);
        }
        list.refresh(messages.log(), messages.steps());
        assert_eq!(seqs(&list), [0, 1, 2]);
        for topic in ["d", "e"] {
            arrive(&mut messages, topic);
        }
        list.refresh(messages.log(), messages.steps());
        assert_eq!(seqs(&list), [2, 3, 4]);
        assert_eq!((list.row_of(3), list.row_of(0)), (Some(1), None));
    }

    #[test]
    fn topic_and_search_narrow_the_list() {
        let mut messages = Messages::default();
        for topic in ["home", "home/hall", "homework", "yard"] {
            arrive(&mut messages, topic);
        }
        let mut list = MessageList::default();
        list.filter.topic = Some("home".to_owned());
        list.refresh(messages.log(), messages.steps());
        assert_eq!(seqs(&list), [0, 1]);
        list.filter = ListFilter { search: "HALL".to_owned(), ..ListFilter::default() };
        list.refresh(messages.log(), messages.steps());
        assert_eq!(seqs(&list), [1]);
        list.filter.search = "payload".to_owned();
        list.refresh(messages.log(), messages.steps());
        assert_eq!(list.len(), 4);
        list.filter.shown = Shown::Sent;
        list.refresh(messages.log(), messages.steps());
        assert!(list.is_empty());
    }

    #[test]
    fn a_search_through_much_takes_a_portion_a_frame() {
        let mut messages = Messages::default();
        let large = Message {
            topic: "a".parse().expect("a topic"),
            payload: vec![b'x'; FRAME_BYTES / 2],
            qos: crate::mqtt::Qos::AtMostOnce,
            retain: false,
        };
        for _ in 0..5 {
            let announced = large.payload.len();
            messages.apply(&Event::Message(Arrival { at: Moment::ZERO, message: large.clone(), announced }));
        }
        let mut list = MessageList::default();
        list.filter.search = "x".to_owned();
        let mut seen = Vec::new();
        while seen.is_empty() || list.is_behind() {
            list.refresh(messages.log(), messages.steps());
            seen.push(list.len());
        }
        assert_eq!(seen, [2, 4, 5]);
        list.set_paused(true);
        list.filter.search = "X".to_owned();
        arrive(&mut messages, "b");
        list.refresh(messages.log(), messages.steps());
        assert_eq!((list.len(), list.waiting(messages.log())), (2, 1), "what is not looked at yet did not come since");
    }

    #[test]
    fn a_paused_list_stands_still_and_loses_nothing() {
        let mut messages = Messages::default();
        let mut list = MessageList::default();
        arrive(&mut messages, "a");
        list.refresh(messages.log(), messages.steps());
        list.set_paused(true);
        arrive(&mut messages, "b");
        list.refresh(messages.log(), messages.steps());
        assert_eq!((seqs(&list), list.waiting(messages.log())), (vec![0], 1));
        list.filter.search = "payload".to_owned();
        list.refresh(messages.log(), messages.steps());
        assert_eq!((seqs(&list), list.waiting(messages.log())), (vec![0], 1), "a search brings nothing new in");
        list.set_paused(false);
        list.refresh(messages.log(), messages.steps());
        assert_eq!((seqs(&list), list.waiting(messages.log())), (vec![0, 1], 0));
    }

    #[test]
    fn an_outcome_is_followed_while_it_changes() {
        let mut messages = Messages::default();
        let mut list = MessageList::default();
        arrive(&mut messages, "a");
        let message =
            Message { topic: "b".parse().expect("a topic"), payload: Vec::new(), qos: Qos::AtLeastOnce, retain: false };
        messages.record_publish(RequestId(1), message);
        let tell = |messages: &mut Messages, delivery| {
            messages.apply(&Event::Publish(PublishUpdate { at: Moment::ZERO, id: RequestId(1), delivery }));
        };
        tell(&mut messages, Delivery::Sending);
        list.filter.outcome = Outcome::Open;
        list.refresh(messages.log(), messages.steps());
        assert_eq!(seqs(&list), [1]);
        tell(&mut messages, Delivery::Confirmed { accept: Duration::ZERO, ack: Duration::ZERO });
        list.refresh(messages.log(), messages.steps());
        assert!(list.is_empty());
        list.filter.outcome = Outcome::Good;
        list.refresh(messages.log(), messages.steps());
        assert_eq!(seqs(&list), [1]);
        list.filter.outcome = Outcome::Lost;
        list.refresh(messages.log(), messages.steps());
        assert!(list.is_empty());
    }

    #[test]
    fn a_cleared_history_empties_the_list() {
        let mut messages = Messages::default();
        let mut list = MessageList::default();
        arrive(&mut messages, "a");
        list.refresh(messages.log(), messages.steps());
        messages.clear();
        arrive(&mut messages, "b");
        list.refresh(messages.log(), messages.steps());
        assert_eq!(seqs(&list), [1]);
    }
}
