//! The Messages page: details, changes, charts, and the topic tree.

use air780e_companion::{
    action::{Action, MessagesAction},
    mqtt::{Message, Qos},
    view::messages::{Change, PayloadForm},
};
use eframe::egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::{Harness, kittest::Queryable};

use crate::{
    desk::{Desk, confirmed, local_clock, message},
    messages::{busy_desk, connected_desk, shown},
};

fn open(desk: &mut Desk, seq: u64, form: PayloadForm) {
    desk.screen.change(Change::Select(Some(seq)), &desk.messages);
    desk.screen.change(Change::Form(form), &desk.messages);
}

fn click(harness: &mut Harness<'static, Desk>, name: &str) {
    harness.get_by_role_and_label(Role::Button, name).click();
    harness.run();
}

fn has(harness: &Harness<'static, Desk>, part: &str) -> bool {
    harness.query_all_by_label_contains(part).next().is_some()
}

#[test]
fn a_gbk_payload_is_read_as_such_and_can_be_read_otherwise() {
    let mut desk = connected_desk();
    desk.arrive(1_000, "mqtt/pub", &[0xCE, 0xC2, 0xB6, 0xC8]);
    open(&mut desk, 0, PayloadForm::Text);
    let mut harness = shown(desk);
    assert!(has(&harness, "温度"));
    harness.get_by_label("Read as").click();
    harness.run();
    harness.get_by_label("Auto: GBK");
    click(&mut harness, "Bytes");
    let shown = harness.query_all_by_label("<CE><C2><B6><C8>").count();
    assert_eq!(shown, 2, "in the details and in the list");
}

#[test]
fn a_number_is_drawn_over_time_and_taken_away_again() {
    let mut desk = connected_desk();
    for number in 0..5_u64 {
        desk.arrive(number * 1_000, "mqtt/pub", format!("{{\"t\":{},\"name\":\"x\"}}", 20 + number).as_bytes());
    }
    open(&mut desk, 4, PayloadForm::Json);
    let mut harness = shown(desk);
    assert!(harness.query_by_label("Draw $.name over time").is_none(), "only numbers are drawn");
    click(&mut harness, "Draw $.t over time");
    harness.get_by_role_and_label(Role::Image, "Numbers over time");
    assert!(has(&harness, "20 … 24") && has(&harness, "24"));
    harness.state_mut().arrive(9_000, "mqtt/pub", b"{\"t\":-3.25}");
    harness.run();
    assert!(has(&harness, "-3.25 … 24"));
    click(&mut harness, "Do not draw mqtt/pub $.t");
    assert!(harness.query_by_label("Close the chart").is_none());
}

#[test]
fn changes_name_the_values_and_older_messages_can_be_chosen() {
    let mut desk = connected_desk();
    desk.arrive(1_000, "mqtt/pub", b"{\"t\":21,\"h\":60}");
    desk.arrive(2_000, "mqtt/pub", b"{\"t\":22,\"h\":60}");
    open(&mut desk, 1, PayloadForm::History);
    let mut harness = shown(desk);
    assert!(has(&harness, "~ $.t  21 → 22") && has(&harness, "1 as they were"));
    click(&mut harness, &format!("Message of {}: {{\"t\":21,\"h\":60}}", local_clock(1_000)));
    assert_eq!(harness.state().screen.list.selected, Some(0));
    assert!(has(&harness, "nothing to compare it with"));
}

#[test]
fn the_tree_of_json_folds() {
    let mut desk = connected_desk();
    desk.arrive(1_000, "mqtt/pub", b"{\"in\":{\"deep\":1},\"n\":2}");
    open(&mut desk, 0, PayloadForm::Json);
    let mut harness = shown(desk);
    click(&mut harness, "$.in = {1}");
    assert!(!has(&harness, "$.in.deep = 1") && has(&harness, "$.n = 2"));
    click(&mut harness, "$.in = {1}");
    assert!(has(&harness, "$.in.deep = 1"));
}

#[test]
fn a_kept_message_is_cleared_only_after_a_yes_that_knows_what_is_lost() {
    let mut desk = connected_desk();
    let kept = Message { retain: true, ..message("mqtt/lamp", b"on", Qos::AtLeastOnce) };
    desk.publish(1_000, kept, confirmed(10, 20));
    let mut harness = shown(desk);
    click(&mut harness, "Retained message of mqtt/lamp");
    assert!(has(&harness, "The broker forgets the last message that it keeps for this topic"));
    assert!(has(&harness, "AT+MPUB=\"mqtt/lamp\",1,1,\"\""), "the exact command");
    click(&mut harness, "Keep it");
    assert!(harness.state_mut().wishes().is_empty());
    click(&mut harness, "Retained message of mqtt/lamp");
    click(&mut harness, "Clear it");
    let topic = "mqtt/lamp".parse().expect("a topic");
    assert_eq!(harness.state_mut().wishes(), [Action::Messages(MessagesAction::ClearKept(topic))]);
    assert!(harness.query_by_label("Clear it").is_none());
}

