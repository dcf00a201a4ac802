//! The demo panel in the whole window: scenarios with their own brokers, and hands on the running virtual modem.

use air780e_companion::{app::Options, lang::Lang, view::Page};
use eframe::egui::{Key, Modifiers, Vec2};

use crate::kit::Window;

/// A window with the panel open and the scenario of this title on.
fn playing(name: &str, title: &str) -> Window<'static> {
    let mut window = Window::open(Options::default());
    window.click("Demo");
    window.type_into("Search scenarios", name);
    window.click(title);
    window.click("Start");
    window.wait_for("On now");
    window
}

fn steering() -> Window<'static> {
    let mut window = Window::open(Options { connects_virtual: true, ..Options::default() });
    window.wait("connected", |window| window.can_click("Disconnect"));
    window.press(Modifiers::NONE, Key::F2);
    window.click("Steering");
    window
}

#[test]
fn a_pulled_card_fails_its_rung_and_a_new_one_heals_it() {
    let mut window = steering();
    window.click("Pull the SIM");
    window.wait_for("SIM: failed");
    assert!(window.shows("The SIM card was removed."), "the page says it too");
    assert!(window.shows("sim remove"), "the panel says what was done");
    assert!(window.shows("SIMULATED"));
    window.click("Insert the SIM");
    window.wait_for("+CPIN: READY");
    window.click("Connect");
    window.wait_for("MQTT: confirmed");
}

#[test]
fn a_restart_of_the_module_is_noticed() {
    let mut window = steering();
    window.click("Restart the module");
    window.wait_for("RDY");
    window.wait_for("The module restarted");
    window.wait("not connected any more", |window| window.can_click("Connect"));
}

#[test]
fn the_broker_closes_and_the_bearer_goes() {
    let mut window = steering();
    window.click("Broker closes");
    window.wait_for("CLOSED");
    window.click("Connect");
    window.wait("connected again", |window| window.can_click("Disconnect"));
    window.click("Take it away");
    window.wait_for("+CGEV: NW PDN DEACT 1");
    window.wait_for("Data: failed");
}

#[test]
fn a_scenario_brings_its_module_and_its_rung_fails() {
    let mut window = playing("sim-missing", "No card in the slot");
    window.wait_for("SIM: failed");
    assert!(window.shows("+CME ERROR: 10"));
    window.click("End scenario");
    window.wait_for("The usual virtual modem");
    window.wait("the port is free", |window| window.can_click("Connect"));
    window.click("Connect");
    window.wait_for("SIM: confirmed");
}

#[test]
fn a_scenario_with_tls_brings_its_listener_and_its_files() {
    let mut window = playing("name-wrong", "The certificate is for another name");
    window.wait_for("TLS: failed");
    assert!(window.shows("CONNECT FAIL"));
    window.click("End scenario");
    window.wait_for("The usual virtual modem");
}

#[test]
fn mutual_authentication_is_one_click_and_the_next_step_publishes() {
    let mut window = playing("healthy-mutual", "A session with both sides checked");
    window.wait_for("TLS: confirmed");
    window.wait("connected", |window| window.can_click("Do the next step"));
    window.click("Do the next step");
    window.wait_for("PUBACK");
    assert!(!window.shows("BEGIN"), "no key reaches the screen");
}

#[test]
fn typed_steps_go_to_the_module_line_by_line() {
    let mut window = playing("wrong-state", "Publishing without a session");
    for said in ["ATE0", "AT+MCONFIG=companion", "+CME ERROR: 767"] {
        window.wait("the next step", |window| window.can_click("Do the next step"));
        window.click("Do the next step");
        window.wait_for(said);
    }
}

#[test]
fn a_form_filled_in_leads_to_the_same_broker() {
    let mut window = Window::open(Options::default());
    window.click("Demo");
    window.type_into("Search scenarios", "healthy-login");
    window.click("With user and password");
    window.click("Fill in my form");
    assert!(window.shows("broker.test") && window.shows("root"));
    window.click("Start");
    window.wait_for("On now");
    window.wait_for("MQTT: confirmed");
}

#[test]
fn a_form_filled_in_uses_the_files_that_the_scenario_put_on_its_module() {
    let mut window = Window::open(Options::default());
    window.click("Demo");
    window.type_into("Search scenarios", "healthy-mutual");
    window.click("A session with both sides checked");
    window.click("Fill in my form");
    window.click("Start");
    window.wait_for("On now");
    window.wait_for("TLS: confirmed");
    window.wait_for("MQTT: confirmed");
}

#[test]
fn another_pace_and_a_steering_line_reach_the_module() {
    let mut window = steering();
    window.type_into("Steering line", "speed 16");
    window.click("Do it");
    window.wait_for("speed 16.00");
    window.type_into("Steering line", "sim out");
    window.click("Do it");
    assert!(window.shows("does not fit: write sim remove|insert"));
}

#[test]
fn the_panel_stands_on_every_page_in_both_languages_on_a_small_window() {
    for lang in Lang::ALL {
        let options = Options { lang: Some(lang), page: Page::Messages, ..Options::default() };
        let mut window = Window::open_sized(options, Vec2::new(1_000.0, 640.0));
        window.press(Modifiers::NONE, Key::F2);
        for key in [Key::Num1, Key::Num4, Key::Num7, Key::Num8] {
            window.press(Modifiers::COMMAND, key);
        }
        assert!(window.shows(if lang == Lang::En { "Fill in my form" } else { "填入表单" }));
    }
}

#[test]
fn the_broker_shows_who_comes_and_why_somebody_is_refused() {
    use std::io::{Read, Write};
    let mut window = steering();
    window.click("Broker");
    window.wait_for("came from 127.0.0.1");
    window.wait_for("Clients (1)");
    let place = window.app().model().connection().own_broker().expect("it runs").to_owned();
    let mut client = std::net::TcpStream::connect(place).expect("it listens");
    // MQTT 3.1: an old client, or an old library.
    client.write_all(b"\x10\x11\0\x06MQIsdp\x03\x02\0\x3c\0\x03old").expect("an open socket");
    let mut answer = [0; 4];
    client.read_exact(&mut answer).expect("an answer");
    assert_eq!(answer, [0x20, 2, 0, 1]);
    window.wait_for("the client speaks MQTT 3.1; this broker speaks MQTT 3.1.1 and 5");
    window.click("Cut off air780e-companion");
    window.wait_for("air780e-companion was cut off");
}
