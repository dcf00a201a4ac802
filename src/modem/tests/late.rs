//! Answers that come late or too often: none of them is ever another command's.

use super::*;
use crate::modem::{event::Delivery, status::Session};

fn slow(expects: &str, millis: u64, replies: &[&str]) -> Cue {
    let replies = replies.iter().enumerate();
    let replies =
        replies.map(|(place, reply)| (Duration::from_millis(if place == 0 { millis } else { 10 }), framed(reply)));
    Cue { expects: expects.to_owned(), replies: replies.collect() }
}

#[test]
fn a_slow_ok_of_a_repeated_at_does_not_shift_what_follows() {
    for millis in [600, 900, 1_400] {
        for echoes in [true, false] {
            let tries = usize::try_from(millis / 500 + 1).expect("few");
            let mut cues: Vec<_> = (0..tries).map(|_| slow("AT", millis, &["OK"])).collect();
            cues.extend(good_bring_up().into_iter().skip(1).map(|cue| Cue {
                replies: cue.replies.into_iter().map(|(_, reply)| (Duration::from_millis(millis), reply)).collect(),
                ..cue
            }));
            let mut world = World::new(cues);
            world.echoes = echoes;
            world.request(Request::BringUp);
            world.run();
            assert_eq!(world.only_result(), Ok(()), "{millis} ms, echo {echoes}");
            let identity = world.records().into_iter().find(|record| record.command == "ATI").expect("a record");
            assert_eq!(identity.answer, ["AirM2M_780E_V1169_LTE_AT", "OK"], "{millis} ms, echo {echoes}");
            assert_eq!(world.wire(WireKind::Late).len(), tries - 1, "{millis} ms, echo {echoes}");
            assert_eq!(world.wire(WireKind::Unrecognised), Vec::<&str>::new());
        }
    }
}

#[test]
fn a_module_that_hears_only_the_last_at_costs_little_time() {
    let mut cues = vec![cue("AT", &[]), cue("AT", &[])];
    cues.extend(good_bring_up());
    let mut world = World::new(cues).without_echo();
    world.request(Request::BringUp);
    world.run();
    assert_eq!(world.only_result(), Ok(()));
    assert!(world.now.as_millis() < 3_000, "{}", world.now);
}

fn deliveries(world: &World) -> Vec<(u64, Delivery)> {
    let told = world.events.iter().filter_map(|event| match event {
        Event::Publish(update) => Some((update.id.0, update.delivery.clone())),
        _ => None,
    });
    told.collect()
}

fn ends(world: &World) -> Vec<Delivery> {
    let all = deliveries(world).into_iter().map(|(_, delivery)| delivery);
    all.filter(|delivery| matches!(delivery, Delivery::Confirmed { .. } | Delivery::Unknown(_) | Delivery::Failed(_)))
        .collect()
}

#[test]
fn a_doubled_acknowledgement_does_not_confirm_the_next_message() {
    let mut world = connected([
        cue(r#"AT+MPUB="mqtt/sub",1,0,"x""#, &["OK", "PUBACK"]),
        cue(r#"AT+MPUB="mqtt/sub",1,0,"y""#, &["PUBACK\nOK"]),
        cue(r#"AT+MPUB="mqtt/sub",1,0,"z""#, &["OK"]),
    ]);
    world.request(Request::Publish(message(b"x", Qos::AtLeastOnce)));
    world.request(Request::Publish(message(b"y", Qos::AtLeastOnce)));
    world.request(Request::Publish(message(b"z", Qos::AtLeastOnce)));
    world.run_until(world.now + Duration::from_millis(500));
    assert_eq!(ends(&world).len(), 1, "what came before OK may be the older one's: {:?}", deliveries(&world));
    world.says(b"\r\nPUBACK\r\n");
    assert_eq!(ends(&world).len(), 2, "and this is its own");
    world.run();
    assert!(matches!(ends(&world)[..], [Delivery::Confirmed { .. }, Delivery::Confirmed { .. }, Delivery::Unknown(_)]));
}

#[test]
fn an_acknowledgement_that_came_before_ok_counts_when_no_other_follows() {
    let mut world = connected([cue(r#"AT+MPUB="mqtt/sub",2,0,"x""#, &["PUBREC\nPUBCOMP\nOK"])]);
    world.request(Request::Publish(message(b"x", Qos::ExactlyOnce)));
    world.run();
    let [Delivery::Confirmed { ack, .. }] = &ends(&world)[..] else { panic!("{:?}", deliveries(&world)) };
    assert_eq!(*ack, Duration::ZERO);
    assert_eq!(world.modem.status().session, Session::Connected);
}

#[test]
fn what_comes_before_the_data_have_left_is_no_acknowledgement_of_them() {
    let data = "\0\x01\x02";
    let mut world =
        connected([cue(r#"AT+MPUBEX="mqtt/sub",1,0,3"#, &["PUBACK\n\n>"]), cue(data, &["OK"]), cue("AT", &["OK"])]);
    world.request(Request::Publish(message(data.as_bytes(), Qos::AtLeastOnce)));
    world.run();
    assert!(matches!(ends(&world)[..], [Delivery::Unknown(_)]), "{:?}", deliveries(&world));
}

#[test]
fn a_damaged_word_is_kept_beside_what_was_awaited() {
    for (damaged, shown) in [(&b"PUB\xc1CK"[..], "PUB<C1>CK"), (b"PUBCK", "PUBCK"), (b"PUBAKK", "PUBAKK")] {
        let mut world = connected([cue(r#"AT+MPUB="mqtt/sub",1,0,"x""#, &["OK"]), cue("AT", &["OK"])]);
        world.request(Request::Publish(message(b"x", Qos::AtLeastOnce)));
        world.run_until(world.now + Duration::from_millis(100));
        world.says(&[b"\r\n", damaged, b"\r\n"].concat());
        world.run();
        let record =
            world.records().into_iter().find(|record| record.command.starts_with("AT+MPUB")).expect("a record");
        assert!(matches!(record.result, Err(Fault::TimedOut { .. })));
        assert_eq!(record.unreadable.as_deref(), Some(shown));
    }
    let mut world = connected([cue("AT+CSQ", &["what is this\n+CSQ: 9,0\nOK"])]);
    world.request(Request::ReadSignal);
    world.run();
    assert_eq!(world.records()[0].unreadable, None, "an unknown line is no damaged one");
}
