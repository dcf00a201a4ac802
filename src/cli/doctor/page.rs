//! The answer for people: a page that can be read out. For each episode when, what, why and what to do.

use std::fmt::Write;

use super::refusals;
use crate::{
    cli::check::verdict::shown_text,
    diagnosis::{Certainty, Fact, Finding},
    doctor::{Account, Findings, Outcome},
    lang::{Lang, Phrase, Text},
};

/// The page.
pub(super) fn page(findings: &Findings, lang: Lang) -> String {
    let mut out = String::new();
    let say = |out: &mut String, sentence: &Text| {
        let _ = writeln!(out, "{}", sentence.to(lang));
    };
    say(&mut out, &about(findings));
    if let Some(change) = findings.change {
        say(&mut out, &refusals::changed(change));
    }
    for (number, told) in (1..).zip(&findings.episodes) {
        out.push('\n');
        episode(&mut out, number, told, lang);
    }
    out.push('\n');
    say(&mut out, &result(findings));
    if matches!(findings.result, Outcome::Healthy | Outcome::Trouble | Outcome::Recovered) {
        say(&mut out, &counts(findings));
    }
    out
}

fn about(findings: &Findings) -> Text {
    let Findings { file, format_name, encoding, lines, devices, sessions, .. } = findings;
    Text::new("log-lines-devices-sessions")
        .put("file", file)
        .put("format", format_name)
        .put("encoding", encoding)
        .put("lines", lines)
        .put("devices", devices)
        .put("sessions", sessions)
}

fn episode(out: &mut String, number: u32, told: &Account, lang: Lang) {
    let mut say = |text: Text| {
        let _ = writeln!(out, "{}", text.to(lang));
    };
    say(Text::new("log-when").put("number", number).with("when", when(told)));
    if let Some(root) = &told.root {
        let place = told.rung.map_or_else(String::new, |rung| format!(" [{rung}]"));
        let times = if told.times > 1 { format!(" (×{})", told.times) } else { String::new() };
        let fault = shown_text(&root.fault.text().to(lang));
        say(Text::new("log-what").put("fault", fault).put("place", place).put("times", times));
    }
    match &told.undecided {
        Some(open) => {
            say(Text::new("log-why-undecided-log-does"));
            for cause in &open.causes {
                say(Text::plain(format!("     - {} {}", cause.id, cause.cause.to(lang))));
            }
            for line in told.findings.first().into_iter().flat_map(|first| quotes(first, lang)) {
                say(Text::plain(line));
            }
            say(Text::new("log-would-decide").with("what", open.step.what));
        }
        None => {
            for (place, finding) in told.findings.iter().filter(|finding| finding.is_named()).enumerate() {
                let head = Phrase::new(if place == 0 { "log-why" } else { "log-also" });
                let named = Text::new("log-finding").with("head", head).put("id", finding.id);
                let sure = Phrase::new(match finding.certainty {
                    Certainty::Seen => "report-seen",
                    Certainty::Likely => "report-likely",
                    Certainty::Possible => "report-possible",
                });
                say(named.with("sure", sure).with("cause", finding.cause));
                for line in quotes(finding, lang) {
                    say(Text::plain(line));
                }
                say(Text::new("log-do").with("fix", finding.fix));
            }
        }
    }
}

/// The lines that show a finding, with their numbers, in the order of the log.
fn quotes(finding: &Finding, lang: Lang) -> Vec<String> {
    let mut facts: Vec<&Fact> = finding.evidence.iter().collect();
    facts.sort_by_key(|fact| fact.line.unwrap_or(u32::MAX));
    facts.dedup();
    let quote = |fact: &&Fact| {
        let place = fact.line.map_or_else(String::new, |line| format!("{line}: "));
        format!("     | {place}{}", shown_text(&fact.told(lang)))
    };
    facts.iter().map(quote).collect()
}

pub(super) fn when(told: &Account) -> Text {
    let (begin, end) = (told.begin_line, told.end_line);
    let time = told.begin.as_deref().map_or_else(String::new, |begin| match &told.end {
        Some(end) => format!("{begin} – {end}, "),
        None => format!("{begin}, "),
    });
    let device = told.device.as_deref().map_or_else(String::new, |device| format!("{device}, "));
    let lasting = if told.is_recovered { Text::new("log-put-right") } else { Text::new("log-not-put-right") };
    Text::new("log-lines")
        .put("device", device)
        .put("time", time)
        .put("begin", begin)
        .put("end", end)
        .with("lasting", lasting)
}

pub(super) fn result(findings: &Findings) -> Text {
    let lines: Vec<_> = findings.shown.iter().map(u32::to_string).collect();
    let lines = lines.join(", ");
    match findings.result {
        Outcome::Healthy => Text::new("log-healthy-nothing-went-wrong"),
        Outcome::Trouble => Text::new("log-trouble-lasts-end-log"),
        Outcome::Recovered => Text::new("log-recovered-all-works-end"),
        Outcome::OtherFirmware => Text::new("log-other-firmware-module-runs").put("lines", lines),
        Outcome::OtherVendor => Text::new("log-other-maker-log-another").put("lines", lines),
        Outcome::NoLog => no_log(findings),
    }
}

fn no_log(findings: &Findings) -> Text {
    match findings.kind {
        Some(kind) => Text::new("log-no-log-file-kind").put("kind", kind),
        None if findings.lines == 0 => Text::new("log-no-log-file-empty"),
        None => Text::new("log-no-log-none-lines").put("lines", findings.lines),
    }
}

pub(super) fn counts(findings: &Findings) -> Text {
    let Findings { published, confirmed, received, .. } = findings;
    Text::new("log-messages-published-confirmed-received")
        .put("published", published)
        .put("confirmed", confirmed)
        .put("received", received)
}
