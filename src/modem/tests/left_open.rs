//! A prompt for data that another program left open, and a module that falls silent with or without one.

use super::*;
use crate::modem::event::{LossCause, Note};

fn notes(world: &World) -> Vec<Note> {
    let notes = world.events.iter().filter_map(|event| match event {
        Event::Note { note, .. } => Some(note.clone()),
        _ => None,
    });
    notes.collect()
}

fn swallowed() -> Vec<Cue> {
    (0..6).map(|_| cue("AT", &[])).collect()
}

#[test]
fn data_without_a_length_that_were_left_open_are_ended_by_their_mark() {
    let mut cues = swallowed();
    cues.push(cue("\u{1a}", &["OK"]));
    cues.extend(good_bring_up());
    let mut world = World::new(cues).without_echo();
    world.request(Request::BringUp);
    world.run();
    assert_eq!(world.only_result(), Ok(()));
    assert_eq!(notes(&world), [Note::PromptLeftOpen { line: "OK".into() }]);
}

#[test]
fn a_file_that_was_left_open_gets_the_bytes_it_waits_for() {
    let mut cues = swallowed();
    cues.extend([cue("\u{1a}", &[]), cue("", &["OK"])]);
    cues.extend(good_bring_up());
    let mut world = World::new(cues).without_echo();
    world.request(Request::BringUp);
    world.run();
    assert_eq!(world.only_result(), Ok(()));
    assert_eq!(notes(&world), [Note::PromptLeftOpen { line: "OK".into() }]);
    let longest = world.wire(WireKind::Sent).into_iter().map(str::len).max();
    assert!(longest < Some(40), "ten thousand carriage returns are no text to show");
}

#[test]
fn a_file_that_times_out_while_at_is_swallowed_is_named() {
    let mut cues: Vec<_> = swallowed().into_iter().take(2).collect();
    cues.push(cue("AT", &["TimeOut"]));
    cues.extend(good_bring_up());
    let mut world = World::new(cues).without_echo();
    world.request(Request::BringUp);
    world.run();
    assert_eq!(world.only_result(), Ok(()));
    assert_eq!(notes(&world), [Note::PromptLeftOpen { line: "TimeOut".into() }]);
}

#[test]
fn a_module_that_falls_silent_says_whether_a_prompt_was_open() {
    let mut world = connected([cue("AT+CSQ", &[])]).without_echo();
    world.request(Request::ReadSignal);
    world.run();
    let lost = |world: &World| {
        world
            .events
            .iter()
            .any(|event| matches!(event, Event::SessionLost { cause: LossCause::Silent, asked: None, .. }))
    };
    assert!(lost(&world));
    assert_eq!(world.modem.status().open_prompt, None);

    let mut world = connected([cue(r#"AT+MPUBEX="mqtt/sub",0,0,3"#, &[">"])]);
    world.request(Request::Publish(message(b"\0\x01\x02", Qos::AtMostOnce)));
    world.run();
    assert!(lost(&world));
    let open = world.modem.status().open_prompt.as_ref().map(|seen| seen.value.as_str());
    assert_eq!(open, Some(r#"AT+MPUBEX="mqtt/sub",0,0,3"#));
}

#[test]
fn a_prompt_that_got_its_data_is_not_open() {
    let mut world = connected([cue(r#"AT+MPUBEX="mqtt/sub",0,0,3"#, &[">"]), cue("\0\x01\x02", &["OK"])]);
    world.request(Request::Publish(message(b"\0\x01\x02", Qos::AtMostOnce)));
    world.run();
    assert_eq!(world.modem.status().open_prompt, None);
    let record = world.records().pop().expect("a record");
    let data = record.data.expect("data");
    assert_eq!((data.announced, data.sent, data.surplus(), data.missing()), (Some(3), 3, 0, 0));
}
