//! How a check ended.

use serde_json::{Value, json};

use super::tally::Tally;
use crate::{
    diagnosis::{Diagnosis, Episode, Fact, Finding, Undecided},
    lang::Lang,
    modem::status::Rung,
    time::Moment,
    trace::unnamed,
};

/// Why a check failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::cli) struct Failure {
    text: String,
    findings: Vec<Finding>,
}

impl Failure {
    /// A wrong input, told before anything was opened.
    pub(in crate::cli) const fn input(text: String, findings: Vec<Finding>) -> Self {
        Self { text, findings }
    }

    /// What happened; why stands in the diagnosis, or in the text itself.
    pub(in crate::cli) const fn plain(text: String) -> Self {
        Self::input(text, Vec::new())
    }

    /// What happened.
    pub(in crate::cli) fn text(&self) -> &str {
        &self.text
    }

    /// The cause of a wrong input.
    #[cfg(test)]
    pub(in crate::cli) fn finding_id(&self) -> Option<&'static str> {
        self.findings.first().map(|finding| finding.id)
    }
}

/// How a check ended, why, and what was counted on the way.
#[derive(Debug)]
pub(in crate::cli) struct Verdict {
    failure: Option<Failure>,
    diagnosis: Diagnosis,
    tally: Tally,
}

impl Verdict {
    /// The end of a check that ran.
    pub(in crate::cli) const fn new(failure: Option<Failure>, diagnosis: Diagnosis, tally: Tally) -> Self {
        Self { failure, diagnosis, tally }
    }

    /// The end of a check that never began.
    pub(in crate::cli) fn failed(failure: Failure) -> Self {
        let findings = failure.findings.clone();
        Self::new(Some(failure), Diagnosis { findings, ..Diagnosis::default() }, Tally::default())
    }

    /// Whether everything asked for was confirmed.
    pub(in crate::cli) const fn is_ok(&self) -> bool {
        self.failure.is_none()
    }

    /// The findings that may be named: none while the facts do not decide.
    fn named(&self) -> &[Finding] {
        if self.diagnosis.undecided.is_some() { &[] } else { &self.diagnosis.findings }
    }

