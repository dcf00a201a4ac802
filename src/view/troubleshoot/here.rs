//! What this computer got, in rows: name, port, suites, chain, name in the certificate, dates, client certificate.

use chrono::DateTime;

use crate::{
    certs::{CaRelation, CertificateFacts, ChainJudgement},
    diagnosis::{
        FailureCause, Granted, HelloAnswer, Here, HereStage, LoginHere, NameFailure, NameHere, PortOutcome, Suite,
        SuiteAnswer, Unnamed, VerifyCode,
    },
    lang::Text,
};

/// What one row came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// As it should be.
    Good,
    /// It works, but think twice.
    Doubtful,
    /// This fails the connection.
    Bad,
    /// It says nothing either way.
    Neutral,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HereRow {
    /// The name of its word in the language files.
    pub key: &'static str,
    /// What it came to.
    pub verdict: Verdict,
    /// What was found.
    pub text: Text,
}

/// One suite.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SuiteRow {
    /// Its number as the module writes it, `0X0035`.
    pub number: String,
    /// The name that broker configurations use.
    pub name: &'static str,
    /// Whether the broker takes it; `None` while it was not asked.
    pub is_accepted: Option<bool>,
    /// What the broker said; `None` while it was not asked.
    pub answer: Option<Text>,
}

/// One certificate of the broker's chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainRow {
    /// Whom it names.
    pub subject: String,
    /// Who issued it.
    pub issuer: String,
    /// From and to, as days.
    pub dates: String,
    /// Kind and size of its key.
    pub key: String,
    /// Whether it signed itself.
    pub is_root: bool,
}

/// What this computer got.
#[derive(Clone, Debug, PartialEq)]
pub struct HereView {
    /// How far it is.
    pub progress: Text,
    /// Part that is done, 0 to 1.
    pub part: f32,
    /// Whether it is under way.
    pub is_running: bool,
    /// The rows.
    pub rows: Vec<HereRow>,
    /// The table of suites; empty when the connection is not encrypted.
    pub suites: Vec<SuiteRow>,
    /// The broker's chain, leaf first.
    pub chain: Vec<ChainRow>,
}

/// What this computer got.
pub(super) fn view(here: &Here) -> HereView {
    let (progress, part) = progress(here.stage);
    let mut rows = Vec::new();
    rows.extend(here.name.as_ref().map(|name| name_row(here, name)));
    rows.extend(port_row(here));
    rows.extend(language_row(here));
    rows.extend(web_row(here));
    rows.extend(unnamed_row(here));
    rows.extend(judged_rows(here));
    rows.extend(message_row(here));
    rows.extend(demand_row(here));
    rows.extend(as_module_row(here));
    rows.extend(login_row(here));
    rows.extend(here.granted.iter().map(granted_row));
    HereView {
        progress,
        part,
        is_running: here.stage.is_running(),
        rows,
        suites: if here.is_tls && here.suites.is_some() { suites(here) } else { Vec::new() },
        chain: here.chain.iter().map(chain_row).collect(),
    }
}

fn progress(stage: HereStage) -> (Text, f32) {
    match stage {
        HereStage::Name => (Text::new("doctor-stage-name"), 0.05),
        HereStage::Port => (Text::new("doctor-stage-port"), 0.15),
        HereStage::Suites(done) => {
            let total = Suite::ALL.len();
            let part = f32::from(u8::try_from(done).unwrap_or(u8::MAX)) / 6.0;
            (Text::new("doctor-stage-suites").with("done", done).with("total", total), 0.25 + 0.45 * part)
        }
        HereStage::Chain => (Text::new("doctor-stage-chain"), 0.75),
        HereStage::AsModule => (Text::new("doctor-stage-as-module"), 0.9),
        HereStage::Done => (Text::new("doctor-stage-done"), 1.0),
        HereStage::Stopped => (Text::new("doctor-stage-stopped"), 1.0),
    }
}

fn row(key: &'static str, verdict: Verdict, text: Text) -> HereRow {
    HereRow { key, verdict, text }
}

