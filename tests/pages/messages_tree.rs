//! The Messages page: the topic tree's orders, previews and hits, and clearing what the broker keeps below a level.

use air780e_companion::{
    action::{Action, MessagesAction},
    model::{event::Event, request::Subscription},
    mqtt::{Filter, Message, Qos},
    settings::{Profile, SubscriptionEntry},
    view::messages::{Change, TopicOrder},
};
use eframe::egui::accesskit::Role;
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};

use crate::{
    desk::{Desk, confirmed, message},
    messages::{busy_desk, connected_desk, shown, type_into},
};

fn click(harness: &mut Harness<'static, Desk>, name: &str) {
    harness.get_by_role_and_label(Role::Button, name).click();
    harness.run();
}

fn has(harness: &Harness<'static, Desk>, part: &str) -> bool {
    harness.query_all_by_label_contains(part).next().is_some()
}

/// The names of the tree's rows, from the top.
fn tree(harness: &Harness<'static, Desk>) -> Vec<String> {
    let desk = harness.state();
    let tree = desk.messages.tree();
    desk.screen.topics.rows().iter().map(|row| tree.path(row.node)).collect()
}

fn order_desk() -> Desk {
    let mut desk = connected_desk();
    for (at, topic) in [(1_000, "dev10"), (1_100, "dev10"), (2_000, "dev2"), (4_000, "dev3")] {
        desk.arrive(at, topic, b"1");
    }
    let kept = Message { retain: true, ..message("dev4", b"on", Qos::AtLeastOnce) };
    desk.publish(3_000, kept, confirmed(10, 20));
    desk
}

#[test]
fn topics_stand_in_the_order_that_is_chosen() {
    let mut harness = shown(order_desk());
    assert_eq!(tree(&harness), ["dev2", "dev3", "dev4", "dev10"]);
    for (choice, order) in [
        ("Newest message first", ["dev3", "dev4", "dev2", "dev10"]),
        ("Most messages first", ["dev10", "dev2", "dev3", "dev4"]),
        ("Retained first", ["dev4", "dev2", "dev3", "dev10"]),
        ("By name", ["dev2", "dev3", "dev4", "dev10"]),
    ] {
        click(&mut harness, "Order of the topics");
        click(&mut harness, choice);
        assert_eq!(tree(&harness), order, "{choice}");
    }
}

#[test]
fn an_order_that_changes_with_each_message_is_put_right_after_a_while() {
    let mut desk = order_desk();
    desk.screen.change(Change::Order(TopicOrder::Newest), &desk.messages);
    let mut harness = shown(desk);
    assert_eq!(tree(&harness)[0], "dev3");
    harness.state_mut().arrive(5_000, "dev10", b"2");
    harness.state_mut().arrive(5_000, "dev11", b"2");
    harness.run();
    assert_eq!(tree(&harness), ["dev3", "dev4", "dev2", "dev10"], "rows do not run away under the hand");
    assert!(harness.state().screen.topics.is_order_old(harness.state().messages.tree()), "another look is wanted");
    harness.state_mut().later += chrono::TimeDelta::seconds(1);
    harness.run();
    assert_eq!(tree(&harness), ["dev10", "dev11", "dev3", "dev4", "dev2"]);
    assert!(!harness.state().screen.topics.is_order_old(harness.state().messages.tree()));
}

#[test]
fn a_closed_level_shows_the_newest_value_below() {
    let mut desk = connected_desk();
    desk.arrive(1_000, "home/hall/temp", b"21.5");
    desk.arrive(2_000, "home/attic", b"dark");
    let mut harness = shown(desk);
    assert!(!has(&harness, "attic = dark"), "an open level shows its topics themselves");
    click(&mut harness, "Close home");
    assert!(has(&harness, "attic = dark") && !has(&harness, "temp = 21.5"));
    harness.state_mut().arrive(3_000, "home/hall/temp", b"22");
    harness.run();
    assert!(has(&harness, "temp = 22"));
}

#[test]
fn the_search_in_the_tree_counts_the_topics_it_found() {
    let mut desk = busy_desk();
    desk.arrive(9_000, "site/8/meter", b"1");
    let mut harness = shown(desk);
    type_into(&mut harness, "Search topics", "METER");
    assert!(has(&harness, "2 hits"));
    harness.state_mut().arrive(9_500, "site/9/meter", b"1");
    harness.run();
    assert!(has(&harness, "3 hits"));
}

