//! Every question over the window: Enter answers, Escape leaves, its first field or its harmless button has the keyboard.

use air780e_companion::{
    action::{Action, LatencyAction, MessagesAction, RecordedAction, SaveAction},
    mqtt::{Message, Qos},
    ui,
    view::{
        Page,
        latency::Deletion,
        messages::Change,
        recorded::Ask,
        save::{Purpose, Screen, Stage},
    },
};
use eframe::egui::{Key, accesskit::Role, vec2};
use egui_kittest::kittest::{AccessKitNode, By, NodeT, Queryable};

use crate::{
    bars::{Bar, shown},
    desk::{Desk, Page as On, confirmed, harness, message},
    messages::SIZE,
};

/// What is asked after one press of `key`.
fn pressed(bar: &mut Bar, key: Key) -> Vec<Action> {
    bar.key_press(key);
    bar.run();
    let mut asked = std::mem::take(bar.state_mut());
    asked.dedup();
    asked
}

/// The name of what has the keyboard.
fn focused(bar: &Bar) -> String {
    let has_keyboard = |node: &AccessKitNode<'_>| node.is_focused() && !node.is_hidden();
    let is_focused = By::new().predicate(has_keyboard);
    let mut names = bar.query_all(is_focused).filter_map(|node| node.accesskit_node().label());
    names.next_back().unwrap_or_default()
}

fn saving(path: &str, stage: Stage) -> Bar {
    let screen = Screen { stage, ..Screen::new(Purpose::Latency, path.to_owned(), false) };
    shown(vec2(800.0, 500.0), move |ui, cx| ui::save::save_ui(ui, cx, &screen))
}

#[test]
fn saving_begins_in_its_path_and_is_answered_by_enter_and_left_by_escape() {
    let mut bar = saving("/tmp/a.csv", Stage::Naming);
    assert_eq!(focused(&bar), "File");
    assert_eq!(pressed(&mut bar, Key::Enter), [Action::Save(SaveAction::Write)]);
    let mut bar = saving("/tmp/a.csv", Stage::Naming);
    assert_eq!(pressed(&mut bar, Key::Escape), [Action::Save(SaveAction::Cancel)]);
}

#[test]
fn enter_never_replaces_a_file() {
    let mut bar = saving("/tmp/a.csv", Stage::Taken);
    assert!(pressed(&mut bar, Key::Enter).is_empty());
    bar.get_by_label("Replace").click();
    bar.run();
    assert_eq!(std::mem::take(bar.state_mut()), [Action::Save(SaveAction::Write)]);
}

#[test]
fn a_system_without_dialogs_says_so_where_a_file_is_saved_or_opened() {
    let words = "This system shows no file dialog: type the path instead.";
    assert!(saving("/tmp/a.csv", Stage::NoDialog).query_by_label(words).is_some());
    let ask = Ask { has_no_dialog: true, ..Ask::default() };
    let bar = shown(vec2(800.0, 500.0), move |ui, cx| ui::recorded::ask_ui(ui, cx, &ask));
    assert!(bar.query_by_label(words).is_some());
}

#[test]
fn opening_a_log_begins_in_its_path() {
    let log = |path: &str| {
        let ask = Ask { path: path.to_owned(), ..Ask::default() };
        shown(vec2(800.0, 500.0), move |ui, cx| ui::recorded::ask_ui(ui, cx, &ask))
    };
    let mut bar = log("/logs/b.txt");
    assert_eq!(focused(&bar), "Path of the log");
    let open = Action::Recorded(RecordedAction::Open("/logs/b.txt".to_owned()));
    assert_eq!(pressed(&mut bar, Key::Enter), [open]);
    assert!(pressed(&mut log(""), Key::Enter).is_empty(), "there is nothing to open");
    assert_eq!(pressed(&mut log("/x"), Key::Escape), [Action::Recorded(RecordedAction::Ask(false))]);
}

#[test]
fn a_pasted_log_is_read_by_enter_and_left_by_escape() {
    let pasted = || shown(vec2(800.0, 500.0), |ui, cx| ui::recorded::pasted_ui(ui, cx, "AT\nOK\n"));
    assert_eq!(pressed(&mut pasted(), Key::Enter), [Action::Recorded(RecordedAction::ReadPasted(true))]);
    assert_eq!(pressed(&mut pasted(), Key::Escape), [Action::Recorded(RecordedAction::ReadPasted(false))]);
}

