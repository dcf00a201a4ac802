//! The words of a check for steps, states and ways back.

use std::time::Duration;

use crate::{
    lang::Text,
    legs::Leg,
    modem::{
        event::Means,
        status::{Rung, RungState},
    },
};

/// The name of a rung.
pub(super) const fn rung(rung: Rung) -> Text {
    Text::new(match rung {
        Rung::Port => "check-rung-port",
        Rung::At => "check-rung-at",
        Rung::Sim => "check-rung-sim",
        Rung::Signal => "check-rung-signal",
        Rung::Network => "check-rung-network",
        Rung::Data => "check-rung-data",
        Rung::Dns => "check-rung-dns",
        Rung::Tcp => "check-rung-tcp",
        Rung::Tls => "check-rung-tls",
        Rung::Mqtt => "check-rung-mqtt",
        Rung::Subscribed => "check-rung-subscribed",
    })
}

/// How far a rung is, where that is news; `None` for what is on its way.
pub(super) const fn settled(state: RungState) -> Option<Text> {
    Some(Text::new(match state {
        RungState::Confirmed => "check-state-confirmed",
        RungState::Failed => "check-state-failed",
        RungState::Stale => "check-state-stale",
        RungState::Unknown | RungState::Trying | RungState::Accepted | RungState::NotNeeded => return None,
    }))
}

/// A way back to a session.
pub(super) const fn way(means: Means) -> Text {
    Text::new(match means {
        Means::Reconnect => "watch-way-link",
        Means::ShutContext => "watch-way-context",
        Means::RestartRadio => "watch-way-radio",
        Means::RestartModule => "watch-way-module",
    })
}

/// Which way a traced message goes.
pub(super) const fn leg(leg: Leg) -> Text {
    Text::new(match leg {
        Leg::Out => "check-way-out",
        Leg::Back => "check-way-back",
    })
}

/// Milliseconds, to the microsecond that moments are counted in.
pub(super) fn millis(time: Duration) -> f64 {
    (time.as_secs_f64() * 1_000_000.0).round() / 1_000.0
}
