//! All scenarios through all faces: the same cause first, the scenario's own.

use std::{net::SocketAddr, sync::LazyLock, time::Duration};

use air780e_companion::{
    diagnosis::{Diagnosis, catalogue},
    here::{System, Unresolved, World},
    sim::{
        bench::stage::Stage,
        scenario::{self, PcStep, Scenario, SecurityPlan},
    },
};
use serde_json::Value;

use crate::{
    apart::{self, Apart},
    check::{self, Checked},
    lab::Lab,
    live, recorded,
    said::Said,
    today,
    together::together,
    window::{Outside, Session},
};

/// Where the facts do not show the scenario's cause to any face, and why: the cause that all of them name instead, or none,
/// and then the scenario's is among what it may be.
const EXCEPTIONS: &[(&str, Option<&str>, &str)] = &[
    ("port-silent", None, "silence alone tells a wrong port from a module without power by nothing"),
    ("card-bound", None, "a card that searches for ever does not say why"),
    ("card-inactive", None, "a card that is not registered does not say why"),
    ("apn-missing", Some("F-044"), "there is no address; that the card belongs to a private network nobody says"),
];

/// One scenario as every face saw it.
pub(crate) struct Row {
    pub(crate) scenario: &'static Scenario,
    /// What the window says, with this computer's own try.
    window: Said,
    /// What it would say without.
    pub(crate) blind: Said,
    /// What it would say on computers that cannot tell.
    pub(crate) apart: Vec<(Apart, Diagnosis)>,
    /// What a check says, or why there is none.
    check: Result<Said, &'static str>,
    /// How long the check's verdict took after the line that shows the trouble.
    delay: Option<Duration>,
    /// What the program says of the recordings of the same.
    replays: Vec<Said>,
    /// Whether nothing leads to the host, so that a resolver must say that it is not there.
    is_by_name: bool,
    /// What shows it, for whoever must mend it.
    details: String,
}

#[test]
fn every_scenario_is_named_alike_by_every_face() {
    let mut broken = Vec::new();
    for row in rows() {
        let faults = row.faults();
        println!("{}", row.line(&faults));
        if !faults.is_empty() {
            broken.push(format!("{}\n{}", row.line(&faults), row.details));
        }
    }
    assert!(EXCEPTIONS.len() <= 4, "at most four");
    assert!(broken.is_empty(), "{} of {} differ:\n{}", broken.len(), rows().len(), broken.join("\n"));
}

/// The quick look included, and while nothing else happens: what took longer beside others is played again alone.
#[test]
#[cfg(all(unix, feature = "serial"))]
fn a_verdict_comes_within_five_seconds_of_the_line_that_shows_the_trouble() {
    let all = rows().iter().filter_map(|row| Some((row.delay?, &row.scenario.name)));
    let again = |(delay, name): (Duration, &String)| {
        let (scenario, stage) = stage(name);
        let is_late = delay > LIMIT;
        let alone = is_late.then(|| check::check(scenario, &stage, route_of(scenario, &stage)).delay).flatten();
        (alone.map_or(delay, |alone| alone.min(delay)), name.clone())
    };
    let mut all: Vec<_> = all.map(again).collect();
    all.sort();
    assert!(all.len() > 20, "{} troubles that last", all.len());
    let at = |percent: usize| all[(all.len() - 1) * percent / 100].0.as_secs_f64();
    println!("line to verdict: p50 {:.2} s, p90 {:.2} s, p99 {:.2} s of {}", at(50), at(90), at(99), all.len());
    for (delay, name) in all.iter().rev().take(8) {
        println!("  {:.2} s {name}", delay.as_secs_f64());
    }
    let late: Vec<_> = all.iter().filter(|(delay, _)| *delay > LIMIT).collect();
    assert!(late.is_empty(), "{late:?}");
}

#[cfg(all(unix, feature = "serial"))]
const LIMIT: Duration = Duration::from_secs(5);