fn name_row(here: &Here, name: &NameHere) -> HereRow {
    let host = here.host.as_str();
    match name {
        NameHere::Numeric => {
            row("doctor-here-name", Verdict::Neutral, Text::new("doctor-name-numeric").with("host", host))
        }
        NameHere::Found(addresses, took) => {
            let list = addresses.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
            let millis = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
            let text = Text::new("doctor-name-found").with("host", host).with("list", list).with("ms", millis);
            row("doctor-here-name", Verdict::Good, text)
        }
        NameHere::Unknown => row("doctor-here-name", Verdict::Bad, Text::new("doctor-name-unknown").with("host", host)),
        NameHere::Silent => {
            row("doctor-here-name", Verdict::Doubtful, Text::new("doctor-name-silent").with("host", host))
        }
        NameHere::Failed(failure) => {
            let text = match failure {
                NameFailure::Temporary => Text::new("doctor-name-later").with("host", host),
                NameFailure::NoNetwork => Text::new("doctor-name-no-network"),
                NameFailure::Resolver(number) => Text::new("doctor-name-failed").with("number", *number),
            };
            row("doctor-here-name", Verdict::Doubtful, text)
        }
    }
}

fn port_row(here: &Here) -> Option<HereRow> {
    let port = here.port_here.as_ref()?;
    let address = port.address.to_string();
    let millis = u64::try_from(port.took.as_millis()).unwrap_or(u64::MAX);
    let (verdict, key) = match &port.outcome {
        PortOutcome::Open => (Verdict::Good, "doctor-port-open"),
        PortOutcome::Speaks(_) => (Verdict::Bad, "doctor-port-speaks"),
        PortOutcome::Closes => (Verdict::Bad, "doctor-port-closes"),
        PortOutcome::Refused => (Verdict::Bad, "doctor-port-refused"),
        PortOutcome::Silent => (Verdict::Bad, "doctor-port-silent"),
        PortOutcome::NoWay(_) => (Verdict::Doubtful, "doctor-port-no-way"),
    };
    Some(row("doctor-here-port", verdict, Text::new(key).with("address", address).with("ms", millis)))
}

/// What the port speaks, by its answer to the module's offer.
fn language_row(here: &Here) -> Option<HereRow> {
    let (speaks_tls, text) = match here.together()? {
        Ok(HelloAnswer::Accepted(hello)) => {
            let suite =
                Suite::from_id(hello.suite).map_or_else(|| format!("{:04X}", hello.suite), |one| one.to_string());
            (true, Text::new("doctor-offer-accepted").with("suite", suite))
        }
        Ok(HelloAnswer::Alert(alert)) => (true, Text::new("doctor-offer-alert").with("alert", alert.to_string())),
        Ok(HelloAnswer::NotTls(bytes)) => {
            let start: String = String::from_utf8_lossy(bytes).escape_debug().take(40).collect();
            (false, Text::new("doctor-offer-other").with("start", start))
        }
        Ok(HelloAnswer::Unexpected(_)) | Err(_) => (false, Text::new("doctor-offer-none")),
    };
    let is_accepted = matches!(here.together(), Some(Ok(HelloAnswer::Accepted(_))));
    let verdict = match (here.is_tls, speaks_tls) {
        (true, true) if is_accepted => Verdict::Good,
        (true, _) | (false, true) => Verdict::Bad,
        (false, false) => Verdict::Neutral,
    };
    Some(row("doctor-here-tls", verdict, text))
}

fn unnamed_row(here: &Here) -> Option<HereRow> {
    let (verdict, key) = match here.unnamed.as_ref()? {
        Unnamed::Same => (Verdict::Good, "doctor-sni-free"),
        Unnamed::OtherCertificate(_) => (Verdict::Doubtful, "doctor-sni-other"),
        Unnamed::Refused(_) => (Verdict::Doubtful, "doctor-sni-needed"),
    };
    Some(row("doctor-here-sni", verdict, Text::new(key)))
}

