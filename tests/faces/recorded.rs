//! The face of a recording: `air780e replay` of a trace.

use air780e_companion::{
    diagnosis::{Case, Course, Diagnosis, diagnose},
    trace::Trace,
    worker::replay,
};
use serde_json::Value;

use crate::{kit::process::Process, said::Said};

/// What the program says of a trace, and its words.
pub(crate) fn replayed(trace: &str) -> (Said, Value) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("trace.txt");
    std::fs::write(&path, trace).unwrap();
    let (_, lines, errors) = Process::air780e(["replay", "--json", path.to_str().unwrap()]).output();
    let verdict = verdict(&lines).unwrap_or_else(|| panic!("no verdict; errors: {errors:?}"));
    (Said::of_verdict(&verdict), verdict)
}

/// The last line of a program that ends with a verdict.
pub(crate) fn verdict(lines: &[String]) -> Option<Value> {
    let verdict: Value = serde_json::from_str(lines.last()?).ok()?;
    (verdict["kind"] == "verdict").then_some(verdict)
}

/// What a window says that watches the recording.
pub(crate) fn watched(trace: &str) -> Diagnosis {
    let mut course = Course::default();
    replay::watch(&Trace::parse(trace).unwrap(), |_, event| course.take(&event));
    diagnose(&Case { course: &course, now: course.newest() })
}
