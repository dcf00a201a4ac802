//! Single rows of the page: a message, a topic, a subscription, as words and numbers.

use std::time::Duration;

use chrono::{DateTime, Local};

use crate::{
    lang::Text,
    model::{
        event::{Delivery, Fault},
        messages::{Direction, Entry, Kept, LastValue, NodeId, SubscriptionEntry, TopicNode, TopicTree},
        status::SubscriptionState,
    },
    mqtt::{Filter, Qos},
    view::fault,
};

use crate::payload::{Charset, head_line, preview, visible_line};

/// How far a published message is, as one word of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stage {
    /// It waits for the ones before it.
    Queued,
    /// Its command is on the wire.
    Sending,
    /// The modem said `OK`; the broker's word is still open.
    Accepted,
    /// The modem said `OK`; at QoS 0 nobody will say more.
    Sent,
    /// `PUBREC` came, `PUBCOMP` is still open.
    Received,
    /// `PUBACK` (QoS 1) or `PUBCOMP` (QoS 2) came.
    Confirmed,
    /// Certainly not sent.
    Failed,
    /// Sent; the confirmation did not come in time.
    TimedOut,
    /// Sent; the session or the link ended before the confirmation.
    Unknown,
}

impl Stage {
    /// The name of its word in the language files.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Queued => "stage-queued",
            Self::Sending => "stage-sending",
            Self::Accepted => "stage-accepted",
            Self::Sent => "stage-sent",
            Self::Received => "stage-received",
            Self::Confirmed => "stage-confirmed",
            Self::Failed => "stage-failed",
            Self::TimedOut => "stage-timed-out",
            Self::Unknown => "stage-unknown",
        }
    }

    /// The name of the sentence that explains it.
    pub const fn hint_key(self) -> &'static str {
        match self {
            Self::Queued => "stage-queued-hint",
            Self::Sending => "stage-sending-hint",
            Self::Accepted => "stage-accepted-hint",
            Self::Sent => "stage-sent-hint",
            Self::Received => "stage-received-hint",
            Self::Confirmed => "stage-confirmed-hint",
            Self::Failed => "stage-failed-hint",
            Self::TimedOut => "stage-timed-out-hint",
            Self::Unknown => "stage-unknown-hint",
        }
    }
}

/// How far a published message is, with what shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// The word.
    pub stage: Stage,
    /// The line that decided it: `OK`, `PUBREC`, `PUBACK`, `PUBCOMP`; empty when none did.
    pub line: &'static str,
    /// From the command's last byte to that line.
    pub took: Option<Duration>,
    /// Why it went astray.
    pub fault: Option<Text>,
}

impl Way {
    fn new(delivery: &Delivery, qos: Qos) -> Self {
        let ack = if qos == Qos::ExactlyOnce { "PUBCOMP" } else { "PUBACK" };
        let (stage, line, took, fault) = match delivery {
            Delivery::Queued => (Stage::Queued, "", None, None),
            Delivery::Sending => (Stage::Sending, "", None, None),
            Delivery::Accepted { accept } if qos == Qos::AtMostOnce => (Stage::Sent, "OK", Some(*accept), None),
            Delivery::Accepted { accept } => (Stage::Accepted, "OK", Some(*accept), None),
            Delivery::Received { after } => (Stage::Received, "PUBREC", Some(*after), None),
            Delivery::Confirmed { accept, ack: took } => (Stage::Confirmed, ack, Some(*accept + *took), None),
            Delivery::Failed(fault) => (Stage::Failed, "", None, Some(fault::text(fault))),
            Delivery::Unknown(fault @ Fault::TimedOut { .. }) => (Stage::TimedOut, "", None, Some(fault::text(fault))),
            Delivery::Unknown(fault) => (Stage::Unknown, "", None, Some(fault::text(fault))),
        };
        Self { stage, line, took, fault }
    }

    /// The same of the client on this computer: no `OK` of a module is in it.
    fn of_here(delivery: &Delivery, qos: Qos) -> Self {
        match Self::new(delivery, qos) {
            Self { line: "OK", stage, fault, .. } => Self { stage, line: "", took: None, fault },
            other => other,
        }
    }
}

/// One row of the message list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageRow {
    /// Names the message for as long as it is kept.
    pub seq: u64,
    /// Local time of day with milliseconds; empty for one of a log without times.
    pub time: String,
    /// Its line in the log that it is of; `None` for one of a connection.
    pub line: Option<u32>,
    /// The topic with visible tokens.
    pub topic: String,
    /// The beginning of the payload, one line.
    pub preview: String,
    /// Length of the payload in bytes.
    pub bytes: usize,
    /// Quality of service; the modem does not print it for arriving messages.
    pub qos: Option<Qos>,
    /// Whether it was sent with the retain flag.
    pub retain: bool,
    /// Colour index of the subscription that asked for it.
    pub colour: Option<usize>,
    /// How far it is; `None` for one that arrived.
    pub way: Option<Way>,
    /// The length the modem announced, when the payload is not as long.
    pub announced: Option<usize>,
    /// Whether it has exactly as many bytes as the module prints at most: what was longer is cut there.
    pub is_probably_cut: bool,
    /// Whether it passed the client on this computer, not the module.
    pub is_here: bool,
}

/// Whether what arrived has exactly as many bytes as this module prints at most in direct mode (reference, section 11.7):
/// of a longer message it prints these and says nothing.
pub(super) fn is_probably_cut(entry: &Entry) -> bool {
    matches!(entry.direction, Direction::In { is_at_limit: true, .. })
}

/// Where another connection begins in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seam {
    /// Local time of day at which it began.
    pub time: String,
    /// Its broker as `host:port`; `None` when it is not known.
    pub broker: Option<String>,
}

