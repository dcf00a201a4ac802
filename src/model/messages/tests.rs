//! Events in, history, counts and states out.

use std::time::Duration;

use super::*;
use crate::modem::{
    event::PortFault,
    status::{Status, Subscribed, SubscriptionState},
};

fn message(topic: &str, qos: Qos) -> Message {
    Message { topic: topic.parse().expect("a topic"), payload: b"payload".to_vec(), qos, retain: false }
}

fn arrival(topic: &str) -> Event {
    Event::Message(Arrival { at: Moment::ZERO, message: message(topic, Qos::AtMostOnce), announced: 7 })
}

fn update(id: u64, delivery: Delivery) -> Event {
    Event::Publish(PublishUpdate { at: Moment::from_millis(5), id: RequestId(id), delivery })
}

fn status(filters: &[(&str, SubscriptionState)]) -> Event {
    let subscriptions = filters
        .iter()
        .map(|(filter, state)| Subscribed {
            filter: filter.parse().expect("a filter"),
            qos: Qos::AtLeastOnce,
            state: *state,
        })
        .collect();
    Event::Status(Box::new(Status { session: Session::Connected, subscriptions, ..Status::default() }))
}

fn deliveries(messages: &Messages) -> Vec<Delivery> {
    let outgoing = |seq| match &messages.log().entry(seq)?.direction {
        Direction::Out { delivery } => Some(delivery.clone()),
        Direction::In { .. } | Direction::Here { .. } => None,
    };
    messages.log().range().filter_map(outgoing).collect()
}

#[test]
fn a_burst_is_counted_to_the_last_message() {
    let mut messages = Messages::new(HistoryLimit { entries: 1_000, bytes: usize::MAX });
    for number in 0..20_000 {
        messages.apply(&arrival(&format!("burst/{}", number % 7)));
    }
    let shown = messages.log().range().count() as u64;
    assert_eq!(messages.received(), 20_000);
    assert_eq!(shown + messages.log().trimmed(), 20_000);
    assert_eq!(messages.tree().topics(), 7);
}

#[test]
fn the_byte_limit_trims_too_but_keeps_the_newest() {
    let mut messages = Messages::new(HistoryLimit { entries: 100, bytes: 10 });
    messages.apply(&arrival("a/very/long/topic"));
    messages.apply(&arrival("another/long/topic"));
    assert_eq!(messages.log().range(), 1..2);
    assert_eq!(messages.log().trimmed(), 1);
}

#[test]
fn a_publish_enters_the_history_with_its_first_event() {
    let mut messages = Messages::default();
    messages.record_publish(RequestId(1), message("a", Qos::AtLeastOnce));
    assert_eq!((messages.sent(), messages.in_flight()), (0, 1));
    messages.apply(&update(1, Delivery::Queued));
    messages.apply(&update(1, Delivery::Sending));
    messages.apply(&update(1, Delivery::Accepted { accept: Duration::from_millis(20) }));
    assert_eq!(deliveries(&messages), [Delivery::Accepted { accept: Duration::from_millis(20) }]);
    assert_eq!((messages.sent(), messages.in_flight()), (1, 1), "OK is not the end of QoS 1");
    let confirmed = Delivery::Confirmed { accept: Duration::from_millis(20), ack: Duration::from_millis(80) };
    messages.apply(&update(1, confirmed.clone()));
    assert_eq!(deliveries(&messages), [confirmed]);
    assert_eq!(messages.in_flight(), 0);
}

#[test]
fn ok_is_the_end_of_qos_0() {
    let mut messages = Messages::default();
    messages.record_publish(RequestId(1), message("a", Qos::AtMostOnce));
    messages.apply(&update(1, Delivery::Accepted { accept: Duration::ZERO }));
    assert_eq!(messages.in_flight(), 0);
}

