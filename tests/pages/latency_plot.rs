//! The plots of the Latency page: what a hand does to them, what stands at their axes and lines, and what is said of a run.

use std::time::Duration;

use air780e_companion::{
    action::LatencyAction,
    lang::{Lang, Translator},
    model::{
        Input,
        event::{Delivery, Event, Fault, LossCause, MeasureStep, MeasureUpdate},
        request::{MeasurePlan, Request, RequestId},
    },
    mqtt::Qos,
    time::Moment,
    view::latency::{Budget, Ending, Part, SeriesKind, Share, Window},
};
use eframe::egui::{
    Event as UiEvent, Modifiers, MouseWheelSource, MouseWheelUnit, PointerButton, Pos2, Rect, Shape, TouchPhase, Vec2,
    accesskit::Role, vec2,
};
use egui_kittest::{Harness, kittest::Queryable};

use crate::desk::{Desk, Page, confirmed, harness, message};

const SIZE: Vec2 = vec2(856.0, 500.0);
const PLOT: &str = "Times of publishes over the time of day";

/// Two bursts of 200 publishes at QoS 1, with two minutes of rest between them.
fn bursts() -> Desk {
    let mut desk = Desk::new(Page::Latency);
    for number in 0..400_u64 {
        let rest = if number >= 200 { 120_000 } else { 0 };
        let ack = 70 + number * 7_919 % 50 + if number == 300 { 900 } else { 0 };
        desk.publish(1_000 + rest + number * 100, message("t", b"x", Qos::AtLeastOnce), confirmed(20, ack));
    }
    desk
}

fn shown(desk: Desk) -> Harness<'static, Desk> {
    let mut harness = harness(desk, SIZE);
    harness.run();
    harness.run();
    harness
}

fn place(harness: &Harness<'static, Desk>, name: &str) -> Rect {
    harness.get_by_label(name).rect()
}

fn window(harness: &Harness<'static, Desk>) -> Option<(f64, f64)> {
    #[expect(clippy::cast_precision_loss, reason = "microseconds of minutes")]
    let seconds = |micros: i64| micros as f64 / 1e6;
    harness.state().latency_screen.window.map(|Window { start_micros, end_micros }| {
        // The plot's zero is the hour of the first point, which ended a second after it.
        (seconds(start_micros), seconds(end_micros))
    })
}

/// Turns the wheel by `points` at `at`, and waits until it has come to rest.
fn wheel(harness: &mut Harness<'static, Desk>, at: Pos2, points: f32) {
    harness.hover_at(at);
    harness.run_steps(2);
    let (unit, delta) = (MouseWheelUnit::Point, vec2(0.0, points));
    let (phase, modifiers) = (TouchPhase::Move, Modifiers::NONE);
    harness.event(UiEvent::MouseWheel { unit, delta, phase, source: MouseWheelSource::Wheel, modifiers });
    harness.run_steps(30);
}

fn drag(harness: &mut Harness<'static, Desk>, from: Pos2, by: Vec2) {
    harness.drag_at(from);
    harness.run_steps(2);
    for step in 1..=10_u8 {
        harness.hover_at(from + by * (f32::from(step) / 10.0));
        harness.run_steps(2);
    }
    harness.drop_at(from + by);
    harness.run_steps(4);
}

fn double_click(harness: &mut Harness<'static, Desk>, at: Pos2) {
    harness.hover_at(at);
    harness.run_steps(2);
    // A quarter of a second passes from frame to frame: both clicks come in one.
    for pressed in [true, false, true, false] {
        let (button, modifiers) = (PointerButton::Primary, Modifiers::NONE);
        harness.input_mut().events.push(UiEvent::PointerButton { pos: at, button, pressed, modifiers });
    }
    harness.run_steps(4);
}

/// All that is written on the screen and where, also what has no name.
fn painted(harness: &Harness<'static, Desk>) -> Vec<(String, Rect)> {
    clipped(harness).into_iter().map(|(text, at, _)| (text, at)).collect()
}

