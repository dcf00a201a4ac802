//! A scan as text for the customer: the verdict, why and what to do, how both sides stand, what can be believed.

use crate::{lang::Translator, view::troubleshoot::words};

use super::{Picture, ScanScreen, fact_words};

impl ScanScreen {
    /// What of the scan can be handed on; `None` before there is anything.
    pub fn for_customer(&self, lang: &Translator) -> Option<String> {
        let picture = self.picture.as_ref().filter(|picture| !picture.here.is_running)?;
        let mut lines = picture.lines(lang);
        if let Some(file) = self.authority.as_ref().and_then(|authority| authority.file.as_ref()) {
            lines.push(format!("{}: {} · SHA-256 {}", lang.tr("scan-authority"), file.subject, file.fingerprint));
        }
        lines.push(format!("Air780E Companion {}", env!("CARGO_PKG_VERSION")));
        Some(lines.join("\n") + "\n")
    }
}

impl Picture {
    fn lines(&self, lang: &Translator) -> Vec<String> {
        let language = lang.lang();
        let mut lines = vec![self.place.clone(), fact_words(&self.sentence, language).into_owned()];
        for finding in &self.findings {
            lines.push(format!("{} ({})", words(finding.cause, language), finding.id));
            lines.extend(
                finding.evidence.iter().take(MOST_EVIDENCE).map(|fact| fact_words(fact, language).into_owned()),
            );
            lines.push(format!("{}: {}", lang.tr("doctor-do"), words(finding.fix, language)));
        }
        lines.extend(self.sides.iter().map(|side| {
            let (module, broker) = (lang.text(&side.module), lang.text(&side.broker));
            format!("{}: {} {module} · {broker}", lang.tr(side.key), lang.tr("scan-side-module"))
        }));
        lines.extend(self.chain.iter().map(|link| format!("{} · {}", link.row.subject, link.row.dates)));
        lines
    }
}

/// Lines that show a cause.
const MOST_EVIDENCE: usize = 3;
