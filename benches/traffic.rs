//! How much of a processor the real window takes on the Messages page while messages come, drawn in software.
//!
//! `cargo bench --bench traffic`. Needs the Debian packages xvfb, xdotool, imagemagick, tesseract-ocr, mosquitto-clients and Mesa.
//! Prints the share of one processor that the whole program takes, virtual modem and broker among it, and how many messages
//! came. It is for people to judge: at most 10, 25 and 40 % are wanted.

#[cfg(target_os = "linux")]
#[expect(dead_code, reason = "the tests of the window use the rest")]
#[path = "../tests/window/screen.rs"]
mod screen;

#[cfg(target_os = "linux")]
use std::{
    fs,
    io::Write,
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

#[cfg(target_os = "linux")]
use air780e_companion::{
    app::Store,
    settings::{Profile, Settings},
};

#[cfg(target_os = "linux")]
#[expect(clippy::disallowed_methods, reason = "a benchmark owns a clock, and traffic is what it measures")]
fn main() {
    let screen = screen::Screen::start();
    let home = tempfile::tempdir().expect("a folder for settings");
    // A line that carries five hundred messages of this size a second and more.
    let profile = Profile { name: "fast".to_owned(), baud: 921_600, ..Profile::default() };
    let settings = Settings { chosen: profile.name.clone(), profiles: vec![profile], ..Settings::default() };
    let folder = home.path().join(".config/air780e-companion");
    Store::at(folder).save(&Settings::default(), &settings).expect("the settings are kept");
    let mut window = open(&screen, home.path());
    screen.wait_for("SUBACK", Duration::from_mins(1));
    screen.focus_window("Air780E");
    let port = broker_port(home.path());
    println!("share of one processor on Messages, {} s each", SPAN.as_secs());
    for rate in [0, 5, 50, 500] {
        let mut sender = sender(port);
        let mut lines = sender.stdin.take().expect("a pipe");
        let started = Instant::now();
        let mut before = None;
        for number in 0_u32.. {
            let due = Duration::from_secs(1) * number / rate.max(10);
            thread::sleep(due.saturating_sub(started.elapsed()));
            if before.is_none() && started.elapsed() >= SETTLING {
                before = Some((used(window.id()), arrived(home.path()), Instant::now()));
            }
            if before.is_some_and(|(_, _, at)| at.elapsed() >= SPAN) {
                break;
            }
            if rate > 0 && (rate >= 10 || number.is_multiple_of(10 / rate)) {
                writeln!(lines, "{{\"n\":{number},\"t\":21.5}}").expect("the sender takes it");
            }
        }
        let (used_before, arrived_before, at) = before.expect("it has settled");
        let seconds = at.elapsed().as_secs_f64();
        let share = used(window.id()).saturating_sub(used_before).as_secs_f64() / seconds;
        #[expect(clippy::cast_precision_loss, reason = "a few thousand messages")]
        let came = (arrived(home.path()) - arrived_before) as f64 / seconds;
        println!("{rate:4} messages a second sent, {came:6.1} came: {:6.2} %", share * 100.0);
        drop(lines);
        let _ = sender.kill();
        let _ = sender.wait();
    }
    let _ = window.kill();
    let _ = window.wait();
}

#[cfg(target_os = "linux")]
fn open(screen: &screen::Screen, home: &Path) -> Child {
    Command::new(env!("CARGO_BIN_EXE_air780e-companion"))
        .args(["--lang", "en", "--theme", "light", "--connect-virtual", "--page", "messages"])
        .env("DISPLAY", screen.display())
        .env("HOME", home)
        .env("LIBGL_ALWAYS_SOFTWARE", "1")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("DBUS_SESSION_BUS_ADDRESS")
        .env_remove("XDG_CONFIG_HOME")
        .env_remove("XDG_DATA_HOME")
        .stderr(Stdio::null())
        .spawn()
        .expect("the window starts")
}

/// Publishes each line that it is given to the topic that the modem has subscribed to.
#[cfg(target_os = "linux")]
fn sender(port: u16) -> Child {
    Command::new("mosquitto_pub")
        .args(["-h", "127.0.0.1", "-p", &port.to_string(), "-t", "mqtt/pub", "-l"])
        .stdin(Stdio::piped())
        .spawn()
        .expect("mosquitto_pub runs: install the Debian package mosquitto-clients")
}

/// The port of the broker within the program, as the module was told it.
#[cfg(target_os = "linux")]
fn broker_port(home: &Path) -> u16 {
    let log = log(home);
    let (_, rest) = log.split_once("MIPSTART=\"127.0.0.1\",").expect("the module was told a port");
    rest.chars().take_while(char::is_ascii_digit).collect::<String>().parse().expect("a port")
}

/// How many messages the module has told of.
#[cfg(target_os = "linux")]
fn arrived(home: &Path) -> usize {
    log(home).matches("+MSUB:").count()
}

/// All that is written in the traces below `folder`.
#[cfg(target_os = "linux")]
fn log(folder: &Path) -> String {
    let Ok(entries) = fs::read_dir(folder) else { return String::new() };
    let texts = entries.flatten().map(|entry| entry.path()).map(|path| match path.extension() {
        _ if path.is_dir() => log(&path),
        Some(ending) if ending == "trace" => fs::read_to_string(&path).unwrap_or_default(),
        _ => String::new(),
    });
    texts.collect()
}

/// Processor time that the process `id` has used, to a hundredth of a second: `utime` and `stime` of proc(5).
#[cfg(target_os = "linux")]
fn used(id: u32) -> Duration {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).expect("the window runs");
    let after_name = stat.rsplit_once(')').expect("a name in brackets").1;
    let ticks: u64 = after_name.split_whitespace().skip(11).take(2).map(|t| t.parse::<u64>().expect("ticks")).sum();
    Duration::from_millis(ticks * 10)
}

#[cfg(not(target_os = "linux"))]
fn main() {
    println!("needs a virtual screen: Linux only");
}

#[cfg(target_os = "linux")]
const SPAN: Duration = Duration::from_secs(10);
#[cfg(target_os = "linux")]
const SETTLING: Duration = Duration::from_secs(4);
