//! What is shown of a log: the bar above it, its episodes with the lines that show them, its rows.

use std::{borrow::Cow, time::Duration};

use super::{Block, Log, formats};
use crate::{
    diagnosis::{Fact, Finding},
    doctor::{Account, Change, Comparison, Findings, Outcome, Retold, Stop},
    lang::{Lang, Phrase, Text},
    model::Model,
    view::{
        fault, files,
        ladder::{self, LadderView, Next},
        rung,
        troubleshoot::{self, Certainty},
    },
};

/// The bar above a log.
#[derive(Clone, Debug, PartialEq)]
pub struct BarView {
    /// Name of its file; `None` for a text that was pasted.
    pub name: Option<String>,
    /// What it is, or how far it is read.
    pub about: Text,
    /// Whether it is being read.
    pub is_reading: bool,
    /// The family that somebody said it is of.
    pub format: Option<&'static str>,
    /// The families that it may be of: key, and name for people.
    pub formats: Vec<(&'static str, &'static str)>,
    /// The names of its ports; one at most where there is nothing to choose.
    pub ports: Vec<String>,
    /// The port that is looked at.
    pub port: usize,
    /// Whether it is read again when its file becomes another; `None` for what is no file.
    pub follows: Option<bool>,
}

/// What a log comes to.
#[derive(Clone, Debug, PartialEq)]
pub struct PageView<'a> {
    /// The one word, and the sentence to it; `None` while it is read.
    pub verdict: Option<(Standing, Text)>,
    /// What happened to the file, or why it was not read.
    pub note: Option<Text>,
    /// How many messages there were.
    pub counts: Option<Text>,
    /// Lines that show what the verdict says.
    pub shown: &'a [u32],
    /// What went wrong, in the order of the lines.
    pub episodes: Vec<EpisodeView<'a>>,
    /// Episodes that are not listed.
    pub more: usize,
    /// A try that failed beside one that did not.
    pub comparison: Option<&'a Comparison>,
}

/// How a log stands, for the mark beside the verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// All is well.
    Well,
    /// All was well again.
    WellAgain,
    /// Something is wrong.
    Wrong,
    /// It is no log of such a module.
    Other,
}

/// One episode.
#[derive(Clone, Debug, PartialEq)]
pub struct EpisodeView<'a> {
    /// Its place among the episodes, from 0.
    pub place: usize,
    /// Where and when.
    pub when: Text,
    /// Its first line.
    pub begin_line: u32,
    /// Name of the word of the rung that it is about.
    pub rung: Option<&'static str>,
    /// Whether it was put right.
    pub is_recovered: bool,
    /// What failed; `None` for what is wrong although nothing failed.
    pub fault: Option<Text>,
    /// What would decide, where the log does not.
    pub step: Option<Phrase>,
    /// Why, likeliest first.
    pub causes: Vec<CauseView<'a>>,
}

/// One cause.
#[derive(Clone, Debug, PartialEq)]
pub struct CauseView<'a> {
    /// Number of the catalogue.
    pub id: &'static str,
    /// How sure it is; `None` while the log does not decide.
    pub certainty: Option<Certainty>,
    /// What is wrong.
    pub cause: Phrase,
    /// What to do.
    pub fix: Option<Phrase>,
    /// What shows it.
    pub facts: Vec<FactView<'a>>,
}

/// One fact.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FactView<'a> {
    /// Its line in the log.
    pub line: Option<u32>,
    /// As it was seen.
    pub fact: &'a Fact,
    /// How long it took.
    pub took: Option<Duration>,
}

impl FactView<'_> {
    /// As it reads in `lang`.
    pub fn words(&self, lang: Lang) -> Cow<'_, str> {
        self.fact.to(lang)
    }
}

/// The bar above `log`.
pub fn bar(log: &Log) -> BarView {
    let about = log.end.as_ref().map_or_else(|| reading(log), |end| about(&end.findings));
    let port = |(place, port): (usize, &Retold)| port.name.clone().unwrap_or_else(|| format!("{}", place + 1));
    BarView {
        name: Some(log.name.clone()).filter(|name| !name.is_empty()),
        about,
        is_reading: log.end.is_none(),
        format: log.format,
        formats: formats().collect(),
        ports: log.ports.iter().enumerate().map(port).collect(),
        port: log.port,
        follows: log.is_file.then_some(log.follows),
    }
}

/// The ladder of the port of `log` that is looked at, as it stands at its end; `None` while that is not known.
pub fn ladder(log: &Log, model: Option<&Model>) -> Option<LadderView> {
    let mut view = ladder::of(model?, log.rung, &troubleshoot::Screen::default());
    let device = log.looked_at().and_then(|port| port.name.as_deref());
    let lasting = log.end.iter().flat_map(|end| &end.findings.episodes).filter(|told| !told.is_recovered);
    let accused = lasting.filter(|told| told.device.as_deref() == device && told.rung == log.rung).last();
    let named = accused.filter(|told| told.undecided.is_none()).and_then(|told| told.findings.first());
    if let (Some(evidence), Some(finding)) = (&mut view.evidence, named.filter(|finding| finding.is_named()))
        && evidence.next.is_some()
    {
        evidence.next = Some(Next::Finding(finding.id, finding.cause, finding.fix));
    }
    Some(view)
}

