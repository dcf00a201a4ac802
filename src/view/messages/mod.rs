//! What the Messages page shows.
//!
//! The view looks into the model and the screen; a row is made when it is drawn, so that a long history costs no more
//! than a short one.

mod charts;
mod composer;
mod details;
mod export;
mod form;
mod history;
mod list;
mod party;
mod reasons;
mod rows;
mod screen;
mod sender;
mod source;
mod topics;
mod words;

#[cfg(test)]
mod tests;

use std::time::Duration;

use chrono::{DateTime, Local};

use crate::{
    air780e::limits,
    lang::Text,
    model::{
        event::Fault,
        messages::{Messages, SubscriptionEntry},
        plan,
        request::Subscription,
        status::Session,
    },
    mqtt::{Message, Topic},
    payload,
    settings::{Profile, Template},
    time::Moment,
    view::fault,
};

pub use self::{
    charts::{Charts, Series, Summary},
    composer::{
        Composer, FileState, Judged, PayloadFormat, PayloadProblem, RepeatFields, RepeatPlan, RepeatProblem,
        TopicProblem, check_filter,
    },
    details::{Body, DetailsState, JsonRow},
    export::{Export, ExportFormat},
    form::PayloadForm,
    history::TopicHistory,
    list::{ListFilter, MessageList, Outcome, Shown},
    party::{CellView, PartyView, TraceView},
    reasons::WhyNot,
    rows::{MessageRow, Seam, Stage, SubscriptionRow, TopicCells, TopicRow, ValueBelow, Way},
    screen::{Change, Screen},
    sender::Sender,
    source::SourceLines,
    topics::{ORDER_PAUSE, TopicList, TopicOrder},
    words::{age_text, grouped, number_text, qos_key, took_text},
};
pub use crate::{
    legs::{Carrier, Cell},
    model::{
        messages::{Kept, NodeId, PartyStage, Repeat, RepeatEnd},
        status::SubscriptionState,
    },
    mqtt::Qos,
    payload::{
        Charset, Compared, DiffRow, Difference, Fate, Filling, HexRow, JsonFault, JsonNode, JsonPath, JsonPlace,
        JsonTree, JsonValue, PLACEHOLDERS, Placeholder, Rendered,
    },
};

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

/// The chosen message.
#[derive(Clone, Debug)]
pub struct Details {
    /// Its row.
    pub row: MessageRow,
    /// Its topic as it is, for what is done with it.
    pub topic: Topic,
    /// What its payload looks like.
    pub told: Charset,
    /// What the user reads it as instead.
    pub chosen: Option<Charset>,
}

/// What the page shows.
#[derive(Debug)]
pub struct MessagesView<'a> {
    messages: &'a Messages,
    screen: &'a Screen,
    templates: &'a [Template],
    /// Subscriptions that were made here and are asked for at each connection.
    added: &'a [Subscription],
    /// The profile that a connection follows; `None` where a scenario says what it asks for.
    profile: Option<&'a Profile>,
    now: DateTime<Local>,
    /// Now, on the clock of the connection.
    moment: Moment,
    /// Where messages stand in the log that they are of; `None` for those of a connection.
    source: Option<&'a SourceLines>,
    /// The composer.
    pub composer: ComposerView,
}

/// The page at the local time `now`.
pub fn view<'a>(messages: &'a Messages, screen: &'a mut Screen, now: DateTime<Local>) -> MessagesView<'a> {
    screen.refresh_at(messages, now);
    let composer = ComposerView::new(&screen.composer, screen.filling(now));
    MessagesView {
        messages,
        screen,
        templates: &[],
        added: &[],
        profile: None,
        now,
        moment: messages.latest(),
        source: None,
        composer,
    }
}

/// What a publish would put on the wire, or why it cannot.
pub fn wire_text(message: &Message) -> Result<WireText, Fault> {
    let planned = plan::publish(message)?;
    let data = planned.has_data.then(|| payload::preview(&message.payload, None, WIRE_CHARS));
    Ok(WireText { line: planned.line, data })
}

/// The message that makes the broker forget what it keeps of `topic`: empty, with the retain flag, and at QoS 1 so that
/// the broker says that it did.
pub fn clearing(topic: Topic) -> Message {
    Message { topic, payload: Vec::new(), qos: Qos::AtLeastOnce, retain: true }
}

impl ComposerView {
    fn new(fields: &Composer, filling: Filling) -> Self {
        let judged = fields.judge(filling);
        let (wire, refusal) = match judged.message().map(|message| wire_text(&message)) {
            Some(Ok(wire)) => (Some(wire), None),
            Some(Err(fault)) => (None, Some(fault::text(&fault))),
            None => (None, None),
        };
        Self { fields: fields.clone(), judged, wire, refusal }
    }
}

const WIRE_CHARS: usize = 200;

impl<'a> MessagesView<'a> {
    /// The same page with the templates that are kept.
    #[must_use]
    pub const fn with_templates(mut self, templates: &'a [Template]) -> Self {
        self.templates = templates;
        self
    }

    /// The same page with the subscriptions that each connection asks for: those `added` here, and those of `profile`.
    #[must_use]
    pub const fn with_lasting(mut self, added: &'a [Subscription], profile: Option<&'a Profile>) -> Self {
        (self.added, self.profile) = (added, profile);
        self
    }

    /// The same page at the moment `moment` of the connection, by which traced messages are judged.
    #[must_use]
    pub const fn at(mut self, moment: Moment) -> Self {
        self.moment = moment;
        self
    }

    /// The same page of a log: nothing can be sent from it, and its messages stand at lines.
    #[must_use]
    pub const fn with_source(mut self, source: &'a SourceLines) -> Self {
        self.source = Some(source);
        self
    }

