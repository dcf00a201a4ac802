//! What a scan comes to: at which levels of security a module could connect, and the one sentence that says it.
//!
//! The causes are those of [`diagnose`]; nothing is judged twice. A level works where the module's own handshake with the files of
//! that level works from this computer and nothing of the chain or the files stands against it.

mod answers;

use crate::{
    certs::{CertificateFacts, Signature},
    lang::Text,
    tls::{Established, FailureCause, SecurityLevel, Stage as TlsStage, TlsFailure},
};

use super::{
    Case, Certainty, Course, Diagnosis, Fact, Finding, Here, HereStage, NameHere, PortHere, PortOutcome, Unnamed,
    catalogue,
    catalogue::Stage,
    cures::{self, Blanks, Cure, Place},
    diagnose,
    here::Demand,
};

pub use self::answers::{Answer, SuiteRow, said, suite_rows, versions};

/// Whether a module can connect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reach {
    /// It can, with the files given; without any, with the CA file that belongs to the server.
    Connects,
    /// It can, and nobody is checked: only security level 0 works.
    Unchecked,
    /// It cannot.
    Cannot,
    /// This computer could not look.
    Untried,
}

impl Reach {
    /// A short stable name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Connects => "connects",
            Self::Unchecked => "connects-unchecked",
            Self::Cannot => "cannot",
            Self::Untried => "untried",
        }
    }
}

/// How one level of security stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It works.
    Works,
    /// It does not.
    Fails,
    /// There are no files for it.
    NoFiles,
    /// It was not tried.
    Untried,
}

/// What a scan comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scan {
    /// Whether a module can connect.
    pub reach: Reach,
    /// The highest level that works with the files given; `None` when none does.
    pub level: Option<SecurityLevel>,
    /// Each level, at the place of its number.
    pub levels: [Standing; 3],
    /// The findings and what is undecided.
    pub diagnosis: Diagnosis,
}

impl Scan {
    /// Judges the scan in `course`; `None` when it holds none.
    pub fn of(course: &Course) -> Option<Self> {
        let here = course.here().filter(|here| here.is_scan)?;
        let diagnosis = judged(course, here);
        let levels = SecurityLevel::ALL.map(|level| standing(course, here, level));
        let (reach, level) = reach(course, here, levels, &diagnosis);
        Some(Self { reach, level, levels, diagnosis })
    }

    /// Judges what this computer got, as `course` would see it.
    pub fn judge(course: &mut Course, here: &Here) -> Self {
        course.take_here(Some(Box::new(here.clone())));
        Self::of(course).unwrap_or_else(|| Self::untried(diagnose(&Case { course, now: course.newest() })))
    }

    /// Nothing came of it.
    const fn untried(diagnosis: Diagnosis) -> Self {
        Self { reach: Reach::Untried, level: None, levels: [Standing::Untried; 3], diagnosis }
    }

    /// The findings to show: what is odd about this computer itself, where it could not look.
    pub fn findings(&self) -> Vec<Finding> {
        let mut all = self.diagnosis.findings.clone();
        if self.reach == Reach::Untried {
            let own = self.diagnosis.remarks.iter().map(|(cause, facts)| Finding {
                id: cause.id,
                key: cause.key,
                cause: cause.cause,
                fix: cause.fix,
                certainty: Certainty::Seen,
                evidence: facts.clone(),
                excluded: Vec::new(),
            });
            all.extend(own);
        }
        all
    }

    /// The lines against what was found first: what comes behind it is looked at again once that is cured. Where nothing is wrong
    /// and nobody is checked, the lines that check.
    pub fn cures(&self, here: &Here) -> Vec<Cure> {
        let findings = self.findings();
        let asked = here.wanted.server_name.as_deref().unwrap_or(&here.host);
        let blanks = Blanks { host: &here.host, port: here.port, name: asked };
        let is_unchecked = self.reach == Reach::Connects && self.level == Some(SecurityLevel::Unchecked);
        let mut all = match findings.iter().find(|finding| finding.is_named()) {
            Some(first) => cures::cures_of(first.id, &blanks),
            None if is_unchecked => cures::cures_of(catalogue::NOBODY_CHECKED.id, &blanks),
            None => Vec::new(),
        };
        if findings.first().is_some_and(|finding| finding.id == catalogue::NAME_MISMATCH.id) {
            // The module must ask for a name that the certificate holds; a new certificate must hold the one asked for.
            all.retain(|cure| cure.place != Place::Module);
            if let Some(held) = held_name(here) {
                let module = cures::cures_of(catalogue::NAME_MISMATCH.id, &Blanks { name: &held, ..blanks });
                all.splice(0..0, module.into_iter().filter(|cure| cure.place == Place::Module));
            }
        }
        all
    }

