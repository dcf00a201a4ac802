//! What will happen when: tasks ordered by moment, ties in the order of entry.

use std::collections::BTreeMap;

use crate::time::Moment;

/// Tasks that wait for their moment.
#[derive(Clone, Debug)]
pub(super) struct Agenda<T> {
    entries: BTreeMap<(Moment, u64), T>,
    count: u64,
}

impl<T> Agenda<T> {
    pub(super) const fn new() -> Self {
        Self { entries: BTreeMap::new(), count: 0 }
    }

    pub(super) fn add(&mut self, at: Moment, task: T) {
        self.count += 1;
        self.entries.insert((at, self.count), task);
    }

    /// The moment of the earliest task.
    pub(super) fn next(&self) -> Option<Moment> {
        self.entries.keys().next().map(|(at, _)| *at)
    }

    /// Takes the earliest task if its moment has come, with that moment.
    pub(super) fn take_due(&mut self, now: Moment) -> Option<(Moment, T)> {
        let entry = self.entries.first_entry().filter(|entry| entry.key().0 <= now)?;
        let ((at, _), task) = entry.remove_entry();
        Some((at, task))
    }

    pub(super) fn retain(&mut self, mut keep: impl FnMut(&T) -> bool) {
        self.entries.retain(|_, task| keep(task));
    }

    pub(super) fn clear(&mut self) {
        self.entries.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tasks_come_at_their_moment_and_ties_in_order_of_entry() {
        let mut agenda = Agenda::new();
        agenda.add(Moment::from_millis(5), "late");
        agenda.add(Moment::from_millis(1), "first");
        agenda.add(Moment::from_millis(1), "second");
        assert_eq!(agenda.next(), Some(Moment::from_millis(1)));
        let due = Moment::from_millis(2);
        assert_eq!(agenda.take_due(due).map(|(_, task)| task), Some("first"));
        assert_eq!(agenda.take_due(due).map(|(_, task)| task), Some("second"));
        assert_eq!(agenda.take_due(due), None);
    }
}