/// The same with the part of the screen outside which it is cut.
fn clipped(harness: &Harness<'static, Desk>) -> Vec<(String, Rect, Rect)> {
    fn add(shape: &Shape, clip: Rect, texts: &mut Vec<(String, Rect, Rect)>) {
        match shape {
            Shape::Text(text) => texts.push((text.galley.text().to_owned(), text.visual_bounding_rect(), clip)),
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| add(shape, clip, texts)),
            _ => {}
        }
    }
    let mut texts = Vec::new();
    for clipped in &harness.output().shapes {
        add(&clipped.shape, clipped.clip_rect, &mut texts);
    }
    texts
}

#[test]
fn the_wheel_zooms_time_a_drag_pans_and_a_double_click_shows_all() {
    let mut harness = shown(bursts());
    harness.get_by_label("Wheel zooms time, drag pans, double-click shows all.");
    let plot = place(&harness, PLOT);
    let middle = plot.center() + vec2(40.0, 0.0);
    wheel(&mut harness, middle, 200.0);
    let (from, to) = window(&harness).expect("a part");
    assert!((2.0..150.0).contains(&(to - from)), "{from}..{to}");

    drag(&mut harness, middle, vec2(60.0, 0.0));
    let (earlier, earlier_end) = window(&harness).expect("a part");
    let moved = (from - earlier) / (to - from);
    assert!(moved > 0.05, "a drag by 60 points moves by more than a nudge: {moved}");
    assert!(((earlier_end - earlier) - (to - from)).abs() < 0.01, "and zooms nothing");
    harness.get_by_label("The figures are of the whole run, not only of the part in sight. Double-click shows all.");

    double_click(&mut harness, middle);
    assert_eq!(window(&harness), None);
}

#[test]
fn a_drag_crosses_a_rest_without_points_and_ends_where_the_measurements_end() {
    let mut harness = shown(bursts());
    let plot = place(&harness, PLOT);
    // Into the first burst, so far that the second is long out of sight.
    let left = Pos2::new(plot.left() + 20.0, plot.center().y);
    wheel(&mut harness, left, 600.0);
    let (from, to) = window(&harness).expect("a part");
    assert!(to < 60.0 && to - from < 40.0, "only the first burst: {from}..{to}");
    for _ in 0..40 {
        drag(&mut harness, plot.center() + vec2(150.0, 0.0), vec2(-200.0, 0.0));
    }
    let (last_from, last_to) = window(&harness).expect("a part");
    assert!(((last_to - last_from) - (to - from)).abs() < 0.01, "as wide as before");
    // The last publish ended 160.9 s after the link opened.
    assert!(last_from < 160.9 && last_to > 160.8, "at the end of what was measured: {last_from}..{last_to}");
    assert!(last_to < 160.9 + (161.0) * 0.05, "and not beyond: {last_to}");
    wheel(&mut harness, plot.center(), -3_000.0);
    let (from, to) = window(&harness).expect("a part");
    assert!(from > -20.0 && to < 180.0 && to - from > 150.0, "zoomed out it is all and no more: {from}..{to}");
}

#[test]
fn the_axis_of_times_begins_at_zero_and_its_labels_can_be_read() {
    for zoom in [0.0, 150.0, 600.0, 2_000.0] {
        let mut harness = shown(bursts());
        let plot = place(&harness, PLOT);
        if zoom > 0.0 {
            wheel(&mut harness, plot.center() + vec2(-120.0, 0.0), zoom);
        }
        let texts = painted(&harness);
        let values: Vec<&(String, Rect)> =
            texts.iter().filter(|(text, at)| text.ends_with(" ms") && at.right() < plot.left() + 80.0).collect();
        assert!((2..=9).contains(&values.len()), "{zoom}: {values:?}");
        assert!(values.iter().any(|(text, _)| text == "0 ms"), "{zoom}: {values:?}");
        assert!(values.iter().all(|(text, _)| !text.starts_with(['-', '−'])), "{zoom}: {values:?}");
        let times: Vec<&(String, Rect)> = texts
            .iter()
            .filter(|(text, at)| text.matches(':').count() == 2 && at.top() > plot.bottom() - 30.0)
            .collect();
        assert!((2..=9).contains(&times.len()), "{zoom}: {times:?}");
        for axis in [&values, &times] {
            for (place, (words, at)) in axis.iter().enumerate() {
                let over = axis[place + 1..].iter().find(|(_, other)| other.intersects(*at));
                assert!(over.is_none(), "{zoom}: {words} lies over {over:?}");
            }
        }
    }
}

