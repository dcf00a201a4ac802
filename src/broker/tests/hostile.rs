//! Clients that break the rules, by mistake or on purpose. One law: nobody else is disturbed.

use std::time::Duration;

use proptest::prelude::*;

use super::world::{
    Connect, PUBACK, PUBCOMP, PUBREC, PUBREL, Q0, Q1, Q2, World, confirm, publish, subscribe, unsubscribe,
};
use crate::broker::{ConnectionId, CoreConfig, Limits};

/// Two good clients that can be asked whether the broker still serves them.
struct Pair {
    reader: ConnectionId,
    writer: ConnectionId,
}

impl Pair {
    fn new(world: &mut World) -> Self {
        let reader = world.clean("good reader");
        world.subscribe(reader, "good", Q1);
        Self { reader, writer: world.clean("good writer") }
    }

    fn is_served(&self, world: &mut World) -> bool {
        world.lines(self.reader);
        world.publish(self.writer, "good", "1", Q0);
        world.lines(self.reader) == ["PUBLISH q0 good=1"]
    }
}

#[test]
fn what_breaks_the_protocol_ends_the_connection_and_nothing_else() {
    let with_id = |mut bytes: Vec<u8>, place: usize| {
        bytes[place] = 0;
        bytes
    };
    let table: Vec<(&str, Vec<u8>)> = vec![
        ("2.2.2 flags of SUBSCRIBE", vec![0x80, 6, 0, 1, 0, 1, b'a', 0]),
        ("2.2.2 flags of PUBREL", vec![0x60, 2, 0, 1]),
        ("2.2.2 flags of PINGREQ", vec![0xc1, 0]),
        ("2.2.2 flags of DISCONNECT", vec![0xe1, 0]),
        ("2.2.3 length of five bytes", vec![0x30, 0xff, 0xff, 0xff, 0xff, 0x7f]),
        ("2.3.1 identifier zero in PUBLISH", with_id(publish("a", "", Q1, 1, false), 6)),
        ("2.3.1 identifier zero in SUBSCRIBE", with_id(subscribe(1, &[("a", Q0)]), 3)),
        ("2.3.1 identifier zero in UNSUBSCRIBE", with_id(unsubscribe(1, &["a"]), 3)),
        ("2.3.1 identifier zero in PUBREL", vec![0x62, 2, 0, 0]),
        ("1.5.3 topic that is no UTF-8", vec![0x30, 4, 0, 2, 0xc3, 0x28]),
        ("1.5.3 topic with NUL", vec![0x30, 4, 0, 2, b'a', 0]),
        ("3.3.1 QoS 3", vec![0x36, 5, 0, 1, b'a', 0, 1]),
        ("3.3.1 dup on QoS 0", vec![0x38, 3, 0, 1, b'a']),
        ("3.3.2 wildcard in PUBLISH", vec![0x30, 3, 0, 1, b'#']),
        ("3.3.2 empty topic", vec![0x30, 2, 0, 0]),
        ("3.3.2 topic longer than the packet", vec![0x30, 3, 0, 9, b'a']),
        ("3.4 PUBACK of one byte", vec![0x40, 1, 1]),
        ("3.8.3 no filter", vec![0x82, 2, 0, 1]),
        ("3.8.3 empty filter", vec![0x82, 5, 0, 1, 0, 0, 0]),
        ("3.8.3 misplaced wildcard", vec![0x82, 7, 0, 1, 0, 2, b'a', b'#', 0]),
        ("3.8.3 QoS 3", vec![0x82, 6, 0, 1, 0, 1, b'a', 3]),
        ("3.8.3 reserved bits", vec![0x82, 6, 0, 1, 0, 1, b'a', 4]),
        ("3.10.3 no filter", vec![0xa2, 2, 0, 1]),
        ("a packet of the server: CONNACK", vec![0x20, 2, 0, 0]),
        ("a packet of the server: SUBACK", vec![0x90, 3, 0, 1, 0]),
        ("a packet of the server: PINGRESP", vec![0xd0, 0]),
        ("type 0", vec![0x00, 0]),
        ("type 15", vec![0xf0, 0]),
    ];
    for (fault, bytes) in table {
        let mut world = World::default();
        let pair = Pair::new(&mut world);
        let bad = world.clean("bad");
        world.bytes(bad, &bytes);
        assert!(world.is_closed(bad), "{fault}");
        assert!(world.lines(bad).is_empty(), "{fault}");
        assert!(pair.is_served(&mut world), "{fault}");
        assert_eq!(world.core.stats().connections, 2, "{fault}");
    }
}

