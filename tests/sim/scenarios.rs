//! Every scenario with TLS over real sockets: its broker, its listener, and the module typed at.

use air780e_companion::sim::{
    bench::stage::Stage,
    scenario::{self, PcStep, Scenario},
};

use crate::rig::{NOW, Rig};

fn run(scenario: &Scenario) {
    let stage = Stage::start(scenario, 7, NOW).unwrap();
    let mut rig = Rig::loud(stage.spec());
    for step in &scenario.pc {
        match step {
            PcStep::Ask(line, end) => {
                rig.send(format!("{line}\r").as_bytes());
                rig.read_until(end);
            }
            PcStep::Send(text) => rig.send(text.as_bytes()),
            PcStep::Await(text) => drop(rig.read_until(text)),
            _ => panic!("{}: TLS scenarios are typed", scenario.name),
        }
    }
    let mut rest = rig.said.as_str();
    for wanted in &scenario.wire {
        let Some((_, after)) = rest.split_once(wanted.as_str()) else {
            panic!("{}: no {wanted:?} in {:?}", scenario.name, rig.said)
        };
        rest = after;
    }
}

#[test]
fn every_scenario_with_tls_comes_to_its_end() {
    let with_tls: Vec<_> = scenario::all().iter().filter(|scenario| scenario.listener.is_some()).collect();
    assert!(with_tls.len() >= 25);
    for scenario in with_tls {
        run(scenario);
    }
}
