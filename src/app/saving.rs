//! Settings on their way to the disk: one write at a time, and the newest settings wait for their turn.

use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, bounded};

use crate::settings::Settings;

/// The write that is under way, and what shall be written after it.
#[derive(Debug, Default)]
pub(super) struct Saving {
    under_way: Option<Receiver<()>>,
    unsaved: Option<Settings>,
}

/// Held by a write until it is over.
pub(super) type Hold = Sender<()>;

impl Saving {
    /// Begins a write of `settings`, or keeps them for the end of the one under way.
    pub(super) fn begin(&mut self, settings: Settings) -> Option<(Settings, Hold)> {
        if self.under_way.is_some() {
            self.unsaved = Some(settings);
            return None;
        }
        let (hold, ended) = bounded(0);
        self.under_way = Some(ended);
        Some((settings, hold))
    }

    /// Learns that the write is over; what waited for that.
    pub(super) fn end(&mut self) -> Option<Settings> {
        self.under_way = None;
        self.unsaved.take()
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

    fn settings(terminal_lines: usize) -> Settings {
        Settings { terminal_lines, ..Settings::default() }
    }

    #[test]
    fn one_write_at_a_time_and_the_newest_settings_next() {
        let mut saving = Saving::default();
        let (first, _hold) = saving.begin(settings(1)).expect("nothing is written yet");
        assert_eq!(first.terminal_lines, 1);
        assert!(saving.begin(settings(2)).is_none() && saving.begin(settings(3)).is_none());
        assert_eq!(saving.end().map(|next| next.terminal_lines), Some(3));
        assert!(saving.end().is_none() && saving.begin(settings(4)).is_some());
    }

    #[test]
    fn a_write_that_is_over_is_not_waited_for() {
        let mut saving = Saving::default();
        let written = saving.begin(settings(1));
        drop(written);
        saving.wait(Duration::from_hours(1));
    }
}
