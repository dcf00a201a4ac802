//! The answer for programs: one object a line.

use serde_json::{Value, json};

use crate::{
    diagnosis::{Finding, Undecided},
    doctor::{Account, Findings, Row, State, lines_of},
    lang::Lang,
    modem::status::Rung,
};

/// All lines, the verdict last.
pub(super) fn lines(findings: &Findings, lang: Lang) -> Vec<String> {
    let log = json!({
        "kind": "log",
        "file": findings.file,
        "format": findings.format,
        "encoding": findings.encoding,
        "lines": findings.lines,
        "devices": findings.devices,
        "sessions": findings.sessions,
    });
    let verdict = json!({
        "kind": "verdict",
        "result": findings.result.key(),
        "published": findings.published,
        "confirmed": findings.confirmed,
        "received": findings.received,
        "lines": findings.shown,
    });
    let episodes = findings.episodes.iter().map(|told| episode(told, lang));
    let messages = findings.messages.iter().map(message);
    [log].into_iter().chain(episodes).chain(messages).chain([verdict]).map(|line| line.to_string()).collect()
}

fn episode(told: &Account, lang: Lang) -> Value {
    let is_decided = told.undecided.is_none();
    let named = told.findings.iter().filter(|_| is_decided);
    json!({
        "kind": "episode",
        "device": told.device,
        "begin_line": told.begin_line,
        "end_line": told.end_line,
        "begin": told.begin,
        "end": told.end,
        "rung": told.rung.map(Rung::key),
        "recovered": told.is_recovered,
        "findings": named.map(|one| finding(one, lang)).collect::<Vec<_>>(),
        "undecided": told.undecided.as_ref().map_or_else(Vec::new, |open| undecided(open, told)),
    })
}

fn finding(finding: &Finding, lang: Lang) -> Value {
    json!({
        "id": finding.id,
        "certainty": finding.certainty.key(),
        "lines": lines_of(finding),
        "cause": finding.cause.to(lang),
        "fix": finding.fix.to(lang),
    })
}

fn undecided(open: &Undecided, told: &Account) -> Vec<Value> {
    let lines = |id: &str| told.findings.iter().find(|finding| finding.id == id).map(lines_of).unwrap_or_default();
    open.causes.iter().map(|cause| json!({ "id": cause.id, "lines": lines(cause.id) })).collect()
}

fn message(row: &Row) -> Value {
    json!({
        "kind": "message",
        "line": row.line,
        "direction": if row.state.is_some() { "out" } else { "in" },
        "topic": row.topic,
        "bytes": row.bytes,
        "state": row.state.map(State::key),
        "cut": row.is_cut,
    })
}