/// What `log` comes to.
pub fn page(log: &Log) -> PageView<'_> {
    let Some(end) = &log.end else {
        let (verdict, note, counts) = (None, None, None);
        return PageView { verdict, note, counts, shown: &[], episodes: Vec::new(), more: 0, comparison: None };
    };
    let findings = &*end.findings;
    let stop = end.stop.as_ref().map(|stop| stopped(&log.name, stop));
    let is_read = end.stop.is_none();
    let counts = matches!(findings.result, Outcome::Healthy | Outcome::Trouble | Outcome::Recovered);
    PageView {
        verdict: is_read.then(|| verdict(findings)),
        note: stop.or_else(|| findings.change.map(changed)),
        counts: counts.then(|| {
            Text::new("recorded-counts")
                .with("published", findings.published)
                .with("confirmed", findings.confirmed)
                .with("received", findings.received)
        }),
        shown: &findings.shown,
        episodes: findings.episodes.iter().take(MOST_EPISODES).enumerate().map(episode).collect(),
        more: findings.episodes.len().saturating_sub(MOST_EPISODES),
        comparison: log.looked_at().and_then(|port| port.comparison.as_ref()),
    }
}

/// The lines of `log` that may be shown, and the block of `line` when it has to be asked for.
pub fn lines(log: &Log, line: u32) -> Option<Block> {
    let block = Block::of(line);
    let there = (log.lines + 1).saturating_sub(block.first());
    log.rows.is_wanting(block, there).then_some(block)
}

fn reading(log: &Log) -> Text {
    let percent = log.length.filter(|length| *length > 0).map(|length| log.bytes.min(length) * 100 / length);
    Text::new("recorded-reading").with("percent", percent.unwrap_or(0)).with("lines", log.lines)
}

fn about(findings: &Findings) -> Text {
    Text::new("recorded-about")
        .with("format", findings.format_name)
        .with("encoding", findings.encoding)
        .with("lines", findings.lines)
        .with("sessions", findings.sessions)
}

fn verdict(findings: &Findings) -> (Standing, Text) {
    let kind = findings.kind;
    match findings.result {
        Outcome::Healthy => (Standing::Well, Text::new("recorded-healthy")),
        Outcome::Trouble => (Standing::Wrong, Text::new("recorded-trouble")),
        Outcome::Recovered => (Standing::WellAgain, Text::new("recorded-recovered")),
        Outcome::OtherFirmware => (Standing::Other, Text::new("recorded-other-firmware")),
        Outcome::OtherVendor => (Standing::Other, Text::new("recorded-other-vendor")),
        Outcome::NoLog => match kind {
            Some(kind) => (Standing::Other, Text::new("recorded-other-kind").with("kind", kind)),
            None if findings.lines == 0 => (Standing::Other, Text::new("recorded-empty")),
            None => (Standing::Other, Text::new("recorded-no-log").with("lines", findings.lines)),
        },
    }
}

fn stopped(name: &str, stop: &Stop) -> Text {
    match stop {
        Stop::Refused(fault) => files::fault_text(name, fault),
        Stop::Unreadable(detail) => Text::new("recorded-unreadable").with("detail", detail.as_str()),
        Stop::Nothing => Text::new("recorded-nothing"),
        Stop::Unwanted => Text::new("recorded-unwanted"),
    }
}

fn changed(change: Change) -> Text {
    match change {
        Change::Rewritten => Text::new("recorded-rewritten"),
        Change::Shrank { read, length } => Text::new("recorded-shrank").with("read", read).with("length", length),
        Change::Grew { read, length } => Text::new("recorded-grew").with("read", read).with("length", length),
    }
}

fn episode((place, told): (usize, &Account)) -> EpisodeView<'_> {
    let when = match (&told.begin, &told.end) {
        (Some(begin), Some(end)) => {
            Text::new("recorded-from-to").with("begin", begin.as_str()).with("end", end.as_str())
        }
        (Some(begin), None) => Text::new("recorded-from").with("begin", begin.as_str()),
        (None, _) => Text::new("recorded-timeless"),
    };
    let device = told.device.as_deref().map_or_else(String::new, |device| format!("{device} · "));
    let when = when
        .with("device", device)
        .with("first", told.begin_line)
        .with("last", told.end_line)
        .with("times", told.times);
    EpisodeView {
        place,
        when,
        begin_line: told.begin_line,
        rung: told.rung.map(rung::key),
        is_recovered: told.is_recovered,
        fault: told.root.as_ref().map(|root| fault::text(&root.fault)),
        step: told.undecided.as_ref().map(|open| open.step.what),
        causes: causes(told),
    }
}

fn causes(told: &Account) -> Vec<CauseView<'_>> {
    let Some(open) = &told.undecided else {
        let named = told.findings.iter().filter(|finding| finding.is_named());
        return named
            .map(|finding| CauseView {
                id: finding.id,
                certainty: Some(finding.certainty),
                cause: finding.cause,
                fix: Some(finding.fix),
                facts: facts(finding),
            })
            .collect();
    };
    let facts_of = |id| told.findings.iter().find(|finding| finding.id == id).map(facts).unwrap_or_default();
    let candidate = |(place, cause): (usize, &&'static crate::diagnosis::Cause)| CauseView {
        id: cause.id,
        certainty: None,
        cause: cause.cause,
        fix: None,
        // They rest on the same lines.
        facts: if place == 0 { facts_of(cause.id) } else { Vec::new() },
    };
    open.causes.iter().enumerate().map(candidate).collect()
}

fn facts(finding: &Finding) -> Vec<FactView<'_>> {
    finding.evidence.iter().map(|fact| FactView { line: fact.line, fact, took: fact.took }).collect()
}

/// So many episodes are listed.
const MOST_EPISODES: usize = 100;