#[test]
fn a_closed_link_settles_what_is_open() {
    let mut messages = Messages::default();
    for id in 1..=4 {
        messages.record_publish(RequestId(id), message("a", Qos::ExactlyOnce));
    }
    messages.apply(&update(1, Delivery::Queued));
    messages.apply(&update(2, Delivery::Sending));
    messages.apply(&update(3, Delivery::Confirmed { accept: Duration::ZERO, ack: Duration::ZERO }));
    let fault = PortFault::Unplugged { port: "COM5".to_owned() };
    messages.apply(&Event::Closed { at: Moment::from_millis(9), fault: Some(fault.clone()) });
    let fault = Fault::Port(fault);
    assert_eq!(
        deliveries(&messages),
        [
            Delivery::Failed(fault.clone()),
            Delivery::Unknown(fault.clone()),
            Delivery::Confirmed { accept: Duration::ZERO, ack: Duration::ZERO },
            Delivery::Failed(fault),
        ]
    );
    assert_eq!(messages.in_flight(), 0);
}

#[test]
fn a_link_that_went_without_a_word_settles_what_is_open() {
    let mut messages = Messages::default();
    messages.record_publish(RequestId(1), message("a", Qos::AtLeastOnce));
    messages.record_publish(RequestId(2), message("a", Qos::AtLeastOnce));
    messages.apply(&update(1, Delivery::Sending));
    messages.abandon();
    assert_eq!(deliveries(&messages), [Delivery::Unknown(Fault::Cancelled), Delivery::Failed(Fault::Cancelled)]);
    assert_eq!((messages.in_flight(), messages.session()), (0, Session::Offline));
}

#[test]
fn an_update_for_a_trimmed_message_harms_nobody() {
    let mut messages = Messages::new(HistoryLimit { entries: 1, bytes: usize::MAX });
    messages.record_publish(RequestId(1), message("a", Qos::AtLeastOnce));
    messages.apply(&update(1, Delivery::Queued));
    messages.apply(&arrival("b"));
    messages.apply(&update(1, Delivery::Confirmed { accept: Duration::ZERO, ack: Duration::ZERO }));
    assert!(deliveries(&messages).is_empty());
    assert_eq!(messages.in_flight(), 0);
}

#[test]
fn a_filter_keeps_its_colour_and_stays_in_the_list_when_off() {
    let mut messages = Messages::default();
    messages.apply(&status(&[("a/#", SubscriptionState::Confirmed), ("b", SubscriptionState::Wanted)]));
    messages.apply(&status(&[("b", SubscriptionState::Confirmed)]));
    messages.apply(&arrival("b"));
    let list: Vec<_> =
        messages.subscriptions().iter().map(|entry| (entry.state, entry.colour, entry.messages)).collect();
    assert_eq!(list, [(None, 0, 0), (Some(SubscriptionState::Confirmed), 1, 1)]);
    messages.forget_subscription(&"a/#".parse().expect("a filter"));
    messages.forget_subscription(&"b".parse().expect("a filter"));
    let colours: Vec<_> = messages.subscriptions().iter().map(|entry| entry.colour).collect();
    assert_eq!(colours, [1], "only what is off can be forgotten");
    messages.apply(&status(&[("c", SubscriptionState::Wanted)]));
    let newest = messages.subscriptions().iter().last().map(|entry| entry.colour);
    assert_eq!(newest, Some(0), "the free colour is taken again");
}

#[test]
fn a_refused_filter_remembers_why_until_it_works() {
    let mut messages = Messages::default();
    messages.apply(&status(&[("a", SubscriptionState::Failed)]));
    let filter: Filter = "a".parse().expect("a filter");
    messages.apply(&Event::Subscription { at: Moment::ZERO, filter, result: Err(Fault::NotConnected) });
    let fault = |messages: &Messages| messages.subscriptions().iter().next().and_then(|entry| entry.fault.clone());
    assert_eq!(fault(&messages), Some(Fault::NotConnected));
    messages.apply(&status(&[("a", SubscriptionState::Confirmed)]));
    assert_eq!(fault(&messages), None);
}

