//! The report that goes back: what a doctor, a check and a watch put into it alike, and how it comes into a file.

use std::path::{Path, PathBuf};

use super::tongue::{Sentence, Tongue};
use crate::{
    diagnosis::{Certainty, Fact, Finding, Text, Undecided},
    doctor::without_client_id,
    modem::status::{Rung, RungEntry, RungState, Status},
    own_file,
    report::{self, Block, Line, Mark, Report, Section, Step, Tongues, Words},
};

impl From<Sentence> for Words {
    fn from(sentence: Sentence) -> Self {
        Self::new(sentence.en, sentence.zh)
    }
}

impl From<Text> for Words {
    fn from(text: Text) -> Self {
        Self::new(text.en, text.zh)
    }
}

/// A path for a report: its ending says which form it has.
pub(super) fn path(text: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(text);
    match form_of(&path) {
        Some(_) => Ok(path),
        None => Err(format!("{text:?} says no form; end it with .html, .md or .txt")),
    }
}

type Form = fn(&Report, Tongues) -> String;

fn form_of(path: &Path) -> Option<Form> {
    let ending = path.extension()?.to_str()?.to_ascii_lowercase();
    match ending.as_str() {
        "html" | "htm" => Some(report::html),
        "md" => Some(report::markdown),
        "txt" => Some(report::text),
        _ => None,
    }
}

/// Writes `report` to `path`: in `tongue`, or in both languages.
pub(super) fn write(path: &Path, report: &Report, tongue: Option<Tongue>) -> Result<(), Sentence> {
    let tongues = match tongue {
        Some(Tongue::En) => Tongues::En,
        Some(Tongue::Zh) => Tongues::Zh,
        None => Tongues::Both,
    };
    let form = form_of(path).unwrap_or(report::html);
    own_file::replace(path, form(report, tongues).as_bytes()).map_err(|error| {
        let path = path.display();
        Sentence::new(format!("no report at {path}: {error}"), format!("无法写入报告 {path}：{error}"))
    })
}

/// The cause as a block; `time` says when something was seen.
pub(super) fn finding(finding: &Finding, time: impl Fn(&Fact) -> Option<String>) -> Block {
    let certainty = match finding.certainty {
        Certainty::Seen => Words::new("seen", "确认"),
        Certainty::Likely => Words::new("likely", "很可能"),
        Certainty::Possible => Words::new("possible", "可能"),
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
        text: Words::new(without_client_id(&fact.text), without_client_id(fact.chinese())),
        is_proof: true,
    };
    facts.iter().map(line).collect()
}

/// The causes of one trouble, or what they are between.
pub(super) fn causes(
    findings: &[Finding],
    undecided: Option<&Undecided>,
    time: impl Fn(&Fact) -> Option<String>,
) -> Vec<Block> {
    let Some(open) = undecided else {
        return findings.iter().filter(|one| one.is_named()).map(|one| finding(one, &time)).collect();
    };
    let rows = open.causes.iter().map(|cause| vec![Words::same(cause.id), cause.cause.into()]).collect();
    vec![
        Block::Text(Words::new("Undecided: it is one of these.", "未定，可能是以下之一。")),
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
    let (mark, en, zh) = match entry.state {
        RungState::Unknown => (Mark::Open, "not seen", "未见"),
        RungState::Trying => (Mark::Open, "being tried", "进行中"),
        RungState::Accepted => (Mark::Open, "accepted, not confirmed", "已受理，未确认"),
        RungState::Confirmed => (Mark::Good, "confirmed", "已确认"),
        RungState::Failed => (Mark::Bad, "failed", "失败"),
        RungState::Stale => (Mark::Open, "was confirmed, is not sure any more", "曾确认，现已不确定"),
        RungState::NotNeeded => (Mark::Open, "not needed", "不需要"),
    };
    let proof = entry.evidence.as_ref().map_or_else(String::new, |seen| match seen.command.as_str() {
        "" => seen.line.clone(),
        command => without_client_id(&format!("{command} → {}", seen.line)),
    });
    Step { name: rung_name(rung), mark, state: Words::new(en, zh), proof }
}

/// The name of a rung.
pub(super) fn rung_name(rung: Rung) -> Words {
    let (en, zh) = match rung {
        Rung::Port => ("Serial port", "串口"),
        Rung::At => ("AT", "AT"),
        Rung::Sim => ("SIM card", "SIM 卡"),
        Rung::Signal => ("Signal", "信号"),
        Rung::Network => ("Network", "网络"),
        Rung::Data => ("Data", "数据"),
        Rung::Dns => ("DNS", "DNS"),
        Rung::Tcp => ("TCP", "TCP"),
        Rung::Tls => ("TLS", "TLS"),
        Rung::Mqtt => ("MQTT", "MQTT"),
        Rung::Subscribed => ("Subscriptions", "订阅"),
    };
    Words::new(en, zh)
}

/// Which programs and which firmware it was, with the rows of the face before them.
pub(super) fn versions(mut rows: Vec<Vec<Words>>, firmwares: impl Iterator<Item = String>) -> Section {
    rows.extend(firmwares.map(|name| vec![Words::new("Firmware (ATI)", "固件（ATI）"), Words::same(name)]));
    rows.push(vec![
        Words::new("Written by", "生成程序"),
        Words::same(format!("Air780E Companion {}", env!("CARGO_PKG_VERSION"))),
    ]);
    Section {
        title: Words::new("Versions and facts", "版本与基本信息"),
        blocks: vec![Block::Table { head: Vec::new(), rows }],
    }
}

/// The firmware by name.
pub(super) fn firmware(status: &Status) -> Option<String> {
    status.firmware.as_ref().map(|seen| seen.value.name.clone())
}

/// What a customer has to know of a cause.
pub(super) fn sentences(finding: &Finding) -> Vec<Words> {
    vec![Words::from(finding.cause), Words::from(finding.fix)]
}

/// What the report hides: the lines with secrets, and those with numbers of device and card; and how many lines of the
/// recording it does not carry.
pub(super) fn masked([secrets, numbers]: [Vec<u32>; 2], left_out: u64) -> Section {
    let row = |en: &str, zh: &str, lines: &[u32]| vec![Words::new(en, zh), listed(lines)];
    let rows = vec![
        row("Passwords, PINs and keys (***)", "密码、PIN 与密钥（***）", &secrets),
        row("Numbers of device and card, and places (each digit *)", "设备号、卡号与位置（逐位 *）", &numbers),
    ];
    let mut blocks = vec![Block::Table { head: Vec::new(), rows }];
    if left_out > 0 {
        blocks.push(Block::Text(Words::new(
            format!("The recording is too long to be carried along: its oldest {left_out} lines are not looked at here. Send the log itself as well."),
            format!("记录过长，未随报告附上：最早的 {left_out} 行不在其中。请同时发送日志原文。"),
        )));
    }
    Section { title: Words::new("What was masked", "脱敏内容"), blocks }
}

fn listed(lines: &[u32]) -> Words {
    if lines.is_empty() {
        return Words::new("nothing", "无");
    }
    let shown: Vec<_> = lines.iter().take(MOST_LISTED).map(u32::to_string).collect();
    let shown = shown.join(", ");
    let rest = lines.len().saturating_sub(MOST_LISTED);
    if rest == 0 {
        return Words::new(format!("lines {shown}"), format!("第 {shown} 行"));
    }
    Words::new(format!("lines {shown} and {rest} more"), format!("第 {shown} 行及另外 {rest} 行"))
}

const MOST_LISTED: usize = 100;
