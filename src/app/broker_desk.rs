//! What is known of the broker inside this program.

use crossbeam_channel::Receiver;

use crate::{broker::Snapshot, mqtt::Password, view::demo::BrokerState};

use super::clock::Clock;

/// What is known of the broker, and what was asked of it.
#[derive(Debug, Default)]
pub(super) struct BrokerDesk {
    pub(super) state: BrokerState,
    /// What clients need; kept in memory only.
    pub(super) password: Password,
    pub(super) answer: Option<Receiver<Snapshot>>,
    pub(super) asked: Option<Clock>,
}
