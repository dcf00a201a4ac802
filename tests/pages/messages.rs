//! The Messages page.

use std::time::Duration;

use air780e_companion::{
    action::{Action, MessagesAction},
    lang::{Lang, Translator},
    model::{
        event::{Awaited, Delivery, Fault},
        status::SubscriptionState,
    },
    mqtt::{Draft, Qos},
    view::messages::Change,
};
use eframe::egui::{self, Key, Modifiers, vec2};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};

use crate::desk::{Desk, Page, confirmed, harness, local_clock, message};

pub(crate) const SIZE: egui::Vec2 = vec2(856.0, 500.0);

pub(crate) fn connected_desk() -> Desk {
    let mut desk = Desk::new(Page::Messages);
    desk.connect(&[
        ("mqtt/#", Qos::AtLeastOnce, SubscriptionState::Confirmed),
        ("site/+/meter", Qos::AtMostOnce, SubscriptionState::Accepted),
        ("alarm/very/long/topic/filter/that/does/not/fit", Qos::ExactlyOnce, SubscriptionState::Failed),
    ]);
    desk
}

pub(crate) fn busy_desk() -> Desk {
    let mut desk = connected_desk();
    desk.arrive(1_000, "mqtt/pub", "温度 21.5 °C, 湿度 60%".as_bytes());
    desk.arrive(2_250, "mqtt/pub", br#"{"temperature":21.5,"humidity":60,"tags":["hall","north"]}"#);
    desk.arrive(3_000, "site/7/meter", &[0x01, 0xA4, 0xFF, 0x00]);
    desk.arrive(3_500, "mqtt/hostile", "one\r\ntwo\u{1b}[2J \u{202e}desrever".as_bytes());
    let accepted = Delivery::Accepted { accept: Duration::from_millis(18) };
    desk.publish(4_000, message("mqtt/sub", b"hello", Qos::AtMostOnce), accepted);
    desk.publish(5_000, message("mqtt/sub", b"switch on", Qos::AtLeastOnce), confirmed(21, 84));
    desk.publish(6_000, message("mqtt/sub", b"switch off", Qos::ExactlyOnce), confirmed(22, 171));
    let timed_out = Fault::TimedOut {
        command: "AT+MPUBEX=\"mqtt/sub\",1,0,4".into(),
        expected: Awaited::Acknowledged,
        after: Duration::from_secs(20),
    };
    desk.publish(7_000, message("mqtt/sub", b"lost", Qos::AtLeastOnce), Delivery::Unknown(timed_out));
    desk.publish(8_000, message("mqtt/sub", b"waiting", Qos::AtLeastOnce), Delivery::Sending);
    desk
}

pub(crate) fn shown(desk: Desk) -> Harness<'static, Desk> {
    let mut harness = harness(desk, SIZE);
    harness.run();
    harness
}

fn published(actions: &[Action]) -> Vec<Draft> {
    let draft = |action: &Action| match action {
        Action::Messages(MessagesAction::Publish(draft)) => Some(draft.clone()),
        _ => None,
    };
    actions.iter().filter_map(draft).collect()
}

pub(crate) fn type_into(harness: &mut Harness<'static, Desk>, label: &str, text: &str) {
    harness.get_by_label(label).focus();
    harness.run();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.get_by_label(label).type_text(text);
    harness.run();
}

#[test]
fn what_is_typed_is_what_is_published() {
    let mut harness = shown(connected_desk());
    type_into(&mut harness, "Topic", "lamp/1");
    type_into(&mut harness, "Payload", "开 on");
    harness.get_by_label("Retain").click();
    harness.run();
    harness.get_by_label("Publish").click();
    harness.run();
    let draft =
        Draft { topic: "lamp/1".to_owned(), payload: "开 on".as_bytes().to_vec(), qos: Qos::AtMostOnce, retain: true };
    assert_eq!(published(&harness.state_mut().wishes()), [draft]);
    assert_eq!(harness.state().screen.composer.payload, "开 on", "the draft stays for the next one");
}

#[test]
fn ctrl_enter_publishes_from_within_the_payload_without_breaking_its_line() {
    let mut harness = shown(connected_desk());
    type_into(&mut harness, "Payload", "hi");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    harness.run();
    let drafts = published(&harness.state_mut().wishes());
    assert_eq!(drafts.len(), 1);
    assert_eq!(drafts[0].payload, b"hi");
}

#[test]
fn a_letter_typed_right_before_ctrl_enter_belongs_to_the_message() {
    let mut harness = shown(connected_desk());
    type_into(&mut harness, "Payload", "h");
    let enter = egui::Event::Key {
        key: Key::Enter,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers: Modifiers::COMMAND,
    };
    harness.input_mut().events.extend([egui::Event::Text("i".to_owned()), enter]);
    harness.step();
    let drafts = published(&harness.state_mut().wishes());
    assert_eq!(drafts.iter().map(|draft| draft.payload.clone()).collect::<Vec<_>>(), [b"hi"]);
}

#[test]
fn qos_is_chosen_by_its_name() {
    let mut harness = shown(connected_desk());
    harness.get_by_label("QoS of the message").click();
    harness.run();
    harness.get_by_label("QoS 1 – at least once").click();
    harness.run();
    assert_eq!(harness.state().screen.composer.qos, Qos::AtLeastOnce);
}

