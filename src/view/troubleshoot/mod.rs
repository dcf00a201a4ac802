//! What the Troubleshoot page shows: what went wrong, the findings in their order, what they rule out, what a button can do;
//! what this computer got, and what the module says of itself.
//!
//! The verdict is worked out again only when something that bears on it has changed.

mod bisect;
mod here;
mod module;
mod report;
mod scan;

use std::{borrow::Cow, time::Duration};

use crate::{
    diagnosis::{Case, Cause, Diagnosis, Episode, Explained, Innocent, catalogue, diagnose, explained},
    lang::{Lang, Phrase, Text},
    model::{
        Model,
        connection::Phase,
        request::Security,
        status::{RungState, Session},
    },
    time::{Moment, WallAnchor},
};

use super::{
    Rung, fault, rung,
    waiting::{self, Waiting},
};

pub use self::{
    bisect::{BisectQuestion, BisectScreen, BisectView, TriedMark, TriedRow},
    here::{ChainRow, HereRow, HereView, SuiteRow, Verdict},
    module::ModuleRow,
    scan::{AuthorityFile, AuthorityView, Link, Picture, ScanScreen, SideRow, fact_words, verdict},
};
pub use crate::diagnosis::{
    Certainty, Fact, Finding, Reach, Remedy, Standing as LevelStanding, SuiteRow as OfferedSuite, cures::Cure,
};

/// `text` in `lang`.
pub fn words(text: Phrase, lang: Lang) -> Cow<'static, str> {
    text.to(lang)
}

/// What the user has open on the page, and the last verdict.
#[derive(Clone, Debug, Default)]
pub struct Screen {
    /// The finding that was unfolded or folded last: its number, and whether it is open. The first is open by itself.
    pub open: Option<(&'static str, bool)>,
    /// The search for the port and rate that answer.
    pub search: PortSearch,
    /// The question whether this computer may log in, while it is open.
    pub login: Option<LoginQuestion>,
    /// The scan of a server without a module.
    pub scan: ScanScreen,
    /// The search for the one setting that decides.
    pub bisect: BisectScreen,
    diagnosis: Diagnosis,
    made_for: Option<(u64, Moment)>,
}

/// What a login from this computer would send: said before each one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoginQuestion {
    /// Where to, `host:port`.
    pub target: String,
    /// Under which client id: never the module's, which would throw the module out.
    pub client_id: String,
    /// The user name, where there is one.
    pub user: Option<String>,
    /// Whether a password goes with it.
    pub has_password: bool,
    /// The topic filters that are asked for, for a moment.
    pub filters: Vec<String>,
    /// Whether it travels encrypted.
    pub is_encrypted: bool,
}

/// The search for the port and the rate that answer `AT`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum PortSearch {
    /// Nobody looked.
    #[default]
    Idle,
    /// Under way.
    Running,
    /// This port answers at this rate.
    Found(String, u32),
    /// None answers.
    Nothing,
}

impl Screen {
    /// Judges again when something has changed. `now` as a moment of the running connection.
    pub fn refresh(&mut self, model: &Model, now: Moment) {
        let evidence = model.evidence();
        let is_ripe = |made_at: Moment| {
            let ripens = evidence.course().ripens_at();
            ripens.is_some_and(|ripens| made_at < ripens && ripens <= now)
        };
        if self.made_for.is_some_and(|(revision, made_at)| revision == evidence.revision() && !is_ripe(made_at)) {
            return;
        }
        self.made_for = Some((evidence.revision(), now));
        self.diagnosis = diagnose(&Case { course: evidence.course(), now });
        let is_known = |id: &str| self.diagnosis.findings.iter().any(|finding| finding.id == id);
        self.open = self.open.filter(|(id, _)| is_known(id));
    }

    /// How long until the verdict may change although nothing happens.
    pub fn ripens_in(&self, model: &Model, now: Moment) -> Option<Duration> {
        let ripens = model.evidence().course().ripens_at()?;
        (ripens > now).then(|| ripens.since(now))
    }

    /// Unfolds the finding of this number, or folds it.
    pub fn toggle(&mut self, id: &'static str) {
        let is_open = self.is_open(id);
        self.open = Some((id, !is_open));
    }

    fn is_open(&self, id: &str) -> bool {
        match self.open {
            Some((opened, is_open)) if opened == id => is_open,
            Some((_, true)) => false,
            _ => self.diagnosis.findings.first().is_some_and(|first| first.id == id),
        }
    }

