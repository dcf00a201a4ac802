//! A prompt that is late or lost: what is sent must never become payload by accident.

use super::*;
use crate::modem::event::Delivery;

fn publish_without_prompt() -> World {
    let mut world = connected([cue(r#"AT+MPUBEX="mqtt/sub",0,0,3"#, &[])]);
    world.request(Request::Publish(message(b"\0\x01\x02", Qos::AtMostOnce)));
    world
}

fn deliveries(world: &World) -> Vec<Delivery> {
    let updates = world.events.iter().filter_map(|event| match event {
        Event::Publish(update) => Some(update.delivery.clone()),
        _ => None,
    });
    updates.collect()
}

#[test]
fn a_late_prompt_gets_its_data_and_not_the_sounding() {
    let mut world = publish_without_prompt();
    let start = world.now;
    world.run_until(start + Duration::from_millis(9_500));
    assert!(matches!(deliveries(&world).last(), Some(Delivery::Unknown(_))));
    world.now = start + Duration::from_millis(9_500);
    world.says(b"\r\n> ");
    assert_eq!(world.sent, ["AT+MPUBEX=\"mqtt/sub\",0,0,3", "\0\x01\x02"]);
    world.says(b"\r\nOK\r\n");
    world.run();
    assert_eq!(world.wire(WireKind::Late), ["OK"]);
    assert_eq!(world.sent.iter().filter(|line| line.starts_with("AT+MPUBEX")).count(), 1, "never repeated");
}

#[test]
fn a_lost_prompt_is_given_its_time_before_anything_else_is_sent() {
    let mut world = publish_without_prompt();
    let start = world.now;
    world.run_until(start + Duration::from_millis(14_900));
    assert_eq!(world.sent.len(), 1, "{:?}", world.sent);
    world.run_until(start + Duration::from_millis(15_100));
    assert_eq!(world.sent.last().map(String::as_str), Some("AT"));
}

#[test]
fn a_prompt_behind_the_sounding_gets_nothing_more() {
    let mut world = publish_without_prompt();
    let start = world.now;
    world.run_until(start + Duration::from_millis(15_500));
    world.now = start + Duration::from_millis(15_500);
    world.says(b"\r\n>");
    assert_eq!(world.sent.last().map(String::as_str), Some("AT"), "the module has taken it for data");
}

#[test]
fn a_refusal_instead_of_the_late_prompt_frees_the_line_at_once() {
    let mut world = publish_without_prompt();
    let start = world.now;
    world.run_until(start + Duration::from_millis(9_500));
    world.now = start + Duration::from_millis(9_500);
    world.says(b"\r\n+CME ERROR: 767\r\n");
    world.run_until(start + Duration::from_secs(10));
    assert_eq!(world.sent.last().map(String::as_str), Some("AT"));
}
