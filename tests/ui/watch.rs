//! A watch in the window: begun, its broker restarted, ended, read again, gone on with, compared and reported.

use std::{fs, path::Path};

use air780e_companion::{
    app::{Options, Store},
    settings::{LinkChoice, Profile, Settings},
    view::Page,
};
use eframe::egui::{Key, Modifiers};

use crate::{
    kit::Window,
    programs::{free_port, mosquitto::Mosquitto, process::Process},
};

fn plug_in(link: &Path) -> Process {
    let mut modem = Process::air780e(["sim", "--baud", "921600", "--link", link.to_str().expect("UTF-8")]);
    modem.feed(b"speed 16\n");
    modem.line();
    modem
}

fn window<'a>(folder: &Path, port: u16) -> Window<'a> {
    let profile = Profile {
        name: "p".to_owned(),
        link: LinkChoice::Port(folder.join("modem").display().to_string()),
        uses_own_broker: false,
        host: "127.0.0.1".to_owned(),
        port: port.to_string(),
        subscriptions: Vec::new(),
        ..Profile::default()
    };
    let settings = Settings { profiles: vec![profile], chosen: "p".to_owned(), ..Settings::default() };
    let store = Some(Store::at(folder.join("kept")));
    Window::open(Options { settings, store, page: Page::Watch, ..Options::default() })
}

#[test]
fn a_watch_explains_its_drop_survives_its_window_and_is_reported() {
    let folder = tempfile::tempdir().expect("a folder");
    let port = free_port();
    let broker = Mosquitto::open_at(port);
    let _modem = plug_in(&folder.path().join("modem"));
    let mut first = window(folder.path(), port);
    first.wait_for("Nothing watched yet");
    first.click("New watch");
    first.replace_in("Hours", "201");
    first.wait_for("Hours: a number up to 200");
    first.replace_in("Hours", "40");
    first.replace_in("Publish every (s)", "1");
    first.click("Start watching");
    first.wait_for("/ 40:00:00");
    first.wait_for("No drop in");
    drop(broker);
    // Nobody is asked while it watches. A broker that refuses in between is what tells a restart.
    first.wait_for("Coming back: try 2");
    let broker = Mosquitto::open_at(port);
    first.wait_for("MQTT: confirmed");
    first.wait_for("by a restart of the broker");
    first.wait_for("F-189");
    let received = broker.subscribe("air780e/watch", 100);
    first.wait("its messages go on", |_| received.line_so_far().is_some());
    first.close();
    let journals: Vec<_> = fs::read_dir(folder.path().join("kept/logs/watches")).expect("a folder").flatten().collect();
    assert_eq!(journals.len(), 1, "{journals:?}");
    drop(first);

    let mut second = window(folder.path(), port);
    second.click("Open a journal");
    second.click_part(".jsonl");
    second.wait_for("Its time is not over.");
    second.click("Go on watching");
    second.wait_for("/ 40:00:00");
    second.wait_for("nobody watched for");
    second.click("End watch");
    second.wait_for("stopped before the end");
    second.click("Save report");
    let report = folder.path().join("report.html");
    second.replace_in("File", report.to_str().expect("UTF-8"));
    second.click("Save file");
    second.wait("the report is there", |_| report.exists());
    let text = fs::read_to_string(&report).expect("a report");
    for wanted in ["<svg ", "F-189", "断线", "drop", "Content-Security-Policy"] {
        assert!(text.contains(wanted), "{wanted}");
    }
    assert!(!text.contains("<script"));
}

#[test]
fn two_journals_of_the_command_line_are_held_against_each_other() {
    let folder = tempfile::tempdir().expect("a folder");
    let paths = ["one", "two"].map(|name| folder.path().join(name));
    for (path, seed) in paths.iter().zip(["1", "2"]) {
        let path = path.to_str().expect("UTF-8");
        let made = Process::air780e(["sim", "--weather", "2h", "--seed", seed, "--journal", path]).output();
        assert!(made.0.success(), "{:?}", made.2);
    }
    let mut window = Window::open(Options { page: Page::Watch, ..Options::default() });
    for path in &paths {
        window.click("Open a journal");
        window.replace_in("Path of the journal", path.to_str().expect("UTF-8"));
        window.click("Read");
        window.wait_for("Every drop");
    }
    window.click("Compared with");
    window.click("one");
    window.wait_for("Comparison");
    window.wait("in words", |window| window.shows(" against ") && window.shows("chance"));
    window.click("Open a journal");
    window.replace_in("Path of the journal", concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"));
    window.click("Read");
    window.wait_for("this is no line of a watch's journal");
    window.press(Modifiers::COMMAND, Key::Num4);
}
