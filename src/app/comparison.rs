//! This computer's own try: at most one at a time, stopped when it is let go.

use std::{fmt, sync::Arc};

use crossbeam_channel::{Receiver, Sender, TryRecvError, bounded};

use crate::{
    diagnosis::{FailedStep, Here},
    here::{self, Order, Surroundings, System},
    model::evidence::Target,
};

use super::clock::Clock;

/// The try under way, or the last one.
#[derive(Default)]
pub(super) struct Comparison {
    number: u64,
    running: Option<Tried>,
}

/// What was tried, and for which step that had failed.
struct Tried {
    stop: Sender<()>,
    target: Target,
    failed: Option<FailedStep>,
}

impl Comparison {
    /// Begins a try of `target`, because `failed` did; one under way is let go. Its number, and what tells it to stop.
    pub(super) fn begin(&mut self, target: Target, failed: Option<FailedStep>) -> (u64, Receiver<()>) {
        let (keep, stop) = bounded(1);
        self.number += 1;
        self.running = Some(Tried { stop: keep, target, failed });
        (self.number, stop)
    }

    /// Ends the try under way; what it got so far stays.
    pub(super) fn stop(&mut self) {
        if let Some(tried) = &self.running {
            // It is full only when it was told already.
            let _ = tried.stop.try_send(());
        }
    }

    /// Whether what try `number` got is of the place and files that are meant now.
    pub(super) fn is_of(&self, number: u64, target: Option<&Target>) -> bool {
        number == self.number && self.running.as_ref().is_some_and(|tried| Some(&tried.target) == target)
    }

    /// Whether `target` was tried already because the same step had failed.
    pub(super) fn has_tried(&self, target: &Target, failed: FailedStep) -> bool {
        self.running.as_ref().is_some_and(|tried| tried.target == *target && tried.failed == Some(failed))
    }
}

/// The scan of a server under way, or the last one.
#[derive(Debug, Default)]
pub(super) struct Scanning {
    number: u64,
    keep: Option<Sender<()>>,
}

impl Scanning {
    /// Begins one; another under way is let go. Its number, and what tells it to stop.
    pub(super) fn begin(&mut self) -> (u64, Receiver<()>) {
        let (keep, stop) = bounded(1);
        self.number += 1;
        self.keep = Some(keep);
        (self.number, stop)
    }

    /// Ends the one under way; what it got so far stays.
    pub(super) fn stop(&mut self) {
        self.keep = None;
    }

    /// Whether `number` is the newest.
    pub(super) const fn is_of(&self, number: u64) -> bool {
        number == self.number
    }
}

impl fmt::Debug for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Comparison").field(&self.number).finish()
    }
}

/// Tries what `order` says until it is done or `stop` says so.
pub(super) fn run(order: &Order, stop: &Receiver<()>, mut tell: impl FnMut(&Here)) {
    let clock = Clock::start();
    let is_stopped = std::cell::Cell::new(false);
    let asked = || {
        is_stopped.set(is_stopped.get() || stop.try_recv() != Err(TryRecvError::Empty));
        is_stopped.get()
    };
    let around = Surroundings { stop: &asked, clock: &|| clock.elapsed(), world: Arc::new(System) };
    here::look_telling(order, &around, &mut tell);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::request::{Security, TlsOptions};

    #[test]
    fn what_an_older_try_or_one_of_other_files_got_is_not_taken() {
        let target = |security| Target { host: "h".to_owned(), port: 8_883, security, tls: TlsOptions::default() };
        let (stop, asked) = bounded(1);
        let failed = FailedStep::Link { is_encrypted: true };
        let tried = Tried { stop, target: target(Security::Encrypted), failed: Some(failed) };
        let mut comparison = Comparison { number: 2, running: Some(tried) };
        assert!(comparison.is_of(2, Some(&target(Security::Encrypted))));
        assert!(!comparison.is_of(1, Some(&target(Security::Encrypted))), "an older try");
        assert!(!comparison.is_of(2, Some(&target(Security::Plain))), "protected in another way now");
        assert!(!comparison.is_of(2, None));
        assert!(comparison.has_tried(&target(Security::Encrypted), failed));
        assert!(!comparison.has_tried(&target(Security::Encrypted), FailedStep::Login { is_refused: false }));
        comparison.stop();
        comparison.stop();
        assert_eq!(asked.try_recv(), Ok(()));
    }
}
