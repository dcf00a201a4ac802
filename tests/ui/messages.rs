//! The Messages page against the virtual modem and the broker inside the program.

use std::fs;

use air780e_companion::{
    app::{Options, Store},
    model::{connection::Phase, status::SubscriptionState},
    settings::{MessagesPage, PayloadFormat, Profile, Settings, Template},
    view::Page,
};
use eframe::egui::{Key, Modifiers};

use crate::kit::Window;

fn connected(options: Options) -> Window<'static> {
    let mut window = Window::open(Options { connects_virtual: true, page: Page::Messages, ..options });
    window.wait_for("Welcome to the built-in broker");
    window.wait("connected", |window| window.can_click("Publish"));
    window
}

fn with_template(template: Template) -> Options {
    let messages_page = MessagesPage { templates: vec![template], ..MessagesPage::default() };
    Options { settings: Settings { messages_page, ..Settings::default() }, ..Options::default() }
}

fn wear(window: &mut Window<'_>, name: &str) {
    window.click("Templates");
    window.click(name);
}

#[test]
fn a_repeat_sends_each_number_once_and_counts_what_became_of_it() {
    let template = Template {
        name: "count".to_owned(),
        topic: "mqtt/sub".to_owned(),
        payload: "beat {{seq}}".to_owned(),
        qos: air780e_companion::mqtt::Qos::AtLeastOnce,
        ..Template::default()
    };
    let mut window = connected(with_template(template));
    wear(&mut window, "count");
    window.click("Repeat…");
    window.replace_in("Interval (ms)", "50");
    window.replace_in("Count", "3");
    window.click("Start");
    window.wait_for("Done · 3 of 3 sent · 3 confirmed");
    for number in 1..=3 {
        window.wait_for(&format!("beat {number}"));
    }
    assert!(!window.shows("beat 4"));
    assert!(window.can_click("Start"), "it can be started again");
}

#[test]
fn a_repeat_without_end_is_stopped() {
    let mut window = connected(Options::default());
    window.click("Repeat…");
    window.replace_in("Interval (ms)", "50");
    window.replace_in("Count", " ");
    window.click("Start");
    window.wait("two were sent", |window| window.shows("2 sent") || window.shows("3 sent"));
    window.click("Stop the repeat");
    window.wait_for("Stopped");
    window.wait("it can be started again", |window| window.can_click("Start"));
}

#[test]
fn a_template_outlives_the_window() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::at(folder.path().to_owned());
    let mut window = Window::open(Options { store: Some(store.clone()), page: Page::Messages, ..Options::default() });
    window.type_into("Payload", "switch on");
    window.click("Templates");
    window.type_into("Name of the template", "lamp");
    window.click("Keep");
    window.wait("saved", |_| store.load().is_ok_and(|kept| kept.settings.messages_page.templates.len() == 1));
    drop(window);
    let settings = store.load().expect("settings").settings;
    assert_eq!(settings.messages_page.templates[0].payload, "switch on");
    let mut window = Window::open(Options { settings, page: Page::Messages, ..Options::default() });
    wear(&mut window, "lamp");
    assert!(window.shows("switch on"));
}

#[test]
fn a_file_is_read_and_published_byte_for_byte() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("sensor.bin");
    fs::write(&path, [0x00, 0xFF, 0x1A, b'>', b'\r']).expect("written");
    let payload = path.display().to_string();
    let (topic, format) = ("mqtt/sub".to_owned(), PayloadFormat::File);
    let template = Template { name: "file".to_owned(), topic, payload, format, ..Template::default() };
    let mut window = connected(with_template(template));
    wear(&mut window, "file");
    window.wait_for("5 B were read from the file");
    window.click("Publish");
    // The broker inside the program answers what it gets.
    window.wait_for("Received");
    window.wait_for("<00><FF><1A>><0D>");
}

#[test]
fn a_file_that_is_not_there_says_so() {
    let template = Template {
        name: "gone".to_owned(),
        topic: "a".to_owned(),
        payload: "/no/such/file".to_owned(),
        format: PayloadFormat::File,
        ..Template::default()
    };
    let mut window = connected(with_template(template));
    wear(&mut window, "gone");
    window.wait_for("There is no file /no/such/file");
    assert!(!window.can_click("Publish"));
}

#[test]
fn a_kept_message_is_marked_and_cleared_at_the_broker() {
    let mut window = connected(Options::default());
    window.wait_for("Retained message of mqtt/pub");
    window.click("Retained message of mqtt/pub");
    assert!(window.shows("This cannot be undone"));
    window.click("Clear it");
    window.wait_for("Confirmed · PUBACK");
    window.wait("the mark is gone", |window| !window.shows("Retained message of mqtt/pub"));
    // Whoever subscribes now gets nothing: the broker has forgotten it.
    window.click("Clear");
    window.click("Subscription mqtt/pub");
    window.wait_for("Remove mqtt/pub");
    window.click("Subscription mqtt/pub");
    window.wait("subscribed again", |window| !window.shows("Remove mqtt/pub"));
    window.wait_for("SUBACK");
    assert!(!window.shows("Welcome to the built-in broker"), "{}", window.words());
}

