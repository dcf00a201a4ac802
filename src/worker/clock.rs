//! The worker's clock: the one place where the time of the core comes from a real clock.

use std::time::Instant;

use crate::time::{Moment, WallAnchor};

/// Tells the time since a link opened. Never goes back.
pub(super) trait Clock {
    /// Time since the link opened.
    fn now(&mut self) -> Moment;
}

/// When a link first opened: what its moments count from, also after it was lost and came back.
#[derive(Clone, Copy, Debug)]
pub struct LinkStart {
    pub(super) opened: Instant,
    pub(super) anchor: WallAnchor,
}

impl LinkStart {
    /// The time of day at [`Moment::ZERO`].
    pub const fn anchor(self) -> WallAnchor {
        self.anchor
    }

    /// The moment that it is now.
    pub fn now(self) -> Moment {
        self.opened.elapsed().into()
    }
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