    /// The cause, for the ladder; `None` while the facts do not decide.
    pub fn first(&self) -> Option<&Finding> {
        self.diagnosis.cause()
    }

    /// What the page says first: the cause, or the step that would decide; `None` while nothing is wrong.
    pub fn first_word(&self) -> Option<FirstWord> {
        let undecided = || self.diagnosis.undecided.as_ref().map(|open| FirstWord::Undecided(open.step.what));
        self.diagnosis.trouble.as_ref()?;
        self.first().map(|first| FirstWord::Cause(first.id, first.cause)).or_else(undecided)
    }

    /// Whether something went wrong.
    pub const fn has_trouble(&self) -> bool {
        self.diagnosis.trouble.is_some()
    }

    /// The rung that the verdict is about.
    pub fn rung(&self) -> Option<Rung> {
        self.diagnosis.rung()
    }
}

/// What the page says first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FirstWord {
    /// The cause: its number and words.
    Cause(&'static str, Phrase),
    /// The facts do not decide; this step would.
    Undecided(Phrase),
}

/// How things stand in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nothing was tried yet.
    Untried,
    /// Something is under way at this rung.
    UnderWay(Rung),
    /// Something went wrong.
    Trouble,
    /// The session stands.
    Healthy,
    /// The port is open, nothing is wrong, there is no session.
    Quiet,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FindingView {
    /// Number of the catalogue.
    pub id: &'static str,
    /// The same as a word.
    pub key: &'static str,
    /// How sure it is.
    pub certainty: Certainty,
    /// What is wrong.
    pub cause: Phrase,
    /// What to do.
    pub fix: Phrase,
    /// What shows it.
    pub facts: Vec<FactView>,
    /// The numbers in it, explained.
    pub codes: Vec<(String, Phrase)>,
    /// What it is not.
    pub excluded: Vec<ExcludedView>,
    /// What a button can do.
    pub remedy: Option<RemedyView>,
    /// Whether it is unfolded.
    pub is_open: bool,
}

/// One fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactView {
    /// The time of day; empty for what has none.
    pub clock: String,
    /// As it was seen.
    pub what: Text,
    /// How long it took.
    pub took: Option<Duration>,
}

impl FactView {
    /// As it reads in `lang`.
    pub fn words(&self, lang: Lang) -> Cow<'_, str> {
        self.what.to(lang)
    }
}

/// Causes that one proof rules out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExcludedView {
    /// The name of the sentence in the language files that says what is in order.
    pub what: &'static str,
    /// What proves it.
    pub proof: Text,
    /// Numbers of the causes.
    pub ids: Vec<&'static str>,
    /// Their words, for the curious.
    pub causes: Vec<Phrase>,
}

impl ExcludedView {
    /// The proof as it reads in `lang`.
    pub fn proof(&self, lang: Lang) -> Cow<'_, str> {
        self.proof.to(lang)
    }
}

/// A button.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RemedyView {
    /// What it does.
    pub remedy: Remedy,
    /// The name of its word in the language files.
    pub key: &'static str,
    /// Why it cannot be used now.
    pub why_not: Option<&'static str>,
}

/// What would decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StepView {
    /// What to do.
    pub what: Phrase,
    /// The button that does it.
    pub remedy: Option<RemedyView>,
}

/// A trouble that was put right.
#[derive(Clone, Debug, PartialEq)]
pub struct RecoveredView {
    /// When it began, by the time of day.
    pub clock: String,
    /// When it was put right.
    pub until: String,
    /// What had happened.
    pub fault: Text,
    /// Number and words of its cause, where one is named.
    pub cause: Option<(&'static str, Phrase)>,
}

/// Something odd that accuses nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemarkView {
    /// Number of the catalogue.
    pub id: &'static str,
    /// What is odd.
    pub cause: Phrase,
    /// What shows it.
    pub facts: Vec<Fact>,
}

/// A rung that a healthy session has proven.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proven {
    /// The name of the rung's word.
    pub rung: &'static str,
    /// The deciding lines.
    pub line: String,
    /// The time of day; empty where nothing says it.
    pub clock: String,
}

