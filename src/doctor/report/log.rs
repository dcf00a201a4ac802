//! What a log comes to as a report.

use std::path::Path;

use super::{
    super::{Account, Ended, Findings, Outcome, words},
    parts, picture,
};
use crate::{
    diagnosis::Fact,
    lang::Text,
    record::Reader,
    report::{Block, Recording, Report, Section},
    time::Moment,
};

/// The report on `findings`.
pub fn of_log(findings: &Findings, reader: &Reader) -> Report {
    let name = file_name(&findings.file);
    let time = |at: Moment| reader.time(at);
    let mut sections = Vec::new();
    if !findings.episodes.is_empty() {
        sections.push(Section {
            title: Text::new("report-went-wrong"),
            blocks: (1..)
                .zip(&findings.episodes)
                .flat_map(|(number, told)| episode(number, told, findings, &time))
                .collect(),
        });
    }
    if is_read(findings) {
        sections.push(ladders(findings));
    }
    sections
        .extend(findings.ports.iter().filter(|_| reader.is_timed()).filter_map(|port| picture::latency(&port.heard)));
    sections.push(facts(findings, &name));
    sections.push(masked(findings));
    Report {
        title: Text::new("report-report").put("name", name),
        summary: summary(findings),
        sections,
        recordings: recordings(findings, reader.is_timed()),
    }
}

/// Whether it is a log of this module.
const fn is_read(findings: &Findings) -> bool {
    matches!(findings.result, Outcome::Healthy | Outcome::Trouble | Outcome::Recovered)
}

/// The folders of whoever keeps the log are nobody's business.
fn file_name(file: &str) -> String {
    Path::new(file).file_name().map_or_else(|| file.to_owned(), |name| name.to_string_lossy().into_owned())
}

fn summary(findings: &Findings) -> Vec<Text> {
    let mut sentences = vec![words::result(findings)];
    sentences.extend(findings.change.map(words::changed));
    let mut known = Vec::new();
    for told in &findings.episodes {
        let first = told.findings.first().filter(|first| told.undecided.is_none() && first.is_named());
        if let Some(first) = first.filter(|first| !known.contains(&first.id)) {
            known.push(first.id);
            sentences.extend(parts::sentences(first));
        }
    }
    if is_read(findings) {
        sentences.push(words::counts(findings));
    }
    sentences
}

fn episode(number: u32, told: &Account, findings: &Findings, time: &impl Fn(Moment) -> Option<String>) -> Vec<Block> {
    let mut blocks = vec![Block::Heading(Text::chain([Text::plain(format!("{number}. ")), words::when(told)]))];
    if let Some(root) = &told.root {
        let place = told.rung.map(parts::rung_name).unwrap_or_default();
        let fault = root.fault.text();
        let times = if told.times > 1 { format!(" (×{})", told.times) } else { String::new() };
        blocks.push(Block::Text(Text::chain([place, Text::plain(" — "), fault, Text::plain(times)])));
    }
    blocks.extend(parts::causes(&told.findings, told.undecided.as_ref(), |fact: &Fact| time(fact.at?)));
    blocks.push(Block::Text(Text::new("report-lines-around-masked")));
    blocks.push(Block::Lines(around(told, findings, time)));
    blocks
}

fn around(told: &Account, findings: &Findings, time: impl Fn(Moment) -> Option<String>) -> Vec<crate::report::Line> {
    let proofs: Vec<u32> = told.findings.iter().flat_map(parts::lines_of).collect();
    let near = |line: u32, before: u32, after: u32| line.saturating_sub(before)..=line.saturating_add(after);
    let mut ranges = vec![near(told.begin_line, 10, 8), near(told.end_line, 4, 4)];
    ranges.extend(proofs.iter().map(|line| near(*line, 2, 2)));
    let port = findings.ports.iter().find(|port| port.device == told.device);
    port.map(|port| port.heard.lines(&ranges, &proofs, time)).unwrap_or_default()
}

fn ladders(findings: &Findings) -> Section {
    let title = Text::new("report-way-broker-end-log");
    let mut blocks = Vec::new();
    for port in &findings.ports {
        blocks.extend(port.device.clone().map(|device| Block::Heading(Text::plain(device))));
        blocks.push(parts::ladder(&port.heard.status));
    }
    Section { title, blocks }
}

fn facts(findings: &Findings, name: &str) -> Section {
    let row = |name: Text, value: String| vec![name, Text::plain(value)];
    let rows = vec![
        row(Text::new("report-file"), name.to_owned()),
        row(Text::new("report-format"), findings.format_name.to_owned()),
        row(Text::new("report-encoding"), findings.encoding.to_owned()),
        row(Text::new("report-lines"), findings.lines.to_string()),
        row(Text::new("report-devices"), findings.devices.to_string()),
        row(Text::new("report-sessions"), findings.sessions.to_string()),
    ];
    parts::versions(rows, findings.ports.iter().filter_map(|port| parts::firmware(&port.heard.status)))
}

fn masked(findings: &Findings) -> Section {
    let mut all = [Vec::new(), Vec::new()];
    for port in &findings.ports {
        for (all, lines) in all.iter_mut().zip(port.heard.masked()) {
            all.extend(lines);
        }
    }
    let left_out = findings.ports.iter().map(|port| port.heard.left_out).sum();
    parts::masked(all, left_out)
}

fn recordings(findings: &Findings, is_timed: bool) -> Vec<Recording> {
    let one = |port: &Ended| {
        let trace = port.heard.trace(port.device.as_deref().unwrap_or(""), is_timed)?;
        Some(Recording { device: port.device.clone(), trace })
    };
    let all: Option<Vec<_>> = findings.ports.iter().map(one).collect();
    all.filter(|_| is_read(findings)).unwrap_or_default()
}
