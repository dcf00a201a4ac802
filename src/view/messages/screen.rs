//! What the user has typed, opened and chosen on the Messages page, and every way to change it.

use crate::{
    model::messages::{Messages, NodeId},
    mqtt::{Filter, Qos},
};

use super::{
    composer::{Composer, TopicProblem, check_filter},
    list::{MessageList, Shown},
    payload::PayloadForm,
    topics::TopicList,
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
    /// How the details show the payload.
    pub form: PayloadForm,
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
    /// The list's search text.
    Search(String),
    /// Hold the list still, or let it go on.
    Paused(bool),
    /// Show the details of one message, or of none.
    Select(Option<u64>),
    /// How the details show the payload.
    Form(PayloadForm),
    /// The tree's search text.
    TopicSearch(String),
    /// Open or close a level of the tree.
    Toggle(NodeId),
    /// Show only messages of one topic and those below, or all.
    Topic(Option<NodeId>),
    /// Put the topic and payload of a message into the composer.
    Reuse(u64),
}

impl Screen {
    /// Does one change.
    pub fn change(&mut self, change: Change, messages: &Messages) {
        match change {
            Change::Composer(composer) => self.composer = *composer,
            Change::NewFilter(text) => self.new_filter = text,
            Change::NewQos(qos) => self.new_qos = qos,
            Change::Shown(shown) => self.list.filter.shown = shown,
            Change::Search(text) => self.list.filter.search = text,
            Change::Paused(is_paused) => self.list.set_paused(is_paused),
            Change::Select(seq) => self.list.selected = seq,
            Change::Form(form) => self.form = form,
            Change::TopicSearch(text) => self.topics.search = text,
            Change::Toggle(node) => self.topics.toggle(node),
            Change::Topic(node) => {
                self.topics.selected = node;
                self.list.filter.topic = node.map(|node| messages.tree().path(node));
            }
            Change::Reuse(seq) => self.reuse(seq, messages),
        }
    }

    /// Takes in what came since the last frame.
    pub fn refresh(&mut self, messages: &Messages) {
        self.topics.refresh(messages.tree());
        if self.topics.selected.is_none() {
            self.list.filter.topic = None;
        }
        self.list.refresh(messages.log());
        if self.list.selected.is_some_and(|seq| messages.log().entry(seq).is_none()) {
            self.list.selected = None;
        }
    }

    /// The topic filter being typed; `None` while nothing is.
    pub fn filter(&self) -> Option<Result<Filter, TopicProblem>> {
        (!self.new_filter.is_empty()).then(|| check_filter(&self.new_filter))
    }

    fn reuse(&mut self, seq: u64, messages: &Messages) {
        let Some(entry) = messages.log().entry(seq) else { return };
        self.composer = Composer::of(&entry.message);
    }
}
