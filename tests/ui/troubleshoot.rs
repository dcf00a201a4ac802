//! The Troubleshoot page in the whole window: real failures of the virtual modem, and this computer's own try.

use air780e_companion::{
    app::Options,
    lang::Lang,
    settings::{LinkChoice, Profile, Settings},
    view::Page,
};
use eframe::egui::{Key, Modifiers};

use crate::kit::Window;

/// A window with the scenario of this title on, and its connection opening.
fn playing(name: &str, title: &str) -> Window<'static> {
    let mut window = Window::open(Options::default());
    window.click("Demo");
    window.type_into("Search scenarios", name);
    window.click(title);
    window.click("Start");
    window.wait_for("On now");
    window
}

/// A virtual modem that is to reach `127.0.0.1:port`, while this computer tries the same by itself or not.
fn towards(port: u16, tries_here: bool) -> Window<'static> {
    let profile = Profile {
        name: "a".to_owned(),
        link: LinkChoice::Virtual,
        uses_own_broker: false,
        host: "127.0.0.1".to_owned(),
        port: port.to_string(),
        ..Profile::default()
    };
    let settings = Settings { profiles: vec![profile], chosen: "a".to_owned(), tries_here, ..Settings::default() };
    let mut window = Window::open(Options { settings, ..Options::default() });
    window.click("Connect");
    window
}

/// A port where nobody listens, as far as a moment ago.
fn closed_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port").port()
}

#[test]
fn a_wrong_password_leads_to_its_finding() {
    let mut window = playing("login-refused", "User or password wrong");
    window.wait_for("MQTT: failed");
    window.press(Modifiers::COMMAND, Key::Num6);
    window.wait_for("Stopped at MQTT");
    assert!(window.shows("its code decides") && window.shows("SIMULATED"), "{}", window.words());
    assert!(!window.shows("likely"), "no code of the broker reached the port: {}", window.words());
    // The user agrees to a login from this computer, and the broker says its code.
    window.click("Log in from this computer …");
    window.wait_for("Log in once");
    window.click("Log in once");
    window.wait_for("seen");
    assert!(window.shows("F-143"), "the broker says code 4: {}", window.words());
    assert!(window.shows("The port is reachable"), "what it is not: {}", window.words());
    window.click("Go to the connection (F-143)");
    assert!(window.shows("Client ID"));
    window.step();
    assert!(window.is_focused("Client ID"), "without a user name the client ID is what the broker refused");
}

#[test]
fn a_closed_port_is_confirmed_by_this_computer() {
    let mut window = towards(closed_port(), true);
    window.wait_for("TCP: failed");
    window.click("TCP: failed");
    assert!(window.shows("F-058"), "the ladder's evidence names the finding");
    window.click("Open Troubleshoot");
    window.wait_for("Stopped at TCP");
    // The setting that is on by default tries it without a click.
    window.wait_for("refuses: nothing listens there.");
    window.wait_for("Done.");
    assert!(window.shows("refuses this computer"), "{}", window.words());
    assert!(window.shows("seen"));
}

#[test]
fn nothing_is_tried_from_here_where_the_settings_say_so() {
    let mut window = towards(closed_port(), false);
    window.wait_for("TCP: failed");
    window.press(Modifiers::COMMAND, Key::Num6);
    window.wait_for("Stopped at TCP");
    assert!(!window.shows("refuses: nothing listens there.") && window.can_click("Quick check"), "{}", window.words());
    window.click("Quick check");
    window.wait_for("refuses: nothing listens there.");
}

#[test]
fn a_broker_with_other_suites_is_found_by_this_computer() {
    let mut window = playing("suites-forward-secrecy", "The broker takes only suites that the module does not have");
    window.wait_for("TLS: failed");
    window.press(Modifiers::COMMAND, Key::Num6);
    // The module is asked for the name meanwhile; its answer moves what stands below.
    window.wait_for("Resolved");
    window.wait_for("Done.");
    assert!(window.shows("F-071") && window.shows("alert 40"), "before any click: {}", window.words());
    window.click("Full check with all suites");
    // Its steps may be over within a frame; what it brings stays.
    window.wait("each suite asked alone", |window| window.words().contains("| refused |"));
    window.wait_for("Done.");
    assert!(window.shows("F-071") && window.shows("alert 40"), "{}", window.words());
    assert!(window.shows("The key type fits"), "{}", window.words());
}

#[test]
fn details_and_names_are_asked_of_the_module() {
    let options = Options { connects_virtual: true, page: Page::Troubleshoot, ..Options::default() };
    let mut window = Window::open(options);
    window.wait_for("All is well: the session stands");
    window.click("Read details");
    window.wait_for("Start reason");
    assert!(window.shows("Supply"));
    assert!(!window.can_click("Resolve on the module"), "the own broker has no name");
}

#[test]
fn nothing_of_the_page_stays_in_english() {
    let options = Options { lang: Some(Lang::ZhCn), page: Page::Troubleshoot, ..Options::default() };
    let window = Window::open(options);
    assert!(window.shows("排查") && window.shows("尚未尝试连接"));
    for left in ["Troubleshoot", "Quick check", "Nothing was tried"] {
        assert!(!window.shows(left), "{left}");
    }
}
