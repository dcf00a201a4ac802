//! A report on a connection: what a log's report says, and what is known beside the wire: the plan with its answers, the server's
//! certificates, which suites it takes.

use chrono::DateTime;

use super::{
    super::heard::{Heard, without_client_id},
    parts, picture,
};
use crate::{
    diagnosis::{Diagnosis, Fact, Here},
    lang::Text,
    modem::event::ExchangeRecord,
    report::{Block, Mark, Recording, Report, Section, Step},
    time::{Moment, WallAnchor},
};

/// What is known of a connection.
#[derive(Clone, Debug)]
pub struct Live {
    /// Its port.
    pub port: String,
    /// Whether a virtual modem is at the other end.
    pub is_simulated: bool,
    /// What it was to reach, as `host:port`; empty when that is not known.
    pub target: String,
    /// What is wrong, and why.
    pub diagnosis: Diagnosis,
    /// What passed.
    pub heard: Heard,
    /// The time of day that moments count from.
    pub anchor: Option<WallAnchor>,
    /// The commands of the plan, each with its answer.
    pub plan: Vec<Answered>,
    /// What this computer got.
    pub here: Option<Here>,
    /// Messages published, confirmed, received.
    pub counts: [u64; 3],
}

/// A command with what came of it.
#[derive(Clone, Debug)]
pub struct Answered {
    /// The command, secrets masked.
    pub command: String,
    /// Its answer; empty where none came.
    pub answer: String,
    /// Whether it was answered well; `None` when it was not asked, or nobody minds.
    pub is_good: Option<bool>,
}

impl Answered {
    /// A line of the plan that was not sent.
    pub fn unasked(command: &str) -> Self {
        Self { command: command.to_owned(), answer: String::new(), is_good: None }
    }

    /// A dialogue of the plan.
    pub fn of(record: &ExchangeRecord) -> Self {
        Self {
            command: record.command.to_string(),
            answer: record.answer.join(" | "),
            is_good: if record.is_forgiven { None } else { Some(record.result.is_ok()) },
        }
    }
}

impl Live {
    /// The report.
    pub fn report(&self) -> Report {
        let mut sections = Vec::new();
        sections.extend(self.trouble());
        sections.push(Section {
            title: Text::new("report-way-broker-now"),
            blocks: vec![parts::ladder(&self.heard.status)],
        });
        sections.extend(self.plan());
        sections.extend(self.here.iter().filter_map(certificates));
        sections.extend(self.here.iter().filter_map(suites));
        sections.extend(picture::latency(&self.heard));
        sections.push(self.facts());
        sections.push(parts::masked(self.heard.masked(), self.heard.left_out));
        let trace = self.heard.trace(&self.port, self.anchor.is_some());
        Report {
            title: Text::new("report-report").put("name", &self.port),
            summary: self.summary(),
            sections,
            recordings: trace.map(|trace| Recording { device: None, trace }).into_iter().collect(),
        }
    }

    fn time(&self, at: Moment) -> Option<String> {
        self.anchor.map(|anchor| anchor.clock_text(at))
    }

    fn summary(&self) -> Vec<Text> {
        let key = if self.diagnosis.trouble.is_some() { "report-live-trouble" } else { "report-live-well" };
        let mut sentences = vec![Text::new(key)];
        if self.is_simulated {
            sentences.push(Text::new("report-live-simulated"));
        }
        sentences
            .extend(self.diagnosis.cause().filter(|cause| cause.is_named()).into_iter().flat_map(parts::sentences));
        if let Some(open) = &self.diagnosis.undecided {
            sentences.push(Text::new("report-undecided-these"));
            sentences.push(open.step.what.into());
        }
        let [published, confirmed, received] = self.counts;
        let counts = Text::new("log-messages-published-confirmed-received");
        sentences.push(counts.put("published", published).put("confirmed", confirmed).put("received", received));
        sentences
    }

