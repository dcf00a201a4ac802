//! The window is ended at any moment, as pulling the plug does: it starts again, nothing that it keeps is damaged, and what
//! passed is on disk without waiting for more to pass. How late it is there is shown as a figure.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Child, ChildStdin, Command, Stdio},
    time::{Duration, Instant},
};

use air780e_companion::{
    app::Store,
    settings::{Profile, Settings},
    trace::{Direction, Trace},
};
use chrono::{DateTime, Local};
use crossbeam_channel::{Receiver, tick};

use crate::{
    LIMIT, Window,
    kit::{self, times},
    screen::Screen,
};

/// How often it is ended.
const KILLS: usize = 12;
/// The pace of the messages that tell the time.
const PACE: Duration = Duration::from_millis(25);

/// Somebody who tells the time of day, in milliseconds, by messages to the module.
struct Witness {
    program: Child,
    pipe: ChildStdin,
    pace: Receiver<Instant>,
}

impl Witness {
    fn start(port: &str) -> Self {
        let mut program = Command::new("mosquitto_pub")
            .args(["-h", "127.0.0.1", "-p", port, "-t", "mqtt/pub", "-l"])
            .stdin(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("mosquitto_pub runs: install the Debian package mosquitto-clients");
        let pipe = program.stdin.take().expect("piped");
        Self { program, pipe, pace: tick(PACE) }
    }

    /// Tells the time so many times; the last time told.
    fn tell(&mut self, times: usize) -> i64 {
        let mut told = 0;
        for _ in 0..times {
            self.pace.recv().expect("a clock");
            told = time_of_day();
            writeln!(self.pipe, "told{told}.").expect("the witness lives");
        }
        told
    }
}

impl Drop for Witness {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

/// Milliseconds since 1970.
#[expect(clippy::disallowed_methods, reason = "a real window: its recording is compared with real time")]
fn time_of_day() -> i64 {
    Local::now().timestamp_millis()
}

#[expect(clippy::disallowed_methods, reason = "a real window that is waited for")]
fn now() -> Instant {
    Instant::now()
}

fn profiles() -> Vec<Profile> {
    let profile = |number: usize| Profile {
        name: format!("customer {number}"),
        host: format!("broker-{number}.example.com"),
        client_id: format!("device-{number}"),
        ..Profile::default()
    };
    (0..40).map(profile).collect()
}

fn folder(home: &Path) -> PathBuf {
    home.join(".config/air780e-companion")
}

/// The recordings, the newest last: the time stands first in their names.
fn recordings(home: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder(home).join("logs")) else { return Vec::new() };
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|end| end == "trace"));
    paths.sort();
    paths
}

