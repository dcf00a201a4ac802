//! The truth log as a file: everything is there in order, and no secret.

use std::fs;

use air780e_companion::{
    broker::{Server, ServerConfig},
    sim::{Steer, VirtualSpec, net::DEMO_HOST},
};
use serde_json::Value;

use crate::{kit::wait_for, rig::Rig};

#[test]
fn a_session_stands_in_the_log_without_its_password() {
    let broker = Server::start(ServerConfig::default()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("truth.jsonl");
    let spec = VirtualSpec { broker: Some(broker.local_addr()), truth: Some(path.clone()), ..VirtualSpec::default() };
    let mut rig = Rig::new(&spec);
    rig.ask("AT+MCONFIG=id,user,hushhush", "OK");
    rig.ask(&format!("AT+MIPSTART={DEMO_HOST},1883"), "CONNECT OK");
    rig.ask("AT+MCONNECT=1,60", "CONNACK OK");
    rig.ask("AT+MPUB=t,1,0,\"x\"", "PUBACK");
    rig.host.steer(Steer::Kick);
    rig.read_until("CLOSED");
    let text = wait_for("the end of the session in the log", || {
        fs::read_to_string(&path).ok().filter(|text| text.contains("\"CLOSED\""))
    });
    assert!(!text.contains("hushhush"), "{text}");
    let entries: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let times: Vec<u64> = entries.iter().map(|entry| entry["at_us"].as_u64().unwrap()).collect();
    assert!(times.is_sorted(), "{times:?}");
    let told = |entry: &Value| match entry["what"].as_str().unwrap() {
        "command" | "line" | "network" => format!("{} {}", entry["what"], entry["text"]),
        "packet" => format!("{} {} {}", entry["way"], entry["kind"], entry["id"]),
        "steered" => format!("steered {}", entry["line"]),
        _ => String::new(),
    };
    let told: Vec<String> = entries.iter().map(|entry| told(entry).replace('"', "")).collect();
    let wanted = [
        "command AT+MCONFIG=id,user,***",
        "network opens broker.demo:1883 plain",
        "network open",
        "line CONNECT OK",
        "out CONNECT null",
        "in CONNACK null",
        "line CONNACK OK",
        "out PUBLISH 1",
        "in PUBACK 1",
        "line PUBACK",
        "steered kick",
        "line CLOSED",
    ];
    let mut rest = told.iter();
    for line in wanted {
        assert!(rest.any(|told| told == line), "{line} is missing or late in {told:#?}");
    }
}
