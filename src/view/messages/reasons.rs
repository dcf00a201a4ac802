//! What the page can do now, and why not.

use crate::{lang::Text, mqtt::Draft};

use super::{MessagesView, PayloadProblem, RepeatPlan, RepeatProblem, Sender, TopicProblem};

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
    /// The client on this computer is not at the broker.
    NotHere,
    /// Only the module sends again and again.
    OnlyModule,
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
        let is_here = self.screen.sender == Sender::Here;
        match is_here {
            true if !self.party().is_here => return Err(WhyNot::NotHere),
            false if !self.is_connected() => return Err(WhyNot::NotConnected),
            _ => {}
        }
        if let Some(problem) = &judged.topic {
            return Err(WhyNot::Topic(problem.clone()));
        }
        if let Some(problem) = &judged.payload {
            return Err(WhyNot::Payload(problem.clone()));
        }
        match (&judged.draft, &self.composer.refusal) {
            (_, Some(refusal)) if !is_here => Err(WhyNot::Refused(refusal.clone())),
            (Some(draft), _) => Ok(draft),
            (None, _) => Err(WhyNot::Empty),
        }
    }

    /// How the draft is to be sent again and again, or why it cannot be now.
    pub fn repeat_plan(&self) -> Result<RepeatPlan, WhyNot> {
        if self.screen.sender == Sender::Here {
            return Err(WhyNot::OnlyModule);
        }
        self.draft()?;
        self.composer.fields.repeat.plan().map_err(WhyNot::Repeat)
    }
}
