//! A modem that is pulled out again and again while a check publishes: it comes back each time, nothing leaves twice, and every
//! message has an end that fits what the broker got.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use air780e_companion::trace::Direction;
use serde_json::Value;

use crate::{
    Check, folder,
    kit::{mosquitto::Mosquitto, process::Process, times},
    object, text,
};

/// How often the modem is pulled out.
const RETURNS: usize = 30;
/// More than is published between two returns.
const MESSAGES: u64 = 34;

/// So many messages of QoS 0 may be between module and broker.
const ON_THE_WAY: u64 = 4;

/// A virtual modem that stands at `link`, as fast as it can be.
fn plug_in(link: &Path) -> Process {
    let mut modem = Process::air780e(["sim", "--baud", "921600", "--link", text(link)]);
    modem.feed(b"speed 16\n");
    modem.line();
    modem
}

/// Reads what the check says until so many more messages are accepted.
fn accepted(check: &Check, count: u64, said: &mut Vec<Value>) {
    let mut left = count;
    while left > 0 {
        let line = object(&check.0.line());
        assert_ne!(line["kind"], "verdict", "too early: {line}");
        left -= u64::from(line["kind"] == "publish" && line["state"] == "accepted");
        said.push(line);
    }
}

/// Whether a line tells of a return.
fn tells_of_a_return(line: &Value) -> bool {
    line["text"].as_str().is_some_and(|text| text.ends_with(" is back"))
}

/// Reads what the check says until the modem is back.
fn until_back(check: &Check, said: &mut Vec<Value>) {
    loop {
        let line = object(&check.0.line());
        assert_ne!(line["kind"], "verdict", "too early: {line}");
        said.push(line);
        if said.last().is_some_and(tells_of_a_return) {
            return;
        }
    }
}

/// The last word on each message, and those whose command was on its way.
fn ends(said: &[Value]) -> (BTreeMap<u64, String>, BTreeSet<u64>) {
    let (mut last, mut sent) = (BTreeMap::new(), BTreeSet::new());
    for line in said.iter().filter(|line| line["kind"] == "publish") {
        let (id, state) = (line["id"].as_u64().expect("an id"), line["state"].as_str().expect("a state"));
        if state == "sending" {
            assert!(sent.insert(id), "{id} is sent twice: {line}");
        }
        last.insert(id, state.to_owned());
    }
    (last, sent)
}

fn unplugged_while_publishing(qos: &str) {
    let returns = times(RETURNS) as u64;
    let messages = returns * MESSAGES;
    let (broker, folder) = (Mosquitto::open(), folder());
    let (link, trace) = (folder.path().join("modem"), folder.path().join("trace"));
    let listener = broker.subscribe("a", usize::try_from(messages).expect("small") * 2);
    let mut modem = plug_in(&link);
    let (count, limit) = (messages.to_string(), (returns * 20).to_string());
    let options = ["--publish", "a", "--payload", "x", "--qos", qos, "--count", &count, "--reconnect"];
    let options = [&options[..], &["--timeout", &limit, "--save-trace", text(&trace)]].concat();
    let (check, mut said) = (Check::start(text(&link), broker.port, &options), Vec::new());
    for round in 0..returns {
        accepted(&check, round * 7 % 17 + 1, &mut said);
        modem.kill();
        modem = plug_in(&link);
        until_back(&check, &mut said);
    }
    let outcome = check.outcome();
    outcome.assert_ok();
    said.extend(outcome.lines.iter().cloned());

    let (last, sent) = ends(&said);
    let count = |state: &str| last.values().filter(|end| *end == state).count() as u64;
    let done = if qos == "0" { "accepted" } else { "confirmed" };
    let (done, unknown, failed) = (count(done), count("unknown"), count("failed"));
    assert_eq!((last.len() as u64, done + unknown + failed), (messages, messages), "each has one end: {last:?}");
    assert_eq!(
        (outcome.verdict["unknown"].as_u64(), outcome.verdict["failed"].as_u64()),
        (Some(unknown), Some(failed))
    );
    let recorded = std::fs::read_to_string(&trace).expect("a trace");
    let on_the_wire = recorded.matches("> AT+MPUB=").count() as u64;
    let written = sent.len() as u64;
    assert!(on_the_wire <= written && on_the_wire + returns >= written, "{on_the_wire} lines, {written} messages");
    assert_eq!(recorded.matches("# back as ").count() as u64, returns);

    broker.publish("a", b"the end", 1);
    let got = listener.lines_until(|line| line == "74686520656e64").len() as u64 - 1;
    // What was accepted at QoS 0 may have been on its way when the module was switched off with its cable.
    let certain = if qos == "0" { done.saturating_sub(returns * ON_THE_WAY) } else { done };
    assert!((certain..=done + unknown).contains(&got), "{got} at the broker; {done} done, {unknown} unknown");
    assert_times_go_on(&said, returns);
}

