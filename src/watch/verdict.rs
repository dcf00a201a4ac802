//! How a watch ended: whether all was well, why not, and the figures, for programs and for people.

use crate::lang::{Lang, Text};

use serde_json::{Value, json};

use super::{Dropped, Proof, Summary};

/// How the watching itself ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ending {
    /// It was stopped before its time.
    pub is_early: bool,
    /// Why nothing was to be watched: there never was a session.
    pub fault: Option<Text>,
    /// The cause of that, when one is named.
    pub finding: Option<String>,
    /// What shows it.
    pub evidence: Vec<Proof>,
}

/// How a watch ended.
#[derive(Clone, Copy, Debug)]
pub struct Verdict<'a> {
    summary: &'a Summary,
    ending: &'a Ending,
}

impl<'a> Verdict<'a> {
    /// The verdict on what was watched.
    pub const fn new(summary: &'a Summary, ending: &'a Ending) -> Self {
        Self { summary, ending }
    }

    /// Whether all was well.
    pub fn is_ok(&self) -> bool {
        self.failure().is_none()
    }

    /// Why not all was well.
    pub fn failure(&self) -> Option<Text> {
        let drops = self.summary.drops.len();
        if let Some(fault) = &self.ending.fault {
            return Some(fault.clone());
        }
        if self.summary.openings == 0 {
            return Some(Text::new("watch-never-opened"));
        }
        if let Some(open) = self.summary.open_drop() {
            return Some(Text::new("watch-did-not-come-back").put("at", open.begin));
        }
        let most = self.summary.plan.as_ref().and_then(|plan| plan.max_drops);
        if let Some(most) = most.filter(|most| drops > *most as usize) {
            return Some(Text::new("watch-lost-too-often").put("drops", drops).put("most", most));
        }
        // A number that was allowed is no failure, whatever made it.
        let pattern = self.pattern().filter(|_| most.is_none());
        if let Some((id, count)) = pattern {
            return Some(Text::new("watch-lost-by-one-cause").put("count", count).put("id", id));
        }
        self.ending.is_early.then_some(Text::new("check-stopped"))
    }

