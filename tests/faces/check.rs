//! The command line's face: `air780e check` at a virtual modem on a PTY, with a scenario's connection as its options.
#![cfg_attr(not(all(unix, feature = "serial")), allow(dead_code, unused_imports, reason = "there are no PTYs"))]

use std::{
    net::SocketAddr,
    path::Path,
    time::{Duration, Instant},
};

#[cfg(all(unix, feature = "serial"))]
use air780e_companion::link::pty::PtyModem;
use air780e_companion::sim::{
    VirtualSpec,
    bench::stage::Stage,
    scenario::{ConnectPlan, PcStep, PublishPlan, Scenario, SecurityPlan},
    steer::Speed,
};
use serde_json::Value;

use crate::{
    kit::{now, process::Process},
    said::Said,
};

/// What a check came to.
pub(crate) struct Checked {
    pub(crate) said: Said,
    pub(crate) verdict: Value,
    /// The trace that it saved.
    pub(crate) trace: String,
    /// From the line that shows the trouble that lasts to the verdict; `None` where none lasts.
    pub(crate) delay: Option<Duration>,
}

/// Why a scenario is none for a check; `None` when it is one.
pub(crate) fn is_beyond(scenario: &Scenario) -> Option<&'static str> {
    if cfg!(not(all(unix, feature = "serial"))) {
        return Some("no port");
    }
    if !scenario.is_connecting() {
        return Some("typed");
    }
    let pinned = |plan: &ConnectPlan| plan.suite.is_some() || plan.version.is_some() || plan.negotiate_s.is_some();
    let is_pinned = scenario.pc.iter().any(|step| matches!(step, PcStep::Connect(plan) if pinned(plan)));
    if is_pinned {
        return Some("no option");
    }
    // A check repairs such a file in memory before anything is sent, and connects.
    if MENDED.contains(&scenario.name.as_str()) {
        return Some("mended");
    }
    (waits_ms(scenario) > LONGEST_WAIT).then_some("too long")
}

/// Scenarios with a file that a person can still read.
const MENDED: [&str; 2] = ["file-line-ends", "file-damaged"];

fn waits_ms(scenario: &Scenario) -> u64 {
    scenario.pc.iter().map(|step| if let PcStep::WaitMs(span) = step { *span } else { 0 }).sum()
}

#[cfg(not(all(unix, feature = "serial")))]
pub(crate) fn check(scenario: &Scenario, _: &Stage, _: Option<SocketAddr>) -> Checked {
    panic!("{}: there is no port to check at", scenario.name)
}

/// Checks as `scenario` connects. `route` is where this computer finds the broker, when it is not where it says.
#[cfg(all(unix, feature = "serial"))]
pub(crate) fn check(scenario: &Scenario, stage: &Stage, route: Option<SocketAddr>) -> Checked {
    let plan = scenario.pc.iter().find_map(|step| if let PcStep::Connect(plan) = step { Some(plan) } else { None });
    let plan = plan.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let trace = folder.path().join("trace.txt");
    let speed = speed(scenario);
    let spec = VirtualSpec { speed: Speed::of_percent(speed).unwrap(), ..stage.spec().clone() };
    let modem = PtyModem::start(&spec, None).unwrap();
    let watch = (waits_ms(scenario) * 100 / u64::from(speed)).div_ceil(1_000);
    let mut options = options(plan, folder.path(), stage, route);
    let mut add = |more: &[&str]| options.extend(more.iter().map(|&one| one.to_owned()));
    add(&["--crosscheck-login"]);
    add(&["--port", modem.port().to_str().unwrap(), "--save-trace", trace.to_str().unwrap()]);
    // The core gives an access point half a minute.
    let limit = if plan.access_point.is_some() { LONG_TIMEOUT } else { TIMEOUT };
    add(&["--timeout", &(watch + limit).to_string()]);
    if watch > 0 {
        add(&["--watch", &watch.to_string()]);
    }
    for step in &scenario.pc {
        match step {
            PcStep::Publish(PublishPlan { topic, payload, qos }) => {
                add(&["--publish", topic, "--payload", payload, "--qos", &qos.to_string()]);
            }
            PcStep::Raw(_) => add(&["--details"]),
            _ => {}
        }
    }
    let process = Process::air780e(&options);
    let mut told = Vec::new();
    let verdict = loop {
        let object: Value = serde_json::from_str(&process.line()).unwrap();
        told.push((now(), object["t_ms"].as_f64()));
        if object["kind"] == "verdict" {
            break object;
        }
    };
    process.output();
    let trace = std::fs::read_to_string(&trace).unwrap_or_default();
    Checked { said: Said::of_verdict(&verdict), delay: delay(&verdict, &told), verdict, trace }
}

