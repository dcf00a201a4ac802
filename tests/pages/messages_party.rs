//! The Messages page: the client on this computer, and the trace of who lost a message.

use std::time::Duration;

use air780e_companion::{
    action::{Action, MessagesAction},
    legs::{Carrier, Leg, Mark},
    model::{Input, Model, messages::PartyInput},
    mqtt::{Message, Qos},
    peer::{Arrival, End, Event, Happening, PublishId},
    time::{Moment, WallAnchor},
    view::messages::{Change, Sender},
};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};

use crate::{
    desk::{Desk, confirmed, message, opened},
    messages::{connected_desk, shown},
};

fn party(desk: &mut Desk, input: &PartyInput) {
    desk.messages.take_party(input);
}

fn told(desk: &mut Desk, millis: u64, what: Happening) {
    party(desk, &PartyInput::Told(Event { at: Moment::from_millis(millis), what }));
}

/// A desk whose module has reached a broker, where this computer is too.
fn joined_desk() -> Desk {
    let mut desk = connected_desk();
    desk.reach("broker.example", 1883);
    desk.arrive(100, "mqtt/pub", b"welcome");
    let joins = PartyInput::Joins { client_id: "meter-here".to_owned(), anchor: WallAnchor::new(opened()) };
    party(&mut desk, &joins);
    told(&mut desk, 200, Happening::Joined { present: false });
    let filter = "mqtt/sub".parse().expect("a filter");
    told(&mut desk, 210, Happening::Subscribed { filter, granted: Some(Qos::ExactlyOnce) });
    desk
}

fn has(harness: &Harness<'static, Desk>, part: &str) -> bool {
    harness.query_all_by_label_contains(part).next().is_some()
}

fn click(harness: &mut Harness<'static, Desk>, name: &str) {
    harness.get_by_label(name).click();
    harness.run();
}

#[test]
fn this_computer_joins_where_the_module_went_and_leaves_in_two_ways() {
    let mut harness = shown(connected_desk());
    let join = harness.get_by_label("Let this computer join");
    assert!(join.accesskit_node().is_disabled());
    join.hover();
    harness.run();
    assert!(has(&harness, "Connect the module first: this computer joins its broker"));

    let mut desk = connected_desk();
    desk.reach("broker.example", 1883);
    desk.arrive(100, "mqtt/pub", b"welcome");
    let mut harness = shown(desk);
    click(&mut harness, "Let this computer join");
    assert_eq!(harness.state_mut().wishes(), [Action::Messages(MessagesAction::JoinHere)]);

    let mut harness = shown(joined_desk());
    assert!(has(&harness, "This computer is at the broker as meter-here"));
    click(&mut harness, "Let this computer leave the broker");
    click(&mut harness, "Break this computer's connection without a good-bye, as a loss does");
    let expected = [MessagesAction::LeaveHere, MessagesAction::BreakHere].map(Action::Messages);
    assert_eq!(harness.state_mut().wishes(), expected);
}

#[test]
fn what_passes_this_computer_stands_in_the_list_as_of_a_third_party() {
    let mut desk = joined_desk();
    let sent = message("mqtt/pub", b"data from tcp server", Qos::AtLeastOnce);
    party(&mut desk, &PartyInput::Handed { id: PublishId(1), message: sent });
    told(&mut desk, 300, Happening::Sent(PublishId(1)));
    told(&mut desk, 340, Happening::Confirmed(PublishId(1)));
    let message = Message { retain: true, ..message("mqtt/sub", b"21.5", Qos::ExactlyOnce) };
    told(&mut desk, 400, Happening::Message(Arrival { message, is_dup: false }));
    let mut harness = shown(desk);
    assert!(has(&harness, "Published by this computer"));
    assert!(has(&harness, "Received by this computer"));
    assert!(has(&harness, "PUBACK 40 ms"));
    click(&mut harness, "This computer");
    assert!(!has(&harness, "mqtt/pub welcome"), "only its own are shown");
    assert!(has(&harness, "21.5") && has(&harness, "data from tcp server"));
}

