//! The built-in broker throws away what finds no room, and the window says how much and why, against real clients.

use air780e_companion::app::Options;
use eframe::egui::{Key, Modifiers};

use crate::{kit::Window, programs::process::Process};

/// One more than the queue of an absent client holds.
const MESSAGES: usize = 1_001;

#[test]
fn what_the_built_in_broker_drops_is_counted_beside_its_address() {
    let mut window = Window::open(Options { connects_virtual: true, ..Options::default() });
    window.wait_for("MQTT: confirmed");
    window.press(Modifiers::COMMAND, Key::Num1);
    assert!(!window.shows("dropped by this broker"));
    let address = window.app().model().connection().own_broker().expect("an own broker").to_owned();
    let (host, port) = address.rsplit_once(':').expect("an address");

    let client = |program: &str, more: &[&str]| {
        Process::start(program, "mosquitto-clients", ["-h", host, "-p", port].iter().chain(more))
    };
    // It subscribes for a session that stays, and goes.
    let (status, _, errors) =
        client("mosquitto_sub", &["-i", "shelf", "-c", "-t", "store/#", "-q", "1", "-E"]).output();
    assert!(status.success(), "{errors:?}");
    let mut publisher = client("mosquitto_pub", &["-t", "store/a", "-q", "1", "-l"]);
    publisher.feed("x\n".repeat(MESSAGES).as_bytes());
    window.wait_for("1 message was dropped by this broker.");
    window.wait_for("The queue of the client \"shelf\" is full");
    // A publisher of MQTT 3.1.1 is not told that its message is kept: it is cut off, and tries again for ever.
    publisher.kill();
    // What comes later is counted too, without a word of the broker within its minute.
    let (status, _, errors) =
        client("mosquitto_pub", &["-V", "mqttv5", "-t", "store/a", "-q", "1", "-m", "y"]).output();
    assert!(errors.iter().any(|line| line.contains("Quota")) || !status.success(), "{errors:?}");
    window.wait("the next is counted", |window| {
        !window.shows("1 message was dropped") && window.shows("messages were dropped by this broker.")
    });
}
