//! What happens when a limit takes effect: nobody is told that a message is safe when it is not, and nothing is lost in
//! silence.

use std::time::Duration;

use mqtt_protocol_core::mqtt::packet::{Properties, SessionExpiryInterval, UserProperty};

use super::{
    v5,
    world::{self, PUBREL, Q0, Q1, Q2, World, confirm},
};
use crate::broker::{ClientFault, CoreConfig, End, Happening, Limit, Limits};

fn world(limits: Limits) -> World {
    World::new(CoreConfig { limits, max_events: 100, ..CoreConfig::default() })
}

fn told(world: &mut World) -> Vec<Happening> {
    std::iter::from_fn(|| world.core.poll_event()).map(|event| event.what).collect()
}

fn limits_told(world: &mut World) -> Vec<(Limit, Option<String>, u64)> {
    let limited = |what| match what {
        Happening::Limited { limit, client_id, times } => Some((limit, client_id, times)),
        _ => None,
    };
    told(world).into_iter().filter_map(limited).collect()
}

#[test]
fn a_message_that_cannot_be_retained_is_not_confirmed_and_goes_to_nobody() {
    let mut world = world(Limits { max_retained_bytes: 10, ..Limits::default() });
    let reader = world.clean("reader");
    world.subscribe(reader, "#", Q1);
    let module = world.clean("module");
    world.retain(module, "a", "12345678", Q1);
    assert_eq!(world.lines(module), ["PUBACK #1"]);
    world.lines(reader);
    for qos in [Q1, Q2] {
        let module = world.clean("module");
        world.retain(module, "b", "12345678", qos);
        assert!(world.lines(module).is_empty() && world.is_closed(module), "{qos}");
        let desk = world.v5_client(&v5::Connect::clean("desk"));
        world.bytes(desk, &v5::publish("b", "12345678", qos, true, Properties::new()));
        let answer = if qos == Q1 { "PUBACK #1 97" } else { "PUBREC #1 97" };
        assert_eq!(world.lines(desk), [answer]);
        world.bytes(desk, &confirm(PUBREL, 1));
        assert_eq!(world.lines(desk), ["PUBCOMP #1 92"], "it is as if it had never come");
    }
    assert!(world.lines(reader).is_empty());
    assert_eq!(world.core.stats().dropped, 4);
    let told = told(&mut world);
    let end = End::Fault(ClientFault::Quota(Limit::Retained));
    assert!(told.iter().any(|what| matches!(what, Happening::Disconnected { end: how, .. } if *how == end)));
    let unconfirmed = world.clean("module");
    world.retain(unconfirmed, "b", "12345678", Q0);
    assert_eq!(world.lines(reader), ["PUBLISH q0 b=12345678"], "QoS 0 promises nothing");
}

#[test]
fn a_message_that_finds_every_queue_full_is_not_confirmed() {
    let mut world = world(Limits { max_queued_messages: 1, ..Limits::default() });
    let absent = world.persistent("absent");
    world.subscribe(absent, "a", Q1);
    world.lose(absent);
    let module = world.clean("module");
    world.publish(module, "a", "1", Q1);
    assert_eq!(world.lines(module), ["PUBACK #1"]);
    world.publish(module, "a", "2", Q1);
    assert!(world.lines(module).is_empty() && world.is_closed(module));
    let desk = world.v5_client(&v5::Connect::clean("desk"));
    world.bytes(desk, &v5::publish("a", "3", Q2, false, Properties::new()));
    assert_eq!(world.lines(desk), ["PUBREC #1 97"]);
    assert_eq!(limits_told(&mut world), [(Limit::Queue, Some("absent".into()), 1)]);

    let reader = world.clean("reader");
    world.subscribe(reader, "a", Q1);
    let module = world.clean("module");
    world.publish(module, "a", "4", Q1);
    assert_eq!(world.lines(module), ["PUBACK #1"], "one full queue holds up nobody who has a reader");
    assert_eq!(world.lines(reader), ["PUBLISH #1 q1 a=4"]);
    world.wait(Duration::from_mins(1));
    assert_eq!(
        limits_told(&mut world),
        [(Limit::Queue, Some("absent".into()), 2)],
        "a minute later, with their number"
    );
    assert_eq!(world.core.stats().dropped, 3);
    let absent = world.returning("absent");
    assert_eq!(world.lines(absent), ["PUBLISH #1 q1 a=1"]);
}