#[test]
fn the_reasons_why_it_sends_nothing_are_said() {
    let mut desk = connected_desk();
    desk.screen.change(Change::Sender(Sender::Here), &desk.messages);
    let mut harness = shown(desk);
    assert!(has(&harness, "This computer publishes it; nothing goes to the module's port."));
    let publish = harness.get_by_label("Publish");
    assert!(publish.accesskit_node().is_disabled());
    publish.hover();
    harness.run();
    assert!(has(&harness, "This computer is not at the broker; let it join first"));

    let mut desk = joined_desk();
    desk.screen.change(Change::Sender(Sender::Here), &desk.messages);
    desk.screen.composer.repeat.is_open = true;
    let mut harness = shown(desk);
    assert!(!harness.get_by_label("Publish").accesskit_node().is_disabled());
    let start = harness.get_by_label("Start");
    assert!(start.accesskit_node().is_disabled());
    start.hover();
    harness.run();
    assert!(has(&harness, "Only the module sends again and again; choose it as sender"));
}

#[test]
fn each_end_of_the_client_is_said() {
    let detail = || "no route".to_owned();
    for (end, words) in [
        (End::Asked, "This computer has left the broker"),
        (End::Unreachable { detail: detail() }, "This computer does not reach the broker: no route"),
        (End::Tls { detail: detail() }, "This computer comes to no TLS with the broker: no route"),
        (End::Refused(5), "The broker refuses this computer's login with return code 5"),
        (End::Closed, "The broker has closed this computer's connection"),
        (End::Broken { detail: detail() }, "This computer's connection to the broker broke: no route"),
        (End::Silent, "The broker does not answer this computer"),
        (End::Nonsense, "What answers this computer speaks no MQTT 3.1.1"),
    ] {
        let mut desk = joined_desk();
        told(&mut desk, 500, Happening::Ended(end));
        assert!(has(&shown(desk), words), "{words}");
    }
}

/// One traced message of the module, confirmed; what follows is up to the test.
fn traced_desk() -> (Desk, Mark) {
    let mut desk = joined_desk();
    let (mark, topic) = (Mark::new(0x1f3a, Carrier::Payload), "mqtt/sub".parse().expect("a topic"));
    party(&mut desk, &PartyInput::TraceBegan { leg: Leg::Out, mark, topic });
    desk.screen.change(Change::Traces(true), &desk.messages);
    let marked = mark.put(&message("mqtt/sub", b"21.5", Qos::AtLeastOnce), 1).expect("room");
    let at = Moment::from_millis(1_000);
    party(&mut desk, &PartyInput::Traced { number: 1, id: 1, at, message: marked.clone() });
    desk.publish(1_040, marked, confirmed(10, 30));
    (desk, mark)
}

#[test]
fn a_traced_message_has_four_answers() {
    let (mut desk, mark) = traced_desk();
    let came = mark.put(&message("mqtt/sub", b"21.5", Qos::AtMostOnce), 1).expect("room");
    told(&mut desk, 1_073, Happening::Message(Arrival { message: came, is_dup: false }));
    let mut harness = shown(desk);
    for words in ["left the module: yes", "reached the broker: yes", "left the broker: yes", "arrived here: yes"] {
        assert!(has(&harness, words), "{words}");
    }
    assert!(has(&harness, "It arrived after 73 ms"));
    assert!(has(&harness, "it came with QoS 0"));
    assert!(has(&harness, "1 traced, 1 arrived, 0 lost"));
    click(&mut harness, "Trace this");
    assert!(!harness.state().screen.traces && !has(&harness, "left the module"));
}

#[test]
fn a_message_that_the_broker_kept_to_itself_is_placed_there() {
    let (mut desk, _) = traced_desk();
    told(&mut desk, 12_000, Happening::Answered { asked: Moment::from_millis(11_900) });
    let harness = shown(desk);
    assert!(has(&harness, "left the broker: no"));
    assert!(has(&harness, "The broker has it and did not send it on"));
}

#[test]
fn another_connection_lets_the_client_of_the_one_before_go() {
    let mut model = Model::default();
    let joins = PartyInput::Joins { client_id: "a-here".to_owned(), anchor: WallAnchor::new(opened()) };
    model.apply(&Input::Party(joins));
    assert_eq!(model.messages().party().client_id(), "a-here");
    model.apply(&Input::Began {
        generation: air780e_companion::model::Generation(1),
        link: "virtual".to_owned(),
        is_simulated: true,
        own_broker: None,
    });
    assert_eq!(model.messages().party().client_id(), "");
    assert!(model.messages().party().verdicts(Moment::ZERO + Duration::from_secs(1)).is_empty());
}