#[test]
fn the_crosshair_tells_time_and_height_and_near_a_point_which_it_is() {
    let mut harness = shown(bursts());
    let plot = place(&harness, PLOT);
    harness.hover_at(plot.center());
    harness.run_steps(4);
    let read = |harness: &Harness<'static, Desk>| {
        painted(harness).into_iter().find(|(text, _)| text.contains(" ms\n")).map(|(text, _)| text)
    };
    let there = read(&harness).expect("a read-out");
    assert!(there.contains(':') && there.lines().count() == 2, "{there}");
    harness.hover_at(Pos2::new(plot.left() + 80.0, plot.top() + 5.0));
    harness.run_steps(4);
    assert_ne!(read(&harness).expect("a read-out"), there, "it follows the pointer");
}

#[test]
fn lines_tell_half_and_95_of_a_hundred_of_what_is_drawn() {
    let is_told = |harness: &Harness<'static, Desk>| {
        // The table beside the plot has headings of the same names.
        let plot = place(harness, PLOT);
        let is_legend = |at: Rect| at.bottom() < plot.top() && at.right() < plot.right();
        ["p50", "p95"].map(|name| harness.get_all_by_label(name).any(|node| is_legend(node.rect())))
    };
    let mut harness = shown(bursts());
    assert_eq!(is_told(&harness), [true; 2]);
    let lines = |harness: &mut Harness<'static, Desk>| {
        let Desk { latency, latency_screen, .. } = harness.state_mut();
        air780e_companion::view::latency::view(latency, latency_screen, true, None).percentile_lines()
    };
    assert_eq!(lines(&mut harness)[0].kind, SeriesKind::Network(Qos::AtLeastOnce), "the longest part that is drawn");
    harness.get_by_label("Show QoS 1: OK → PUBACK").click();
    harness.run();
    assert_eq!(lines(&mut harness)[0].kind, SeriesKind::Modem(Qos::AtLeastOnce));
    assert!((lines(&mut harness)[0].p50 - 20.0).abs() < 0.1);

    let mut few = Desk::new(Page::Latency);
    for number in 0..19 {
        few.publish(1_000 + number * 100, message("t", b"x", Qos::AtLeastOnce), confirmed(20, 84));
    }
    assert_eq!(is_told(&shown(few)), [true, false], "19 publishes have no p95");
}

#[test]
fn a_distribution_is_drawn_for_each_quality_of_service() {
    let mut desk = bursts();
    for number in 0..30 {
        desk.publish(200_000 + number * 100, message("t", b"x", Qos::ExactlyOnce), confirmed(20, 300));
    }
    let mut harness = shown(desk);
    harness.get_by_label("Distribution").click();
    harness.run();
    harness.run();
    harness.get_by_label("Distribution of times");
    harness.get_by_label("QoS 1 · 400");
    harness.get_by_label("QoS 2 · 30");
    let Desk { latency, latency_screen, .. } = harness.state_mut();
    let curves = air780e_companion::view::latency::view(latency, latency_screen, true, None).curves.to_vec();
    for curve in &curves {
        assert!(curve.points.is_sorted_by(|one, other| one[0] <= other[0] && one[1] <= other[1]), "it only rises");
        assert!(curve.points.last().is_some_and(|point| (point[1] - 100.0).abs() < 1e-9), "up to all");
    }
    let longest = curves[0].points.last().expect("points")[0];
    assert!((longest - 990.0).abs() < 0.1, "the one outlier is its end: {longest}");
    harness.get_by_role_and_label(Role::ComboBox, "Part").click();
    harness.run();
    harness.get_by_role_and_label(Role::Button, "Modem").click();
    harness.run();
    assert_eq!(harness.state().latency_screen.part, Part::Modem);
    let plot = place(&harness, "Distribution of times");
    harness.hover_at(plot.center());
    harness.run_steps(4);
    let read = |harness: &Harness<'static, Desk>| {
        painted(harness).into_iter().find(|(text, _)| text.contains(" % within ")).map(|(text, _)| text)
    };
    let there = read(&harness).expect("a read-out at the crosshair");
    assert!(there.starts_with("QoS 1: 100.0 % within 20 ms") && there.contains("\nQoS 2: 100.0 %"), "{there}");
    harness.hover_at(plot.center() + vec2(0.0, -60.0));
    harness.run_steps(4);
    assert_eq!(read(&harness), Some(there), "it is that of the curves at this time, at any height");
    harness.hover_at(Pos2::new(plot.left() + 3.0, plot.center().y));
    harness.run_steps(4);
    assert!(read(&harness).is_some_and(|text| text.starts_with("QoS 1: 0.0 %")), "before the shortest there is none");
    harness.get_by_label("Distribution").click();
    harness.run();
    harness.get_by_label(PLOT);
}