    /// The cause that explains the most, when it failed.
    pub fn finding(&self) -> Option<&'a str> {
        if self.is_ok() {
            return None;
        }
        self.ending.finding.as_deref().or_else(|| self.most_frequent().map(|(id, _)| id))
    }

    /// The last drop of that cause: what shows it.
    pub fn shown_by(&self) -> &'a [Proof] {
        let Some(id) = self.finding() else { return &[] };
        let of_cause = self.summary.drops.iter().rev().find(|drop| drop.finding.as_deref() == Some(id));
        of_cause.map_or(self.ending.evidence.as_slice(), |drop| drop.evidence.as_slice())
    }

    /// One JSON object, the last line of the output.
    pub fn as_json(&self) -> Value {
        let summary = self.summary;
        json!({
            "kind": "verdict",
            "result": if self.is_ok() { "ok" } else { "failed" },
            "watched_s": seconds(summary.watched),
            "up_s": seconds(summary.up),
            "drops": summary.drops.iter().map(drop_json).collect::<Vec<_>>(),
            "by_cause": summary.by_cause(),
            "per_hour": (summary.per_hour() * 1_000.0).round() / 1_000.0,
            "published": summary.published,
            "confirmed": summary.confirmed,
            "received": summary.received,
            "finding": self.finding(),
        })
    }

    /// One JSON object that stands before the verdict: what it says in words, what shows its cause, and the rest of the figures.
    pub fn summary_json(&self) -> Value {
        let summary = self.summary;
        let words = summary.words();
        let gaps = summary.gaps.iter().map(|(from, to)| json!({ "from": from.to_string(), "to": to.to_string() }));
        let proof = |proof: &Proof| json!({ "at": proof.t.map(|t| t.to_string()), "text": proof.text });
        json!({
            "kind": "summary",
            "words": { "en": words.to(Lang::En), "zh": words.to(Lang::ZhCn) },
            "fault": self.failure().map(|failure| failure.to(Lang::En).into_owned()),
            "evidence": self.shown_by().iter().map(proof).collect::<Vec<_>>(),
            "complete": summary.is_over,
            "unexplained": summary.unexplained(),
            "longest_quiet_s": seconds(summary.longest_quiet),
            "failed": summary.failed,
            "unknown": summary.unknown,
            "runs": summary.runs,
            "unwatched_s": seconds(summary.unwatched),
            "gaps": gaps.collect::<Vec<_>>(),
            "drops": summary.drops.iter().map(details_json).collect::<Vec<_>>(),
            "cells": summary.cells.iter().map(|(area, cell)| format!("{area:X}-{cell:X}")).collect::<Vec<_>>(),
            "operators": summary.operators,
            "supply_mv": summary.supply.map(|(least, most)| json!({ "least": least, "most": most })),
            "signal_dbm": summary.signal.map(|(least, most)| json!({ "least": least, "most": most })),
        })
    }

    /// Some lines for people.
    pub fn as_text(&self, lang: Lang) -> String {
        let mut lines = Vec::new();
        if let Some(failure) = self.failure() {
            let failed = match self.finding() {
                Some(id) => Text::new("watch-failed-by").put("id", id),
                None => Text::new("check-failed"),
            };
            lines.push(failed.with("why", failure).to(lang).into_owned());
            lines.extend(self.shown_by().iter().map(|proof| {
                let because = match proof.t {
                    Some(t) => Text::new("check-because-at").put("place", t.local()),
                    None => Text::new("check-because"),
                };
                format!("    {}", because.put("fact", proof.to(lang)).to(lang))
            }));
        }
        lines.extend(self.summary.drops.iter().map(|drop| format!("  {}", drop_words(drop).to(lang))));
        let words = self.summary.words();
        lines.push(if self.is_ok() {
            Text::new("check-ok").with("counted", words).to(lang).into_owned()
        } else {
            format!("  {}", words.to(lang))
        });
        let summary = self.summary;
        let counted = [
            Text::new("check-published").put("count", summary.published),
            Text::new("check-confirmed").put("count", summary.confirmed),
            Text::new("check-not-sent").put("count", summary.failed),
            Text::new("check-perhaps-sent").put("count", summary.unknown),
            Text::new("check-received").put("count", summary.received),
        ];
        lines.push(format!("  {}", Text::list(counted, "watch-comma").to(lang)));
        lines.join("\n")
    }

    fn most_frequent(&self) -> Option<(&'a str, u32)> {
        let counts = self.summary.by_cause();
        counts.into_iter().max_by_key(|(id, count)| (*count, std::cmp::Reverse(*id)))
    }

    /// One cause again and again: nobody would call that well, although each loss was put right.
    fn pattern(&self) -> Option<(&'a str, u32)> {
        self.most_frequent().filter(|(_, count)| *count >= PATTERN)
    }
}

fn drop_json(drop: &Dropped) -> Value {
    json!({ "begin": drop.begin.to_string(), "end": drop.end.map(|end| end.to_string()), "finding": drop.finding })
}

/// What the verdict has no room for: what was seen before a drop, and what brought the session back.
fn details_json(drop: &Dropped) -> Value {
    json!({
        "n": drop.number,
        "by": drop.by,
        "text": drop.text,
        "lasted_s": drop.lasted().map(seconds),
        "gap": drop.has_gap,
        "quiet_s": drop.quiet.as_secs(),
        "rssi_dbm": drop.rssi_dbm,
        "lines": drop.lines,
        "certainty": drop.certainty,
        "undecided": drop.undecided,
        "helped": drop.helped,
    })
}

fn drop_words(drop: &Dropped) -> Text {
    let lasted = drop.lasted().map_or(Text::new("watch-still-lost"), |span| {
        Text::new("watch-seconds").put("seconds", format_args!("{:.1}", span.as_secs_f64()))
    });
    let mut course = vec![lasted];
    if drop.has_gap {
        course.push(Text::new("watch-partly-unwatched"));
    }
    course.extend(drop.helped.map(|way| Text::new("watch-back-by").with("way", way.words())));
    let mut before = vec![Text::new("watch-quiet-before").put("seconds", drop.quiet.as_secs())];
    before.extend(drop.rssi_dbm.map(|dbm| Text::new("watch-signal-before").put("dbm", dbm)));
    let why = match (&drop.finding, drop.undecided.is_empty()) {
        (Some(id), _) => Text::plain(id.as_str()),
        (None, true) => Text::new("watch-no-cause"),
        (None, false) => Text::new("watch-perhaps").put("ids", drop.undecided.join(", ")),
    };
    Text::new("watch-drop-line")
        .put("number", drop.number)
        .put("at", drop.begin.local())
        .with("course", Text::list(course, "watch-comma"))
        .with("what", drop.by.words())
        .with("before", Text::list(before, "watch-comma"))
        .with("why", why)
}