#[test]
fn half_received_packets_have_one_bound_together_and_the_largest_goes_first() {
    let mut world = world(Limits { max_half_received_bytes: 1_000, ..Limits::default() });
    let good = world.clean("good");
    let begin = |size: usize| [&[0x30, 0xff, 0x7f, 0, 1, b'a'][..], &vec![b'x'; size]].concat();
    let small = world.clean("small");
    world.bytes(small, &begin(100));
    let large = world.clean("large");
    world.bytes(large, &begin(600));
    let last = world.clean("last");
    world.bytes(last, &begin(200));
    assert!([good, small, large, last].iter().all(|id| !world.is_closed(*id)));
    world.bytes(last, &[b'x'; 100]);
    assert!(world.is_closed(large), "whoever holds most");
    assert!([good, small, last].iter().all(|id| !world.is_closed(*id)));
    assert_eq!(limits_told(&mut world), [(Limit::HalfReceived, Some("large".into()), 1)]);
    world.lose(small);
    world.lose(last);
    let again = world.clean("again");
    world.bytes(again, &begin(900));
    assert!(!world.is_closed(again), "what is gone does not count");
    world.bytes(again, &vec![b'x'; 16_383 - 903]);
    world.publish(again, "a", "1", Q1);
    assert_eq!(world.lines(again), ["PUBACK #1"], "nor does what is complete");
}

#[test]
fn properties_of_absurd_size_count_where_they_wait() {
    let mut world = world(Limits { max_queued_bytes: 100_000, max_retained_bytes: 100_000, ..Limits::default() });
    let expiry = SessionExpiryInterval::new(100).expect("seconds");
    let absent = world.v5_client(&v5::Connect::clean("absent").with(expiry));
    world.bytes(absent, &v5::subscribe("a", v5::options(Q1), Properties::new()));
    world.lose(absent);
    let text = "x".repeat(60_000);
    let huge = || vec![UserProperty::new("name", text.as_str()).expect("a text").into()];
    let desk = world.v5_client(&v5::Connect::clean("desk"));
    let mut answers = Vec::new();
    for retain in [true, true, false, false] {
        let topic = if retain { format!("r/{}", answers.len()) } else { "a".into() };
        world.bytes(desk, &v5::publish(&topic, "", Q1, false, huge()));
        world.bytes(desk, &v5::publish(&topic, "1", Q1, retain, huge()));
        answers.extend(world.lines(desk));
    }
    let expected = [
        "PUBACK #1 10",
        "PUBACK #1 10",
        "PUBACK #1 10",
        "PUBACK #1 97",
        "PUBACK #1",
        "PUBACK #1 97",
        "PUBACK #1 97",
        "PUBACK #1 97",
    ];
    assert_eq!(answers, expected);
    assert!(world.core.stats().retained_bytes < 100_000);
}

#[test]
fn a_session_too_many_and_a_connection_too_many_are_told() {
    let mut world = world(Limits { max_sessions: 1, max_connections: 2, ..Limits::default() });
    let first = world.clean("first");
    let second = world.connected(&world::Connect::clean("second"), "CONNACK 3");
    let (third, fourth) = (world.open(), world.open());
    assert!(!world.is_closed(first) && !world.is_closed(third));
    assert!(world.is_closed(second) && world.is_closed(fourth));
    let limits: Vec<_> = limits_told(&mut world).into_iter().map(|(limit, ..)| limit).collect();
    assert_eq!(limits, [Limit::Sessions, Limit::Connections]);
    assert_eq!(world.core.stats().refused, 2);
}

/// The crate that reads packets takes a packet identifier of zero for a fault of its own: it must not see one.
#[test]
fn a_packet_identifier_of_zero_ends_the_connection_before_the_packet_is_read() {
    let publish = |flags: u8, more: &[u8]| {
        [&[0x30 | flags, if more.is_empty() { 5 } else { 6 }, 0, 1, b'a', 0, 0], more].concat()
    };
    let v3 = [
        publish(0b0010, &[]),
        publish(0b0100, &[]),
        vec![0x40, 2, 0, 0],
        vec![0x50, 2, 0, 0],
        vec![0x62, 2, 0, 0],
        vec![0x70, 2, 0, 0],
        vec![0x82, 6, 0, 0, 0, 1, b'a', 0],
        vec![0xa2, 5, 0, 0, 0, 1, b'a'],
    ];
    let v5 = [
        publish(0b0010, &[0]),
        publish(0b0100, &[0]),
        vec![0x40, 4, 0, 0, 0, 0],
        vec![0x50, 4, 0, 0, 0, 0],
        vec![0x62, 4, 0, 0, 0, 0],
        vec![0x70, 4, 0, 0, 0, 0],
        vec![0x82, 7, 0, 0, 0, 0, 1, b'a', 0],
        vec![0xa2, 6, 0, 0, 0, 0, 1, b'a'],
    ];
    for (is_v5, packet) in
        v3.into_iter().map(|packet| (false, packet)).chain(v5.into_iter().map(|packet| (true, packet)))
    {
        let mut world = world(Limits::default());
        let id = if is_v5 { world.v5_client(&v5::Connect::clean("a")) } else { world.clean("a") };
        world.bytes(id, &packet);
        let end = End::Fault(ClientFault::ZeroIdentifier);
        let ends: Vec<_> = told(&mut world)
            .into_iter()
            .filter(|what| matches!(what, Happening::Disconnected { end: how, .. } if *how == end))
            .collect();
        assert_eq!((ends.len(), world.is_closed(id)), (1, true), "{packet:02x?}");
    }
}
