//! A scan as one JSON object on one line: every key is there whatever happened.

use serde_json::{Value, json};

use super::{
    look::{Looked, Refusal},
    saved::Saved,
    words::{self, alert_text, hex, key, moment, signature},
};
use crate::{
    certs::CertificateFacts,
    cli::tongue::Tongue,
    diagnosis::{
        Demand, FailureCause, Finding, HelloAnswer, Here, Reach, Suite,
        catalogue::{CHAIN_ORDER, INTERMEDIATE_MISSING, NAME_MISMATCH, NOBODY_CHECKED},
        cures::{self, Blanks, Cure, Place},
    },
    tls::{Alert, SecurityLevel, SuiteAnswer, TlsVersion},
    trace::unnamed,
};

/// What came of a server. What was saved stands in it only when that was asked for.
pub(super) fn scanned(looked: &Looked, saved: Option<&Saved>, tongue: Tongue) -> Value {
    let here = &looked.here;
    let findings = looked.scan.findings();
    let mut object = json!({
        "kind": "scan",
        "target": looked.place,
        "verdict": looked.scan.reach.key(),
        "level": looked.scan.level.map(|level| level as u8),
        "suites": rows(here, tongue).iter().map(Row::as_json).collect::<Vec<_>>(),
        "versions": versions(here).iter().map(|(name, answer)| json!({ "name": name, "answer": answer.key() })).collect::<Vec<_>>(),
        "chain": here.chain.iter().map(certificate).collect::<Vec<_>>(),
        "client_certificate": demand(here),
        "findings": findings.iter().map(|one| finding(one, tongue)).collect::<Vec<_>>(),
        "cures": cured(looked, &findings).iter().map(|cure| cure_json(cure, tongue)).collect::<Vec<_>>(),
    });
    if let (Some(members), Some(saved)) = (object.as_object_mut(), saved) {
        members.insert("saved_ca".to_owned(), saved.as_json(tongue));
    }
    object
}

/// What was not even tried.
pub(super) fn refused(target: &str, refusal: Option<&Refusal>, tongue: Tongue) -> Value {
    let here = Here::default();
    let findings = refusal.map(|refusal| refusal.findings.iter().map(|one| finding(one, tongue)).collect::<Vec<_>>());
    json!({
        "kind": "scan",
        "target": target,
        "verdict": Reach::Untried.key(),
        "level": null,
        "suites": rows(&here, tongue).iter().map(Row::as_json).collect::<Vec<_>>(),
        "versions": versions(&here).iter().map(|(name, answer)| json!({ "name": name, "answer": answer.key() })).collect::<Vec<_>>(),
        "chain": [],
        "client_certificate": demand(&here),
        "findings": findings.unwrap_or_default(),
        "cures": [],
    })
}

/// The lines against what was found first: what comes behind it is looked at again once that is cured. Where nothing is wrong and
/// nobody is checked, the lines that check.
pub(super) fn cured(looked: &Looked, findings: &[Finding]) -> Vec<Cure> {
    let here = &looked.here;
    let asked = here.wanted.server_name.as_deref().unwrap_or(&looked.host);
    let blanks = Blanks { host: &looked.host, port: looked.port, name: asked };
    let is_unchecked = looked.scan.reach == Reach::Connects && looked.scan.level == Some(SecurityLevel::Unchecked);
    let mut all = match findings.iter().find(|finding| finding.is_named()) {
        Some(first) => cures::cures_of(first.id, &blanks),
        // An intermediate as CA file ends a chain where the module is told so.
        None if findings.iter().any(|finding| finding.id == CHAIN_ORDER.id) => {
            let all = cures::cures_of(INTERMEDIATE_MISSING.id, &blanks);
            all.into_iter().filter(|cure| cure.place == Place::Module).collect()
        }
        None if is_unchecked => cures::cures_of(NOBODY_CHECKED.id, &blanks),
        None => Vec::new(),
    };
    if findings.first().is_some_and(|finding| finding.id == NAME_MISMATCH.id) {
        // The module must ask for a name that the certificate holds; a new certificate must hold the one asked for.
        all.retain(|cure| cure.place != Place::Module);
        if let Some(held) = held_name(here) {
            let module = cures::cures_of(NAME_MISMATCH.id, &Blanks { name: &held, ..blanks });
            all.splice(0..0, module.into_iter().filter(|cure| cure.place == Place::Module));
        }
    }
    all
}

/// A name that the server's certificate holds.
fn held_name(here: &Here) -> Option<String> {
    let leaf = here.chain.first()?;
    let own = if leaf.names.is_empty() { leaf.common_name.as_slice() } else { leaf.names.as_slice() };
    own.iter().find(|name| !name.contains('*')).cloned()
}

fn cure_json(cure: &Cure, tongue: Tongue) -> Value {
    json!({ "for": cure.place.key(), "lines": cure.lines, "why": tongue.text(cure.why) })
}

