//! What is seen, and what may be said of it: never more.

use std::time::Duration;

use super::*;
use crate::{
    modem::{
        event::{self, Delivery, Fault, PublishUpdate},
        request::RequestId,
    },
    mqtt::{Message, Qos, Topic},
    peer::{self, Arrival, End, Happening, PublishId},
    time::Moment,
};

fn at(millis: u64) -> Moment {
    Moment::from_millis(millis)
}

fn topic() -> Topic {
    "t".parse().expect("a topic")
}

fn message(qos: Qos) -> Message {
    Message { topic: topic(), payload: b"21.5".to_vec(), qos, retain: false }
}

const PATIENCE: Duration = Duration::from_secs(1);

struct Trace {
    tracer: Tracer,
    mark: Mark,
}

impl Trace {
    fn new(leg: Leg) -> Self {
        let mark = Mark::new(0x1f3a, Carrier::Payload);
        Self { tracer: Tracer::new(leg, mark, topic(), PATIENCE), mark }
    }

    fn hand(&mut self, millis: u64, qos: Qos) {
        let n = self.tracer.next_number();
        let marked = self.mark.put(&message(qos), n).expect("room");
        self.tracer.handed(n, n.into(), at(millis), &marked);
    }

    fn modem(&mut self, millis: u64, n: u64, delivery: Delivery) {
        let update = PublishUpdate { at: at(millis), id: RequestId(n), delivery };
        self.tracer.take_modem(&event::Event::Publish(update));
    }

    fn peer(&mut self, millis: u64, what: Happening) {
        self.tracer.take_peer(&peer::Event { at: at(millis), what });
    }

    fn comes(&mut self, millis: u64, n: u32, qos: Qos) {
        let message = self.mark.put(&message(qos), n).expect("room");
        self.peer(millis, Happening::Message(Arrival { message, is_dup: false }));
    }

    fn subscribed(&mut self, millis: u64) {
        let filter = "t".parse().expect("a filter");
        self.peer(millis, Happening::Subscribed { filter, granted: Some(Qos::ExactlyOnce) });
    }

    fn cells(&self, millis: u64) -> Vec<[&'static str; 4]> {
        let keys = |v: Verdict| [v.left_sender, v.reached_broker, v.left_broker, v.arrived].map(Cell::key);
        self.tracer.verdicts(at(millis)).into_iter().map(keys).collect()
    }

    fn place(&self, millis: u64) -> Place {
        self.tracer.verdicts(at(millis))[0].place()
    }
}

fn confirmed() -> Delivery {
    Delivery::Confirmed { accept: Duration::ZERO, ack: Duration::ZERO }
}

#[test]
fn ok_of_the_module_is_no_proof_that_anything_left_it() {
    let mut trace = Trace::new(Leg::Out);
    trace.subscribed(0);
    trace.hand(10, Qos::AtMostOnce);
    trace.modem(12, 1, Delivery::Accepted { accept: Duration::ZERO });
    assert_eq!(trace.cells(500), [["open"; 4]]);
    assert_eq!(trace.cells(1_010), [["unknown", "unknown", "open", "no"]]);
    trace.peer(1_030, Happening::Answered { asked: at(1_020) });
    assert_eq!(trace.cells(1_040), [["unknown", "unknown", "no", "no"]]);
    assert_eq!(trace.place(1_040), Place::BeforeBrokerOrThere);
    // What comes late came all the same.
    trace.comes(1_050, 1, Qos::AtMostOnce);
    assert_eq!(trace.cells(1_060), [["yes"; 4]]);
}

#[test]
fn a_confirmed_message_that_the_broker_did_not_send_on_was_lost_there() {
    let mut trace = Trace::new(Leg::Out);
    trace.subscribed(0);
    trace.hand(10, Qos::AtLeastOnce);
    trace.modem(40, 1, confirmed());
    // Asked too early: it may still be in the broker's hands.
    trace.peer(90, Happening::Answered { asked: at(80) });
    assert_eq!(trace.cells(1_010), [["yes", "yes", "open", "no"]]);
    assert!(trace.tracer.wants_answer(at(1_010)) && !trace.tracer.is_settled(at(1_010)));
    trace.peer(1_090, Happening::Answered { asked: at(1_080) });
    assert_eq!(trace.cells(1_100), [["yes", "yes", "no", "no"]]);
    assert_eq!(trace.place(1_100), Place::AtBroker);
    assert!(!trace.tracer.wants_answer(at(1_100)) && trace.tracer.is_settled(at(1_100)));
}

#[test]
fn a_receiver_that_was_away_cannot_tell_what_the_broker_sent() {
    for events in [vec![(5, true), (20, false), (25, true)], vec![(15, true)], vec![(5, true), (1_050, false)]] {
        let mut trace = Trace::new(Leg::Out);
        for (millis, stands) in events {
            if millis > 10 && trace.tracer.next_number() == 1 {
                trace.hand(10, Qos::AtLeastOnce);
            }
            if stands {
                trace.subscribed(millis);
            } else {
                trace.peer(millis, Happening::Ended(End::Broken { detail: String::new() }));
            }
        }
        trace.modem(1_060, 1, confirmed());
        trace.peer(2_080, Happening::Answered { asked: at(2_070) });
        assert_eq!(trace.cells(2_100), [["yes", "yes", "unknown", "no"]]);
        assert_eq!(trace.place(2_100), Place::BehindBroker);
    }
}

