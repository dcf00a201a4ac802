//! The forms of a report.

use std::path::Path;

use super::{Report, Tongues, html, markdown, text};

/// A form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Form {
    /// One page for any browser, which can be opened here again.
    #[default]
    Html,
    /// Text with marks, for a chat.
    Markdown,
    /// Text.
    Text,
}

impl Form {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Html, Self::Markdown, Self::Text];

    /// The form that the ending of `path` says.
    pub fn of(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        match ending.as_str() {
            "html" | "htm" => Some(Self::Html),
            "md" => Some(Self::Markdown),
            "txt" => Some(Self::Text),
            _ => None,
        }
    }

    /// The ending of its files: `html`.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Markdown => "md",
            Self::Text => "txt",
        }
    }

    /// `report` in this form.
    pub fn written(self, report: &Report, tongues: Tongues) -> String {
        match self {
            Self::Html => html(report, tongues),
            Self::Markdown => markdown(report, tongues),
            Self::Text => text(report, tongues),
        }
    }
}
