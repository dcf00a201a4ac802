//! The Messages page: the composer's tools, the list's tools, colours.

use std::time::Duration;

use air780e_companion::{
    action::{Action, MessagesAction},
    settings::Template,
    time::Moment,
    view::messages::{Change, Composer, ExportFormat, FileState, Outcome, PayloadFormat},
};
use eframe::egui::{Key, accesskit::Role};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};

use crate::{
    desk::{Desk, Page, harness, local_clock},
    messages::{busy_desk, connected_desk, shown, type_into},
};

fn click(harness: &mut Harness<'static, Desk>, name: &str) {
    harness.get_by_role_and_label(Role::Button, name).click();
    harness.run();
}

fn has(harness: &Harness<'static, Desk>, part: &str) -> bool {
    harness.query_all_by_label_contains(part).next().is_some()
}

fn fill(desk: &mut Desk, change: impl FnOnce(&mut Composer)) {
    let mut fields = desk.screen.composer.clone();
    change(&mut fields);
    desk.screen.change(Change::Composer(Box::new(fields)), &desk.messages);
}

fn why_disabled(harness: &mut Harness<'static, Desk>, name: &str) {
    assert!(harness.get_by_role_and_label(Role::Button, name).accesskit_node().is_disabled(), "{name}");
    harness.get_by_role_and_label(Role::Button, name).hover();
    harness.run();
}

#[test]
fn placeholders_are_written_by_a_click_and_filled_in_when_sent() {
    let mut harness = shown(connected_desk());
    click(&mut harness, "Placeholders");
    assert!(has(&harness, "Number of the message, from 1; a repeat counts its own"));
    click(&mut harness, "{{seq}}");
    assert_eq!(harness.state().screen.composer.payload, "{{seq}}");
    harness.key_press(Key::Escape);
    harness.run();
    assert!(has(&harness, "AT+MPUB=\"mqtt/sub\",0,0,\"1\""), "the exact text, filled in");
    click(&mut harness, "Publish");
    let wishes = harness.state_mut().wishes();
    let [Action::Messages(MessagesAction::Publish(draft))] = wishes.as_slice() else { panic!("{wishes:?}") };
    assert_eq!(draft.payload, b"1");
}

#[test]
fn braces_that_name_nothing_are_pointed_out_but_not_refused() {
    let mut harness = shown(connected_desk());
    type_into(&mut harness, "Payload", "{{sequence}}");
    assert!(has(&harness, "{{sequence}} is no placeholder and is sent as it stands"));
    assert!(!harness.get_by_label("Publish").accesskit_node().is_disabled());
}

#[test]
fn placeholders_do_not_work_in_bytes_and_say_so() {
    let mut desk = connected_desk();
    fill(&mut desk, |fields| fields.format = PayloadFormat::Hex);
    let mut harness = shown(desk);
    click(&mut harness, "Placeholders");
    why_disabled(&mut harness, "{{seq}}");
    assert!(has(&harness, "Placeholders work in text and JSON only"));
}

#[test]
fn a_template_is_kept_under_a_name_chosen_and_deleted() {
    let mut desk = connected_desk();
    fill(&mut desk, |fields| fields.payload = "{{seq}}".to_owned());
    let kept = desk.screen.composer.template("lamp");
    let mut harness = shown(desk);
    click(&mut harness, "Templates");
    why_disabled(&mut harness, "Keep");
    assert!(has(&harness, "Give it a name first"));
    type_into(&mut harness, "Name of the template", "lamp");
    click(&mut harness, "Keep");
    let keep = Action::Messages(MessagesAction::KeepTemplate(kept.clone()));
    assert_eq!(harness.state_mut().wishes(), [keep]);
    let other = Template { topic: "other".to_owned(), ..kept };
    harness.state_mut().templates = vec![other.clone()];
    harness.run();
    click(&mut harness, "Delete the template lamp");
    let forget = Action::Messages(MessagesAction::ForgetTemplate("lamp".to_owned()));
    assert_eq!(harness.state_mut().wishes(), [forget]);
    click(&mut harness, "lamp");
    assert_eq!(harness.state().screen.composer.topic, "other");
}

#[test]
fn a_repeat_is_started_with_sound_numbers_only() {
    let mut harness = shown(connected_desk());
    click(&mut harness, "Repeat…");
    type_into(&mut harness, "Interval (ms)", "5");
    assert!(has(&harness, "The interval is a whole number of milliseconds, 50 to 86400000"));
    why_disabled(&mut harness, "Start");
    type_into(&mut harness, "Interval (ms)", "500");
    type_into(&mut harness, "Count", "0");
    assert!(has(&harness, "The count is a whole number, 1 to 1000000, or empty"));
    type_into(&mut harness, "Count", "3");
    click(&mut harness, "Start");
    assert_eq!(harness.state_mut().wishes(), [Action::Messages(MessagesAction::StartRepeat)]);
}

#[test]
fn without_a_session_nothing_is_repeated() {
    let mut harness = shown(Desk::new(Page::Messages));
    click(&mut harness, "Repeat…");
    why_disabled(&mut harness, "Start");
    assert!(has(&harness, "Not connected"));
}

