//! How a client comes and goes: MQTT 3.1.1 sections 3.1, 3.2, 3.12, 3.14, and who is let in.

use std::time::Duration;

use super::world::{Connect, PINGREQ, Q0, Q1, World, publish, subscribe};
use crate::{
    broker::{Access, CoreConfig, Limits, TopicRule, Users},
    mqtt::Password,
};

#[test]
fn section_3_1_without_connect_a_connection_ends_at_its_deadline() {
    let mut world = World::default();
    let silent = world.open();
    let half = world.open();
    world.bytes(half, &Connect::clean("half").bytes()[..5]);
    let good = world.clean("good");
    world.wait(Duration::from_millis(9_999));
    assert!(!world.is_closed(silent) && !world.is_closed(half));
    world.wait(Duration::from_millis(1));
    assert!(world.is_closed(silent) && world.is_closed(half));
    assert!(!world.is_closed(good));
    assert_eq!(world.core.poll_timeout(), None);
}

#[test]
fn section_3_1_the_first_packet_must_be_a_connect_and_no_other() {
    for bytes in [subscribe(1, &[("a", Q0)]), publish("a", "1", Q0, 0, false), PINGREQ.to_vec(), vec![0xe0, 0]] {
        let mut world = World::default();
        let id = world.open();
        world.bytes(id, &bytes);
        assert!(world.is_closed(id), "{bytes:?}");
        assert!(world.lines(id).is_empty());
    }
}

#[test]
fn section_3_1_a_second_connect_ends_the_connection_and_publishes_the_will() {
    let mut world = World::default();
    let watcher = world.clean("watcher");
    world.subscribe(watcher, "will", Q0);
    let twice = world.connected(&Connect::clean("twice").will("will", "gone", Q0, false), "CONNACK 0");
    world.bytes(twice, &Connect::clean("twice").bytes());
    assert!(world.is_closed(twice));
    assert_eq!(world.lines(watcher), ["PUBLISH q0 will=gone"]);
}

#[test]
fn section_3_1_2_2_another_protocol_level_is_answered_with_1_and_closed() {
    for level in [3, 6, 0x84] {
        let mut world = World::default();
        let id = world.open();
        let mut connect = Connect::clean("a").bytes();
        connect[8] = level;
        world.bytes(id, &connect);
        assert_eq!(world.lines(id), ["CONNACK 1"]);
        assert!(world.is_closed(id));
    }
}

#[test]
fn section_3_1_2_bad_names_and_flags_are_closed_without_an_answer() {
    let good = Connect::clean("a").bytes();
    let spoilt = |place: usize, byte: u8| {
        let mut bytes = good.clone();
        bytes[place] = byte;
        bytes
    };
    let table = [
        ("protocol name", spoilt(4, b'X')),
        ("reserved flag", spoilt(9, 0b0000_0011)),
        ("will QoS without will", spoilt(9, 0b0000_1010)),
        ("will retain without will", spoilt(9, 0b0010_0010)),
        ("password without name", spoilt(9, 0b0100_0010)),
        ("NUL in the client identifier", spoilt(14, 0)),
        ("will on a wildcard", {
            let bytes = Connect::clean("a").will("w", "", Q0, false).bytes();
            bytes.iter().map(|&byte| if byte == b'w' { b'#' } else { byte }).collect()
        }),
        ("will QoS 3", {
            let mut bytes = Connect::clean("a").will("w", "", Q0, false).bytes();
            bytes[9] |= 0b0001_1000;
            bytes
        }),
    ];
    for (fault, bytes) in table {
        let mut world = World::default();
        let id = world.open();
        world.bytes(id, &bytes);
        assert!(world.is_closed(id), "{fault}");
        assert!(world.lines(id).is_empty(), "{fault}");
    }
}

