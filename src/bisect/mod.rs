//! Which single setting decides whether the module's encrypted link opens: tried on the module itself, one change at a time.
//!
//! [`Bisect`] is a core without I/O: it says what to ask of the module and what to keep on disk, and learns what came of it.
//! Nothing is changed before the list that undoes everything is on disk; everything is put back at the end, and by whoever finds
//! that list later where an end never came ([`UndoList`], [`Shelf`]). A change that opens the link is taken back and tried again
//! without it: only what fails then was decided by it. No login is sent.

mod changes;
mod run;
mod said;
mod shelf;
mod undo;

#[cfg(test)]
mod tests;

pub use self::{
    run::{Bisect, FileSeen, Outcome, Stage, Tried, Verdict, Wish},
    shelf::Shelf,
    undo::{Kept, UndoList},
};
