//! A scan for people: the verdict first, then why, then everything seen, and the lines that can be pasted.

use std::borrow::Cow;

use super::{
    look::{Looked, Refusal},
    saved::Saved,
    words::{day, fingerprint, key, signature},
};
use crate::{
    diagnosis::{Answer, Demand, Fact, Finding, Here, Reach, Standing, Unnamed, said, suite_rows, versions},
    here::Login,
    lang::Lang,
    tls::{CertificateRequest, SecurityLevel},
    trace::unnamed,
};

/// All lines about one server.
pub(super) fn lines(looked: &Looked, saved: Option<&Saved>, login: Option<&Login>, lang: Lang) -> Vec<String> {
    let here = &looked.here;
    let findings = looked.scan.findings();
    let mut all = vec![sentence(looked, lang), levels(looked, lang)];
    all.extend(causes(looked, &findings, lang));
    if here.suites.as_ref().is_some_and(|probe| !probe.each.is_empty()) {
        all.extend(suites(here, lang));
        all.push(spoken(here, lang));
        all.extend(preference(here, lang));
    }
    all.extend(chain(here, lang));
    all.extend(names(here, lang));
    if here.speaks_tls() {
        all.push(demand(here, lang));
    }
    all.extend(saved.into_iter().flat_map(|saved| saved.lines(lang)));
    all.extend(login.into_iter().flat_map(|login| super::login::lines(looked, login, lang)));
    all.extend(cures(looked, lang));
    all
}

/// One row of a list.
pub(super) fn row(looked: &Looked, lang: Lang) -> String {
    let findings = looked.scan.findings();
    let first = findings.first().filter(|finding| finding.is_named());
    let why = first.map_or_else(String::new, |finding| format!("{} {}", finding.id, finding.cause.to(lang)));
    let level = looked.scan.level.map_or_else(|| "-".to_owned(), |level| (level as u8).to_string());
    format!("{:<32} {:<18} {level}  {why}", looked.place, looked.scan.reach.key()).trim_end().to_owned()
}

/// One row for what is no server.
pub(super) fn refused_row(target: &str, refusal: &Refusal, lang: Lang) -> String {
    format!("{:<32} {:<18} -  {}", target, Reach::Untried.key(), refusal.said.to(lang))
}

fn sentence(looked: &Looked, lang: Lang) -> String {
    let said = looked.scan.sentence(&looked.here, &looked.place);
    said.to(lang).into_owned()
}

fn levels(looked: &Looked, lang: Lang) -> String {
    let word = |standing| match standing {
        Standing::Works => lang.tr("scanned-works"),
        Standing::Fails => lang.tr("scanned-fails"),
        Standing::NoFiles => lang.tr("scanned-no-files-given"),
        Standing::Untried => lang.tr("scanned-not-tried"),
    };
    let name = |level: SecurityLevel| match level {
        SecurityLevel::Unchecked => lang.tr("scanned-0-nobody-checked"),
        SecurityLevel::Server => lang.tr("scanned-1-server-checked"),
        SecurityLevel::Mutual => lang.tr("scanned-2-both-checked"),
    };
    let all = SecurityLevel::ALL
        .map(|level| format!("{}: {}", name(level), word(looked.scan.levels[level as usize])))
        .join(&lang.tr("scanned-between"));
    format!("  {} {all}", lang.tr("scanned-level"))
}

fn causes(looked: &Looked, findings: &[Finding], lang: Lang) -> Vec<String> {
    let mut all = Vec::new();
    if let Some(open) = &looked.scan.diagnosis.undecided {
        let head = lang.tr("scanned-undecided-would-decide");
        all.push(format!("  {head} {}", open.step.what.to(lang)));
    }
    for (place, finding) in findings.iter().enumerate() {
        let word = match (place, finding.is_named()) {
            (0, true) => Cow::Borrowed(""),
            (_, true) => lang.tr("scanned-also"),
            (_, false) => lang.tr("scanned-perhaps"),
        };
        all.push(format!("  {word}{} {}: {}", finding.id, finding.key, finding.cause.to(lang)));
        let because = lang.tr("scanned-because");
        let shown = |fact: &Fact| format!("    {because} {}", unnamed(&fact.to(lang)));
        all.extend(finding.evidence.iter().map(shown));
        if finding.is_named() {
            all.push(format!("    {} {}", lang.tr("scanned-do"), finding.fix.to(lang)));
        }
    }
    all
}

