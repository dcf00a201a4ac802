//! The Latency page.

use air780e_companion::{
    action::{Action, LatencyAction},
    lang::{Lang, Translator},
    model::event::{Delivery, Fault},
    mqtt::Qos,
};
use eframe::egui::{self, vec2};
use egui_kittest::kittest::Queryable;

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

#[test]
fn look() {
    for (name, dark, lang, size) in [
        ("latency-en-light", false, Lang::En, SIZE),
        ("latency-zh-dark", true, Lang::ZhCn, SIZE),
        ("latency-wide", false, Lang::En, vec2(1_130.0, 700.0)),
        ("latency-empty", false, Lang::En, SIZE),
    ] {
        let mut desk = if name == "latency-empty" { Desk::new(Page::Latency) } else { measured_desk() };
        desk.translator = Translator::new(lang);
        let mut harness = harness(desk, size);
        harness.ctx.set_theme(if dark { egui::Theme::Dark } else { egui::Theme::Light });
        harness.run();
        harness.render().expect("a picture").save(format!("/tmp/pages-{name}.png")).expect("saved");
    }
}
