//! What a bisect says, as it is worded for both faces.

use crate::lang::Text;

use super::{FileSeen, Outcome, Tried, Verdict};

impl Verdict {
    /// The verdict in a sentence.
    pub fn said(&self) -> Text {
        match self {
            Self::Opens => Text::new("bisect-opens"),
            Self::Decides(decided) => Text::new("bisect-decides").with("change", decided.changed.said()),
            Self::Passing(change) => Text::new("bisect-passing").with("change", change.said()),
            Self::Nothing => Text::new("bisect-nothing"),
            Self::Broken(fault) => Text::new("bisect-broken").put("fault", fault),
            Self::NotKept(why) => Text::new("bisect-not-kept").put("why", why),
            Self::UndoFirst(_) => Text::new("bisect-undo-first"),
            Self::Stopped => Text::new("bisect-stopped"),
            Self::Restored => Text::new("bisect-restored"),
            Self::OtherModule => Text::new("bisect-other-module"),
        }
    }

    /// A short stable name for readers of JSON.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Opens => "opens",
            Self::Decides(_) => "decides",
            Self::Passing(_) => "passing",
            Self::Nothing => "nothing",
            Self::Broken(_) => "broken",
            Self::NotKept(_) => "not-kept",
            Self::UndoFirst(_) => "undo-first",
            Self::Stopped => "stopped",
            Self::Restored => "restored",
            Self::OtherModule => "other-module",
        }
    }
}

impl Tried {
    /// What was tried, in words.
    pub fn said(&self) -> Text {
        self.changed.as_ref().map_or_else(|| Text::new("bisect-step-base"), crate::diagnosis::Changed::said)
    }
}

impl Outcome {
    /// What came of it, in words.
    pub fn said(&self) -> Text {
        match self {
            Self::Opened => Text::new("bisect-opened"),
            Self::Failed(fault) => Text::new("bisect-failed").put("fault", fault),
            Self::Refused(fault) => Text::new("bisect-refused").put("fault", fault),
            Self::Untold(key) => Text::new("bisect-untold").put("key", key),
        }
    }

    /// A short stable name for readers of JSON.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::Failed(_) => "failed",
            Self::Refused(_) => "refused",
            Self::Untold(_) => "untold",
        }
    }
}

impl FileSeen {
    /// How the file `name` lies on the module, in words.
    pub fn said(&self, name: &str) -> Text {
        match self {
            Self::Same => Text::new("bisect-file-same").put("name", name),
            Self::Other(bytes) => Text::new("bisect-file-other").put("name", name).put("bytes", bytes),
            Self::Missing => Text::new("bisect-file-missing").put("name", name),
            Self::Unknown => Text::new("bisect-file-unknown").put("name", name),
        }
    }
}
