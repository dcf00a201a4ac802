//! The client on this computer, beside the module.

use crate::{
    mqtt::Draft,
    peer::{Peer, PublishId},
    time::Moment,
    worker::LinkStart,
};

/// The client, its clock, and what waits for it.
#[derive(Debug, Default)]
pub(super) struct Beside {
    pub(super) peer: Option<Peer>,
    pub(super) start: Option<LinkStart>,
    pub(super) next_id: u64,
    /// Tells traces apart.
    pub(super) traces: u16,
    /// When the broker may be asked again what it has read and sent.
    pub(super) ask_at: Moment,
    /// A message that shall be traced, until the client is subscribed to its topic or this moment has come.
    pub(super) waiting: Option<(Draft, Moment)>,
}

impl Beside {
    pub(super) fn now(&self) -> Moment {
        self.start.map_or(Moment::ZERO, LinkStart::now)
    }

    pub(super) fn next_id(&mut self) -> PublishId {
        self.next_id += 1;
        PublishId(self.next_id)
    }
}
