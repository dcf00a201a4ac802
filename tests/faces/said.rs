//! What a face said in the end, whichever it was.

use std::fmt;

use air780e_companion::diagnosis::{Diagnosis, Finding, Undecided};
use serde_json::Value;

/// What a face said in the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Said {
    /// Nothing is wrong.
    Nothing,
    /// This cause.
    Named(String),
    /// One of these, and the facts do not tell which.
    Undecided(Vec<String>),
}

impl Said {
    /// What a diagnosis comes to: the trouble that lasts, what is worth a word, or else what was put right last.
    pub(crate) fn of(diagnosis: &Diagnosis) -> Self {
        let named = |findings: &[Finding]| findings.iter().find(|one| one.is_named()).map(|one| one.id.to_owned());
        let open = |one: &Undecided| Self::Undecided(one.causes.iter().map(|cause| cause.id.to_owned()).collect());
        if let Some(undecided) = &diagnosis.undecided {
            return open(undecided);
        }
        if let Some(id) = named(&diagnosis.findings) {
            return Self::Named(id);
        }
        let Some(last) = diagnosis.episodes.last() else { return Self::Nothing };
        match (&last.undecided, named(&last.findings)) {
            (Some(undecided), _) => open(undecided),
            (None, Some(id)) => Self::Named(id),
            (None, None) => Self::Undecided(Vec::new()),
        }
    }

    /// The same of a verdict as the command line prints it.
    pub(crate) fn of_verdict(verdict: &Value) -> Self {
        let ids = |list: &Value| {
            let list = list.as_array().into_iter().flatten();
            list.filter_map(Value::as_str).map(str::to_owned).collect::<Vec<_>>()
        };
        let undecided = ids(&verdict["undecided"]);
        if !undecided.is_empty() {
            return Self::Undecided(undecided);
        }
        let mut findings = verdict["findings"].as_array().into_iter().flatten();
        if let Some(found) = findings.find(|one| one["certainty"] != "possible") {
            return Self::Named(found["id"].as_str().unwrap().to_owned());
        }
        let Some(last) = verdict["episodes"].as_array().and_then(|all| all.last()) else { return Self::Nothing };
        match ids(&last["findings"]).first() {
            Some(id) => Self::Named(id.clone()),
            None => Self::Undecided(ids(&last["undecided"])),
        }
    }

    /// Whether `id` is the cause named, or the only thing wrong is nothing.
    pub(crate) fn is(&self, id: Option<&str>) -> bool {
        match (self, id) {
            (Self::Nothing, None) => true,
            (Self::Named(named), Some(id)) => named == id,
            _ => false,
        }
    }

    /// Whether nothing is decided and `id` is among what it may be.
    pub(crate) fn leaves_open(&self, id: Option<&str>) -> bool {
        matches!((self, id), (Self::Undecided(all), Some(id)) if all.iter().any(|one| one == id))
    }
}

/// `F-052`, `-`, `undecided: F-001 F-005`.
impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing => f.pad("-"),
            Self::Named(id) => f.pad(id),
            Self::Undecided(ids) => f.pad(&format!("undecided: {}", ids.join(" "))),
        }
    }
}