    fn trouble(&self) -> Option<Section> {
        let Diagnosis { trouble, findings, undecided, episodes, .. } = &self.diagnosis;
        let time = |fact: &Fact| self.time(fact.at?);
        let mut blocks = Vec::new();
        for episode in episodes.iter().filter(|episode| episode.is_recovered) {
            blocks.push(Block::Heading(Text::new("report-live-recovered").put("fault", &episode.root.fault)));
            blocks.extend(parts::causes(&episode.findings, episode.undecided.as_ref(), time));
            blocks.extend(self.around(episode.findings.iter().flat_map(|finding| &finding.evidence)));
        }
        if let Some(trouble) = trouble {
            let place = self.diagnosis.rung().map(parts::rung_name).unwrap_or_default();
            let fault = without_client_id(&trouble.fault.to_string());
            blocks.push(Block::Heading(Text::chain([place, Text::plain(format!(" — {fault}"))])));
        }
        blocks.extend(parts::causes(findings, undecided.as_ref(), time));
        blocks.extend(self.around(findings.iter().flat_map(|finding| &finding.evidence)));
        (!blocks.is_empty()).then(|| Section { title: Text::new("report-went-wrong"), blocks })
    }

    /// The lines around what was seen.
    fn around<'a>(&self, facts: impl Iterator<Item = &'a Fact>) -> Vec<Block> {
        let proofs: Vec<u32> = facts.filter_map(|fact| self.heard.number_at(fact.at?)).collect();
        let ranges: Vec<_> = proofs.iter().map(|line| line.saturating_sub(6)..=line.saturating_add(4)).collect();
        let lines = self.heard.lines(&ranges, &proofs, |at| self.time(at));
        if lines.is_empty() {
            return Vec::new();
        }
        vec![Block::Text(Text::new("report-lines-around-masked")), Block::Lines(lines)]
    }

    fn plan(&self) -> Option<Section> {
        if self.plan.is_empty() {
            return None;
        }
        let step = |one: &Answered| {
            let (mark, state) = match one.is_good {
                Some(true) => (Mark::Good, Text::new("report-confirmed")),
                Some(false) => (Mark::Bad, Text::new("report-failed")),
                None => (Mark::Open, Text::new("report-not-seen")),
            };
            Step {
                name: Text::plain(without_client_id(&one.command)),
                mark,
                state,
                proof: without_client_id(&one.answer),
            }
        };
        Some(Section {
            title: Text::new("report-plan"),
            blocks: vec![Block::Ladder(self.plan.iter().map(step).collect())],
        })
    }

    fn facts(&self) -> Section {
        let row = |name: &'static str, value: &str| vec![Text::new(name), Text::plain(value)];
        let mut rows = vec![row("report-port", &self.port)];
        if !self.target.is_empty() {
            rows.push(row("report-target", &self.target));
        }
        parts::versions(rows, parts::firmware(&self.heard.status).into_iter())
    }
}

/// The certificates that the server showed, never a key.
fn certificates(here: &Here) -> Option<Section> {
    let day = |time: Option<i64>| {
        let date = time.and_then(|seconds| DateTime::from_timestamp(seconds, 0));
        date.map_or_else(|| "?".to_owned(), |date| date.format("%Y-%m-%d").to_string())
    };
    let rows: Vec<_> = here
        .chain
        .iter()
        .map(|one| {
            let validity = format!("{} – {}", day(one.not_before), day(one.not_after));
            [one.subject.clone(), one.issuer.clone(), validity, one.names.join(", ")].map(Text::plain).to_vec()
        })
        .collect();
    let head = ["report-subject", "report-issuer", "report-validity", "report-names"].map(Text::new).to_vec();
    (!rows.is_empty())
        .then(|| Section { title: Text::new("report-certificates"), blocks: vec![Block::Table { head, rows }] })
}

/// Which of the module's suites the server takes.
fn suites(here: &Here) -> Option<Section> {
    let each = &here.suites.as_ref()?.each;
    let step = |one: &crate::diagnosis::SuiteAnswer| {
        let (mark, key) =
            if one.is_accepted() { (Mark::Good, "report-suite-taken") } else { (Mark::Bad, "report-suite-refused") };
        Step { name: Text::plain(one.suite.to_string()), mark, state: Text::new(key), proof: String::new() }
    };
    (!each.is_empty()).then(|| Section {
        title: Text::new("report-suites"),
        blocks: vec![Block::Ladder(each.iter().map(step).collect())],
    })
}