fn mark(answer: Answer, lang: Lang) -> Cow<'static, str> {
    match answer {
        Answer::Taken => lang.tr("scanned-taken"),
        Answer::Refused => lang.tr("scanned-refused"),
        Answer::Untestable => lang.tr("scanned-not-testable"),
    }
}

fn suites(here: &Here, lang: Lang) -> Vec<String> {
    let mut all = vec![lang.tr("scanned-module-suites").into_owned()];
    all.extend(suite_rows(here).iter().map(|row| {
        let (id, name, detail) = (row.suite.id(), row.suite.iana_name(), row.detail.to(lang));
        format!("  0x{id:04X} {name:<32} {:<13} {detail}", mark(row.answer, lang)).trim_end().to_owned()
    }));
    all
}

fn spoken(here: &Here, lang: Lang) -> String {
    let all = versions(here).iter().map(|(name, answer)| format!("{name} {}", mark(*answer, lang))).collect::<Vec<_>>();
    format!("{} {}", lang.tr("scanned-versions"), all.join(", "))
}

/// What the server takes from a client that offers everything.
fn preference(here: &Here, lang: Lang) -> Option<String> {
    let free = here.free.as_ref()?;
    let taken = free.tls13.as_ref().or(free.up_to_tls12.as_ref()).ok()?;
    let version = taken.version.map_or_else(String::new, |version| version.to_string());
    let head = lang.tr("scanned-everything-allowed-takes");
    Some(format!("{head} {version} {}", taken.suite_name))
}

fn chain(here: &Here, lang: Lang) -> Vec<String> {
    if here.chain.is_empty() {
        return Vec::new();
    }
    let mut all = vec![lang.tr("scanned-chain-shows").into_owned()];
    for (place, one) in here.chain.iter().enumerate() {
        let (by, from) = (lang.tr("scanned-issued"), lang.tr("scanned-valid"));
        all.push(format!("  {} {}", place + 1, one.subject));
        let (begin, end) = (day(one.not_before), day(one.not_after));
        all.push(format!("    {by} {}; {from} {begin} {} {end}", one.issuer, lang.tr("scanned-to")));
        all.push(format!("    {}, {}, SHA-256 {}", key(one), signature(one), fingerprint(&one.fingerprint)));
        if !one.names.is_empty() {
            let shown: String = one.names.join(", ").chars().take(LONGEST).collect();
            all.push(format!("    {} {shown}", lang.tr("scanned-for")));
        }
    }
    all
}

/// What a client gets that names no server, or another one.
fn names(here: &Here, lang: Lang) -> Vec<String> {
    let met = |met: &Unnamed| match met {
        Unnamed::Same => lang.tr("scanned-same-certificate").into_owned(),
        Unnamed::OtherCertificate(subject) => {
            format!("{} {subject}", lang.tr("scanned-another-certificate"))
        }
        Unnamed::Refused(cause) => format!("{} {}", lang.tr("scanned-refused-by"), said(cause).to(lang)),
    };
    let without = here.unnamed.as_ref().map(|one| (lang.tr("scanned-without-server-name"), one));
    let other = here.misnamed.as_ref().map(|one| (lang.tr("scanned-another-server-name"), one));
    without.into_iter().chain(other).map(|(head, one)| format!("{head} {}", met(one))).collect()
}

fn demand(here: &Here, lang: Lang) -> String {
    let head = lang.tr("scanned-client-certificate");
    let asked = match here.client_certificate() {
        Some(Demand::Required) => lang.tr("scanned-required"),
        Some(Demand::Optional) => lang.tr("scanned-asked-not-required"),
        Some(Demand::Nothing) => lang.tr("scanned-not-asked"),
        None => lang.tr("scanned-not-seen"),
    };
    let names = here.certificate_request().map(CertificateRequest::authority_names).unwrap_or_default();
    let of = lang.tr("scanned-these-authorities");
    let whose = if names.is_empty() { String::new() } else { format!("{of}{}", names.join("; ")) };
    format!("{head} {asked}{whose}")
}

fn cures(looked: &Looked, lang: Lang) -> Vec<String> {
    let mut all = Vec::new();
    let mut why = Cow::Borrowed("");
    for cure in looked.scan.cures(&looked.here) {
        let next = cure.why.to(lang);
        if all.is_empty() {
            all.push(lang.tr("scanned-lines-would-help").into_owned());
        }
        if next != why {
            why = next;
            all.push(format!("  {why}"));
        }
        all.push(format!("  [{}]", cure.place.key()));
        all.extend(cure.lines.iter().map(|line| format!("    {line}")));
    }
    all
}

/// So many letters of names stand on a line.
const LONGEST: usize = 160;
