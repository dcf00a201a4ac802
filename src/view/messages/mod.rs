//! What the Messages page shows.
//!
//! The view looks into the model and the screen; a row is made when it is drawn, so that a long history costs no more
//! than a short one.

mod composer;
mod list;
pub(super) mod payload;
mod rows;
mod screen;
mod topics;
mod words;

#[cfg(test)]
mod tests;

use chrono::{DateTime, Local};

use crate::{
    lang::Text,
    model::{event::Fault, messages::Messages, plan, status::Session},
    mqtt::{Draft, Message},
    view::fault,
};

pub use self::{
    composer::{Composer, Judged, PayloadFormat, PayloadProblem, TopicProblem, check_filter},
    list::{ListFilter, MessageList, Shown},
    payload::{JsonPlace, PayloadForm, Rendered},
    rows::{MessageRow, Stage, SubscriptionRow, TopicCells, Way},
    screen::{Change, Screen},
    topics::{TopicList, TopicRow},
    words::{age_text, grouped, qos_key, took_text},
};
pub use crate::{
    model::{messages::NodeId, status::SubscriptionState},
    mqtt::Qos,
};

/// Why something cannot be done now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WhyNot {
    /// There is no session with a broker.
    NotConnected,
    /// The topic or the topic filter is wrong.
    Topic(TopicProblem),
    /// The payload is wrong.
    Payload(PayloadProblem),
    /// The modem's commands cannot carry it.
    Refused(Text),
    /// There is nothing yet.
    Empty,
}

/// The composer as the page shows it.
#[derive(Clone, Debug)]
pub struct ComposerView {
    /// What the fields hold.
    pub fields: Composer,
    /// What is wrong with them, and what they hold in bytes.
    pub judged: Judged,
    /// What publishing would put on the wire; `None` while the draft cannot be sent.
    pub wire: Option<WireText>,
    /// Why the modem's commands cannot carry a draft that MQTT allows.
    pub refusal: Option<Text>,
}

/// What publishing puts on the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WireText {
    /// The command.
    pub line: String,
    /// The beginning of the data that follows when the modem asks for it.
    pub data: Option<String>,
}

/// One message with all of its payload.
#[derive(Clone, Debug)]
pub struct Details {
    /// Its row.
    pub row: MessageRow,
    /// The payload in the chosen form.
    pub payload: Rendered,
}

/// What the page shows.
#[derive(Debug)]
pub struct MessagesView<'a> {
    messages: &'a Messages,
    screen: &'a Screen,
    now: DateTime<Local>,
    /// The composer.
    pub composer: ComposerView,
}

/// The page at the local time `now`.
pub fn view<'a>(messages: &'a Messages, screen: &'a mut Screen, now: DateTime<Local>) -> MessagesView<'a> {
    screen.refresh(messages);
    let composer = ComposerView::new(&screen.composer);
    MessagesView { messages, screen, now, composer }
}

impl ComposerView {
    fn new(fields: &Composer) -> Self {
        let judged = fields.judge();
        let (wire, refusal) = match judged.message().map(|message| wire_text(&message)) {
            Some(Ok(wire)) => (Some(wire), None),
            Some(Err(fault)) => (None, Some(fault::text(&fault))),
            None => (None, None),
        };
        Self { fields: fields.clone(), judged, wire, refusal }
    }
}

fn wire_text(message: &Message) -> Result<WireText, Fault> {
    let planned = plan::publish(message)?;
    let data = planned.has_data.then(|| payload::preview(&message.payload, WIRE_CHARS));
    Ok(WireText { line: planned.line, data })
}

const WIRE_CHARS: usize = 200;

impl MessagesView<'_> {
    /// What the user has typed, opened and chosen.
    pub fn screen(&self) -> &Screen {
        self.screen
    }

    /// The subscription list.
    pub fn subscriptions(&self) -> Vec<SubscriptionRow> {
        self.messages.subscriptions().iter().map(SubscriptionRow::new).collect()
    }

    /// The message in `row` of the list, the oldest in row 0.
    pub fn message(&self, row: usize) -> Option<MessageRow> {
        let seq = self.screen.list.seq(row)?;
        Some(MessageRow::new(seq, self.messages.log().entry(seq)?))
    }

    /// The topic in `row` of the tree.
    pub fn topic(&self, row: usize) -> Option<TopicCells> {
        TopicCells::new(self.messages.tree(), *self.screen.topics.rows().get(row)?, self.now)
    }

    /// The chosen message.
    pub fn details(&self) -> Option<Details> {
        let seq = self.screen.list.selected?;
        let entry = self.messages.log().entry(seq)?;
        let payload = payload::render(&entry.message.payload, self.screen.form);
        Some(Details { row: MessageRow::new(seq, entry), payload })
    }

    /// Topics that carried a message.
    pub fn topics(&self) -> usize {
        self.messages.tree().topics()
    }

    /// Messages that found no place in the tree.
    pub fn untracked(&self) -> u64 {
        self.messages.tree().untracked()
    }

    /// Messages that arrived, trimmed ones included.
    pub fn received(&self) -> u64 {
        self.messages.received()
    }

    /// Messages handed to the modem, trimmed ones included.
    pub fn sent(&self) -> u64 {
        self.messages.sent()
    }

    /// Older messages that were counted and are no longer kept.
    pub fn trimmed(&self) -> u64 {
        self.messages.log().trimmed()
    }

    /// Messages that came since the list was paused.
    pub fn waiting(&self) -> u64 {
        self.screen.list.waiting(self.messages.log())
    }

    /// Whether no message has passed yet.
    pub fn is_empty(&self) -> bool {
        self.messages.log().range().is_empty()
    }

    /// Whether there is a session with a broker.
    pub fn is_connected(&self) -> bool {
        self.messages.session() == Session::Connected
    }

    /// Why the filter being typed cannot be subscribed to now.
    pub fn why_not_subscribe(&self) -> Option<WhyNot> {
        match self.screen.filter() {
            _ if !self.is_connected() => Some(WhyNot::NotConnected),
            None => Some(WhyNot::Empty),
            Some(Err(problem)) => Some(WhyNot::Topic(problem)),
            Some(Ok(_)) => None,
        }
    }

    /// The draft to publish, or why it cannot be published now.
    pub fn draft(&self) -> Result<&Draft, WhyNot> {
        let judged = &self.composer.judged;
        if !self.is_connected() {
            return Err(WhyNot::NotConnected);
        }
        if let Some(problem) = &judged.topic {
            return Err(WhyNot::Topic(problem.clone()));
        }
        if let Some(problem) = &judged.payload {
            return Err(WhyNot::Payload(problem.clone()));
        }
        match (&judged.draft, &self.composer.refusal) {
            (_, Some(refusal)) => Err(WhyNot::Refused(refusal.clone())),
            (Some(draft), None) => Ok(draft),
            (None, None) => Err(WhyNot::Empty),
        }
    }
}
