//! What becomes of a fault: a remark, a trouble, one more sign of the trouble that lasts; and of a trouble that is over.

use crate::{
    diagnosis::{
        Trouble,
        episode::{LATE_LINE, Open},
        trouble::command_of,
    },
    modem::event::Fault,
    time::Moment,
};

use super::{Course, REMARKS, minded::is_harmless, push};

impl Course {
    pub(super) fn note(&mut self, at: Moment, fault: &Fault) {
        self.see(at);
        if !matches!(fault, Fault::Cancelled | Fault::Busy) {
            self.note_trouble(Trouble { at, fault: fault.clone(), rung: None });
        }
    }

    pub(super) fn note_trouble(&mut self, trouble: Trouble) {
        let at = trouble.at;
        self.is_traffic_over |= matches!(trouble.fault, Fault::SessionLost(_));
        // What was closed by order is closed in order.
        let is_harmless =
            is_harmless(&trouble.fault) && !self.is_wrong_step(&trouble.fault) && !self.is_stuck(&trouble.fault);
        if is_harmless || self.is_wanted(&trouble) {
            return push(&mut self.remarks, trouble, REMARKS);
        }
        // Another try is no late line, and without times anything but a question between the two parts them.
        let is_try = command_of(&trouble.fault).is_some_and(|command| command.verb().opens());
        let (is_untimed, exchanges) = (self.is_untimed, &self.exchanges);
        let is_near = |root: Moment| {
            let mut between = exchanges.iter().filter(|record| record.sent_at > root && record.sent_at < at);
            !is_try
                && if is_untimed {
                    between.all(|record| record.command.is_question())
                } else {
                    at.since(root) <= LATE_LINE
                }
        };
        if let Some(left) = self.tracker.note(trouble, is_near) {
            self.finish(left, at, false);
        }
    }

    pub(super) fn put_right(&mut self, at: Moment, is_right: impl Fn(&Trouble) -> bool) {
        self.see(at);
        if let Some(over) = self.tracker.put_right(is_right) {
            if self.was_harmless(&over.root, at) {
                push(&mut self.remarks, over.root, REMARKS);
            } else {
                self.finish(over, at, true);
            }
            self.revision += 1;
        }
    }

    /// Judges a trouble that is over while everything that shows it is at hand.
    fn finish(&mut self, over: Open, at: Moment, is_recovered: bool) {
        self.horizon = Some(over.last);
        let (findings, undecided) = (self.judge.0)(self, &over, at);
        self.horizon = None;
        let mut episode = over.ended(Some(at), is_recovered);
        (episode.findings, episode.undecided) = (findings, undecided);
        self.tracker.keep(episode);
    }
}
