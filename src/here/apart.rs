//! Work that may wait, on a thread of its own: the try goes on without it when it is stopped or takes too long.

use std::{thread, time::Duration};

use crossbeam_channel::{RecvTimeoutError, bounded, never};

use super::{End, Try};

impl Try<'_> {
    /// What `work` brings; `None` when it brought nothing within `limit` and a moment more.
    ///
    /// A thread that is given up ends by itself: whatever it does has a limit of its own, the system's resolver included.
    pub(super) fn apart<T: Send + 'static>(
        &self,
        limit: Duration,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<Option<T>, End> {
        self.check()?;
        let (answer, answered) = bounded(1);
        let run = move || {
            // After the limit nobody listens any more.
            let _ = answer.send(work());
        };
        if let Err(error) = thread::Builder::new().name("task-here".to_owned()).spawn(run) {
            tracing::error!(%error, "a try from this computer does not start");
            return Ok(None);
        }
        let until = (self.around.clock)() + limit + GRACE;
        loop {
            let left = until.saturating_sub((self.around.clock)());
            match answered.recv_timeout(left.min(SLICE)) {
                Ok(result) => return Ok(Some(result)),
                Err(RecvTimeoutError::Disconnected) => return Ok(None),
                Err(RecvTimeoutError::Timeout) if left.is_zero() => return Ok(None),
                Err(RecvTimeoutError::Timeout) => self.check_stop()?,
            }
        }
    }

    /// Waits for `pause`.
    pub(super) fn wait(&self, pause: Duration) -> Result<(), End> {
        let until = (self.around.clock)() + pause;
        loop {
            self.check()?;
            let left = until.saturating_sub((self.around.clock)());
            if left.is_zero() {
                return Ok(());
            }
            let _: Result<(), _> = never().recv_timeout(left.min(SLICE));
        }
    }

    fn check(&self) -> Result<(), End> {
        self.check_stop()?;
        if self.left().is_zero() { Err(End::Late) } else { Ok(()) }
    }

    fn check_stop(&self) -> Result<(), End> {
        if (self.around.stop)() { Err(End::Stopped) } else { Ok(()) }
    }
}

/// The longest without a look whether somebody wants it to end.
const SLICE: Duration = Duration::from_millis(40);
/// What ends at its own limit needs a moment to say so.
const GRACE: Duration = Duration::from_millis(200);
