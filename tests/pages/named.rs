//! Nothing can be added to what panels ask, or to the reasons why they cannot, without a test that names it.
//!
//! Naming is not testing: this only notices what was forgotten. What is named is tested where it is named.

use std::{fs, path::Path};

/// Everything that is written in the files of these folders below the root of the project.
fn written(folders: &[&str]) -> String {
    fn add(folder: &Path, text: &mut String) {
        for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
            if entry.is_dir() {
                add(&entry, text);
            } else if entry.extension().is_some_and(|ending| ending == "rs") {
                text.push_str(&fs::read_to_string(&entry).expect("a text"));
            }
        }
    }
    let mut text = String::new();
    for folder in folders {
        add(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut text);
    }
    text
}

/// `Type::Variant` of every variant of every public enum in `source`.
fn variants(source: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut current = None;
    for line in source.lines() {
        if let Some(rest) = line.strip_prefix("pub enum ") {
            current = rest.split_whitespace().next();
        } else if line == "}" {
            current = None;
        } else if let (Some(name), Some(rest)) = (current, line.strip_prefix("    "))
            && rest.starts_with(|first: char| first.is_ascii_uppercase())
        {
            let variant = rest.split(|letter: char| !letter.is_ascii_alphanumeric()).next().unwrap_or_default();
            found.push(format!("{name}::{variant}"));
        }
    }
    found
}

/// Whether `name` stands in `text` as a whole word.
fn is_named(name: &str, text: &str) -> bool {
    text.match_indices(name)
        .any(|(at, _)| !text[at + name.len()..].starts_with(|next: char| next.is_ascii_alphanumeric() || next == '_'))
}

#[test]
fn every_action_is_named_in_a_test_of_a_page_or_of_the_window() {
    let asked = variants(&written(&["src/action"]));
    assert!(asked.len() > 120, "the actions are found: {}", asked.len());
    let tests = written(&["tests/pages", "tests/ui"]);
    let forgotten: Vec<_> = asked.iter().filter(|name| !is_named(name, &tests)).collect();
    assert!(forgotten.is_empty(), "no test names {forgotten:?}");
}

#[test]
fn every_reason_for_a_disabled_control_is_read_in_a_test() {
    let tests = written(&["tests/pages", "tests/ui"]);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/lang/en");
    let mut reasons = Vec::new();
    for file in fs::read_dir(folder).expect("a folder") {
        let text = fs::read_to_string(file.expect("an entry").path()).expect("a text");
        let pairs = text.lines().filter_map(|line| line.split_once(" = "));
        reasons.extend(
            pairs.filter(|(key, _)| key.contains("why")).map(|(key, words)| (key.to_owned(), words.to_owned())),
        );
    }
    assert!(reasons.len() > 30, "the reasons are found: {}", reasons.len());
    // The beginning is enough, and what stands before a place that is filled in.
    let start = |words: &str| -> String { words.split(" {").next().unwrap_or_default().chars().take(24).collect() };
    let is_elsewhere = |key: &str| BESIDE_THE_CODE.contains(&key);
    let is_read = |words: &str| words.starts_with('{') || tests.contains(&start(words));
    let unread: Vec<_> = reasons.iter().filter(|(key, words)| !is_elsewhere(key) && !is_read(words)).collect();
    assert!(unread.is_empty(), "no test reads {unread:#?}");
}

/// Reasons of the plan of a measuring run: the tests in `view::latency::plan` read the first by its key, and while a run
/// is under way the button to stop it stands in place of the one that would need the second.
const BESIDE_THE_CODE: [&str; 2] = ["measure-why-not-connected", "measure-why-running"];
