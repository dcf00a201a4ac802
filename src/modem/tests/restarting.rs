//! A restart in the middle of anything: it is over at once, and the restart is why.

use super::*;
use crate::modem::{
    event::{Delivery, LossCause, Note},
    request::{Contents, FileRef},
};

const RESTARTED: Fault = Fault::SessionLost(LossCause::ModuleRestarted);

fn boot(world: &mut World) {
    world.says(b"^boot.rom'v'!\\n\r\n\r\nRDY\r\n");
}

fn write() -> Vec<Cue> {
    vec![
        cue("AT", &["OK"]),
        cue(r#"AT+FSDEL="ca.crt""#, &["ERROR"]),
        cue(r#"AT+FSCREATE="ca.crt""#, &["OK"]),
        cue(r#"AT+FSWRITE="ca.crt",0,5,15"#, &[">"]),
    ]
}

fn writing() -> World {
    let mut world = World::new(write());
    world.request(Request::Raw("AT".into()));
    world.run();
    world.events.clear();
    world.now += Duration::from_secs(20);
    let contents = Contents::public(b"alpha".to_vec());
    world.request(Request::Provision(vec![FileRef { name: "ca.crt".into(), contents: Some(contents) }]));
    world.run_until(world.now + Duration::from_millis(200));
    assert_eq!(world.sent.last().map(String::as_str), Some("alpha"));
    world
}

#[test]
fn a_restart_while_a_file_is_written_breaks_it_off_at_once() {
    let mut world = writing();
    boot(&mut world);
    assert_eq!(world.only_result(), Err(RESTARTED));
    let record = world.records().pop().expect("a record");
    assert_eq!((record.command.starts_with("AT+FSWRITE"), record.result.clone()), (true, Err(RESTARTED)));
    let (rung, entry) = world.modem.status().ladder.first_failed().expect("a failure");
    assert_eq!((rung, entry.fault.clone()), (Rung::At, Some(RESTARTED)));
    let starts = world.events.iter().filter(|event| matches!(event, Event::Note { note: Note::Restarted { .. }, .. }));
    assert_eq!(starts.count(), 1, "banner and RDY are one start");
}

#[test]
fn what_is_still_being_written_then_need_not_be_written() {
    let mut world = World::new(write().into_iter().take(3));
    world.request(Request::Raw("AT".into()));
    world.run();
    world.now += Duration::from_secs(20);
    let contents = Contents::public(b"alpha".to_vec());
    world.request(Request::Provision(vec![FileRef { name: "ca.crt".into(), contents: Some(contents) }]));
    world.run_until(world.now + Duration::from_millis(100));
    world.modem.handle_bytes(world.now, b"\r\n> ");
    let transmit = world.modem.poll_transmit().expect("the data");
    assert_eq!(transmit.bytes, b"alpha");
    assert!(!world.modem.is_transmit_void());
    world.modem.handle_bytes(world.now, b"\r\nRDY\r\n");
    assert!(world.modem.is_transmit_void(), "nobody reads the rest");
    world.modem.handle_sent(world.now);
    assert!(!world.modem.is_transmit_void());
    world.poll();
    assert!(world.results().iter().any(|(_, result)| *result == Err(RESTARTED)));
}

#[test]
fn a_restart_while_bytes_are_published_leaves_their_fate_unknown() {
    let mut world = connected([cue(r#"AT+MPUBEX="mqtt/sub",1,0,3"#, &[">"]), cue("\0\x01\x02", &[])]);
    world.request(Request::Publish(message(b"\0\x01\x02", Qos::AtLeastOnce)));
    world.run_until(world.now + Duration::from_millis(100));
    boot(&mut world);
    assert_eq!(world.only_result(), Err(RESTARTED));
    let last = world.events.iter().rev().find_map(|event| match event {
        Event::Publish(update) => Some(update.delivery.clone()),
        _ => None,
    });
    assert_eq!(last, Some(Delivery::Unknown(RESTARTED)));
}

#[test]
fn a_restart_in_any_later_step_of_a_bring_up_ends_it() {
    for answered in 3..8 {
        let cues = good_bring_up().into_iter().take(answered);
        let mut world = World::new(cues.collect::<Vec<_>>());
        world.request(Request::BringUp);
        world.run_until(Moment::from_millis(300));
        world.now = Moment::from_millis(4_000);
        boot(&mut world);
        assert_eq!(world.only_result(), Err(RESTARTED), "after {answered} answers");
        assert_eq!(world.state(Rung::At), RungState::Failed);
    }
}

#[test]
fn boot_lines_of_a_module_that_is_spoken_to_for_the_first_time_end_nothing() {
    let mut world = World::new(
        [cue("AT", &[]), cue("AT", &["^boot.rom'v'!\\n\nRDY\nOK"])]
            .into_iter()
            .chain(good_bring_up().into_iter().skip(1)),
    );
    world.request(Request::BringUp);
    world.run();
    assert_eq!(world.only_result(), Ok(()));
    assert!(!world.events.iter().any(|event| matches!(event, Event::Rung { state: RungState::Failed, .. })));
}

#[test]
fn a_banner_begins_another_start_however_soon() {
    let mut world = connected([]);
    for _ in 0..3 {
        boot(&mut world);
        world.says(b"\r\nRDY\r\n");
        world.now += Duration::from_millis(1_500);
    }
    let starts = world.events.iter().filter(|event| matches!(event, Event::Note { note: Note::Restarted { .. }, .. }));
    assert_eq!(starts.count(), 3);
}