/// The page.
#[derive(Clone, Debug)]
pub struct TroubleshootView<'a> {
    /// How things stand.
    pub standing: Standing,
    /// What is waited for now.
    pub waiting: Option<Waiting>,
    /// What went wrong.
    pub fault: Option<Text>,
    /// The name of the rung that it failed at.
    pub rung: Option<&'static str>,
    /// The time of day, where it is known.
    pub clock: Option<String>,
    /// What the user did to the virtual modem right before: when, and the order.
    pub deed: Option<(String, String)>,
    /// Why, likeliest first; only what is possible while the facts do not decide.
    pub findings: Vec<FindingView>,
    /// What would decide, when the facts do not.
    pub undecided: Option<StepView>,
    /// What went wrong before and was put right, oldest first.
    pub recovered: Vec<RecoveredView>,
    /// What is odd about this computer itself, and accuses nothing.
    pub remarks: Vec<RemarkView>,
    /// What holds.
    pub proven: Vec<Proven>,
    /// What this computer got.
    pub here: Option<HereView>,
    /// Where it would try, `host:port`.
    pub target: Option<String>,
    /// Why it cannot be tried now.
    pub why_not_compare: Option<&'static str>,
    /// What the module says of itself.
    pub module: Vec<ModuleRow>,
    /// Asking the module again: details, address, name.
    pub experiments: [RemedyView; 3],
    /// The question whether this computer may log in, while it is open.
    pub login: Option<&'a LoginQuestion>,
    /// The search for the one setting that decides.
    pub bisect: &'a BisectScreen,
    /// Why it cannot begin now.
    pub why_not_bisect: Option<&'static str>,
    /// Why an earlier one cannot be undone now.
    pub why_not_restore: Option<&'static str>,
    /// The scan of a server without a module.
    pub scan: &'a ScanScreen,
    /// Whether the connection's files can be used for it.
    pub has_files: bool,
    /// The search for a port.
    pub search: &'a PortSearch,
    /// Whether a virtual modem is at the other end.
    pub is_simulated: bool,
    /// What to call the link.
    pub link: String,
    /// Firmware by `ATI`.
    pub firmware: Option<String>,
}

/// The page at `now`, a moment of the running connection.
pub fn view<'a>(model: &Model, screen: &'a Screen, has_files: bool, now: Moment) -> TroubleshootView<'a> {
    let connection = model.connection();
    let anchor = model.anchor();
    let trouble = screen.diagnosis.trouble.as_ref();
    let evidence = model.evidence();
    TroubleshootView {
        standing: standing(model, screen),
        waiting: waiting::view(model, now),
        fault: trouble.map(|trouble| fault::text(&trouble.fault)),
        rung: screen.diagnosis.rung().map(rung::key),
        clock: trouble.filter(|_| anchor.is_some()).map(|trouble| clock(anchor, trouble.at)),
        deed: trouble
            .and_then(|trouble| evidence.deed_before(trouble.at))
            .map(|(at, order)| (clock(anchor, *at), order.clone())),
        findings: screen.diagnosis.findings.iter().map(|finding| finding_view(model, screen, finding)).collect(),
        undecided: screen.diagnosis.undecided.as_ref().map(|open| StepView {
            what: open.step.what,
            remedy: open.step.remedy.map(|remedy| remedy_view(model, remedy)),
        }),
        recovered: recovered(model, screen),
        remarks: screen.diagnosis.remarks.iter().map(remark_view).collect(),
        proven: proven(model),
        here: evidence.here().map(here::view),
        target: evidence.target().map(|target| format!("{}:{}", target.host, target.port)),
        why_not_compare: why_not(model, Remedy::Compare),
        bisect: &screen.bisect,
        why_not_bisect: why_not_bisect(model, screen),
        why_not_restore: why_not(model, Remedy::ReadDetails),
        module: module::rows(model),
        experiments: [Remedy::ReadDetails, Remedy::Resolve, Remedy::AskAgain].map(|remedy| remedy_view(model, remedy)),
        login: screen.login.as_ref(),
        scan: &screen.scan,
        has_files,
        search: &screen.search,
        is_simulated: connection.is_simulated(),
        link: connection.link().to_owned(),
        firmware: connection.status().firmware.as_ref().map(|seen| seen.value.name.clone()),
    }
}