    /// The verdict in one sentence or two, about `place` as the user named it.
    pub fn sentence(&self, here: &Here, place: &str) -> Fact {
        let cause = self.diagnosis.cause().filter(|finding| finding.is_named());
        match (self.reach, self.level) {
            (Reach::Connects, Some(SecurityLevel::Unchecked) | None) => {
                Fact::said(Text::new("fact-scan-module-can-connect-without").put("place", place))
            }
            (Reach::Connects, Some(level)) => self.checked(level, place),
            (Reach::Unchecked, _) => with_cause(Text::new("scan-only-unchecked").put("place", place), cause),
            (Reach::Cannot, _) => with_cause(Text::new("scan-cannot").put("place", place), cause),
            (Reach::Untried, _) => self.why_untried(here, place),
        }
    }

    fn checked(&self, level: SecurityLevel, place: &str) -> Fact {
        let who = match level {
            SecurityLevel::Mutual => Text::new("fact-scan-both-sides-checked"),
            _ => Text::new("fact-scan-server-checked"),
        };
        let number = level as u8;
        let said = Text::new("fact-scan-module-can-connect-security")
            .put("place", place)
            .with("who", who)
            .put("number", number);
        match self.diagnosis.findings.first().filter(|finding| finding.is_named()) {
            Some(doubt) => Fact::said(Text::new("scan-doubt").with("said", said).with("cause", doubt.cause)),
            None => Fact::said(said),
        }
    }

    fn why_untried(&self, here: &Here, place: &str) -> Fact {
        let own = self.diagnosis.remarks.first().and_then(|(_, facts)| facts.first());
        let why = match (here.stage, own) {
            (HereStage::Stopped, _) => Text::new("fact-scan-stopped-before-end"),
            (_, Some(fact)) => fact.what.clone(),
            (HereStage::Done, None) if here.is_taken() && here.by_level.iter().flatten().any(is_lost) => {
                Text::new("fact-scan-later-connection-dropped")
            }
            _ => Text::new("fact-scan-not-over-within-time"),
        };
        Fact::said(Text::new("fact-scan-computer-could-not-look").put("place", place).with("why", why))
    }
}

fn is_lost(result: &Result<Established, TlsFailure>) -> bool {
    result.as_ref().err().is_some_and(is_dropped)
}

fn with_cause(what: Text, cause: Option<&Finding>) -> Fact {
    match cause {
        Some(finding) => {
            let cause = Text::from(finding.cause).after_colon();
            Fact::said(Text::new("scan-with-cause").with("what", what).with("cause", cause))
        }
        None => Fact::said(Text::new("fact-scan-why-not-decided").with("what", what)),
    }
}

fn judged(course: &Course, here: &Here) -> Diagnosis {
    let mut course = course.clone();
    course.take_here(Some(Box::new(here.clone())));
    diagnose(&Case { course: &course, now: course.newest() })
}

fn standing(course: &Course, here: &Here, level: SecurityLevel) -> Standing {
    match &here.by_level[level as usize] {
        // Before its certificate a server cannot know how a client checks it: what fell away says nothing of the level.
        Some(Err(failure)) if here.is_taken() && is_dropped(failure) => Standing::Untried,
        // Behind TLS answers a web server, and no broker.
        Some(Ok(_)) if here.web.is_some() => Standing::Fails,
        Some(Ok(_)) if level == SecurityLevel::Unchecked && !is_turned_away(course, here) => Standing::Works,
        Some(Ok(_)) if level > SecurityLevel::Unchecked && !is_barred(course, here, level) => Standing::Works,
        Some(_) => Standing::Fails,
        None if level > here.wanted.level => Standing::NoFiles,
        // What works with a client certificate works without where none is asked for.
        None if level == SecurityLevel::Server => below_mutual(course, here),
        None => Standing::Untried,
    }
}

fn below_mutual(course: &Course, here: &Here) -> Standing {
    let top = SecurityLevel::Mutual;
    let works = matches!(here.by_level[top as usize], Some(Ok(_))) && !is_barred(course, here, SecurityLevel::Server);
    match (works, here.client_certificate()) {
        (true, Some(Demand::Nothing | Demand::Optional)) => Standing::Works,
        (_, Some(Demand::Required)) => Standing::Fails,
        _ => Standing::Untried,
    }
}