#[test]
fn a_wrong_topic_is_told_beside_the_field_and_nothing_is_sent() {
    let mut harness = shown(connected_desk());
    type_into(&mut harness, "Topic", "lamp/#");
    let problem = "# is a wildcard: it may stand in a subscription, not in the topic of a publish.";
    harness.get_by_label(problem);
    assert!(harness.get_by_label("Publish").accesskit_node().is_disabled());
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    harness.run();
    assert!(published(&harness.state_mut().wishes()).is_empty());
    assert_eq!(harness.state().screen.composer.topic, "lamp/#");
}

#[test]
fn without_a_session_the_button_says_why_on_hover() {
    let mut harness = shown(Desk::new(Page::Messages));
    harness.get_by_label("Connect first, then publish below or subscribe on the left.");
    harness.get_by_label("Publish").hover();
    harness.run();
    harness.get_by_label("Not connected");
    harness.get_by_label("Publish").click();
    harness.run();
    assert!(harness.state_mut().wishes().is_empty());
}

#[test]
fn a_filter_is_subscribed_with_its_qos_and_the_field_is_empty_again() {
    let mut harness = shown(connected_desk());
    type_into(&mut harness, "Topic to subscribe to", "home/+/temp");
    harness.get_by_label("Subscribe").click();
    harness.run();
    let filter = "home/+/temp".parse().expect("a filter");
    let wanted = Action::Messages(MessagesAction::Subscribe { filter, qos: Qos::AtMostOnce });
    assert_eq!(harness.state_mut().wishes(), [wanted]);
    assert_eq!(harness.state().screen.new_filter, "");
}

#[test]
fn a_subscription_is_switched_off_and_forgotten() {
    let mut harness = shown(connected_desk());
    harness.get_by_label("Subscription mqtt/#").click();
    harness.run();
    let filter: air780e_companion::mqtt::Filter = "mqtt/#".parse().expect("a filter");
    let off = Action::Messages(MessagesAction::Unsubscribe(filter.clone()));
    assert_eq!(harness.state_mut().wishes(), [off]);
    harness.state_mut().connect(&[]);
    harness.run();
    harness.get_by_label("Remove mqtt/#").click();
    harness.run();
    assert_eq!(harness.state_mut().wishes(), [Action::Messages(MessagesAction::Forget(filter))]);
}

#[test]
fn the_tree_is_searched_opened_and_narrows_the_list() {
    let mut harness = shown(busy_desk());
    harness.get_by_label("mqtt/pub");
    harness.get_by_label("Close all levels").click();
    harness.run();
    assert!(harness.query_by_label("mqtt/pub").is_none());
    type_into(&mut harness, "Search topics", "METER");
    harness.get_by_label("site/7/meter").click();
    harness.run();
    assert_eq!(harness.state().screen.list.len(), 1);
    harness.get_by_label("Show the messages of all topics").click();
    harness.run();
    assert_eq!(harness.state().screen.list.len(), 9);
    type_into(&mut harness, "Search topics", " ");
    harness.get_by_label("Open mqtt").click();
    harness.run();
    harness.get_by_label("mqtt/pub");
    harness.get_by_label("Close mqtt");
}

#[test]
fn details_show_a_message_in_every_form() {
    let mut harness = shown(busy_desk());
    type_into(&mut harness, "Search messages", "temperature");
    let row = r#"Received 12:00:02.250 mqtt/pub {"temperature":21.5,"humidity":60,"tags":["hall","north"]}"#;
    let row = row.replace("12:00:02.250", &local_clock(2_250));
    harness.get_by_label(&row).click();
    harness.run();
    for (tab, piece) in [
        ("JSON", "$.humidity = 60"),
        ("Hex", "7B 22 74"),
        ("Base64", "eyJ0ZW1w"),
        ("Changes", "Messages of this topic: 2"),
        ("Text", "{\"temp"),
    ] {
        harness.get_by_role_and_label(egui::accesskit::Role::Button, tab).click();
        harness.run();
        assert!(harness.query_all_by_label_contains(piece).next().is_some(), "{tab}");
    }
    harness.get_by_label("Close the details").click();
    harness.run();
    assert!(harness.query_by_label("Close the details").is_none());
}

#[test]
fn a_paused_list_says_how_many_wait() {
    let mut harness = shown(busy_desk());
    harness.get_by_label("Pause").click();
    harness.run();
    harness.state_mut().arrive(9_000, "mqtt/pub", b"new");
    harness.run();
    assert_eq!(harness.state().screen.list.len(), 9);
    harness.get_by_label("Go on (1 new)").click();
    harness.run();
    assert_eq!(harness.state().screen.list.len(), 10);
}

#[test]
fn the_page_speaks_both_languages_with_every_glyph() {
    for lang in Lang::ALL {
        for mut desk in [Desk::new(Page::Messages), busy_desk()] {
            desk.translator = Translator::new(lang);
            desk.screen.change(Change::Select(Some(3)), &desk.messages);
            // The harness fails on a glyph that no font has and on a control without a name.
            let harness = shown(desk);
            let publish = if lang == Lang::En { "Publish" } else { "发布" };
            harness.get_by_label(publish);
        }
    }
}