fn kept_desk() -> Desk {
    let mut desk = connected_desk();
    for topic in ["home/lamp", "home/hall/door", "yard/gate"] {
        let kept = Message { retain: true, ..message(topic, b"on", Qos::AtLeastOnce) };
        desk.publish(1_000, kept, confirmed(10, 20));
    }
    desk
}

fn menu(harness: &mut Harness<'static, Desk>, topic: &str) {
    harness.get_by_role_and_label(Role::Button, topic).click_secondary();
    harness.run();
}

#[test]
fn what_is_kept_below_a_level_is_cleared_after_its_list_was_seen() {
    let mut harness = shown(kept_desk());
    menu(&mut harness, "home");
    click(&mut harness, "Clear the 2 retained messages here and below…");
    assert!(
        has(&harness, "Clear 2 retained messages?") && has(&harness, "home/hall/door") && has(&harness, "home/lamp")
    );
    assert!(has(&harness, "Whoever subscribes later gets nothing"));
    click(&mut harness, "Clear all 2");
    let topics = ["home/hall/door", "home/lamp"].map(|topic| topic.parse().expect("a topic")).to_vec();
    assert_eq!(harness.state_mut().wishes(), [Action::Messages(MessagesAction::ClearAllKept(topics))]);
}

#[test]
fn a_list_to_clear_goes_with_the_broker_it_was_made_for() {
    let mut desk = kept_desk();
    let home = desk.messages.tree().roots().next().expect("home");
    desk.screen.change(Change::AskClearBelow(home), &desk.messages);
    assert_eq!(desk.screen.clearing.len(), 2);
    desk.reach("two.example", 1_883);
    desk.tell(&Event::Status(Box::default()));
    desk.connect(&[]);
    let harness = shown(desk);
    assert!(harness.state().screen.clearing.is_empty() && !has(&harness, "retained messages?"));
}

#[test]
fn a_level_without_anything_kept_offers_nothing_to_clear() {
    let mut harness = shown(busy_desk());
    menu(&mut harness, "site");
    let item = harness.get_by_role_and_label(Role::Button, "Clear the 0 retained messages here and below…");
    assert!(item.accesskit_node().is_disabled());
    item.hover();
    harness.run();
    assert!(has(&harness, "No retained message is known here or below"));
}

/// Every control without a word of its own says on hover what it does.
#[test]
fn every_picture_has_its_words() {
    let mut harness = shown(busy_desk());
    type_into(&mut harness, "Topic to subscribe to", "site/#");
    for name in [
        "Close site",
        "Order of the topics",
        "Hold the topics still",
        "Close all levels",
        "Open all levels",
        "Colour of mqtt/#",
        "Subscribe",
        "Clear",
        "Save the listed messages",
        "Pause",
        "Filter by outcome",
        "Templates",
        "Placeholders",
        "Repeat…",
    ] {
        harness.get_by_role_and_label(Role::Button, name).hover();
        harness.run();
        let said = harness.query_all_by_label_contains(name).count() + harness.query_all_by_value(name).count();
        assert!(said > 1, "{name} says nothing on hover");
        harness.hover_at(eframe::egui::pos2(1.0, 1.0));
        harness.run();
    }
}

#[test]
fn a_subscription_made_here_is_offered_to_the_profile_and_waits_while_there_is_no_session() {
    let mut desk = connected_desk();
    let filter: Filter = "site/+/meter".parse().expect("a filter");
    desk.added = vec![Subscription { filter: filter.clone(), qos: Qos::AtMostOnce }];
    desk.profile = Some(Profile::default());
    let mut harness = shown(desk);
    click(&mut harness, "Keep site/+/meter in the profile");
    let keep = Action::Messages(MessagesAction::KeepSubscription(filter.clone()));
    assert_eq!(harness.state_mut().wishes(), [keep]);
    let entry = SubscriptionEntry { filter: filter.as_str().to_owned(), qos: Qos::AtMostOnce };
    harness.state_mut().profile = Some(Profile { subscriptions: vec![entry], ..Profile::default() });
    harness.run();
    assert!(!has(&harness, "Keep site/+/meter in the profile"), "the profile asks for it by now");
    harness.state_mut().messages.abandon();
    harness.run();
    click(&mut harness, "Remove site/+/meter");
    assert_eq!(harness.state_mut().wishes(), [Action::Messages(MessagesAction::Forget(filter))]);
}
