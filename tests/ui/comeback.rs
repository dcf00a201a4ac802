//! Coming back in the window: by itself, asked, stopped by one click; against real brokers that restart and a modem that is pulled
//! out. Nothing is sent twice, and every message is accounted for.

use std::{collections::BTreeSet, path::Path};

use air780e_companion::{
    app::Options,
    mqtt::Qos,
    settings::{
        ComebackChoice, ComebackEntry, LinkChoice, MessagesPage, Profile, Settings, SubscriptionEntry, Template,
    },
    view::Page,
};
use eframe::egui::{Key, Modifiers};

use crate::{
    kit::Window,
    programs::{free_port, mosquitto::Mosquitto, process::Process, times},
};

/// How often the broker restarts, and how often the modem is pulled out.
const ROUNDS: usize = 4;

/// A virtual modem that stands at `link`, as fast as it can be.
fn plug_in(link: &Path) -> Process {
    let mut modem = Process::air780e(["sim", "--baud", "921600", "--link", link.to_str().expect("UTF-8")]);
    modem.feed(b"speed 16\n");
    modem.line();
    modem
}

/// A window beside the modem at `link`, connected to the broker at `port`, subscribed to `b`.
fn connected<'a>(link: &Path, port: u16, choice: ComebackChoice, templates: Vec<Template>) -> Window<'a> {
    let profile = Profile {
        name: "p".to_owned(),
        link: LinkChoice::Port(link.display().to_string()),
        uses_own_broker: false,
        host: "127.0.0.1".to_owned(),
        port: port.to_string(),
        subscriptions: vec![SubscriptionEntry { filter: "b".to_owned(), ..SubscriptionEntry::default() }],
        comeback: ComebackEntry { choice, first_pause_s: 1, longest_pause_s: 2 },
        ..Profile::default()
    };
    let messages_page = MessagesPage { templates, ..MessagesPage::default() };
    let settings = Settings { profiles: vec![profile], chosen: "p".to_owned(), messages_page, ..Settings::default() };
    let mut window = Window::open(Options { settings, page: Page::Connect, ..Options::default() });
    window.click("Connect");
    window.wait_for("Subscribed: confirmed");
    window
}

fn template(name: &str, payload: String) -> Template {
    let (name, topic) = (name.to_owned(), "a".to_owned());
    Template { name, topic, payload, qos: Qos::AtLeastOnce, ..Template::default() }
}

#[test]
fn a_session_comes_back_by_itself_from_brokers_and_cables_and_nothing_is_sent_twice() {
    let folder = tempfile::tempdir().expect("a folder");
    let link = folder.path().join("modem");
    let (port, rounds) = (free_port(), times(ROUNDS));
    let mut broker = Mosquitto::open_at(port);
    let mut modem = plug_in(&link);
    let templates = (0..2 * rounds).map(|round| template(&format!("round {round}"), format!("r{round}m{{{{seq}}}}.")));
    let mut window = connected(&link, port, ComebackChoice::Automatic, templates.collect());
    let (mut got, mut told) = (Vec::new(), 0);
    for round in 0..2 * rounds {
        let mut listener = broker.subscribe("a", 10_000);
        window.press(Modifiers::COMMAND, Key::Num2);
        window.click("Templates");
        window.click(&format!("round {round}"));
        window.click_if_offered("Repeat…");
        window.replace_in("Interval (ms)", "50");
        window.replace_in("Count", " ");
        window.click("Start");
        window.wait("some are sent", |window| window.shows(&format!("r{round}m{}.", round * 7 % 5 + 2)));
        if round % 2 == 0 {
            drop(broker);
            window.wait_for("Coming back: try");
            // It would subscribe again at the new one.
            listener.kill();
            got.extend(listener.rest());
            broker = Mosquitto::open_at(port);
        } else {
            modem.kill();
            window.wait_for("The port is gone");
            told += confirmed(&window);
            modem = plug_in(&link);
        }
        window.wait_for("Subscribed: confirmed");
        // The subscription was renewed.
        broker.publish("b", format!("back {round}").as_bytes(), 1);
        window.wait_for(&format!("back {round}"));
        if round % 2 == 1 {
            broker.publish("a", b"the end", 1);
            let mut lines = listener.lines_until(|line| line == "74686520656e64");
            lines.pop();
            got.extend(lines);
        }
    }
    let once: BTreeSet<_> = got.iter().collect();
    assert_eq!(once.len(), got.len(), "nothing comes twice: {got:?}");
    assert!(told > 0 && told <= got.len(), "{told} were told as confirmed, {} came", got.len());
    window.press(Modifiers::COMMAND, Key::Num5);
    for why in ["closed the connection: CLOSED", "the port vanished", "back by a new connection"] {
        assert!(window.shows(why), "{why}: {}", window.words());
    }
}

#[test]
fn who_asks_is_asked_each_time_and_one_click_stops() {
    let folder = tempfile::tempdir().expect("a folder");
    let link = folder.path().join("modem");
    let port = free_port();
    let broker = Mosquitto::open_at(port);
    let _modem = plug_in(&link);
    let mut window = connected(&link, port, ComebackChoice::Ask, Vec::new());
    drop(broker);
    window.wait_for("The session was lost. Come back?");
    window.click("Leave it");
    assert!(!window.shows("Come back?") && window.can_click("Connect"), "{}", window.words());
    let broker = Mosquitto::open_at(port);
    window.click("Connect");
    window.wait_for("Subscribed: confirmed");
    drop(broker);
    window.click("Come back");
    window.wait_for("Coming back: try 2");
    window.click("Stop trying");
    window.wait("it stops", |window| !window.shows("Coming back"));
    let broker = Mosquitto::open_at(port);
    window.click("Connect");
    window.wait_for("Subscribed: confirmed");
    drop(broker);
    window.click("Always");
    let _broker = Mosquitto::open_at(port);
    window.wait_for("Subscribed: confirmed");
    window.press(Modifiers::COMMAND, Key::Num1);
    window.wait_for("Longest pause before coming back");
}

/// How many messages the window tells as confirmed.
fn confirmed(window: &Window<'_>) -> usize {
    let words = window.words();
    let numbers = words.split(['·', '|']).filter_map(|part| part.trim().strip_suffix(" confirmed")?.parse().ok());
    numbers.max().unwrap_or(0)
}
