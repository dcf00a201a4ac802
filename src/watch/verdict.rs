//! How a watch ended: whether all was well, why not, and the figures, for programs and for people.

use crate::lang::Lang;

use serde_json::{Value, json};

use super::{Dropped, Proof, Summary};

/// How the watching itself ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ending {
    /// It was stopped before its time.
    pub is_early: bool,
    /// Why nothing was to be watched: there never was a session.
    pub fault: Option<String>,
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

    /// Why not all was well, in English.
    pub fn failure(&self) -> Option<String> {
        let drops = self.summary.drops.len();
        if let Some(fault) = &self.ending.fault {
            return Some(fault.clone());
        }
        if self.summary.openings == 0 {
            return Some("the session never opened".to_owned());
        }
        if let Some(open) = self.summary.open_drop() {
            return Some(format!("the session was lost at {} and did not come back", open.begin));
        }
        let most = self.summary.plan.as_ref().and_then(|plan| plan.max_drops);
        if let Some(most) = most.filter(|most| drops > *most as usize) {
            return Some(format!("the session was lost {drops} times, {most} allowed"));
        }
        // A number that was allowed is no failure, whatever made it.
        let pattern = self.pattern().filter(|_| most.is_none());
        if let Some((id, count)) = pattern {
            return Some(format!("the session was lost {count} times by {id}"));
        }
        self.ending.is_early.then(|| "stopped before the end".to_owned())
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
            "fault": self.failure(),
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
            "signal_dbm": summary.signal.map(|(least, most)| json!({ "least": least, "most": most })),
        })
    }

    /// Some lines for people, in both languages.
    pub fn as_text(&self) -> String {
        let words = self.summary.words();
        let mut lines = Vec::new();
        if let Some(failure) = self.failure() {
            let cause = self.finding().map_or_else(String::new, |id| format!(" ({id})"));
            lines.push(format!("FAILED: {failure}{cause}"));
            lines.extend(self.shown_by().iter().map(|proof| {
                let at = proof.t.map_or_else(String::new, |t| format!(" {}", t.local()));
                format!("    because{at}: {}", proof.text)
            }));
        }
        lines.extend(self.summary.drops.iter().map(drop_line));
        lines.push(format!("{}{}", if self.is_ok() { "OK: " } else { "  " }, words.to(Lang::En)));
        lines.push(format!("  {}", words.to(Lang::ZhCn)));
        let summary = self.summary;
        let open = format!("not sent {}, unknown whether sent {}", summary.failed, summary.unknown);
        let counted = format!(
            "published {}, confirmed {}, {open}, received {}",
            summary.published, summary.confirmed, summary.received
        );
        lines.push(format!("  {counted}"));
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

fn drop_line(drop: &Dropped) -> String {
    let lasted = drop.lasted().map_or_else(|| "still lost".to_owned(), |span| format!("{:.1} s", span.as_secs_f64()));
    let signal = drop.rssi_dbm.map_or_else(String::new, |dbm| format!(", signal {dbm} dBm before"));
    let why = match (&drop.finding, drop.undecided.is_empty()) {
        (Some(id), _) => id.clone(),
        (None, true) => "unexplained".to_owned(),
        (None, false) => format!("unexplained, perhaps {}", drop.undecided.join(", ")),
    };
    let back = drop.helped.map_or_else(String::new, |way| format!(", back by {}", way.words()));
    let gap = if drop.has_gap { ", for a part of it nobody watched" } else { "" };
    format!(
        "  drop {} at {}: {lasted}{gap}{back}; {}; quiet for {} s{signal}: {why}",
        drop.number,
        drop.begin.local(),
        drop.text,
        drop.quiet.as_secs()
    )
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
        assert!(Verdict::new(&lasting, &ending).failure().is_some_and(|text| text.contains("did not come back")));
        assert!(!Verdict::new(&of(&[run(0), beat(9)]), &ending).is_ok(), "there never was a session");
    }
}