#[test]
fn section_4_4_a_confirmation_of_nothing_is_passed_over() {
    let mut world = World::default();
    let id = world.clean("a");
    world.subscribe(id, "a", Q2);
    for kind in [PUBACK, PUBREC, PUBCOMP] {
        world.bytes(id, &confirm(kind, 77));
    }
    world.inject("a", "1", Q2);
    world.bytes(id, &confirm(PUBACK, 1));
    world.bytes(id, &confirm(PUBREC, 1));
    world.bytes(id, &confirm(PUBREC, 1));
    world.bytes(id, &confirm(PUBCOMP, 1));
    world.bytes(id, &confirm(PUBCOMP, 1));
    assert_eq!(world.lines(id), ["PUBLISH #1 q2 a=1", "PUBREL #1"]);
    assert!(!world.is_closed(id));
}

#[test]
fn a_packet_beyond_the_limit_is_refused_by_its_length_alone() {
    let limits = Limits { max_packet_bytes: 100, ..Limits::default() };
    let mut world = World::new(CoreConfig { limits, ..CoreConfig::default() });
    let id = world.clean("a");
    world.bytes(id, &publish("a", &"x".repeat(95), Q0, 0, false));
    assert!(!world.is_closed(id), "100 bytes are allowed");
    world.bytes(id, &[0x30, 99]);
    assert!(world.is_closed(id), "101 are not");
}

#[test]
fn a_client_that_does_not_take_its_bytes_is_closed() {
    let limits = Limits { max_outbound_bytes: 1_000, ..Limits::default() };
    let mut world = World::new(CoreConfig { limits, ..CoreConfig::default() });
    let slow = world.clean("slow");
    world.subscribe(slow, "a", Q0);
    for _ in 0..100 {
        world.core.publish(world.now, super::world::message("a", &"x".repeat(100), Q0));
    }
    world.inject("b", "", Q0);
    assert!(world.is_closed(slow));
    assert!(world.lines(slow).is_empty());
}

#[test]
fn a_filter_of_ten_thousand_levels_is_refused_and_a_topic_of_as_many_is_harmless() {
    let mut world = World::default();
    let pair = Pair::new(&mut world);
    let id = world.clean("deep");
    let deep = "+/".repeat(10_000);
    world.bytes(id, &subscribe(1, &[(&deep, Q0)]));
    assert_eq!(world.lines(id), ["SUBACK #1 [128]"]);
    world.subscribe(id, "#", Q0);
    world.publish(id, &deep.replace('+', ""), "1", Q0);
    assert_eq!(world.lines(id).len(), 1);
    assert!(pair.is_served(&mut world));
}

#[test]
fn wills_that_end_slow_readers_whose_wills_end_others_do_not_grow_the_stack() {
    let limits = Limits { max_outbound_bytes: 20, ..Limits::default() };
    let mut world = World::new(CoreConfig { limits, ..CoreConfig::default() });
    let clients = 3_000;
    let ids: Vec<_> = (0..clients)
        .map(|number| {
            let connect =
                Connect::clean(&number.to_string()).will(&format!("w/{number}"), "0123456789abcdef", Q0, false);
            let id = world.connected(&connect, "CONNACK 0");
            if number > 0 {
                world.subscribe(id, &format!("w/{}", number - 1), Q0);
            }
            id
        })
        .collect();
    world.lose(ids[0]);
    assert!(ids[1..].iter().all(|&id| world.is_closed(id)));
    assert_eq!(world.core.stats().connections, 0);
}

#[test]
fn thousands_of_silent_connections_end_together_and_leave_nothing() {
    let mut world = World::default();
    let silent: Vec<_> = (0..5_000).map(|_| world.open()).collect();
    let pair = Pair::new(&mut world);
    world.wait(Duration::from_secs(10));
    assert!(silent.iter().all(|&id| world.is_closed(id)));
    assert_eq!(world.core.stats().connections, 2);
    assert!(pair.is_served(&mut world));
}