/// Seconds, to the millisecond.
fn seconds(span: std::time::Duration) -> f64 {
    (span.as_secs_f64() * 1_000.0).round() / 1_000.0
}

/// So many losses by one cause make a pattern.
const PATTERN: u32 = 3;

#[cfg(test)]
mod tests {
    use super::{
        super::{
            Entry, Reason,
            summary::tests::{beat, lost, of, run, wall, why},
        },
        *,
    };

    fn watched(findings: &[Option<&str>]) -> Summary {
        let mut entries = vec![run(0), Entry::Up { t: wall(1) }];
        for (n, finding) in (1_u32..).zip(findings) {
            let at = i64::from(n) * 100;
            entries.extend([lost(at, n, Reason::Closed, None), why(at, n, *finding), Entry::Up { t: wall(at + 10) }]);
        }
        entries.extend([beat(3_600), Entry::End { t: wall(3_600) }]);
        of(&entries)
    }

    #[test]
    fn the_verdict_holds_what_was_counted_and_no_more() {
        let summary = watched(&[Some("F-185"), None]);
        let ending = Ending::default();
        let verdict = Verdict::new(&summary, &ending).as_json();
        let wanted = json!({
            "kind": "verdict", "result": "ok", "watched_s": 3_600.0, "up_s": 3_579.0,
            "drops": [
                { "begin": wall(100).to_string(), "end": wall(110).to_string(), "finding": "F-185" },
                { "begin": wall(200).to_string(), "end": wall(210).to_string(), "finding": null },
            ],
            "by_cause": { "F-185": 1 }, "per_hour": 2.0, "published": 0, "confirmed": 0, "received": 0, "finding": null,
        });
        assert_eq!(verdict, wanted);
    }

    #[test]
    fn one_cause_three_times_is_a_failure_by_it() {
        let ending = Ending::default();
        let summary = watched(&[Some("F-149"), Some("F-149"), None, Some("F-149")]);
        let verdict = Verdict::new(&summary, &ending);
        assert_eq!((verdict.is_ok(), verdict.finding()), (false, Some("F-149")));
        assert!(Verdict::new(&watched(&[Some("F-149"), None, Some("F-185"), Some("F-149")]), &ending).is_ok());
    }

    #[test]
    fn what_is_allowed_what_lasts_and_what_was_stopped() {
        let (ending, stopped) = (Ending::default(), Ending { is_early: true, ..Ending::default() });
        let mut summary = watched(&[Some("F-149"), Some("F-149"), Some("F-149")]);
        let plan = super::super::Plan {
            t: wall(0),
            version: 1,
            for_s: 3_600,
            publish_every_s: None,
            qos: 0,
            signal_every_s: None,
            keep_alive_s: 120,
            broker: String::new(),
            max_drops: Some(3),
        };
        summary.plan = Some(plan);
        assert!(Verdict::new(&summary, &ending).is_ok(), "three were allowed");
        assert!(!Verdict::new(&summary, &stopped).is_ok());
        summary.plan.iter_mut().for_each(|plan| plan.max_drops = Some(2));
        assert!(!Verdict::new(&summary, &ending).is_ok());
        let lasting = of(&[run(0), Entry::Up { t: wall(1) }, lost(5, 1, Reason::Closed, None), beat(9)]);
        assert!(
            Verdict::new(&lasting, &ending)
                .failure()
                .is_some_and(|text| text.to(Lang::En).contains("did not come back"))
        );
        assert!(!Verdict::new(&of(&[run(0), beat(9)]), &ending).is_ok(), "there never was a session");
    }
}
