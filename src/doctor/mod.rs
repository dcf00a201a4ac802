//! What a log of another program comes to: read from a file, judged while it passes, and one word for the whole of it.
//!
//! The command line and the window ask here. What is wrong is said by [`crate::diagnosis`] alone; what stands here knows at
//! which lines of the log it stands.

mod attend;
mod compare;
mod heard;
mod judge;
mod messages;
mod places;
mod report;
mod retelling;
mod sessions;
mod shown;
mod source;
mod timeline;
mod veil;
pub mod words;

pub use self::{
    attend::{Answer, Onlooker, Reading, Retold, attend, formats, looks_like_log},
    compare::{Comparison, Difference, Kind, Try, compare, pair, tries},
    heard::{Heard, Took},
    judge::{Account, Ended, Findings, Judge, Outcome},
    messages::{Row, State},
    report::{Answered, Live, causes, lines_of, of_log},
    retelling::Passed,
    shown::{ShownLine, Understood, Wish},
    source::{Change, Origin, Source, Stop},
    timeline::{Spot, Timeline},
    veil::Veil,
};
