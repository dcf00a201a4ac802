//! The signal is read along while messages are published, so that times and signal can be held side by side.
//!
//! It follows what happens and owns no clock of its own: a connection at rest stays at rest.

use std::time::Duration;

use crate::{
    model::{
        Input,
        event::{Delivery, Event},
        request::Request,
        status::Session,
    },
    time::Moment,
};

use super::App;

/// Asks for the signal after a publish that ended, when the last reading is old.
pub(super) fn follow(app: &mut App, input: &Input) {
    let Input::Told { event: Event::Publish(update), .. } = input else { return };
    let is_ended = match update.delivery {
        Delivery::Accepted { .. } | Delivery::Confirmed { .. } | Delivery::Unknown(_) => true,
        Delivery::Queued | Delivery::Sending | Delivery::Received { .. } | Delivery::Failed(_) => false,
    };
    if !is_ended || !app.session.is_open() || app.model.connection().status().session != Session::Connected {
        return;
    }
    let read = app.model.connection().status().signal.as_ref().map(|read| read.at);
    let latest = read.into_iter().chain(app.signal_asked).max();
    if is_due(latest, update.at) {
        app.signal_asked = Some(update.at);
        app.ask_along(Request::ReadSignal);
    }
}

/// Whether a reading (or a question for one) at `latest` is old at `now`.
fn is_due(latest: Option<Moment>, now: Moment) -> bool {
    latest.is_none_or(|latest| now.since(latest) >= EVERY)
}

/// As often as in a measuring run.
const EVERY: Duration = Duration::from_secs(10);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_seconds_after_the_last_reading_the_next_is_due() {
        let read = Moment::from_millis(5_000);
        assert!(is_due(None, Moment::ZERO));
        assert!(!is_due(Some(read), Moment::from_millis(14_999)));
        assert!(is_due(Some(read), Moment::from_millis(15_000)));
    }
}
