//! The answer for people: a page that can be read out. For each episode when, what, why and what to do.

use std::fmt::Write;

use super::refusals;
use crate::{
    cli::check::verdict::shown_text,
    cli::tongue::{Sentence, Tongue},
    diagnosis::{Fact, Finding},
    doctor::{Account, Findings, Outcome},
};

/// The page.
pub(super) fn page(findings: &Findings, tongue: Tongue) -> String {
    let mut out = String::new();
    let say = |out: &mut String, sentence: &Sentence| {
        let _ = writeln!(out, "{}", sentence.of(tongue));
    };
    say(&mut out, &about(findings));
    if let Some(change) = findings.change {
        say(&mut out, &refusals::changed(change));
    }
    for (number, told) in (1..).zip(&findings.episodes) {
        out.push('\n');
        episode(&mut out, number, told, tongue);
    }
    out.push('\n');
    say(&mut out, &result(findings));
    if matches!(findings.result, Outcome::Healthy | Outcome::Trouble | Outcome::Recovered) {
        say(&mut out, &counts(findings));
    }
    out
}

fn about(findings: &Findings) -> Sentence {
    let Findings { file, format_name, encoding, lines, devices, sessions, .. } = findings;
    Sentence::new(
        format!("{file}: {format_name}, {encoding}, {lines} lines, devices {devices}, sessions {sessions}"),
        format!("{file}：{format_name}，{encoding}，{lines} 行，设备 {devices}，会话 {sessions}"),
    )
}

fn episode(out: &mut String, number: u32, told: &Account, tongue: Tongue) {
    let mut say = |en: String, zh: String| {
        let _ = writeln!(out, "{}", Sentence::new(en, zh).of(tongue));
    };
    let (when_en, when_zh) = when(told);
    say(format!("{number}. When: {when_en}"), format!("{number}. 时间：{when_zh}"));
    if let Some(root) = &told.root {
        let place = told.rung.map_or_else(String::new, |rung| format!(" [{rung}]"));
        let times = if told.times > 1 { format!(" (×{})", told.times) } else { String::new() };
        let fault = shown_text(&root.fault.to_string());
        say(format!("   What: {fault}{place}{times}"), format!("   现象：{fault}{place}{times}"));
    }
    match &told.undecided {
        Some(open) => {
            say(
                "   Why: undecided; the log does not decide between these:".into(),
                "   原因：未定，日志不足以区分以下原因：".into(),
            );
            for cause in &open.causes {
                say(
                    format!("     - {} {}", cause.id, cause.cause.en),
                    format!("     - {} {}", cause.id, cause.cause.zh),
                );
            }
            for line in told.findings.first().into_iter().flat_map(quotes) {
                say(line.clone(), line);
            }
            say(format!("   What would decide: {}", open.step.what.en), format!("   如何判定：{}", open.step.what.zh));
        }
        None => {
            for (place, finding) in told.findings.iter().filter(|finding| finding.is_named()).enumerate() {
                let (en, zh) = if place == 0 { ("Why", "原因") } else { ("Also", "另外") };
                let (id, sure) = (finding.id, finding.certainty.key());
                say(
                    format!("   {en}: {id} ({sure}) {}", finding.cause.en),
                    format!("   {zh}：{id}（{}）{}", sure_zh(finding), finding.cause.zh),
                );
                for line in quotes(finding) {
                    say(line.clone(), line);
                }
                say(format!("   What to do: {}", finding.fix.en), format!("   处理：{}", finding.fix.zh));
            }
        }
    }
}

const fn sure_zh(finding: &Finding) -> &'static str {
    match finding.certainty {
        crate::diagnosis::Certainty::Seen => "确认",
        crate::diagnosis::Certainty::Likely => "很可能",
        crate::diagnosis::Certainty::Possible => "可能",
    }
}

/// The lines that show a finding, with their numbers, in the order of the log.
fn quotes(finding: &Finding) -> Vec<String> {
    let mut facts: Vec<&Fact> = finding.evidence.iter().collect();
    facts.sort_by_key(|fact| fact.line.unwrap_or(u32::MAX));
    facts.dedup();
    let quote = |fact: &&Fact| {
        let place = fact.line.map_or_else(String::new, |line| format!("{line}: "));
        format!("     | {place}{}", shown_text(&fact.to_string()))
    };
    facts.iter().map(quote).collect()
}

pub(super) fn when(told: &Account) -> (String, String) {
    let (begin, end) = (told.begin_line, told.end_line);
    let time = told.begin.as_deref().map_or_else(String::new, |begin| match &told.end {
        Some(end) => format!("{begin} – {end}, "),
        None => format!("{begin}, "),
    });
    let device = told.device.as_deref().map_or_else(String::new, |device| format!("{device}, "));
    let (lasting_en, lasting_zh) =
        if told.is_recovered { ("put right", "已恢复") } else { ("not put right", "未恢复") };
    (
        format!("{device}{time}lines {begin} to {end}, {lasting_en}"),
        format!("{device}{time}第 {begin} 至 {end} 行，{lasting_zh}"),
    )
}

pub(super) fn result(findings: &Findings) -> Sentence {
    let lines: Vec<_> = findings.shown.iter().map(u32::to_string).collect();
    let lines = lines.join(", ");
    match findings.result {
        Outcome::Healthy => Sentence::new("HEALTHY: nothing went wrong in this log.", "正常：日志中没有故障。"),
        Outcome::Trouble => Sentence::new("TROUBLE: it lasts to the end of the log.", "故障：直到日志结束仍未恢复。"),
        Outcome::Recovered => {
            Sentence::new("RECOVERED: all works at the end of the log.", "已恢复：日志结束时一切正常。")
        }
        Outcome::OtherFirmware => Sentence::new(
            format!(
                "OTHER FIRMWARE: the module runs Lua scripts and does not speak AT, as lines {lines} show. Load the AT firmware, or ask whoever wrote the script."
            ),
            format!("其他固件：模块运行 Lua 脚本固件而非 AT 固件，见第 {lines} 行。请烧录 AT 固件，或联系脚本作者。"),
        ),
        Outcome::OtherVendor => Sentence::new(
            format!(
                "OTHER MAKER: this is the log of another maker's module, as lines {lines} show. Use its maker's manual and tools."
            ),
            format!("其他厂家：这是其他厂家模块的日志，见第 {lines} 行。请使用该厂家的手册与工具。"),
        ),
        Outcome::NoLog => no_log(findings),
    }
}

fn no_log(findings: &Findings) -> Sentence {
    match findings.kind {
        Some(kind) => Sentence::new(
            format!(
                "NO LOG: this is a file of the kind {kind}. Give the text that the serial tool saved; unpack it first if it is inside."
            ),
            format!("不是日志：这是 {kind} 文件。请提供串口工具保存的文本，若在压缩包内请先解压。"),
        ),
        None if findings.lines == 0 => Sentence::new("NO LOG: the file is empty.", "不是日志：文件为空。"),
        None => Sentence::new(
            format!(
                "NO LOG: none of its {} lines is an AT command with an answer. Give what passed the module's AT port.",
                findings.lines
            ),
            format!("不是日志：{} 行中没有 AT 命令及其应答。请提供模块 AT 口的收发记录。", findings.lines),
        ),
    }
}

pub(super) fn counts(findings: &Findings) -> Sentence {
    let Findings { published, confirmed, received, .. } = findings;
    Sentence::new(
        format!("Messages: published {published}, confirmed {confirmed}, received {received}."),
        format!("消息：发布 {published}，确认 {confirmed}，接收 {received}。"),
    )
}
