//! A scan for people: the verdict first, then why, then everything seen, and the lines that can be pasted.

use super::{
    look::{Looked, Refusal},
    saved::Saved,
    words::{day, fingerprint, key, signature},
};
use crate::{
    cli::tongue::Tongue,
    diagnosis::{Answer, Demand, Fact, Finding, Here, Reach, Standing, Unnamed, said, suite_rows, versions},
    tls::{CertificateRequest, SecurityLevel},
    trace::unnamed,
};

/// All lines about one server.
pub(super) fn lines(looked: &Looked, saved: Option<&Saved>, tongue: Tongue) -> Vec<String> {
    let here = &looked.here;
    let findings = looked.scan.findings();
    let mut all = vec![sentence(looked, tongue), levels(looked, tongue)];
    all.extend(causes(looked, &findings, tongue));
    if here.suites.as_ref().is_some_and(|probe| !probe.each.is_empty()) {
        all.extend(suites(here, tongue));
        all.push(spoken(here, tongue));
        all.extend(preference(here, tongue));
    }
    all.extend(chain(here, tongue));
    all.extend(names(here, tongue));
    if here.speaks_tls() {
        all.push(demand(here, tongue));
    }
    all.extend(saved.into_iter().flat_map(|saved| saved.lines(tongue)));
    all.extend(cures(looked, tongue));
    all
}

/// One row of a list.
pub(super) fn row(looked: &Looked, tongue: Tongue) -> String {
    let findings = looked.scan.findings();
    let first = findings.first().filter(|finding| finding.is_named());
    let why = first.map_or_else(String::new, |finding| format!("{} {}", finding.id, tongue.text(finding.cause)));
    let level = looked.scan.level.map_or_else(|| "-".to_owned(), |level| (level as u8).to_string());
    format!("{:<32} {:<18} {level}  {why}", looked.place, looked.scan.reach.key()).trim_end().to_owned()
}

/// One row for what is no server.
pub(super) fn refused_row(target: &str, refusal: &Refusal, tongue: Tongue) -> String {
    format!("{:<32} {:<18} -  {}", target, Reach::Untried.key(), refusal.said.of(tongue))
}

fn sentence(looked: &Looked, tongue: Tongue) -> String {
    let said = looked.scan.sentence(&looked.here, &looked.place);
    tongue.fact(&said).to_owned()
}

fn levels(looked: &Looked, tongue: Tongue) -> String {
    let word = |standing| match standing {
        Standing::Works => tongue.pick("works", "可用"),
        Standing::Fails => tongue.pick("fails", "不可用"),
        Standing::NoFiles => tongue.pick("no files given", "未提供文件"),
        Standing::Untried => tongue.pick("not tried", "未测试"),
    };
    let name = |level: SecurityLevel| match level {
        SecurityLevel::Unchecked => tongue.pick("0 (nobody checked)", "0（不校验）"),
        SecurityLevel::Server => tongue.pick("1 (server checked)", "1（校验服务器）"),
        SecurityLevel::Mutual => tongue.pick("2 (both checked)", "2（双向校验）"),
    };
    let all = SecurityLevel::ALL
        .map(|level| format!("{}: {}", name(level), word(looked.scan.levels[level as usize])))
        .join(tongue.pick("; ", "；"));
    format!("  {} {all}", tongue.pick("level", "级别"))
}

fn causes(looked: &Looked, findings: &[Finding], tongue: Tongue) -> Vec<String> {
    let mut all = Vec::new();
    if let Some(open) = &looked.scan.diagnosis.undecided {
        let head = tongue.pick("Undecided. What would decide:", "尚未确定。可据此判断：");
        all.push(format!("  {head} {}", tongue.text(open.step.what)));
    }
    for (place, finding) in findings.iter().enumerate() {
        let word = match (place, finding.is_named()) {
            (0, true) => "",
            (_, true) => tongue.pick("also ", "另有 "),
            (_, false) => tongue.pick("perhaps ", "可能 "),
        };
        all.push(format!("  {word}{} {}: {}", finding.id, finding.key, tongue.text(finding.cause)));
        let because = tongue.pick("because:", "依据：");
        let shown = |fact: &Fact| format!("    {because} {}", unnamed(tongue.fact(fact)));
        all.extend(finding.evidence.iter().map(shown));
        if finding.is_named() {
            all.push(format!("    {} {}", tongue.pick("What to do:", "处理："), tongue.text(finding.fix)));
        }
    }
    all
}

