//! Where moments stand in a recording, by its lines.

use std::collections::BTreeSet;

use crate::{
    modem::{event::ExchangeRecord, status::Rung},
    time::Moment,
};

use super::Course;

impl Course {
    pub(super) fn see(&mut self, at: Moment) {
        self.newest = self.newest.max(at);
        if let Some(line) = self.place {
            self.places.entry(at).or_insert(line);
            if self.places.len() > PLACES {
                self.forget_places();
            }
        }
    }

    /// What a question brought stands where its answer does, not where the `OK` behind it does.
    /// What brought nothing but an `OK` stands where it was sent.
    pub(super) fn place_answer(&mut self, record: &ExchangeRecord) {
        let told = self.answer_place.take().filter(|(at, _)| record.sent_at <= *at && *at <= record.ended_at);
        if record.result.is_err() || record.accepted_at != Some(record.ended_at) {
            return;
        }
        let line = told.map(|(_, line)| line).or_else(|| self.places.get(&record.sent_at).copied());
        if let Some(line) = line {
            self.places.insert(record.ended_at, line);
        }
    }

    /// Forgets where the older half stands, but for what may still be quoted.
    fn forget_places(&mut self) {
        let Some(middle) = self.places.keys().nth(PLACES / 2).copied() else { return };
        let quoted = self.quotable();
        self.places.retain(|at, _| *at >= middle || quoted.contains(at));
    }

    /// The moments of everything that a rule may look back to.
    fn quotable(&self) -> BTreeSet<Moment> {
        let status = &self.status;
        let seen = [
            status.signal.as_ref().map(|seen| seen.at),
            status.registration.as_ref().map(|seen| seen.at),
            status.sim.as_ref().map(|seen| seen.at),
            self.resolved.as_ref().map(|(at, ..)| *at),
        ];
        let ladder = Rung::ALL.into_iter().map(|rung| status.ladder.entry(rung));
        let ladder = ladder.filter_map(|entry| entry.evidence.as_ref()).map(|evidence| evidence.at);
        let open = self.tracker.open().into_iter();
        let troubles = open.flat_map(|open| [open.root.at].into_iter().chain(open.followers.iter().map(|one| one.at)));
        let dialogues = self
            .exchanges
            .iter()
            .flat_map(|record| [record.sent_at, record.accepted_at.unwrap_or(record.sent_at), record.ended_at]);
        seen.into_iter()
            .flatten()
            .chain(ladder)
            .chain(troubles)
            .chain(dialogues)
            .chain(self.lines.iter().map(|(at, _)| *at))
            .chain(self.boots.iter().chain(&self.logins).chain(&self.traffic).copied())
            .chain(self.reached.iter().map(|(.., at)| *at))
            .chain(self.asked.iter().map(|(at, _)| *at))
            .chain(self.remarks.iter().map(|trouble| trouble.at))
            .chain(self.notes.iter().map(|(at, _)| *at))
            .chain(self.messages.arrived().map(|arrived| arrived.at))
            .chain(self.messages.named())
            .chain(self.messages.strays().map(|(at, _)| at))
            .chain(self.messages.foreign().map(|(at, _)| at))
            .collect()
    }
}

const PLACES: usize = 16_384;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::modem::event::WireKind;

    #[test]
    fn what_may_be_quoted_keeps_its_place_however_much_follows() {
        let mut course = Course::default();
        let at = |line: u32| Moment::from_millis(u64::from(line));
        for line in 1..=100_000 {
            course.stands_at(line);
            let text = if line == 7 { "+CGEV: ME PDN ACT 1" } else { "+MSUB: 0" };
            course.take_line(at(line), WireKind::Unsolicited, text);
        }
        assert_eq!((course.line_of(at(7)), course.line_of(at(99_999))), (Some(7), Some(99_999)));
        assert_eq!(course.line_of(at(8)), None);
        assert!(course.places.len() <= PLACES);
    }
}
