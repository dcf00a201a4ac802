//! What MQTT 5 adds, section by section, and both versions beside each other.

use std::time::Duration;

use mqtt_protocol_core::mqtt::packet::{
    AuthenticationMethod, ContentType, CorrelationData, MaximumPacketSize, MessageExpiryInterval, Properties,
    ReceiveMaximum, RequestProblemInformation, ResponseTopic, SessionExpiryInterval, SubscriptionIdentifier,
    TopicAlias, TopicAliasMaximum, UserProperty, WillDelayInterval,
};

use super::{
    v5::{self, Connect, NEVER, ONLY_NEW, options, publish, subscribe, unsubscribe},
    world::{self, PINGREQ, PUBACK, PUBREC, PUBREL, Q0, Q1, Q2, World, confirm},
};
use crate::{
    broker::{Access, CoreConfig, Limits, TopicRule, Users},
    mqtt::Password,
};

fn none() -> Properties {
    Properties::new()
}

fn expiry(seconds: u32) -> SessionExpiryInterval {
    SessionExpiryInterval::new(seconds).expect("seconds")
}

/// All the properties that are passed on.
fn rich() -> Properties {
    vec![
        ContentType::new("text/plain").expect("a text").into(),
        ResponseTopic::new("answer").expect("a topic").into(),
        CorrelationData::new("7").expect("bytes").into(),
        UserProperty::new("a", "1").expect("texts").into(),
        UserProperty::new("a", "2").expect("texts").into(),
    ]
}

#[test]
fn section_3_3_2_3_properties_arrive_unaltered_and_in_their_order() {
    let mut world = World::default();
    let reader = world.v5_client(&Connect::clean("reader"));
    world.bytes(reader, &subscribe("a", options(Q1), none()));
    let writer = world.v5_client(&Connect::clean("writer"));
    world.bytes(writer, &publish("a", "1", Q1, true, rich()));
    let expected = "a=1 type=text/plain response=answer correlation=7 a:1 a:2";
    assert_eq!(world.lines(reader), ["SUBACK #7 01".to_owned(), format!("PUBLISH #1 q1 {expected}")]);
    let late = world.v5_client(&Connect::clean("late"));
    world.bytes(late, &subscribe("a", options(Q0), none()));
    assert_eq!(world.lines(late), ["SUBACK #7 00".to_owned(), format!("PUBLISH q0 retain {expected}")]);
}

#[test]
fn both_versions_hear_each_other() {
    let mut world = World::default();
    let module = world.clean("module");
    world.subscribe(module, "to/module", Q2);
    let desk = world.v5_client(&Connect::clean("desk"));
    world.bytes(desk, &subscribe("to/desk", options(Q2), none()));
    world.lines(desk);
    world.bytes(desk, &publish("to/module", "hello", Q1, false, rich()));
    assert_eq!(world.lines(module), ["PUBLISH #1 q1 to/module=hello"]);
    world.publish(module, "to/desk", "hello too", Q2);
    assert_eq!(world.lines(desk), ["PUBACK #1", "PUBLISH #1 q2 to/desk=hello too"]);
}

#[test]
fn section_3_1_2_11_2_a_session_stays_as_long_as_it_was_asked_for() {
    let mut world = World::default();
    let client = world.v5_client(&Connect::clean("a").with(expiry(10)));
    world.bytes(client, &subscribe("a", options(Q1), none()));
    world.lose(client);
    world.wait(Duration::from_millis(9_999));
    let again = world.v5(&Connect::going_on("a").with(expiry(10)));
    assert_eq!(world.lines(again), ["CONNACK 0 present"]);
    world.lose(again);
    world.wait(Duration::from_secs(10));
    assert_eq!((world.core.stats().sessions, world.core.poll_timeout()), (0, None));
    let anew = world.v5(&Connect::going_on("a"));
    assert_eq!(world.lines(anew), ["CONNACK 0"]);
    world.lose(anew);
    assert_eq!(world.core.stats().sessions, 0, "without the property it ends with the connection");
}

