//! Measuring runs: planned instants stay planned, whatever the modem does.

use super::*;
use crate::modem::{
    event::{Delivery, LossCause, MeasureStep},
    request::MeasurePlan,
};

impl World {
    /// Number, planned, sent and end of each publish, in milliseconds.
    fn measured(&self) -> Vec<(u32, u64, Option<u64>, u64)> {
        let steps = self.events.iter().filter_map(|event| match event {
            Event::Measure(update) => Some((update.at, update.step.clone())),
            _ => None,
        });
        let ended = steps.filter_map(|(at, step)| match step {
            MeasureStep::Began => None,
            MeasureStep::Ended { number, planned, sent, .. } => {
                Some((number, planned.as_millis(), sent.map(Moment::as_millis), at.as_millis()))
            }
        });
        ended.collect()
    }
}

fn plan(period: u64, count: u32) -> MeasurePlan {
    MeasurePlan {
        topic: "m".parse().expect("a topic"),
        qos: Qos::AtLeastOnce,
        bytes: 3,
        period: Duration::from_millis(period),
        count,
        reads_signal: false,
    }
}

/// A publish whose `PUBACK` comes `ack` milliseconds after its `OK`.
fn publish(number: u32, ack: u64) -> Cue {
    let text = format!("{number:.<3}");
    let replies = [(10, "OK"), (ack, "PUBACK")];
    let replies = replies.map(|(delay, reply)| (Duration::from_millis(delay), framed(reply))).to_vec();
    Cue { expects: format!(r#"AT+MPUB="m",1,0,"{text}""#), replies }
}

#[test]
fn each_publish_leaves_at_its_planned_instant() {
    let mut world = connected([publish(0, 20), publish(1, 20), publish(2, 20)]);
    let start = world.now.as_millis();
    world.request(Request::Measure(plan(1_000, 3)));
    world.run();
    assert_eq!(world.only_result(), Ok(()));
    let due = |number: u32| start + u64::from(number) * 1_000;
    let expected: Vec<_> = (0..3).map(|n| (n, due(n), Some(due(n)), due(n) + 31)).collect();
    assert_eq!(world.measured(), expected);
}

#[test]
fn hex_digits_left_on_by_hand_are_taken_back_before_anything_is_measured() {
    let mut world =
        connected([cue("AT+MQTTMODE=1", &["OK"]), cue("AT+MQTTMODE=0", &["OK"]), publish(0, 20), publish(0, 20)]);
    world.request(Request::Raw("AT+MQTTMODE=1".into()));
    world.run();
    for count in [1, 1] {
        world.request(Request::Measure(MeasurePlan { count, ..plan(1_000, 1) }));
        world.run();
    }
    assert!(world.results().iter().take(2).all(|(_, result)| result.is_ok()), "{:?}", world.results());
    assert_eq!(world.sent[..3], ["AT+MQTTMODE=1", "AT+MQTTMODE=0", r#"AT+MPUB="m",1,0,"0..""#]);
    assert_eq!(world.sent.iter().filter(|line| line.starts_with("AT+MQTTMODE")).count(), 2, "{:?}", world.sent);
}

#[test]
fn a_module_that_keeps_reading_digits_is_not_measured() {
    let mut world = connected([cue("AT+MQTTMODE=1", &["OK"]), cue("AT+MQTTMODE=0", &["ERROR"])]);
    world.request(Request::Raw("AT+MQTTMODE=1".into()));
    world.run();
    world.request(Request::Measure(plan(1_000, 3)));
    world.run();
    assert!(world.results().last().is_some_and(|(_, result)| result.is_err()));
    assert!(world.measured().is_empty() && world.sent.len() == 2, "{:?}", world.sent);
}

/// Coordinated omission: the second publish waits for the first, and that is told as its waiting time.
#[test]
fn a_modem_that_falls_behind_does_not_move_the_plan() {
    let mut world = connected([publish(0, 2_500), publish(1, 20), publish(2, 20), publish(3, 20)]);
    let start = world.now.as_millis();
    world.request(Request::Measure(plan(1_000, 4)));
    world.run();
    let waits: Vec<_> = world.measured().iter().map(|(_, planned, sent, _)| sent.expect("it left") - planned).collect();
    assert_eq!(waits, [0, 1_511, 542, 0]);
    assert_eq!(world.measured()[3].1, start + 3_000, "the fourth is in time again");
}

#[test]
fn others_have_their_turn_between_the_publishes() {
    let mut world = connected([
        publish(0, 20),
        cue(r#"AT+MPUB="mqtt/sub",0,0,"x""#, &["OK"]),
        cue("AT+CSQ", &["+CSQ: 9,0\nOK"]),
        publish(1, 20),
    ]);
    world.request(Request::Measure(plan(5_000, 2)));
    let until = world.now + Duration::from_secs(1);
    world.run_until(until);
    world.request(Request::Publish(message(b"x", Qos::AtMostOnce)));
    world.request(Request::ReadSignal);
    world.run();
    assert_eq!(world.results().iter().map(|(_, result)| result.is_ok()).collect::<Vec<_>>(), [true, true, true]);
    assert_eq!(world.measured().len(), 2);
}

#[test]
fn the_signal_is_read_before_the_first_and_where_there_is_room() {
    let csq = || cue("AT+CSQ", &["+CSQ: 9,0\nOK"]);
    let mut world = connected([csq(), publish(0, 20), publish(1, 20), csq(), publish(2, 20)]);
    world.request(Request::Measure(MeasurePlan { reads_signal: true, ..plan(10_000, 3) }));
    world.run();
    assert_eq!(world.only_result(), Ok(()));
    assert_eq!(world.measured().len(), 3);
    assert_eq!(world.sent.iter().filter(|line| *line == "AT+CSQ").count(), 2);
}

#[test]
fn the_signal_is_read_every_ten_seconds_between_four_publishes_a_second() {
    let csq = || cue("AT+CSQ", &["+CSQ: 9,0\nOK"]);
    let mut cues = vec![csq()];
    cues.extend((0..=40).map(|number| publish(number, 20)));
    cues.push(csq());
    cues.extend((41..45).map(|number| publish(number, 20)));
    let mut world = connected(cues);
    world.request(Request::Measure(MeasurePlan { reads_signal: true, ..plan(250, 45) }));
    world.run();
    assert_eq!(world.only_result(), Ok(()));
    let late: Vec<_> = world.measured().into_iter().filter(|(_, due, sent, _)| *sent != Some(*due)).collect();
    assert!(late.is_empty(), "the reading holds no publish up: {late:?}");
}

#[test]
fn a_run_is_stopped_and_what_is_on_the_wire_is_awaited() {
    let mut world = connected([publish(0, 200)]);
    let id = world.request(Request::Measure(plan(1_000, 100)));
    let until = world.now + Duration::from_millis(50);
    world.run_until(until);
    world.request(Request::Cancel(id));
    world.run();
    assert!(world.results().contains(&(id, Err(Fault::Cancelled))));
    assert_eq!(world.measured().len(), 1, "the one under way is counted");
    assert_eq!(world.sent.len(), 1);
}

#[test]
fn a_lost_session_ends_the_run() {
    let mut world = connected([publish(0, 20)]);
    world.request(Request::Measure(plan(1_000, 100)));
    let until = world.now + Duration::from_millis(500);
    world.run_until(until);
    world.says(b"\r\nCLOSED\r\n");
    world.run();
    assert_eq!(world.only_result(), Err(Fault::SessionLost(LossCause::Closed)));
    assert_eq!(world.sent.len(), 1);
}

#[test]
fn a_publish_lost_on_the_way_is_counted_and_the_run_goes_on() {
    let mut world = connected([cue(r#"AT+MPUB="m",1,0,"0..""#, &["+CME ERROR: 100"]), publish(1, 20)]);
    world.request(Request::Measure(plan(1_000, 2)));
    world.run();
    assert_eq!(world.only_result(), Ok(()));
    let deliveries: Vec<_> = world
        .events
        .iter()
        .filter_map(|event| match event {
            Event::Measure(update) => match &update.step {
                MeasureStep::Ended { delivery, .. } => Some(matches!(delivery, Delivery::Confirmed { .. })),
                MeasureStep::Began => None,
            },
            _ => None,
        })
        .collect();
    assert_eq!(deliveries, [false, true]);
}

#[test]
fn closing_the_session_ends_the_run_first() {
    let mut world = connected([publish(0, 20), cue("AT+MDISCONNECT", &["OK"]), cue("AT+MIPCLOSE", &["OK"])]);
    let id = world.request(Request::Measure(plan(60_000, 100)));
    let until = world.now + Duration::from_secs(1);
    world.run_until(until);
    let close = world.request(Request::Disconnect);
    world.run();
    assert_eq!(world.results(), [(id, Err(Fault::Cancelled)), (close, Ok(()))]);
}

#[test]
fn a_plan_that_cannot_be_sent_is_refused() {
    let mut world = connected([]);
    world.request(Request::Measure(plan(1_000, 0)));
    assert!(matches!(world.only_result(), Err(Fault::BadValue { .. })));
    let mut world = connected([]);
    world.request(Request::Measure(MeasurePlan { bytes: 5_000, ..plan(1_000, 1) }));
    assert!(matches!(world.only_result(), Err(Fault::Draft(_))));
}
