//! What a picture of a watch is made of: how the session stood from when to when, and the signal over time.

use super::{Entry, Wall};

/// How the session stood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It was being opened for the first time, or had been closed in order.
    Closed,
    /// It was open.
    Open,
    /// It was lost.
    Lost,
    /// Nobody watched.
    Unwatched,
}

/// A time for which the session stood in one way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Its begin.
    pub from: Wall,
    /// Its end; of the last one so far.
    pub to: Wall,
    /// How the session stood.
    pub standing: Standing,
}

/// The course of a watch over time, made of the entries of its journal one after the other.
///
/// However long a journal is, this stays small: of very many points of the signal every second one is let go.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trail {
    stretches: Vec<Stretch>,
    signal: Vec<(Wall, Option<i16>)>,
    /// Of so many points of the signal one is kept.
    every: u32,
    passed: u32,
    /// Something of it changed so often.
    revision: u64,
}

impl Trail {
    /// Takes the next entry of the journal.
    pub fn take(&mut self, entry: &Entry) {
        let t = entry.time();
        self.revision += 1;
        match entry {
            Entry::Watch(_) => {}
            Entry::Run { .. } => {
                self.leave_out(t);
                self.stand(t, Standing::Closed);
            }
            Entry::Up { .. } => self.stand(t, Standing::Open),
            Entry::Drop { .. } | Entry::Missed { .. } => self.stand(t, Standing::Lost),
            Entry::Gap { from, .. } => {
                let before = self.stretches.last().map_or(Standing::Closed, |last| last.standing);
                self.reach(*from);
                self.leave_out(t);
                self.stand(t, before);
            }
            Entry::Signal { rssi_dbm, .. } => {
                self.reach(t);
                self.note_signal(t, *rssi_dbm);
            }
            _ => self.reach(t),
        }
    }

    /// How the session stood, in order of time.
    pub fn stretches(&self) -> &[Stretch] {
        &self.stretches
    }

    /// The signal in dBm, in order of time; `None` without a cell.
    pub fn signal(&self) -> &[(Wall, Option<i16>)] {
        &self.signal
    }

    /// From the first to the last moment; `None` before there is one.
    pub fn span(&self) -> Option<(Wall, Wall)> {
        Some((self.stretches.first()?.from, self.stretches.last()?.to))
    }

    /// Counts its changes.
    pub const fn revision(&self) -> u64 {
        self.revision
    }

    fn stand(&mut self, t: Wall, standing: Standing) {
        self.reach(t);
        if self.stretches.last().is_none_or(|last| last.standing != standing) {
            let t = self.stretches.last().map_or(t, |last| last.to.max(t));
            self.stretches.push(Stretch { from: t, to: t, standing });
        }
    }

    /// What is so lasts until `t`.
    fn reach(&mut self, t: Wall) {
        if let Some(last) = self.stretches.last_mut() {
            last.to = last.to.max(t);
        }
    }

    /// Nobody watched from the last moment until `t`.
    fn leave_out(&mut self, t: Wall) {
        if let Some(last) = self.stretches.last().filter(|last| last.to < t) {
            self.stretches.push(Stretch { from: last.to, to: t, standing: Standing::Unwatched });
            // The line of the signal ends where nobody looked.
            self.signal.push((t, None));
        }
    }

    fn note_signal(&mut self, t: Wall, dbm: Option<i16>) {
        self.passed += 1;
        if self.passed < self.every {
            return;
        }
        self.passed = 0;
        self.signal.push((t, dbm));
        if self.signal.len() >= MOST_POINTS {
            let mut place = 0;
            self.signal.retain(|_| {
                place += 1;
                place % 2 == 1
            });
            self.every = self.every.max(1) * 2;
        }
    }
}

/// Points of the signal that are kept: 200 hours of one a second, and more.
const MOST_POINTS: usize = 1_000_000;

#[cfg(test)]
mod tests {
    use super::{
        super::{
            Reason,
            summary::tests::{beat, lost, run, wall},
        },
        *,
    };

    fn of(entries: &[Entry]) -> Trail {
        let mut trail = Trail::default();
        for entry in entries {
            trail.take(entry);
        }
        trail
    }

    #[test]
    fn the_course_is_without_holes_and_gaps_are_shown_as_such() {
        let trail = of(&[
            run(0),
            Entry::Up { t: wall(10) },
            beat(20),
            lost(40, 1, Reason::Closed, None),
            Entry::Up { t: wall(50) },
            beat(60),
            run(120),
            Entry::Up { t: wall(125) },
            Entry::Gap { t: wall(3_730), from: wall(130) },
            beat(3_740),
        ]);
        let stood: Vec<_> = trail.stretches().iter().map(|one| (one.from, one.to, one.standing)).collect();
        let wanted = [
            (0, 10, Standing::Closed),
            (10, 40, Standing::Open),
            (40, 50, Standing::Lost),
            (50, 60, Standing::Open),
            (60, 120, Standing::Unwatched),
            (120, 125, Standing::Closed),
            (125, 130, Standing::Open),
            (130, 3_730, Standing::Unwatched),
            (3_730, 3_740, Standing::Open),
        ];
        assert_eq!(stood, wanted.map(|(from, to, standing)| (wall(from), wall(to), standing)));
        assert_eq!(trail.span(), Some((wall(0), wall(3_740))));
    }

    #[test]
    fn very_many_points_are_thinned_and_the_picture_stays_whole() {
        let mut trail = of(&[run(0)]);
        let count = 3_000_000;
        for second in 0..count {
            trail.take(&Entry::Signal { t: wall(second), rssi_dbm: Some(-70) });
        }
        assert!(trail.signal().len() < MOST_POINTS, "{}", trail.signal().len());
        let last = trail.signal().last().expect("a point").0;
        assert!(wall(count).since(last).as_secs() < 10);
        assert!(trail.signal().windows(2).all(|pair| pair[0].0 < pair[1].0));
    }
}