#[test]
fn clearing_keeps_following_what_is_under_way() {
    let mut messages = Messages::default();
    messages.record_publish(RequestId(1), message("a", Qos::AtLeastOnce));
    messages.apply(&update(1, Delivery::Sending));
    messages.clear();
    assert_eq!((messages.received(), messages.sent(), messages.in_flight()), (0, 0, 1));
    assert!(messages.log().range().is_empty() && messages.tree().is_empty());
    messages.apply(&update(1, Delivery::Unknown(Fault::Cancelled)));
    assert_eq!(messages.in_flight(), 0);
}

fn subscribed(millis: u64) -> Event {
    let filter = "home/#".parse().expect("a filter");
    Event::Subscription { at: Moment::from_millis(millis), filter, result: Ok(true) }
}

fn kept(messages: &Messages, topic: &str) -> Option<Kept> {
    let tree = messages.tree();
    let id = tree.ids_from(0).find(|id| tree.path(*id) == topic)?;
    tree.node(id)?.kept()
}

fn arrive_at(messages: &mut Messages, millis: u64, topic: &str) {
    let at = Moment::from_millis(millis);
    messages.apply(&Event::Message(Arrival { at, message: message(topic, Qos::AtMostOnce), announced: 7 }));
}

#[test]
fn what_comes_right_after_suback_is_probably_kept_and_nothing_else_is() {
    let mut messages = Messages::default();
    messages.apply(&status(&[("home/#", SubscriptionState::Confirmed), ("yard", SubscriptionState::Confirmed)]));
    arrive_at(&mut messages, 900, "home/before");
    messages.apply(&subscribed(1_000));
    arrive_at(&mut messages, 1_000, "home/lamp");
    arrive_at(&mut messages, 1_001, "yard");
    arrive_at(&mut messages, 9_000, "home/later");
    let marks = ["home/before", "home/lamp", "yard", "home/later"].map(|topic| kept(&messages, topic));
    assert_eq!(marks, [None, Some(Kept::Probably), None, None]);
}

#[test]
fn a_retained_publish_marks_its_topic_when_it_was_taken_and_an_empty_one_clears_it() {
    let mut messages = Messages::default();
    let mut publish = |id: u64, payload: &[u8], delivery: Delivery| {
        let message = Message { retain: true, payload: payload.to_vec(), ..message("lamp", Qos::AtLeastOnce) };
        messages.record_publish(RequestId(id), message);
        messages.apply(&update(id, delivery));
        kept(&messages, "lamp")
    };
    let confirmed = Delivery::Confirmed { accept: Duration::ZERO, ack: Duration::ZERO };
    assert_eq!(publish(1, b"on", Delivery::Failed(Fault::NotConnected)), None);
    assert_eq!(publish(2, b"on", confirmed.clone()), Some(Kept::Published));
    assert_eq!(publish(3, b"", Delivery::Unknown(Fault::Cancelled)), Some(Kept::Published));
    assert_eq!(publish(4, b"", confirmed), None);
}

#[test]
fn a_value_that_stays_the_same_does_not_count_as_changed() {
    let mut messages = Messages::default();
    let changed = |messages: &Messages| {
        let tree = messages.tree();
        tree.node(tree.roots().next().expect("a node")).and_then(|node| node.last().expect("a value").changed)
    };
    arrive_at(&mut messages, 1, "a");
    arrive_at(&mut messages, 2, "a");
    assert_eq!(changed(&messages), None);
    let other = Message { payload: b"other".to_vec(), ..message("a", Qos::AtMostOnce) };
    messages.apply(&Event::Message(Arrival { at: Moment::from_millis(3), message: other, announced: 5 }));
    assert!(changed(&messages).is_some());
}

