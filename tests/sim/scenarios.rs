//! Every scenario with TLS over real sockets: its broker and its listener, and the real core that connects, or the lines
//! that a person types where the fault is one that the core does not make.

use std::{fs, path::Path, time::Duration};

use air780e_companion::{
    link::spec::LinkSpec,
    modem::{
        event::{Event, WireKind},
        request::{Request, RequestId},
        status::Status,
    },
    sim::{
        VirtualSpec,
        bench::{
            plan::{connection, publish},
            stage::Stage,
        },
        scenario::{self, PcStep, Scenario, SecurityPlan},
        steer::Speed,
    },
    worker::Worker,
};

use crate::{
    kit::{LIMIT, now},
    rig::{NOW, Rig},
};

/// What there is to see of a scenario.
struct Seen<'a> {
    said: &'a str,
    rung: Option<&'static str>,
}

/// Who played a scenario to its last step. The module may say more after it.
enum Player {
    Core(Box<Desk>),
    Hands(Rig),
}

impl Player {
    fn sees(&self) -> Seen<'_> {
        match self {
            Self::Core(desk) => {
                Seen { said: &desk.said, rung: desk.status.ladder.first_failed().map(|(rung, _)| rung.key()) }
            }
            Self::Hands(rig) => Seen { said: &rig.said, rung: None },
        }
    }

    fn looks_again(&mut self) {
        match self {
            Self::Core(desk) => {
                if let Some(event) = desk.worker.wait_event(QUIET) {
                    desk.note(event);
                }
            }
            Self::Hands(rig) => rig.read(QUIET),
        }
    }
}

/// The core at a window's place: requests in, events out.
struct Desk {
    worker: Worker,
    requests: u64,
    status: Status,
    said: String,
}

impl Desk {
    fn open(spec: VirtualSpec) -> Self {
        let worker = Worker::spawn(LinkSpec::Virtual(spec), || ());
        Self { worker, requests: 0, status: Status::default(), said: String::new() }
    }

    /// Asks, and takes in what is told until it is done and the status that follows has come.
    fn perform(&mut self, scenario: &str, request: Request) {
        self.requests += 1;
        let id = RequestId(self.requests);
        self.worker.try_request(id, request).unwrap();
        let started = now();
        while !self.take(id) {
            assert!(started.elapsed() < LIMIT, "{scenario}: nothing ends; the module said {:?}", self.said);
        }
        // A last word before the next step: a publish's message, a status.
        while self.worker.wait_event(QUIET).is_some_and(|event| self.note(event)) {}
    }

    fn take(&mut self, awaited: RequestId) -> bool {
        let Some(event) = self.worker.wait_event(Duration::from_millis(200)) else { return false };
        let is_end = matches!(&event, Event::Done { id, .. } if *id == awaited);
        self.note(event);
        is_end
    }

    /// Takes it in; always `true`, so that it can stand in a condition.
    fn note(&mut self, event: Event) -> bool {
        match event {
            Event::Wire(line) if line.kind != WireKind::Sent => {
                self.said.push_str(&line.text);
                self.said.push('\n');
            }
            Event::Status(status) => self.status = *status,
            Event::Closed { fault, .. } => panic!("the link closed: {fault:?}; {:?}", self.said),
            _ => {}
        }
        true
    }
}

/// A pause in which the module has nothing to say.
const QUIET: Duration = Duration::from_millis(150);

fn by_core(scenario: &Scenario, mut spec: VirtualSpec) -> Player {
    spec.speed = Speed::of_percent(400).unwrap();
    let files = spec.files.clone();
    let mut desk = Desk::open(spec);
    for step in &scenario.pc {
        let request = match step {
            PcStep::Connect(plan) => Request::Connect(Box::new(connection(plan, &files).unwrap())),
            PcStep::Publish(plan) => publish(plan).unwrap(),
            PcStep::Raw(line) => Request::Raw(line.clone()),
            _ => panic!("{}: the core types nothing", scenario.name),
        };
        desk.perform(&scenario.name, request);
    }
    Player::Core(Box::new(desk))
}

fn by_hand(scenario: &Scenario, spec: &VirtualSpec) -> Player {
    let mut rig = Rig::loud(spec);
    for step in &scenario.pc {
        match step {
            PcStep::Ask(line, end) => {
                rig.send(format!("{line}\r").as_bytes());
                rig.read_until(end);
            }
            PcStep::Send(text) => rig.send(text.as_bytes()),
            PcStep::Await(text) => drop(rig.read_until(text)),
            _ => panic!("{}: hands connect nothing by themselves", scenario.name),
        }
    }
    Player::Hands(rig)
}

/// What is wrong with what was seen; nothing when all is as the scenario says.
fn faults(scenario: &Scenario, seen: &Seen<'_>, truth: &Path) -> Vec<String> {
    let mut faults = Vec::new();
    if seen.rung != scenario.rung.as_deref() {
        faults.push(format!("{}: accuses {:?}, not {:?}", scenario.name, seen.rung, scenario.rung));
    }
    let mut rest = seen.said;
    for wanted in &scenario.wire {
        match rest.split_once(wanted.as_str()) {
            Some((_, after)) => rest = after,
            None => faults.push(format!("{}: no {wanted:?} in {:?}", scenario.name, seen.said)),
        }
    }
    let told = fs::read_to_string(truth).unwrap();
    let networks: Vec<_> = told.lines().filter(|line| line.contains("\"network\"")).collect();
    if !networks.iter().any(|line| line.contains(&scenario.cause)) {
        faults.push(format!("{}: no {:?} in {networks:#?}", scenario.name, scenario.cause));
    }
    faults
}

fn uses_tls(scenario: &Scenario) -> bool {
    let is_encrypted = |step: &PcStep| matches!(step, PcStep::Connect(plan) if plan.security != SecurityPlan::Plain);
    scenario.listener.is_some() || scenario.pc.iter().any(is_encrypted)
}

#[test]
fn every_scenario_with_tls_comes_to_its_end() {
    let with_tls: Vec<_> = scenario::all().iter().filter(|scenario| uses_tls(scenario)).collect();
    let by_the_core = with_tls.iter().filter(|scenario| scenario.is_connecting()).count();
    assert!(with_tls.len() >= 30 && by_the_core >= 25, "{} and {by_the_core}", with_tls.len());
    let folder = tempfile::tempdir().unwrap();
    let mut broken = Vec::new();
    for scenario in with_tls {
        let stage = Stage::start(scenario, 7, NOW).unwrap();
        let truth = folder.path().join(&scenario.name);
        let spec = VirtualSpec { truth: Some(truth.clone()), ..stage.spec().clone() };
        let mut player = if scenario.is_connecting() { by_core(scenario, spec) } else { by_hand(scenario, &spec) };
        let started = now();
        let mut wrong = faults(scenario, &player.sees(), &truth);
        while !wrong.is_empty() && started.elapsed() < LIMIT {
            player.looks_again();
            wrong = faults(scenario, &player.sees(), &truth);
        }
        broken.extend(wrong);
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}