/// Whether something of the chain or of the files stands against `level`, whatever this computer's own library takes.
fn is_barred(course: &Course, here: &Here, level: SecurityLevel) -> bool {
    let one = here.at_level(level);
    let is_bar = |finding: &Finding| {
        let stage = catalogue::by_id(finding.id).map(|cause| cause.stage);
        let is_of_level = matches!(stage, Some(Stage::TlsTrust | Stage::TlsFiles | Stage::TlsSettings));
        finding.certainty == Certainty::Seen && (is_of_level || is_about_name(finding))
    };
    is_signed_with_curves(here) || judged(course, &one).findings.iter().any(is_bar)
}

/// Whether the server lets nobody in who does not name it, and the module's firmware does not.
fn is_turned_away(course: &Course, here: &Here) -> bool {
    let is_seen = |finding: &Finding| finding.is_seen() && is_about_name(finding);
    matches!(here.unnamed, Some(Unnamed::Refused(_))) && judged(course, here).findings.iter().any(is_seen)
}

fn is_about_name(finding: &Finding) -> bool {
    [catalogue::SERVER_NAME_NEEDED.id, catalogue::ADDRESS_FOR_NAME.id].contains(&finding.id)
}

/// Whether the way from the leaf up to the CA file, or to the end of the chain, needs a signature that a stack with RSA alone
/// cannot check.
fn is_signed_with_curves(here: &Here) -> bool {
    for certificate in &here.chain {
        if is_curve(certificate) {
            return true;
        }
        if here.wanted.authority.as_ref() == Some(&certificate.issuer) {
            return false;
        }
    }
    false
}

fn is_curve(certificate: &CertificateFacts) -> bool {
    !certificate.is_self_issued && matches!(certificate.signature, Signature::Ecdsa(_))
}

fn reach(course: &Course, here: &Here, levels: [Standing; 3], diagnosis: &Diagnosis) -> (Reach, Option<SecurityLevel>) {
    if is_unlooked(here, diagnosis) {
        return (Reach::Untried, None);
    }
    let works = |level: &SecurityLevel| levels[*level as usize] == Standing::Works;
    let highest = SecurityLevel::ALL.into_iter().rev().find(works);
    match highest {
        None => (Reach::Cannot, None),
        // The higher level was not seen to fail.
        Some(SecurityLevel::Unchecked) if levels[here.wanted.level as usize] == Standing::Untried => {
            (Reach::Untried, None)
        }
        Some(SecurityLevel::Unchecked) => {
            let has_files = here.wanted.level > SecurityLevel::Unchecked;
            let is_barred = has_files || is_barred(course, here, SecurityLevel::Server);
            (if is_barred { Reach::Unchecked } else { Reach::Connects }, highest)
        }
        Some(_) => (Reach::Connects, highest),
    }
}

/// Whether a connection fell away without a word before the server showed itself.
fn is_dropped(failure: &TlsFailure) -> bool {
    use FailureCause::{Broken, Closed, NoConnection};
    failure.stage == TlsStage::BeforeServerCertificate && matches!(failure.cause, Closed | Broken(_) | NoConnection(_))
}

/// Whether this computer got too little to say anything.
fn is_unlooked(here: &Here, diagnosis: &Diagnosis) -> bool {
    let has_no_name = matches!(here.name, None | Some(NameHere::Silent | NameHere::Failed(_)));
    let has_no_way = matches!(&here.port_here, Some(PortHere { outcome: PortOutcome::NoWay(_), .. }));
    let is_late = |result: &Option<Result<Established, TlsFailure>>| match result {
        None => true,
        Some(Err(failure)) => {
            matches!(failure.cause, FailureCause::TimedOut | FailureCause::NoConnection(_))
                || here.is_taken() && is_dropped(failure)
        }
        Some(Ok(_)) => false,
    };
    let has_cause = diagnosis.findings.iter().any(|finding| {
        finding.is_named() && catalogue::by_id(finding.id).is_some_and(|cause| cause.stage != Stage::TlsFiles)
    });
    has_no_name || has_no_way || here.stage == HereStage::Stopped || here.by_level.iter().all(is_late) && !has_cause
}

/// A name that the server's certificate holds.
fn held_name(here: &Here) -> Option<String> {
    let leaf = here.chain.first()?;
    let own = if leaf.names.is_empty() { leaf.common_name.as_slice() } else { leaf.names.as_slice() };
    own.iter().find(|name| !name.contains('*')).cloned()
}
