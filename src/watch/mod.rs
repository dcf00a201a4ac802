//! Hours of one session: what was lost when, why, and what brought it back.
//!
//! A [`Watch`] takes the events of a modem and the time, says what is to be done next and what is to be written down. What it
//! writes down is a journal of [`Entry`]s, one JSON object a line; a [`Summary`] is made of the journal alone, so that a watch that
//! was interrupted goes on where its journal ends, and a journal tells the same however often it is read. Why a session was lost
//! says the one judge of [`diagnosis`](crate::diagnosis). No clock, file, port or thread is in here.

mod clock;
mod compare;
mod drop;
mod entry;
mod finder;
mod journal;
mod pursuit;
mod summary;
mod verdict;
mod watching;
mod words;

pub use self::{
    clock::Wall,
    compare::{Comparison, compare},
    drop::Dropped,
    entry::{Entry, Plan, Proof, Reason, Way},
    finder::{Finder, Found, Quiet},
    journal::{Journal, JournalError, Read, read},
    summary::Summary,
    verdict::{Ending, Verdict},
    watching::{Watch, Wish},
};

#[cfg(test)]
mod tests;
