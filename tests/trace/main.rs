//! Recordings: each fixture is watched by the core and what it tells is compared with a snapshot; and the core acts against
//! a recording that plays the modem.

use std::{fmt::Write, fs, path::PathBuf};

use air780e_companion::{
    modem::{
        event::{Delivery, Event, WireKind},
        request::{Connection, Credentials, Request, RequestId, Subscription},
        status::Status,
    },
    mqtt::{Password, Qos},
    trace::Trace,
    worker::replay,
};

fn fixtures() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

fn trace(name: &str) -> Trace {
    let text = fs::read_to_string(fixtures().join(name)).expect("a fixture");
    Trace::parse(&text).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// What the core tells of a recording, one line an event, and the ladder at the end.
fn watched(trace: &Trace) -> String {
    let (mut text, mut last) = (String::new(), Status::default());
    replay::watch(trace, |event| {
        match &event {
            Event::Status(status) => last = (**status).clone(),
            // Each line's end is told by its exchange.
            Event::Done { .. } => {}
            event => writeln!(text, "{}", line(event)).expect("a string takes all"),
        }
    });
    for (rung, entry) in last.ladder.iter() {
        let fault = entry.fault.as_ref().map_or_else(String::new, |fault| format!(": {fault}"));
        writeln!(text, "{rung} {:?}{fault}", entry.state).expect("a string takes all");
    }
    text
}

fn line(event: &Event) -> String {
    match event {
        Event::Opened { port, is_simulated, .. } => format!("opened {port} simulated {is_simulated}"),
        Event::Wire(wire) => format!("{} {:?} {}", wire.at, wire.kind, wire.text),
        Event::Exchange(record) => {
            let end = record.result.as_ref().map_or_else(ToString::to_string, |()| record.answer.join(" | "));
            format!("{} exchange {} -> {end} ({} ms)", record.ended_at, record.command, record.took().as_millis())
        }
        Event::Rung { at, rung, state } => format!("{at} rung {rung} {state:?}"),
        Event::Message(arrival) => {
            let message = &arrival.message;
            format!("{} message {} {:?}", arrival.at, message.topic, String::from_utf8_lossy(&message.payload))
        }
        Event::Publish(update) => format!("{} publish {} {:?}", update.at, update.id.0, update.delivery),
        Event::Subscription { at, filter, result } => format!("{at} subscription {filter} {result:?}"),
        Event::SessionLost { at, cause, asked: None } => format!("{at} lost: {cause}"),
        other => format!("{other:?}"),
    }
}

#[test]
fn every_recording_is_told_as_its_snapshot_says() {
    let mut names: Vec<_> = fs::read_dir(fixtures())
        .expect("the fixtures")
        .map(|entry| entry.expect("a file").path())
        .filter(|path| path.extension().is_some_and(|end| end == "trace"))
        .filter_map(|path| Some(path.file_name()?.to_str()?.to_owned()))
        .collect();
    names.sort();
    assert!(names.len() >= 4, "{names:?}");
    insta::with_settings!({ snapshot_path => fixtures().join("snapshots"), prepend_module_to_snapshot => false, omit_expression => true }, {
        for name in names {
            insta::assert_snapshot!(name.trim_end_matches(".trace"), watched(&trace(&name)));
        }
    });
}

#[test]
fn any_cutting_of_a_recording_tells_the_same() {
    for name in ["healthy_session.trace", "module_restart.trace", "cut_reports.trace"] {
        let read = trace(name);
        let (mut whole, mut cut) = (Trace::default(), Trace::default());
        (whole.header, whole.entries) = (read.header.clone(), read.entries);
        cut.header = read.header;
        cut.entries = whole
            .entries
            .iter()
            .flat_map(|entry| {
                entry.bytes.iter().map(|byte| {
                    let mut piece = entry.clone();
                    (piece.bytes, piece.secret) = (vec![*byte], Vec::new());
                    piece
                })
            })
            .collect();
        assert_eq!(watched(&cut), watched(&whole), "{name}");
    }
}

fn connection() -> Connection {
    Connection {
        credentials: Some(Credentials { user: "root".to_owned(), password: Password::new("quite-secret") }),
        subscriptions: vec![Subscription { filter: "mqtt/pub".parse().expect("a filter"), qos: Qos::AtMostOnce }],
        ..Connection::new("broker.example.com", 1883, "field-1")
    }
}

#[test]
fn the_core_acts_against_a_recording_and_differences_are_data() {
    let trace = trace("healthy_session.trace");
    let driven = replay::drive(&trace, [(RequestId(1), Request::Connect(Box::new(connection())))]);
    let asked = driven.events.iter().filter(|event| matches!(event, Event::Wire(wire) if wire.kind == WireKind::Sent));
    assert!(asked.count() >= 8, "{:#?}", driven.events);
    let got: Vec<_> = driven.differences.iter().filter_map(|found| found.got.as_deref()).collect();
    // The recording was made by somebody who asked neither for an old session nor for the kind of messages.
    assert!(got.contains(&"AT+MQTTSTATU?") || got.contains(&"AT+MQTTSTATU"), "{:#?}", driven.differences);
    let missing: Vec<_> = driven.differences.iter().filter_map(|found| found.expected.as_deref()).collect();
    assert!(missing.contains(&"AT+MIPCLOSE"), "{:#?}", driven.differences);
    let said = format!("{driven:?}");
    assert!(!said.contains("quite-secret"), "{said}");
}

#[test]
fn a_published_message_of_a_recording_is_accepted_and_then_confirmed() {
    let mut deliveries = Vec::new();
    replay::watch(&trace("healthy_session.trace"), |event| {
        if let Event::Publish(update) = event {
            deliveries.push(update.delivery);
        }
    });
    let confirmed = deliveries.iter().filter(|delivery| matches!(delivery, Delivery::Confirmed { .. })).count();
    assert_eq!(confirmed, 2, "{deliveries:#?}");
}
