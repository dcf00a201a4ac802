//! What the user has typed, opened and chosen on the Messages page, and every way to change it.

use chrono::{DateTime, Local};

use crate::{
    legs::Carrier,
    model::messages::{Messages, NodeId},
    mqtt::{Draft, Filter, Qos, Topic},
    payload::{Charset, Filling, JsonPath},
    settings::Template,
};

use super::{
    charts::Charts,
    composer::{Composer, TopicProblem, check_filter},
    details::DetailsState,
    form::PayloadForm,
    list::{MessageList, Outcome, Shown},
    sender::Sender,
    topics::{TopicList, TopicOrder},
};

/// What the user has typed, opened and chosen on the page.
#[derive(Clone, Debug, Default)]
pub struct Screen {
    /// The message list.
    pub list: MessageList,
    /// The topic tree.
    pub topics: TopicList,
    /// The composer.
    pub composer: Composer,
    /// The topic filter being typed.
    pub new_filter: String,
    /// Quality of service for it.
    pub new_qos: Qos,
    /// Whether subscriptions and topics stand where the list would, in a window that holds only one of them.
    pub shows_topics: bool,
    /// Who sends what the composer holds.
    pub sender: Sender,
    /// Whether what it sends is numbered and followed.
    pub traces: bool,
    /// Where the number travels.
    pub carrier: Carrier,
    /// The chosen message.
    pub details: DetailsState,
    /// The chart of numbers.
    pub charts: Charts,
    /// The topics whose kept messages shall be cleared once the user has agreed; most often one.
    pub clearing: Vec<Topic>,
    /// The epoch of the tree in which that was asked: topics of another broker are none of its business.
    clearing_epoch: u64,
    /// How many messages the composer has sent.
    pub composed: u64,
    /// The fields whose message is sent again and again, as they were when it began.
    pub repeated: Option<Box<Composer>>,
    /// What chance in placeholders begins with.
    pub seed: u64,
}

/// One change of the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// The composer's fields.
    Composer(Box<Composer>),
    /// The topic filter being typed.
    NewFilter(String),
    /// Quality of service for it.
    NewQos(Qos),
    /// Which directions the list shows.
    Shown(Shown),
    /// Which outcomes the list shows.
    Outcome(Outcome),
    /// The list's search text.
    Search(String),
    /// Hold the list still, or let it go on.
    Paused(bool),
    /// Show the details of one message, or of none.
    Select(Option<u64>),
    /// Choose the message so many rows further down.
    Move(isize),
    /// How the details show the payload.
    Form(PayloadForm),
    /// In which characters a message is read; `None` for what it looks like.
    Charset(u64, Option<Charset>),
    /// Whether the newest message of the topic takes the place of the chosen one.
    Follow(bool),
    /// Hide or show what is inside a value of the JSON tree.
    Fold(JsonPath),
    /// Draw a number of the chosen message's topic, or no longer.
    Chart(Topic, JsonPath),
    /// Draw nothing any more.
    ClearCharts,
    /// The plot has so many pixel columns.
    ChartColumns(usize),
    /// Show subscriptions and topics, or the list, where the window holds only one of them.
    ShowTopics(bool),
    /// The tree's search text.
    TopicSearch(String),
    /// Hold the tree still, or let it go on.
    TopicsPaused(bool),
    /// Open or close a level of the tree.
    Toggle(NodeId),
    /// Open or close all levels of the tree.
    OpenAll(bool),
    /// Show only messages of one topic and those below, or all.
    Topic(Option<NodeId>),
    /// Ask whether the kept message of a topic shall be cleared, or no longer ask.
    AskClear(Option<NodeId>),
    /// Ask whether every kept message of a topic and of those below shall be cleared.
    AskClearBelow(NodeId),
    /// In which order the topics of one level stand.
    Order(TopicOrder),
    /// Put the topic and payload of a message into the composer.
    Reuse(u64),
    /// Put a topic of the tree into the composer.
    Address(NodeId),
    /// Put a template into the composer.
    Wear(Box<Template>),
    /// Who sends what the composer holds.
    Sender(Sender),
    /// Whether what it sends is numbered and followed.
    Traces(bool),
    /// Where the number travels.
    Carrier(Carrier),
}

