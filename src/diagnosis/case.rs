//! One case as a whole, and the one door to a diagnosis: for the window, for a check, for a recording.

use crate::{
    modem::{
        event::Fault,
        status::{Rung, Session},
    },
    time::Moment,
};

use super::{
    Cause, Course, Episode, Fact, Finding, Trouble, Undecided,
    catalogue::{self, Stage},
    course::{Case, Judge},
    episode::Open,
    evidence, excluded, rules,
    suspects::Suspects,
    undecided,
};

/// What a case comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnosis {
    /// What went wrong; `None` while nothing does.
    pub trouble: Option<Trouble>,
    /// Why, the surest and likeliest first. Without a trouble: what is worth a word although all works. When nothing decides,
    /// only what is possible stands here, and [`undecided`](Self::undecided) says what would decide.
    pub findings: Vec<Finding>,
    /// Between what the facts do not decide.
    pub undecided: Option<Undecided>,
    /// What is odd and accuses nothing: the cause that it would be, and what shows it.
    pub remarks: Vec<(&'static Cause, Vec<Fact>)>,
    /// Every trouble since the link opened, oldest first; the last one lasts when it has no end.
    pub episodes: Vec<Episode>,
}

impl Diagnosis {
    /// The rung at which things stopped. The module says `CONNECT FAIL` for name, port and handshake alike: a named cause tells
    /// which of them it was.
    pub fn rung(&self) -> Option<Rung> {
        let stopped = self.trouble.as_ref()?.stopped_at()?;
        let stage = self.cause().and_then(|finding| catalogue::by_id(finding.id)).map(|cause| cause.stage);
        Some(match stage {
            Some(Stage::Dns) if matches!(stopped, Rung::Tcp | Rung::Tls) => Rung::Dns,
            Some(Stage::Tcp) if stopped == Rung::Tls => Rung::Tcp,
            _ => stopped,
        })
    }

    /// The cause, when one is named: none while the facts do not decide.
    pub fn cause(&self) -> Option<&Finding> {
        self.findings.first().filter(|_| self.undecided.is_none())
    }
}

/// Judges `case`. Costs some microseconds; call it when something has changed.
pub fn diagnose(case: &Case<'_>) -> Diagnosis {
    let course = case.course;
    let mut episodes: Vec<_> = course.finished().iter().cloned().collect();
    let now = case.now.max(course.newest());
    let Some(open) = course.open() else {
        let mut suspects = Suspects::default();
        if let Some(here) = course.here().filter(|here| here.is_scan) {
            rules::by_scan(course, here, &mut suspects);
            let findings = suspects.findings(&[]);
            let undecided = undecided::after_scan(here, &findings);
            return Diagnosis { trouble: None, findings, undecided, episodes, remarks: remarks(course) };
        }
        rules::at_rest(case, &mut suspects);
        if let Some(here) = course.here().filter(|_| course.status.session == Session::Offline) {
            rules::by_own_files(here, &mut suspects);
        }
        let findings = course.placed(suspects.findings(&[]));
        rules::by_later_rhythm(course, &mut episodes);
        let missing = course.missed().and_then(|_| undecided::missing(&findings));
        let undecided = missing.or_else(|| course.kept_by_broker().and_then(|_| undecided::kept(&findings)));
        return Diagnosis { trouble: None, findings, undecided, episodes, remarks: remarks(course) };
    };
    let (findings, undecided) = judged(course, open, now);
    let mut episode = open.clone().ended(None, false);
    (episode.findings, episode.undecided) = (findings.clone(), undecided.clone());
    episodes.push(episode);
    rules::by_later_rhythm(course, &mut episodes);
    let mut trouble = open.root.clone();
    let shown = course.here().and_then(|here| rules::rung_of(here, &rules::Proven::of(course, here), &trouble.fault));
    trouble.rung = shown.or(trouble.rung);
    Diagnosis { trouble: Some(trouble), findings, undecided, episodes, remarks: remarks(course) }
}

fn remarks(course: &Course) -> Vec<(&'static Cause, Vec<Fact>)> {
    course.here().map(rules::remarks).unwrap_or_default()
}

/// Judges a fault that was met before anything was opened: a wrong input.
pub fn diagnose_input(fault: &Fault) -> Diagnosis {
    let mut course = Course::default();
    course.give_up(fault);
    diagnose(&Case { course: &course, now: Moment::ZERO })
}

/// Whoever begins a course has its troubles judged here.
impl Default for Judge {
    fn default() -> Self {
        Self(judged)
    }
}

/// Why `open` is there: the root by everything known, then what its followers show by themselves.
fn judged(course: &Course, open: &Open, now: Moment) -> (Vec<Finding>, Option<Undecided>) {
    let mut findings = by_trouble(course, &open.root, now);
    let is_decided = findings.first().is_some_and(Finding::is_named);
    let mut of_followers: Vec<Finding> = Vec::new();
    for follower in &open.followers {
        let seen = by_trouble(course, follower, now).into_iter().filter(Finding::is_seen);
        for one in seen {
            let is_known = findings.iter().chain(&of_followers).any(|known| known.id == one.id && known.is_named());
            if !is_known {
                of_followers.push(one);
            }
        }
    }
    if is_decided {
        // What follows never stands before its root.
        let named = findings.iter().take_while(|finding| finding.is_named()).count();
        findings.splice(named..named, of_followers);
    } else {
        findings.retain(|finding| of_followers.iter().all(|one| one.id != finding.id));
        findings.splice(0..0, of_followers);
    }
    let findings = course.placed(findings);
    let undecided = undecided::between(&open.root, &findings, course.here());
    (findings, undecided)
}

fn by_trouble(course: &Course, trouble: &Trouble, now: Moment) -> Vec<Finding> {
    let status = &course.status;
    let mut suspects = Suspects::default();
    let case = Case { course, now };
    rules::by_course(&case, trouble, &mut suspects);
    if let Some(here) = course.here() {
        rules::by_this_computer(here, &rules::Proven::of(course, here), &trouble.fault, &mut suspects);
    }
    rules::by_fault(course, trouble, &mut suspects);
    rules::by_bisect(course, &mut suspects);
    let shared: Vec<Fact> = evidence::of(&course.status, trouble, course.met_at(trouble));
    excluded::by_ladder(status, &mut suspects);
    suspects.findings(&shared)
}

/// Why the session was lost by `loss`: by everything known until `now`, and by nothing that only another trouble shows.
///
/// To be asked before the next login is told, as what a session looked like is gone with the next one; and again when the
/// module has said why it started, which is the newest word on its restarts.
pub fn diagnose_loss(course: &Course, loss: &Trouble, now: Moment) -> (Vec<Finding>, Option<Undecided>) {
    let deeper = course.open().filter(|open| open.root.at >= loss.at && open.root.depth() <= loss.depth());
    let open = deeper.cloned().unwrap_or_else(|| Open::new(loss.clone()));
    judged(course, &open, now.max(course.newest()))
}