fn finding(finding: &Finding, tongue: Tongue) -> Value {
    let evidence =
        finding.evidence.iter().map(|fact| json!({ "at_ms": null, "line": null, "text": unnamed(tongue.fact(fact)) }));
    json!({
        "id": finding.id,
        "certainty": finding.certainty.key(),
        "evidence": evidence.collect::<Vec<_>>(),
        "fix": tongue.text(finding.fix),
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

/// What a server said to one thing offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    Taken,
    Refused,
    Untestable,
}

impl Answer {
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::Taken => "taken",
            Self::Refused => "refused",
            Self::Untestable => "untestable",
        }
    }
}

/// One suite of the module.
pub(super) struct Row {
    pub(super) suite: Suite,
    pub(super) answer: Answer,
    pub(super) detail: String,
}

impl Row {
    fn as_json(&self) -> Value {
        json!({
            "id": format!("0x{:04X}", self.suite.id()),
            "name": self.suite.iana_name(),
            "answer": self.answer.key(),
            "detail": self.detail,
        })
    }
}

/// The module's six suites.
pub(super) fn rows(here: &Here, tongue: Tongue) -> Vec<Row> {
    let told = |suite: Suite| {
        let each = here.suites.iter().flat_map(|probe| &probe.each);
        each.into_iter().find(|one| one.suite == suite)
    };
    let row = |suite| match told(suite) {
        Some(one) => {
            let (answer, detail) = suite_answer(one, tongue);
            Row { suite, answer, detail }
        }
        None => Row { suite, answer: Answer::Untestable, detail: tongue.pick("not tried", "未测试").to_owned() },
    };
    Suite::ALL.into_iter().map(row).collect()
}

fn suite_answer(one: &SuiteAnswer, tongue: Tongue) -> (Answer, String) {
    match &one.answer {
        _ if one.is_accepted() && one.suite.is_built_in() => {
            (Answer::Taken, tongue.pick("the server takes it", "服务器接受").to_owned())
        }
        _ if one.is_accepted() => {
            let detail = tongue.pick(
                "the server takes the offer; not testable by handshake on this computer",
                "服务器接受该请求；本电脑无法以握手测试",
            );
            (Answer::Untestable, detail.to_owned())
        }
        Ok(HelloAnswer::Alert(alert)) => (Answer::Refused, alert_text(*alert)),
        Ok(HelloAnswer::Accepted(hello)) => {
            let other = format!("0x{:04X}", hello.suite);
            (Answer::Refused, format!("{} {other}", tongue.pick("the server answers with", "服务器以其他套件应答：")))
        }
        Ok(HelloAnswer::NotTls(_) | HelloAnswer::Unexpected(_)) => {
            (Answer::Untestable, tongue.pick("the answer is not TLS", "应答不是 TLS").to_owned())
        }
        Err(cause @ (FailureCause::Closed | FailureCause::Broken(_))) => (Answer::Refused, words::cause(tongue, cause)),
        Err(cause) => (Answer::Untestable, words::cause(tongue, cause)),
    }
}

/// The versions of TLS, oldest first.
pub(super) fn versions(here: &Here) -> Vec<(&'static str, Answer)> {
    vec![
        ("TLS1.0", old(here, TlsVersion::Tls10)),
        ("TLS1.1", old(here, TlsVersion::Tls11)),
        ("TLS1.2", tls12(here)),
        ("TLS1.3", tls13(here)),
    ]
}

fn old(here: &Here, version: TlsVersion) -> Answer {
    match here.old_versions.iter().find(|(one, _)| *one == version) {
        Some((_, Ok(HelloAnswer::Accepted(hello)))) if hello.version == version.id() => Answer::Taken,
        Some((
            _,
            Ok(HelloAnswer::Accepted(_) | HelloAnswer::Alert(_)) | Err(FailureCause::Closed | FailureCause::Broken(_)),
        )) => Answer::Refused,
        _ => Answer::Untestable,
    }
}

fn tls12(here: &Here) -> Answer {
    let freely = here.free.as_ref().map(|free| match &free.up_to_tls12 {
        Ok(established) => established.version == Some(TlsVersion::Tls12),
        Err(failure) => failure.seen.server_hello.is_some_and(|hello| hello.version == TlsVersion::Tls12.id()),
    });
    match here.together() {
        Some(Ok(HelloAnswer::Accepted(hello))) if hello.version == TlsVersion::Tls12.id() => Answer::Taken,
        _ if freely == Some(true) => Answer::Taken,
        Some(Ok(HelloAnswer::Accepted(_))) => Answer::Refused,
        Some(Ok(HelloAnswer::Alert(alert))) if *alert == Alert::PROTOCOL_VERSION => Answer::Refused,
        Some(_) if here.free.as_ref().is_some_and(|free| free.tls13.is_ok()) => Answer::Refused,
        _ => Answer::Untestable,
    }
}

fn tls13(here: &Here) -> Answer {
    match here.free.as_ref().map(|free| &free.tls13) {
        Some(Ok(_)) => Answer::Taken,
        Some(Err(failure)) if here.speaks_tls() => match failure.cause {
            FailureCause::TimedOut | FailureCause::NoConnection(_) | FailureCause::Refused(_) => Answer::Untestable,
            _ => Answer::Refused,
        },
        _ => Answer::Untestable,
    }
}
