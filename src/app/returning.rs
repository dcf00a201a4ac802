//! How far coming back to a lost session is, and where the port was. What is done about it stands in `comeback`.

use crossbeam_channel::Sender;

use crate::{link::place::Place, model::Input, time::Moment, watch::Comeback};

use super::clock::Clock;

/// Coming back, and where the port was.
#[derive(Debug, Default)]
pub(super) struct ComebackState {
    pub(super) core: Comeback,
    pub(super) place: Option<Place>,
    /// The list of ports is just being read.
    pub(super) is_looking: bool,
    /// When the port was looked for last, by the window's own clock.
    pub(super) looked_at: Option<Clock>,
    /// Held as long as the window lives: then nobody looks any more whether the computer slept.
    pub(super) awake: Option<Sender<()>>,
}

impl ComebackState {
    /// Takes what happened; `is_told` by the running connection.
    pub(super) fn take(&mut self, now: Moment, input: &Input, is_told: bool) {
        match input {
            Input::Told { event, .. } if is_told => self.core.event(now, event),
            Input::Asked { id, request } => self.core.asked(*id, request),
            _ => {}
        }
    }
}