    /// One JSON object, the last line of the output.
    pub(in crate::cli) fn as_json(&self) -> Value {
        let first = self.named().first().filter(|_| !self.is_ok());
        let evidence = first.map(|finding| finding.evidence.iter().map(shown).collect::<Vec<_>>());
        let excluded = first.map(|finding| {
            let all = finding.excluded.iter();
            all.map(|one| json!({ "id": one.id, "key": one.key, "proof": one.proof.to(Lang::En) })).collect::<Vec<_>>()
        });
        json!({
            "kind": "verdict",
            "result": if self.is_ok() { "ok" } else { "failed" },
            "rung": if self.is_ok() { None } else { self.diagnosis.rung().map(Rung::key) },
            "finding": first.map(|finding| finding.id),
            "fault": self.failure.as_ref().map(Failure::text),
            "evidence": evidence,
            "excluded": excluded,
            "findings": self.named().iter().map(finding_json).collect::<Vec<_>>(),
            "undecided": undecided_ids(self.diagnosis.undecided.as_ref()),
            "step": self.diagnosis.undecided.as_ref().map(|open| open.step.what.to(Lang::En)),
            "episodes": self.diagnosis.episodes.iter().map(episode_json).collect::<Vec<_>>(),
            "published": self.tally.published(),
            "confirmed": self.tally.confirmed(),
            "failed": self.tally.failed(),
            "unknown": self.tally.unknown(),
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
        let open = [("not sent", self.tally.failed()), ("unknown whether sent", self.tally.unknown())];
        let open = open.iter().filter(|(_, count)| *count > 0).map(|(what, count)| format!(", {what} {count}"));
        let counted = format!(
            "published {}, confirmed {}{}, received {}{lost}",
            self.tally.published(),
            self.tally.confirmed(),
            open.collect::<String>(),
            self.tally.received()
        );
        let mut lines = Vec::new();
        if let Some(failure) = &self.failure {
            let place = self.diagnosis.rung().map_or_else(String::new, |rung| format!(" at {rung}"));
            lines.push(format!("FAILED{place}: {}", failure.text));
        }
        lines.extend(self.causes());
        lines.extend(self.diagnosis.episodes.iter().filter(|episode| episode.is_recovered).map(episode_line));
        lines.push(if self.is_ok() { format!("OK: {counted}") } else { format!("  {counted}") });
        for (name, times) in [("command to OK", self.tally.accept()), ("OK to confirmation", self.tally.ack())] {
            lines.extend(times.as_text().map(|times| format!("  {name}: {times}")));
        }
        lines.join("\n")
    }

    /// The first cause with what shows it and what to do, the others in a line each, or what would decide.
    fn causes(&self) -> Vec<String> {
        if let Some(open) = &self.diagnosis.undecided {
            let mut lines = vec![format!("  Undecided. What would decide: {}", open.step.what.to(Lang::En))];
            lines.extend(self.diagnosis.findings.first().into_iter().flat_map(evidence_lines));
            lines.extend(
                open.causes
                    .iter()
                    .map(|cause| format!("  perhaps {} {}: {}", cause.id, cause.key, cause.cause.to(Lang::En))),
            );
            return lines;
        }
        let mut findings = self.diagnosis.findings.iter();
        let Some(first) = findings.next() else { return Vec::new() };
        let mut lines = vec![format!("  {} {}: {}", first.id, first.key, first.cause.to(Lang::En))];
        lines.extend(evidence_lines(first));
        lines.push(format!("  What to do: {}", first.fix.to(Lang::En)));
        if !first.excluded.is_empty() {
            let names: Vec<_> = first.excluded.iter().map(|one| format!("{} {}", one.id, one.key)).collect();
            lines.push(format!("  Not the cause: {}", names.join(", ")));
        }
        lines.extend(findings.map(|other| format!("  or {} {}: {}", other.id, other.key, other.cause.to(Lang::En))));
        lines
    }
}

/// `  because 12.345 s, line 40: AT+MIPSTART="b",1883 → CONNECT FAIL`.
fn evidence_lines(finding: &Finding) -> Vec<String> {
    let line = |fact: &Fact| {
        let at = fact.at.map(|at| format!("{at} s"));
        let place: Vec<_> = at.into_iter().chain(fact.line.map(|line| format!("line {line}"))).collect();
        let place = if place.is_empty() { String::new() } else { format!(" {}", place.join(", ")) };
        format!("    because{place}: {}", shown(fact))
    };
    finding.evidence.iter().map(line).collect()
}

/// A fact for print and exports: without the numbers that name device and card, and without the client id, which often is one.
fn shown(fact: &Fact) -> String {
    shown_text(&fact.to_string())
}

/// `text` without the numbers that name device and card, and without the client id.
pub(in crate::cli) fn shown_text(text: &str) -> String {
    let Some((before, after)) = text.split_once(CONFIG) else { return unnamed(text) };
    let id = after.find([',', ' ']).unwrap_or(after.len());
    unnamed(&format!("{before}{CONFIG}***{}", &after[id..]))
}

/// Begins the line that holds the client id.
const CONFIG: &str = "AT+MCONFIG=";

fn episode_line(episode: &Episode) -> String {
    let end = episode.end.map_or_else(String::new, |end| format!(" to {end} s"));
    let why = episode.findings.first().filter(|finding| finding.is_named());
    let why = why.map_or_else(|| "cause undecided".to_owned(), |finding| format!("{} {}", finding.id, finding.key));
    format!("  recovered: {} s{end}: {} ({why})", episode.begin, episode.root.fault)
}

fn finding_json(finding: &Finding) -> Value {
    let evidence = finding
        .evidence
        .iter()
        .map(|fact| json!({ "at_ms": fact.at.map(millis), "line": fact.line, "text": shown(fact) }));
    json!({
        "id": finding.id,
        "certainty": finding.certainty.key(),
        "evidence": evidence.collect::<Vec<_>>(),
        "fix": finding.fix.to(Lang::En),
    })
}

fn undecided_ids(undecided: Option<&Undecided>) -> Vec<&'static str> {
    undecided.map(|open| open.causes.iter().map(|cause| cause.id).collect()).unwrap_or_default()
}

fn episode_json(episode: &Episode) -> Value {
    let named = episode.findings.iter().filter(|_| episode.undecided.is_none());
    json!({
        "begin_ms": millis(episode.begin),
        "end_ms": episode.end.map(millis),
        "rung": episode.rung.map(Rung::key),
        "recovered": episode.is_recovered,
        "times": episode.times,
        "findings": named.map(|finding| finding.id).collect::<Vec<_>>(),
        "undecided": undecided_ids(episode.undecided.as_ref()),
    })
}

/// Milliseconds since the link opened, to the microsecond.
fn millis(at: Moment) -> f64 {
    (at.since_open().as_secs_f64() * 1_000_000.0).round() / 1_000.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        diagnosis::{Case, Course, diagnose},
        modem::event::{Event, Fault, PortFault},
    };

