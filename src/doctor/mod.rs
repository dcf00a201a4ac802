//! What a log of another program comes to: read from a file, judged while it passes, and one word for the whole of it.
//!
//! The command line and the window ask here. What is wrong is said by [`crate::diagnosis`] alone; what stands here knows at
//! which lines of the log it stands.

mod attend;
mod heard;
mod judge;
mod messages;
mod places;
mod sessions;
mod source;
mod veil;

pub use self::{
    attend::{Answer, Wish, attend, looks_like_log},
    heard::{Heard, without_client_id},
    judge::{Account, Ended, Findings, Judge, Outcome},
    messages::{Row, State},
    source::{Change, Origin, Source, Stop},
    veil::Veil,
};
