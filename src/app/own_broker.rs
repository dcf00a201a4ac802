//! What the broker inside this program throws away or turns away: told when a limit takes effect, counted while somebody looks.

use std::time::Duration;

use crossbeam_channel::Receiver;

use crate::view::Page;

use super::{App, clock::Clock, losses::COUNT_EVERY};

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

/// The broker answers at once; nothing wakes the window then.
const ANSWER_AFTER: Duration = Duration::from_millis(50);
