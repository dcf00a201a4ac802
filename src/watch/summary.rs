//! What a journal comes to. Made of its entries alone, one after the other.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use super::{Dropped, Entry, Plan, Wall};

/// What was watched so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// What the watch shall do; `None` before its first line.
    pub plan: Option<Plan>,
    /// Time for which somebody watched.
    pub watched: Duration,
    /// Time for which the session was open while somebody watched.
    pub up: Duration,
    /// Every drop, oldest first.
    pub drops: Vec<Dropped>,
    /// Times for which nobody watched, oldest first; the first of many.
    pub gaps: Vec<(Wall, Wall)>,
    /// All of these times together.
    pub unwatched: Duration,
    /// How often the session was opened.
    pub openings: u64,
    /// How often a program began to watch.
    pub runs: u64,
    /// Messages that the module took.
    pub published: u64,
    /// Messages that the broker confirmed.
    pub confirmed: u64,
    /// Messages that certainly did not leave.
    pub failed: u64,
    /// Messages that may have left, or not; none of them was sent again.
    pub unknown: u64,
    /// Messages that came.
    pub received: u64,
    /// The longest quiet time that a session survived.
    pub longest_quiet: Duration,
    /// The weakest and the strongest signal, in dBm.
    pub signal: Option<(i16, i16)>,
    /// The cells that the module named, each once; the first of many.
    pub cells: BTreeSet<(u32, u32)>,
    /// The operators that the module named.
    pub operators: BTreeSet<String>,
    /// The lowest and the highest supply that the module measured, in millivolts.
    pub supply: Option<(u32, u32)>,
    /// The watch came to its end.
    pub is_over: bool,
    last: Option<Wall>,
    is_up: bool,
}

impl Summary {
    /// Takes the next entry of the journal.
    pub fn take(&mut self, entry: &Entry) {
        let t = entry.time();
        match entry {
            Entry::Run { .. } => self.begin_run(t),
            Entry::Gap { from, .. } => {
                self.pass(*from);
                self.leave_out(*from, t);
            }
            _ => self.pass(t),
        }
        match entry {
            Entry::Watch(plan) => self.plan = Some(plan.clone()),
            Entry::Up { .. } => self.come_up(t),
            Entry::Drop { .. } => self.drop(entry),
            Entry::Why { .. } => self.explain(entry),
            Entry::Missed { .. } => self.is_up = false,
            Entry::Helped { way, .. } => {
                if let Some(last) = self.drops.last_mut().filter(|last| last.helped.is_none()) {
                    last.helped = Some(*way);
                }
            }
            Entry::Signal { rssi_dbm: Some(dbm), .. } => {
                let (least, most) = self.signal.unwrap_or((*dbm, *dbm));
                self.signal = Some((least.min(*dbm), most.max(*dbm)));
            }
            Entry::Cell { area, cell, .. } if self.cells.len() < MOST_CELLS => drop(self.cells.insert((*area, *cell))),
            Entry::Details { operator, supply_mv, .. } => {
                if self.operators.len() < MOST_CELLS {
                    self.operators.extend(operator.clone());
                }
                if let Some(mv) = *supply_mv {
                    let (least, most) = self.supply.unwrap_or((mv, mv));
                    self.supply = Some((least.min(mv), most.max(mv)));
                }
            }
            Entry::Beat { .. } => self.count(entry),
            Entry::End { .. } => self.is_over = true,
            _ => {}
        }
    }

    /// The drop that lasts, if one does.
    pub fn open_drop(&self) -> Option<&Dropped> {
        self.drops.last().filter(|last| last.end.is_none())
    }

    /// The part of the time watched for which the session was open, from 0 to 1.
    pub fn share(&self) -> f64 {
        if self.watched.is_zero() { 0.0 } else { self.up.as_secs_f64() / self.watched.as_secs_f64() }
    }

    /// How long it took to be back: the middle one and the longest of all drops that are over and that somebody watched whole.
    pub fn returns(&self) -> Option<(Duration, Duration)> {
        let mut times: Vec<_> = self.drops.iter().filter(|drop| !drop.has_gap).filter_map(Dropped::lasted).collect();
        times.sort_unstable();
        Some((*times.get(times.len() / 2)?, *times.last()?))
    }

    /// Drops an hour; 0 before anything was watched.
    pub fn per_hour(&self) -> f64 {
        let hours = self.watched.as_secs_f64() / 3_600.0;
        if hours > 0.0 { f64::from(u32::try_from(self.drops.len()).unwrap_or(u32::MAX)) / hours } else { 0.0 }
    }

    /// How many drops each cause explains.
    pub fn by_cause(&self) -> BTreeMap<&str, u32> {
        let mut counts = BTreeMap::new();
        for id in self.drops.iter().filter_map(|one| one.finding.as_deref()) {
            *counts.entry(id).or_default() += 1;
        }
        counts
    }

    /// Drops that nothing explains.
    pub fn unexplained(&self) -> usize {
        self.drops.iter().filter(|one| one.finding.is_none()).count()
    }

    fn begin_run(&mut self, t: Wall) {
        self.runs += 1;
        if let Some(last) = self.last {
            self.leave_out(last, t);
        }
        (self.last, self.is_up) = (Some(t), false);
    }

    fn leave_out(&mut self, from: Wall, to: Wall) {
        if to > from && self.runs > 0 {
            self.unwatched += to.since(from);
            if self.gaps.len() < MOST_GAPS {
                self.gaps.push((from, to));
            }
            if let Some(open) = self.drops.last_mut().filter(|last| last.end.is_none()) {
                open.has_gap = true;
            }
        }
        self.last = Some(to);
    }

