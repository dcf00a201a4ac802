//! A report before it goes out: what will be in it, what is masked in it, and what is to be hidden beside that.

use std::sync::Arc;

pub use crate::report::Form;

/// The dialog.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Screen {
    /// Words that are hidden too, as typed: parted by commas.
    pub hidden: String,
    /// The form of the file.
    pub form: Form,
    /// Whether it is written in both languages, or in that of the window.
    pub is_both: bool,
    /// What it will say, line by line; `None` while it is made.
    pub preview: Option<Arc<[String]>>,
    /// Why it cannot be made.
    pub failed: Option<String>,
    /// Whether a virtual modem is in it.
    pub is_simulated: bool,
}

impl Screen {
    /// The words that are hidden too.
    pub fn words(&self) -> Vec<String> {
        let words = self.hidden.split([',', '\u{ff0c}', '\n']).map(str::trim).filter(|word| !word.is_empty());
        words.map(ToOwned::to_owned).collect()
    }

    /// Whether something is masked in the line.
    pub fn is_masked(line: &str) -> bool {
        line.contains("***")
    }

    /// Lines in which something is masked.
    pub fn masked(&self) -> usize {
        self.preview.as_ref().map_or(0, |lines| lines.iter().filter(|line| Self::is_masked(line)).count())
    }
}