#[test]
fn a_repeat_counts_what_became_of_its_messages_and_ends_with_the_session() {
    let mut messages = Messages::default();
    messages.begin_repeat(Moment::ZERO, Duration::from_secs(1), None);
    messages.record_publish(RequestId(1), message("a", Qos::AtLeastOnce));
    messages.note_repeated(Moment::ZERO, Some(RequestId(1)));
    messages.apply(&update(1, Delivery::Sending));
    let confirmed = Delivery::Confirmed { accept: Duration::ZERO, ack: Duration::ZERO };
    messages.apply(&update(1, confirmed));
    let repeat = messages.repeat().expect("a run").clone();
    assert_eq!((repeat.sent, repeat.confirmed, repeat.is_running()), (1, 1, true));
    messages.apply(&Event::Closed { at: Moment::ZERO, fault: None });
    assert_eq!(messages.repeat().and_then(Repeat::end), Some(RepeatEnd::SessionEnded));
}

#[test]
fn a_colour_that_was_chosen_stays() {
    let mut messages = Messages::default();
    messages.apply(&status(&[("a", SubscriptionState::Confirmed), ("b", SubscriptionState::Confirmed)]));
    messages.set_colour(&"a".parse().expect("a filter"), 5);
    messages.apply(&status(&[("a", SubscriptionState::Confirmed)]));
    let colours: Vec<_> = messages.subscriptions().iter().map(|entry| entry.colour).collect();
    assert_eq!(colours, [5, 1]);
}

fn reaches(messages: &mut Messages, host: &str) {
    messages.abandon();
    messages.will_reach(&Connection::new(host, 1883, "c"));
    messages.apply(&status(&[("plant/#", SubscriptionState::Confirmed), ("plant/hall", SubscriptionState::Confirmed)]));
}

#[test]
fn a_message_counts_for_every_subscription_that_it_matches() {
    let mut messages = Messages::default();
    reaches(&mut messages, "one");
    messages.apply(&arrival("plant/hall"));
    messages.apply(&arrival("plant/yard"));
    let counts: Vec<_> = messages.subscriptions().iter().map(|entry| entry.messages).collect();
    assert_eq!(counts, [2, 1]);
    let Some(Direction::In { colour, .. }) = messages.log().entry(0).map(|entry| entry.direction.clone()) else {
        panic!("one that arrived")
    };
    assert_eq!(colour, Some(0), "the first gives its colour");
}

#[test]
fn topics_pins_and_counts_are_of_one_broker() {
    let mut messages = Messages::default();
    reaches(&mut messages, "one");
    let filter = "plant/#".parse().expect("a filter");
    messages.apply(&Event::Subscription { at: Moment::ZERO, filter, result: Ok(true) });
    messages.apply(&arrival("plant/hall"));
    assert_eq!(messages.tree().roots().count(), 1);
    reaches(&mut messages, "one");
    assert_eq!(messages.tree().topics(), 1, "the same broker: what it keeps it keeps");
    messages.apply(&arrival("plant/hall"));
    let connections: Vec<_> =
        messages.log().range().filter_map(|seq| messages.log().entry(seq)).map(|entry| entry.connection).collect();
    assert_eq!(connections, [0, 1], "and another connection all the same");
    reaches(&mut messages, "two");
    assert_eq!((messages.tree().topics(), messages.broker()), (0, Some("two:1883")));
    assert!(messages.subscriptions().iter().all(|entry| entry.messages == 0));
    assert_eq!(messages.log().range().count(), 2, "the history stays");
    assert_eq!(messages.passage(0).and_then(|passage| passage.broker.as_deref()), Some("one:1883"));
}

#[test]
fn a_session_that_was_lost_and_opened_again_is_another_connection() {
    let mut messages = Messages::default();
    reaches(&mut messages, "one");
    messages.apply(&arrival("a"));
    let loss = Event::SessionLost { at: Moment::ZERO, cause: crate::modem::event::LossCause::Closed, asked: None };
    messages.apply(&loss);
    messages.apply(&status(&[]));
    messages.apply(&arrival("a"));
    let last = messages.log().entry(1).expect("the second");
    assert_eq!((last.connection, messages.tree().topics()), (1, 1));
}
