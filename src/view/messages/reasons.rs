//! What the page can do now, and why not.

use crate::{lang::Text, mqtt::Draft};

use super::{MessagesView, PayloadProblem, RepeatPlan, RepeatProblem, TopicProblem};

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
    /// The interval or the count is wrong.
    Repeat(RepeatProblem),
}

impl MessagesView<'_> {
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

    /// How the draft is to be sent again and again, or why it cannot be now.
    pub fn repeat_plan(&self) -> Result<RepeatPlan, WhyNot> {
        self.draft()?;
        self.composer.fields.repeat.plan().map_err(WhyNot::Repeat)
    }
}