    fn pass(&mut self, t: Wall) {
        let Some(last) = self.last else { return };
        let span = t.since(last);
        self.watched += span;
        if self.is_up {
            self.up += span;
        }
        self.last = Some(last.max(t));
    }

    fn come_up(&mut self, t: Wall) {
        self.openings += 1;
        self.is_up = true;
        if let Some(open) = self.drops.last_mut().filter(|last| last.end.is_none()) {
            open.end = Some(t);
        }
    }

    fn drop(&mut self, entry: &Entry) {
        let Entry::Drop { t, n, by, text, rssi_dbm, quiet_s, lines, .. } = entry else { return };
        self.is_up = false;
        self.drops.push(Dropped {
            number: *n,
            begin: *t,
            end: None,
            by: *by,
            text: text.clone(),
            rssi_dbm: *rssi_dbm,
            quiet: Duration::from_secs(*quiet_s),
            lines: lines.clone(),
            finding: None,
            certainty: None,
            undecided: Vec::new(),
            evidence: Vec::new(),
            helped: None,
            has_gap: false,
        });
    }

    fn explain(&mut self, entry: &Entry) {
        let Entry::Why { n, finding, certainty, undecided, evidence, .. } = entry else { return };
        if let Some(drop) = self.drops.iter_mut().rev().find(|drop| drop.number == *n) {
            drop.finding.clone_from(finding);
            drop.certainty.clone_from(certainty);
            drop.undecided.clone_from(undecided);
            drop.evidence.clone_from(evidence);
        }
    }

    fn count(&mut self, entry: &Entry) {
        let Entry::Beat { published, confirmed, failed, unknown, received, quiet_ms, .. } = *entry else { return };
        (self.published, self.confirmed, self.failed) = (published, confirmed, failed);
        (self.unknown, self.received) = (unknown, received);
        self.longest_quiet = self.longest_quiet.max(Duration::from_millis(quiet_ms));
    }
}

/// So many cells and operators are listed.
const MOST_CELLS: usize = 256;
/// So many gaps are listed; all of them count.
const MOST_GAPS: usize = 10_000;

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::watch::Reason;

    pub(in crate::watch) fn wall(seconds: i64) -> Wall {
        Wall::from_millis(1_767_225_600_000 + seconds * 1_000)
    }

    pub(in crate::watch) fn run(t: i64) -> Entry {
        Entry::Run { t: wall(t), port: "COM5".to_owned() }
    }

    pub(in crate::watch) fn lost(t: i64, n: u32, by: Reason, rssi_dbm: Option<i16>) -> Entry {
        let text = "lost".to_owned();
        Entry::Drop { t: wall(t), n, by, text, rssi_dbm, signal_age_s: Some(1), quiet_s: 9, lines: Vec::new() }
    }

    pub(in crate::watch) fn why(t: i64, n: u32, finding: Option<&str>) -> Entry {
        let finding = finding.map(str::to_owned);
        let certainty = finding.as_ref().map(|_| "likely".to_owned());
        let undecided = Vec::new();
        Entry::Why { t: wall(t), n, finding, certainty, undecided, evidence: Vec::new() }
    }

    pub(in crate::watch) fn beat(t: i64) -> Entry {
        Entry::Beat { t: wall(t), published: 0, confirmed: 0, failed: 0, unknown: 0, received: 0, quiet_ms: 0 }
    }

    pub(in crate::watch) fn of(entries: &[Entry]) -> Summary {
        let mut summary = Summary::default();
        for entry in entries {
            summary.take(entry);
        }
        summary
    }

    #[test]
    fn time_counts_while_somebody_watches() {
        let summary = of(&[
            run(0),
            Entry::Up { t: wall(10) },
            lost(40, 1, Reason::Closed, None),
            Entry::Up { t: wall(50) },
            beat(60),
            // Killed here; the next run comes a minute later, and its login 5 s after that.
            run(120),
            Entry::Up { t: wall(125) },
            // Asleep for an hour.
            Entry::Gap { t: wall(3_730), from: wall(130) },
            beat(3_740),
        ]);
        assert_eq!(summary.watched, Duration::from_secs(60 + 10 + 10));
        assert_eq!(summary.up, Duration::from_secs(30 + 10 + 5 + 10));
        assert_eq!(summary.unwatched, Duration::from_mins(61));
        assert_eq!((summary.drops.len(), summary.drops[0].lasted()), (1, Some(Duration::from_secs(10))));
        assert_eq!(summary.gaps.len(), 2);
    }

    #[test]
    fn a_drop_in_which_the_program_ended_is_one_drop() {
        let summary = of(&[
            run(0),
            Entry::Up { t: wall(10) },
            lost(40, 1, Reason::Closed, None),
            run(100),
            Entry::Up { t: wall(110) },
        ]);
        let [drop] = &summary.drops[..] else { panic!("{:?}", summary.drops) };
        assert_eq!((drop.end, drop.has_gap), (Some(wall(110)), true));
    }

    #[test]
    fn the_last_word_on_a_cause_counts() {
        let summary = of(&[
            run(0),
            lost(40, 1, Reason::Restart, None),
            why(41, 1, None),
            lost(90, 2, Reason::Closed, None),
            why(99, 1, Some("F-187")),
        ]);
        assert_eq!(summary.by_cause().into_iter().collect::<Vec<_>>(), [("F-187", 1)]);
        assert_eq!(summary.unexplained(), 1);
    }
}
