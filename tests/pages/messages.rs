//! The Messages page.

use air780e_companion::{
    action::{Action, MessagesAction},
    lang::{Lang, Translator},
    model::event::{Delivery, Fault},
    model::status::SubscriptionState,
    mqtt::{Draft, Qos},
    view::messages::{Change, PayloadForm},
};
use eframe::egui::{self, vec2};
use egui_kittest::kittest::Queryable;

use crate::desk::{Desk, Page, confirmed, harness, message};

const SIZE: egui::Vec2 = vec2(856.0, 500.0);

fn busy_desk() -> Desk {
    let mut desk = Desk::new(Page::Messages);
    desk.connect(&[
        ("mqtt/#", Qos::AtLeastOnce, SubscriptionState::Confirmed),
        ("site/+/meter", Qos::AtMostOnce, SubscriptionState::Accepted),
        ("alarm/very/long/topic/filter/that/does/not/fit", Qos::ExactlyOnce, SubscriptionState::Failed),
    ]);
    desk.arrive(1_000, "mqtt/pub", "温度 21.5 °C, 湿度 60%".as_bytes());
    desk.arrive(2_250, "mqtt/pub", br#"{"temperature":21.5,"humidity":60,"tags":["hall","north"]}"#);
    desk.arrive(3_000, "site/7/meter", &[0x01, 0xA4, 0xFF, 0x00]);
    desk.arrive(3_500, "mqtt/hostile", "one\r\ntwo\u{1b}[2J \u{202e}desrever".as_bytes());
    desk.publish(
        4_000,
        message("mqtt/sub", b"hello", Qos::AtMostOnce),
        Delivery::Accepted { accept: std::time::Duration::from_millis(18) },
    );
    desk.publish(5_000, message("mqtt/sub", b"switch on", Qos::AtLeastOnce), confirmed(21, 84));
    desk.publish(6_000, message("mqtt/sub", b"switch off", Qos::ExactlyOnce), confirmed(22, 171));
    let timed_out = Fault::TimedOut {
        command: "AT+MPUBEX=\"mqtt/sub\",1,0,4".to_owned(),
        expected: "PUBACK",
        after: std::time::Duration::from_secs(20),
    };
    desk.publish(7_000, message("mqtt/sub", b"lost", Qos::AtLeastOnce), Delivery::Unknown(timed_out));
    desk.publish(8_000, message("mqtt/sub", b"waiting", Qos::AtLeastOnce), Delivery::Sending);
    desk
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a picture for the eye")]
fn look() {
    for (name, dark, lang, size) in [
        ("en-light", false, Lang::En, SIZE),
        ("zh-dark", true, Lang::ZhCn, SIZE),
        ("en-details", false, Lang::En, SIZE),
        ("zh-wide", false, Lang::ZhCn, vec2(1_130.0, 700.0)),
        ("empty", true, Lang::En, SIZE),
    ] {
        let mut desk = if name == "empty" { Desk::new(Page::Messages) } else { busy_desk() };
        desk.translator = Translator::new(lang);
        if name == "en-details" {
            desk.screen.change(Change::Select(Some(1)), &desk.messages);
            desk.screen.change(Change::Form(PayloadForm::Json), &desk.messages);
        }
        let mut harness = harness(desk, size);
        harness.ctx.set_theme(if dark { egui::Theme::Dark } else { egui::Theme::Light });
        harness.run();
        harness.render().expect("a picture").save(format!("/tmp/pages-{name}.png")).expect("saved");
    }
}
