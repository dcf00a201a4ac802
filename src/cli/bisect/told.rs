//! What a bisect prints: text for people as it goes, or one JSON object at the end.

use std::process::ExitCode;

use serde_json::{Value, json};

use super::{done::Done, printed};
use crate::{
    bisect::{Bisect, FileSeen, Outcome, Stage, Tried, Verdict},
    cli::check::verdict::shown_text,
    diagnosis::{Diagnosis, Finding},
    lang::{Lang, Text},
    modem::request::Connection,
};

/// How things are told.
#[derive(Clone, Copy)]
pub(super) struct Teller {
    pub(super) is_json: bool,
    pub(super) lang: Lang,
}

impl Teller {
    pub(super) fn notice(self, text: &Text) {
        if !self.is_json {
            printed(&text.to(self.lang));
        }
    }

    pub(super) fn stage(self, bisect: &Bisect, stage: Stage) {
        if self.is_json {
            return;
        }
        match stage {
            Stage::Identify => self.notice(&Text::new("bisected-looks")),
            Stage::Keep => {
                for (file, seen) in bisect.files() {
                    printed(&format!("  {}", seen.said(&file.name).to(self.lang)));
                }
                let untold = bisect.untold();
                if !untold.is_empty() {
                    self.notice(&Text::new("bisected-untold").put("keys", untold.join(", ")));
                }
            }
            Stage::Try => self.notice(&Text::new("bisected-tries")),
            Stage::PutBack => self.notice(&Text::new("bisected-puts-back")),
            Stage::Look | Stage::Over => {}
        }
    }

    pub(super) fn tried(self, tried: &Tried) {
        if !self.is_json {
            printed(&format!("  {}: {}", tried.said().to(self.lang), tried.outcome.said().to(self.lang)));
        }
    }

    /// Prints the end, and gives the exit code.
    pub(super) fn end(self, done: &Done, connection: &Connection) -> ExitCode {
        if self.is_json {
            printed(&self.as_json(done, connection).to_string());
        } else {
            self.lines(done).iter().for_each(|line| printed(line));
        }
        let is_good = matches!(done.bisect.verdict(), Some(Verdict::Decides(_) | Verdict::Opens | Verdict::Restored));
        if is_good && done.bisect.is_undone() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }

    fn lines(self, done: &Done) -> Vec<String> {
        let mut all = Vec::new();
        if let Some(verdict) = done.bisect.verdict() {
            all.push(verdict.said().to(self.lang).into_owned());
            if let Verdict::Decides(decided) = verdict {
                all.extend(decided.lines.iter().map(|line| format!("    {line}")));
            }
        }
        all.extend(self.causes(&done.diagnosis));
        if !done.bisect.left().is_empty() {
            let left = done.bisect.left().join(", ");
            let said = Text::new("bisected-left").put("left", left).put("port", done.bisect.port());
            all.push(said.to(self.lang).into_owned());
        }
        if let Some(why) = &done.unforgotten {
            all.push(Text::new("bisected-unforgotten").put("why", why).to(self.lang).into_owned());
        }
        all
    }

    fn causes(self, diagnosis: &Diagnosis) -> Vec<String> {
        let lang = self.lang;
        if let Some(open) = &diagnosis.undecided {
            return vec![format!("  {} {}", lang.tr("scanned-undecided-would-decide"), open.step.what.to(lang))];
        }
        let mut all = Vec::new();
        for one in diagnosis.findings.iter().filter(|one| one.is_named()).take(MOST) {
            all.push(format!("  {} {}: {}", one.id, one.key, one.cause.to(lang)));
            let because = lang.tr("scanned-because");
            all.extend(one.evidence.iter().map(|fact| format!("    {because} {}", shown_text(&fact.to(lang)))));
            all.push(format!("    {} {}", lang.tr("scanned-do"), one.fix.to(lang)));
        }
        all
    }

    fn as_json(self, done: &Done, connection: &Connection) -> Value {
        let (bisect, diagnosis) = (&done.bisect, &done.diagnosis);
        let decided = match bisect.verdict() {
            Some(Verdict::Decides(decided)) => Some(decided),
            _ => None,
        };
        let is_open = diagnosis.undecided.is_some();
        let named = diagnosis.findings.iter().filter(|one| one.is_named() && !is_open);
        json!({
            "kind": "bisect",
            "target": format!("{}:{}", connection.host, connection.port),
            "verdict": bisect.verdict().map(Verdict::key),
            "text": bisect.verdict().map(|verdict| verdict.said().to(self.lang).into_owned()),
            "change": decided.map(|decided| decided.changed.key()),
            "lines": decided.map(|decided| decided.lines.clone()).unwrap_or_default(),
            "files": bisect.files().iter().map(|(file, seen)| json!({ "name": file.name, "seen": seen_key(seen) })).collect::<Vec<_>>(),
            "tried": bisect.tries().iter().map(|tried| self.tried_json(tried)).collect::<Vec<_>>(),
            "findings": named.map(|one| self.finding(one)).collect::<Vec<_>>(),
            "undecided": diagnosis.undecided.as_ref().map(|open| open.step.what.to(self.lang).into_owned()),
            "put_back": bisect.is_undone(),
            "left": bisect.left(),
            "untold": bisect.untold(),
        })
    }

    fn tried_json(self, tried: &Tried) -> Value {
        let fault = match &tried.outcome {
            Outcome::Failed(fault) | Outcome::Refused(fault) => Some(fault.to_string()),
            Outcome::Opened | Outcome::Untold(_) => None,
        };
        json!({
            "change": tried.changed.as_ref().map(crate::diagnosis::Changed::key),
            "text": tried.said().to(self.lang),
            "outcome": tried.outcome.key(),
            "fault": fault,
        })
    }

    fn finding(self, one: &Finding) -> Value {
        let evidence = one.evidence.iter().map(|fact| shown_text(&fact.to(self.lang)));
        json!({
            "id": one.id,
            "certainty": one.certainty.key(),
            "evidence": evidence.collect::<Vec<_>>(),
            "fix": one.fix.to(self.lang),
        })
    }

    /// The verdict of one that never began.
    pub(super) fn empty(self) {
        if self.is_json {
            printed(&json!({ "kind": "bisect", "verdict": null, "change": null, "tried": [], "findings": [], "put_back": true }).to_string());
        }
    }

    /// The verdict where there was no list.
    pub(super) fn nothing_left(self) {
        if self.is_json {
            printed(&json!({ "kind": "bisect", "verdict": "restored", "change": null, "tried": [], "findings": [], "put_back": true }).to_string());
        }
    }
}

const fn seen_key(seen: &FileSeen) -> &'static str {
    match seen {
        FileSeen::Same => "same",
        FileSeen::Other(_) => "other",
        FileSeen::Missing => "missing",
        FileSeen::Unknown => "unknown",
    }
}

/// So many causes are worth a line.
const MOST: usize = 3;