#[test]
fn section_3_14_2_2_2_disconnect_may_change_how_long_but_not_begin_it() {
    let mut world = World::default();
    let client = world.v5_client(&Connect::clean("a").with(expiry(10)));
    world.bytes(client, &[0xe0, 7, 0, 5, 17, 0, 0, 0, 100]);
    world.wait(Duration::from_secs(99));
    let again = world.v5(&Connect::going_on("a").with(expiry(10)));
    assert_eq!(world.lines(again), ["CONNACK 0 present"]);
    world.bytes(again, &[0xe0, 7, 0, 5, 17, 0, 0, 0, 0]);
    assert_eq!(world.core.stats().sessions, 0);
    let short = world.v5_client(&Connect::clean("b"));
    world.bytes(short, &[0xe0, 7, 0, 5, 17, 0, 0, 0, 5]);
    assert_eq!(world.lines(short), ["DISCONNECT 82"]);
}

#[test]
fn section_3_3_2_3_3_a_message_that_is_over_is_not_sent_and_another_tells_what_is_left() {
    let mut world = World::default();
    let reader = world.v5_client(&Connect::clean("reader").with(expiry(100)));
    world.bytes(reader, &subscribe("#", options(Q1), none()));
    world.lose(reader);
    let writer = world.v5_client(&Connect::clean("writer"));
    for (payload, seconds) in [("short", 2), ("long", 10)] {
        let property = MessageExpiryInterval::new(seconds).expect("seconds");
        world.bytes(writer, &publish(payload, payload, Q1, true, vec![property.into()]));
    }
    world.wait(Duration::from_millis(3_500));
    world.lines(reader);
    let reader = world.v5(&Connect::going_on("reader").with(expiry(100)));
    assert_eq!(world.lines(reader), ["CONNACK 0 present", "PUBLISH #1 q1 long=long expiry=7"]);
    let late = world.v5_client(&Connect::clean("late"));
    world.bytes(late, &subscribe("#", options(Q0), none()));
    assert_eq!(world.lines(late), ["SUBACK #7 00", "PUBLISH q0 retain long=long expiry=7"]);
    assert_eq!(world.core.stats().expired, 1);
}

#[test]
fn section_3_8_3_1_no_local_retain_as_published_and_retain_handling() {
    let mut world = World::default();
    let client = world.v5_client(&Connect::clean("a"));
    world.bytes(client, &subscribe("a", options(Q1).set_nl(true), none()));
    world.bytes(client, &publish("a", "own", Q0, false, none()));
    assert_eq!(world.lines(client), ["SUBACK #7 01"]);
    let other = world.v5_client(&Connect::clean("b"));
    world.bytes(other, &subscribe("a", options(Q0).set_rap(true), none()));
    world.bytes(client, &publish("a", "kept", Q0, true, none()));
    assert_eq!(world.lines(other), ["SUBACK #7 00", "PUBLISH q0 retain a=kept"]);

    for (handling, first, second) in [(ONLY_NEW, true, false), (NEVER, false, false)] {
        let reader = world.v5_client(&Connect::clean("reader"));
        for expected in [first, second] {
            world.bytes(reader, &subscribe("a", options(Q0).set_rh(handling), none()));
            assert_eq!(world.lines(reader).len(), 1 + usize::from(expected), "{handling:?}");
        }
    }
}

#[test]
fn section_3_3_4_a_message_carries_the_identifiers_of_all_its_subscriptions() {
    let mut world = World::default();
    let reader = world.v5_client(&Connect::clean("reader"));
    for (filter, number) in [("a/#", 1), ("a/+", 200)] {
        let identifier = SubscriptionIdentifier::new(number).expect("a number");
        world.bytes(reader, &subscribe(filter, options(Q1), vec![identifier.into()]));
    }
    world.lines(reader);
    world.inject("a/b", "1", Q1);
    assert_eq!(world.lines(reader), ["PUBLISH #1 q1 a/b=1 id=1 id=200"]);
}