fn recovered(model: &Model, screen: &Screen) -> Vec<RecoveredView> {
    let anchor = model.anchor();
    let over = screen.diagnosis.episodes.iter().filter(|episode| episode.is_recovered);
    let view = |episode: &Episode| RecoveredView {
        clock: clock(anchor, episode.begin),
        until: episode.end.map_or_else(String::new, |end| clock(anchor, end)),
        fault: fault::text(&episode.root.fault),
        cause: episode.findings.first().filter(|finding| finding.is_named()).map(|finding| (finding.id, finding.cause)),
    };
    let mut all: Vec<_> = over.map(view).collect();
    // The newest ones are what somebody looks for.
    all.drain(..all.len().saturating_sub(MOST_RECOVERED));
    all
}

fn remark_view((cause, facts): &(&'static Cause, Vec<Fact>)) -> RemarkView {
    RemarkView { id: cause.id, cause: cause.cause, facts: facts.clone() }
}

fn standing(model: &Model, screen: &Screen) -> Standing {
    let connection = model.connection();
    let status = connection.status();
    if screen.diagnosis.trouble.is_some() {
        return Standing::Trouble;
    }
    let trying = status.ladder.iter().find(|(_, entry)| matches!(entry.state, RungState::Trying | RungState::Accepted));
    match connection.phase() {
        Phase::Idle if model.anchor().is_none() => Standing::Untried,
        Phase::Opening | Phase::Connecting => Standing::UnderWay(trying.map_or(Rung::Port, |(rung, _)| rung)),
        _ if status.session == Session::Connected => Standing::Healthy,
        _ => Standing::Quiet,
    }
}

fn finding_view(model: &Model, screen: &Screen, finding: &Finding) -> FindingView {
    let fault = screen.diagnosis.trouble.as_ref().map(|trouble| &trouble.fault);
    let anchor = model.anchor();
    let facts = finding.evidence.iter().map(|fact| FactView {
        clock: fact.at.map_or_else(String::new, |at| clock(anchor, at)),
        what: fact.what.clone(),
        took: fact.took,
    });
    let remedy = catalogue::by_id(finding.id).and_then(|cause| cause.remedy);
    FindingView {
        id: finding.id,
        key: finding.key,
        certainty: finding.certainty,
        cause: finding.cause,
        fix: finding.fix,
        facts: facts.collect(),
        codes: explained(fault, &finding.evidence)
            .into_iter()
            .map(|Explained { code, meaning }| (code, meaning))
            .collect(),
        excluded: excluded_view(finding),
        remedy: remedy.map(|remedy| remedy_view(model, remedy)),
        is_open: screen.is_open(finding.id),
    }
}

fn excluded_view(finding: &Finding) -> Vec<ExcludedView> {
    let mut all: Vec<ExcludedView> = Vec::new();
    for one in &finding.excluded {
        let cause = catalogue::by_id(one.id).map(|Cause { cause, .. }| *cause);
        match all.iter_mut().find(|known| known.what == innocent(one.what) && known.proof == one.proof) {
            Some(known) => {
                known.ids.push(one.id);
                known.causes.extend(cause);
            }
            None => all.push(ExcludedView {
                what: innocent(one.what),
                proof: one.proof.clone(),
                ids: vec![one.id],
                causes: cause.into_iter().collect(),
            }),
        }
    }
    all
}

fn remedy_view(model: &Model, remedy: Remedy) -> RemedyView {
    RemedyView { remedy, key: remedy_key(remedy), why_not: why_not(model, remedy) }
}

/// Why a button cannot be used now.
fn why_not(model: &Model, remedy: Remedy) -> Option<&'static str> {
    let connection = model.connection();
    let is_open = connection.is_open();
    let is_busy = connection.status().is_busy || matches!(connection.phase(), Phase::Opening | Phase::Connecting);
    match remedy {
        Remedy::Compare if model.evidence().target().is_none() => Some("doctor-why-no-target"),
        Remedy::Compare if model.evidence().here().is_some_and(|here| here.stage.is_running()) => {
            Some("doctor-why-running")
        }
        Remedy::FindPort if *connection.phase() != Phase::Idle => Some("doctor-why-open"),
        Remedy::Connect if is_busy => Some("doctor-why-busy"),
        Remedy::Connect if connection.has_session() => Some("why-not-while-connected"),
        Remedy::EditConnection
        | Remedy::Messages
        | Remedy::Certificates
        | Remedy::Compare
        | Remedy::FindPort
        | Remedy::Connect => None,
        _ if !is_open => Some("doctor-why-closed"),
        _ if is_busy => Some("doctor-why-busy"),
        Remedy::Resolve | Remedy::Recover if model.evidence().target().is_none() => Some("doctor-why-no-target"),
        Remedy::Resolve if is_numeric(model) => Some("doctor-why-numeric"),
        _ => None,
    }
}

