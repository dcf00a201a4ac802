//! A report opened again says what the log said, for every log of both sheets.

use std::{fs, path::Path, process::Command};

use serde_json::Value;

use crate::truth::Truth;

#[test]
fn a_report_opened_again_says_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut differ = Vec::new();
    for (sheet, truth) in
        ["one", "two"].into_iter().flat_map(|sheet| Truth::sheet(sheet).into_iter().map(move |one| (sheet, one)))
    {
        let log = folder.path().join("log");
        fs::write(&log, truth.bytes(sheet)).expect("it is written");
        let page = folder.path().join("report.html");
        let said = doctor(&log, &["--report", &page.display().to_string()]);
        let text = fs::read_to_string(&page).expect("a report");
        let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
        roxmltree::Document::parse_with_options(&text, options).expect("well formed");
        if matches!(truth.result.as_str(), "healthy" | "trouble" | "recovered") {
            let again = doctor(&page, &[]);
            if said != again {
                differ.push(format!("{sheet}/{}: {said:?}\n      again: {again:?}", truth.name));
            }
        }
    }
    assert!(differ.is_empty(), "{} differ\n{}", differ.len(), differ.join("\n"));
}

/// The verdicts and what each episode found: no lines and times, which are those of the file.
fn doctor(file: &Path, more: &[&str]) -> Vec<String> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_air780e"));
    command.arg("doctor").arg(file).args(["--json", "--lang", "en"]).args(more);
    let output = command.output().expect("it runs");
    let lines = String::from_utf8_lossy(&output.stdout).into_owned();
    let objects = lines.lines().map(|line| serde_json::from_str::<Value>(line).expect("an object"));
    let ids = |all: &Value| all.as_array().into_iter().flatten().map(|one| one["id"].to_string()).collect::<Vec<_>>();
    let told = |one: Value| match one["kind"].as_str() {
        Some("episode") => Some(format!(
            "{} {} {:?} {:?}",
            one["rung"],
            one["recovered"],
            ids(&one["findings"]),
            ids(&one["undecided"])
        )),
        Some("verdict") => {
            Some(format!("{} {} {} {}", one["result"], one["published"], one["confirmed"], one["received"]))
        }
        _ => None,
    };
    let mut told: Vec<_> = objects.filter_map(told).collect();
    // The episodes of several ports stand apart when they are opened again.
    told.sort();
    told
}
