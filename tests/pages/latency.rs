//! The Latency page.

use air780e_companion::{
    action::{Action, LatencyAction},
    air780e::signal::Signal,
    lang::{Lang, Translator},
    model::{
        Input,
        event::{Awaited, Delivery, Event, Fault, LossCause, MeasureStep, MeasureUpdate},
        request::{MeasurePlan, Request, RequestId},
        status::Status,
    },
    mqtt::Qos,
    time::{Moment, Observed},
    ui::theme,
    view::latency::SeriesKind,
};
use eframe::egui::{self, vec2};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};

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
    let timed_out =
        Fault::TimedOut { command: "".into(), expected: Awaited::Acknowledged, after: std::time::Duration::ZERO };
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
fn an_empty_page_says_what_to_do_first_and_why_nothing_can_be_exported() {
    let harness = shown(Desk::new(Page::Latency));
    harness.get_by_label("Publish at QoS 1 or 2 to see PUBACK and PUBCOMP times.");
    for name in ["Export CSV", "Delete all", "Rename the run", "Delete the run"] {
        assert!(harness.get_by_label(name).accesskit_node().is_disabled(), "{name}");
    }
    harness.get_by_label("Export CSV").hover();
    let mut harness = harness;
    harness.run();
    harness.get_by_label("Nothing was measured yet");
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
    assert_eq!(harness.get_all_by_label("84 ms").count(), 2, "p50 and max of one publish");
    assert_eq!(harness.get_all_by_label("104 ms").count(), 2);
    assert_eq!(harness.get_all_by_label("–").count(), 6, "p95 and p99 need more publishes");
}

#[test]
fn percentiles_come_with_enough_publishes() {
    for (count, missing) in [(19, 6), (20, 3), (99, 3), (100, 0)] {
        let mut desk = Desk::new(Page::Latency);
        for number in 0..count {
            desk.publish(1_000 + number * 100, message("t", b"x", Qos::AtLeastOnce), confirmed(20, 84));
        }
        let harness = shown(desk);
        assert_eq!(harness.query_all_by_label("–").count(), missing, "{count}");
    }
}

#[test]
fn export_is_asked_for_and_deleting_asks_first() {
    let mut harness = shown(measured_desk());
    assert_eq!(asked(&mut harness, "Export CSV"), [Action::Latency(LatencyAction::Export)]);
    assert!(asked(&mut harness, "Delete all").is_empty(), "it asks first");
    harness.get_by_label("401 measurements will be lost.");
    asked(&mut harness, "Cancel");
    assert!(harness.query_by_label("401 measurements will be lost.").is_none());
    asked(&mut harness, "Delete all");
    assert_eq!(asked(&mut harness, "Delete"), [Action::Latency(LatencyAction::Delete)]);
}

#[test]
fn a_run_is_begun_and_renamed_by_its_name() {
    let mut harness = shown(measured_desk());
    asked(&mut harness, "New run");
    harness.get_by_label("Name of the run").focus();
    harness.run();
    harness.get_by_label("Name of the run").type_text("tunnel");
    harness.run();
    assert_eq!(harness.state().latency_screen.begins.as_deref(), Some("tunnel"));
    assert_eq!(asked(&mut harness, "Begin"), [Action::Latency(LatencyAction::Begin)]);
    harness.state_mut().latency_screen.begins = None;
    harness.run();
    assert!(harness.get_by_label("Rename the run").accesskit_node().is_disabled(), "no run is chosen");
    harness.state_mut().latency_screen.run = Some(1);
    harness.run();
    asked(&mut harness, "Rename the run");
    assert_eq!(asked(&mut harness, "Rename"), [Action::Latency(LatencyAction::Rename)]);
}

fn two_runs() -> Desk {
    let mut desk = measured_desk();
    desk.latency.begin_run("with antenna");
    for number in 0..50 {
        desk.publish(400_000 + number * 500, message("t", b"x", Qos::AtLeastOnce), confirmed(15, 40 + number));
    }
    desk
}

#[test]
fn runs_are_compared_side_by_side() {
    let mut harness = shown(two_runs());
    harness.get_by_label("Compare").click();
    harness.run();
    harness.get_by_label("Times of the compared runs");
    harness.get_by_label("with antenna");
    assert_eq!(harness.get_all_by_label("p99").count(), 2, "a heading for each quality of service");
    harness.get_by_label_contains("Compare with antenna").click();
    harness.run();
    assert_eq!(harness.state().latency_screen.compared, [1]);
    harness.get_by_label("Compare").click();
    harness.run();
    harness.get_by_label("Times of publishes over the time of day");
}

#[test]
fn a_measuring_run_starts_from_its_form_and_says_what_is_wrong() {
    let mut harness = shown(Desk::new(Page::Latency));
    asked(&mut harness, "Measure");
    harness.get_by_label_contains("timed from its planned instant");
    assert_eq!(asked(&mut harness, "Start"), [Action::Latency(LatencyAction::Start)]);
    harness.state_mut().latency_screen.plan.bytes = "9000".to_owned();
    harness.run();
    harness.get_by_label("A whole number from 1 to 4100");
    assert!(harness.get_by_label("Start").accesskit_node().is_disabled());
    let form = &mut harness.state_mut().latency_screen.plan;
    (form.bytes, form.rate) = ("1000".to_owned(), "50".to_owned());
    harness.run();
    harness.get_by_label_contains("The plan asks for more");
}