/// A search closes the link, so there must be none; and there must be an encrypted one to search for.
fn why_not_bisect(model: &Model, screen: &Screen) -> Option<&'static str> {
    let is_encrypted = model.evidence().target().is_some_and(|target| target.security != Security::Plain);
    if !is_encrypted {
        return Some("bisect-why-plain");
    }
    if screen.bisect.shown.as_ref().is_some_and(|shown| shown.is_running) {
        return Some("doctor-why-running");
    }
    if model.connection().has_session() {
        return Some("why-not-while-connected");
    }
    why_not(model, Remedy::ReadDetails)
}

fn is_numeric(model: &Model) -> bool {
    model.evidence().target().is_some_and(|target| target.host.parse::<std::net::IpAddr>().is_ok())
}

fn proven(model: &Model) -> Vec<Proven> {
    let anchor = model.anchor();
    let ladder = &model.connection().status().ladder;
    let confirmed = ladder.iter().filter(|(_, entry)| entry.state == RungState::Confirmed);
    confirmed
        .map(|(rung, entry)| {
            let evidence = entry.evidence.as_ref();
            Proven {
                rung: rung::key(rung),
                line: evidence.map_or_else(String::new, |seen| match (seen.command.as_str(), seen.line.as_str()) {
                    ("", line) => line.to_owned(),
                    (command, line) => format!("{command} → {line}"),
                }),
                clock: clock(anchor, evidence.map_or(entry.since, |seen| seen.at)),
            }
        })
        .collect()
}

fn clock(anchor: Option<WallAnchor>, at: Moment) -> String {
    anchor.map_or_else(|| at.to_string(), |anchor| anchor.clock_text(at))
}

/// The name of a button's word in the language files.
pub const fn remedy_key(remedy: Remedy) -> &'static str {
    match remedy {
        Remedy::FindPort => "doctor-do-find-port",
        Remedy::AskAgain => "doctor-do-ask-again",
        Remedy::Connect => "doctor-do-connect",
        Remedy::Recover => "doctor-do-recover",
        Remedy::ReadDetails => "doctor-do-details",
        Remedy::Resolve => "doctor-do-resolve",
        Remedy::ErrorNumbers => "doctor-do-numbers",
        Remedy::RadioOn => "doctor-do-radio",
        Remedy::AnyOperator => "doctor-do-operator",
        Remedy::Wake => "doctor-do-wake",
        Remedy::Compare => "doctor-do-compare",
        Remedy::EditConnection => "doctor-do-edit",
        Remedy::Certificates => "doctor-do-certificates",
        Remedy::Messages => "doctor-do-messages",
    }
}

/// The name of the word for how sure a finding is.
pub const fn certainty_key(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Seen => "doctor-seen",
        Certainty::Likely => "doctor-likely",
        Certainty::Possible => "doctor-possible",
    }
}

const fn innocent(what: Innocent) -> &'static str {
    match what {
        Innocent::Port => "doctor-not-port",
        Innocent::Card => "doctor-not-card",
        Innocent::Signal => "doctor-not-signal",
        Innocent::Network => "doctor-not-network",
        Innocent::Data => "doctor-not-data",
        Innocent::Name => "doctor-not-name",
        Innocent::Host => "doctor-not-host",
        Innocent::Protocol => "doctor-not-protocol",
        Innocent::Suites => "doctor-not-suites",
        Innocent::ServerKey => "doctor-not-server-key",
        Innocent::Authority => "doctor-not-authority",
        Innocent::Trust => "doctor-not-trust",
        Innocent::Chain => "doctor-not-chain",
        Innocent::Dates => "doctor-not-dates",
        Innocent::ServerName => "doctor-not-server-name",
        Innocent::ClientFiles => "doctor-not-client",
        Innocent::ClientPair => "doctor-not-pair",
        Innocent::ClientDemand => "doctor-not-demand",
        Innocent::Handshake => "doctor-not-handshake",
        Innocent::Login => "doctor-not-login",
        Innocent::KeepAlive => "doctor-not-keep-alive",
    }
}

/// Troubles that were put right and still stand on the page.
const MOST_RECOVERED: usize = 8;