/// How long the verdict took after the first line that was printed of the trouble that lasts. Each line of `told` has the time of its
/// print and its moment.
fn delay(verdict: &Value, told: &[(Instant, Option<f64>)]) -> Option<Duration> {
    let lasting = verdict["episodes"].as_array()?.iter().rfind(|one| one["end_ms"].is_null())?;
    let begin = lasting["begin_ms"].as_f64()?;
    let (shown, _) = told.iter().find(|(_, at)| at.is_some_and(|at| at >= begin))?;
    told.last().map(|(end, _)| end.saturating_duration_since(*shown))
}

/// How fast the module's time goes, in percent: what is late must be late to the PC too.
fn speed(scenario: &Scenario) -> u32 {
    let is = |word: &str| scenario.timeline.iter().any(|hand| hand.steer.starts_with(word));
    match () {
        () if is("delay") => 100,
        // The module gives a link 75 s.
        () if is("swallow") => 800,
        () => SPEED,
    }
}

/// The connection as options.
fn options(plan: &ConnectPlan, folder: &Path, stage: &Stage, route: Option<SocketAddr>) -> Vec<String> {
    let mut options = vec!["check".to_owned(), "--json".to_owned()];
    let mut add = |more: &[&str]| options.extend(more.iter().map(|&one| one.to_owned()));
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.join(name);
        std::fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let of_stage = |name: &str| {
        let found = stage.spec().files.iter().find(|file| file.name == name);
        file(name, &found.unwrap().bytes)
    };
    add(&["--host", &plan.host, "--mqtt-port", &plan.port.to_string(), "--client-id", &plan.client_id]);
    add(&["--keep-alive", &plan.keep_alive.to_string()]);
    if let Some(route) = route {
        add(&["--route", &route.to_string()]);
    }
    if let Some((user, password)) = &plan.login {
        add(&["--user", user, "--password-file", &file("login", password.as_bytes())]);
    }
    for filter in &plan.subscribe {
        add(&["--subscribe", filter]);
    }
    if let Some((topic, payload)) = &plan.will {
        add(&["--will-topic", topic, "--will-payload", payload]);
    }
    match plan.security {
        SecurityPlan::Plain => {}
        SecurityPlan::Encrypted => add(&["--security", "encrypted"]),
        SecurityPlan::Server => add(&["--security", "server", "--ca", &of_stage("ca.crt")]),
        SecurityPlan::Mutual => {
            add(&["--security", "mutual", "--ca", &of_stage("ca.crt")]);
            add(&["--cert", &of_stage("client.crt"), "--key", &of_stage("client.key")]);
        }
    }
    if let Some((name, user, password, auth)) = &plan.access_point {
        add(&["--apn", name, "--apn-user", user, "--apn-password-file", &file("apn", password.as_bytes())]);
        add(&["--apn-auth", ["none", "pap", "chap"][usize::from(*auth)]]);
    }
    for (option, is_on) in
        [("--ignore-clock", plan.ignore_clock), ("--cached", plan.cached), ("--reconnect", plan.reconnect)]
    {
        if is_on {
            add(&[option]);
        }
    }
    options
}

const SPEED: u32 = 400;
/// Longest time of a check beside its watching, in seconds.
const TIMEOUT: u64 = 12;
const LONG_TIMEOUT: u64 = 45;
/// A scenario that waits longer, in milliseconds, cannot be hurried: timers of the PC are not the module's.
const LONGEST_WAIT: u64 = 60_000;
