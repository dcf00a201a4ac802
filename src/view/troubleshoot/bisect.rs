//! The search for the one setting that decides, as the page shows it.

use crate::lang::Text;

/// What the user has open of it.
#[derive(Clone, Debug, Default)]
pub struct BisectScreen {
    /// The question whether it may begin, while it is open.
    pub question: Option<BisectQuestion>,
    /// The search under way, or the last one.
    pub shown: Option<BisectView>,
    /// The port at which an earlier search was cut off and never undone.
    pub older: Option<String>,
}

/// What is asked before each search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BisectQuestion {
    /// Where links would be opened to, `host:port`.
    pub target: String,
}

/// One search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BisectView {
    /// Whether it is under way.
    pub is_running: bool,
    /// The name of the word for what it is doing.
    pub stage: &'static str,
    /// The change that is tried now.
    pub trying: Option<Text>,
    /// So many changes are still to come at most.
    pub to_come: usize,
    /// How each file lies on the module.
    pub files: Vec<Text>,
    /// Everything that was tried.
    pub tried: Vec<TriedRow>,
    /// What it came to.
    pub verdict: Option<Text>,
    /// The lines on the module that make the change that decides.
    pub lines: Vec<String>,
    /// Settings that the module does not tell; empty when it tells all.
    pub untold: String,
    /// What could not be put back; empty when everything was.
    pub left: String,
}

/// One try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TriedRow {
    /// What was changed.
    pub what: Text,
    /// What came of it.
    pub outcome: Text,
    /// The same as a mark.
    pub mark: TriedMark,
}

/// What came of a try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TriedMark {
    /// The link opened.
    Opens,
    /// It did not.
    Fails,
    /// It could not be tried.
    Untried,
}