    fn judged(fault: &Fault) -> Diagnosis {
        let mut course = Course::default();
        course.give_up(fault);
        diagnose(&Case { course: &course, now: Moment::ZERO })
    }

    #[test]
    fn lost_messages_stand_in_the_verdict() {
        let mut tally = Tally::default();
        assert!(!Verdict::new(None, Diagnosis::default(), Tally::default()).as_text().contains("lost"));
        let note = crate::modem::event::Note::KeptMessagesLost { count: 2 };
        tally.take(&Event::Note { at: Moment::ZERO, note });
        let verdict = Verdict::new(None, Diagnosis::default(), tally);
        assert_eq!(verdict.as_text(), "OK: published 0, confirmed 0, received 0, lost in the module's cache 2");
        assert_eq!(verdict.as_json()["lost_in_module"], 2);
    }

    #[test]
    fn what_nothing_decides_is_told_as_that() {
        let fault = Fault::Silent { tries: 5 };
        let verdict = Verdict::new(Some(Failure::plain(fault.to_string())), judged(&fault), Tally::default());
        let text = verdict.as_text();
        assert!(text.starts_with("FAILED at at: no answer to AT after 5 tries"), "{text}");
        assert!(text.contains("What would decide: ") && text.contains("perhaps F-001"), "{text}");
        let json = verdict.as_json();
        assert_eq!((&json["rung"], &json["finding"]), (&json!("at"), &json!(null)));
        assert!(json["undecided"].as_array().is_some_and(|ids| ids.contains(&json!("F-008"))), "{json}");
        assert_eq!(json["latency_ms"]["ack"]["count"], 0);
    }

    #[test]
    fn evidence_names_neither_device_nor_client() {
        let fact = Fact::new("AT+MCONFIG=\"unit-7\",\"root\",*** → OK");
        assert_eq!(shown(&fact), "AT+MCONFIG=***,\"root\",*** → OK");
        assert_eq!(shown(&Fact::new("866000000000017")), "***************");
    }

    #[test]
    fn a_named_cause_stands_with_what_shows_it() {
        let fault = Fault::Port(PortFault::Busy { port: "COM5".into() });
        let verdict = Verdict::new(Some(Failure::plain(fault.to_string())), judged(&fault), Tally::default());
        let (text, json) = (verdict.as_text(), verdict.as_json());
        assert!(text.contains("What to do: ") && text.contains("because"), "{text}");
        assert_eq!(json["findings"][0]["id"], "F-002");
        assert_eq!(json["findings"][0]["certainty"], "seen");
        assert_eq!(json["undecided"], json!([]));
    }
}
