//! One log through the program, held against its truth.

use std::{
    fmt,
    process::{Command, Stdio},
};

use serde_json::Value;

use crate::truth::{Cause, Truth};

/// How one log came out.
#[expect(clippy::struct_excessive_bools, reason = "each is one column of the table")]
pub(crate) struct Score {
    name: String,
    has_verdict: bool,
    has_counts: bool,
    /// Every cause first, or left open where the log does not decide.
    pub(crate) has_causes: bool,
    has_lines: bool,
    /// Episodes that the log does not hold.
    pub(crate) alarms: usize,
    said: String,
}

impl Score {
    /// Runs the program on the log.
    pub(crate) fn of(sheet: &str, truth: &Truth) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(&truth.name);
        std::fs::write(&path, truth.bytes(sheet)).expect("the log is written");
        let output = Command::new(env!("CARGO_BIN_EXE_air780e"))
            .args(["doctor", "--json"])
            .arg(&path)
            .stdin(Stdio::null())
            .output()
            .expect("the program runs");
        let text = String::from_utf8(output.stdout).expect("UTF-8");
        let objects: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).expect("an object")).collect();
        Self::compare(truth, &objects, output.status.code())
    }

    fn compare(truth: &Truth, objects: &[Value], code: Option<i32>) -> Self {
        let of_kind = |kind: &str| objects.iter().filter(|object| object["kind"] == kind).collect::<Vec<_>>();
        let episodes: Vec<_> = of_kind("episode").into_iter().map(Said::of).collect();
        let verdict = of_kind("verdict").pop().cloned().unwrap_or_default();
        let log = of_kind("log").pop().cloned().unwrap_or_default();
        let counts = ["published", "confirmed", "received"].map(|key| verdict[key].as_u64());
        let exit = match truth.result.as_str() {
            "healthy" => 0,
            "trouble" | "recovered" => 1,
            _ => 2,
        };
        let is_of = |cause: &Cause, said: &Said| cause.holds(said);
        let alarms = episodes.iter().filter(|said| !truth.causes.iter().any(|cause| is_of(cause, said))).count();
        let is_found = |cause: &Cause| episodes.iter().any(|said| is_of(cause, said));
        let is_shown = |cause: &Cause| {
            let lines: Vec<u64> =
                episodes.iter().filter(|said| is_of(cause, said)).flat_map(|said| said.lines(cause)).collect();
            cause.is_shown_by(&lines)
        };
        let lines: Vec<u64> = numbers(&verdict["lines"]);
        Self {
            name: truth.name.clone(),
            has_verdict: verdict["result"] == truth.result.as_str() && code == Some(exit),
            has_counts: counts == truth.counts.map(Some)
                && (matches!(truth.result.as_str(), "no-log") || log["sessions"] == truth.sessions),
            has_causes: alarms == 0 && truth.causes.iter().all(is_found),
            has_lines: truth.causes.iter().all(is_shown)
                && truth.shown.as_ref().is_none_or(|shown| shown.is_shown_by(&lines)),
            alarms,
            said: format!(
                "{} {} {}/{}/{} {}s {}",
                log["format"].as_str().unwrap_or("?"),
                verdict["result"].as_str().unwrap_or("?"),
                counts[0].map_or(-1, u64::cast_signed),
                counts[1].map_or(-1, u64::cast_signed),
                counts[2].map_or(-1, u64::cast_signed),
                log["sessions"],
                episodes.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
            ) + &if lines.is_empty() { String::new() } else { format!(" V{lines:?}") },
        }
    }

    pub(crate) const fn is_right(&self) -> bool {
        self.has_verdict && self.has_counts && self.has_causes && self.has_lines
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = |is_right| if is_right { "ok" } else { "WRONG" };
        let [verdict, counts, causes, lines] =
            [self.has_verdict, self.has_counts, self.has_causes, self.has_lines].map(word);
        write!(f, "{:30} {verdict:9} {counts:8} {causes:8} {lines:8} {}", self.name, self.said)
    }
}

/// What the program said of one episode.
struct Said {
    /// Id, certainty and lines of each finding, the first first.
    findings: Vec<(String, String, Vec<u64>)>,
    undecided: Vec<(String, Vec<u64>)>,
}

impl Said {
    fn of(episode: &Value) -> Self {
        let list = |key: &str| episode[key].as_array().cloned().unwrap_or_default();
        let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        Self {
            findings: list("findings")
                .iter()
                .map(|one| (word(&one["id"]), word(&one["certainty"]), numbers(&one["lines"])))
                .collect(),
            undecided: list("undecided").iter().map(|one| (word(&one["id"]), numbers(&one["lines"]))).collect(),
        }
    }

    /// The lines that it gives for `cause`.
    fn lines(&self, cause: &Cause) -> Vec<u64> {
        let of_findings = self.findings.iter().map(|(id, _, lines)| (id, lines));
        let all = of_findings.chain(self.undecided.iter().map(|(id, lines)| (id, lines)));
        all.filter(|(id, _)| cause.ids.contains(id)).flat_map(|(_, lines)| lines.clone()).collect()
    }
}

impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let findings: Vec<_> =
            self.findings.iter().map(|(id, certainty, lines)| format!("{id} {certainty} {lines:?}")).collect();
        let undecided: Vec<_> = self.undecided.iter().map(|(id, _)| id.as_str()).collect();
        let lines = self.undecided.first().map(|(_, lines)| format!("{lines:?}")).unwrap_or_default();
        write!(f, "{{{} ? {}{lines}}}", findings.join(", "), undecided.join(" "))
    }
}

impl Cause {
    /// Whether what was said is this: named first, or left open where the log leaves it open.
    fn holds(&self, said: &Said) -> bool {
        if said.undecided.is_empty() {
            return said.findings.first().is_some_and(|(id, _, _)| self.ids.contains(id));
        }
        self.is_open && said.undecided.iter().any(|(id, _)| self.ids.contains(id))
    }
}

fn numbers(value: &Value) -> Vec<u64> {
    value.as_array().map(|all| all.iter().filter_map(Value::as_u64).collect()).unwrap_or_default()
}
