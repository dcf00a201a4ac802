//! The report that is made ready to be sent, and what goes out of it.

use crate::{
    lang::Lang,
    report::{Report, Tongues, hiding},
    view::report::{Form, Screen},
};

use super::App;

/// The report that is looked at.
#[derive(Debug, Default)]
pub(super) struct Reporting {
    /// Counts those that were asked for: what is made of an earlier one is ignored.
    pub(super) number: u64,
    pub(super) report: Option<Report>,
}

/// The report as it goes out in this form; `None` while there is none.
pub(super) fn written(app: &App, form: Form) -> Option<String> {
    let screen = app.screen.report.as_ref()?;
    let report = hiding(app.reporting.report.clone()?, &screen.words());
    Some(form.written(&report, tongues(screen, app.translator.lang())))
}

const fn tongues(screen: &Screen, lang: Lang) -> Tongues {
    if screen.is_both { Tongues::Both } else { Tongues::One(lang) }
}