#[test]
fn the_list_of_keys_is_closed_by_enter_and_by_escape() {
    for key in [Key::Enter, Key::Escape] {
        let mut bar = shown(vec2(800.0, 700.0), |ui, cx| ui::keys::help_ui(ui, cx, Page::Messages));
        assert_eq!(pressed(&mut bar, key), [Action::ShowHelp(false)], "{key:?}");
    }
}

/// What cannot be undone is never the answer of Enter.
#[test]
fn enter_keeps_what_the_broker_keeps() {
    for (key, count) in [(Key::Enter, 0), (Key::Escape, 0), (Key::Tab, 1)] {
        let mut desk = Desk::new(On::Messages);
        desk.connect(&[]);
        let kept = Message { retain: true, ..message("lamp", b"on", Qos::AtLeastOnce) };
        desk.publish(1_000, kept, confirmed(10, 20));
        let lamp = desk.messages.tree().roots().next().expect("lamp");
        desk.screen.change(Change::AskClear(Some(lamp)), &desk.messages);
        let mut harness = harness(desk, SIZE);
        harness.run();
        harness.key_press(key);
        harness.run();
        if key == Key::Tab {
            assert!(!harness.state().screen.clearing.is_empty(), "it is still asked");
            harness.key_press(Key::Enter);
            harness.run();
        }
        assert!(harness.state().screen.clearing.is_empty(), "{key:?} leaves");
        let clears = |action: &Action| matches!(action, Action::Messages(MessagesAction::ClearKept(_)));
        assert_eq!(harness.state_mut().wishes().iter().filter(|action| clears(action)).count(), count, "{key:?}");
    }
}

/// Measurements are gone when they are deleted: that is no answer of Enter either.
#[test]
fn enter_keeps_what_was_measured() {
    for (key, count) in [(Key::Enter, 0), (Key::Escape, 0), (Key::Tab, 1)] {
        let mut desk = Desk::new(On::Latency);
        desk.publish(1_000, message("lamp", b"on", Qos::AtLeastOnce), confirmed(10, 20));
        desk.latency_screen.deletes = Some(Deletion::All);
        let mut harness = harness(desk, SIZE);
        harness.run();
        harness.key_press(key);
        harness.run();
        if key == Key::Tab {
            assert!(harness.state().latency_screen.deletes.is_some(), "it is still asked");
            harness.key_press(Key::Enter);
            harness.run();
        }
        let deletes = |action: &Action| matches!(action, Action::Latency(LatencyAction::Delete));
        let wishes = harness.state_mut().wishes();
        assert_eq!(wishes.iter().filter(|action| deletes(action)).count(), count, "{key:?}");
    }
}

#[test]
fn a_window_whose_module_is_silent_stays_open_by_enter() {
    let question = || shown(vec2(800.0, 500.0), |ui, cx| ui::closing::question_ui(ui, cx));
    for key in [Key::Enter, Key::Escape] {
        assert_eq!(pressed(&mut question(), key), [Action::Close(false)], "{key:?}");
    }
    let mut bar = question();
    bar.get_by_label("Close the window now").click();
    bar.run();
    assert_eq!(std::mem::take(bar.state_mut()), [Action::Close(true)]);
}

#[test]
fn a_long_path_shows_its_end_until_it_is_typed_into() {
    let path = format!("/home/somebody/{}/the-file-that-is-meant.csv", "a-long-folder/".repeat(20));
    let mut bar = saving(&path, Stage::Choosing);
    // The keyboard is elsewhere.
    bar.get_by_label("Cancel").focus();
    bar.run();
    let rows = |bar: &Bar| -> String {
        let drawn = bar.output().shapes.iter().filter_map(|shape| match &shape.shape {
            eframe::egui::Shape::Text(text) => Some(text.galley.text().to_owned()),
            _ => None,
        });
        drawn.collect::<Vec<_>>().join("\n")
    };
    assert!(rows(&bar).contains("…") && rows(&bar).contains("the-file-that-is-meant.csv"), "{}", rows(&bar));
    assert!(!rows(&bar).contains("/home/somebody"));
    bar.get_by_role_and_label(Role::TextInput, "File").focus();
    bar.run();
    assert!(rows(&bar).contains("/home/somebody"), "the whole path is there to be typed into");
}
