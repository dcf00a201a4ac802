//! Publishing and receiving: what is told when, and what is never claimed.

use super::*;
use crate::{
    air780e::limits,
    modem::event::{Awaited, Delivery, LossCause, Refusal},
    mqtt::DraftError,
};

impl World {
    fn deliveries(&self) -> Vec<Delivery> {
        let updates = self.events.iter().filter_map(|event| match event {
            Event::Publish(update) => Some(update.delivery.clone()),
            _ => None,
        });
        updates.collect()
    }

    fn arrivals(&self) -> Vec<(String, Vec<u8>, usize)> {
        let arrivals = self.events.iter().filter_map(|event| match event {
            Event::Message(arrival) => {
                let Message { topic, payload, .. } = &arrival.message;
                Some((topic.to_string(), payload.clone(), arrival.announced))
            }
            _ => None,
        });
        arrivals.collect()
    }
}

const MS: fn(u64) -> Duration = Duration::from_millis;

#[test]
fn each_quality_of_service_has_its_own_steps() {
    let mut world = connected([
        cue(r#"AT+MPUB="mqtt/sub",0,0,"a""#, &["OK"]),
        cue(r#"AT+MPUB="mqtt/sub",1,0,"b""#, &["OK", "PUBACK"]),
        cue(r#"AT+MPUB="mqtt/sub",2,0,"c""#, &["OK", "PUBREC", "PUBCOMP"]),
    ]);
    for (payload, qos) in [(b"a", Qos::AtMostOnce), (b"b", Qos::AtLeastOnce), (b"c", Qos::ExactlyOnce)] {
        world.request(Request::Publish(message(payload, qos)));
        world.run();
    }
    let (queued, sending) = (Delivery::Queued, Delivery::Sending);
    let accepted = Delivery::Accepted { accept: MS(11) };
    assert_eq!(
        world.deliveries(),
        [
            queued.clone(),
            sending.clone(),
            accepted.clone(),
            queued.clone(),
            sending.clone(),
            accepted.clone(),
            Delivery::Confirmed { accept: MS(11), ack: MS(10) },
            queued,
            sending,
            accepted,
            Delivery::Received { after: MS(21) },
            Delivery::Confirmed { accept: MS(11), ack: MS(20) },
        ]
    );
    assert!(world.results().iter().all(|(_, result)| result.is_ok()));
}

#[test]
fn messages_wait_in_order_for_the_one_in_flight() {
    let mut world = connected([
        cue(r#"AT+MPUB="mqtt/sub",1,0,"1""#, &["OK", "PUBACK"]),
        cue(r#"AT+MPUB="mqtt/sub",1,0,"2""#, &["OK", "PUBACK"]),
        cue(r#"AT+MPUB="mqtt/sub",0,0,"3""#, &["OK"]),
    ]);
    let wanted = [(b"1", Qos::AtLeastOnce), (b"2", Qos::AtLeastOnce), (b"3", Qos::AtMostOnce)];
    let ids = wanted.map(|(payload, qos)| world.request(Request::Publish(message(payload, qos))));
    world.run();
    assert_eq!(world.results(), ids.map(|id| (id, Ok(()))));
}

#[test]
fn long_binary_or_quoted_payloads_go_after_the_prompt() {
    let quotes = "\"".repeat(40);
    for payload in [b"\x00\xff\r\nOK\r\n>".to_vec(), quotes.into_bytes(), vec![b'x'; limits::MPUBEX_BYTES]] {
        let command = format!(r#"AT+MPUBEX="mqtt/sub",1,0,{}"#, payload.len());
        let text = String::from_utf8_lossy(&payload).trim_end_matches('\r').to_owned();
        let mut world = connected([cue(&command, &[">"]), cue(&text, &["OK", "PUBACK"])]);
        world.request(Request::Publish(message(&payload, Qos::AtLeastOnce)));
        world.run();
        assert_eq!(world.only_result(), Ok(()));
        assert!(matches!(world.deliveries().last(), Some(Delivery::Confirmed { .. })));
        assert_eq!(world.wire(WireKind::Prompt), [">"]);
    }
}

#[test]
fn a_prompt_may_end_in_a_blank_and_a_message_may_follow_it() {
    let reply = "> \r\n+MSUB: \"mqtt/pub\",2 byte,OK";
    let mut world = connected([cue(r#"AT+MPUBEX="mqtt/sub",0,0,1"#, &[reply]), cue("\0", &["", "OK"])]);
    world.request(Request::Publish(message(b"\0", Qos::AtMostOnce)));
    world.run();
    assert_eq!(world.only_result(), Ok(()));
    assert_eq!(world.arrivals(), [("mqtt/pub".to_owned(), b"OK".to_vec(), 2)]);
}

#[test]
fn what_cannot_be_published_is_refused_before_anything_is_sent() {
    let mut world = connected([]);
    let too_long = message(&[0; limits::MPUBEX_BYTES + 1], Qos::AtMostOnce);
    world.request(Request::Publish(too_long));
    let expected = DraftError::PayloadTooLong { bytes: 4_101, limit: 4_100, origin: limits::PAYLOAD.higher_origin };
    assert_eq!(world.only_result(), Err(Fault::Draft(expected)));
    assert!(world.sent.is_empty());

    let mut world = World::new([]);
    world.request(Request::Publish(message(b"x", Qos::AtMostOnce)));
    assert_eq!(world.only_result(), Err(Fault::NotConnected));
    assert_eq!(world.deliveries(), [Delivery::Failed(Fault::NotConnected)]);
}

#[test]
fn a_refused_publish_has_certainly_not_happened() {
    let mut world = connected([cue(r#"AT+MPUB="mqtt/sub",1,0,"x""#, &["+CME ERROR: 767"])]);
    world.request(Request::Publish(message(b"x", Qos::AtLeastOnce)));
    world.run();
    let command = r#"AT+MPUB="mqtt/sub",1,0,"x""#.to_owned();
    let fault = Fault::Refused { command: command.into(), refusal: Refusal::Cme(767) };
    assert_eq!(world.only_result(), Err(fault.clone()));
    assert_eq!(world.deliveries().last(), Some(&Delivery::Failed(fault)));
}

#[test]
fn a_767_is_looked_into_and_a_session_that_is_gone_is_lost() {
    let command = r#"AT+MPUB="mqtt/sub",0,0,"x""#;
    for (state, is_lost) in [("+MQTTSTATU :0\nOK", true), ("+MQTTSTATU :1\nOK", false)] {
        let mut world = connected([cue(command, &["+CME ERROR: 767"]), cue("AT+MQTTSTATU", &[state])]);
        world.request(Request::Publish(message(b"x", Qos::AtMostOnce)));
        world.run();
        assert!(matches!(world.only_result(), Err(Fault::Refused { .. })));
        let lost = world.events.iter().any(|event| matches!(event, Event::SessionLost { .. }));
        assert_eq!(lost, is_lost, "{state}");
        assert_eq!(world.records().last().map(|record| record.request), Some(None));
    }
}

#[test]
fn a_publish_without_an_end_is_unknown_and_never_repeated() {
    let mut world = connected([cue(r#"AT+MPUB="mqtt/sub",1,0,"x""#, &["OK"]), cue("AT", &["OK"])]);
    world.request(Request::Publish(message(b"x", Qos::AtLeastOnce)));
    world.run();
    assert!(matches!(world.only_result(), Err(Fault::TimedOut { expected: Awaited::Acknowledged, .. })));
    assert!(matches!(world.deliveries().last(), Some(Delivery::Unknown(_))));
    assert_eq!(world.sent, [r#"AT+MPUB="mqtt/sub",1,0,"x""#, "AT"]);
}

#[test]
fn a_late_acknowledgement_belongs_to_the_message_that_waited_for_it() {
    let mut world = connected([
        cue(r#"AT+MPUB="mqtt/sub",1,0,"x""#, &["OK"]),
        cue("AT", &["OK"]),
        cue(r#"AT+MPUB="mqtt/sub",1,0,"y""#, &["OK", "PUBACK"]),
        cue("AT", &["OK"]),
        cue(r#"AT+MPUB="mqtt/sub",1,0,"z""#, &["OK", "PUBACK"]),
    ]);
    let ids = [b"x", b"y", b"z"].map(|payload| world.request(Request::Publish(message(payload, Qos::AtLeastOnce))));
    world.run();
    assert_eq!(world.wire(WireKind::Late), ["PUBACK"]);
    let results = world.results();
    assert_eq!(results.iter().map(|(id, _)| *id).collect::<Vec<_>>(), ids);
    assert_eq!(results.iter().map(|(_, result)| result.is_ok()).collect::<Vec<_>>(), [false, false, true]);
}

#[test]
fn a_lost_session_leaves_the_open_message_unknown_and_fails_the_waiting_one() {
    let mut world = connected([cue(r#"AT+MPUB="mqtt/sub",1,0,"x""#, &["OK", "CLOSED"])]);
    let first = world.request(Request::Publish(message(b"x", Qos::AtLeastOnce)));
    let second = world.request(Request::Publish(message(b"y", Qos::AtLeastOnce)));
    world.run();
    let lost = Fault::SessionLost(LossCause::Closed);
    assert_eq!(world.results(), [(first, Err(lost.clone())), (second, Err(lost.clone()))]);
    let ends = world.deliveries().into_iter().rev().take(2).collect::<Vec<_>>();
    assert_eq!(ends, [Delivery::Failed(lost.clone()), Delivery::Unknown(lost)]);
    assert_eq!(world.sent.len(), 1);
}

#[test]
fn payloads_arrive_byte_for_byte_inside_any_exchange() {
    let mut world = connected([]);
    let payload = b"\r\nOK\r\n> +MSUB: \"x\",3 byte,\xff\0\r\nCLOSED\r\n".to_vec();
    world.request(Request::ReadSignal);
    let mut bytes = format!("\r\n+MSUB: \"mqtt/pub\",{} byte,", payload.len()).into_bytes();
    bytes.extend_from_slice(&payload);
    bytes.extend_from_slice(b"\r\n\r\n+CSQ: 9,0\r\n\r\nOK\r\n");
    world.says(&bytes);
    world.run();
    assert_eq!(world.only_result(), Ok(()));
    assert_eq!(world.arrivals(), [("mqtt/pub".to_owned(), payload.clone(), payload.len())]);
}

#[test]
fn a_message_cut_short_is_told_with_both_lengths() {
    let mut world = connected([]);
    world.says(b"\r\n+MSUB: \"mqtt/pub\",20 byte,short\r\n");
    assert!(world.arrivals().is_empty());
    world.run();
    assert_eq!(world.arrivals(), [("mqtt/pub".to_owned(), b"short".to_vec(), 20)]);
}
