//! What is known of the messages that the broker inside this program throws away.

use std::time::Duration;

use crossbeam_channel::Receiver;

use crate::{
    broker::{Happening, Limit, Snapshot},
    lang::Text,
};

use super::clock::Clock;

/// What is known of the limits of the broker that runs.
#[derive(Debug, Default)]
pub(super) struct Losses {
    /// Messages that nobody got because there was no room for them, as counted last.
    pub(super) count: u64,
    /// The limit that took effect last, and whom it met.
    pub(super) last: Option<(Limit, Option<String>)>,
    /// A count that is under way.
    pub(super) asked: Option<Receiver<Snapshot>>,
    /// When it was asked for last.
    pub(super) asked_at: Option<Clock>,
}

impl Losses {
    /// What to say of them; nothing while there are none.
    pub(super) fn told(&self) -> Vec<Text> {
        let Some((limit, client_id)) = &self.last else { return Vec::new() };
        let count = (self.count > 0).then(|| Text::new("own-broker-lost").with("count", self.count));
        let limit = match client_id {
            Some(client_id) => Text::new(words(*limit)).with("client", client_id.as_str()),
            None => Text::new(words(*limit)).with("client", "–"),
        };
        count.into_iter().chain([limit]).collect()
    }

    /// Hears of a limit of the broker.
    pub(super) fn take(&mut self, what: &Happening) {
        if let Happening::Limited { limit, client_id, .. } = what {
            (self.last, self.asked_at) = (Some((*limit, client_id.clone())), None);
        }
    }

    /// Whether it is time to count: a limit took effect, and the last count is a while ago.
    pub(super) fn is_due(&self) -> bool {
        self.last.is_some() && self.asked.is_none() && self.asked_at.is_none_or(|clock| clock.has_run_for(COUNT_EVERY))
    }
}

const fn words(limit: Limit) -> &'static str {
    match limit {
        Limit::Queue => "own-broker-queue",
        Limit::Retained => "own-broker-retained",
        Limit::ClientPacket => "own-broker-packet",
        Limit::HalfReceived => "own-broker-half",
        Limit::Outbound => "own-broker-outbound",
        Limit::Connections => "own-broker-connections",
        Limit::Sessions => "own-broker-sessions",
        Limit::Subscriptions => "own-broker-subscriptions",
    }
}

/// So often what is shown is counted again.
pub(super) const COUNT_EVERY: Duration = Duration::from_secs(1);