impl Screen {
    /// Does one change.
    pub fn change(&mut self, change: Change, messages: &Messages) {
        match change {
            Change::Composer(composer) => self.composer = *composer,
            Change::NewFilter(text) => self.new_filter = text,
            Change::NewQos(qos) => self.new_qos = qos,
            Change::Shown(shown) => self.list.filter.shown = shown,
            Change::Outcome(outcome) => self.list.filter.outcome = outcome,
            Change::Search(text) => self.list.filter.search = text,
            Change::Paused(is_paused) => self.list.set_paused(is_paused),
            Change::Select(seq) => self.select(seq, messages),
            Change::Move(rows) => self.move_by(rows, messages),
            Change::Form(form) => (self.details.form, self.details.is_form_chosen) = (form, true),
            Change::Charset(seq, charset) => self.details.choose_charset(seq, charset),
            Change::Follow(follows) => self.details.follows = follows,
            Change::Fold(path) => self.details.fold(path),
            Change::Chart(topic, path) => self.charts.toggle(&topic, &path),
            Change::ClearCharts => self.charts.clear(),
            Change::ChartColumns(columns) => self.charts.set_columns(columns),
            Change::ShowTopics(shows) => self.shows_topics = shows,
            Change::TopicSearch(text) => self.topics.search = text,
            Change::TopicsPaused(is_paused) => self.topics.set_paused(is_paused),
            Change::Toggle(node) => self.topics.toggle(node),
            Change::OpenAll(is_open) => self.topics.open_all(is_open, messages.tree()),
            Change::Topic(node) => {
                self.topics.selected = node;
                self.list.filter.topic = node.map(|node| messages.tree().path(node));
            }
            Change::AskClear(node) => {
                self.ask_clear(node.as_slice(), messages);
            }
            Change::AskClearBelow(node) => self.ask_clear(&messages.tree().kept_from(node), messages),
            Change::Order(order) => self.topics.set_order(order),
            Change::Reuse(seq) => self.reuse(seq, messages),
            Change::Address(node) => self.composer.topic = messages.tree().path(node),
            Change::Wear(template) => self.composer.wear(&template),
            Change::Sender(sender) => self.sender = sender,
            Change::Traces(traces) => self.traces = traces,
            Change::Carrier(carrier) => self.carrier = carrier,
        }
    }

    fn ask_clear(&mut self, nodes: &[NodeId], messages: &Messages) {
        let tree = messages.tree();
        self.clearing = nodes.iter().filter_map(|node| tree.path(*node).parse().ok()).collect();
        self.clearing_epoch = tree.epoch();
    }

    /// Takes in what came since the last frame, at the local time `now`.
    pub fn refresh_at(&mut self, messages: &Messages, now: DateTime<Local>) {
        self.topics.look_at(messages.tree(), now);
        self.refresh(messages);
    }

    /// The same without a look at the order of the topics.
    pub fn refresh(&mut self, messages: &Messages) {
        self.topics.refresh(messages.tree());
        if self.clearing_epoch != messages.tree().epoch() {
            self.clearing.clear();
        }
        if self.topics.selected.is_none() {
            self.list.filter.topic = None;
        }
        let log = messages.log();
        self.list.refresh(log, messages.steps());
        if self.list.selected.is_some_and(|seq| log.entry(seq).is_none()) {
            self.list.selected = None;
        }
        self.details.refresh(self.list.selected, log);
        let newest = self.details.history.seq(0).filter(|_| self.details.follows);
        if newest.is_some() && newest != self.list.selected {
            self.list.selected = newest;
            self.details.refresh(newest, log);
        }
        self.details.count_hits(self.list.selected, log, &self.list.filter.search);
        self.charts.refresh(log);
    }

    /// Whether topics or messages are still to be looked at: another frame is needed for them.
    pub const fn is_behind(&self) -> bool {
        self.topics.is_behind() || self.list.is_behind()
    }

    /// The topic filter being typed; `None` while nothing is.
    pub fn filter(&self) -> Option<Result<Filter, TopicProblem>> {
        (!self.new_filter.is_empty()).then(|| check_filter(&self.new_filter))
    }

    /// Where the values of placeholders come from for the next message of the composer.
    pub const fn filling(&self, now: DateTime<Local>) -> Filling {
        Filling { number: self.composed + 1, now, seed: self.seed }
    }

    /// The next message of a run, its placeholders filled in; `None` when it can no longer be made.
    pub fn next_repeated(&self, messages: &Messages, now: DateTime<Local>) -> Option<Draft> {
        let number = messages.repeat()?.sent + 1;
        self.repeated.as_ref()?.judge(Filling { number, now, seed: self.seed }).draft
    }

    fn select(&mut self, seq: Option<u64>, messages: &Messages) {
        self.list.selected = seq;
        if let Some(entry) = seq.and_then(|seq| messages.log().entry(seq)) {
            self.details.fit(&entry.message.payload);
        }
        self.details.follows = false;
    }

    fn move_by(&mut self, rows: isize, messages: &Messages) {
        let Some(last) = self.list.len().checked_sub(1) else { return };
        let mut place = match self.list.selected.and_then(|seq| self.list.row_of(seq)) {
            Some(row) => row.saturating_add_signed(rows).min(last),
            None => last,
        };
        if self.list.seam(place).is_some() {
            // A message stands on either side of a seam, if the one above was not let go.
            place = if rows < 0 && place > 0 { place - 1 } else { place + 1 };
        }
        let seq = self.list.seq(place);
        self.select(seq, messages);
        self.list.reveal(place);
    }

    fn reuse(&mut self, seq: u64, messages: &Messages) {
        let Some(entry) = messages.log().entry(seq) else { return };
        let kept = std::mem::take(&mut self.composer);
        let Composer { repeat, template_name, path, file, .. } = kept;
        self.composer = Composer { path, file, repeat, template_name, ..Composer::of(&entry.message) };
    }
}
