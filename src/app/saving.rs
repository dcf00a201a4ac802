//! Settings on their way to the disk: one write at a time, and the newest settings wait for their turn.

use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, bounded};

use crate::settings::{Settings, merge::merged};

/// The write that is under way, and whether another shall follow it.
#[derive(Debug, Default)]
pub(super) struct Saving {
    under_way: Option<Receiver<()>>,
    is_due: bool,
    /// What the file held when this window last knew all of it: what differs from it was changed here.
    pub(super) base: Settings,
}

/// Held by a write until it is over.
pub(super) type Hold = Sender<()>;

impl Saving {
    /// Nothing is written; the file holds `base`.
    pub(super) fn new(base: Settings) -> Self {
        Self { base, ..Self::default() }
    }

    /// Begins a write, unless one is under way: then the next is due after it.
    pub(super) fn begin(&mut self) -> Option<Hold> {
        if self.under_way.is_some() {
            self.is_due = true;
            return None;
        }
        let (hold, ended) = bounded(0);
        self.under_way = Some(ended);
        Some(hold)
    }

    /// Learns that the write is over; whether the next is due.
    pub(super) fn end(&mut self) -> bool {
        self.under_way = None;
        std::mem::take(&mut self.is_due)
    }

    /// Learns that `sent` was written and became `kept` by what other windows had changed. `settings`, which may have
    /// changed meanwhile, get their profiles, the logs read last and what their Messages page keeps; how this window looks stays
    /// its own.
    pub(super) fn take_over(&mut self, settings: &mut Settings, sent: Settings, kept: &Settings) {
        let adopted = merged(&sent, settings, kept);
        settings.profiles = adopted.profiles;
        settings.messages_page = adopted.messages_page;
        settings.last_logs = adopted.last_logs;
        let (profiles, messages_page) = (kept.profiles.clone(), kept.messages_page.clone());
        self.base = Settings { messages_page, profiles, last_logs: kept.last_logs.clone(), ..sent };
    }

    /// Waits until no write is under way, at most for `limit`.
    pub(super) fn wait(&mut self, limit: Duration) {
        if let Some(ended) = self.under_way.take() {
            // Nothing is ever sent: what comes is the end, or the limit.
            let _ = ended.recv_timeout(limit);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_write_at_a_time_and_one_more_after_it() {
        let mut saving = Saving::default();
        let _hold = saving.begin().expect("nothing is written yet");
        assert!(saving.begin().is_none() && saving.begin().is_none());
        assert!(saving.end() && !saving.end());
        assert!(saving.begin().is_some());
    }

    #[test]
    fn a_write_that_is_over_is_not_waited_for() {
        let mut saving = Saving::default();
        let written = saving.begin();
        drop(written);
        saving.wait(Duration::from_hours(1));
    }
}
