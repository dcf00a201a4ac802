//! Subscriptions and the way of a message: MQTT 3.1.1 sections 3.3 to 3.11, 4.3, 4.7, and the echo.

use super::world::{PUBACK, PUBCOMP, PUBREC, PUBREL, Q0, Q1, Q2, World, confirm, publish, subscribe, unsubscribe};
use crate::broker::{ConnectionId, CoreConfig, Echo, Limits};

#[test]
fn section_4_3_a_message_arrives_with_the_lower_of_both_qos() {
    for sent in [Q0, Q1, Q2] {
        for granted in [Q0, Q1, Q2] {
            let mut world = World::default();
            let reader = world.clean("reader");
            world.subscribe(reader, "a/b", granted);
            let writer = world.clean("writer");
            world.publish(writer, "a/b", "hello", sent);
            let expected = match sent.min(granted) {
                Q0 => "PUBLISH q0 a/b=hello".to_owned(),
                qos => format!("PUBLISH #1 q{qos} a/b=hello"),
            };
            assert_eq!(world.lines(reader), [expected], "sent at {sent}, granted {granted}");
        }
    }
}

#[test]
fn section_4_3_3_qos_2_goes_through_both_halves_on_both_sides() {
    let mut world = World::default();
    let reader = world.clean("reader");
    world.subscribe(reader, "a", Q2);
    let writer = world.clean("writer");
    world.publish(writer, "a", "once", Q2);
    assert_eq!(world.lines(writer), ["PUBREC #1"]);
    world.bytes(writer, &confirm(PUBREL, 1));
    assert_eq!(world.lines(writer), ["PUBCOMP #1"]);

    assert_eq!(world.lines(reader), ["PUBLISH #1 q2 a=once"]);
    world.bytes(reader, &confirm(PUBREC, 1));
    assert_eq!(world.lines(reader), ["PUBREL #1"]);
    world.bytes(reader, &confirm(PUBCOMP, 1));
    assert!(world.lines(reader).is_empty());
}

#[test]
fn section_4_3_3_a_qos_2_message_that_comes_again_is_passed_on_once() {
    let mut world = World::default();
    let reader = world.clean("reader");
    world.subscribe(reader, "a", Q0);
    let writer = world.clean("writer");
    let mut again = publish("a", "once", Q2, 9, false);
    world.bytes(writer, &again);
    again[0] |= 0b1000;
    world.bytes(writer, &again);
    assert_eq!(world.lines(writer), ["PUBREC #9", "PUBREC #9"]);
    world.bytes(writer, &confirm(PUBREL, 9));
    world.bytes(writer, &confirm(PUBREL, 9));
    assert_eq!(world.lines(writer), ["PUBCOMP #9", "PUBCOMP #9"]);
    assert_eq!(world.lines(reader), ["PUBLISH q0 a=once"]);
    world.publish(writer, "a", "twice", Q2);
    assert_eq!(world.lines(reader), ["PUBLISH q0 a=twice"], "the identifier is free again");
}

#[test]
fn section_3_3_5_overlapping_subscriptions_deliver_once_with_the_highest_qos() {
    let mut world = World::default();
    let reader = world.clean("reader");
    world.bytes(reader, &subscribe(1, &[("a/#", Q2), ("a/+", Q1), ("a/b", Q0)]));
    assert_eq!(world.lines(reader), ["SUBACK #1 [2, 1, 0]"]);
    world.inject("a/b", "1", Q2);
    assert_eq!(world.lines(reader), ["PUBLISH #1 q2 a/b=1"]);
}

#[test]
fn section_3_8_4_the_same_filter_again_replaces_the_qos() {
    let mut world = World::default();
    let reader = world.clean("reader");
    world.subscribe(reader, "a", Q2);
    world.subscribe(reader, "a", Q0);
    world.inject("a", "1", Q2);
    assert_eq!(world.lines(reader), ["PUBLISH q0 a=1"]);
}

#[test]
fn section_3_10_an_unsubscribed_filter_delivers_no_more_and_others_stay() {
    let mut world = World::default();
    let reader = world.clean("reader");
    world.subscribe(reader, "a/+", Q0);
    world.subscribe(reader, "b", Q0);
    world.bytes(reader, &unsubscribe(5, &["a/+", "never/subscribed"]));
    assert_eq!(world.lines(reader), ["UNSUBACK #5"]);
    world.inject("a/1", "x", Q0);
    world.inject("b", "y", Q0);
    assert_eq!(world.lines(reader), ["PUBLISH q0 b=y"]);
}

