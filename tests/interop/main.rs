//! The command line against real brokers, through a virtual modem on a real PTY.
//!
//! Needs mosquitto and its clients (Debian: mosquitto, mosquitto-clients); without them the tests fail and say so.
#![cfg(all(unix, feature = "serial"))]

#[path = "../kit/mod.rs"]
mod kit;

mod encryption;
mod input;
mod messages;
mod options;
mod refusals;
mod returning;
mod spoken;
mod tools;
mod traces;
mod unplugged;

use std::{path::PathBuf, process::ExitStatus};

use serde_json::Value;
use tempfile::TempDir;

use crate::kit::process::Process;

/// A virtual modem on a PTY, as a process of its own.
#[derive(Debug)]
struct Modem {
    port: String,
    process: Process,
}

impl Modem {
    fn start() -> Self {
        Self::start_with(&[])
    }

    fn start_with(more: &[&str]) -> Self {
        let process = Process::air780e(["sim"].iter().chain(more));
        Self { port: process.line(), process }
    }

    /// Starts `air780e check --json` on this modem against a broker on 127.0.0.1.
    fn check(&self, mqtt_port: u16, more: &[&str]) -> Check {
        Check::start(&self.port, mqtt_port, more)
    }
}

/// A running `air780e check --json`.
#[derive(Debug)]
struct Check(Process);

impl Check {
    fn start(port: &str, mqtt_port: u16, more: &[&str]) -> Self {
        let mqtt_port = mqtt_port.to_string();
        let fixed = ["check", "--json", "--port", port, "--host", "127.0.0.1", "--mqtt-port", &mqtt_port];
        Self(Process::air780e(fixed.iter().chain(more)))
    }

    /// Reads until a rung is in a state.
    #[track_caller]
    fn wait_for_rung(&self, rung: &str, state: &str) {
        self.0.lines_until(|line| {
            let line = object(line);
            assert_ne!(line["kind"], "verdict", "too early: {line}");
            line["kind"] == "rung" && line["rung"] == rung && line["state"] == state
        });
    }

    /// Waits for the end.
    #[track_caller]
    fn outcome(self) -> Outcome {
        // Each line has its time: a long check is no late one.
        let mut lines = self.0.lines_until(|line| object(line)["kind"] == "verdict");
        let (status, rest, errors) = self.0.output();
        lines.extend(rest);
        let lines: Vec<Value> = lines.iter().map(|line| object(line)).collect();
        let verdict = lines.last().cloned().unwrap_or_else(|| panic!("no output; errors: {errors:?}"));
        assert_eq!(verdict["kind"], "verdict", "the last line is {verdict}");
        assert_eq!(verdict["result"] == "ok", status.success(), "{verdict} but {status}");
        Outcome { status, lines, verdict, errors }
    }
}

/// What a check said.
#[derive(Debug)]
struct Outcome {
    status: ExitStatus,
    lines: Vec<Value>,
    verdict: Value,
    errors: Vec<String>,
}

impl Outcome {
    #[track_caller]
    fn assert_ok(&self) {
        assert!(self.status.success(), "{:#?}\n{:#?}", self.verdict, self.lines);
    }

    #[track_caller]
    fn assert_failed(&self, rung: &str, finding: &str) {
        let found = (self.verdict["rung"].as_str(), self.verdict["finding"].as_str());
        assert_eq!(found, (Some(rung), Some(finding)), "{:#?}\n{:#?}", self.verdict, self.lines);
        assert!(self.errors.iter().any(|line| line.contains("What to do: ")), "{:?}", self.errors);
    }

    /// Nothing is named, and these are among what it may be, with the step that would decide.
    #[track_caller]
    fn assert_undecided(&self, rung: Option<&str>, candidates: &[&str]) {
        let found = (self.verdict["result"].as_str(), self.verdict["rung"].as_str(), &self.verdict["finding"]);
        assert_eq!(found, (Some("failed"), rung, &Value::Null), "{:#?}\n{:#?}", self.verdict, self.lines);
        let open = self.verdict["undecided"].as_array().expect("a list");
        assert!(candidates.iter().all(|id| open.iter().any(|one| one == id)), "{open:?}");
        assert!(self.verdict["step"].as_str().is_some_and(|step| !step.is_empty()), "{:#?}", self.verdict);
    }

    /// The payloads that arrived at the modem, in hex.
    fn received(&self) -> Vec<&str> {
        let messages = self.lines.iter().filter(|line| line["kind"] == "message");
        messages.filter_map(|line| line["payload_hex"].as_str()).collect()
    }
}

#[track_caller]
fn object(line: &str) -> Value {
    serde_json::from_str(line).unwrap_or_else(|error| panic!("{line:?} is not JSON: {error}"))
}

/// A file that lives as long as the folder.
fn file(folder: &TempDir, name: &str, content: &[u8]) -> PathBuf {
    let path = folder.path().join(name);
    std::fs::write(&path, content).expect("a file in the test's folder");
    path
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder for the test")
}

fn text(path: &std::path::Path) -> &str {
    path.to_str().expect("the test's paths are UTF-8")
}
