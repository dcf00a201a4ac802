//! How a check ended.

use serde_json::{Value, json};

use super::tally::Tally;
use crate::{diagnosis::Finding, modem::status::Rung};

/// Why a check failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::cli) struct Failure {
    rung: Option<Rung>,
    text: String,
    findings: Vec<Finding>,
}

impl Failure {
    /// A failure at `rung`, with its facts and what they mean.
    pub(in crate::cli) const fn new(rung: Option<Rung>, text: String, findings: Vec<Finding>) -> Self {
        Self { rung, text, findings }
    }

    /// A wrong input, told before anything was opened.
    pub(in crate::cli) const fn input(text: String, findings: Vec<Finding>) -> Self {
        Self::new(None, text, findings)
    }

    /// A failure that needs no finding: the text says what to do.
    pub(in crate::cli) const fn plain(text: String) -> Self {
        Self::new(None, text, Vec::new())
    }

    /// What happened.
    pub(in crate::cli) fn text(&self) -> &str {
        &self.text
    }

    /// The likeliest cause.
    pub(in crate::cli) fn finding_id(&self) -> Option<&'static str> {
        self.findings.first().map(|finding| finding.id)
    }

    fn lines(&self) -> Vec<String> {
        let place = self.rung.map_or_else(String::new, |rung| format!(" at {rung}"));
        let mut lines = vec![format!("FAILED{place}: {}", self.text)];
        let mut findings = self.findings.iter();
        if let Some(first) = findings.next() {
            lines.push(format!("  {} {}: {}", first.id, first.key, first.cause.en));
            lines.push(format!("  What to do: {}", first.fix.en));
        }
        let excluded = self.findings.first().map_or(&[][..], |first| &first.excluded);
        if !excluded.is_empty() {
            let names: Vec<_> = excluded.iter().map(|one| format!("{} {}", one.id, one.key)).collect();
            lines.push(format!("  Not the cause: {}", names.join(", ")));
        }
        lines.extend(findings.map(|other| format!("  or {} {}: {}", other.id, other.key, other.cause.en)));
        lines
    }
}

/// How a check ended, and what was counted on the way.
#[derive(Debug)]
pub(in crate::cli) struct Verdict {
    failure: Option<Failure>,
    tally: Tally,
}

impl Verdict {
    /// The end of a check that ran.
    pub(in crate::cli) const fn new(failure: Option<Failure>, tally: Tally) -> Self {
        Self { failure, tally }
    }

    /// The end of a check that never began.
    pub(in crate::cli) fn failed(failure: Failure) -> Self {
        Self::new(Some(failure), Tally::default())
    }

    /// Whether everything asked for was confirmed.
    pub(in crate::cli) const fn is_ok(&self) -> bool {
        self.failure.is_none()
    }

    /// One JSON object, the last line of the output.
    pub(in crate::cli) fn as_json(&self) -> Value {
        let failure = self.failure.as_ref();
        let evidence = failure
            .and_then(|failure| failure.findings.first())
            .map(|finding| finding.evidence.iter().map(ToString::to_string).collect::<Vec<_>>());
        let excluded = failure.and_then(|failure| failure.findings.first()).map(|finding| {
            let all = finding.excluded.iter();
            all.map(|one| json!({ "id": one.id, "key": one.key, "proof": one.proof })).collect::<Vec<_>>()
        });
        json!({
            "kind": "verdict",
            "result": if self.is_ok() { "ok" } else { "failed" },
            "rung": failure.and_then(|failure| failure.rung).map(Rung::key),
            "finding": failure.and_then(Failure::finding_id),
            "fault": failure.map(Failure::text),
            "evidence": evidence,
            "excluded": excluded,
            "published": self.tally.published(),
            "confirmed": self.tally.confirmed(),
            "received": self.tally.received(),
            "lost_in_module": self.tally.lost(),
            "latency_ms": { "accept": self.tally.accept().as_json(), "ack": self.tally.ack().as_json() },
        })
    }

    /// Some lines for people.
    pub(in crate::cli) fn as_text(&self) -> String {
        let lost = match self.tally.lost() {
            0 => String::new(),
            lost => format!(", lost in the module's cache {lost}"),
        };
        let counted = format!(
            "published {}, confirmed {}, received {}{lost}",
            self.tally.published(),
            self.tally.confirmed(),
            self.tally.received()
        );
        let mut lines = self.failure.as_ref().map(Failure::lines).unwrap_or_default();
        lines.push(if self.is_ok() { format!("OK: {counted}") } else { format!("  {counted}") });
        for (name, times) in [("command to OK", self.tally.accept()), ("OK to confirmation", self.tally.ack())] {
            lines.extend(times.as_text().map(|times| format!("  {name}: {times}")));
        }
        lines.join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        diagnosis,
        modem::{
            event::{Fault, Note},
            status::Status,
        },
    };

    #[test]
    fn lost_messages_stand_in_the_verdict() {
        let mut tally = Tally::default();
        assert!(!Verdict::new(None, Tally::default()).as_text().contains("lost"));
        tally.note(&Note::KeptMessagesLost { count: 2 });
        let verdict = Verdict::new(None, tally);
        assert_eq!(verdict.as_text(), "OK: published 0, confirmed 0, received 0, lost in the module's cache 2");
        assert_eq!(verdict.as_json()["lost_in_module"], 2);
    }

    #[test]
    fn a_failure_says_what_to_do() {
        let fault = Fault::Silent { tries: 5 };
        let findings = diagnosis::judge(&Status::default(), &fault);
        let verdict = Verdict::failed(Failure::new(Some(Rung::At), fault.to_string(), findings));
        let text = verdict.as_text();
        assert!(text.starts_with("FAILED at at: no answer to AT after 5 tries"), "{text}");
        assert!(text.contains("What to do: "), "{text}");
        let json = verdict.as_json();
        assert_eq!((&json["rung"], &json["finding"]), (&json!("at"), &json!("F-001")));
        assert_eq!(json["latency_ms"]["ack"]["count"], 0);
    }
}
