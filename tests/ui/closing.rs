//! Closing the window: the module logs off first, and a silent one does not hold the window up.

use air780e_companion::{
    app::Options,
    model::{connection::Phase, event::WireKind},
    view::Page,
};

use eframe::egui::{Key, Modifiers};

use crate::kit::Window;

fn connected() -> Window<'static> {
    let mut window = Window::open(Options { connects_virtual: true, page: Page::Messages, ..Options::default() });
    window.wait("connected", |window| *window.app().model().connection().phase() == Phase::Connected);
    window
}

fn has_sent(window: &Window<'_>, line: &str) -> bool {
    let lines = window.app().model().terminal().lines();
    (0..lines.len()).filter_map(|index| lines.get(index)).any(|sent| sent.kind == WireKind::Sent && sent.text == line)
}

#[test]
fn a_window_closes_when_the_module_has_logged_off() {
    let mut window = connected();
    window.ask_to_close();
    assert!(!window.closes(), "the module is told first");
    window.wait_for_close();
    assert!(has_sent(&window, "AT+MDISCONNECT"));
    assert!(!window.shows("The module does not log off"));
}

#[test]
fn a_window_without_a_connection_closes_at_once() {
    let mut window = Window::open(Options::default());
    window.ask_to_close();
    assert!(!window.shows("The module does not log off"));
    assert_eq!(*window.app().model().connection().phase(), Phase::Idle);
}

/// A window whose module has fallen silent and that was asked to close.
fn silent() -> Window<'static> {
    let mut window = connected();
    window.press(Modifiers::NONE, Key::F2);
    window.click("Steering");
    window.type_into("Steering line", "off");
    window.click("Do it");
    window.ask_to_close();
    window.wait_for("The module does not log off");
    window
}

#[test]
fn a_silent_module_does_not_hold_the_window_up() {
    let mut window = silent();
    window.click("Close the window now");
    window.wait_for_close();
}

#[test]
fn a_window_with_a_silent_module_stays_when_that_is_said() {
    let mut window = silent();
    window.click("Do not close");
    window.wait("no longer asked", |window| !window.shows("The module does not log off"));
    assert!(!window.closes());
}
