//! `air780e sim`: a virtual modem on a PTY until somebody ends it, steered by lines on standard input.

use std::io;
#[cfg(unix)]
use std::net::{SocketAddr, ToSocketAddrs};

#[cfg(unix)]
use crate::{
    diagnosis::catalogue,
    link::pty::PtyModem,
    sim::{
        bench::stage::Stage,
        host::VirtualSpec,
        scenario::PcStep,
        steer::{self, Order},
    },
};

use super::{args::SimArgs, print_line};
use crate::{
    lang::Lang,
    sim::scenario::{self, Scenario},
};

/// Runs until SIGTERM or SIGINT. The first line printed is the path to open.
pub(super) fn run(asked: &SimArgs) -> io::Result<()> {
    if asked.list_scenarios {
        for scenario in scenario::all() {
            print_line(&row(scenario));
        }
        return Ok(());
    }
    start(asked)
}

/// The title in every language.
fn titles(scenario: &'static Scenario, between: &str) -> String {
    Lang::ALL.map(|lang| lang.scenario(&scenario.name)).join(between)
}

/// Name, catalogue entry and titles, separated by tabs.
fn row(scenario: &'static Scenario) -> String {
    let finding = scenario.finding.as_deref().unwrap_or("-");
    format!("{}\t{finding}\t{}", scenario.name, titles(scenario, "\t"))
}

/// Windows has no PTY that a serial program could open.
#[cfg(not(unix))]
fn start(_asked: &SimArgs) -> io::Result<()> {
    Err(io::Error::other("a virtual serial port needs Unix; use \"check --port virtual\" instead"))
}

#[cfg(unix)]
fn start(asked: &SimArgs) -> io::Result<()> {
    let stop = super::signals::StopSignal::listen()?;
    let stage = asked.scenario.as_deref().map(|name| set_up(name, asked.seed)).transpose()?;
    let mut spec = stage.as_ref().map_or_else(VirtualSpec::default, |stage| stage.spec().clone());
    spec.baud = asked.baud;
    spec.seed = asked.seed;
    spec.truth.clone_from(&asked.truth);
    spec.device.lacks = asked.without.iter().map(|command| bare_name(command)).collect();
    if let Some(broker) = &asked.broker {
        spec.broker = Some(resolve(broker)?);
    }
    check_truth(asked)?;
    let modem = PtyModem::start(&spec, asked.link.as_deref()).map_err(|error| explain(&error, asked))?;
    print_line(&modem.port().display().to_string());
    // The reader holds no more than it needs to steer: the modem ends with this function, not with standard input.
    steering::listen(modem.host().remote())?;
    stop.wait();
    Ok(())
}

/// The name of a command as the module knows it: `+MPUBEX` of `at+mpubex`.
#[cfg(unix)]
fn bare_name(command: &str) -> String {
    let name = command.trim().to_ascii_uppercase();
    name.strip_prefix("AT").map_or(name.as_str(), |rest| rest).to_owned()
}

/// Says beforehand, and by name, that the truth log cannot be written.
#[cfg(unix)]
fn check_truth(asked: &SimArgs) -> io::Result<()> {
    let Some(path) = &asked.truth else { return Ok(()) };
    std::fs::File::create(path).map(drop).map_err(|error| {
        let text = format!("--truth {}: {error}; choose a file in a folder that may be written", path.display());
        io::Error::new(error.kind(), text)
    })
}

#[cfg(unix)]
fn set_up(name: &str, seed: u64) -> io::Result<Stage> {
    let scenario = scenario::find(name).ok_or_else(|| {
        io::Error::new(
            io::ErrorKind::NotFound,
            format!("--scenario {name}: there is no such scenario; --list-scenarios shows them all"),
        )
    })?;
    super::say_to_user(&format!("{name}: {}", titles(scenario, " / ")));
    for line in scenario.instructions() {
        super::say_to_user(&line);
    }
    if let Some(cause) = scenario.finding.as_deref().and_then(catalogue::by_id) {
        super::say_to_user(&format!("what helps: {}", Lang::ALL.map(|lang| cause.fix.to(lang)).join(" / ")));
    }
    let stage = Stage::start(scenario, seed, utc_now())?;
    let planned = scenario.pc.iter().find_map(|step| if let PcStep::Connect(plan) = step { Some(plan) } else { None });
    if let Some(plan) = planned
        && let Some(route) = stage.route(&plan.host, plan.port)
    {
        let place = format!("--host {} --mqtt-port {} --route {route}", plan.host, plan.port);
        super::say_to_user(&format!("a check that tries the same from this computer: {place}"));
    }
    Ok(stage)
}

/// What certificates are made for and the module's network tells.
#[cfg(unix)]
#[expect(clippy::disallowed_methods, reason = "a scenario on this computer plays today")]
fn utc_now() -> i64 {
    chrono::Utc::now().timestamp()
}

#[cfg(unix)]
mod steering {
    //! Lines on standard input, each carried out at once.

    use std::{
        io::{self, BufRead},
        thread,
    };

    use super::{Order, steer};
    use crate::{cli::say_to_user, sim::host::Remote};

    /// Reads on a thread of its own until standard input ends; the modem goes on without it.
    pub(super) fn listen(modem: Remote) -> io::Result<()> {
        thread::Builder::new().name("task-steering".to_owned()).spawn(move || {
            for line in io::stdin().lock().lines().map_while(Result::ok) {
                obey(&modem, &line);
            }
        })?;
        Ok(())
    }

    fn obey(modem: &Remote, line: &str) {
        match steer::parse(line) {
            Ok(Order::Steer(steer)) => {
                if !modem.steer(steer) {
                    say_to_user(&format!("air780e: {steer}: the virtual modem takes no more orders now; try again"));
                }
            }
            Ok(Order::Help) => say_to_user(&steer::help()),
            Ok(Order::Nothing) => {}
            Err(error) => say_to_user(&format!("air780e: {error}")),
        }
    }
}

#[cfg(unix)]
fn resolve(broker: &str) -> io::Result<SocketAddr> {
    let found = broker.to_socket_addrs().map_err(|error| {
        io::Error::new(
            error.kind(),
            format!("--broker {broker}: {error}; write it as HOST:PORT, such as 127.0.0.1:1883"),
        )
    })?;
    let mut found: Vec<_> = found.collect();
    found.sort_by_key(SocketAddr::is_ipv6);
    found.into_iter().next().ok_or_else(|| io::Error::other(format!("--broker {broker}: the name has no address")))
}

#[cfg(unix)]
fn explain(error: &io::Error, asked: &SimArgs) -> io::Error {
    let text = match &asked.link {
        Some(link) if error.kind() == io::ErrorKind::AlreadyExists => {
            format!("--link {}: something else stands there; choose another path or remove it", link.display())
        }
        Some(link) => format!("the virtual modem at {} cannot start: {error}", link.display()),
        None => format!("the virtual modem cannot start: {error}"),
    };
    io::Error::new(error.kind(), text)
}
