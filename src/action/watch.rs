//! What the Watch page may ask.

use crate::view::watch::{WatchForm, Which, Window};

/// What the Watch page may ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WatchAction {
    /// Open the form of a watch, or close it.
    ShowForm(bool),
    /// The form changed.
    Form(Box<WatchForm>),
    /// Begin to watch as the form says.
    Start,
    /// End the watch before its time, or wait no longer for a session to watch.
    Stop,
    /// Go on with the watch of this journal.
    GoOn(u64),
    /// Look at this watch.
    Show(Which),
    /// Hold the watch that is looked at against this one, or against none.
    Compare(Option<Which>),
    /// Look at this part; `None` shows all.
    Look(Option<Window>),
    /// Look at the time around the drop of this number.
    LookAtDrop(u32),
    /// Open the question which journal to read, or close it.
    Ask(bool),
    /// The path that is typed there.
    Path(String),
    /// Open the system's own dialog for it.
    Choose,
    /// Read the journal at this path.
    Open(String),
    /// Look no longer at the watch of this journal; its file stays.
    Forget(u64),
    /// Save a report.
    Report,
}
