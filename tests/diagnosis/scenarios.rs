//! Every scenario names the entry of the catalogue that a diagnosis must come to: the core is run against the virtual
//! modem on its virtual clock, and what it tells is judged as the window would judge it.

use std::time::Duration;

use air780e_companion::{
    broker::Core,
    diagnosis::{Case, Diagnosis, History, diagnose},
    modem::request::{Connection, Credentials, Request, Subscription, Will},
    mqtt::{Message, Password, Qos},
    sim::{
        bench::{HOST, PORT, World, connection, stage},
        net::simulated::Simulated,
        scenario::{self, ConnectPlan, PcStep, PublishPlan, Scenario},
    },
};

/// Scenarios that a typed line cannot play, and why.
const NOT_PLAYED: &[(&str, &str)] = &[
    ("mconnect-early", "the program never sends a line while another is open"),
    ("payload-count", "a typed line gives no data after a prompt"),
    ("no-carriage-return", "the program ends every line"),
];

fn message(topic: &str, payload: &str, qos: u8) -> Message {
    let qos = [Qos::AtMostOnce, Qos::AtLeastOnce, Qos::ExactlyOnce][usize::from(qos)];
    Message { topic: topic.parse().expect("a topic"), payload: payload.as_bytes().to_vec(), qos, retain: false }
}

fn wanted(plan: &ConnectPlan) -> Connection {
    let subscription = |filter: &String| Subscription { filter: filter.parse().expect("a filter"), qos: Qos::AtLeastOnce };
    Connection {
        host: plan.host.clone(),
        port: plan.port,
        client_id: plan.client_id.clone(),
        credentials: plan
            .login
            .as_ref()
            .map(|(user, word)| Credentials { user: user.clone(), password: Password::new(word.as_str()) }),
        keep_alive: plan.keep_alive,
        will: plan.will.as_ref().map(|(topic, payload)| Will { message: message(topic, payload, 0) }),
        subscriptions: plan.subscribe.iter().map(subscription).collect(),
        ..connection()
    }
}

fn play(scenario: &Scenario) -> Diagnosis {
    let config = stage::broker_config(&scenario.name, &scenario.broker).expect("a broker");
    let mut world = World::new(&scenario.spec(7).expect("a module"), Simulated::new(Core::new(config), HOST, PORT));
    for step in &scenario.pc {
        match step {
            PcStep::Connect(plan) => drop(world.perform(Request::Connect(Box::new(wanted(plan))))),
            PcStep::Publish(PublishPlan { topic, payload, qos }) => {
                drop(world.perform(Request::Publish(message(topic, payload, *qos))));
            }
            PcStep::Ask(line, _) => drop(world.perform(Request::Raw(line.clone()))),
            PcStep::Await(text) => {
                let heard = |world: &World| String::from_utf8_lossy(&world.said).matches(text.as_str()).count();
                for _ in 0..600 {
                    if heard(&world) > 0 {
                        break;
                    }
                    world.run_for(Duration::from_secs(1));
                }
            }
            PcStep::Send(_) => panic!("{} cannot be played", scenario.name),
            PcStep::WaitMs(span) => world.run_for(Duration::from_millis(*span)),
        }
    }
    world.run_for(Duration::from_secs(2));
    let mut history = History::default();
    world.events.iter().for_each(|event| history.take(event));
    diagnose(&Case { history: &history, here: None })
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
        let ids: Vec<_> = diagnosis.findings.iter().map(|finding| format!("{}{}", finding.id, &finding.certainty.key()[..1])).collect();
        let first = diagnosis.findings.first().map(|finding| finding.id);
        count += 1;
        if first != scenario.finding.as_deref() {
            let fault = diagnosis.trouble.map(|trouble| trouble.fault.to_string());
            wrong.push(format!("{}: {:?} wanted, {ids:?} by {fault:?}", scenario.name, scenario.finding));
        }
    }
    assert!(count > 40, "only {count} were played");
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
}
