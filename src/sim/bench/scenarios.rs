//! Every scenario without TLS on the virtual clock: what is on the wire, and which rung the core accuses.

use std::time::Duration;

use super::{HOST, PORT, World, plan, stage};
use crate::{
    broker::Core,
    modem::{
        request::Request,
        status::{Rung, RungState},
    },
    sim::{
        VirtualSpec,
        net::simulated::Simulated,
        scenario::{self, PcStep, Scenario},
        tests::desk::Desk,
    },
};

fn net(scenario: &Scenario) -> Simulated {
    Simulated::new(Core::new(stage::broker_config(&scenario.name, &scenario.broker).unwrap()), HOST, PORT)
}

/// The rung that failed, or the lowest one whose ground was taken away.
fn accused(world: &World) -> Option<Rung> {
    let ladder = &world.core.status().ladder;
    let stale = ladder.iter().find(|(_, entry)| entry.state == RungState::Stale);
    ladder.first_failed().or(stale).map(|(rung, _)| rung)
}

/// Lets the core do what the scenario says; gives what the module said and the lowest rung accused on the way: a later
/// answer may confirm it again.
fn connect_by_core(scenario: &Scenario, spec: &VirtualSpec) -> (String, Option<Rung>) {
    let mut world = World::new(spec, net(scenario));
    let mut lowest: Option<Rung> = None;
    for step in &scenario.pc {
        match step {
            PcStep::Connect(wanted) => {
                world.perform(Request::Connect(Box::new(plan::connection(wanted, &[]).unwrap())));
            }
            PcStep::Publish(wanted) => {
                world.perform(plan::publish(wanted).unwrap());
            }
            PcStep::Raw(line) => {
                world.perform(Request::Raw(line.clone()));
            }
            PcStep::WaitMs(span) => world.run_for(Duration::from_millis(*span)),
            _ => panic!("{}: the core types nothing", scenario.name),
        }
        lowest = lowest.into_iter().chain(accused(&world)).min();
    }
    (String::from_utf8_lossy(&world.said).into_owned(), lowest)
}

/// Types what the scenario says; gives what the module said.
fn type_by_hand(scenario: &Scenario, spec: &VirtualSpec) -> String {
    let mut desk = Desk::of(spec, net(scenario));
    let mut said = String::new();
    for step in &scenario.pc {
        match step {
            PcStep::Ask(line, end) => {
                desk.send(format!("{line}\r").as_bytes());
                said.push_str(&desk.read_until(end));
            }
            PcStep::Send(text) => desk.send(text.as_bytes()),
            PcStep::Await(text) => said.push_str(&desk.read_until(text)),
            PcStep::WaitMs(span) => said.push_str(&desk.after(Duration::from_millis(*span))),
            _ => panic!("{}: hands connect nothing by themselves", scenario.name),
        }
    }
    said + &desk.after(Duration::from_secs(1))
}

/// Lets the core bring the module up and then send each line that the scenario types, as the terminal does. `None` when
/// the scenario types what is no line.
fn type_by_core(scenario: &Scenario, spec: &VirtualSpec) -> Option<(String, Option<Rung>)> {
    let mut world = World::new(spec, net(scenario));
    world.perform(Request::BringUp);
    for step in &scenario.pc {
        let from = world.said.len();
        match step {
            PcStep::Ask(line, end) => {
                world.perform(Request::Raw(line.clone()));
                run_until_said(&mut world, from, end);
            }
            PcStep::Await(text) => run_until_said(&mut world, 0, text),
            PcStep::WaitMs(span) => world.run_for(Duration::from_millis(*span)),
            _ => return None,
        }
    }
    world.run_for(Duration::from_secs(1));
    Some((String::from_utf8_lossy(&world.said).into_owned(), accused(&world)))
}

/// Lets time pass until the module said `text` after the byte number `from`.
fn run_until_said(world: &mut World, from: usize, text: &str) {
    for _ in 0..1_200 {
        if String::from_utf8_lossy(&world.said[from..]).contains(text) {
            return;
        }
        world.run_for(Duration::from_millis(100));
    }
}