#[test]
fn section_3_1_2_10_keep_alive_ends_a_silent_client_after_one_and_a_half_periods() {
    let mut world = World::default();
    let watcher = world.clean("watcher");
    world.subscribe(watcher, "will", Q0);
    let client = world.connected(&Connect::clean("a").keep_alive(4).will("will", "lost", Q0, false), "CONNACK 0");
    world.wait(Duration::from_secs(5));
    world.bytes(client, &PINGREQ);
    assert_eq!(world.lines(client), ["PINGRESP"]);
    world.wait(Duration::from_millis(5_999));
    assert!(!world.is_closed(client));
    world.wait(Duration::from_millis(1));
    assert!(world.is_closed(client));
    assert_eq!(world.lines(watcher), ["PUBLISH q0 will=lost"]);
}

#[test]
fn section_3_1_2_10_a_keep_alive_shorter_than_the_connect_deadline_holds_at_once() {
    let mut world = World::default();
    let client = world.connected(&Connect::clean("a").keep_alive(1), "CONNACK 0");
    world.wait(Duration::from_millis(1_499));
    assert!(!world.is_closed(client));
    world.wait(Duration::from_millis(1));
    assert!(world.is_closed(client));
}

#[test]
fn section_3_1_2_10_a_keep_alive_of_zero_is_none() {
    let mut world = World::default();
    let client = world.connected(&Connect::clean("a").keep_alive(0), "CONNACK 0");
    world.wait(Duration::from_secs(100_000));
    assert!(!world.is_closed(client));
}

#[test]
fn section_3_1_2_10_any_packet_counts_as_a_sign_of_life() {
    let mut world = World::default();
    let client = world.connected(&Connect::clean("a").keep_alive(2), "CONNACK 0");
    for _ in 0..5 {
        world.wait(Duration::from_secs(2));
        world.publish(client, "a", "1", Q1);
    }
    assert!(!world.is_closed(client));
    world.wait(Duration::from_secs(3));
    assert!(world.is_closed(client));
}

#[test]
fn section_3_1_3_1_an_empty_client_identifier_needs_a_clean_session() {
    let mut world = World::default();
    let first = world.clean("");
    let second = world.clean("");
    assert!(!world.is_closed(first) && !world.is_closed(second), "each gets an identifier of its own");
    let refused = world.connected(&Connect::persistent(""), "CONNACK 2");
    assert!(world.is_closed(refused));
    assert_eq!(world.core.stats().sessions, 2);
}

#[test]
fn section_3_1_3_1_a_given_identifier_never_meets_a_chosen_one() {
    let mut world = World::default();
    let taken: Vec<_> = (1..5).map(|number| world.clean(&format!("auto-{number}"))).collect();
    world.clean("");
    assert!(taken.iter().all(|&id| !world.is_closed(id)));
}

#[test]
fn section_3_1_4_the_same_client_identifier_takes_over_and_the_will_is_published() {
    let mut world = World::default();
    let watcher = world.clean("watcher");
    world.subscribe(watcher, "will", Q0);
    let first = world.connected(&Connect::clean("same").will("will", "first", Q0, false), "CONNACK 0");
    let second = world.clean("same");
    assert!(world.is_closed(first) && !world.is_closed(second));
    assert_eq!(world.lines(watcher), ["PUBLISH q0 will=first"]);
    world.publish(second, "a", "1", Q1);
    assert_eq!(world.lines(second), ["PUBACK #1"]);
}

#[test]
fn section_3_1_3_4_users_are_let_in_with_their_own_password_only() {
    let users = Users::default().with("anna", Password::new("secret"));
    let table = [
        (Connect::clean("a"), "CONNACK 5"),
        (Connect::clean("a").user("anna", None), "CONNACK 4"),
        (Connect::clean("a").user("anna", Some("secrex")), "CONNACK 4"),
        (Connect::clean("a").user("bob", Some("secret")), "CONNACK 4"),
        (Connect::clean("a").user("anna", Some("secret")), "CONNACK 0"),
    ];
    for (connect, answer) in table {
        let mut world = World::new(CoreConfig { users: Some(users.clone()), ..CoreConfig::default() });
        let id = world.connected(&connect, answer);
        assert_eq!(world.is_closed(id), answer != "CONNACK 0");
        assert_eq!(world.core.stats().sessions, usize::from(answer == "CONNACK 0"));
    }
}

