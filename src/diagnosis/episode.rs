//! Episodes: one trouble from its first sign to what put it right, with what only followed from it.

use std::{collections::VecDeque, time::Duration};

use crate::{
    modem::{event::Fault, status::Rung},
    time::Moment,
};

use super::{Finding, Trouble, Undecided};

/// One trouble, from its first sign to what put it right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Episode {
    /// Its first sign.
    pub begin: Moment,
    /// What put it right, or made way for another trouble; `None` while it lasts.
    pub end: Option<Moment>,
    /// The rung it stopped at; `None` for a step beside the ladder.
    pub rung: Option<Rung>,
    /// The fault that the others follow from.
    pub root: Trouble,
    /// What only followed from it, oldest first; the first of many.
    pub followers: Vec<Trouble>,
    /// How often the root was met, from 1.
    pub times: u32,
    /// Whether it was put right.
    pub is_recovered: bool,
    /// Why, the surest first; empty when nothing decides.
    pub findings: Vec<Finding>,
    /// What it may be, when nothing decides.
    pub undecided: Option<Undecided>,
}

/// Tells roots from what follows, and when a trouble is over.
#[derive(Clone, Debug, Default)]
pub(super) struct Tracker {
    open: Option<Open>,
    finished: VecDeque<Episode>,
    /// Finished ones that were let go of.
    forgotten: u64,
}

/// The trouble that lasts.
#[derive(Clone, Debug)]
pub(super) struct Open {
    pub(super) root: Trouble,
    pub(super) followers: Vec<Trouble>,
    /// When the root was met last.
    pub(super) last: Moment,
    times: u32,
    /// A link was opened anew since the root was met last.
    was_tried_anew: bool,
}

/// What a new fault means to the trouble that lasts.
enum Turn {
    Again,
    Deeper,
    Follows,
    Anew,
}

impl Tracker {
    /// Takes a fault; `is_near` says whether it may tell of the same event as an earlier one at that moment. Gives back the trouble
    /// that it made way for, if it did.
    pub(super) fn note(&mut self, new: Trouble, is_near: impl Fn(Moment) -> bool) -> Option<Open> {
        let Some(open) = &mut self.open else {
            self.open = Some(Open::new(new));
            return None;
        };
        match open.turn(&new, is_near(open.root.at)) {
            Turn::Again => {
                open.root.rung = open.root.rung.or(new.rung);
                // A line and its request tell of one failure; only another try is another time.
                open.last = new.at;
                open.times += u32::from(open.was_tried_anew);
                open.was_tried_anew = false;
            }
            Turn::Deeper => {
                open.last = new.at;
                let root = std::mem::replace(&mut open.root, new);
                open.followers.insert(0, root);
            }
            Turn::Follows if open.followers.len() < MOST_FOLLOWERS => open.followers.push(new),
            Turn::Follows => {}
            Turn::Anew => return self.open.replace(Open::new(new)),
        }
        None
    }

    /// Another link is opened: what fails from here on need not follow from what failed before.
    pub(super) fn try_anew(&mut self) {
        if let Some(open) = &mut self.open {
            open.was_tried_anew = true;
        }
    }

    /// The root is put right when `is_right` says so of it.
    pub(super) fn put_right(&mut self, is_right: impl Fn(&Trouble) -> bool) -> Option<Open> {
        self.open.take_if(|open| is_right(&open.root))
    }

    /// Takes away followers that turned out to be none.
    pub(super) fn forgive(&mut self, concerns: impl Fn(&Fault) -> bool) {
        if let Some(open) = &mut self.open {
            open.followers.retain(|follower| !concerns(&follower.fault));
        }
    }

    /// Keeps an episode that is over.
    pub(super) fn keep(&mut self, episode: Episode) {
        if self.finished.len() == MOST_FINISHED {
            self.finished.pop_front();
            self.forgotten += 1;
        }
        self.finished.push_back(episode);
    }

    /// The trouble that lasts.
    pub(super) const fn open(&self) -> Option<&Open> {
        self.open.as_ref()
    }

    /// What is over, oldest first; the newest of very many.
    pub(super) const fn finished(&self) -> &VecDeque<Episode> {
        &self.finished
    }
}

impl Open {
    pub(super) fn new(root: Trouble) -> Self {
        Self { last: root.at, root, followers: Vec::new(), times: 1, was_tried_anew: false }
    }

    fn turn(&self, new: &Trouble, is_near: bool) -> Turn {
        let is_loss = matches!(self.root.fault, Fault::SessionLost(_));
        if self.root.is_like(new) {
            Turn::Again
        } else if is_near && new.depth() < self.root.depth() {
            // The card's own line comes after the bearer's, and both are one trouble.
            Turn::Deeper
        } else if is_loss || !self.was_tried_anew || self.has_no_bearer() && new.depth() > self.root.depth() {
            // Until the session is back, everything else is its aftermath; and without card, network or address no link opens.
            Turn::Follows
        } else {
            Turn::Anew
        }
    }

    /// Whether the module cannot have data by the root, whatever is tried above it.
    fn has_no_bearer(&self) -> bool {
        matches!(self.root.stopped_at(), Some(Rung::Sim | Rung::Signal | Rung::Network | Rung::Data))
    }

    /// As an episode that ends at `end`.
    pub(super) fn ended(self, end: Option<Moment>, is_recovered: bool) -> Episode {
        Episode {
            begin: self
                .followers
                .iter()
                .map(|follower| follower.at)
                .min()
                .map_or(self.root.at, |at| at.min(self.root.at)),
            end,
            rung: self.root.stopped_at(),
            root: self.root,
            followers: self.followers,
            times: self.times,
            is_recovered,
            findings: Vec::new(),
            undecided: None,
        }
    }
}

/// Lines of one event of the module come within this (a pulled card: its line 0.8 s after the bearer's).
pub(super) const LATE_LINE: Duration = Duration::from_secs(5);
const MOST_FOLLOWERS: usize = 16;
const MOST_FINISHED: usize = 512;
