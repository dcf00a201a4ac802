//! The topic filters the user has asked for, on or off, each with a colour that stays.
//!
//! The modem's status is the truth about what is on; a filter that leaves it is kept as *off* until it is forgotten.

use std::time::Duration;

use crate::{
    modem::{
        event::Fault,
        status::{Subscribed, SubscriptionState},
    },
    mqtt::{Filter, Qos, Topic},
    time::Moment,
};

/// One topic filter of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubscriptionEntry {
    /// What is asked for.
    pub filter: Filter,
    /// Highest quality of service asked for.
    pub qos: Qos,
    /// How far it is; `None` when it is off.
    pub state: Option<SubscriptionState>,
    /// Which of the list's colours marks it: the lowest that was free.
    pub colour: usize,
    /// Why the last attempt failed.
    pub fault: Option<Fault>,
    /// Messages that this filter asked for.
    pub messages: u64,
    /// When the broker last confirmed it.
    suback: Option<Moment>,
    /// Topics of messages that came right after that.
    greeted: Vec<Topic>,
    /// It leaves the list as soon as it is off.
    leaves: bool,
}

/// All filters, in the order in which they were first seen.
#[derive(Debug, Default)]
pub struct Subscriptions(Vec<SubscriptionEntry>);

impl Subscriptions {
    /// The filters in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &SubscriptionEntry> {
        self.0.iter()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes over what the modem's status says.
    pub(super) fn update(&mut self, status: &[Subscribed]) {
        for entry in &mut self.0 {
            entry.state = None;
        }
        for wanted in status {
            let entry = self.entry_mut(&wanted.filter, wanted.qos);
            entry.qos = wanted.qos;
            entry.state = Some(wanted.state);
            if wanted.state != SubscriptionState::Failed {
                entry.fault = None;
            }
        }
        self.let_go();
    }

    /// Learns that the user asks for a filter: it stays.
    pub(super) fn ask(&mut self, filter: &Filter) {
        for entry in self.0.iter_mut().filter(|entry| entry.filter == *filter) {
            entry.leaves = false;
        }
    }

    /// Remembers when an attempt succeeded, or why it failed.
    pub(super) fn note_result(&mut self, filter: &Filter, at: Moment, result: &Result<bool, Fault>) {
        if let Some(entry) = self.0.iter_mut().find(|entry| entry.filter == *filter) {
            entry.fault = result.as_ref().err().cloned();
            entry.suback = matches!(result, Ok(true)).then_some(at);
            entry.greeted.clear();
        }
    }

    /// Gives a filter another colour.
    pub(super) fn set_colour(&mut self, filter: &Filter, colour: usize) {
        if let Some(entry) = self.0.iter_mut().find(|entry| entry.filter == *filter) {
            entry.colour = colour;
        }
    }

    /// Whether a message to `topic` at `at` is the first one since a `SUBACK` a moment ago: what the broker keeps comes
    /// then (reference, section 11.4). The modem prints no retain flag, so it is no more than probable.
    pub(super) fn is_first_since_suback(&mut self, topic: &Topic, at: Moment) -> bool {
        let greets = |entry: &&mut SubscriptionEntry| {
            entry.suback.is_some_and(|suback| at.since(suback) <= GREETING) && entry.filter.matches(topic)
        };
        let Some(entry) = self.0.iter_mut().find(greets) else { return false };
        if entry.greeted.len() >= MOST_GREETINGS || entry.greeted.contains(topic) {
            return false;
        }
        entry.greeted.push(topic.clone());
        true
    }

    /// Everything is off: the link is gone.
    pub(super) fn switch_off(&mut self) {
        for entry in &mut self.0 {
            (entry.state, entry.suback) = (None, None);
        }
        self.let_go();
    }

    /// Takes a filter out of the list, as soon as it is off.
    pub(super) fn forget(&mut self, filter: &Filter) {
        for entry in self.0.iter_mut().filter(|entry| entry.filter == *filter) {
            entry.leaves = true;
        }
        self.let_go();
    }

    fn let_go(&mut self) {
        self.0.retain(|entry| !entry.leaves || entry.state.is_some());
    }

    /// Counts a message for every filter that asks for `topic` and gives the colour of the first.
    pub(super) fn count(&mut self, topic: &Topic) -> Option<usize> {
        let mut colour = None;
        for entry in self.0.iter_mut().filter(|entry| entry.state.is_some() && entry.filter.matches(topic)) {
            entry.messages += 1;
            colour = colour.or(Some(entry.colour));
        }
        colour
    }

    /// What another broker sent counts no longer.
    pub(super) fn count_anew(&mut self) {
        for entry in &mut self.0 {
            entry.messages = 0;
            entry.greeted.clear();
        }
    }

    fn entry_mut(&mut self, filter: &Filter, qos: Qos) -> &mut SubscriptionEntry {
        let known = self.0.iter().position(|entry| entry.filter == *filter);
        let index = known.unwrap_or_else(|| {
            let (filter, colour) = (filter.clone(), self.free_colour());
            let (suback, greeted) = (None, Vec::new());
            self.0.push(SubscriptionEntry {
                filter,
                qos,
                state: None,
                colour,
                fault: None,
                messages: 0,
                suback,
                greeted,
                leaves: false,
            });
            self.0.len() - 1
        });
        &mut self.0[index]
    }

    fn free_colour(&self) -> usize {
        // One colour more than there are filters: one of them is free.
        (0..=self.0.len()).find(|colour| self.0.iter().all(|entry| entry.colour != *colour)).unwrap_or_default()
    }
}

/// How soon after `SUBACK` a message must come to count as one that the broker had kept.
const GREETING: Duration = Duration::from_millis(300);
/// Most topics that are remembered for that after one `SUBACK`.
const MOST_GREETINGS: usize = 200;