#[test]
fn a_refused_client_does_not_end_the_session_it_wanted() {
    let users = Users::default().with("anna", Password::new("secret"));
    let mut world = World::new(CoreConfig { users: Some(users), ..CoreConfig::default() });
    let anna = world.connected(&Connect::clean("a").user("anna", Some("secret")), "CONNACK 0");
    world.connected(&Connect::clean("a").user("anna", Some("guess")), "CONNACK 4");
    assert!(!world.is_closed(anna));
}

#[test]
fn section_3_14_after_disconnect_there_is_no_will() {
    let mut world = World::default();
    let watcher = world.clean("watcher");
    world.subscribe(watcher, "#", Q0);
    let client = world.connected(&Connect::clean("a").will("will", "lost", Q0, false), "CONNACK 0");
    world.disconnect(client);
    world.lose(client);
    assert!(world.lines(watcher).is_empty());
}

#[test]
fn section_3_14_what_follows_a_disconnect_is_not_read() {
    let mut world = World::default();
    let watcher = world.clean("watcher");
    world.subscribe(watcher, "#", Q0);
    let client = world.clean("a");
    world.bytes(client, &[&[0xe0, 0][..], &publish("a", "1", Q0, 0, false)].concat());
    assert!(world.is_closed(client));
    assert!(world.lines(watcher).is_empty());
}

#[test]
fn one_connection_too_many_is_closed_at_once() {
    let limits = Limits { max_connections: 2, ..Limits::default() };
    let mut world = World::new(CoreConfig { limits, ..CoreConfig::default() });
    let (first, second, third) = (world.clean("1"), world.clean("2"), world.open());
    assert!(world.is_closed(third));
    world.disconnect(first);
    let fourth = world.clean("4");
    assert!(!world.is_closed(second) && !world.is_closed(fourth));
}

#[test]
fn one_session_too_many_is_refused_with_3() {
    let limits = Limits { max_sessions: 1, ..Limits::default() };
    let mut world = World::new(CoreConfig { limits, ..CoreConfig::default() });
    let first = world.persistent("1");
    world.disconnect(first);
    let refused = world.connected(&Connect::persistent("2"), "CONNACK 3");
    assert!(world.is_closed(refused));
    world.returning("1");
}

#[test]
fn section_3_9_3_a_forbidden_filter_is_answered_with_128_and_the_rest_granted() {
    let rules = vec![
        TopicRule { user: Some("anna".into()), filter: "secret/#".parse().expect("a filter"), access: Access::Read },
        TopicRule::forbid("secret/#".parse().expect("a filter")),
    ];
    let mut world = World::new(CoreConfig { rules, ..CoreConfig::default() });
    let bob = world.connected(&Connect::clean("bob").user("bob", None), "CONNACK 0");
    world.bytes(bob, &subscribe(3, &[("open", Q1), ("secret/+", Q1), ("#", Q0)]));
    assert_eq!(world.lines(bob), ["SUBACK #3 [1, 128, 0]"]);
    let anna = world.connected(&Connect::clean("anna").user("anna", None), "CONNACK 0");
    world.subscribe(anna, "secret/+", Q0);

    world.inject("secret/door", "1", Q0);
    world.inject("other", "2", Q0);
    assert_eq!(world.lines(bob), ["PUBLISH q0 other=2"], "what is forbidden does not come through a wide filter");
    assert_eq!(world.lines(anna), ["PUBLISH q0 secret/door=1"]);

    world.publish(anna, "secret/door", "3", Q1);
    assert_eq!(world.lines(anna), ["PUBACK #1"], "section 3.3.5: confirmed and not passed on");
}
