//! Every scenario with TLS over real sockets: its broker, its listener, and the module typed at.

use std::{fs, path::Path};

use air780e_companion::sim::{
    VirtualSpec,
    bench::stage::Stage,
    scenario::{self, PcStep, Scenario},
};

use crate::rig::{NOW, Rig};

fn run(scenario: &Scenario, folder: &Path) {
    let stage = Stage::start(scenario, 7, NOW).unwrap();
    let truth = folder.join(&scenario.name);
    let mut rig = Rig::loud(&VirtualSpec { truth: Some(truth.clone()), ..stage.spec().clone() });
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
    drop(rig);
    let told = fs::read_to_string(truth).unwrap();
    let networks: Vec<_> = told.lines().filter(|line| line.contains("\"network\"")).collect();
    assert!(networks.iter().any(|line| line.contains(&scenario.cause)), "{}: {networks:#?}", scenario.name);
}

#[test]
fn every_scenario_with_tls_comes_to_its_end() {
    let with_tls: Vec<_> = scenario::all().iter().filter(|scenario| scenario.listener.is_some()).collect();
    assert!(with_tls.len() >= 25);
    let folder = tempfile::tempdir().unwrap();
    for scenario in with_tls {
        run(scenario, folder.path());
    }
}
