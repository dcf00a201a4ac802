//! The findings as text for the customer, in the language in use. Lines come masked from the core.

use std::fmt::Write;

use crate::lang::{Arg, Translator};

use super::{FindingView, TroubleshootView, certainty_key, words};

impl TroubleshootView<'_> {
    /// What the page says, to be pasted into a mail.
    pub fn report(&self, lang: &Translator) -> String {
        let mut text = lang.tr("doctor-report-title").into_owned();
        if self.is_simulated {
            let _ = write!(text, " · {}", lang.tr("simulated"));
        }
        text.push('\n');
        let text = &mut text;
        let line = |text: &mut String, words: &str| {
            text.push_str(words);
            text.push('\n');
        };
        if !self.link.is_empty() {
            line(text, &lang.tr_args("doctor-report-link", &[("link", Arg::from(self.link.as_str()))]));
        }
        if let Some(target) = &self.target {
            line(text, &lang.tr_args("doctor-report-target", &[("target", Arg::from(target.as_str()))]));
        }
        if let Some(fault) = &self.fault {
            let clock = self.clock.as_deref().unwrap_or_default();
            line(text, format!("{clock} {}", lang.text(fault)).trim());
        }
        if let Some(step) = &self.undecided {
            let _ = writeln!(
                text,
                "\n{}\n   {}: {}",
                lang.tr("doctor-undecided"),
                lang.tr("doctor-decides"),
                words(step.what, lang.lang())
            );
        }
        for (place, finding) in self.findings.iter().enumerate() {
            let _ = write!(text, "\n{}. {}", place + 1, finding_text(finding, lang));
        }
        if self.findings.is_empty() {
            for proven in &self.proven {
                let _ = writeln!(text, "✓ {}: {}", lang.tr(proven.rung), proven.line);
            }
        }
        if let Some(here) = &self.here {
            let _ = writeln!(text, "\n{}", lang.tr("doctor-here"));
            for row in &here.rows {
                let _ = writeln!(text, "  {}: {}", lang.tr(row.key), lang.text(&row.text));
            }
            for suite in &here.suites {
                let Some(answer) = &suite.answer else { continue };
                let _ = writeln!(text, "  {} {}: {}", suite.number, suite.name, lang.text(answer));
            }
        }
        std::mem::take(text)
    }
}

fn finding_text(finding: &FindingView, lang: &Translator) -> String {
    let language = lang.lang();
    let mut text = format!(
        "{} ({}, {})\n   {}: {}\n",
        words(finding.cause, language),
        finding.id,
        lang.tr(certainty_key(finding.certainty)),
        lang.tr("doctor-do"),
        words(finding.fix, language),
    );
    for fact in &finding.facts {
        let took = fact.took.map_or_else(String::new, |took| format!(" ({} ms)", took.as_millis()));
        let _ = writeln!(text, "   {}", format!("{} {}{took}", fact.clock, fact.words(language)).trim());
    }
    for (code, meaning) in &finding.codes {
        let _ = writeln!(text, "   {code}: {}", words(*meaning, language));
    }
    for excluded in &finding.excluded {
        let _ =
            writeln!(text, "   {}: {} ({})", lang.tr(excluded.what), excluded.proof(language), excluded.ids.join(" "));
    }
    text
}