#[test]
fn a_file_is_asked_for_read_and_measured() {
    let mut desk = connected_desk();
    fill(&mut desk, |fields| fields.format = PayloadFormat::File);
    let mut harness = shown(desk);
    why_disabled(&mut harness, "Publish");
    assert!(has(&harness, "No file was chosen"));
    click(&mut harness, "Choose a file…");
    assert_eq!(harness.state_mut().wishes(), [Action::Messages(MessagesAction::PickFile)]);
    type_into(&mut harness, "Path of the file", "/tmp/sensor.bin");
    harness.key_press(Key::Enter);
    harness.run();
    let read = Action::Messages(MessagesAction::ReadFile("/tmp/sensor.bin".to_owned()));
    let mut wishes = harness.state_mut().wishes();
    // On this desk nobody reads the file, so the field may ask again in the next frame.
    wishes.dedup();
    assert_eq!(wishes, [read]);
    let long = FileState::TooLong { path: "/tmp/sensor.bin".to_owned(), bytes: 5_000 };
    fill(harness.state_mut(), |fields| fields.file = long);
    harness.run();
    let problem = "The payload has 5000 bytes; the module takes at most 4100 in one message (AT+MPUBEX, by the vendor's tutorial).";
    assert!(has(&harness, problem));
    let bytes = FileState::Read { path: "/tmp/sensor.bin".to_owned(), bytes: vec![0; 1_500].into() };
    fill(harness.state_mut(), |fields| fields.file = bytes);
    harness.run();
    assert!(has(&harness, "1,500 B were read from the file") && has(&harness, "1,500 B, 2,600 left"));
    assert!(has(&harness, "AT+MPUBEX=\"mqtt/sub\",0,0,1500"));
}

#[test]
fn what_is_too_long_says_by_how_much_and_where_the_limit_comes_from() {
    let mut desk = connected_desk();
    fill(&mut desk, |fields| fields.payload = "x".repeat(4_110));
    let mut harness = shown(desk);
    harness.get_by_label("10 B too many").hover();
    harness.run();
    assert!(has(&harness, "AT+MPUBEX: 1 to 4,100 bytes (tutorial)"));
    assert!(harness.get_by_label("Publish").accesskit_node().is_disabled());
}

#[test]
fn json_is_indented_only_when_it_is_sound() {
    let mut desk = connected_desk();
    fill(&mut desk, |fields| (fields.format, fields.payload) = (PayloadFormat::Json, "{\"a\":".to_owned()));
    let mut harness = shown(desk);
    why_disabled(&mut harness, "Indent the JSON");
    assert!(has(&harness, "Only sound JSON can be indented"));
    type_into(&mut harness, "Payload", "{\"a\":1}");
    click(&mut harness, "Indent the JSON");
    assert_eq!(harness.state().screen.composer.payload, "{\n  \"a\": 1\n}");
}

#[test]
fn gbk_is_sent_as_bytes_and_says_what_it_lacks() {
    let mut desk = connected_desk();
    fill(&mut desk, |fields| (fields.format, fields.payload) = (PayloadFormat::Gbk, "温度".to_owned()));
    let mut harness = shown(desk);
    assert!(has(&harness, "AT+MPUBEX=\"mqtt/sub\",0,0,4"));
    type_into(&mut harness, "Payload", "añ");
    assert!(has(&harness, "GBK has no character for the one at place 2"));
}

#[test]
fn a_subscription_gets_another_colour() {
    let mut harness = shown(connected_desk());
    click(&mut harness, "Colour of mqtt/#");
    click(&mut harness, "■ Colour 4");
    let filter = "mqtt/#".parse().expect("a filter");
    assert_eq!(harness.state_mut().wishes(), [Action::Messages(MessagesAction::Colour { filter, colour: 3 })]);
}

#[test]
fn the_list_is_narrowed_by_outcome_and_saved() {
    let mut harness = shown(busy_desk());
    click(&mut harness, "Filter by outcome");
    click(&mut harness, "Not sent, or unknown");
    assert_eq!(harness.state().screen.list.filter.outcome, Outcome::Lost);
    assert_eq!(harness.state().screen.list.len(), 1);
    click(&mut harness, "Save the listed messages");
    click(&mut harness, "As a table (CSV)");
    assert_eq!(harness.state_mut().wishes(), [Action::Messages(MessagesAction::Export(ExportFormat::Csv))]);
}

#[test]
fn a_repeat_under_way_is_stopped_by_its_name() {
    let mut desk = connected_desk();
    desk.messages.begin_repeat(Moment::from_millis(10), Duration::from_millis(500), None);
    let mut harness = shown(desk);
    click(&mut harness, "Stop the repeat");
    assert_eq!(harness.state_mut().wishes(), [Action::Messages(MessagesAction::StopRepeat)]);
}

#[test]
fn the_history_is_emptied_by_its_name() {
    let mut harness = shown(connected_desk());
    click(&mut harness, "Clear");
    assert_eq!(harness.state_mut().wishes(), [Action::Messages(MessagesAction::Clear)]);
}

/// In a small window list, topics and details take turns.
#[test]
fn the_parts_of_a_small_page_are_chosen_by_name() {
    let mut desk = connected_desk();
    desk.arrive(1_000, "mqtt/pub", b"one");
    let mut harness = harness(desk, crate::pictures::SMALL);
    harness.run();
    assert!(harness.query_by_label("Search messages").is_some() && harness.query_by_label("Search topics").is_none());
    click(&mut harness, "Subscriptions and topics");
    assert!(harness.query_by_label("Search messages").is_none() && harness.query_by_label("Search topics").is_some());
    click(&mut harness, "Message list");
    let row = format!("Received {} mqtt/pub one", local_clock(1_000));
    click(&mut harness, &row);
    assert!(harness.query_by_label("Search messages").is_none() && harness.query_by_label("Hex").is_some());
    click(&mut harness, "Message list");
    assert!(harness.query_by_label("Search messages").is_some(), "its own name leads back to the list");
    assert_eq!(harness.state().screen.list.selected, None);
}

#[test]
fn nothing_is_saved_when_nothing_is_listed() {
    let mut harness = shown(connected_desk());
    why_disabled(&mut harness, "Save the listed messages");
    assert!(has(&harness, "There is nothing to save"));
}
