//! Every scenario names the entry of the catalogue that a diagnosis must come to: the core is run against the virtual
//! modem on its virtual clock, and what it tells is judged as the window would judge it.

use std::time::Duration;

use air780e_companion::{
    broker::Core,
    diagnosis::{Case, Course, Diagnosis, catalogue, diagnose},
    modem::request::Request,
    sim::{
        bench::{HOST, PORT, World, plan, stage},
        net::simulated::Simulated,
        scenario::{self, PcStep, Scenario},
    },
};

/// Scenarios that a typed line cannot play, and why.
const NOT_PLAYED: &[(&str, &str)] = &[
    ("mconnect-early", "the program never sends a line while another is open"),
    ("payload-count", "a typed line gives no data after a prompt"),
    ("no-carriage-return", "the program ends every line"),
    ("file-count-too-big", "a typed line gives no data after a prompt"),
];

/// Typed scenarios whose finding rests on the firmware's name, which the program asks for before anybody types.
const NEEDS_LOOK: &[&str] = &["low-power-build"];

/// Causes that look the same on the module's side: told apart by this computer, or not at all.
const SAME_ON_THE_WIRE: &[(&str, &str, &str)] = &[
    ("rate-wrong", "F-001", "noise: the ports and rates are tried next"),
    ("card-bound", "F-027", "the card's history is not known"),
    ("card-inactive", "F-027", "the card's history is not known"),
    ("apn-missing", "F-044", "nobody said that the card is a private one"),
    ("white-list", "F-059", "this computer tells"),
    ("slow-network", "F-066", "the acknowledgement did come"),
];

/// Lets time pass until the module has said `text` behind the first `from` bytes.
fn wait_for(world: &mut World, from: usize, text: &str) {
    for _ in 0..120 {
        if String::from_utf8_lossy(&world.said[from..]).contains(text) {
            return;
        }
        world.run_for(Duration::from_secs(1));
    }
}

/// What the window would say now.
fn judged(world: &World) -> Diagnosis {
    let mut course = Course::default();
    world.events.iter().for_each(|event| course.take(event));
    diagnose(&Case { course: &course, now: world.now() })
}

/// The last diagnosis that said anything; a scenario may end with its cure.
fn play(scenario: &Scenario) -> Diagnosis {
    let config = stage::broker_config(&scenario.name, &scenario.broker).expect("a broker");
    let mut world = World::new(&scenario.spec(7).expect("a module"), Simulated::new(Core::new(config), HOST, PORT));
    let mut last = Diagnosis::default();
    if NEEDS_LOOK.contains(&scenario.name.as_str()) {
        drop(world.perform(Request::BringUp));
    }
    for step in &scenario.pc {
        match step {
            PcStep::Connect(wanted) => {
                drop(world.perform(Request::Connect(Box::new(plan::connection(wanted, &[]).expect("a connection")))));
            }
            PcStep::Publish(wanted) => drop(world.perform(plan::publish(wanted).expect("a message"))),
            PcStep::Ask(line, text) => {
                let before = world.said.len();
                drop(world.perform(Request::Raw(line.clone())));
                wait_for(&mut world, before, text);
            }
            PcStep::Raw(line) => drop(world.perform(Request::Raw(line.clone()))),
            PcStep::Await(text) => wait_for(&mut world, 0, text),
            PcStep::Send(_) => panic!("{} cannot be played", scenario.name),
            PcStep::WaitMs(span) => world.run_for(Duration::from_millis(*span)),
        }
        let now = judged(&world);
        if !now.findings.is_empty() {
            last = now;
        }
    }
    world.run_for(Duration::from_secs(2));
    let end = judged(&world);
    if end.findings.is_empty() { last } else { end }
}

#[test]
fn every_scenario_without_tls_leads_to_its_finding() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for scenario in scenario::all().iter().filter(|scenario| scenario.listener.is_none()) {
        if NOT_PLAYED.iter().any(|(name, _)| *name == scenario.name) {
            continue;
        }
        let diagnosis = play(scenario);
        let ids: Vec<_> = diagnosis
            .findings
            .iter()
            .map(|finding| format!("{}{}", finding.id, &finding.certainty.key()[..1]))
            .collect();
        let first = diagnosis.findings.first().map(|finding| finding.id);
        count += 1;
        let alike = SAME_ON_THE_WIRE.iter().find(|(name, ..)| *name == scenario.name).map(|(_, id, _)| *id);
        if first != alike.or(scenario.finding.as_deref()) {
            let fault = diagnosis.trouble.map(|trouble| trouble.fault.to_string());
            wrong.push(format!("{}: {:?} wanted, {ids:?} by {fault:?}", scenario.name, scenario.finding));
        }
    }
    assert!(count > 40, "only {count} were played");
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_fault_that_can_be_played_has_a_cure() {
    for scenario in scenario::all() {
        let Some(id) = scenario.finding.as_deref() else { continue };
        assert!(catalogue::by_id(id).is_some(), "{}: {id} is not in the catalogue", scenario.name);
    }
}