/// Trust, dates by either clock, and name: what judged the chain.
fn judged_rows(here: &Here) -> Vec<HereRow> {
    let Some(judged) = &here.judged else {
        // A scan without files has no module whose file it could miss.
        let needs_ca = here.wanted.checks_server && !here.is_scan && !here.chain.is_empty();
        return needs_ca
            .then(|| row("doctor-here-trust", Verdict::Doubtful, Text::new("doctor-trust-no-file")))
            .into_iter()
            .collect();
    };
    let mut rows = vec![trust_row(judged)];
    let is_dated = matches!(judged.code, VerifyCode::EXPIRED | VerifyCode::NOT_YET_VALID);
    let (verdict, key) =
        if is_dated { (Verdict::Bad, "doctor-dates-bad") } else { (Verdict::Good, "doctor-dates-good") };
    rows.push(row("doctor-here-dates", verdict, Text::new(key)));
    if let Some((clock, _)) = here.wanted.clocks {
        let is_bad = here
            .judged_by_module
            .as_ref()
            .is_some_and(|judged| matches!(judged.code, VerifyCode::EXPIRED | VerifyCode::NOT_YET_VALID));
        let (verdict, key) = match (is_bad, here.wanted.ignores_clock) {
            (true, false) => (Verdict::Bad, "doctor-clock-bad"),
            (true, true) => (Verdict::Doubtful, "doctor-clock-ignored"),
            (false, _) => (Verdict::Good, "doctor-clock-good"),
        };
        rows.push(row("doctor-here-clock", verdict, Text::new(key).with("day", day(Some(clock)))));
    } else {
        rows.push(row("doctor-here-clock", Verdict::Neutral, Text::new("doctor-clock-unknown")));
    }
    let is_named = !matches!(judged.code, VerifyCode::HOSTNAME_MISMATCH | VerifyCode::IP_MISMATCH);
    let names = here.chain.first().map(|leaf| leaf.names.join(", ")).unwrap_or_default();
    let (verdict, key) =
        if is_named { (Verdict::Good, "doctor-names-good") } else { (Verdict::Bad, "doctor-names-bad") };
    let text = Text::new(key).with("host", here.host.as_str()).with("names", names);
    // An untrusted chain is given up before its name is looked at.
    if matches!(judged.code, VerifyCode::OK) || !is_named {
        rows.push(row("doctor-here-names", verdict, text));
    }
    rows
}

fn trust_row(judged: &ChainJudgement) -> HereRow {
    let is_trust = !matches!(
        judged.code,
        VerifyCode::OK
            | VerifyCode::EXPIRED
            | VerifyCode::NOT_YET_VALID
            | VerifyCode::HOSTNAME_MISMATCH
            | VerifyCode::IP_MISMATCH
    );
    if !is_trust {
        return row("doctor-here-trust", Verdict::Good, Text::new("doctor-trust-good"));
    }
    let key = match judged.relation {
        CaRelation::SameNameOtherKey => "doctor-trust-twin",
        CaRelation::IsTheLeaf => "doctor-trust-leaf",
        CaRelation::Unreadable => "doctor-trust-unreadable",
        CaRelation::Issues | CaRelation::Unrelated => "doctor-trust-bad",
    };
    row("doctor-here-trust", Verdict::Bad, Text::new(key).with("code", judged.code.0))
}

fn message_row(here: &Here) -> Option<HereRow> {
    let bytes = here.free.as_ref()?.certificate_message()?;
    let verdict = if bytes > LARGE_CHAIN { Verdict::Doubtful } else { Verdict::Good };
    let text = Text::new("doctor-size").with("bytes", bytes).with("limit", LARGE_CHAIN);
    Some(row("doctor-here-size", verdict, text))
}

fn demand_row(here: &Here) -> Option<HereRow> {
    let free = here.free.as_ref()?;
    let (verdict, key) = match (free.demands_certificate, here.wanted.shows_certificate) {
        (true, false) => (Verdict::Bad, "doctor-demand-missing"),
        (true, true) => (Verdict::Good, "doctor-demand-met"),
        (false, _) => (Verdict::Good, "doctor-demand-none"),
    };
    Some(row("doctor-here-client", verdict, Text::new(key)))
}

fn as_module_row(here: &Here) -> Option<HereRow> {
    let (verdict, text) = match here.as_module.as_ref()? {
        Ok(done) => (Verdict::Good, Text::new("doctor-module-good").with("suite", done.suite_name)),
        Err(failure) => (Verdict::Bad, Text::new("doctor-module-bad").with("why", why(&failure.cause))),
    };
    Some(row("doctor-here-module", verdict, text))
}

