//! Hours of one session: what was lost when, why, and what brought it back.
//!
//! A [`Watch`] takes the events of a modem and the time, says what is to be done next and what is to be written down. What it
//! writes down is a journal of [`Entry`]s, one JSON object a line; a [`Summary`] is made of the journal alone, so that a watch that
//! was interrupted goes on where its journal ends, and a journal tells the same however often it is read. Why a session was lost
//! says the one judge of [`diagnosis`](crate::diagnosis). A [`Comeback`] sees to coming back beside a window. No clock, port or thread is in
//! here, and no file but the journal's own ([`Book`]).

mod book;
mod clock;
mod comeback;
mod compare;
mod drop;
mod entry;
mod finder;
mod journal;
mod pursuit;
mod report;
mod summary;
mod trail;
mod verdict;
mod watching;
mod words;

pub use self::{
    book::{Book, BookFault},
    clock::Wall,
    comeback::{Comeback, ComebackWish, Lost, Manner, Stage},
    compare::{Comparison, compare},
    drop::Dropped,
    entry::{Entry, Plan, Proof, Reason, Way},
    finder::{Finder, Found, Quiet},
    journal::{Journal, JournalError, Read, read},
    pursuit::Pauses,
    report::{Told, before_text, cause_text, causes, figures, html, page, short},
    summary::Summary,
    trail::{Standing, Stretch, Trail},
    verdict::{Ending, Verdict},
    watching::{Watch, Wish},
};

#[cfg(test)]
mod tests;