#[test]
fn every_fault_that_can_be_played_has_a_cure() {
    for scenario in scenario::all() {
        let Some(id) = scenario.finding.as_deref() else { continue };
        assert!(catalogue::by_id(id).is_some(), "{}: {id} is not in the catalogue", scenario.name);
    }
}

/// All scenarios, played once for all tests; what takes longest begins first.
pub(crate) fn rows() -> &'static [Row] {
    static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| {
        let mut all: Vec<&'static Scenario> = scenario::all().iter().collect();
        all.sort_by_key(|scenario| check::is_beyond(scenario).is_some() || scenario.rung.is_none());
        together(&all, |scenario| row(scenario))
    });
    &ROWS
}

/// A scenario with its surroundings.
pub(crate) fn stage(name: &str) -> (&'static Scenario, Stage) {
    let scenario = scenario::find(name).unwrap();
    (scenario, Stage::start(scenario, 7, today()).unwrap())
}

fn row(scenario: &'static Scenario) -> Row {
    let (_, stage) = stage(&scenario.name);
    let session = seen_by_window(scenario, &stage);
    let route = |host: &str, port| stage.route(host, port);
    // The broker's code is told to nobody but whoever logs in: in both faces the user agrees to this computer's own login.
    let window = session.as_ref().map(|session| session.judged_with(&Outside::routed(&route), true));
    let apart = session.as_ref().filter(|session| session.calls_for_looks()).map(apart::judged).unwrap_or_default();
    let blind = session.as_ref().map(Session::judged_blindly);
    let trace = match session {
        Some(session) if scenario.is_connecting() => session.trace,
        _ if uses_tls(scenario) => live::type_by_hand(scenario, &stage),
        _ => Lab::type_by_hand(scenario).trace,
    };
    // A window that cannot do it can still open the recording of somebody who did.
    let window = window.unwrap_or_else(|| recorded::watched(&trace));
    let blind = blind.unwrap_or_else(|| window.clone());
    let checked = match check::is_beyond(scenario) {
        Some(why) => Err(why),
        None => Ok(check::check(scenario, &stage, route_of(scenario, &stage))),
    };
    let mut replays = vec![recorded::replayed(&trace)];
    if let Ok(checked) = &checked
        && !checked.trace.is_empty()
    {
        replays.push(recorded::replayed(&checked.trace));
    }
    let details = details(&window, checked.as_ref().ok(), &replays, &trace);
    Row {
        scenario,
        window: Said::of(&window),
        blind: Said::of(&blind),
        apart,
        delay: checked.as_ref().ok().and_then(|checked| checked.delay),
        check: checked.map(|checked| checked.said),
        replays: replays.into_iter().map(|(said, _)| said).collect(),
        is_by_name: scenario.is_connecting() && route_of(scenario, &stage).is_none(),
        details,
    }
}

/// Whether this system's resolver knows that a reserved name does not exist; without a name server it cannot.
fn is_resolver_sure() -> bool {
    System.resolve("no-such-host.invalid") == Err(Unresolved::NoSuchName) && System.has_way_out()
}

/// The session as the window has it; `None` when no window can do what the scenario does.
fn seen_by_window(scenario: &Scenario, stage: &Stage) -> Option<Session> {
    let is_beyond =
        scenario.pc.iter().any(|step| matches!(step, PcStep::Send(_))) || HELD_BACK.contains(&scenario.name.as_str());
    if is_beyond {
        return None;
    }
    Some(if uses_tls(scenario) { live::play(scenario, stage) } else { Lab::play(scenario) })
}

/// Where this computer finds the scenario's broker.
fn route_of(scenario: &Scenario, stage: &Stage) -> Option<SocketAddr> {
    let to = |step: &PcStep| if let PcStep::Connect(plan) = step { stage.route(&plan.host, plan.port) } else { None };
    scenario.pc.iter().find_map(to)
}

/// The core holds a line back until the one before has come to its outcome: this mistake cannot be made with it.
const HELD_BACK: [&str; 1] = ["mconnect-early"];