#[test]
fn at_qos_0_the_module_is_the_whole_way() {
    let mut desk = Desk::new(Page::Latency);
    for number in 0..20 {
        let accept = Duration::from_millis(10 + number);
        desk.publish(1_000 + number * 100, message("t", b"x", Qos::AtMostOnce), Delivery::Accepted { accept });
    }
    desk.latency_screen.shows_distribution = true;
    desk.latency_screen.budget = Budget { share: Share::P95, limit: "28".to_owned() };
    let harness = shown(desk);
    harness.get_by_label("QoS 0 · 20");
    harness.get_by_label("Passed: 95 % within 28 ms");
}

#[test]
fn a_budget_is_passed_failed_or_undecided_and_what_was_lost_counts_as_over() {
    let said = |count: u64, lost: u64, limit: &str, share: Share| {
        let mut desk = Desk::new(Page::Latency);
        for number in 0..count {
            let slow = if number < 3 { 400 } else { 80 };
            desk.publish(1_000 + number * 100, message("t", b"x", Qos::AtLeastOnce), confirmed(20, slow));
        }
        for number in 0..lost {
            let failed = Delivery::Failed(Fault::NotConnected);
            desk.publish(90_000 + number, message("t", b"x", Qos::AtLeastOnce), failed);
        }
        desk.latency_screen.budget = Budget { share, limit: limit.to_owned() };
        let harness = shown(desk);
        let mut words: Vec<_> = painted(&harness).into_iter().map(|(text, _)| text).collect();
        words.retain(|text| {
            ["Passed", "Failed:", "Undecided", "Milliseconds from"].iter().any(|is| text.starts_with(is))
        });
        words.join("|")
    };
    assert_eq!(said(100, 0, "200", Share::P95), "Passed: 97 % within 200 ms");
    assert_eq!(said(100, 0, "99,9", Share::P50), "Failed: 0 % within 100 ms, 50 % wanted");
    assert_eq!(said(100, 0, "200", Share::P99), "Failed: 97 % within 200 ms, 99 % wanted");
    assert_eq!(said(100, 0, "420", Share::All), "Passed: 100 % within 420 ms");
    assert_eq!(said(100, 1, "420", Share::All), "Failed: 99 % within 420 ms, 100 % wanted");
    assert_eq!(said(97, 3, "200", Share::P95), "Failed: 94 % within 200 ms, 95 % wanted", "3 slow and 3 lost");
    assert_eq!(said(19, 0, "200", Share::P95), "Undecided: 19 of the 20 publishes that this needs");
    assert_eq!(said(99, 0, "200", Share::P99), "Undecided: 99 of the 100 publishes that this needs");
    assert_eq!(said(20, 0, "soon", Share::P95), "Milliseconds from 0.1 to 3600000");
    assert_eq!(said(20, 0, " ", Share::P95), "");
}