/// Times count from the start over all returns, and each return is told once, when it happened.
#[track_caller]
fn assert_times_go_on(said: &[Value], returns: u64) {
    let backs: Vec<_> =
        said.iter().filter(|line| tells_of_a_return(line)).filter_map(|line| line["t_ms"].as_f64()).collect();
    assert_eq!(backs.len() as u64, returns);
    assert!(backs.is_sorted_by(|one, next| one < next), "{backs:?}");
    let exchanges = said.iter().filter(|line| line["kind"] == "exchange");
    let ends: Vec<_> = exchanges.filter_map(|line| line["t_ms"].as_f64()).collect();
    assert!(ends.is_sorted(), "times go back");
}

#[test]
fn at_qos_0_it_comes_back_from_every_unplug() {
    unplugged_while_publishing("0");
}

#[test]
fn at_qos_1_it_comes_back_from_every_unplug() {
    unplugged_while_publishing("1");
}

#[test]
fn at_qos_2_it_comes_back_from_every_unplug() {
    unplugged_while_publishing("2");
}

/// Ends a check at any moment: what it had said is in its recording, which can be read.
#[test]
fn a_check_that_is_killed_leaves_its_recording_behind() {
    let (broker, folder) = (Mosquitto::open(), folder());
    let (link, trace) = (folder.path().join("modem"), folder.path().join("trace"));
    let _modem = plug_in(&link);
    for round in 0..times(30) {
        let options = ["--subscribe", "a", "--publish", "a", "--payload", "x", "--qos", "1", "--count", "500"];
        let mut check =
            Check::start(text(&link), broker.port, &[&options[..], &["--save-trace", text(&trace)]].concat());
        let mut told = 0;
        for _ in 0..round * 37 % 211 + 2 {
            let event = object(&check.0.line());
            assert_ne!(event["kind"], "verdict", "round {round}, too early: {event}");
            told += usize::from(event["kind"] == "exchange");
        }
        check.0.kill();
        let bytes = std::fs::read(&trace).expect("a trace");
        let recorded = air780e_companion::trace::Trace::read(&bytes).expect("a trace that can be read");
        let commands = recorded.entries.iter().filter(|entry| entry.direction == Direction::Sent);
        let commands = commands.filter(|entry| entry.bytes.starts_with(b"AT")).count();
        assert!(commands >= told, "round {round}: {commands} commands recorded, {told} told");
    }
}

#[test]
fn a_recording_that_breaks_off_says_so() {
    let folder = folder();
    let text_of =
        "# air780e trace 1\n# port COM5\n@ 0.000150\n> AT\\r\n@ 0.012400\n< \\r\\n\n< OK\\r\\n\n@ 1.000000\n> AT+CS";
    let path = crate::file(&folder, "cut.trace", text_of.as_bytes());
    let (status, lines, errors) = Process::air780e(["replay", "--json", text(&path)]).output();
    assert_ne!(status.code(), Some(2), "{errors:?}");
    assert!(lines.iter().any(|line| line.contains("breaks off in the middle of line 9")), "{lines:?}");
    assert!(lines.iter().any(|line| line.contains("\"AT\"")), "what stands before is read: {lines:?}");
}
