//! What Eclipse Paho's interoperability suite for MQTT 3.1.1 looks at: its ten tests in their order, and the eleventh that
//! its newer editions have.

use std::time::Duration;

use super::world::{
    Connect, PUBACK, PUBCOMP, PUBREC, PUBREL, Q0, Q1, Q2, World, confirm, publish, subscribe, unsubscribe,
};
use crate::broker::{CoreConfig, TopicRule};

#[test]
fn basic_one_client_hears_itself_at_every_qos() {
    let mut world = World::default();
    let client = world.clean("client");
    world.disconnect(client);
    let client = world.clean("client");
    world.subscribe(client, "TopicA", Q2);
    world.bytes(client, &publish("TopicA", "0", Q0, 0, false));
    world.bytes(client, &publish("TopicA", "1", Q1, 2, false));
    world.bytes(client, &publish("TopicA", "2", Q2, 3, false));
    world.bytes(client, &confirm(PUBREL, 3));
    assert_eq!(
        world.lines(client),
        [
            "PUBLISH q0 TopicA=0",
            "PUBLISH #1 q1 TopicA=1",
            "PUBACK #2",
            "PUBLISH #2 q2 TopicA=2",
            "PUBREC #3",
            "PUBCOMP #3"
        ]
    );
}

#[test]
fn retained_messages_of_every_qos_are_kept_and_then_cleared() {
    let mut world = World::default();
    let client = world.clean("client");
    world.retain(client, "TopicA/B", "0", Q0);
    world.retain(client, "Topic/C", "1", Q1);
    world.retain(client, "TopicA/C", "2", Q2);
    world.lines(client);
    world.bytes(client, &subscribe(9, &[("+/+", Q2)]));
    let mut arrived = world.lines(client);
    arrived.sort();
    assert_eq!(
        arrived,
        [
            "PUBLISH #1 q1 retain Topic/C=1",
            "PUBLISH #2 q2 retain TopicA/C=2",
            "PUBLISH q0 retain TopicA/B=0",
            "SUBACK #9 [2]"
        ]
    );
    let client = world.clean("client");
    for (topic, qos) in [("TopicA/B", Q0), ("Topic/C", Q1), ("TopicA/C", Q2)] {
        world.retain(client, topic, "", qos);
    }
    world.lines(client);
    world.subscribe(client, "+/+", Q2);
    assert!(world.lines(client).is_empty());
}

#[test]
fn offline_queueing_keeps_qos_1_and_2() {
    let mut world = World::default();
    let sleeper = world.persistent("sleeper");
    world.subscribe(sleeper, "+/+", Q2);
    world.disconnect(sleeper);
    let writer = world.clean("writer");
    for (topic, qos) in [("TopicA/B", Q0), ("Topic/C", Q1), ("TopicA/C", Q2)] {
        world.publish(writer, topic, "x", qos);
    }
    world.disconnect(writer);
    let sleeper = world.returning("sleeper");
    assert_eq!(world.lines(sleeper), ["PUBLISH #1 q1 Topic/C=x", "PUBLISH #2 q2 TopicA/C=x"]);
}

#[test]
fn a_will_reaches_a_kept_session() {
    let mut world = World::default();
    let doomed = world.connected(&Connect::clean("a").keep_alive(2).will("Topic/C", "lost", Q0, false), "CONNACK 0");
    let watcher = world.persistent("watcher");
    world.subscribe(watcher, "Topic/C", Q2);
    world.lose(doomed);
    world.wait(Duration::from_secs(5));
    assert_eq!(world.lines(watcher), ["PUBLISH q0 Topic/C=lost"]);
}

#[test]
fn overlapping_subscriptions_of_two_qos_give_one_message_at_the_higher() {
    let mut world = World::default();
    let client = world.clean("client");
    world.bytes(client, &subscribe(1, &[("TopicA/#", Q2), ("TopicA/+", Q1)]));
    world.publish(client, "TopicA/C", "x", Q2);
    assert_eq!(world.lines(client), ["SUBACK #1 [2, 1]", "PUBLISH #1 q2 TopicA/C=x", "PUBREC #1"]);
}

#[test]
fn keep_alive_ends_a_silent_client_within_fifteen_seconds() {
    let mut world = World::default();
    let silent = world.connected(&Connect::clean("a").keep_alive(5).will("/TopicA", "silent", Q0, false), "CONNACK 0");
    let watcher = world.clean("watcher");
    world.subscribe(watcher, "/TopicA", Q2);
    world.wait(Duration::from_secs(15));
    assert!(world.is_closed(silent) && !world.is_closed(watcher));
    assert_eq!(world.lines(watcher), ["PUBLISH q0 /TopicA=silent"]);
}

#[test]
fn redelivery_after_a_reconnect_completes_what_was_begun() {
    let mut world = World::default();
    let client = world.persistent("client");
    world.subscribe(client, "TopicA/#", Q2);
    world.bytes(client, &publish("TopicA/B", "", Q1, 1, false));
    world.bytes(client, &publish("TopicA/C", "", Q2, 2, false));
    world.disconnect(client);
    world.lines(client);
    let client = world.returning("client");
    assert_eq!(world.lines(client), ["PUBLISH #1 q1 dup TopicA/B=", "PUBLISH #2 q2 dup TopicA/C="]);
    world.bytes(client, &confirm(PUBACK, 1));
    world.bytes(client, &confirm(PUBREC, 2));
    world.bytes(client, &confirm(PUBCOMP, 2));
    world.disconnect(client);
    assert_eq!(world.lines(client), ["PUBREL #2"]);
    let client = world.returning("client");
    assert!(world.lines(client).is_empty());
}

#[test]
fn a_client_identifier_of_no_length_needs_a_clean_session() {
    let mut world = World::default();
    let refused = world.connected(&Connect::persistent(""), "CONNACK 2");
    assert!(world.is_closed(refused));
    let taken = world.clean("");
    assert!(!world.is_closed(taken));
}

#[test]
fn dollar_topics_stay_out_of_wildcards() {
    let mut world = World::default();
    let client = world.clean("client");
    world.subscribe(client, "+/+", Q2);
    world.publish(client, "$TopicA/B", "", Q1);
    assert_eq!(world.lines(client), ["PUBACK #1"]);
}

#[test]
fn a_subscription_that_is_not_allowed_fails_with_128() {
    let rules = vec![TopicRule::forbid("nosubscribe".parse().expect("a filter"))];
    let mut world = World::new(CoreConfig { rules, ..CoreConfig::default() });
    let client = world.clean("client");
    world.bytes(client, &subscribe(1, &[("nosubscribe", Q2)]));
    assert_eq!(world.lines(client), ["SUBACK #1 [128]"]);
}

#[test]
fn unsubscribing_from_one_of_three_leaves_the_others() {
    let mut world = World::default();
    let reader = world.clean("reader");
    for topic in ["TopicA", "TopicA/B", "Topic/C"] {
        world.subscribe(reader, topic, Q2);
    }
    world.bytes(reader, &unsubscribe(8, &["TopicA"]));
    let writer = world.clean("writer");
    for topic in ["TopicA", "TopicA/B", "Topic/C"] {
        world.publish(writer, topic, "", Q1);
    }
    assert_eq!(world.lines(reader), ["UNSUBACK #8", "PUBLISH #1 q1 TopicA/B=", "PUBLISH #2 q1 Topic/C="]);
}
