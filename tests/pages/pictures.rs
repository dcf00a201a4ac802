//! A few pages as pictures, in both themes and languages: what words and names cannot tell of a layout.
//!
//! `UPDATE_SNAPSHOTS=1 cargo test --test pages pictures` draws them anew; look at each before keeping it.

use air780e_companion::{
    lang::{Lang, Translator},
    model::status::SubscriptionState,
    mqtt::Qos,
    ui::theme,
};
use eframe::egui::{Theme, Vec2};
use egui_kittest::{Harness, SnapshotOptions};

use crate::desk::{Desk, Page, confirmed, harness, message};

/// Draws the page and holds it against the picture of this name.
fn hold(name: &str, mut desk: Desk, lang: Lang, theme: Theme, size: Vec2) {
    desk.translator = Translator::new(lang);
    let mut harness = harness(desk, size);
    theme::speak(&harness.ctx, lang);
    hold_shown(name, &mut harness, theme, size);
}

/// Draws what is shown anew and holds it against the picture of this name.
pub(crate) fn hold_shown<S>(name: &str, harness: &mut Harness<'_, S>, theme: Theme, size: Vec2) {
    harness.set_size(size);
    harness.ctx.set_theme(theme);
    harness.run_steps(4);
    // Another processor may round a shade differently; a moved line is more than that.
    let options = SnapshotOptions::new().threshold(1.2).max_failed_pixels(40_usize);
    harness.snapshot_options(name, &options);
}

/// Topics of several levels, text, JSON and Chinese, and publishes in every stage.
fn talking() -> Desk {
    let mut desk = Desk::new(Page::Messages);
    desk.connect(&[("plant/#", Qos::AtLeastOnce, SubscriptionState::Confirmed)]);
    desk.arrive(1_000, "plant/hall-1/temperature", br#"{"value":21.5,"unit":"C"}"#);
    desk.arrive(2_000, "plant/hall-1/door", b"closed");
    desk.arrive(3_000, "plant/hall-2/note", "二号车间正常".as_bytes());
    desk.arrive(4_000, "plant/hall-2/raw", &[0x1b, 0x5b, 0x33, 0x31, 0x6d, 0x00, 0xff]);
    desk.publish(5_000, message("plant/set", b"open", Qos::AtLeastOnce), confirmed(12, 48));
    desk
}

/// Two hundred publishes of both kinds with a slow one among them.
fn measured() -> Desk {
    let mut desk = Desk::new(Page::Latency);
    desk.connect(&[]);
    for number in 0..200_u64 {
        let qos = if number % 2 == 0 { Qos::AtLeastOnce } else { Qos::ExactlyOnce };
        let ack = 60 + (number * 37) % 50 + if number == 120 { 700 } else { 0 };
        desk.publish(1_000 + number * 250, message("t", b"x", qos), confirmed(10 + number % 7, ack));
    }
    desk
}

#[test]
fn messages_in_english_and_light() {
    hold("messages-en-light", talking(), Lang::En, Theme::Light, SIZE);
}

#[test]
fn messages_in_chinese_and_dark() {
    hold("messages-zh-dark", talking(), Lang::ZhCn, Theme::Dark, SIZE);
}

#[test]
fn latency_in_english_and_dark() {
    hold("latency-en-dark", measured(), Lang::En, Theme::Dark, SIZE);
}

#[test]
fn latency_in_chinese_and_light() {
    hold("latency-zh-light", measured(), Lang::ZhCn, Theme::Light, SIZE);
}

#[test]
fn messages_in_a_small_window() {
    hold("messages-en-dark-small", talking(), Lang::En, Theme::Dark, SMALL);
}

/// The least window at the stage size without its bars.
pub(crate) const SMALL: Vec2 = Vec2::new(575.0, 340.0);
/// The least window without its bars.
const SIZE: Vec2 = Vec2::new(828.0, 420.0);
