//! What the Terminal page may ask.

use crate::view::WireLook;

/// What can be done on the terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TerminalAction {
    /// The search text changed.
    Search(String),
    /// Show only lines that hold the text looked for, or all.
    OnlyHits(bool),
    /// Go to the next hit (1) or the one before (−1).
    Seek(i8),
    /// Choose a line by its number, or all up to it from the one chosen before.
    Choose {
        /// The line.
        number: u64,
        /// Whether the choice grows instead of starting anew.
        extends: bool,
    },
    /// Choose no line.
    ChooseNone,
    /// Move the choice by so many shown lines.
    Step(i64),
    /// Bring the page to the front with this line chosen.
    Open(u64),
    /// Put every shown line on the clipboard.
    CopyShown,
    /// Put the chosen lines on the clipboard.
    CopyChosen,
    /// Save the conversation as a trace.
    Save,
    /// The command line changed.
    Type(String),
    /// Send the command line; one that does harm is asked about first.
    Send,
    /// Ask whether these lines shall be sent one after the other.
    AskToSend(Vec<String>),
    /// Send what was asked about.
    Confirm,
    /// Do not send it.
    Withdraw,
    /// Send the rest of several lines although one of them failed, or send none of them.
    GoOn(bool),
    /// Bring back an older (−1) or newer (1) command.
    Recall(i8),
    /// Show or hide one kind of line.
    Toggle(WireLook),
    /// Forget all lines.
    Clear,
}
