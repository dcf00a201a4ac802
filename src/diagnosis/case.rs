//! One case as a whole: what went wrong, what happened before, what this computer got. The window's way to a diagnosis.

use crate::{modem::status::Session, time::Moment};

use super::{Cause, Fact, Finding, Here, History, Trouble, evidence, excluded, rules, suspects::Suspects};

/// Everything known when a diagnosis is made.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    /// The course of the connection, with the newest status.
    pub history: &'a History,
    /// What this computer got.
    pub here: Option<&'a Here>,
    /// Now, as a moment of the link: some verdicts ripen without an event.
    pub now: Moment,
}

/// What a case comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnosis {
    /// What went wrong; `None` while nothing does.
    pub trouble: Option<Trouble>,
    /// Why, the surest and likeliest first. Without a trouble: what is worth a word although all works.
    pub findings: Vec<Finding>,
    /// What is odd and accuses nothing: the cause that it would be, and what shows it.
    pub remarks: Vec<(&'static Cause, Vec<Fact>)>,
}

/// Judges `case`. Costs some microseconds; call it when something has changed.
pub fn diagnose(case: &Case<'_>) -> Diagnosis {
    let status = &case.history.status;
    let mut trouble = case.history.trouble();
    if let (Some(trouble), Some(here)) = (&mut trouble, case.here) {
        trouble.rung = rules::rung_of(here, case.history, &trouble.fault).or(trouble.rung);
    }
    let mut suspects = Suspects::default();
    let mut shared: Vec<Fact> = Vec::new();
    if let Some(trouble) = &trouble {
        rules::by_course(case, trouble, &mut suspects);
        if let Some(here) = case.here {
            rules::by_this_computer(here, case.history, &trouble.fault, &mut suspects);
        }
        suspects.ranked(&rules::causes(status, &trouble.fault));
        shared = evidence::of(status);
        excluded::by_ladder(status, &mut suspects);
    } else {
        rules::at_rest(case, &mut suspects);
        if let Some(here) = case.here.filter(|_| status.session == Session::Offline) {
            rules::by_own_files(here, &mut suspects);
        }
    }
    let remarks = case.here.map(rules::remarks).unwrap_or_default();
    Diagnosis { trouble, findings: suspects.findings(&shared), remarks }
}
