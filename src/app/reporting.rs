//! The report that is made ready to be sent, and what goes out of it.

use crate::{
    lang::Lang,
    report::{Report, Tongues, hiding},
    view::{Screen, report::Form},
};

/// The report that is looked at.
#[derive(Debug, Default)]
pub(super) struct Reporting {
    /// Counts those that were asked for: what is made of an earlier one is ignored.
    pub(super) number: u64,
    pub(super) report: Option<Report>,
}

impl Reporting {
    /// The report as it goes out in this form, with what `screen` says of it; `None` while there is none.
    pub(super) fn written(&self, screen: &Screen, form: Form, lang: Lang) -> Option<String> {
        let wanted = screen.report.as_ref()?;
        let tongues = if wanted.is_both { Tongues::Both } else { Tongues::One(lang) };
        Some(form.written(&hiding(self.report.clone()?, &wanted.words()), tongues))
    }
}
