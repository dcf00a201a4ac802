//! The window's own sense of time: ages for display and the budget of a frame, never a measurement.

use std::time::{Duration, Instant};

use chrono::{DateTime, Local};

use crate::time::Moment;

/// Counts like the moments of the running connection, near enough to say how old something is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clock {
    opened: Instant,
}

impl Clock {
    /// A clock that starts now.
    #[expect(clippy::disallowed_methods, reason = "the window owns the clock by which it shows ages")]
    pub(super) fn start() -> Self {
        Self { opened: Instant::now() }
    }

    /// Now, as a moment of the connection that opened when the clock started; never before `newest`.
    pub(super) fn now(self, newest: Moment) -> Moment {
        Moment::from(self.opened.elapsed()).max(newest)
    }

    /// The time of day.
    #[expect(clippy::disallowed_methods, reason = "the window owns the clock by which it shows ages")]
    pub(super) fn wall() -> DateTime<Local> {
        Local::now()
    }

    /// Time since it started.
    pub(super) fn elapsed(self) -> Duration {
        self.opened.elapsed()
    }

    /// Whether it started at least `span` ago.
    pub(super) fn has_run_for(self, span: Duration) -> bool {
        self.opened.elapsed() >= span
    }
}
