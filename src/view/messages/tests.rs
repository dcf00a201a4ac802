//! Messages and changes in, page out.

use std::time::Duration;

use chrono::TimeDelta;

use super::*;
use crate::{
    model::{
        event::Fault,
        status::{Status, Subscribed},
    },
    modem::{
        event::{Arrival, Delivery, Event, PublishUpdate},
        request::RequestId,
    },
    mqtt::Qos,
    time::Moment,
};

fn now() -> DateTime<Local> {
    DateTime::UNIX_EPOCH.with_timezone(&Local) + TimeDelta::seconds(10)
}

fn message(topic: &str, payload: &[u8], qos: Qos) -> Message {
    Message { topic: topic.parse().expect("a topic"), payload: payload.to_vec(), qos, retain: false }
}

fn arrive(messages: &mut Messages, topic: &str, payload: &[u8]) {
    let message = message(topic, payload, Qos::AtMostOnce);
    messages.apply(&Event::Message(Arrival { at: Moment::from_millis(7_000), announced: payload.len(), message }));
}

fn connect(messages: &mut Messages) {
    let subscribed = Subscribed {
        filter: "mqtt/#".parse().expect("a filter"),
        qos: Qos::AtLeastOnce,
        state: SubscriptionState::Confirmed,
    };
    let status = Status { session: Session::Connected, subscriptions: vec![subscribed], ..Status::default() };
    messages.apply(&Event::Status(Box::new(status)));
}

fn publish(messages: &mut Messages, id: u64, qos: Qos, delivery: Delivery) {
    messages.record_publish(RequestId(id), message("mqtt/sub", b"hi", qos));
    messages.apply(&Event::Publish(PublishUpdate { at: Moment::ZERO, id: RequestId(id), delivery }));
}

#[test]
fn each_delivery_has_a_word_and_the_line_that_shows_it() {
    let second = Duration::from_secs(1);
    let timed_out = Fault::TimedOut { command: String::new(), expected: "PUBACK", after: second };
    let accepted = Delivery::Accepted { accept: second };
    let confirmed = Delivery::Confirmed { accept: second, ack: second };
    let table = [
        (Qos::AtMostOnce, accepted.clone(), Stage::Sent, "OK"),
        (Qos::AtLeastOnce, accepted, Stage::Accepted, "OK"),
        (Qos::ExactlyOnce, Delivery::Received { after: second }, Stage::Received, "PUBREC"),
        (Qos::AtLeastOnce, confirmed.clone(), Stage::Confirmed, "PUBACK"),
        (Qos::ExactlyOnce, confirmed, Stage::Confirmed, "PUBCOMP"),
        (Qos::AtLeastOnce, Delivery::Unknown(timed_out), Stage::TimedOut, ""),
        (Qos::AtLeastOnce, Delivery::Unknown(Fault::Cancelled), Stage::Unknown, ""),
        (Qos::AtLeastOnce, Delivery::Failed(Fault::NotConnected), Stage::Failed, ""),
    ];
    for (qos, delivery, stage, line) in table {
        let mut messages = Messages::default();
        publish(&mut messages, 1, qos, delivery.clone());
        let mut screen = Screen::default();
        let row = view(&messages, &mut screen, now()).message(0).expect("a row");
        let way = row.way.expect("it was published");
        assert_eq!((way.stage, way.line, way.fault.is_some()), (stage, line, line.is_empty()), "{delivery:?}");
    }
}

#[test]
fn a_message_cut_short_says_what_was_announced() {
    let mut messages = Messages::default();
    let message = message("a", b"abc", Qos::AtMostOnce);
    messages.apply(&Event::Message(Arrival { at: Moment::ZERO, message, announced: 5 }));
    arrive(&mut messages, "a", b"abc");
    let mut screen = Screen::default();
    let view = view(&messages, &mut screen, now());
    let announced = |row| view.message(row).and_then(|row| row.announced);
    assert_eq!((announced(0), announced(1)), (Some(5), None));
}

