//! Logs as customers send them, through the real program: the cause, its lines and the counts against a truth that was written down
//! before the program read them.
//!
//! `one.txt` to `five.txt` hold the truth, `one/` to `five/` the logs: text in UTF-8, turned into the encoding and the line ends that
//! the tool in question saves. The logs are written from the formats and from the module's reference, not from our importer.

mod compare;
mod report;
mod routine;
mod score;
mod truth;

use std::{fs, path::Path};

use score::Score;
use truth::Truth;

#[test]
fn the_first_sheet_is_read_right() {
    hold("one");
}

#[test]
fn the_second_sheet_is_read_right() {
    hold("two");
}

#[test]
fn the_third_sheet_is_read_right() {
    hold("three");
}

#[test]
fn the_fourth_sheet_is_read_right() {
    hold("four");
}

#[test]
fn the_fifth_sheet_is_read_right() {
    hold("five");
}

#[test]
fn every_family_stands_at_least_twice_and_enough_logs_are_healthy() {
    let all: Vec<_> = SHEETS.into_iter().flat_map(Truth::sheet).collect();
    let healthy = all.iter().filter(|truth| truth.result == "healthy").count();
    assert!(all.len() >= 40 && healthy >= 12, "{} logs, {healthy} of them healthy", all.len());
    for family in FAMILIES {
        let logs = all.iter().filter(|truth| truth.family == *family).count();
        assert!(logs >= 2, "{family}: {logs}");
    }
    for truth in &all {
        assert!(FAMILIES.contains(&truth.family.as_str()), "{}: {}", truth.name, truth.family);
    }
}

#[test]
fn every_log_has_a_truth_and_every_truth_a_log() {
    for sheet in SHEETS {
        let mut known: Vec<_> = Truth::sheet(sheet).into_iter().map(|truth| truth.name).collect();
        let entries = fs::read_dir(folder().join(sheet)).expect("the logs are there");
        let mut found: Vec<_> =
            entries.map(|entry| entry.expect("it can be listed").file_name().to_string_lossy().into_owned()).collect();
        known.sort();
        found.sort();
        assert_eq!(known, found);
    }
}

#[track_caller]
fn hold(sheet: &str) {
    let scores: Vec<_> = Truth::sheet(sheet).iter().map(|truth| Score::of(sheet, truth)).collect();
    println!("{:30} {:9} {:8} {:8} {:8} said", "log", "verdict", "counts", "causes", "lines");
    for score in &scores {
        println!("{score}");
    }
    let right = scores.iter().filter(|score| score.is_right()).count();
    let causes = scores.iter().filter(|score| score.has_causes).count();
    let alarms: usize = scores.iter().map(|score| score.alarms).sum();
    println!("{right} of {} right, causes right in {causes}, {alarms} false alarms", scores.len());
    assert_eq!(right, scores.len(), "see the table above");
}

/// The sheets, in the order of their making. The third holds what was misread once, each kind of it; the fourth tables and
/// objects that loggers export; the
/// fifth terminals of phones and desks, mails and forums, and logs that show one side only.
const SHEETS: [&str; 5] = ["one", "two", "three", "four", "five"];

/// Where the sheets stand.
fn folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doctor"))
}

/// Tools and frameworks whose logs are read.
const FAMILIES: &[&str] = &[
    "sscom",
    "sscom-hex",
    "llcom-window",
    "llcom-file",
    "luatools",
    "xcom",
    "uartassist",
    "comtool",
    "putty",
    "minicom",
    "minicom-simple",
    "minicom-extended",
    "minicom-second",
    "picocom",
    "tio",
    "screen",
    "arduino",
    "sketch",
    "espidf",
    "guide",
    "blog",
    "stm32",
    "rtthread",
    "zephyr",
    "python",
    "own",
    "csv",
    "jsonl",
    "docklight",
    "realterm",
    "teraterm",
    "pyserial",
    "nrfconnect",
    "stamped",
    "mail",
    "html",
    "logcat",
    "raw",
];
