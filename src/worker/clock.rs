//! The worker's clock: the one place where the time of the core comes from a real clock.

use std::time::Instant;

use crate::time::Moment;

/// Tells the time since a link opened. Never goes back.
pub(super) trait Clock {
    /// Time since the link opened.
    fn now(&mut self) -> Moment;
}

/// The real clock.
#[derive(Debug)]
pub(super) struct LinkClock {
    opened: Instant,
}

impl LinkClock {
    /// A clock whose [`Moment::ZERO`] is `opened`.
    pub(super) const fn starting_at(opened: Instant) -> Self {
        Self { opened }
    }
}

impl Clock for LinkClock {
    fn now(&mut self) -> Moment {
        self.opened.elapsed().into()
    }
}
