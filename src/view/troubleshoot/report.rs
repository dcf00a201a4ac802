//! The findings as text for the customer, in the language in use. Lines come masked from the core.

use std::fmt::Write;

use crate::lang::{Arg, Translator};

use super::{FindingView, TroubleshootView, certainty_key, words};

impl TroubleshootView<'_> {
    /// What a customer needs: the cause, what to do, up to three lines that show it, and versions.
    pub fn for_customer(&self, lang: &Translator) -> String {
        let language = lang.lang();
        let mut lines = Vec::new();
        if let Some((clock, order)) = &self.deed {
            let args = [("clock", Arg::from(clock.as_str())), ("order", Arg::from(order.as_str()))];
            lines.push(lang.tr_args("doctor-own-deed", &args));
        }
        match (&self.undecided, self.findings.first()) {
            (None, Some(first)) => {
                lines.push(format!("{} ({})", words(first.cause, language), first.id));
                lines.push(format!("{}: {}", lang.tr("doctor-do"), words(first.fix, language)));
                let told = first.facts.iter().take(MOST_EVIDENCE);
                lines.extend(told.map(|fact| format!("{} {}", fact.clock, fact.words(language)).trim().to_owned()));
            }
            (Some(step), _) => {
                lines.extend(self.fault.as_ref().map(|fault| lang.text(fault)));
                lines.push(lang.tr("doctor-undecided").into_owned());
                lines.push(format!("{}: {}", lang.tr("doctor-decides"), words(step.what, language)));
            }
            (None, None) => {
                let fault = self.fault.as_ref().map(|fault| lang.text(fault));
                lines.push(fault.unwrap_or_else(|| lang.tr("doctor-no-trouble").into_owned()));
            }
        }
        let mut versions = format!("Air780E Companion {}", env!("CARGO_PKG_VERSION"));
        for part in
            self.firmware.iter().map(String::as_str).chain(self.is_simulated.then(|| lang.tr("simulated")).as_deref())
        {
            versions.push_str(" · ");
            versions.push_str(part);
        }
        lines.push(versions);
        lines.join("\n") + "\n"
    }

    /// All that the page says, for whoever looks closer.
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

/// Lines of evidence in the text for a customer.
const MOST_EVIDENCE: usize = 3;

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