fn web_row(here: &Here) -> Option<HereRow> {
    let line = here.web.as_deref()?;
    Some(row("doctor-here-web", Verdict::Bad, Text::new("doctor-web").with("line", line)))
}

fn login_row(here: &Here) -> Option<HereRow> {
    let (verdict, text) = match here.login? {
        LoginHere::Answered(0) => (Verdict::Good, Text::new("doctor-login-good")),
        LoginHere::Answered(code) => (Verdict::Bad, Text::new("doctor-login-refused").with("code", code)),
        LoginHere::Closed => (Verdict::Bad, Text::new("doctor-login-closed")),
        LoginHere::Silent | LoginHere::Other => (Verdict::Bad, Text::new("doctor-login-none")),
    };
    Some(row("doctor-here-login", verdict, text))
}

/// What the broker granted to a filter.
fn granted_row(one: &Granted) -> HereRow {
    let (verdict, text) = match one.given {
        None => (Verdict::Bad, Text::new("logged-denied")),
        Some(given) if given < one.asked => (Verdict::Doubtful, Text::new("logged-granted").put("given", given)),
        Some(given) => (Verdict::Good, Text::new("logged-granted").put("given", given)),
    };
    row("doctor-here-granted", verdict, text.put("filter", &one.filter).put("asked", one.asked))
}

/// What ended a handshake.
fn why(cause: &FailureCause) -> Text {
    match cause {
        FailureCause::NoConnection(_) => Text::new("doctor-fails-connect"),
        FailureCause::PeerAlert(alert) => Text::new("doctor-fails-alert").with("alert", alert.to_string()),
        FailureCause::OwnAlert(alert) => Text::new("doctor-fails-own-alert").with("alert", alert.to_string()),
        FailureCause::Untrusted { code, .. } => Text::new("doctor-fails-untrusted").with("code", code.0),
        FailureCause::NotTls => Text::new("doctor-fails-not-tls"),
        FailureCause::Closed => Text::new("doctor-fails-closed"),
        FailureCause::Broken(_) => Text::new("doctor-fails-broken"),
        FailureCause::TimedOut => Text::new("doctor-fails-late"),
        FailureCause::Refused(_) => Text::new("doctor-fails-files"),
        FailureCause::Library(number) => Text::new("doctor-fails-library").with("number", *number),
    }
}

fn suites(here: &Here) -> Vec<SuiteRow> {
    let asked = here.suites.as_ref().map_or(&[][..], |probe| &probe.each);
    let row = |suite: Suite| {
        let answer = asked.iter().find(|one| one.suite == suite);
        SuiteRow {
            number: format!("0X{:04X}", suite.id()),
            name: suite.openssl_name(),
            is_accepted: answer.map(SuiteAnswer::is_accepted),
            answer: answer.map(|one| said(&one.answer)),
        }
    };
    Suite::ALL.into_iter().map(row).collect()
}

fn said(answer: &Result<HelloAnswer, FailureCause>) -> Text {
    match answer {
        Ok(HelloAnswer::Accepted(_)) => Text::new("doctor-said-hello"),
        Ok(HelloAnswer::Alert(alert)) => Text::new("doctor-fails-alert").with("alert", alert.to_string()),
        Ok(HelloAnswer::NotTls(_)) => Text::new("doctor-fails-not-tls"),
        Ok(HelloAnswer::Unexpected(kind)) => Text::new("doctor-said-record").with("kind", *kind),
        Err(cause) => why(cause),
    }
}

pub(super) fn chain_row(one: &CertificateFacts) -> ChainRow {
    ChainRow {
        subject: one.subject.clone(),
        issuer: one.issuer.clone(),
        dates: format!("{} … {}", day(one.not_before), day(one.not_after)),
        key: one.key.to_string(),
        is_root: one.is_self_issued,
    }
}

fn day(seconds: Option<i64>) -> String {
    let time = seconds.and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    time.map_or_else(|| "?".to_owned(), |time| time.format("%Y-%m-%d").to_string())
}

/// What small TLS stacks surely hold (catalogue, F-081).
const LARGE_CHAIN: usize = 4_096;
