//! What the Troubleshoot page may ask.

pub use crate::view::troubleshoot::Remedy;

/// What the Troubleshoot page may ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TroubleshootAction {
    /// Unfold the finding of this number, or fold it.
    Open(&'static str),
    /// Do what a button of a finding offers.
    Help(Remedy),
    /// Try the same steps from this computer; quickly ends the table of suites at the first that is accepted.
    Compare {
        /// Whether to be quick.
        is_quick: bool,
    },
    /// Ask whether this computer may log in at the broker, or no longer ask.
    AskLogin(bool),
    /// Log in from this computer, this once.
    LogIn,
    /// Stop trying.
    StopComparing,
    /// Use the port and the rate that answered, and connect.
    UsePort,
    /// Something about the scan of a server without a module.
    Scan(ScanAction),
    /// Something about the search for the one setting that decides.
    Bisect(BisectAction),
}

/// What the search for the one setting that decides may ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BisectAction {
    /// Ask whether it may begin, or no longer ask.
    Ask(bool),
    /// Begin, this once.
    Start,
    /// Stop, and put everything back.
    Stop,
    /// Put back what an earlier one left.
    Restore,
}

/// What the scan of a server may ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ScanAction {
    /// Bring it to the front, or the findings again.
    Open(bool),
    /// The server as typed changed.
    Type(String),
    /// Leave the connection's files out, or take them.
    LeaveFiles(bool),
    /// Scan the server that is typed.
    Start,
    /// Stop scanning.
    Stop,
    /// Save the CA file for the module.
    SaveAuthority,
}
