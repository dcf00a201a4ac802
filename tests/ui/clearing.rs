//! Clearing what a broker keeps below a level, against real brokers: it ends with the connection, says what is left, and never
//! goes on at another broker.

use air780e_companion::{
    app::Options,
    settings::{LinkChoice, Profile, Settings, SubscriptionEntry},
};
use eframe::egui::{Key, Modifiers};

use crate::{
    kit::Window,
    programs::{mosquitto::Mosquitto, process::Process},
};

/// Topics with a retained message: more than are cleared before anybody can stop it.
const KEPT: u64 = 24;

/// A broker that keeps a message on each topic.
fn keeping() -> Mosquitto {
    let broker = Mosquitto::open();
    for number in 0..KEPT {
        let (port, topic) = (broker.port.to_string(), format!("plant/{number}"));
        let arguments = ["-h", "127.0.0.1", "-p", &port, "-t", &topic, "-m", "on", "-r", "-q", "1"];
        let (status, _, errors) = Process::start("mosquitto_pub", "mosquitto-clients", arguments).output();
        assert!(status.success(), "{errors:?}");
    }
    broker
}

/// How many topics the broker keeps a message on.
fn kept(broker: &Mosquitto) -> u64 {
    let port = broker.port.to_string();
    let arguments =
        ["-h", "127.0.0.1", "-p", &port, "-t", "plant/#", "-q", "1", "-W", "2", "--retained-only", "-F", "%x"];
    let (_, lines, _) = Process::start("mosquitto_sub", "mosquitto-clients", arguments).output();
    lines.iter().filter(|line| !line.is_empty()).count() as u64
}

fn connected_to(port: u16) -> Window<'static> {
    let profile = Profile {
        name: "p".to_owned(),
        link: LinkChoice::Virtual,
        uses_own_broker: false,
        host: "127.0.0.1".to_owned(),
        port: port.to_string(),
        subscriptions: vec![SubscriptionEntry { filter: "plant/#".to_owned(), ..SubscriptionEntry::default() }],
        ..Profile::default()
    };
    let settings = Settings { profiles: vec![profile], chosen: "p".to_owned(), ..Settings::default() };
    let mut window = Window::open(Options { settings, ..Options::default() });
    connect(&mut window);
    window
}

fn connect(window: &mut Window<'_>) {
    window.press(Modifiers::COMMAND, Key::Num1);
    window.click("Connect");
    window.wait_for("MQTT: confirmed");
    window.press(Modifiers::COMMAND, Key::Num2);
}

fn arrived(window: &Window<'_>) -> u64 {
    window.app().model().messages().received()
}

/// Asks to clear everything below `plant`, and agrees.
fn clear_plant(window: &mut Window<'_>) {
    window.wait("all have come", |window| arrived(window) >= KEPT);
    window.click_secondary("plant");
    window.click_part("retained messages here and below");
    window.wait_for("Whoever subscribes later gets nothing");
    window.click_part("Clear all ");
}

#[test]
fn everything_below_a_level_is_cleared_at_the_broker() {
    let broker = keeping();
    let mut window = connected_to(broker.port);
    clear_plant(&mut window);
    window.wait("nothing is under way", |window| window.app().model().messages().in_flight() == 0);
    assert_eq!(kept(&broker), 0);
}

#[test]
fn a_clearing_that_is_cut_off_says_what_is_left_and_never_goes_on_at_another_broker() {
    let (broker, other) = (keeping(), keeping());
    let mut window = connected_to(broker.port);
    clear_plant(&mut window);
    window.wait_for("Confirmed · PUBACK");
    drop(broker);
    window.wait_for("The connection ended before all retained messages were cleared");

    window.click_if_offered("Disconnect");
    window.wait("at rest", |window| window.can_click("Connect"));
    window.press(Modifiers::COMMAND, Key::Num1);
    window.replace_in("Port", &other.port.to_string());
    connect(&mut window);
    let before = arrived(&window);
    other.publish("plant/0", b"the other one", 1);
    window.wait_for("the other one");
    assert!(arrived(&window) > before);
    assert_eq!(kept(&other), KEPT, "nothing was cleared here");
}
