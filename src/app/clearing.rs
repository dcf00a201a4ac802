//! Clearing many messages that the broker keeps: one after the other, at the broker that was asked about and at no other.

use std::collections::VecDeque;

use crate::{
    model::{Input, notices::Notice, request::Request, status::Session},
    mqtt::Topic,
    view::messages::clearing,
};

use super::App;

/// Topics whose kept messages are still to be cleared.
#[derive(Debug, Default)]
pub(super) struct Clearing {
    topics: VecDeque<Topic>,
    /// How often the topics of another broker had taken the place of others when it was agreed to.
    epoch: u64,
}

/// Begins to clear what is kept of `topics`.
pub(super) fn begin(app: &mut App, topics: Vec<Topic>) {
    let epoch = app.model.messages().tree().epoch();
    if app.clearing.epoch != epoch {
        app.clearing.topics.clear();
    }
    app.clearing.topics.extend(topics);
    app.clearing.epoch = epoch;
    drive(app);
}

/// Hands the next ones over while few are under way; lets go of all when the session ends or belongs to another broker.
pub(super) fn drive(app: &mut App) {
    if app.clearing.topics.is_empty() {
        return;
    }
    let messages = app.model.messages();
    if messages.session() != Session::Connected || messages.tree().epoch() != app.clearing.epoch {
        let left = std::mem::take(&mut app.clearing.topics).len();
        app.apply(&Input::Notice(Notice::ClearingEnded { left }));
        return;
    }
    while app.model.messages().in_flight() < MOST_UNDER_WAY
        && let Some(topic) = app.clearing.topics.pop_front()
    {
        app.ask(Request::Publish(clearing(topic)));
    }
}

/// So many are handed over at a time: the modem takes one after the other anyway.
const MOST_UNDER_WAY: usize = 4;