fn uses_tls(scenario: &Scenario) -> bool {
    let is_encrypted = |step: &PcStep| matches!(step, PcStep::Connect(plan) if plan.security != SecurityPlan::Plain);
    scenario.listener.is_some() || scenario.pc.iter().any(is_encrypted)
}

impl Row {
    fn faults(&self) -> Vec<&'static str> {
        let wanted = self.scenario.finding.as_deref();
        let exception = EXCEPTIONS.iter().find(|(name, ..)| *name == self.scenario.name);
        let fits = |said: &Said| match exception {
            None => said.is(wanted),
            Some((_, None, _)) => said.leaves_open(wanted),
            Some((_, instead, _)) => said.is(*instead),
        };
        let mut faults = Vec::new();
        if !fits(&self.window) {
            faults.push("window");
        }
        // The window's resolver is the test's, the one of a program is the system's, and may be nobody.
        let may_be_open = self.is_by_name && !is_resolver_sure();
        let fits_check = |said: &Said| fits(said) || may_be_open && said.leaves_open(wanted);
        if self.check.as_ref().is_ok_and(|said| !fits_check(said)) {
            faults.push("check");
        }
        // A recording cannot try anything: what only a try decides stays open there.
        let is_by_look = self.is_by_look();
        let fits_blindly = |said: &Said| fits(said) || is_by_look && said.leaves_open(wanted);
        if !self.replays.iter().all(fits_blindly) {
            faults.push("replay");
        }
        faults
    }

    /// Whether this computer's own try decides, and nothing else does.
    fn is_by_look(&self) -> bool {
        self.blind != self.window && matches!(self.blind, Said::Undecided(_))
    }

    fn line(&self, faults: &[&str]) -> String {
        let wanted = self.scenario.finding.as_deref().unwrap_or("-");
        let check = self.check.as_ref().map_or_else(|why| format!("({why})"), |said| self.short(said));
        let replays: Vec<_> = self.replays.iter().map(|said| self.short(said)).collect();
        let mark = if faults.is_empty() { "ok".to_owned() } else { format!("WRONG: {}", faults.join(", ")) };
        let look = if self.is_by_look() { " (by this computer's try)" } else { "" };
        let window = self.short(&self.window);
        let name = &self.scenario.name;
        format!("{name:28} | {wanted:6} | {window:24} | {check:24} | {:32} | {mark}{look}", replays.join(", "))
    }

    /// Not every id that it may be, only whether the right one is among them.
    fn short(&self, said: &Said) -> String {
        match said {
            Said::Undecided(all) => {
                let is_among = said.leaves_open(self.scenario.finding.as_deref());
                format!("undecided of {}{}", all.len(), if is_among { " with it" } else { "" })
            }
            other => other.to_string(),
        }
    }
}

/// What each face said, with the lines that it rests on.
fn details(window: &Diagnosis, checked: Option<&Checked>, replays: &[(Said, Value)], trace: &str) -> String {
    let mut lines = vec![format!("  window: {} by {:?}", Said::of(window), window.trouble)];
    for finding in window.findings.iter().take(3) {
        let facts: Vec<_> = finding.evidence.iter().map(ToString::to_string).collect();
        lines.push(format!("    {} {}: {facts:?}", finding.id, finding.certainty.key()));
    }
    if let Some(checked) = checked {
        lines.push(format!("  check: {}, {}: {}", checked.said, checked.verdict["fault"], checked.verdict["findings"]));
        lines.push(format!("    episodes: {}", checked.verdict["episodes"]));
    }
    for (said, verdict) in replays {
        lines.push(format!("  replay: {said}, {}: {}", verdict["fault"], verdict["findings"]));
        lines.push(format!("    episodes: {}", verdict["episodes"]));
    }
    let rows: Vec<_> = trace.lines().filter(|line| !line.starts_with(['@', '#'])).collect();
    lines.push(format!("  end of the trace: {:?}", &rows[rows.len().saturating_sub(14)..]));
    lines.join("\n")
}
