//! The end that the system asks for.

use std::fs;

use air780e_companion::{settings::Settings, ui::pages, view::Page};

use crate::{LIMIT, Window, screen::Screen};

#[test]
fn a_terminated_window_keeps_what_was_chosen_and_logs_off() {
    let screen = Screen::start();
    let mut window = Window::open(&screen, &["--lang", "en", "--theme", "light", "--connect-virtual"]);
    screen.wait_for("CONNACK OK", LIMIT);
    screen.focus_window("Air780E");
    screen.press("ctrl+2");
    screen.wait_for("Welcome to the built-in broker", LIMIT);

    let program = rustix::process::Pid::from_child(&window.program);
    rustix::process::kill_process(program, rustix::process::Signal::TERM).expect("the program lives");
    assert!(window.ends_well(), "the window closes as by its button");

    let folder = window.home.path().join(".config/air780e-companion");
    let kept = fs::read_to_string(folder.join("settings.json")).expect("the settings are kept");
    let kept: Settings = serde_json::from_str(&kept).expect("settings");
    assert_eq!(pages::kept(&kept.window.page), Some(Page::Messages));
    let log = fs::read_dir(folder.join("logs")).expect("logs").next().expect("a log").expect("an entry").path();
    let log = fs::read_to_string(log).expect("text");
    assert!(log.contains("AT+MDISCONNECT"), "{log}");
}
