//! Saving something as a file: which file, and how far it is. Nothing is written unless the user says so.

use std::path::PathBuf;

use super::{messages::ExportFormat, report::Form};

/// What is saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// The measurements as a table.
    Latency,
    /// The conversation as a trace.
    Terminal,
    /// The listed messages.
    Messages(ExportFormat),
    /// The CA file for a module.
    Authority,
    /// The report that goes back.
    Report(Form),
    /// A watch, or two that are compared.
    WatchReport,
}

/// How far saving is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Stage {
    /// The path can be changed.
    #[default]
    Naming,
    /// The system's own dialog is open.
    Choosing,
    /// This system shows no such dialog.
    NoDialog,
    /// It is being written.
    Writing,
    /// There is such a file already: it is replaced only when that is said once more.
    Taken,
    /// It could not be written.
    Failed(String),
}

/// The dialog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Screen {
    /// What is saved.
    pub purpose: Purpose,
    /// Where to, as typed.
    pub path: String,
    /// Whether a virtual modem is in it.
    pub is_simulated: bool,
    /// How far it is.
    pub stage: Stage,
}

impl Screen {
    /// A dialog that proposes `path`.
    pub const fn new(purpose: Purpose, path: String, is_simulated: bool) -> Self {
        Self { purpose, path, is_simulated, stage: Stage::Naming }
    }

    /// The path changed.
    pub fn name(&mut self, path: String) {
        (self.path, self.stage) = (path, Stage::Naming);
    }

    /// What the system's own dialog gave; `None` when it was closed without an answer, or there is none on this system.
    ///
    /// Whoever was asked there has answered whether to replace: that is the same as saying it here.
    pub fn take_choice(&mut self, chosen: Option<PathBuf>) -> bool {
        self.stage = Stage::Naming;
        let Some(path) = chosen else { return false };
        self.path = path.display().to_string();
        true
    }

    /// Whether the file may be written now.
    pub fn can_write(&self) -> bool {
        !self.path.trim().is_empty() && !matches!(self.stage, Stage::Choosing | Stage::Writing)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closing_the_systems_dialog_writes_nothing() {
        let mut screen = Screen::new(Purpose::Latency, "/home/a/latency.csv".to_owned(), false);
        screen.stage = Stage::Choosing;
        assert!(!screen.can_write());
        assert!(!screen.take_choice(None), "a cancel is no wish to write");
        assert_eq!((screen.path.as_str(), &screen.stage), ("/home/a/latency.csv", &Stage::Naming));
        assert!(screen.take_choice(Some(PathBuf::from("/tmp/x.csv"))));
        assert_eq!(screen.path, "/tmp/x.csv");
    }
}