#[test]
fn publishing_needs_a_session_and_a_sound_draft() {
    let mut messages = Messages::default();
    let mut screen = Screen::default();
    assert_eq!(view(&messages, &mut screen, now()).draft(), Err(WhyNot::NotConnected));
    connect(&mut messages);
    let page = view(&messages, &mut screen, now());
    assert_eq!(page.draft().map(|draft| draft.topic.as_str()), Ok("mqtt/sub"));
    let line = "AT+MPUB=\"mqtt/sub\",0,0,\"\"".to_owned();
    assert_eq!(page.composer.wire, Some(WireText { line, data: None }));
    let broken = Composer { topic: "a/#".to_owned(), ..Composer::default() };
    screen.change(Change::Composer(Box::new(broken.clone())), &messages);
    let page = view(&messages, &mut screen, now());
    assert!(matches!(page.draft(), Err(WhyNot::Topic(_))));
    assert_eq!(page.composer.wire, None);
    assert_eq!(page.composer.fields, broken, "the draft stays as it was typed");
    let unfit = Composer { topic: "say \"hi\"".to_owned(), ..Composer::default() };
    screen.change(Change::Composer(Box::new(unfit)), &messages);
    assert!(matches!(view(&messages, &mut screen, now()).draft(), Err(WhyNot::Refused(_))));
}

#[test]
fn subscribing_needs_a_session_and_a_sound_filter() {
    let mut messages = Messages::default();
    let mut screen = Screen::default();
    assert_eq!(view(&messages, &mut screen, now()).why_not_subscribe(), Some(WhyNot::NotConnected));
    connect(&mut messages);
    assert_eq!(view(&messages, &mut screen, now()).why_not_subscribe(), Some(WhyNot::Empty));
    screen.change(Change::NewFilter("a/#/b".to_owned()), &messages);
    assert!(matches!(view(&messages, &mut screen, now()).why_not_subscribe(), Some(WhyNot::Topic(_))));
    screen.change(Change::NewFilter("a/#".to_owned()), &messages);
    assert_eq!(view(&messages, &mut screen, now()).why_not_subscribe(), None);
}

#[test]
fn a_topic_row_has_count_value_and_age() {
    let mut messages = Messages::default();
    arrive(&mut messages, "mqtt/pub", "温度 21".as_bytes());
    let mut screen = Screen::default();
    screen.change(Change::TopicSearch("pub".to_owned()), &messages);
    let view = view(&messages, &mut screen, now());
    let cells = view.topic(1).expect("a row");
    assert_eq!((cells.path.as_str(), cells.messages, cells.value.as_deref()), ("mqtt/pub", 1, Some("温度 21")));
    assert_eq!(cells.age, Some(Duration::from_secs(3)));
    assert_eq!(view.topic(2), None);
}

#[test]
fn a_chosen_topic_narrows_the_list_until_it_is_given_up() {
    let mut messages = Messages::default();
    arrive(&mut messages, "home", b"1");
    arrive(&mut messages, "yard", b"2");
    let mut screen = Screen::default();
    screen.refresh(&messages);
    let home = screen.topics.rows()[0].node;
    screen.change(Change::Topic(Some(home)), &messages);
    screen.refresh(&messages);
    assert_eq!(screen.list.len(), 1);
    screen.change(Change::Topic(None), &messages);
    screen.refresh(&messages);
    assert_eq!(screen.list.len(), 2);
    screen.change(Change::Topic(Some(home)), &messages);
    messages.clear();
    arrive(&mut messages, "yard", b"3");
    screen.refresh(&messages);
    assert_eq!(screen.list.len(), 1, "a cleared tree narrows nothing");
}

#[test]
fn details_show_the_payload_in_the_chosen_form() {
    let mut messages = Messages::default();
    arrive(&mut messages, "a", b"{\"t\":21}");
    let mut screen = Screen::default();
    screen.change(Change::Select(Some(0)), &messages);
    screen.change(Change::Form(PayloadForm::Json), &messages);
    let details = view(&messages, &mut screen, now()).details().expect("details");
    assert_eq!(details.payload, Rendered::Shown { text: "{\n  \"t\": 21\n}".to_owned(), left_out: 0 });
    messages.clear();
    assert!(view(&messages, &mut screen, now()).details().is_none());
}

#[test]
fn a_message_can_be_put_into_the_composer_without_losing_a_byte() {
    let mut messages = Messages::default();
    arrive(&mut messages, "text", "温度\n".as_bytes());
    arrive(&mut messages, "bytes", &[0xFF, 0x00, 0x1A]);
    let mut screen = Screen::default();
    for (seq, payload) in [(0, "温度\n".as_bytes()), (1, &[0xFF, 0x00, 0x1A])] {
        screen.change(Change::Reuse(seq), &messages);
        let draft = screen.composer.judge().draft.expect("a draft");
        assert_eq!(draft.payload, payload);
    }
    assert_eq!(screen.composer.format, PayloadFormat::Hex);
}
