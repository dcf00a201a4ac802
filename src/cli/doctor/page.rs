//! The answer for people: a page that can be read out. For each episode when, what, why and what to do.

use std::fmt::Write;

use crate::{
    cli::check::verdict::shown_text,
    diagnosis::{Certainty, Fact, Finding},
    doctor::{
        Account, Findings, Outcome,
        words::{changed, counts, result, when},
    },
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
        say(&mut out, &changed(change));
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
