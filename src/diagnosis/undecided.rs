//! Where the facts do not decide: what it may be, and the one step that would decide.

use crate::{
    lang::Phrase,
    modem::{
        event::{Fault, LossCause},
        status::Rung,
    },
};

use super::{Cause, Finding, Here, Remedy, Trouble, catalogue};

/// Causes that the facts do not tell apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undecided {
    /// What it may be.
    pub causes: Vec<&'static Cause>,
    /// What would decide.
    pub step: Step,
}

/// Something to do that would decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// What to do and how to read it.
    pub what: Phrase,
    /// The button that does it, where a button can.
    pub remedy: Option<Remedy>,
}

/// What `findings` leave open about `root`; `None` when one of them is named, or when nothing is suspected.
///
/// What this computer tried already is not advised again.
pub(super) fn between(root: &Trouble, findings: &[Finding], here: Option<&Here>) -> Option<Undecided> {
    left_open(findings, step(root, here))
}

/// What `findings` leave open about a message that was awaited in vain.
pub(super) fn missing(findings: &[Finding]) -> Option<Undecided> {
    left_open(findings, SECOND_CLIENT)
}

/// What `findings` leave open about a message that the broker took and sent to nobody.
pub(super) fn kept(findings: &[Finding]) -> Option<Undecided> {
    left_open(findings, BROKER_RIGHTS)
}

/// What a scan leaves open; nothing where the module's own handshake works.
pub(super) fn after_scan(here: &Here, findings: &[Finding]) -> Option<Undecided> {
    let works = matches!(here.as_module, Some(Ok(_)));
    if works { None } else { left_open(findings, WITH_MODULE) }
}

fn left_open(findings: &[Finding], step: Step) -> Option<Undecided> {
    if findings.is_empty() || findings.iter().any(Finding::is_named) {
        return None;
    }
    let causes = findings.iter().filter_map(|finding| catalogue::by_id(finding.id)).collect();
    Some(Undecided { causes, step })
}

fn step(root: &Trouble, here: Option<&Here>) -> Step {
    if let Fault::SessionLost(loss) = &root.fault {
        return by_loss(*loss);
    }
    match root.stopped_at() {
        Some(Rung::Port | Rung::At) => FIND_PORT,
        Some(Rung::Sim | Rung::Signal | Rung::Network | Rung::Data) => OTHER_CARD,
        Some(Rung::Dns | Rung::Tcp | Rung::Tls) => here.map_or(FROM_HERE, after_a_look),
        Some(Rung::Mqtt) => BROKER_LOG,
        None if matches!(root.fault, Fault::Refused { .. }) => NUMBERS,
        Some(Rung::Subscribed) | None => SECOND_CLIENT,
    }
}

/// What is left to do once this computer has tried the same.
const fn after_a_look(here: &Here) -> Step {
    match &here.as_module {
        Some(Ok(_)) => WORKS_FROM_HERE,
        None if here.wanted.checks_server && !here.chain.is_empty() => FILES_NEEDED,
        _ => FROM_HERE,
    }
}

const fn by_loss(loss: LossCause) -> Step {
    match loss {
        LossCause::Closed => CLOSED,
        LossCause::ModuleRestarted => START_REASON,
        LossCause::Silent => FIND_PORT,
        LossCause::BearerLost | LossCause::SimRemoved => OTHER_CARD,
    }
}

const FIND_PORT: Step = Step { what: Phrase::new("step-send-every-port-module"), remedy: Some(Remedy::FindPort) };
const OTHER_CARD: Step = Step { what: Phrase::new("step-try-another-card-module"), remedy: Some(Remedy::ReadDetails) };
const FROM_HERE: Step = Step { what: Phrase::new("step-try-same-computer-name"), remedy: Some(Remedy::Compare) };
const WORKS_FROM_HERE: Step =
    Step { what: Phrase::new("step-same-handshake-works-computer"), remedy: Some(Remedy::Certificates) };
const FILES_NEEDED: Step =
    Step { what: Phrase::new("step-choose-files-certificates-page"), remedy: Some(Remedy::Certificates) };
const BROKER_LOG: Step = Step { what: Phrase::new("step-log-same-client-id"), remedy: Some(Remedy::EditConnection) };
const BROKER_RIGHTS: Step = Step { what: Phrase::new("step-look-broker-rights-log"), remedy: Some(Remedy::Messages) };
const SECOND_CLIENT: Step =
    Step { what: Phrase::new("step-watch-topic-second-client"), remedy: Some(Remedy::Messages) };
const CLOSED: Step = Step { what: Phrase::new("step-connect-again-let-run"), remedy: Some(Remedy::Recover) };
const WITH_MODULE: Step = Step { what: Phrase::new("step-try-module-same-files"), remedy: Some(Remedy::Connect) };
const START_REASON: Step = Step { what: Phrase::new("step-ask-start-reason"), remedy: Some(Remedy::ReadDetails) };
const NUMBERS: Step = Step { what: Phrase::new("step-switch-error-numbers-cmee"), remedy: Some(Remedy::ErrorNumbers) };
