//! What stays of a client that is away: MQTT 3.1.1 sections 3.1.2.4, 4.1 and 4.4.

use super::world::{Connect, PUBACK, PUBCOMP, PUBREC, PUBREL, Q0, Q1, Q2, World, confirm, publish};
use crate::broker::{CoreConfig, Limits};

#[test]
fn section_3_1_2_4_a_kept_session_has_its_subscriptions_and_what_came_meanwhile() {
    let mut world = World::default();
    let reader = world.persistent("reader");
    world.subscribe(reader, "a/#", Q2);
    world.disconnect(reader);
    world.inject("a/0", "zero", Q0);
    world.inject("a/1", "one", Q1);
    world.inject("a/2", "two", Q2);
    let reader = world.returning("reader");
    assert_eq!(world.lines(reader), ["PUBLISH #1 q1 a/1=one", "PUBLISH #2 q2 a/2=two"], "QoS 0 does not wait");
    world.inject("a/3", "three", Q0);
    assert_eq!(world.lines(reader), ["PUBLISH q0 a/3=three"]);
}

#[test]
fn section_3_1_2_4_a_clean_session_forgets_the_earlier_one_and_itself() {
    let mut world = World::default();
    let kept = world.persistent("a");
    world.subscribe(kept, "a", Q1);
    world.disconnect(kept);
    let clean = world.clean("a");
    world.inject("a", "1", Q1);
    assert!(world.lines(clean).is_empty());
    world.subscribe(clean, "b", Q1);
    world.disconnect(clean);
    assert_eq!(world.core.stats().sessions, 0);
    let kept = world.persistent("a");
    world.inject("b", "1", Q1);
    assert!(world.lines(kept).is_empty());
}

#[test]
fn section_4_4_unconfirmed_messages_come_again_with_dup_and_in_order() {
    let mut world = World::default();
    let reader = world.persistent("reader");
    world.subscribe(reader, "a", Q2);
    world.inject("a", "1", Q1);
    world.inject("a", "2", Q2);
    world.inject("a", "3", Q2);
    world.bytes(reader, &confirm(PUBREC, 3));
    assert_eq!(world.lines(reader).last().map(String::as_str), Some("PUBREL #3"));
    world.lose(reader);
    world.inject("a", "4", Q1);

    let reader = world.returning("reader");
    assert_eq!(
        world.lines(reader),
        ["PUBLISH #1 q1 dup a=1", "PUBLISH #2 q2 dup a=2", "PUBREL #3", "PUBLISH #4 q1 a=4"]
    );
    world.bytes(reader, &confirm(PUBACK, 1));
    world.bytes(reader, &confirm(PUBREC, 2));
    world.bytes(reader, &confirm(PUBCOMP, 2));
    world.bytes(reader, &confirm(PUBCOMP, 3));
    world.bytes(reader, &confirm(PUBACK, 4));
    assert_eq!(world.lines(reader), ["PUBREL #2"]);
    world.lose(reader);
    let reader = world.returning("reader");
    assert!(world.lines(reader).is_empty(), "what was confirmed does not come again");
}

#[test]
fn section_4_4_a_take_over_hands_on_what_was_in_flight() {
    let mut world = World::default();
    let first = world.persistent("reader");
    world.subscribe(first, "a", Q1);
    world.inject("a", "1", Q1);
    let second = world.returning("reader");
    assert!(world.is_closed(first));
    assert_eq!(world.lines(second), ["PUBLISH #1 q1 dup a=1"]);
}

#[test]
fn section_4_4_a_clean_session_never_repeats() {
    let mut world = World::default();
    let reader = world.clean("reader");
    world.subscribe(reader, "a", Q1);
    world.inject("a", "1", Q1);
    world.lose(reader);
    let reader = world.clean("reader");
    assert!(world.lines(reader).is_empty());
}

#[test]
fn section_4_3_3_a_qos_2_message_sent_again_after_a_reconnect_is_passed_on_once() {
    let mut world = World::default();
    let reader = world.clean("reader");
    world.subscribe(reader, "a", Q0);
    let writer = world.persistent("writer");
    let mut again = publish("a", "once", Q2, 5, false);
    world.bytes(writer, &again);
    world.lose(writer);
    let writer = world.returning("writer");
    again[0] |= 0b1000;
    world.bytes(writer, &again);
    world.bytes(writer, &confirm(PUBREL, 5));
    assert_eq!(world.lines(writer), ["PUBREC #5", "PUBCOMP #5"]);
    assert_eq!(world.lines(reader), ["PUBLISH q0 a=once"]);
}