impl MessageRow {
    pub(super) fn new(seq: u64, entry: &Entry, charset: Option<Charset>) -> Self {
        let message = &entry.message;
        let (way, colour, announced) = match &entry.direction {
            Direction::In { announced, colour, .. } => {
                (None, *colour, (*announced != message.payload.len()).then_some(*announced))
            }
            Direction::Out { delivery } => (Some(Way::new(delivery, message.qos)), None, None),
            Direction::Here { delivery } => {
                (delivery.as_ref().map(|delivery| Way::of_here(delivery, message.qos)), None, None)
            }
        };
        let is_here = matches!(entry.direction, Direction::Here { .. });
        Self {
            seq,
            time: entry.time.format("%H:%M:%S%.3f").to_string(),
            line: None,
            topic: visible_line(message.topic.as_str()),
            preview: preview(&message.payload, charset, PREVIEW_CHARS),
            bytes: message.payload.len(),
            qos: (way.is_some() || is_here).then_some(message.qos),
            retain: message.retain,
            colour,
            way,
            announced,
            is_probably_cut: is_probably_cut(entry),
            is_here,
        }
    }

    /// Whether it arrived; it was published otherwise.
    pub const fn is_incoming(&self) -> bool {
        self.way.is_none()
    }
}

/// One visible row of the topic tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TopicRow {
    /// The node it shows.
    pub node: NodeId,
    /// How deep it lies, 0 at the top.
    pub depth: usize,
    /// Whether there are levels below.
    pub has_children: bool,
    /// Whether they are shown.
    pub is_open: bool,
}

/// One row of the topic tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopicCells {
    /// Which row it is.
    pub row: TopicRow,
    /// The level's name with visible tokens; may be empty.
    pub name: String,
    /// The whole topic with visible tokens.
    pub path: String,
    /// Messages to it and all below.
    pub messages: u64,
    /// Topics that carried a message, itself and below.
    pub topics: usize,
    /// The beginning of its newest payload; `None` when nothing was sent to exactly this topic.
    pub value: Option<String>,
    /// How old that is.
    pub age: Option<Duration>,
    /// How long ago the value became another one.
    pub changed: Option<Duration>,
    /// Why the broker is thought to keep a message of it.
    pub kept: Option<Kept>,
    /// Topics of which the broker is thought to keep a message, itself and below.
    pub kept_topics: usize,
    /// The newest value below, of a level that carried none itself.
    pub below: Option<ValueBelow>,
}

/// The newest value of a topic below.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueBelow {
    /// The topic's last level with visible tokens.
    pub name: String,
    /// The beginning of the payload.
    pub value: String,
    /// How old it is.
    pub age: Duration,
    /// How long ago it became another one.
    pub changed: Option<Duration>,
}

impl TopicCells {
    pub(super) fn new(tree: &TopicTree, row: TopicRow, now: DateTime<Local>) -> Option<Self> {
        let node = tree.node(row.node)?;
        let age = |time: DateTime<Local>| now.signed_duration_since(time).to_std().unwrap_or_default();
        Some(Self {
            row,
            name: visible_line(node.name()),
            path: visible_line(&tree.path(row.node)),
            messages: node.messages(),
            topics: node.topics(),
            value: node.last().map(value_of),
            age: node.last().map(|last| age(last.time)),
            changed: node.last().and_then(|last| last.changed).map(age),
            kept: node.kept(),
            kept_topics: node.kept_topics(),
            below: Self::below(tree, node, age),
        })
    }

    fn below(tree: &TopicTree, node: &TopicNode, age: impl Fn(DateTime<Local>) -> Duration) -> Option<ValueBelow> {
        let newest = node.newest().filter(|_| node.last().is_none()).and_then(|newest| tree.node(newest))?;
        let last = newest.last()?;
        Some(ValueBelow {
            name: visible_line(newest.name()),
            value: value_of(last),
            age: age(last.time),
            changed: last.changed.map(age),
        })
    }
}

/// The beginning of a value, one line.
fn value_of(last: &LastValue) -> String {
    head_line(&last.head, last.head.len() < last.bytes, None, VALUE_CHARS)
}

/// One row of the subscription list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubscriptionRow {
    /// What is asked for.
    pub filter: Filter,
    /// The same with visible tokens.
    pub text: String,
    /// Highest quality of service asked for.
    pub qos: Qos,
    /// How far it is; `None` when it is off.
    pub state: Option<SubscriptionState>,
    /// Which of the series colours marks it.
    pub colour: usize,
    /// Messages that it asked for.
    pub messages: u64,
    /// Why the last attempt failed.
    pub fault: Option<Text>,
    /// Whether the next connection asks for it, whatever it is now.
    pub is_lasting: bool,
    /// Whether it was made here and the profile does not ask for it so.
    pub is_offered: bool,
}

impl SubscriptionRow {
    pub(super) fn new(entry: &SubscriptionEntry) -> Self {
        Self {
            filter: entry.filter.clone(),
            text: visible_line(entry.filter.as_str()),
            qos: entry.qos,
            state: entry.state,
            colour: entry.colour,
            messages: entry.messages,
            fault: entry.fault.as_ref().map(fault::text),
            is_lasting: false,
            is_offered: false,
        }
    }

    /// The name of its state in the language files.
    pub const fn state_key(&self) -> &'static str {
        match self.state {
            None if self.is_lasting => "subscription-lasting",
            None => "subscription-off",
            Some(SubscriptionState::Wanted) => "subscription-wanted",
            Some(SubscriptionState::Accepted) => "subscription-accepted",
            Some(SubscriptionState::Confirmed) => "subscription-confirmed",
            Some(SubscriptionState::Failed) => "subscription-failed",
        }
    }
}

const PREVIEW_CHARS: usize = 160;
const VALUE_CHARS: usize = 48;