#[test]
fn a_held_tree_stands_still_while_the_list_goes_on() {
    let mut harness = shown(busy_desk());
    click(&mut harness, "Hold the topics still");
    harness.state_mut().arrive(9_000, "mqtt/brand-new", b"1");
    harness.run();
    let in_tree =
        |harness: &Harness<'static, Desk>| harness.query_by_role_and_label(Role::Button, "mqtt/brand-new").is_some();
    assert!(!in_tree(&harness));
    assert_eq!(harness.state().screen.list.len(), 10);
    click(&mut harness, "Let the topics go on");
    assert!(in_tree(&harness));
}

#[test]
fn arrow_keys_walk_through_the_list() {
    let mut harness = shown(busy_desk());
    harness.key_press(Key::ArrowUp);
    harness.run();
    assert_eq!(harness.state().screen.list.selected, Some(8));
    harness.key_press(Key::ArrowUp);
    harness.run();
    assert_eq!(harness.state().screen.list.selected, Some(7));
    harness.key_press_modifiers(Modifiers::NONE, Key::Escape);
    harness.run();
    assert_eq!(harness.state().screen.list.selected, None);
}

#[test]
fn hostile_payloads_are_words_in_every_form() {
    let mut desk = connected_desk();
    let mut hostile = "\u{1b}[2J\u{202e}evil\r\n\u{7}".repeat(1_000).into_bytes();
    hostile.resize(10 * 1024 * 1024, 0x1B);
    desk.arrive(1_000, "mqtt/\u{202e}x", &hostile);
    for form in PayloadForm::ALL {
        let mut desk = connected_desk();
        desk.arrive(1_000, "mqtt/\u{202e}x", &hostile);
        open(&mut desk, 0, form);
        let harness = shown(desk);
        let odd = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
        let words = harness.query_all_by_label_contains("").filter_map(|node| {
            use egui_kittest::kittest::NodeT;
            node.accesskit_node().label()
        });
        assert!(!words.into_iter().any(|words| words.contains(odd)), "{form:?}");
    }
}

#[test]
fn a_hundred_thousand_topics_and_a_burst_put_no_more_on_the_screen_than_fits() {
    let mut desk = connected_desk();
    for number in 0..100_000_u64 {
        desk.arrive(number, &format!("site/{}/meter{number}", number % 50), b"{\"t\":21.5}");
    }
    let kept = desk.messages.log().range().count() as u64;
    assert_eq!((desk.messages.received(), desk.messages.log().trimmed() + kept), (100_000, 100_000));
    assert_eq!(desk.messages.tree().topics(), 100_000);
    desk.screen.change(Change::OpenAll(true), &desk.messages);
    open(&mut desk, 99_999, PayloadForm::History);
    let mut harness = shown(desk);
    // So many rows are worked out over several frames.
    for _ in 0..1_000 {
        if harness.state().screen.topics.rows().len() > 100_000 {
            break;
        }
        harness.run_steps(1);
    }
    let rows = harness.state().screen.topics.rows().len();
    assert!(rows > 100_000, "{rows}");
    let nodes = harness.query_all_by_label_contains("").count();
    assert!(nodes < 400, "{nodes} things on the screen");
}

#[test]
fn what_is_searched_is_counted_and_marked_in_the_details_too() {
    for (form, hits) in [(PayloadForm::Text, "2 hits in this payload"), (PayloadForm::Json, "2 hits in this payload")] {
        let mut desk = connected_desk();
        desk.arrive(1_000, "plant/pump", br#"{"Pump":"pump 7","ok":true}"#);
        open(&mut desk, 0, form);
        let mut harness = shown(desk);
        assert!(!has(&harness, "in this payload"), "nothing is searched");
        let before = harness.render().expect("a picture");
        let search = |harness: &mut Harness<'static, Desk>, text: &str| {
            let desk = harness.state_mut();
            desk.screen.change(Change::Search(text.to_owned()), &desk.messages);
            harness.run();
        };
        search(&mut harness, "pump");
        assert!(has(&harness, hits), "{form:?}");
        // The right half is the details': what is found there stands on another ground.
        let after = harness.render().expect("a picture");
        let is_of_details = |x: u32| x > after.width() * 2 / 3;
        let changed =
            before.enumerate_pixels().filter(|(x, y, pixel)| is_of_details(*x) && after.get_pixel(*x, *y) != *pixel);
        assert!(changed.count() > 300, "{form:?}");
        search(&mut harness, "valve");
        assert!(has(&harness, "0 hits in this payload"), "{form:?}");
    }
}