#[test]
fn one_byte_a_minute_ends_at_the_first_deadline_and_holds_nobody_up() {
    let mut world = World::default();
    let pair = Pair::new(&mut world);
    let before_connect = world.open();
    world.bytes(before_connect, &Connect::clean("slow").bytes()[..1]);
    world.wait(Duration::from_mins(1));
    assert!(world.is_closed(before_connect), "no CONNECT in ten seconds");

    // A keep-alive counts whole packets: bytes of one that never ends are no sign of life.
    let kept = world.connected(&Connect::clean("kept").keep_alive(60), "CONNACK 0");
    let patient = world.connected(&Connect::clean("patient").keep_alive(0), "CONNACK 0");
    let packet = publish("a", &"x".repeat(58), Q1, 1, false);
    for (minute, byte) in packet.iter().enumerate() {
        assert_eq!(world.is_closed(kept), minute > 1, "minute {minute}");
        assert!(world.lines(patient).is_empty(), "minute {minute}");
        for id in [kept, patient] {
            world.bytes(id, &[*byte]);
        }
        assert!(pair.is_served(&mut world), "minute {minute}");
        world.wait(Duration::from_mins(1));
    }
    assert_eq!(world.lines(patient), ["PUBACK #1"], "without keep-alive it may take its time");
    assert_eq!(world.core.stats().connections, 3);
}

/// All a client sends in a busy minute.
fn conversation() -> Vec<u8> {
    [
        Connect::persistent("talker").will("w", "lost", Q1, true).bytes(),
        subscribe(1, &[("a/#", Q2), ("b", Q0)]),
        publish("a/b", "one", Q0, 0, false),
        publish("a/b", "two", Q1, 2, true),
        publish("a/b", &"three".repeat(60), Q2, 3, false),
        confirm(PUBREL, 3).to_vec(),
        unsubscribe(4, &["b"]),
        vec![0xc0, 0],
    ]
    .concat()
}

fn hear(world: &mut World, chunks: impl Iterator<Item = Vec<u8>>) -> Vec<String> {
    let id = world.open();
    for chunk in chunks {
        world.bytes(id, &chunk);
    }
    world.lines(id)
}

#[test]
fn one_byte_at_a_time_is_heard_like_all_at_once() {
    let whole = hear(&mut World::default(), std::iter::once(conversation()));
    let single = hear(&mut World::default(), conversation().into_iter().map(|byte| vec![byte]));
    assert_eq!(whole.len(), 10, "{whole:#?}");
    assert_eq!(whole, single);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_cutting_of_the_bytes_gives_the_same_answers(cuts in prop::collection::vec(1_usize..60, 1..40)) {
        let bytes = conversation();
        let mut rest = bytes.as_slice();
        let mut chunks = Vec::new();
        for cut in cuts.iter().cycle() {
            if rest.is_empty() {
                break;
            }
            let (chunk, remainder) = rest.split_at((*cut).min(rest.len()));
            chunks.push(chunk.to_vec());
            rest = remainder;
        }
        let whole = hear(&mut World::default(), std::iter::once(bytes.clone()));
        prop_assert_eq!(whole, hear(&mut World::default(), chunks.into_iter()));
    }

    #[test]
    fn random_bytes_never_panic_and_never_disturb_another(
        first in any::<bool>(),
        bytes in prop::collection::vec(any::<u8>(), 0..300),
    ) {
        let mut world = World::default();
        let pair = Pair::new(&mut world);
        let bad = if first { world.open() } else { world.clean("bad") };
        world.bytes(bad, &bytes);
        prop_assert!(pair.is_served(&mut world));
    }

    #[test]
    fn damaged_packets_never_panic_and_never_disturb_another(
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let mut bytes = conversation();
        for (place, byte) in damage {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        let mut world = World::default();
        let pair = Pair::new(&mut world);
        let bad = world.open();
        world.bytes(bad, &bytes);
        world.lose(bad);
        prop_assert!(pair.is_served(&mut world));
    }
}

/// Any one byte of the beginning, damaged to any value: the level of the protocol among them, which then speaks MQTT 5.
#[test]
fn any_one_damaged_byte_of_the_beginning_disturbs_nobody_else() {
    let whole = conversation();
    for place in 0..40 {
        for byte in 0..=u8::MAX {
            let mut bytes = whole.clone();
            bytes[place] = byte;
            let mut world = World::default();
            let pair = Pair::new(&mut world);
            let bad = world.open();
            world.bytes(bad, &bytes);
            world.lose(bad);
            assert!(pair.is_served(&mut world), "byte {place} is {byte}");
        }
    }
}