#[test]
fn section_4_7_2_wildcards_at_the_front_do_not_match_dollar_topics() {
    let mut world = World::default();
    let wide = world.clean("wide");
    world.subscribe(wide, "#", Q0);
    world.subscribe(wide, "+/a", Q0);
    let exact = world.clean("exact");
    world.subscribe(exact, "$own/#", Q0);
    let writer = world.clean("writer");
    world.publish(writer, "$own/a", "1", Q0);
    assert!(world.lines(wide).is_empty());
    assert_eq!(world.lines(exact), ["PUBLISH q0 $own/a=1"]);
}

#[test]
fn section_4_7_2_the_brokers_own_topics_are_closed_to_clients() {
    let mut world = World::default();
    let reader = world.clean("reader");
    world.subscribe(reader, "$SYS/#", Q0);
    world.lines(reader);
    let writer = world.clean("writer");
    world.publish(writer, "$SYS/forged", "1", Q1);
    assert_eq!(world.lines(writer), ["PUBACK #1"]);
    assert!(world.lines(reader).is_empty());
}

#[test]
fn section_4_6_messages_of_one_qos_arrive_in_order() {
    for qos in [Q0, Q1, Q2] {
        let limits = Limits { max_in_flight: 2, ..Limits::default() };
        let mut world = World::new(CoreConfig { limits, ..CoreConfig::default() });
        let reader = world.clean("reader");
        world.subscribe(reader, "a", qos);
        for number in 0..6 {
            world.inject("a", &number.to_string(), qos);
        }
        assert_eq!(confirm_all(&mut world, reader), ["0", "1", "2", "3", "4", "5"], "at {qos}");
    }
}

/// Confirms whatever arrives until nothing more does; gives back the payloads in their order.
fn confirm_all(world: &mut World, reader: ConnectionId) -> Vec<String> {
    let mut payloads = Vec::new();
    loop {
        let lines = world.lines(reader);
        if lines.is_empty() {
            return payloads;
        }
        for line in lines {
            let packet_id = line.split(['#', ' ']).find_map(|part| part.parse().ok());
            match (line.split_once('='), packet_id) {
                (Some((head, payload)), packet_id) => {
                    payloads.push(payload.to_owned());
                    if let Some(packet_id) = packet_id {
                        let kind = if head.contains("q2") { PUBREC } else { PUBACK };
                        world.bytes(reader, &confirm(kind, packet_id));
                    }
                }
                (None, Some(packet_id)) => world.bytes(reader, &confirm(PUBCOMP, packet_id)),
                (None, None) => panic!("{line}"),
            }
        }
    }
}

#[test]
fn no_more_than_the_window_is_in_flight_and_the_rest_follows_in_order() {
    let limits = Limits { max_in_flight: 2, ..Limits::default() };
    let mut world = World::new(CoreConfig { limits, ..CoreConfig::default() });
    let reader = world.clean("reader");
    world.subscribe(reader, "a", Q1);
    for number in 0..4 {
        world.inject("a", &number.to_string(), Q1);
    }
    assert_eq!(world.lines(reader), ["PUBLISH #1 q1 a=0", "PUBLISH #2 q1 a=1"]);
    world.bytes(reader, &confirm(PUBACK, 1));
    assert_eq!(world.lines(reader).len(), 1);
    world.bytes(reader, &confirm(PUBACK, 2));
    assert_eq!(world.lines(reader).len(), 1);
}

#[test]
fn a_publisher_hears_its_own_message_only_when_it_subscribed() {
    let mut world = World::default();
    let client = world.clean("a");
    world.publish(client, "a", "1", Q0);
    assert!(world.lines(client).is_empty());
    world.subscribe(client, "a", Q0);
    world.publish(client, "a", "2", Q0);
    assert_eq!(world.lines(client), ["PUBLISH q0 a=2"]);
}

#[test]
fn an_empty_payload_and_bytes_that_are_no_text_arrive_unchanged() {
    let mut world = World::default();
    let reader = world.clean("reader");
    world.subscribe(reader, "a", Q0);
    world.inject("a", "", Q0);
    world.inject("a", "\0OK\r\n>", Q0);
    assert_eq!(world.lines(reader), ["PUBLISH q0 a=", "PUBLISH q0 a=\0OK\r\n>"]);
}

#[test]
fn the_echo_answers_each_question_once_and_never_itself() {
    let echo = Echo { from: "#".parse().expect("a filter"), to: "answer".parse().expect("a topic") };
    let mut world = World::new(CoreConfig { echo: Some(echo), ..CoreConfig::default() });
    let client = world.clean("a");
    world.subscribe(client, "answer", Q2);
    world.publish(client, "question", "hello", Q1);
    assert_eq!(world.lines(client), ["PUBACK #1", "PUBLISH #1 q1 answer=Echo: hello"]);
}