#[test]
fn the_queue_of_an_absent_client_is_bounded_and_keeps_the_oldest() {
    let limits = Limits { max_queued_messages: 2, ..Limits::default() };
    let mut world = World::new(CoreConfig { limits, ..CoreConfig::default() });
    let reader = world.persistent("reader");
    world.subscribe(reader, "a", Q1);
    world.disconnect(reader);
    for number in 0..5 {
        world.inject("a", &number.to_string(), Q1);
    }
    assert_eq!(world.core.stats().dropped, 3);
    let reader = world.returning("reader");
    assert_eq!(world.lines(reader), ["PUBLISH #1 q1 a=0", "PUBLISH #2 q1 a=1"]);
}

#[test]
fn the_queue_is_bounded_in_bytes_too() {
    let limits = Limits { max_queued_bytes: 10, ..Limits::default() };
    let mut world = World::new(CoreConfig { limits, ..CoreConfig::default() });
    let reader = world.persistent("reader");
    world.subscribe(reader, "a", Q1);
    world.disconnect(reader);
    world.inject("a", "12345678", Q1);
    world.inject("a", "12", Q1);
    world.inject("a", "", Q1);
    let reader = world.returning("reader");
    assert_eq!(world.lines(reader), ["PUBLISH #1 q1 a=12345678", "PUBLISH #2 q1 a="]);
}

#[test]
fn subscriptions_of_one_session_are_bounded_but_can_be_renewed() {
    let limits = Limits { max_subscriptions: 1, ..Limits::default() };
    let mut world = World::new(CoreConfig { limits, ..CoreConfig::default() });
    let reader = world.clean("reader");
    world.subscribe(reader, "a", Q1);
    world.subscribe(reader, "a", Q0);
    world.bytes(reader, &super::world::subscribe(2, &[("b", Q0)]));
    assert_eq!(world.lines(reader), ["SUBACK #2 [128]"]);
}

#[test]
fn identifiers_of_both_directions_do_not_meet() {
    let mut world = World::default();
    let client = world.persistent("a");
    world.subscribe(client, "a", Q2);
    world.publish(client, "a", "1", Q2);
    assert_eq!(world.lines(client), ["PUBLISH #1 q2 a=1", "PUBREC #1"]);
    world.bytes(client, &confirm(PUBREL, 1));
    world.bytes(client, &confirm(PUBREC, 1));
    world.bytes(client, &confirm(PUBCOMP, 1));
    assert_eq!(world.lines(client), ["PUBCOMP #1", "PUBREL #1"]);
    assert!(!world.is_closed(client));
}

#[test]
fn a_session_goes_on_under_the_name_it_connected_with_last() {
    let mut world = World::default();
    let first = world.connected(&Connect::persistent("a").user("anna", None), "CONNACK 0");
    world.disconnect(first);
    world.returning("a");
    assert_eq!(world.core.stats().sessions, 1);
}

#[test]
fn clients_that_come_and_go_leave_nothing_behind() {
    let mut world = World::default();
    for number in 0..1_000 {
        let client = world.connected(&Connect::clean(&number.to_string()).keep_alive(60), "CONNACK 0");
        world.subscribe(client, &format!("a/{number}/+"), Q1);
        world.inject(&format!("a/{number}/b"), "x", Q1);
        if number % 2 == 0 { world.disconnect(client) } else { world.lose(client) }
    }
    let stats = world.core.stats();
    assert_eq!((stats.connections, stats.sessions, stats.retained), (0, 0, 0));
    assert_eq!(world.core.poll_timeout(), None, "no deadline of a client that is gone");
}

#[test]
fn a_kicked_client_leaves_its_will_and_finds_its_session_again() {
    let mut world = World::default();
    let watcher = world.clean("watcher");
    world.subscribe(watcher, "state", Q0);
    let client = world.connected(&Connect::persistent("a").will("state", "lost", Q0, false), "CONNACK 0");
    world.subscribe(client, "news", Q1);
    world.kick("nobody");
    world.kick("a");
    assert!(world.is_closed(client) && !world.is_closed(watcher));
    assert_eq!(world.lines(watcher), ["PUBLISH q0 state=lost"]);
    world.kick("a");
    world.inject("news", "1", Q1);
    let again = world.returning("a");
    assert_eq!(world.lines(again), ["PUBLISH #1 q1 news=1"]);
}