#[test]
fn section_4_8_2_one_member_of_a_group_gets_each_message() {
    let mut world = World::default();
    let members: Vec<_> = (0..3)
        .map(|number| {
            let id = world.v5_client(&Connect::clean(&number.to_string()).with(expiry(100)));
            world.bytes(id, &subscribe("$share/g/a/+", options(Q1), none()));
            world.lines(id);
            id
        })
        .collect();
    for number in 0..6 {
        world.inject("a/b", &number.to_string(), Q1);
    }
    for (member, numbers) in members.iter().zip([["0", "3"], ["1", "4"], ["2", "5"]]) {
        let expected = [1, 2].iter().zip(numbers).map(|(id, number)| format!("PUBLISH #{id} q1 a/b={number}"));
        assert_eq!(world.lines(*member), expected.collect::<Vec<_>>());
    }
    world.lose(members[0]);
    world.lose(members[1]);
    world.inject("a/b", "here", Q1);
    assert_eq!(world.lines(members[2]), ["PUBLISH #3 q1 a/b=here"], "whoever is here is served first");
    world.lose(members[2]);
    world.inject("a/b", "waits", Q1);
    let waiting: usize = (0..3)
        .map(|number| {
            let id = world.v5(&Connect::going_on(&number.to_string()).with(expiry(100)));
            world.lines(id).iter().filter(|line| line.contains("a/b=waits")).count()
        })
        .sum();
    assert_eq!(waiting, 1);
}

#[test]
fn section_3_1_2_11_3_no_more_than_the_receive_maximum_is_unconfirmed() {
    let mut world = World::default();
    let most = ReceiveMaximum::new(2).expect("a number");
    let reader = world.v5_client(&Connect::clean("reader").with(most));
    world.bytes(reader, &subscribe("a", options(Q2), none()));
    for number in 0..4 {
        world.inject("a", &number.to_string(), Q1);
    }
    assert_eq!(world.lines(reader), ["SUBACK #7 02", "PUBLISH #1 q1 a=0", "PUBLISH #2 q1 a=1"]);
    world.bytes(reader, &confirm(PUBACK, 1));
    assert_eq!(world.lines(reader), ["PUBLISH #1 q1 a=2"]);
}

#[test]
fn section_3_2_2_3_3_more_than_the_brokers_receive_maximum_ends_the_connection() {
    let limits = Limits { receive_maximum: 2, ..Limits::default() };
    let mut world = World::new(CoreConfig { limits, ..CoreConfig::default() });
    let writer = world.v5_client(&Connect::clean("writer"));
    for packet_id in 1..=3 {
        let mut packet = publish("a", "1", Q2, false, none());
        packet[6] = packet_id;
        world.bytes(writer, &packet);
    }
    assert_eq!(world.lines(writer), ["PUBREC #1 10", "PUBREC #2 10", "DISCONNECT 93"]);
}

#[test]
fn section_3_1_2_11_4_what_is_too_large_for_the_client_is_left_out_and_counted() {
    let mut world = World::default();
    let most = MaximumPacketSize::new(30).expect("a size");
    let reader = world.v5_client(&Connect::clean("reader").with(most));
    world.bytes(reader, &subscribe("a", options(Q1), none()));
    let writer = world.v5_client(&Connect::clean("writer"));
    world.bytes(writer, &publish("a", &"x".repeat(30), Q1, false, none()));
    world.bytes(writer, &publish("a", "fits", Q1, false, none()));
    assert_eq!(world.lines(writer), ["PUBACK #1", "PUBACK #1"]);
    assert_eq!(world.lines(reader), ["SUBACK #7 01", "PUBLISH #1 q1 a=fits"]);
    assert_eq!(world.core.stats().too_large, 1);
}