#[test]
fn a_budget_is_typed_beside_the_percentiles() {
    let mut harness = shown(bursts());
    harness.get_by_label("Milliseconds of the budget").focus();
    harness.run();
    harness.get_by_label("Milliseconds of the budget").type_text("150");
    harness.run();
    harness.get_by_label_contains("Passed: 99.7 % within 150 ms");
    harness.get_by_role_and_label(Role::ComboBox, "Share of publishes in the budget").click();
    harness.run();
    harness.get_by_role_and_label(Role::Button, "100 %").click();
    harness.run();
    harness.get_by_label_contains("Failed: 99.7 % within 150 ms, 100 % wanted");
    assert_eq!(harness.get_all_by_label("Budget").count(), 2, "the legend tells its line");
    // What a page may ask and only the application does.
    let _ = (LatencyAction::Budget(Budget::default()), LatencyAction::Distribution(true));
}

#[test]
fn the_difference_of_two_runs_stands_below_them() {
    let mut desk = Desk::new(Page::Latency);
    for number in 0..30 {
        desk.publish(1_000 + number * 100, message("t", b"x", Qos::AtLeastOnce), confirmed(20, 80));
    }
    desk.latency.begin_run("with antenna");
    for number in 0..30 {
        desk.publish(60_000 + number * 100, message("t", b"x", Qos::AtLeastOnce), confirmed(20, 50));
    }
    desk.publish(70_000, message("t", b"x", Qos::AtLeastOnce), Delivery::Failed(Fault::NotConnected));
    let Desk { latency, latency_screen, .. } = &mut desk;
    latency_screen.compare(true, latency);
    latency_screen.budget = Budget { share: Share::P95, limit: "90".to_owned() };
    let mut harness = shown(desk);
    harness.get_by_label("A − B");
    assert_eq!(harness.get_all_by_label("+30 ms").count(), 3, "p50, p95 and the longest");
    harness.get_by_label("−1");
    harness.get_by_label("Failed: 0 % within 90 ms, 95 % wanted");
    harness.get_by_label("Passed: 96.7 % within 90 ms");
    assert!(harness.query_by_label("+30.0 ms").is_none());
    harness.state_mut().latency_screen.shows_distribution = true;
    harness.run();
    harness.get_by_label("Distribution of times");
    harness.get_by_label_contains("A · Run 1");
    harness.get_by_label_contains("B · with antenna");
}

/// A measuring run of four publishes after 40 others, as far as `steps` of it.
fn measuring(steps: u32) -> Desk {
    let mut desk = Desk::new(Page::Latency);
    for number in 0..40 {
        desk.publish(1_000 + number * 10, message("t", b"x", Qos::AtLeastOnce), confirmed(20, 500));
    }
    let topic = "m".parse().expect("a topic");
    let period = Duration::from_millis(100);
    let plan = MeasurePlan { topic, qos: Qos::AtLeastOnce, bytes: 8, period, count: 4, reads_signal: false };
    let id = RequestId(900);
    desk.latency_screen.await_next(&desk.latency);
    desk.latency.begin_run("antenna");
    desk.latency.take(&Input::Asked { id, request: Box::new(Request::Measure(plan)) });
    let mut tell = |at: u64, step| {
        desk.tell(&Event::Measure(Box::new(MeasureUpdate { at: Moment::from_millis(at), id, step })));
    };
    tell(100_000, MeasureStep::Began);
    for number in 0..steps {
        let planned = Moment::from_millis(100_000 + u64::from(number) * 100);
        let at = 100_105 + u64::from(number) * 100;
        let step = MeasureStep::Ended { number, planned, sent: Some(planned), delivery: confirmed(20, 80) };
        tell(at, step);
    }
    desk
}

fn done(desk: &mut Desk, result: Result<(), Fault>) {
    desk.tell(&Event::Done { at: Moment::from_millis(101_000), id: RequestId(900), result });
}

#[test]
fn the_run_under_way_is_looked_at_alone_and_fills_the_plot() {
    let waiting = shown(measuring(0));
    waiting.get_by_label("Waiting for the end of the first publish");
    assert!(waiting.query_by_label(PLOT).is_none(), "what is older does not stand beside it");

    let mut harness = shown(measuring(3));
    assert_eq!(harness.state().latency_screen.run, Some(2));
    let Desk { latency, latency_screen, .. } = harness.state_mut();
    let view = air780e_companion::view::latency::view(latency, latency_screen, true, None);
    let (from, to) = view.extent.expect("two points");
    assert!((to - from - 0.2).abs() < 1e-6, "only its own time: {from}..{to}");
    assert!(view.rows.iter().all(|row| row.percentiles.count == 3));
    assert!(view.summary().is_none(), "it has not ended");
    let plot = place(&harness, PLOT);
    let columns = harness.state().latency_screen.columns;
    assert!(columns > 200 && plot.width() > 200.0);
}

