//! Messages as hex digits, for a module that does not know `AT+MPUBEX`: for one message only, and never twice.

use super::*;
use crate::{
    air780e::limits,
    modem::event::{Awaited, Delivery, Refusal},
};

const BINARY: &[u8] = b"\x00\xff\"";
const EXTENDED: &str = r#"AT+MPUBEX="mqtt/sub",1,0,3"#;
const DIGITS: &str = r#"AT+MPUB="mqtt/sub",1,0,"00FF22""#;

fn deliveries(world: &World) -> Vec<Delivery> {
    let updates = world.events.iter().filter_map(|event| match event {
        Event::Publish(update) => Some(update.delivery.clone()),
        _ => None,
    });
    updates.collect()
}

fn publish(world: &mut World, payload: &[u8]) -> RequestId {
    let id = world.request(Request::Publish(message(payload, Qos::AtLeastOnce)));
    world.run();
    id
}

#[test]
fn a_module_without_the_command_gets_digits_and_text_again_after_them() {
    for unknown in ["+CME ERROR: 58", "+CME ERROR: 4", "+CME ERROR: 811"] {
        let mut world = connected([
            cue(EXTENDED, &[unknown]),
            cue("AT+MQTTMODE=1", &["OK"]),
            cue(DIGITS, &["OK", "PUBACK"]),
            cue("AT+MQTTMODE=0", &["OK"]),
            cue("AT+MQTTMODE=1", &["OK"]),
            cue(DIGITS, &["OK", "PUBACK"]),
            cue("AT+MQTTMODE=0", &["OK"]),
            cue(r#"AT+MPUB="mqtt/sub",1,0,"x""#, &["OK", "PUBACK"]),
        ]);
        let ids = [BINARY, BINARY, b"x"].map(|payload| publish(&mut world, payload));
        assert_eq!(world.results(), ids.map(|id| (id, Ok(()))), "{unknown}");
        assert_eq!(world.sent.len(), 8, "{unknown}: {:?}", world.sent);
        let confirmed = |delivery: &&Delivery| matches!(delivery, Delivery::Confirmed { .. });
        assert_eq!(deliveries(&world).iter().filter(confirmed).count(), 3, "{unknown}");
        assert!(!deliveries(&world).iter().any(|delivery| matches!(delivery, Delivery::Failed(_))), "{unknown}");
    }
}

#[test]
fn any_other_refusal_is_the_end() {
    for refusal in [Refusal::Cme(767), Refusal::Cme(796), Refusal::Error] {
        let state = cue("AT+MQTTSTATU", &["+MQTTSTATU :1\nOK"]);
        let mut world = connected([cue(EXTENDED, &[&refusal.to_string()]), state]);
        publish(&mut world, BINARY);
        assert!(matches!(world.only_result(), Err(Fault::Refused { refusal: got, .. }) if got == refusal));
        assert!(!world.sent.iter().any(|line| line.contains("MQTTMODE")), "{:?}", world.sent);
    }
}

#[test]
fn what_is_too_long_for_digits_is_refused_as_the_module_refused_it() {
    let payload = vec![0; limits::MPUB_BYTES / 2 + 1];
    let command = format!(r#"AT+MPUBEX="mqtt/sub",1,0,{}"#, payload.len());
    let mut world = connected([cue(&command, &["+CME ERROR: 58"])]);
    publish(&mut world, &payload);
    assert!(matches!(world.only_result(), Err(Fault::Refused { .. })));
    assert!(matches!(deliveries(&world).last(), Some(Delivery::Failed(_))));
    assert_eq!(world.sent.len(), 1);
}

#[test]
fn digits_without_an_end_are_unknown_and_never_repeated() {
    let mut world = connected([
        cue(EXTENDED, &["+CME ERROR: 58"]),
        cue("AT+MQTTMODE=1", &["OK"]),
        cue(DIGITS, &["OK"]),
        cue("AT", &["OK"]),
        cue("AT+MQTTMODE=0", &["OK"]),
    ]);
    publish(&mut world, BINARY);
    assert!(matches!(world.only_result(), Err(Fault::TimedOut { expected: Awaited::Acknowledged, .. })));
    assert!(matches!(deliveries(&world).last(), Some(Delivery::Unknown(_))));
    assert_eq!(world.sent.iter().filter(|line| line.as_str() == DIGITS).count(), 1);
    assert_eq!(world.sent.last().map(String::as_str), Some("AT+MQTTMODE=0"));
}

#[test]
fn a_mode_that_was_refused_means_that_nothing_was_published() {
    let mut world = connected([cue(EXTENDED, &["+CME ERROR: 58"]), cue("AT+MQTTMODE=1", &["ERROR"])]);
    publish(&mut world, BINARY);
    assert!(matches!(deliveries(&world).last(), Some(Delivery::Failed(Fault::Refused { .. }))));
    assert!(world.only_result().is_err());
}

#[test]
fn text_never_goes_out_while_it_may_be_read_as_digits() {
    let text = r#"AT+MPUB="mqtt/sub",1,0,"x""#;
    let mut world = connected([
        cue(EXTENDED, &["+CME ERROR: 58"]),
        cue("AT+MQTTMODE=1", &["OK"]),
        cue(DIGITS, &["OK", "PUBACK"]),
        cue("AT+MQTTMODE=0", &["ERROR"]),
        cue("AT+MQTTMODE=0", &["ERROR"]),
        cue("AT+MQTTMODE=0", &["OK"]),
        cue(text, &["OK", "PUBACK"]),
    ]);
    let ids = [BINARY, b"x", b"x"].map(|payload| publish(&mut world, payload));
    let results: Vec<_> = world.results().into_iter().map(|(id, result)| (id, result.is_ok())).collect();
    assert_eq!(results, [(ids[0], true), (ids[1], false), (ids[2], true)]);
    assert_eq!(world.sent.iter().filter(|line| line.as_str() == text).count(), 1);
}

#[test]
fn a_restart_in_the_middle_leaves_it_unknown_and_the_modes_as_new() {
    let mut world = connected([
        cue(EXTENDED, &["+CME ERROR: 58"]),
        cue("AT+MQTTMODE=1", &["OK"]),
        cue(DIGITS, &["OK", "^boot.rom'v'!\\n\nRDY"]),
    ]);
    publish(&mut world, BINARY);
    assert!(matches!(deliveries(&world).last(), Some(Delivery::Unknown(Fault::SessionLost(_)))));
    assert_eq!(world.sent.len(), 3, "{:?}", world.sent);
}