const fn mark(answer: Answer, tongue: Tongue) -> &'static str {
    match answer {
        Answer::Taken => tongue.pick("taken", "接受"),
        Answer::Refused => tongue.pick("refused", "拒绝"),
        Answer::Untestable => tongue.pick("not testable", "无法测试"),
    }
}

fn suites(here: &Here, tongue: Tongue) -> Vec<String> {
    let mut all = vec![tongue.pick("The module's suites:", "模块的套件：").to_owned()];
    all.extend(suite_rows(here).iter().map(|row| {
        let (id, name, detail) = (row.suite.id(), row.suite.iana_name(), tongue.fact(&row.detail));
        format!("  0x{id:04X} {name:<32} {:<13} {detail}", mark(row.answer, tongue)).trim_end().to_owned()
    }));
    all
}

fn spoken(here: &Here, tongue: Tongue) -> String {
    let all =
        versions(here).iter().map(|(name, answer)| format!("{name} {}", mark(*answer, tongue))).collect::<Vec<_>>();
    format!("{} {}", tongue.pick("Versions:", "版本："), all.join(", "))
}

/// What the server takes from a client that offers everything.
fn preference(here: &Here, tongue: Tongue) -> Option<String> {
    let free = here.free.as_ref()?;
    let taken = free.tls13.as_ref().or(free.up_to_tls12.as_ref()).ok()?;
    let version = taken.version.map_or_else(String::new, |version| version.to_string());
    let head = tongue.pick("With everything allowed it takes:", "不加限制时它选择：");
    Some(format!("{head} {version} {}", taken.suite_name))
}

fn chain(here: &Here, tongue: Tongue) -> Vec<String> {
    if here.chain.is_empty() {
        return Vec::new();
    }
    let mut all = vec![tongue.pick("The chain it shows:", "它出示的证书链：").to_owned()];
    for (place, one) in here.chain.iter().enumerate() {
        let (by, from) = (tongue.pick("issued by", "签发者"), tongue.pick("valid", "有效期"));
        all.push(format!("  {} {}", place + 1, one.subject));
        let (begin, end) = (day(one.not_before), day(one.not_after));
        all.push(format!("    {by} {}; {from} {begin} {} {end}", one.issuer, tongue.pick("to", "至")));
        all.push(format!("    {}, {}, SHA-256 {}", key(one), signature(one), fingerprint(&one.fingerprint)));
        if !one.names.is_empty() {
            let shown: String = one.names.join(", ").chars().take(LONGEST).collect();
            all.push(format!("    {} {shown}", tongue.pick("for", "域名")));
        }
    }
    all
}

/// What a client gets that names no server, or another one.
fn names(here: &Here, tongue: Tongue) -> Vec<String> {
    let met = |met: &Unnamed| match met {
        Unnamed::Same => tongue.pick("the same certificate", "同样的证书").to_owned(),
        Unnamed::OtherCertificate(subject) => {
            format!("{} {subject}", tongue.pick("another certificate:", "另一张证书："))
        }
        Unnamed::Refused(cause) => format!("{} {}", tongue.pick("refused:", "被拒绝："), tongue.fact(&said(cause))),
    };
    let without = here.unnamed.as_ref().map(|one| (tongue.pick("Without a server name:", "不带服务器名称："), one));
    let other =
        here.misnamed.as_ref().map(|one| (tongue.pick("With another server name:", "使用其他服务器名称："), one));
    without.into_iter().chain(other).map(|(head, one)| format!("{head} {}", met(one))).collect()
}

fn demand(here: &Here, tongue: Tongue) -> String {
    let head = tongue.pick("Client certificate:", "客户端证书：");
    let asked = match here.client_certificate() {
        Some(Demand::Required) => tongue.pick("required", "必须"),
        Some(Demand::Optional) => tongue.pick("asked for, not required", "可选"),
        Some(Demand::Nothing) => tongue.pick("not asked for", "不要求"),
        None => tongue.pick("not seen", "未能得知"),
    };
    let names = here.certificate_request().map(CertificateRequest::authority_names).unwrap_or_default();
    let of = tongue.pick(", of one of these authorities: ", "，须由以下机构签发：");
    let whose = if names.is_empty() { String::new() } else { format!("{of}{}", names.join("; ")) };
    format!("{head} {asked}{whose}")
}

fn cures(looked: &Looked, tongue: Tongue) -> Vec<String> {
    let mut all = Vec::new();
    let mut why = "";
    for cure in looked.scan.cures(&looked.here) {
        let next = tongue.text(cure.why);
        if all.is_empty() {
            all.push(tongue.pick("Lines that would help:", "可粘贴的配置：").to_owned());
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