/// Nothing is written by choosing a format, nor by closing the dialog: only by the button that says so.
#[test]
fn the_listed_messages_are_saved_only_when_that_is_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("kept.csv");
    let mut window = Window::open(Options { connects_virtual: true, page: Page::Messages, ..Options::default() });
    window.wait_for("Welcome");
    for is_meant in [false, true] {
        window.click("Save the listed messages");
        window.click("As a table (CSV)");
        window.replace_in("File", &path.display().to_string());
        if !is_meant {
            window.click("Cancel");
            assert!(!window.shows("Save file") && !path.exists(), "a cancel writes nothing");
            continue;
        }
        window.click("Save file");
        window.wait("written", |_| path.exists());
    }
    window.wait_for("kept.csv");
    let text = std::fs::read_to_string(&path).expect("the file");
    assert!(text.contains("Welcome") && text.contains("SIMULATED"), "{text}");
}

const MADE: &str = "AT+MSUB=\"site/#\",0";

/// Makes a subscription with the keyboard alone.
fn subscribe(window: &mut Window<'_>, filter: &str) {
    window.replace_in("Topic to subscribe to", filter);
    window.press(Modifiers::NONE, Key::Enter);
    assert!(window.is_focused("Topic to subscribe to"), "the next one can be typed at once");
    window.wait("confirmed", |window| state_of(window, filter) == Some(SubscriptionState::Confirmed));
}

fn state_of(window: &Window<'_>, filter: &str) -> Option<SubscriptionState> {
    let known = window.app().model().messages().subscriptions().iter().find(|entry| entry.filter.as_str() == filter);
    known.and_then(|entry| entry.state)
}

fn reconnect(window: &mut Window<'_>) {
    disconnect(window);
    connect(window);
}

fn connect(window: &mut Window<'_>) {
    window.press(Modifiers::COMMAND, Key::K);
    window.wait("connected again", |window| *window.app().model().connection().phase() == Phase::Connected);
}

fn disconnect(window: &mut Window<'_>) {
    window.press(Modifiers::COMMAND, Key::K);
    window.wait("disconnected", |window| *window.app().model().connection().phase() == Phase::Idle);
}

/// Whether the plan on the Connect page, which stands in front, has this line; those of the terminal have an arrow.
fn plans(window: &Window<'_>, line: &str) -> bool {
    window.labels().iter().any(|(words, _)| words == line)
}

#[test]
fn a_subscription_made_on_the_page_is_wanted_until_it_is_taken_away() {
    let mut window = connected(Options::default());
    subscribe(&mut window, "site/#");
    window.press(Modifiers::COMMAND, Key::Num1);
    window.wait("the line of the run", |window| plans(window, MADE));
    disconnect(&mut window);
    window.wait("planned again", |window| plans(window, MADE));
    window.press(Modifiers::COMMAND, Key::Num2);
    connect(&mut window);
    assert_eq!(state_of(&window, "site/#"), Some(SubscriptionState::Confirmed), "it was asked for again");

    window.click("Subscription site/#");
    window.wait("off", |window| state_of(window, "site/#").is_none());
    window.wait_for("Remove site/#");
    reconnect(&mut window);
    assert_eq!(state_of(&window, "site/#"), None, "what was taken away is not asked for");
    assert_eq!(state_of(&window, "mqtt/pub"), Some(SubscriptionState::Confirmed), "the profile's own is");
}

#[test]
fn a_subscription_is_taken_away_while_there_is_no_session() {
    let mut window = connected(Options::default());
    subscribe(&mut window, "site/#");
    disconnect(&mut window);
    window.click("Remove site/#");
    window.wait("out of the list", |window| !window.shows("Subscription site/#"));
    connect(&mut window);
    assert_eq!(state_of(&window, "site/#"), None);
}

#[test]
fn a_subscription_made_on_the_page_is_offered_to_the_profile() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::at(folder.path().to_owned());
    let mut window = connected(Options { store: Some(store.clone()), ..Options::default() });
    subscribe(&mut window, "site/#");
    window.press(Modifiers::COMMAND, Key::Num1);
    window.wait_for("QoS 0 · made on Messages");
    window.press(Modifiers::COMMAND, Key::Num2);
    window.click("Keep site/# in the profile");
    window.wait("no longer offered", |window| !window.shows("Keep site/# in the profile"));
    let kept = |store: &Store| store.load().ok().and_then(|kept| kept.settings.draft);
    window.wait("kept", |_| kept(&store).is_some_and(|profile| profile.asks_for("site/#").is_some()));
    reconnect(&mut window);
    assert_eq!(state_of(&window, "site/#"), Some(SubscriptionState::Confirmed));
}

#[test]
fn a_subscription_belongs_to_the_profile_it_was_made_for() {
    let other = Profile { name: "other".to_owned(), ..Profile::default() };
    let settings = Settings { profiles: vec![other], ..Settings::default() };
    let mut window = connected(Options { settings, ..Options::default() });
    subscribe(&mut window, "site/#");
    disconnect(&mut window);
    window.press(Modifiers::COMMAND, Key::Num1);
    window.wait("planned", |window| plans(window, MADE));
    window.click("Profile");
    window.click("other");
    window.wait("not planned for another broker", |window| !plans(window, MADE));
}

#[test]
fn this_computer_joins_the_same_broker_and_a_traced_message_gets_its_four_answers() {
    let mut window = connected(Options::default());
    window.click("Let this computer join");
    window.wait_for("This computer is at the broker as");
    window.click("Trace this");
    window.type_into("Payload", "21.5");
    window.click("Publish");
    window.wait_for("arrived here: yes");
    window.wait_for("Received by this computer");
    window.wait_for("1 traced, 1 arrived, 0 lost");
    window.click("Let this computer leave the broker");
    window.wait_for("This computer has left the broker");
}
