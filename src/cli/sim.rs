//! `air780e sim`: a virtual modem on a PTY until somebody ends it, steered by lines on standard input.

#[cfg(unix)]
use std::{
    io,
    net::{SocketAddr, ToSocketAddrs},
};

#[cfg(unix)]
use crate::{
    diagnosis::catalogue,
    link::pty::PtyModem,
    sim::{
        bench::stage::Stage,
        host::VirtualSpec,
        scenario::{Instruction, PcStep},
        steer::{self, Order},
    },
};

#[cfg(unix)]
use super::words;
use super::{args::SimArgs, print_line};
use crate::{
    lang::{Lang, Text},
    sim::scenario::{self, Scenario},
};

/// Runs until SIGTERM or SIGINT. The first line printed is the path to open.
pub(super) fn run(asked: &SimArgs, lang: Lang) -> Result<(), Text> {
    if asked.list_scenarios {
        for scenario in scenario::all() {
            print_line(&row(scenario));
        }
        return Ok(());
    }
    start(asked, lang)
}

/// Name, catalogue entry and the titles in every language, separated by tabs: for programs too.
fn row(scenario: &'static Scenario) -> String {
    let finding = scenario.finding.as_deref().unwrap_or("-");
    format!("{}\t{finding}\t{}", scenario.name, Lang::ALL.map(|lang| lang.scenario(&scenario.name)).join("\t"))
}

/// Windows has no PTY that a serial program could open.
#[cfg(not(unix))]
fn start(_asked: &SimArgs, _lang: Lang) -> Result<(), Text> {
    Err(Text::new("sim-needs-unix"))
}

#[cfg(unix)]
fn start(asked: &SimArgs, lang: Lang) -> Result<(), Text> {
    let stop = super::signals::StopSignal::listen();
    let stop = stop.map_err(|error| Text::new("command-no-signals").with("error", words::system(&error)))?;
    let stage = asked.scenario.as_deref().map(|name| set_up(name, asked.seed, lang)).transpose()?;
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
    steering::listen(modem.host().remote(), lang).map_err(|error| words::system(&error))?;
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
fn check_truth(asked: &SimArgs) -> Result<(), Text> {
    let Some(path) = &asked.truth else { return Ok(()) };
    std::fs::File::create(path).map(drop).map_err(|error| words::unwritable("--truth", path, &error))
}

#[cfg(unix)]
fn set_up(name: &str, seed: u64, lang: Lang) -> Result<Stage, Text> {
    let scenario = scenario::find(name).ok_or_else(|| Text::new("sim-no-scenario").put("name", name))?;
    super::say_to_user(&format!("{name}: {}", lang.scenario(&scenario.name)));
    for step in scenario.instructions() {
        super::say_to_user(&instruction(&step).to(lang));
    }
    if let Some(cause) = scenario.finding.as_deref().and_then(catalogue::by_id) {
        super::say_to_user(&Text::new("sim-what-helps").with("fix", cause.fix).to(lang));
    }
    let stage = Stage::start(scenario, seed, utc_now()).map_err(|error| words::system(&error))?;
    let planned = scenario.pc.iter().find_map(|step| if let PcStep::Connect(plan) = step { Some(plan) } else { None });
    if let Some(plan) = planned
        && let Some(route) = stage.route(&plan.host, plan.port)
    {
        let place = format!("--host {} --mqtt-port {} --route {route}", plan.host, plan.port);
        super::say_to_user(&Text::new("sim-same-check").put("place", place).to(lang));
    }
    Ok(stage)
}

#[cfg(unix)]
fn instruction(step: &Instruction) -> Text {
    match step {
        Instruction::Type(line) => Text::new("sim-type").put("line", line),
        Instruction::Send(bytes) => Text::new("sim-send").put("bytes", bytes),
        Instruction::Wait(text) => Text::new("sim-wait").put("text", text),
        Instruction::WaitForLink => Text::new("sim-wait-for-link"),
        Instruction::Pass { seconds } => Text::new("sim-pass").put("seconds", seconds),
        Instruction::See(texts) => Text::new("sim-see").put("texts", texts),
        Instruction::Rung(rung) => Text::new("sim-rung").put("rung", rung),
        Instruction::Finding(id) => Text::new("sim-finding").put("id", id),
    }
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
    use crate::{
        cli::{complain, say_to_user},
        lang::{Lang, Text},
        sim::{host::Remote, steer::SteerError},
    };

    /// Reads on a thread of its own until standard input ends; the modem goes on without it.
    pub(super) fn listen(modem: Remote, lang: Lang) -> io::Result<()> {
        thread::Builder::new().name("task-steering".to_owned()).spawn(move || {
            for line in io::stdin().lock().lines().map_while(Result::ok) {
                obey(&modem, &line, lang);
            }
        })?;
        Ok(())
    }

    fn obey(modem: &Remote, line: &str, lang: Lang) {
        match steer::parse(line) {
            Ok(Order::Steer(steer)) => {
                if !modem.steer(steer) {
                    complain(&Text::new("sim-takes-no-orders").put("order", steer), lang);
                }
            }
            Ok(Order::Help) => say_to_user(&help(lang)),
            Ok(Order::Nothing) => {}
            Err(SteerError::Unknown(word)) => complain(&Text::new("sim-unknown-word").put("word", word), lang),
            Err(SteerError::Unfit { given, usage }) => {
                complain(&Text::new("sim-unfit-order").put("given", given).put("usage", usage), lang);
            }
        }
    }

    /// What can be written, one word a line, each with what it does.
    fn help(lang: Lang) -> String {
        steer::words().map(|(usage, does)| format!("{usage}\n    {}", lang.tr(does))).collect::<Vec<_>>().join("\n")
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn every_word_that_steers_is_explained_in_every_language() {
            for (usage, does) in steer::words() {
                for lang in Lang::ALL {
                    assert!(help(lang).contains(usage) && lang.tr(does) != does, "{usage}: {does}");
                }
            }
        }
    }
}

#[cfg(unix)]
fn resolve(broker: &str) -> Result<SocketAddr, Text> {
    let found = broker.to_socket_addrs().map_err(|_| Text::new("sim-broker-unknown").put("broker", broker))?;
    let mut found: Vec<_> = found.collect();
    found.sort_by_key(SocketAddr::is_ipv6);
    found.into_iter().next().ok_or_else(|| Text::new("sim-broker-no-address").put("broker", broker))
}

#[cfg(unix)]
fn explain(error: &io::Error, asked: &SimArgs) -> Text {
    match &asked.link {
        Some(link) if error.kind() == io::ErrorKind::AlreadyExists => {
            Text::new("sim-link-taken").put("path", link.display())
        }
        Some(link) => Text::new("sim-link-no-start").put("path", link.display()).with("why", words::system(error)),
        None => Text::new("sim-no-start").with("why", words::system(error)),
    }
}