#[test]
fn section_3_3_2_3_4_topic_aliases_of_the_client() {
    let mut world = World::default();
    let alias = |number| vec![TopicAlias::new(number).expect("a number").into()];
    let client = world.v5_client(&Connect::clean("a"));
    world.bytes(client, &subscribe("#", options(Q0), none()));
    world.bytes(client, &publish("long/topic", "1", Q0, false, alias(16)));
    world.bytes(client, &publish("", "2", Q0, false, alias(16)));
    world.bytes(client, &publish("other", "3", Q0, false, alias(16)));
    world.bytes(client, &publish("", "4", Q0, false, alias(16)));
    let expected = ["SUBACK #7 00", "long/topic=1", "long/topic=2", "other=3", "other=4"];
    let expected = expected.map(|line| if line.contains('=') { format!("PUBLISH q0 {line}") } else { line.into() });
    assert_eq!(world.lines(client), expected);
    world.bytes(client, &publish("", "5", Q0, false, alias(3)));
    assert_eq!(world.lines(client), ["DISCONNECT 94"], "an alias that was not set");
    let client = world.v5_client(&Connect::clean("a"));
    world.bytes(client, &publish("t", "6", Q0, false, alias(17)));
    assert_eq!(world.lines(client), ["DISCONNECT 94"], "beyond the maximum");
}

#[test]
fn section_3_1_2_11_5_topic_aliases_of_the_broker() {
    let mut world = World::default();
    let most = TopicAliasMaximum::new(1).expect("a number");
    let reader = world.v5_client(&Connect::clean("reader").with(most));
    world.bytes(reader, &subscribe("#", options(Q0), none()));
    for topic in ["first", "first", "second"] {
        world.inject(topic, "1", Q0);
    }
    let expected = ["SUBACK #7 00", "PUBLISH q0 first=1 alias=1", "PUBLISH q0 =1 alias=1", "PUBLISH q0 second=1"];
    assert_eq!(world.lines(reader), expected);
}

#[test]
fn section_3_1_2_10_a_longer_keep_alive_than_the_brokers_is_replaced() {
    let mut world = World::new(CoreConfig { max_keep_alive: Some(4), ..CoreConfig::default() });
    for (asked, answer) in [(4, "CONNACK 0"), (5, "CONNACK 0 keep-alive=4"), (0, "CONNACK 0 keep-alive=4")] {
        let client = world.v5(&Connect::clean("a").keep_alive(asked));
        assert_eq!(world.lines(client), [answer]);
        world.wait(Duration::from_millis(5_999));
        assert!(!world.is_closed(client));
        world.wait(Duration::from_millis(1));
        assert_eq!(world.lines(client), ["DISCONNECT 8d"]);
    }
    let module = world.connected(&world::Connect::clean("module").keep_alive(60), "CONNACK 0");
    world.wait(Duration::from_mins(1));
    assert!(!world.is_closed(module), "MQTT 3.1.1 cannot be told");
}

#[test]
fn section_3_2_2_3_7_a_client_without_name_gets_one() {
    let mut world = World::default();
    let first = world.v5(&Connect::clean(""));
    let second = world.v5(&Connect::going_on(""));
    assert_eq!(
        (world.lines(first), world.lines(second)),
        (vec!["CONNACK 0 name=auto-1".into()], vec!["CONNACK 0 name=auto-2".to_owned()])
    );
}

#[test]
fn section_3_1_3_2_2_a_will_waits_and_is_void_when_the_client_returns() {
    let mut world = World::default();
    let watcher = world.clean("watcher");
    world.subscribe(watcher, "will", Q0);
    let delay = |seconds| vec![WillDelayInterval::new(seconds).expect("seconds").into()];
    let connect = Connect::going_on("a").with(expiry(100)).will("will", "gone", Q0, delay(5));
    let client = world.v5_client(&connect);
    world.lose(client);
    world.wait(Duration::from_millis(4_999));
    let client = world.v5(&connect);
    assert_eq!(world.lines(client), ["CONNACK 0 present"]);
    world.wait(Duration::from_mins(1));
    assert!(world.lines(watcher).is_empty());
    world.lose(client);
    world.wait(Duration::from_secs(5));
    assert_eq!(world.lines(watcher), ["PUBLISH q0 will=gone"]);

    let short = Connect::clean("b").with(expiry(2)).will("will", "b", Q0, delay(5));
    let client = world.v5_client(&short);
    world.lose(client);
    world.wait(Duration::from_millis(1_999));
    assert!(world.lines(watcher).is_empty());
    world.wait(Duration::from_millis(1));
    assert_eq!(world.lines(watcher), ["PUBLISH q0 will=b"], "the end of the session does not wait for the will");

    let client = world.v5_client(&short);
    world.lose(client);
    world.v5_client(&Connect::clean("b"));
    assert_eq!(world.lines(watcher), ["PUBLISH q0 will=b"], "a clean start ends the session");
}

