//! Several lines that are sent one after the other: the next goes out when the one before was answered well.

use std::collections::VecDeque;

use crate::{lang::Text, model::request::RequestId};

/// Several lines that are sent one after the other.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    left: VecDeque<String>,
    under_way: Option<(RequestId, String)>,
    stopped: Option<Stopped>,
}

/// A line that was answered badly while others waited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stopped {
    /// The line.
    pub line: String,
    /// Why it failed.
    pub why: Text,
}

impl Batch {
    /// Adds `lines` to those that wait; `true` when the first of them can go out now.
    pub fn add(&mut self, lines: Vec<String>) -> bool {
        self.left.extend(lines);
        self.under_way.is_none() && self.stopped.is_none()
    }

    /// The next line to send.
    pub fn take_next(&mut self) -> Option<String> {
        self.left.pop_front()
    }

    /// Learns that `line` was handed over as `id`.
    pub fn sent(&mut self, id: RequestId, line: String) {
        self.under_way = Some((id, line));
    }

    /// Learns how request `id` ended, with why it failed if it did; `true` when the next line can go out now.
    pub fn ended(&mut self, id: RequestId, failure: Option<Text>) -> bool {
        let Some((_, line)) = self.under_way.take_if(|(known, _)| *known == id) else { return false };
        let Some(why) = failure else { return true };
        self.stopped = (!self.left.is_empty()).then_some(Stopped { line, why });
        false
    }

    /// The line that failed, while the user is asked about the rest.
    pub const fn stopped(&self) -> Option<&Stopped> {
        self.stopped.as_ref()
    }

    /// How many lines wait.
    pub fn left(&self) -> usize {
        self.left.len()
    }

    /// Goes on although one failed.
    pub fn go_on(&mut self) {
        self.stopped = None;
    }

    /// Sends none of the rest.
    pub fn give_up(&mut self) {
        *self = Self::default();
    }
}