    /// Whether it is of a log.
    pub const fn is_recorded(&self) -> bool {
        self.source.is_some()
    }

    /// The templates that are kept.
    pub const fn templates(&self) -> &'a [Template] {
        self.templates
    }

    /// What the user has typed, opened and chosen.
    pub fn screen(&self) -> &Screen {
        self.screen
    }

    /// The subscription list.
    pub fn subscriptions(&self) -> Vec<SubscriptionRow> {
        self.messages.subscriptions().iter().map(|entry| self.subscription(entry)).collect()
    }

    fn subscription(&self, entry: &SubscriptionEntry) -> SubscriptionRow {
        let made = self.added.iter().find(|wanted| wanted.filter == entry.filter);
        let foreseen = self.profile.and_then(|profile| profile.asks_for(entry.filter.as_str()));
        SubscriptionRow {
            is_lasting: made.is_some() || foreseen.is_some(),
            is_offered: self.profile.is_some() && made.is_some_and(|wanted| foreseen != Some(wanted.qos)),
            ..SubscriptionRow::new(entry)
        }
    }

    /// The message in `row` of the list, the oldest in row 0.
    pub fn message(&self, row: usize) -> Option<MessageRow> {
        self.row(self.screen.list.seq(row)?)
    }

    /// Where another connection begins, when `row` is such a place.
    pub fn seam(&self, row: usize) -> Option<Seam> {
        let entry = self.messages.log().entry(self.screen.list.seam(row)?)?;
        let passage = self.messages.passage(entry.connection);
        Some(Seam {
            time: passage.map_or(entry.time, |passage| passage.since).format("%H:%M:%S").to_string(),
            broker: passage.and_then(|passage| passage.broker.clone()),
        })
    }

    /// The broker that topics, pins and counts are of.
    pub fn broker(&self) -> Option<&'a str> {
        self.messages.broker()
    }

    /// The topic in `row` of the tree.
    pub fn topic(&self, row: usize) -> Option<TopicCells> {
        let row = *self.screen.topics.rows().get(row)?;
        let cells = || TopicCells::new(self.messages.tree(), row, self.now);
        // What is held still are the values, not whether a level is open.
        self.screen.topics.held(row.node, cells).map(|cells| TopicCells { row, ..cells })
    }

    /// The whole topic of a node as it is, for the clipboard.
    pub fn path(&self, node: NodeId) -> String {
        self.messages.tree().path(node)
    }

    /// The chosen message.
    pub fn details(&self) -> Option<Details> {
        let seq = self.screen.list.selected?;
        let entry = self.messages.log().entry(seq)?;
        let (told, chosen) = (Charset::of(&entry.message.payload), self.screen.details.chosen_charset(seq));
        Some(Details { row: self.row(seq)?, topic: entry.message.topic.clone(), told, chosen })
    }

    /// What the details' copy button copies.
    pub fn copied(&self) -> Option<String> {
        let seq = self.screen.list.selected?;
        Some(self.screen.details.copied(seq, self.messages.log().entry(seq)?))
    }

    /// The payload of a message as text, for the clipboard.
    pub fn payload_text(&self, seq: u64) -> Option<String> {
        let message = &self.messages.log().entry(seq)?.message;
        let charset = self.screen.details.chosen_charset(seq).unwrap_or_else(|| Charset::of(&message.payload));
        Some(payload::as_text(&message.payload, charset).text)
    }

    /// The topic of a message, for the clipboard.
    pub fn topic_text(&self, seq: u64) -> Option<&str> {
        Some(self.messages.log().entry(seq)?.message.topic.as_str())
    }

    /// Row `row` of the chosen message's bytes.
    pub fn hex_row(&self, row: usize) -> Option<HexRow> {
        let entry = self.messages.log().entry(self.screen.list.selected?)?;
        Some(DetailsState::hex_row(entry, row, payload::HEX_WIDTH))
    }

    /// The message in `row` of the chosen message's topic, the newest in row 0.
    pub fn history(&self, row: usize) -> Option<MessageRow> {
        self.row(self.screen.details.history.seq(row)?)
    }

    /// The topics whose kept messages the user is asked about.
    pub fn clearing(&self) -> &'a [Topic] {
        &self.screen.clearing
    }

    /// One of them with visible tokens.
    pub fn clearing_text(&self, index: usize) -> String {
        self.screen.clearing.get(index).map(|topic| payload::visible_line(topic.as_str())).unwrap_or_default()
    }

    /// What clearing the first of them puts on the wire.
    pub fn clearing_wire(&self) -> Option<WireText> {
        wire_text(&clearing(self.screen.clearing.first()?.clone())).ok()
    }

    /// How many topics the search has found so far; `None` while nothing is searched.
    pub fn topic_hits(&self) -> Option<usize> {
        self.screen.topics.hits(self.messages.tree())
    }

    /// The message that is sent again and again, or was.
    pub fn repeat(&self) -> Option<&'a Repeat> {
        self.messages.repeat()
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

    /// The local time of day at `seconds` after the beginning of 1970.
    pub fn clock_text(&self, seconds: f64) -> String {
        words::clock_text(seconds)
    }

    fn row(&self, seq: u64) -> Option<MessageRow> {
        let row = MessageRow::new(seq, self.messages.log().entry(seq)?, self.screen.details.chosen_charset(seq));
        let Some(source) = self.source else { return Some(row) };
        let time = if source.is_timed { row.time } else { String::new() };
        Some(MessageRow { time, line: source.line(seq), ..row })
    }
}

/// Most bytes of a payload that a receiving module with direct messages prints, and most that one can send.
pub const PAYLOAD_RANGE: (usize, usize) = (limits::PAYLOAD.lower, limits::PAYLOAD.higher);
/// How long a value that became another one stands out.
pub const FLASH: Duration = Duration::from_millis(600);
