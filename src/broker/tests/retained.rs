//! Retained messages, MQTT 3.1.1 section 3.3.1.3, and wills, section 3.1.2.5.

use super::world::{Connect, Q0, Q1, Q2, World, message, subscribe, unsubscribe};
use crate::broker::CoreConfig;

#[test]
fn section_3_3_1_3_a_new_subscriber_gets_the_last_value_marked_as_retained() {
    let mut world = World::default();
    let writer = world.clean("writer");
    world.retain(writer, "a/b", "old", Q1);
    world.retain(writer, "a/b", "new", Q2);
    world.retain(writer, "a/c", "other", Q0);
    let reader = world.clean("reader");
    world.subscribe(reader, "a/+", Q1);
    assert_eq!(world.lines(reader), ["PUBLISH #1 q1 retain a/b=new", "PUBLISH q0 retain a/c=other"]);
}

#[test]
fn section_3_3_1_3_who_is_already_subscribed_gets_it_unmarked() {
    let mut world = World::default();
    let reader = world.clean("reader");
    world.subscribe(reader, "a", Q0);
    let writer = world.clean("writer");
    world.retain(writer, "a", "1", Q0);
    assert_eq!(world.lines(reader), ["PUBLISH q0 a=1"]);
    world.subscribe(reader, "a", Q0);
    assert_eq!(world.lines(reader), ["PUBLISH q0 retain a=1"], "section 3.8.4: a renewed subscription gets it again");
}

#[test]
fn section_3_3_1_3_an_empty_payload_clears_and_is_still_passed_on() {
    let mut world = World::default();
    let writer = world.clean("writer");
    world.retain(writer, "a", "1", Q0);
    let early = world.clean("early");
    world.subscribe(early, "a", Q0);
    world.lines(early);
    world.retain(writer, "a", "", Q0);
    assert_eq!(world.lines(early), ["PUBLISH q0 a="]);
    let late = world.clean("late");
    world.subscribe(late, "a", Q0);
    assert!(world.lines(late).is_empty());
    assert_eq!(world.core.stats().retained, 0);
}

#[test]
fn a_message_without_the_flag_leaves_the_retained_one() {
    let mut world = World::default();
    let writer = world.clean("writer");
    world.retain(writer, "a", "kept", Q0);
    world.publish(writer, "a", "passing", Q0);
    let reader = world.clean("reader");
    world.subscribe(reader, "#", Q0);
    assert_eq!(world.lines(reader), ["PUBLISH q0 retain a=kept"]);
}

#[test]
fn section_4_7_2_retained_dollar_topics_stay_hidden_from_wildcards() {
    let retained = vec![message("$own/a", "1", Q0)];
    let mut world = World::new(CoreConfig { retained, ..CoreConfig::default() });
    let reader = world.clean("reader");
    world.subscribe(reader, "#", Q0);
    assert!(world.lines(reader).is_empty());
    world.subscribe(reader, "$own/+", Q0);
    assert_eq!(world.lines(reader), ["PUBLISH q0 retain $own/a=1"]);
}

#[test]
fn the_suback_comes_before_the_retained_messages_of_all_its_filters() {
    let retained = vec![message("welcome", "hello", Q1), message("other", "x", Q0)];
    let mut world = World::new(CoreConfig { retained, ..CoreConfig::default() });
    let reader = world.clean("reader");
    world.bytes(reader, &subscribe(1, &[("welcome", Q1), ("other", Q1)]));
    assert_eq!(
        world.lines(reader),
        ["SUBACK #1 [1, 1]", "PUBLISH #1 q1 retain welcome=hello", "PUBLISH q0 retain other=x"]
    );
    world.bytes(reader, &unsubscribe(2, &["welcome"]));
    world.lines(reader);
    world.inject("welcome", "again", Q0);
    assert!(world.lines(reader).is_empty());
}

#[test]
fn section_3_1_2_5_a_lost_client_leaves_its_will_with_qos_and_retain() {
    let mut world = World::default();
    let watcher = world.clean("watcher");
    world.subscribe(watcher, "state/+", Q2);
    let client = world.connected(&Connect::clean("a").will("state/a", "offline", Q1, true), "CONNACK 0");
    world.lose(client);
    assert_eq!(world.lines(watcher), ["PUBLISH #1 q1 state/a=offline"]);
    let late = world.clean("late");
    world.subscribe(late, "state/a", Q0);
    assert_eq!(world.lines(late), ["PUBLISH q0 retain state/a=offline"]);
    world.lose(client);
    assert!(world.lines(watcher).is_empty(), "a will is published once");
}

#[test]
fn section_3_1_2_5_a_will_may_be_empty() {
    let mut world = World::default();
    let watcher = world.clean("watcher");
    world.subscribe(watcher, "state", Q0);
    let client = world.connected(&Connect::clean("a").will("state", "", Q0, false), "CONNACK 0");
    world.lose(client);
    assert_eq!(world.lines(watcher), ["PUBLISH q0 state="]);
}

#[test]
fn section_3_1_2_5_a_protocol_error_leaves_the_will_too() {
    let mut world = World::default();
    let watcher = world.clean("watcher");
    world.subscribe(watcher, "state", Q0);
    let client = world.connected(&Connect::clean("a").will("state", "broken", Q0, false), "CONNACK 0");
    world.bytes(client, &[0xf0, 0]);
    assert!(world.is_closed(client));
    assert_eq!(world.lines(watcher), ["PUBLISH q0 state=broken"]);
}

#[test]
fn a_client_does_not_get_its_own_will() {
    let mut world = World::default();
    let client = world.connected(&Connect::persistent("a").will("state", "lost", Q1, false), "CONNACK 0");
    world.subscribe(client, "state", Q1);
    world.lose(client);
    let again = world.returning("a");
    assert_eq!(world.lines(again), ["PUBLISH #1 q1 state=lost"], "but its session, which stays, does");
}
