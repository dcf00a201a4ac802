//! What may be asked of a report before it goes out.

use crate::view::report::Form;

/// What may be asked of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReportAction {
    /// Make one of what is in front and show it, or let go of it.
    Ask(bool),
    /// These words are hidden too.
    Hide(String),
    /// The form of the file.
    Form(Form),
    /// In both languages, or in that of the window.
    Both(bool),
    /// Put it on the clipboard in this form.
    Copy(Form),
    /// Ask where to save it.
    Save,
}