#[test]
fn section_3_14_2_1_a_disconnect_may_ask_for_the_will() {
    let mut world = World::default();
    let watcher = world.clean("watcher");
    world.subscribe(watcher, "will", Q0);
    for (code, expected) in [(0x00, 0), (0x04, 1), (0x80, 1)] {
        let client = world.v5_client(&Connect::clean("a").will("will", "x", Q0, none()));
        world.bytes(client, &[0xe0, 1, code]);
        assert_eq!(world.lines(watcher).len(), expected, "{code:#x}");
    }
}

#[test]
fn section_3_1_4_whoever_is_taken_over_is_told() {
    let mut world = World::default();
    let first = world.v5_client(&Connect::clean("a"));
    world.clean("a");
    assert_eq!(world.lines(first), ["DISCONNECT 8e"]);
    let second = world.v5_client(&Connect::clean("a"));
    world.kick("a");
    assert_eq!(world.lines(second), ["DISCONNECT 98"]);
}

#[test]
fn section_3_2_2_2_refusals_have_their_codes() {
    let users = Some(Users::default().with("anna", Password::new("secret")));
    let method = AuthenticationMethod::new("SCRAM").expect("a text");
    let mut will = Connect::clean("a").will("w", "", Q0, none()).bytes();
    let place = will.iter().rposition(|byte| *byte == b'w').expect("the topic");
    will[place] = b'#';
    let table = [
        (Connect::clean("a").bytes(), "CONNACK 87"),
        (Connect::clean("a").login("anna", "guess").bytes(), "CONNACK 86"),
        (Connect::clean("a").login("anna", "secret").with(method).bytes(), "CONNACK 8c"),
        (will, "CONNACK 90"),
    ];
    for (connect, answer) in table {
        let mut world = World::new(CoreConfig { users: users.clone(), ..CoreConfig::default() });
        let id = world.v5(&Connect::clean("first").login("anna", "secret"));
        assert_eq!(world.lines(id), ["CONNACK 0"]);
        let id = world.v5_bytes(&connect);
        assert_eq!(world.lines(id), [answer]);
        assert!(world.is_closed(id));
        assert_eq!(world.core.stats().refused, 1);
    }
}

#[test]
fn section_3_4_2_1_and_3_9_3_refusals_of_messages_and_filters_have_their_codes() {
    let rules = vec![
        TopicRule { user: None, filter: "in/#".parse().expect("a filter"), access: Access::Write },
        TopicRule { user: None, filter: "out/#".parse().expect("a filter"), access: Access::Read },
    ];
    let mut world = World::new(CoreConfig { rules, ..CoreConfig::default() });
    let client = world.v5_client(&Connect::clean("a"));
    world.bytes(client, &publish("out/a", "1", Q1, false, none()));
    world.bytes(client, &publish("out/a", "1", Q2, false, none()));
    world.bytes(client, &confirm(PUBREL, 1));
    world.bytes(client, &subscribe("in/a", options(Q1), none()));
    world.bytes(client, &subscribe("$share/g/in/a", options(Q1), none()));
    world.bytes(client, &publish("in/a", "1", Q1, false, none()));
    world.bytes(client, &unsubscribe(&["in/a"]));
    let expected = [
        "PUBACK #1 87",
        "PUBREC #1 87",
        "PUBCOMP #1 92",
        "SUBACK #7 87",
        "SUBACK #7 87",
        "PUBACK #1 10",
        "UNSUBACK #7 11",
    ];
    assert_eq!(world.lines(client), expected);
}

