//! Recordings: each fixture is watched by the core and what it tells is compared with a snapshot.

use std::{fmt::Write, fs, path::PathBuf};

use air780e_companion::{
    modem::{
        event::{Delivery, Event},
        status::Status,
    },
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
    replay::watch(trace, |_, event| {
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

#[test]
fn a_published_message_of_a_recording_is_accepted_and_then_confirmed() {
    let mut deliveries = Vec::new();
    replay::watch(&trace("healthy_session.trace"), |_, event| {
        if let Event::Publish(update) = event {
            deliveries.push(update.delivery);
        }
    });
    let confirmed = deliveries.iter().filter(|delivery| matches!(delivery, Delivery::Confirmed { .. })).count();
    assert_eq!(confirmed, 2, "{deliveries:#?}");
}
