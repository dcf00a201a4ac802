//! What may be asked of a log that is looked at like a connection.

use crate::view::recorded::Block;

/// What may be asked of a log that is looked at like a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecordedAction {
    /// Ask which log, or no longer ask.
    Ask(bool),
    /// The path as typed changed.
    Path(String),
    /// Open the system's own dialog.
    Choose,
    /// Read the log at this path.
    Open(String),
    /// Offer to read a text that was pasted.
    Offer(String),
    /// Read the text that was offered, or forget it.
    ReadPasted(bool),
    /// These rows are looked at.
    Look(Block),
    /// Choose a line, or none.
    Line(Option<u32>),
    /// Bring this line to the front; an episode of this number may have shown it.
    GoToLine(u32, Option<usize>),
    /// Bring the episode of this number to the front.
    GoToEpisode(usize),
    /// Show the live connection in its place, or the log again.
    ShowLive(bool),
    /// Read it as a log of this family, or find that out again.
    Format(Option<&'static str>),
    /// Look at the port of this number.
    Port(usize),
    /// Read the file again whenever it becomes another, or no longer.
    Follow(bool),
    /// Show what is understood beside each line, or the lines alone.
    ShowUnderstood(bool),
    /// Let go of the log.
    Close,
}
