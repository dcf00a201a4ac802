//! A modem that is pulled out while the window publishes, against a real broker: it comes back, nothing leaves twice, and what
//! was on its way is told.

use std::path::Path;

use air780e_companion::{
    app::Options,
    settings::{LinkChoice, MessagesPage, Profile, Settings, Template},
};
use eframe::egui::{Key, Modifiers};

use crate::{
    kit::Window,
    programs::{mosquitto::Mosquitto, process::Process, times},
};

/// How often the modem is pulled out.
const RETURNS: usize = 5;

/// A virtual modem that stands at `link`, as fast as it can be.
fn plug_in(link: &Path) -> Process {
    let mut modem = Process::air780e(["sim", "--baud", "921600", "--link", link.to_str().expect("UTF-8")]);
    modem.feed(b"speed 16\n");
    modem.line();
    modem
}

fn connect(window: &mut Window<'_>) {
    window.press(Modifiers::COMMAND, Key::Num1);
    window.click("Connect");
    window.wait_for("MQTT: confirmed");
    window.press(Modifiers::COMMAND, Key::Num2);
}

#[test]
fn a_modem_that_is_pulled_out_comes_back_and_nothing_is_sent_twice() {
    let (broker, folder) = (Mosquitto::open(), tempfile::tempdir().expect("a folder"));
    let link = folder.path().join("modem");
    let returns = times(RETURNS);
    let listener = broker.subscribe("a", 100 * returns);
    let mut modem = plug_in(&link);
    let profile = Profile {
        name: "p".to_owned(),
        link: LinkChoice::Port(link.display().to_string()),
        uses_own_broker: false,
        host: "127.0.0.1".to_owned(),
        port: broker.port.to_string(),
        subscriptions: Vec::new(),
        ..Profile::default()
    };
    let template = |round: usize| Template {
        name: format!("round {round}"),
        topic: "a".to_owned(),
        payload: format!("r{round}m{{{{seq}}}}."),
        qos: air780e_companion::mqtt::Qos::AtLeastOnce,
        ..Template::default()
    };
    let templates = (0..=returns).map(template).collect();
    let messages_page = MessagesPage { templates, ..MessagesPage::default() };
    let settings = Settings { profiles: vec![profile], chosen: "p".to_owned(), messages_page, ..Settings::default() };
    let mut window = Window::open(Options { settings, ..Options::default() });
    let mut told = 0;
    for round in 0..=returns {
        connect(&mut window);
        window.click("Templates");
        window.click(&format!("round {round}"));
        window.click_if_offered("Repeat…");
        window.replace_in("Interval (ms)", "50");
        window.replace_in("Count", if round == returns { "3" } else { " " });
        window.click("Start");
        if round == returns {
            window.wait_for("Done · 3 of 3 sent · 3 confirmed");
            break;
        }
        // Each time at another place.
        window.wait("some are sent", |window| window.shows(&format!("r{round}m{}.", round * 7 % 5 + 2)));
        modem.kill();
        window.wait_for("was unplugged");
        told += confirmed(&window);
        modem = plug_in(&link);
    }
    broker.publish("a", b"the end", 1);
    let got: Vec<_> = listener.lines_until(|line| line == "74686520656e64");
    let mut once = got.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), got.len(), "nothing comes twice: {got:?}");
    assert!(told > 0 && told + 3 < got.len(), "{told} were told as confirmed: {got:?}");
}

/// How many messages the window tells as confirmed.
fn confirmed(window: &Window<'_>) -> usize {
    let words = window.words();
    let numbers = words.split(['·', '|']).filter_map(|part| part.trim().strip_suffix(" confirmed")?.parse().ok());
    numbers.max().unwrap_or(0)
}