/// The part of the scenario's wire that is missing, if any.
fn missing<'a>(scenario: &'a Scenario, said: &str) -> Option<&'a str> {
    let mut rest = said;
    scenario.wire.iter().map(String::as_str).find(|wanted| match rest.split_once(wanted) {
        Some((_, after)) => {
            rest = after;
            false
        }
        None => true,
    })
}

/// Enough of a conversation to see where it stopped.
fn end_of(said: &str) -> &str {
    said.char_indices().rev().nth(600).map_or(said, |(at, _)| &said[at..])
}

#[test]
fn every_scenario_without_tls_comes_to_its_end() {
    let mut broken = Vec::new();
    for scenario in scenario::all().iter().filter(|scenario| scenario.listener.is_none()) {
        let spec = scenario.spec(7).unwrap();
        let (said, rung) = if scenario.is_connecting() {
            connect_by_core(scenario, &spec)
        } else {
            (type_by_hand(scenario, &spec), None)
        };
        let rung = rung.map(|rung| rung.key().to_owned());
        if rung != scenario.rung {
            broken.push(format!("{}: accuses {rung:?}, not {:?}: {:?}", scenario.name, scenario.rung, end_of(&said)));
        }
        if let Some(missing) = missing(scenario, &said) {
            broken.push(format!("{}: no {missing:?} before {:?}", scenario.name, end_of(&said)));
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

/// What a person types in a terminal reaches the module through the core as well: the same wire, and where a step of the
/// ladder was lost by it, the core says so.
#[test]
fn typed_scenarios_come_to_their_end_through_the_core() {
    let mut broken = Vec::new();
    let mut played = 0;
    let typed = scenario::all().iter().filter(|scenario| scenario.listener.is_none() && !scenario.is_connecting());
    for scenario in typed {
        let Some((said, rung)) = type_by_core(scenario, &scenario.spec(7).unwrap()) else { continue };
        played += 1;
        let wanted = RUNGS_OF_TYPED.iter().find(|(name, _)| *name == scenario.name).map(|&(_, rung)| rung);
        if rung != wanted {
            broken.push(format!("{}: accuses {rung:?}, not {wanted:?}: {:?}", scenario.name, end_of(&said)));
        }
        let missing = missing(scenario, &said);
        if missing.is_some() != (scenario.name == HELD_BACK) {
            broken.push(format!("{}: misses {missing:?} in {:?}", scenario.name, end_of(&said)));
        }
    }
    assert!(played >= 15, "{played}");
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

/// The rung that a typed scenario takes away; the others break nothing that the ladder shows.
const RUNGS_OF_TYPED: &[(&str, Rung)] = &[
    ("mconnect-late", Rung::Tcp),
    ("closed-overlooked", Rung::Mqtt),
    ("detached", Rung::Data),
    ("apn-stale", Rung::Data),
    ("restart-loop", Rung::At),
];

/// The core holds a line back until the one before has come to its outcome, so this mistake cannot be made with it.
const HELD_BACK: &str = "mconnect-early";

/// Ten thousand sessions in one module: what they need does not add up.
#[test]
fn ten_thousand_rounds_do_not_grow() {
    let mut desk = Desk::of(&VirtualSpec::default(), super::broker(&[]));
    desk.ask("ATE0", "OK");
    let mut round = || {
        desk.ask("AT+MCONFIG=round", "OK");
        desk.ask("AT+MIPSTART=broker.test,1883", "CONNECT OK");
        desk.ask("AT+MCONNECT=1,120", "CONNACK OK");
        desk.ask("AT+MPUB=t,1,0,\"x\"", "PUBACK");
        desk.ask("AT+MDISCONNECT", "OK");
        desk.send(b"AT+MIPCLOSE\r");
        desk.after(Duration::from_secs(1));
        format!("{:?}", desk.modem).len()
    };
    let first = round();
    let last = (1..10_000).map(|_| round()).last().unwrap();
    // Moments and counters grow by digits only.
    assert!(last < first + 100, "the module grew from {first} to {last}");
}
