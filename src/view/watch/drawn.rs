//! What is drawn of one watch, worked out again only when its journal has grown.

use crate::{
    lang::Text,
    watch::{Ending, Standing, Summary, Trail, Verdict, Wall, Way, before_text, cause_text, causes, figures, short},
};

/// One watch, as the page shows it.
#[derive(Clone, Debug, Default)]
pub struct Drawn {
    made_for: Option<u64>,
    /// The verdict: whether all was well so far, and the summary in words.
    pub is_ok: bool,
    /// The summary in words.
    pub words: Text,
    /// Why it is no good.
    pub failure: Option<Text>,
    /// Its end was reached.
    pub is_over: bool,
    /// What was counted: name and value.
    pub figures: Vec<Vec<Text>>,
    /// Causes and how many drops each explains.
    pub causes: Vec<Vec<Text>>,
    /// Every drop, the newest first.
    pub drops: Vec<DropRow>,
    /// How the session stood, in seconds since the begin.
    pub spans: Vec<(f64, f64, Standing)>,
    /// The signal in dBm, in seconds since the begin.
    pub signal: Vec<(f64, Option<f32>)>,
    /// When each drop began, oldest first.
    pub marks: Vec<f64>,
    /// How long it is, in seconds.
    pub seconds: f64,
    /// When it began.
    pub begin: Option<Wall>,
}

/// One drop.
#[derive(Clone, Debug)]
pub struct DropRow {
    /// Its number, from 1.
    pub number: u32,
    /// When it began.
    pub begin: String,
    /// When it began, in seconds since the begin of the watch, and how long it lasted so far.
    pub at: (f64, f64),
    /// How long it lasted.
    pub lasted: Text,
    /// By what.
    pub by: Text,
    /// What was seen before.
    pub before: Text,
    /// Its cause.
    pub cause: Text,
    /// What brought the session back.
    pub helped: Text,
    /// What shows the cause.
    pub evidence: Vec<String>,
}

impl Drawn {
    /// Works it out again when the journal has grown.
    pub(super) fn refresh(&mut self, summary: &Summary, trail: &Trail, ending: &Ending) {
        if self.made_for.replace(trail.revision()) == Some(trail.revision()) {
            return;
        }
        let begin = trail.span().map(|(begin, _)| begin);
        let at = |t: Wall| begin.map_or(0.0, |begin| t.since(begin).as_secs_f64());
        let verdict = Verdict::new(summary, ending);
        self.is_ok = verdict.is_ok();
        self.words = summary.words();
        self.failure = verdict.failure();
        self.is_over = summary.is_over;
        self.figures = figures(summary);
        self.causes = causes(summary);
        self.begin = begin;
        self.seconds = trail.span().map_or(0.0, |(_, end)| at(end));
        self.spans.clear();
        self.spans.extend(trail.stretches().iter().map(|one| (at(one.from), at(one.to), one.standing)));
        // Points are only added, and of very many every second one goes.
        if self.signal.len() > trail.signal().len() {
            self.signal.clear();
        }
        let known = self.signal.len();
        let value = |dbm: i16| f32::from(dbm);
        self.signal.extend(trail.signal()[known..].iter().map(|(t, dbm)| (at(*t), dbm.map(value))));
        self.marks = summary.drops.iter().map(|drop| at(drop.begin)).collect();
        let lasting = |drop: &crate::watch::Dropped| drop.lasted().map_or(0.0, |lasted| lasted.as_secs_f64());
        self.drops = summary
            .drops
            .iter()
            .rev()
            .map(|drop| DropRow {
                number: drop.number,
                begin: drop.begin.local(),
                at: (at(drop.begin), lasting(drop)),
                lasted: drop.lasted().map_or_else(|| Text::new("watch-still-lost"), short),
                by: drop.by.words(),
                before: before_text(drop),
                cause: cause_text(drop.finding.as_deref(), &drop.undecided),
                helped: drop.helped.map_or_else(Text::default, Way::words),
                evidence: drop.evidence.iter().map(|proof| proof.text.clone()).collect(),
            })
            .collect();
    }

    /// The local time of day at `seconds` after the begin, as finely as marks `step` seconds apart ask for.
    pub fn clock(&self, seconds: f64, step: f64) -> String {
        let Some(begin) = self.begin else { return String::new() };
        begin.told(seconds, step)
    }
}
