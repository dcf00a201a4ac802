//! A scan as one JSON object on one line: every key is there whatever happened.

use serde_json::{Value, json};

use super::{
    look::{Looked, Refusal},
    saved::Saved,
    words::{hex, key, moment, signature},
};
use crate::{
    certs::CertificateFacts,
    diagnosis::{Demand, Finding, Here, Reach, SuiteRow, cures::Cure, suite_rows, versions},
    here::Login,
    lang::Lang,
    trace::unnamed,
};

/// What came of a server. What was saved stands in it only when that was asked for.
pub(super) fn scanned(looked: &Looked, saved: Option<&Saved>, login: Option<&Login>, lang: Lang) -> Value {
    let here = &looked.here;
    let findings = looked.scan.findings();
    let mut object = json!({
        "kind": "scan",
        "target": looked.place,
        "verdict": looked.scan.reach.key(),
        "level": looked.scan.level.map(|level| level as u8),
        "suites": suites(here, lang),
        "versions": spoken(here),
        "chain": here.chain.iter().map(certificate).collect::<Vec<_>>(),
        "client_certificate": demand(here),
        "findings": findings.iter().map(|one| finding(one, lang)).collect::<Vec<_>>(),
        "cures": looked.scan.cures(here).iter().map(|cure| cure_json(cure, lang)).collect::<Vec<_>>(),
    });
    if let (Some(members), Some(saved)) = (object.as_object_mut(), saved) {
        members.insert("saved_ca".to_owned(), saved.as_json(lang));
    }
    if let (Some(members), Some(login)) = (object.as_object_mut(), login) {
        members.insert("login".to_owned(), super::login::as_json(looked, login, lang));
    }
    object
}

/// What was not even tried.
pub(super) fn refused(target: &str, refusal: Option<&Refusal>, lang: Lang) -> Value {
    let here = Here::default();
    let findings = refusal.map(|refusal| refusal.findings.iter().map(|one| finding(one, lang)).collect::<Vec<_>>());
    json!({
        "kind": "scan",
        "target": target,
        "verdict": Reach::Untried.key(),
        "level": null,
        "suites": suites(&here, lang),
        "versions": spoken(&here),
        "chain": [],
        "client_certificate": demand(&here),
        "findings": findings.unwrap_or_default(),
        "cures": [],
    })
}

fn suites(here: &Here, lang: Lang) -> Vec<Value> {
    let row = |row: SuiteRow| {
        json!({
            "id": format!("0x{:04X}", row.suite.id()),
            "name": row.suite.iana_name(),
            "answer": row.answer.key(),
            "detail": row.detail.to(lang),
        })
    };
    suite_rows(here).into_iter().map(row).collect()
}

fn spoken(here: &Here) -> Vec<Value> {
    versions(here).iter().map(|(name, answer)| json!({ "name": name, "answer": answer.key() })).collect()
}

fn cure_json(cure: &Cure, lang: Lang) -> Value {
    json!({ "for": cure.place.key(), "lines": cure.lines, "why": cure.why.to(lang) })
}

fn finding(finding: &Finding, lang: Lang) -> Value {
    let evidence =
        finding.evidence.iter().map(|fact| json!({ "at_ms": null, "line": null, "text": unnamed(&fact.to(lang)) }));
    json!({
        "id": finding.id,
        "certainty": finding.certainty.key(),
        "evidence": evidence.collect::<Vec<_>>(),
        "fix": finding.fix.to(lang),
    })
}

fn certificate(facts: &CertificateFacts) -> Value {
    json!({
        "subject": facts.subject,
        "issuer": facts.issuer,
        "not_before": moment(facts.not_before),
        "not_after": moment(facts.not_after),
        "key": key(facts),
        "signature": signature(facts),
        "names": facts.names,
        "sha256": hex(&facts.fingerprint),
    })
}

/// What was never asked for is told as that: nothing.
fn demand(here: &Here) -> &'static str {
    match here.client_certificate() {
        Some(Demand::Required) => "required",
        Some(Demand::Optional) => "optional",
        Some(Demand::Nothing) | None => "no",
    }
}
