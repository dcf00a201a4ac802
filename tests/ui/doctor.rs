//! What the Troubleshoot page says of real handshakes that fail, once this computer has tried the same by itself: the cause
//! that the scenario was built for comes first, before any click.

use air780e_companion::app::Options;
use eframe::egui::{Key, Modifiers};

use crate::kit::Window;

/// The finding that stands first after the quick look that starts by itself.
fn first_finding(name: &str, title: &str, failed: &str) -> String {
    let mut window = Window::open(Options::default());
    window.click("Demo");
    window.type_into("Search scenarios", name);
    window.click(title);
    window.click("Start");
    window.wait_for(failed);
    window.press(Modifiers::COMMAND, Key::Num6);
    // The panel names the cause, too.
    window.press(Modifiers::NONE, Key::F2);
    window.wait_for("Done.");
    let words = window.words();
    let number = words.match_indices("F-").map(|(at, _)| words[at..].chars().take(5).collect::<String>());
    number.into_iter().next().unwrap_or_else(|| panic!("{name}: no finding in {words}"))
}

fn each(scenarios: &[(&str, &str, &str)]) {
    let told = scenarios.iter().map(|(name, title, cause)| (*name, *cause, first_finding(name, title, "TLS: failed")));
    let wrong: Vec<_> = told.filter(|(_, cause, found)| found != cause).collect();
    assert!(wrong.is_empty(), "scenario, its cause, what came first: {wrong:?}");
}

#[test]
fn what_the_certificate_says_by_itself_comes_first() {
    each(&[
        ("F-104", "The broker's certificate has expired", "F-104"),
        ("F-105", "The broker's certificate is not valid yet", "F-105"),
        ("F-108", "The certificate is for another name", "F-108"),
        ("F-103", "The broker's certificate signed itself", "F-103"),
    ]);
}

#[test]
fn what_cannot_be_negotiated_comes_first() {
    each(&[
        ("F-071", "The broker takes only suites that the module does not have", "F-071"),
        ("F-072", "The broker speaks TLS 1.3 only", "F-072"),
        ("F-074", "The broker's certificate has an elliptic-curve key", "F-074"),
        ("F-078", "An old firmware names no server, the broker needs it", "F-078"),
        ("F-095", "The broker demands a client certificate", "F-095"),
    ]);
}

#[test]
fn what_the_files_say_comes_first() {
    each(&[
        ("F-097", "The CA file did not sign this server", "F-097"),
        ("F-098", "The CA was issued again under the same name", "F-098"),
        ("F-101", "The broker does not send its intermediate", "F-101"),
        ("F-129", "The key does not belong to the client certificate", "F-129"),
        ("F-130", "The broker does not trust the client certificate", "F-130"),
        ("F-131", "The client certificate has expired", "F-131"),
        ("F-117", "The CA file's line ends were changed", "F-117"),
        ("F-120", "The CA file's lines were joined", "F-120"),
    ]);
}

#[test]
fn a_link_that_closes_on_the_login_is_looked_at_too() {
    let title = "A plain connection to a TLS port";
    assert_eq!(first_finding("F-069", title, "MQTT: failed"), "F-069");
}

#[test]
fn what_the_port_speaks_and_what_the_module_is_held_to_comes_first() {
    each(&[
        ("F-062", "The port belongs to a web server", "F-062"),
        ("F-070", "TLS to a plain port", "F-070"),
        ("F-073", "The module is set to a version that the broker refuses", "F-073"),
        ("F-075", "The module is set to one suite that the broker refuses", "F-075"),
        ("F-079", "Connected by address, the broker needs the name", "F-079"),
    ]);
}