#[test]
fn a_measuring_run_ends_in_a_summary() {
    let ended = |steps: u32, result: Result<(), Fault>| {
        let mut desk = measuring(steps);
        done(&mut desk, result);
        shown(desk)
    };
    let harness = ended(4, Ok(()));
    harness.get_by_label("All 4 publishes ended");
    harness.get_by_label("· planned 10.00/s · reached 10.00/s");
    for words in ["· p50 100 ms", "· p95 –", "· p99 –", "· max 100 ms"] {
        harness.get_by_label(&words.replace(' ', "\u{a0}"));
    }
    ended(2, Err(Fault::Cancelled)).get_by_label("Stopped after 2 of 4 publishes");
    let lost = ended(3, Err(Fault::SessionLost(LossCause::Closed)));
    lost.get_by_label("The connection was lost after 3 of 4 publishes");
    ended(3, Err(Fault::NotConnected)).get_by_label("Ended by a fault after 3 of 4 publishes");

    let mut desk = measuring(3);
    desk.tell(&Event::Closed { at: Moment::from_millis(101_000), fault: None });
    let measured = desk.latency.runs()[1].measured.as_ref().map(|measured| measured.ending);
    assert_eq!(measured, Some(Ending::Lost), "also when the line goes without a word");

    let mut harness = ended(4, Ok(()));
    harness.state_mut().latency_screen.choose(Some(1));
    harness.run();
    assert!(harness.query_by_label("All 4 publishes ended").is_none(), "it belongs to its run");
    harness.state_mut().latency_screen.choose(Some(2));
    harness.run();
    harness.get_by_label("All 4 publishes ended");
}

/// Everything of the page in sight or to be scrolled to: at the least size, at the stage size and in between.
#[test]
fn nothing_is_cut_at_any_size_in_either_language() {
    let mut cut = Vec::new();
    for (lang, size) in Lang::ALL.into_iter().flat_map(|lang| {
        [vec2(856.0, 500.0), vec2(680.0, 400.0), vec2(575.0, 340.0), vec2(1_056.0, 660.0), vec2(1_776.0, 940.0)]
            .map(|size| (lang, size))
    }) {
        for (compares, shows_distribution) in [(false, false), (false, true), (true, false), (true, true)] {
            let mut desk = measuring(4);
            done(&mut desk, Ok(()));
            desk.translator = Translator::new(lang);
            let Desk { latency, latency_screen, .. } = &mut desk;
            latency_screen.compare(compares, latency);
            latency_screen.shows_distribution = shows_distribution;
            latency_screen.is_plan_open = size.y > 450.0;
            latency_screen.budget = Budget { share: Share::P99, limit: "12345.5".to_owned() };
            let mut harness = harness(desk, size);
            harness.run();
            harness.run();
            for (words, at, clip) in clipped(&harness) {
                let is_in_part =
                    at.intersects(clip) && (at.left() < clip.left() - 1.0 || at.right() > clip.right() + 1.0);
                if at.left() < -1.0 || at.right() > size.x + 1.0 || is_in_part {
                    cut.push(format!("{lang:?} {size:?} {compares} {shows_distribution}: {words:?} {at:?}"));
                }
            }
            let plots = [
                "Distribution of times",
                "Times of the compared runs",
                PLOT,
                "时延分布",
                "所对比测量的时延",
                "发布时延随时间变化",
            ];
            let plot = plots.iter().find_map(|name| harness.query_by_label(name)).expect("a plot").rect();
            let seen = plot.intersect(Rect::from_min_size(Pos2::ZERO, size)).size();
            if seen.x < 300.0 || seen.y < 120.0 {
                cut.push(format!("{lang:?} {size:?} {compares} {shows_distribution}: the plot is {seen:?}"));
            }
        }
    }
    assert!(cut.is_empty(), "{}", cut.join("\n"));
}