#[test]
fn a_run_under_way_shows_its_progress_and_is_stopped() {
    let mut desk = Desk::new(Page::Latency);
    let topic = "m".parse().expect("a topic");
    let period = std::time::Duration::from_millis(100);
    let plan = MeasurePlan { topic, qos: Qos::AtLeastOnce, bytes: 8, period, count: 40, reads_signal: false };
    let id = RequestId(900);
    desk.latency.take(&Input::Asked { id, request: Box::new(Request::Measure(plan)) });
    let mut tell = |at: u64, step| {
        desk.tell(&Event::Measure(Box::new(MeasureUpdate { at: Moment::from_millis(at), id, step })));
    };
    tell(1_000, MeasureStep::Began);
    for number in 0..4_u32 {
        let planned = 1_000 + u64::from(number) * 100;
        let sent = 1_000 + u64::from(number) * 400;
        let (planned, sent) = (Moment::from_millis(planned), Some(Moment::from_millis(sent)));
        let delivery = confirmed(20, 300);
        let at = 1_390 + u64::from(number) * 400;
        tell(at, MeasureStep::Ended { number, planned, sent, delivery });
    }
    desk.latency_screen.is_plan_open = true;
    let mut harness = shown(desk);
    harness.get_by_label_contains("planned 10.00/s · reached 2.5");
    harness.get_by_label_contains("Falls behind: the last one left 900 ms after its planned instant");
    harness.get_by_label("Wait for its turn");
    assert_eq!(asked(&mut harness, "Stop"), [Action::Latency(LatencyAction::Stop)]);
}

#[test]
fn the_signal_stands_below_on_the_same_axis() {
    let mut desk = measured_desk();
    let signal = Some(Observed::new(Signal { rssi: 20, ber: 0 }, Moment::from_millis(5_000), "AT+CSQ"));
    desk.tell(&Event::Status(Box::new(Status { signal, ..Status::default() })));
    desk.tell(&Event::SessionLost { at: Moment::from_millis(90_000), cause: LossCause::Closed, asked: None });
    let harness = shown(desk);
    harness.get_by_label("Signal strength by AT+CSQ");
    harness.get_by_label("1 time without a session (shaded)");
}

#[test]
fn a_kind_of_marks_is_switched_off_by_its_name() {
    let mut harness = shown(measured_desk());
    let name = "Show QoS 1: OK → PUBACK";
    assert!(asked(&mut harness, name).is_empty());
    assert!(harness.state().latency_screen.hidden.contains(&SeriesKind::Network(Qos::AtLeastOnce)));
    asked(&mut harness, name);
    assert_eq!(harness.state().latency_screen.hidden.len(), 3, "the sums stay hidden");
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
fn every_reason_for_what_cannot_be_done_is_said_on_hover() {
    let reason = |harness: &mut Harness<'static, Desk>, name: &str, why: &str| {
        assert!(harness.get_by_label(name).accesskit_node().is_disabled(), "{name} can be used");
        harness.get_by_label(name).hover();
        harness.run_steps(60);
        assert!(harness.query_by_label(why).is_some(), "{name} does not say {why:?}");
    };
    let mut empty = shown(Desk::new(Page::Latency));
    reason(&mut empty, "Rename the run", "Choose one run first");
    reason(&mut empty, "Export CSV", "Nothing was measured yet");

    let mut desk = measured_desk();
    for number in 0..7_u64 {
        desk.latency.begin_run(&format!("run {number}"));
        let at = 500_000 + number * 1_000;
        desk.publish(at, message("t", b"x", Qos::AtLeastOnce), confirmed(15, 40));
    }
    let mut full = shown(desk);
    full.get_by_label("Compare").click();
    full.run();
    for run in ["run 1", "run 2", "run 3", "run 4", "run 5", "run 6"] {
        if full.state().latency_screen.compared.len() < 6 {
            full.get_by_label_contains(&format!("Compare {run}")).click();
            full.run();
        }
    }
    let boxes: Vec<_> = full.get_all_by_role(eframe::egui::accesskit::Role::CheckBox).collect();
    let refused = boxes.iter().find(|node| node.accesskit_node().is_disabled()).expect("a seventh run");
    let name = refused.accesskit_node().label().expect("a name");
    drop(boxes);
    reason(&mut full, &name, "Six runs at once are the most; take one out first");
}

#[test]
fn the_page_speaks_both_languages_with_every_glyph() {
    for (lang, clear) in [(Lang::En, "Delete all"), (Lang::ZhCn, "全部删除")] {
        let mut desk = measured_desk();
        desk.translator = Translator::new(lang);
        // The harness fails on a glyph that no font has and on a control without a name.
        shown(desk).get_by_label(clear);
        let mut desk = two_runs();
        desk.translator = Translator::new(lang);
        desk.latency_screen.is_plan_open = true;
        let Desk { latency, latency_screen, .. } = &mut desk;
        latency_screen.compare(true, latency);
        shown(desk);
    }
}

#[test]
fn the_name_of_each_part_stands_whole_beside_its_times() {
    for size in [SIZE, vec2(820.0, 500.0)] {
        let mut harness = harness(measured_desk(), size);
        harness.run();
        let font = theme::proportional(theme::text::SMALL);
        for name in ["Network and broker", "Modem", "Total"] {
            let width = |text: &str| {
                let ink = egui::Color32::BLACK;
                harness.ctx.fonts_mut(|fonts| fonts.layout_no_wrap(text.to_owned(), font.clone(), ink).size().x)
            };
            for node in harness.get_all_by_label(name) {
                assert!(node.rect().width() >= width(name) - 0.5, "{name} is cut at {size:?}: {:?}", node.rect());
            }
        }
    }
}