#[test]
fn a_subscription_to_something_else_stands_for_nothing() {
    let mut trace = Trace::new(Leg::Out);
    let filter = "other/#".parse().expect("a filter");
    trace.peer(0, Happening::Subscribed { filter, granted: Some(Qos::AtMostOnce) });
    trace.hand(10, Qos::AtMostOnce);
    trace.peer(1_080, Happening::Answered { asked: at(1_070) });
    assert_eq!(trace.cells(1_100), [["unknown", "unknown", "unknown", "no"]]);
}

#[test]
fn a_queue_that_still_runs_empty_is_waited_for() {
    let mut trace = Trace::new(Leg::Out);
    trace.subscribed(0);
    trace.hand(10, Qos::AtLeastOnce);
    trace.hand(10, Qos::AtLeastOnce);
    trace.comes(900, 1, Qos::AtLeastOnce);
    trace.peer(1_090, Happening::Answered { asked: at(1_080) });
    assert_eq!(trace.cells(1_100)[1], ["open"; 4]);
    assert!(!trace.tracer.is_settled(at(1_100)));
    trace.peer(1_990, Happening::Answered { asked: at(1_980) });
    assert_eq!(trace.cells(2_000)[1], ["unknown", "unknown", "no", "no"]);
}

#[test]
fn what_was_not_sent_went_nowhere() {
    let mut trace = Trace::new(Leg::Out);
    trace.subscribed(0);
    trace.hand(10, Qos::AtLeastOnce);
    trace.modem(40, 1, Delivery::Failed(Fault::NotConnected));
    assert_eq!(trace.cells(50), [["no"; 4]]);
    assert_eq!(trace.place(50), Place::AtSender);
    trace.hand(60, Qos::AtLeastOnce);
    trace.modem(70, 2, Delivery::Unknown(Fault::NotConnected));
    trace.peer(1_090, Happening::Answered { asked: at(1_080) });
    assert_eq!(trace.cells(1_100)[1], ["unknown", "unknown", "no", "no"]);
}

#[test]
fn from_here_to_the_module_an_answer_shows_the_first_leg_and_nothing_the_second() {
    let mut trace = Trace::new(Leg::Back);
    trace.hand(10, Qos::AtMostOnce);
    trace.peer(11, Happening::Sent(PublishId(1)));
    trace.peer(15, Happening::Answered { asked: at(11) });
    assert_eq!(
        trace.cells(1_010),
        [["unknown", "unknown", "unknown", "no"]],
        "asked in the same moment: before or after it"
    );
    trace.peer(16, Happening::Answered { asked: at(12) });
    assert_eq!(trace.cells(1_010), [["yes", "yes", "unknown", "no"]]);
    assert_eq!(trace.place(1_010), Place::BehindBroker);
    trace.tracer.take_modem(&event::Event::Dropped { lines: 0, others: 1 });
    assert_eq!(trace.cells(1_010), [["yes", "yes", "unknown", "unknown"]]);
}

#[test]
fn a_connection_that_broke_answers_nothing_for_what_was_sent_on_it() {
    let mut trace = Trace::new(Leg::Back);
    trace.hand(10, Qos::AtMostOnce);
    trace.peer(11, Happening::Sent(PublishId(1)));
    trace.peer(12, Happening::Ended(End::Closed));
    trace.peer(30, Happening::Answered { asked: at(20) });
    assert_eq!(trace.cells(1_010), [["unknown", "unknown", "unknown", "no"]]);
}

#[test]
fn oddities_of_an_arrival_are_told() {
    let mut trace = Trace::new(Leg::Out);
    trace.hand(10, Qos::AtLeastOnce);
    trace.hand(11, Qos::AtLeastOnce);
    trace.comes(20, 2, Qos::AtLeastOnce);
    trace.comes(30, 1, Qos::AtMostOnce);
    trace.comes(31, 1, Qos::AtMostOnce);
    let odd = trace.tracer.verdicts(at(40)).remove(0).oddities;
    assert_eq!(odd, [Oddity::Times(2), Oddity::Overtaken, Oddity::QosLowered { to: Qos::AtMostOnce }]);
    let mut cut = trace.mark.put(&message(Qos::AtMostOnce), 2).expect("room");
    cut.payload.truncate(9);
    trace.peer(50, Happening::Message(Arrival { message: Message { retain: true, ..cut }, is_dup: false }));
    let second = trace.tracer.verdicts(at(60)).remove(1);
    assert_eq!(second.oddities, [Oddity::Times(2)], "what came first counts");
    assert_eq!((second.end_to_end(), second.first_leg()), (Some(Duration::from_millis(9)), None));
}

#[test]
fn marks_are_read_where_they_were_put_and_nowhere_else() {
    for carrier in [Carrier::Payload, Carrier::Topic] {
        let (mark, other) = (Mark::new(0xbeef, carrier), Mark::new(0xbee0, carrier));
        for n in [1, 99, u32::MAX] {
            let marked = mark.put(&message(Qos::AtMostOnce), n).expect("room");
            assert_eq!(mark.read(&marked.topic, &marked.payload), Some(n), "{marked:?}");
            assert_eq!(other.read(&marked.topic, &marked.payload), None);
            assert!(mark.filter(&topic()).expect("room").matches(&marked.topic));
        }
    }
    for payload in ["", "#", "#beef", "#beef- x", "#beef-01 x", "#beef-1", "beef-1 x", "#BEEF-1 x", "#beef-+1 x"] {
        assert_eq!(Mark::new(0xbeef, Carrier::Payload).read(&topic(), payload.as_bytes()), None, "{payload:?}");
    }
}
