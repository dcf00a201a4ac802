//! What the broker inside this program throws away or turns away: told when a limit takes effect, counted while somebody looks.

use std::time::Duration;

use crossbeam_channel::Receiver;

use crate::{
    broker::{Happening, Limit, Snapshot},
    lang::Text,
    view::Page,
};

use super::{App, clock::Clock};

/// What is known of the limits of the broker that runs.
#[derive(Debug, Default)]
pub(super) struct Losses {
    /// Messages that nobody got because there was no room for them, as counted last.
    count: u64,
    /// The limit that took effect last, and whom it met.
    last: Option<(Limit, Option<String>)>,
    /// A count that is under way.
    asked: Option<Receiver<Snapshot>>,
    /// When it was asked for last.
    asked_at: Option<Clock>,
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
    fn is_due(&self) -> bool {
        self.last.is_some() && self.asked.is_none() && self.asked_at.is_none_or(|clock| clock.has_run_for(COUNT_EVERY))
    }
}

/// Counts again what was lost, while the page that shows it is in front; when to come back for that.
pub(super) fn count(app: &mut App) -> Option<Duration> {
    if let Some(Ok(snapshot)) = app.losses.asked.as_ref().map(Receiver::try_recv) {
        let stats = snapshot.stats;
        (app.losses.count, app.losses.asked) = (stats.dropped + stats.too_large, None);
    }
    if app.losses.last.is_none() || app.screen.page != Page::Connect {
        return None;
    }
    if app.losses.is_due() {
        app.losses.asked = app.session.look_at_broker();
        app.losses.asked_at = Some(Clock::start());
    }
    Some(if app.losses.asked.is_some() { ANSWER_AFTER } else { COUNT_EVERY })
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
const COUNT_EVERY: Duration = Duration::from_secs(1);
/// The broker answers at once; nothing wakes the window then.
const ANSWER_AFTER: Duration = Duration::from_millis(50);
