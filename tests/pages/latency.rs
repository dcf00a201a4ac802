//! The Latency page.

use air780e_companion::{
    action::{Action, LatencyAction},
    lang::{Lang, Translator},
    model::event::{Delivery, Fault},
    mqtt::Qos,
    view::latency::SeriesKind,
};
use eframe::egui::{self, vec2};
use egui_kittest::{Harness, kittest::Queryable};

use crate::desk::{Desk, Page, confirmed, harness, message};

const SIZE: egui::Vec2 = vec2(856.0, 500.0);

fn measured_desk() -> Desk {
    let mut desk = Desk::new(Page::Latency);
    for number in 0..400_u64 {
        let wobble = number * 7_919 % 101;
        let qos = if number % 3 == 0 { Qos::ExactlyOnce } else { Qos::AtLeastOnce };
        let base = if qos == Qos::ExactlyOnce { 160 } else { 75 };
        let ack = base + wobble / 2 + if number % 97 == 0 { 300 } else { 0 };
        let gap = if number > 200 { 60_000 } else { 0 };
        desk.publish(2_000 + gap + number * 400, message("t", b"x", qos), confirmed(15 + wobble / 9, ack));
    }
    let timed_out = Fault::TimedOut { command: String::new(), expected: "PUBACK", after: std::time::Duration::ZERO };
    desk.publish(100_000, message("t", b"x", Qos::AtLeastOnce), Delivery::Unknown(timed_out));
    desk
}

fn asked(harness: &mut Harness<'static, Desk>, label: &str) -> Vec<Action> {
    harness.get_by_label(label).click();
    harness.run();
    harness.state_mut().wishes()
}

fn shown(desk: Desk) -> Harness<'static, Desk> {
    let mut harness = harness(desk, SIZE);
    harness.run();
    harness
}

#[test]
fn an_empty_page_says_what_to_do_first() {
    let harness = shown(Desk::new(Page::Latency));
    harness.get_by_label("Publish at QoS 1 or 2 to see PUBACK and PUBCOMP times.");
    assert!(harness.query_by_label("Export CSV").is_none());
}

#[test]
fn percentiles_stand_with_their_unit_and_losses_with_their_word() {
    let mut desk = Desk::new(Page::Latency);
    desk.publish(1_000, message("t", b"x", Qos::AtLeastOnce), confirmed(20, 84));
    desk.publish(2_000, message("t", b"x", Qos::AtLeastOnce), Delivery::Failed(Fault::NotConnected));
    let harness = shown(desk);
    for label in ["QoS 1 – at least once", "Network and broker", "SIMULATED", "1 × Not sent"] {
        harness.get_by_label(label);
    }
    assert_eq!(harness.get_all_by_label("84 ms").count(), 4, "p50, p95, p99 and max of one publish");
    assert_eq!(harness.get_all_by_label("104 ms").count(), 4);
}

#[test]
fn export_and_clear_are_asked_for() {
    let mut harness = shown(measured_desk());
    assert_eq!(asked(&mut harness, "Export CSV"), [Action::Latency(LatencyAction::Export)]);
    assert_eq!(asked(&mut harness, "Clear"), [Action::Latency(LatencyAction::Clear)]);
}

#[test]
fn a_kind_of_marks_is_switched_off_by_its_name() {
    let mut harness = shown(measured_desk());
    let name = "Show QoS 1: OK → PUBACK";
    assert!(asked(&mut harness, name).is_empty());
    assert_eq!(harness.state().latency_screen.hidden, [SeriesKind::Network(Qos::AtLeastOnce)]);
    asked(&mut harness, name);
    assert!(harness.state().latency_screen.hidden.is_empty());
}

#[test]
fn the_plot_is_thinned_to_its_own_columns() {
    let harness = shown(measured_desk());
    let columns = harness.state().latency_screen.columns;
    assert!((200..800).contains(&columns), "{columns} columns");
    assert_eq!(harness.state().latency_screen.window, None, "everything is shown until the user zooms");
}

#[test]
fn one_run_is_chosen_by_its_name() {
    let mut harness = shown(measured_desk());
    harness.get_by_role_and_label(egui::accesskit::Role::ComboBox, "Run").click();
    harness.run();
    harness.get_by_label_contains("Run 1 · Virtual Air780E").click();
    harness.run();
    assert_eq!(harness.state().latency_screen.run, Some(1));
}

#[test]
fn the_page_speaks_both_languages_with_every_glyph() {
    for (lang, clear) in [(Lang::En, "Clear"), (Lang::ZhCn, "清空")] {
        let mut desk = measured_desk();
        desk.translator = Translator::new(lang);
        // The harness fails on a glyph that no font has and on a control without a name.
        shown(desk).get_by_label(clear);
    }
}
