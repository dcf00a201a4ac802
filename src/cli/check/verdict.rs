//! How a check ended.

use std::borrow::Cow;

use serde_json::{Value, json};

use super::{tally::Tally, words};
use crate::{
    diagnosis::{Diagnosis, Episode, Fact, Finding, Undecided},
    lang::{Lang, Text},
    modem::status::Rung,
    time::Moment,
    trace::unnamed,
};

/// Why a check failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::cli) struct Failure {
    said: Text,
    findings: Vec<Finding>,
}

impl Failure {
    /// A wrong input, told before anything was opened.
    pub(in crate::cli) const fn input(said: Text, findings: Vec<Finding>) -> Self {
        Self { said, findings }
    }

    /// What happened; why stands in the diagnosis, or in the text itself.
    pub(in crate::cli) const fn plain(said: Text) -> Self {
        Self::input(said, Vec::new())
    }

    /// What happened.
    pub(in crate::cli) const fn said(&self) -> &Text {
        &self.said
    }

    /// What happened, in English, as programs read it.
    pub(in crate::cli) fn text(&self) -> Cow<'_, str> {
        self.said.to(Lang::En)
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
    pub(in crate::cli) fn as_text(&self, lang: Lang) -> String {
        let mut lines = Vec::new();
        if let Some(failure) = &self.failure {
            let failed = match self.diagnosis.rung() {
                Some(rung) => Text::new("check-failed-at").with("rung", words::rung(rung)),
                None => Text::new("check-failed"),
            };
            lines.push(failed.with("why", failure.said.clone()).to(lang).into_owned());
        }
        lines.extend(self.causes(lang));
        let recovered = self.diagnosis.episodes.iter().filter(|episode| episode.is_recovered);
        lines.extend(recovered.map(|episode| format!("  {}", recovered_words(episode).to(lang))));
        let counted = self.counted();
        lines.push(if self.is_ok() {
            Text::new("check-ok").with("counted", counted).to(lang).into_owned()
        } else {
            format!("  {}", counted.to(lang))
        });
        for (key, times) in [("check-times-accept", self.tally.accept()), ("check-times-ack", self.tally.ack())] {
            let told = times.as_text().map(|times| Text::new(key).put("times", times));
            lines.extend(told.map(|told| format!("  {}", told.to(lang))));
        }
        lines.join("\n")
    }

    fn counted(&self) -> Text {
        let tally = &self.tally;
        let mut parts = vec![
            Text::new("check-published").put("count", tally.published()),
            Text::new("check-confirmed").put("count", tally.confirmed()),
        ];
        if tally.failed() > 0 {
            parts.push(Text::new("check-not-sent").put("count", tally.failed()));
        }
        if tally.unknown() > 0 {
            parts.push(Text::new("check-perhaps-sent").put("count", tally.unknown()));
        }
        parts.push(Text::new("check-received").put("count", tally.received()));
        if tally.lost() > 0 {
            parts.push(Text::new("check-lost").put("count", tally.lost()));
        }
        Text::list(parts, "watch-comma")
    }

    /// The first cause with what shows it and what to do, the others in a line each, or what would decide.
    fn causes(&self, lang: Lang) -> Vec<String> {
        let line = |text: Text| format!("  {}", text.to(lang));
        if let Some(open) = &self.diagnosis.undecided {
            let mut lines = vec![line(Text::new("check-undecided").with("step", open.step.what))];
            lines.extend(self.diagnosis.findings.first().into_iter().flat_map(|first| evidence_lines(first, lang)));
            lines.extend(open.causes.iter().map(|cause| {
                let perhaps = Text::new("check-perhaps").put("id", cause.id).put("key", cause.key);
                line(perhaps.with("cause", cause.cause))
            }));
            return lines;
        }
        let mut findings = self.diagnosis.findings.iter();
        let Some(first) = findings.next() else { return Vec::new() };
        let cause =
            |text: Text, one: &Finding| line(text.put("id", one.id).put("key", one.key).with("cause", one.cause));
        let mut lines = vec![cause(Text::new("check-cause"), first)];
        lines.extend(evidence_lines(first, lang));
        lines.push(line(Text::new("check-fix").with("fix", first.fix)));
        if !first.excluded.is_empty() {
            let names = first.excluded.iter().map(|one| Text::plain(format!("{} {}", one.id, one.key)));
            lines.push(line(Text::new("check-excluded").with("names", Text::list(names, "watch-comma"))));
        }
        lines.extend(findings.map(|other| cause(Text::new("check-or"), other)));
        lines
    }
}

/// `    because 12.345 s, line 40: AT+MIPSTART="b",1883 → CONNECT FAIL`.
fn evidence_lines(finding: &Finding, lang: Lang) -> Vec<String> {
    let line = |fact: &Fact| {
        let at = fact.at.map(|at| Text::new("check-place-time").put("at", at));
        let line = fact.line.map(|line| Text::new("check-place-line").put("line", line));
        let place: Vec<_> = at.into_iter().chain(line).collect();
        let because = if place.is_empty() {
            Text::new("check-because")
        } else {
            Text::new("check-because-at").with("place", Text::list(place, "watch-comma"))
        };
        format!("    {}", because.put("fact", shown_text(&fact.told(lang))).to(lang))
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

fn recovered_words(episode: &Episode) -> Text {
    let text = match episode.end {
        Some(end) => Text::new("check-recovered").put("end", end),
        None => Text::new("check-recovered-open"),
    };
    let why = episode.findings.first().filter(|finding| finding.is_named());
    let why = why.map_or(Text::new("check-cause-undecided"), |one| Text::plain(format!("{} {}", one.id, one.key)));
    text.put("begin", episode.begin).with("fault", episode.root.fault.text()).with("why", why)
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
        assert!(!Verdict::new(None, Diagnosis::default(), Tally::default()).as_text(Lang::En).contains("lost"));
        let note = crate::modem::event::Note::KeptMessagesLost { count: 2 };
        tally.take(&Event::Note { at: Moment::ZERO, note });
        let verdict = Verdict::new(None, Diagnosis::default(), tally);
        assert_eq!(verdict.as_text(Lang::En), "OK: published 0, confirmed 0, received 0, lost in the module's cache 2");
        assert_eq!(verdict.as_json()["lost_in_module"], 2);
    }

    #[test]
    fn what_nothing_decides_is_told_as_that() {
        let fault = Fault::Silent { tries: 5 };
        let verdict = Verdict::new(Some(Failure::plain(fault.text())), judged(&fault), Tally::default());
        let text = verdict.as_text(Lang::En);
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
        let verdict = Verdict::new(Some(Failure::plain(fault.text())), judged(&fault), Tally::default());
        let (text, json) = (verdict.as_text(Lang::En), verdict.as_json());
        assert!(text.contains("What to do: ") && text.contains("because"), "{text}");
        assert_eq!(json["findings"][0]["id"], "F-002");
        assert_eq!(json["findings"][0]["certainty"], "seen");
        assert_eq!(json["undecided"], json!([]));
    }
}