/// All that passed in a recording, as far as it is written.
fn text_of(path: &Path) -> String {
    let entries = fs::read(path).ok().and_then(|bytes| Trace::read(&bytes).ok()).map(|trace| trace.entries);
    let bytes: Vec<u8> = entries.into_iter().flatten().flat_map(|entry| entry.bytes).collect();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Waits for a recording beside the `before` earlier ones in which the broker has let the module in; the broker's port.
fn connected(window: &mut Window, before: usize) -> String {
    let start = now();
    loop {
        let newest = recordings(window.home.path()).into_iter().nth(before);
        let text = newest.map(|path| text_of(&path)).unwrap_or_default();
        // An answer may come in pieces, each a line of the file.
        if text.contains("SUBACK") {
            let rest = text.split_once("+MIPSTART=\"127.0.0.1\",").expect("a connect").1;
            return rest.chars().filter(|c| *c != '"').take_while(char::is_ascii_digit).collect();
        }
        let ended = window.program.try_wait().expect("the program can be watched");
        assert!(ended.is_none(), "the window does not start again: {ended:?}");
        assert!(start.elapsed() < LIMIT, "no connection in {text}");
        std::thread::yield_now();
    }
}

/// Nothing that is kept is damaged: settings, profiles, and every recording up to where it breaks off.
#[track_caller]
fn assert_whole(home: &Path) {
    let text = fs::read_to_string(Store::at(folder(home)).file()).expect("the settings are there");
    let kept: Settings = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
    assert_eq!(kept.profiles, profiles());
    for path in recordings(home) {
        let bytes = fs::read(&path).expect("a recording");
        assert!(bytes.is_empty() || Trace::read(&bytes).is_ok(), "{}: {:?}", path.display(), Trace::read(&bytes));
    }
}

/// What the newest recording has of what was told: the last time, and how long the slowest was on its way to the module.
fn recorded(home: &Path) -> (i64, i64) {
    let path = recordings(home).pop().expect("a recording");
    let trace = Trace::read(&fs::read(path).expect("a recording")).expect("it can be read");
    let opened = DateTime::parse_from_rfc3339(&trace.header.opened).expect("a time of day").timestamp_millis();
    let (mut text, mut last, mut slowest) = (String::new(), 0, 0);
    for entry in trace.entries.iter().filter(|entry| entry.direction == Direction::Received) {
        text.push_str(&String::from_utf8_lossy(&entry.bytes));
        while let Some((before, rest)) = text.split_once('.') {
            if let Some(told) = before.rsplit_once("told").and_then(|(_, told)| told.parse::<i64>().ok()) {
                let heard = opened + i64::try_from(entry.at.as_millis()).expect("small");
                (last, slowest) = (told, slowest.max(heard - told));
            }
            text = rest.to_owned();
        }
    }
    (last, slowest)
}

#[test]
fn a_window_that_is_killed_starts_again_and_has_lost_nothing_that_was_recorded() {
    let screen = Screen::start();
    let home = tempfile::tempdir().expect("a folder");
    let seeded = Settings { profiles: profiles(), ..Settings::default() };
    Store::at(folder(home.path())).save(&Settings::default(), &seeded).expect("saved");
    let arguments = ["--lang", "en", "--theme", "light", "--connect-virtual"];
    let mut window = Window::open_in(&screen, &arguments, home);
    let mut worst = 0;
    for round in 0..times(KILLS) {
        let before = recordings(window.home.path()).len();
        if round % 4 == 3 {
            // While it starts, or connects.
            let pace = tick(PACE);
            for _ in 0..round * 37 % 53 {
                pace.recv().expect("a clock");
            }
            window.kill();
        } else {
            let port = connected(&mut window, before);
            let mut witness = Witness::start(&port);
            // What is looked at is kept: the settings are written meanwhile.
            screen.wait_for_window("Air780E", LIMIT);
            screen.focus_window("Air780E");
            for step in 0..round * 37 % 13 + 2 {
                witness.tell(round * 11 % 7 + 1);
                screen.press(["ctrl+1", "ctrl+2", "ctrl+7"][step % 3]);
            }
            // After this nothing more passes that could push the last word to the disk.
            let told = witness.tell(50);
            kit::wait_for("the last word on disk", || (recorded(window.home.path()).0 == told).then_some(()));
            witness.tell(10);
            window.kill();
            let (killed, (last, slowest)) = (time_of_day(), recorded(window.home.path()));
            assert!(last >= told, "round {round}: what was on disk is lost: {told}, and {last} is the last");
            // What was on its way to the module when the window ended was no part of the recording yet.
            let gap = (killed - last - slowest).max(0);
            worst = worst.max(gap);
        }
        assert_whole(window.home.path());
        window = window.again(&screen, &arguments);
    }
    println!("at most {worst} ms of a recording were lost");
    // The page that was in front is in front again.
    screen.wait_for_window("Air780E", LIMIT);
    screen.focus_window("Air780E");
    screen.press("ctrl+1");
    screen.wait_for("CONNACK OK", LIMIT);
    screen.close_window("Air780E");
    assert!(window.ends_well(), "closing the window ends the program");
    assert_whole(window.home.path());
}
