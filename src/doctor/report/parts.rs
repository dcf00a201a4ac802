//! The parts of a report that are alike whatever it is on: causes, ladder, versions, what is masked.

use super::super::heard::without_client_id;
use crate::{
    diagnosis::{Certainty, Fact, Finding, Undecided},
    lang::Text,
    modem::status::{Rung, RungEntry, RungState, Status},
    report::{self, Block, Line, Mark, Section, Step},
};

/// The cause as a block; `time` says when something was seen.
pub(super) fn finding(finding: &Finding, time: impl Fn(&Fact) -> Option<String>) -> Block {
    let certainty = match finding.certainty {
        Certainty::Seen => Text::new("report-seen"),
        Certainty::Likely => Text::new("report-likely"),
        Certainty::Possible => Text::new("report-possible"),
    };
    Block::Finding(report::Finding {
        id: finding.id.to_owned(),
        certainty,
        cause: finding.cause.into(),
        fix: finding.fix.into(),
        proofs: proofs(finding, time),
    })
}

/// What shows a cause, in the order of the recording.
pub(super) fn proofs(finding: &Finding, time: impl Fn(&Fact) -> Option<String>) -> Vec<Line> {
    let mut facts: Vec<&Fact> = finding.evidence.iter().collect();
    facts.sort_by_key(|fact| fact.line.unwrap_or(u32::MAX));
    facts.dedup();
    let line = |fact: &&Fact| Line {
        number: fact.line,
        time: time(fact),
        text: fact.what.clone().masked(&without_client_id),
        is_proof: true,
    };
    facts.iter().map(line).collect()
}

/// The causes of one trouble, or what they are between.
pub fn causes(
    findings: &[Finding],
    undecided: Option<&Undecided>,
    time: impl Fn(&Fact) -> Option<String>,
) -> Vec<Block> {
    let Some(open) = undecided else {
        return findings.iter().filter(|one| one.is_named()).map(|one| finding(one, &time)).collect();
    };
    let rows = open.causes.iter().map(|cause| vec![Text::plain(cause.id), cause.cause.into()]).collect();
    vec![
        Block::Text(Text::new("report-undecided-these")),
        Block::Table { head: Vec::new(), rows },
        Block::Lines(findings.first().map(|first| proofs(first, &time)).unwrap_or_default()),
        Block::Text(open.step.what.into()),
    ]
}

/// The rungs as they stand in `status`.
pub(super) fn ladder(status: &Status) -> Block {
    Block::Ladder(status.ladder.iter().map(|(rung, entry)| step(rung, entry)).collect())
}

fn step(rung: Rung, entry: &RungEntry) -> Step {
    let (mark, state) = match entry.state {
        RungState::Unknown => (Mark::Open, Text::new("report-not-seen")),
        RungState::Trying => (Mark::Open, Text::new("report-being-tried")),
        RungState::Accepted => (Mark::Open, Text::new("report-accepted-not-confirmed")),
        RungState::Confirmed => (Mark::Good, Text::new("report-confirmed")),
        RungState::Failed => (Mark::Bad, Text::new("report-failed")),
        RungState::Stale => (Mark::Open, Text::new("report-confirmed-not-sure-any")),
        RungState::NotNeeded => (Mark::Open, Text::new("report-not-needed")),
    };
    let proof = entry.evidence.as_ref().map_or_else(String::new, |seen| match seen.command.as_str() {
        "" => seen.line.clone(),
        command => without_client_id(&format!("{command} → {}", seen.line)),
    });
    Step { name: rung_name(rung), mark, state, proof }
}

/// The name of a rung.
pub(super) fn rung_name(rung: Rung) -> Text {
    match rung {
        Rung::Port => Text::new("report-serial-port"),
        Rung::At => Text::plain("AT"),
        Rung::Sim => Text::new("report-sim-card"),
        Rung::Signal => Text::new("report-signal"),
        Rung::Network => Text::new("report-network"),
        Rung::Data => Text::new("report-data"),
        Rung::Dns => Text::plain("DNS"),
        Rung::Tcp => Text::plain("TCP"),
        Rung::Tls => Text::plain("TLS"),
        Rung::Mqtt => Text::plain("MQTT"),
        Rung::Subscribed => Text::new("report-subscriptions"),
    }
}

/// Which programs and which firmware it was, with the rows of the face before them.
pub(super) fn versions(mut rows: Vec<Vec<Text>>, firmwares: impl Iterator<Item = String>) -> Section {
    rows.extend(firmwares.map(|name| vec![Text::new("report-firmware-ati"), Text::plain(name)]));
    rows.push(vec![
        Text::new("report-written"),
        Text::plain(format!("Air780E Companion {}", env!("CARGO_PKG_VERSION"))),
    ]);
    Section { title: Text::new("report-versions-facts"), blocks: vec![Block::Table { head: Vec::new(), rows }] }
}

/// The firmware by name.
pub(super) fn firmware(status: &Status) -> Option<String> {
    status.firmware.as_ref().map(|seen| seen.value.name.clone())
}

/// What a customer has to know of a cause.
pub(super) fn sentences(finding: &Finding) -> Vec<Text> {
    vec![finding.cause.into(), finding.fix.into()]
}

/// What the report hides: the lines with secrets, and those with numbers of device and card; and how many lines of the
/// recording it does not carry.
pub(super) fn masked([secrets, numbers]: [Vec<u32>; 2], left_out: u64) -> Section {
    let row = |name: Text, lines: &[u32]| vec![name, listed(lines)];
    let rows = vec![
        row(Text::new("report-passwords-pins-keys"), &secrets),
        row(Text::new("report-numbers-device-card-places"), &numbers),
    ];
    let mut blocks = vec![Block::Table { head: Vec::new(), rows }];
    if left_out > 0 {
        blocks.push(Block::Text(Text::new("report-recording-too-long-carried").put("lines", left_out)));
    }
    Section { title: Text::new("report-masked"), blocks }
}

fn listed(lines: &[u32]) -> Text {
    if lines.is_empty() {
        return Text::new("report-nothing");
    }
    let shown: Vec<_> = lines.iter().take(MOST_LISTED).map(u32::to_string).collect();
    let shown = shown.join(", ");
    let rest = lines.len().saturating_sub(MOST_LISTED);
    if rest == 0 {
        return Text::new("report-lines-2").put("shown", shown);
    }
    Text::new("report-lines-more").put("shown", shown).put("rest", rest)
}

const MOST_LISTED: usize = 100;

/// The lines that a finding rests on, in order.
pub fn lines_of(finding: &Finding) -> Vec<u32> {
    let mut lines: Vec<_> = finding.evidence.iter().filter_map(|fact| fact.line).collect();
    lines.sort_unstable();
    lines.dedup();
    lines
}