#[test]
fn section_3_1_2_11_7_a_client_may_not_want_to_read_reasons() {
    let mut world = World::default();
    for (wanted, length) in [(1, 10..200), (0, 2..4)] {
        let wish = RequestProblemInformation::new(wanted).expect("zero or one");
        let client = world.v5_client(&Connect::clean("a").with(wish));
        world.core.handle_bytes(world.now, client, &[0xf0, 0]);
        let (_, bytes) = world.core.poll_transmit().expect("a DISCONNECT");
        assert_eq!(bytes[0], 0xe0);
        assert!(length.contains(&bytes.len()), "{bytes:?}");
        while world.core.poll_close().is_some() {}
    }
}

#[test]
fn section_4_4_a_session_goes_on_in_another_version_and_with_a_smaller_window() {
    let mut world = World::default();
    let reader = world.persistent("reader");
    world.subscribe(reader, "a", Q2);
    for number in 0..3 {
        world.inject("a", &number.to_string(), Q2);
    }
    world.bytes(reader, &confirm(PUBREC, 1));
    world.lose(reader);
    world.lines(reader);
    let most = ReceiveMaximum::new(2).expect("a number");
    let reader = world.v5(&Connect::going_on("reader").with(expiry(100)).with(most));
    assert_eq!(world.lines(reader), ["CONNACK 0 present", "PUBREL #1", "PUBLISH #2 q2 dup a=1"]);
    world.bytes(reader, &confirm(world::PUBCOMP, 1));
    assert_eq!(world.lines(reader), ["PUBLISH #3 q2 dup a=2"]);
}

#[test]
fn a_pubrec_that_refuses_ends_the_exchange() {
    let mut world = World::default();
    let most = ReceiveMaximum::new(1).expect("a number");
    let reader = world.v5_client(&Connect::clean("reader").with(most));
    world.bytes(reader, &subscribe("a", options(Q2), none()));
    world.inject("a", "1", Q2);
    world.inject("a", "2", Q2);
    world.bytes(reader, &[0x50, 3, 0, 1, 0x97]);
    assert_eq!(world.lines(reader), ["SUBACK #7 02", "PUBLISH #1 q2 a=1", "PUBLISH #1 q2 a=2"]);
}

#[test]
fn what_breaks_the_protocol_is_told_with_its_code_and_ends_nothing_else() {
    let identifier = |number| vec![SubscriptionIdentifier::new(number).expect("a number").into()];
    let table: Vec<(&str, Vec<u8>, &str)> = vec![
        ("flags", vec![0x80, 2, 0, 1], "DISCONNECT 81"),
        ("identifier of zero", vec![0x32, 6, 0, 1, b'a', 0, 0, 0], "DISCONNECT 82"),
        ("identifier of zero in PUBACK", vec![0x40, 2, 0, 0], "DISCONNECT 82"),
        ("wildcard in PUBLISH", vec![0x30, 4, 0, 1, b'#', 0], "DISCONNECT 90"),
        ("no topic and no alias", vec![0x30, 3, 0, 0, 0], "DISCONNECT 82"),
        ("identifier in PUBLISH", v5::publish("a", "", Q0, false, identifier(1)), "DISCONNECT 82"),
        (
            "no local in a shared subscription",
            subscribe("$share/g/a", options(Q0).set_nl(true), none()),
            "DISCONNECT 82",
        ),
        ("AUTH", vec![0xf0, 0], "DISCONNECT 82"),
        ("second CONNECT", Connect::clean("b").bytes(), "DISCONNECT 82"),
        ("no properties", vec![0x30, 3, 0, 1, b'a'], "DISCONNECT 81"),
        ("a packet of the broker", vec![0xd0, 0], "DISCONNECT 82"),
    ];
    for (fault, bytes, answer) in table {
        let mut world = World::default();
        let good = world.clean("good");
        let bad = world.v5_client(&Connect::clean("bad"));
        world.bytes(bad, &bytes);
        assert_eq!(world.lines(bad), [answer], "{fault}");
        assert!(world.is_closed(bad), "{fault}");
        world.bytes(good, &PINGREQ);
        assert_eq!(world.lines(good), ["PINGRESP"], "{fault}");
    }
}
