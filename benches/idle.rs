//! How much of a processor the real window takes while it is connected and nothing happens, on each page.
//!
//! `cargo bench --bench idle`. Needs the Debian packages xvfb, xdotool, imagemagick, tesseract-ocr and Mesa. Prints the
//! share of one processor; it is for people to judge. In the minute after a message the Messages page draws once a second,
//! for the ages of values.

#[cfg(target_os = "linux")]
#[expect(dead_code, reason = "the tests of the window use the rest")]
#[path = "../tests/window/screen.rs"]
mod screen;

#[cfg(target_os = "linux")]
use std::{
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

#[cfg(target_os = "linux")]
#[expect(clippy::disallowed_methods, reason = "a benchmark owns a clock, and rest is what it measures")]
fn main() {
    let screen = screen::Screen::start();
    let home = tempfile::tempdir().expect("a folder for settings");
    let mut window = Command::new(env!("CARGO_BIN_EXE_air780e-companion"))
        .args(["--lang", "en", "--theme", "light", "--connect-virtual", "--page", "connect"])
        .env("DISPLAY", screen.display())
        .env("HOME", home.path())
        .env("LIBGL_ALWAYS_SOFTWARE", "1")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("DBUS_SESSION_BUS_ADDRESS")
        .env_remove("XDG_CONFIG_HOME")
        .env_remove("XDG_DATA_HOME")
        .stderr(Stdio::null())
        .spawn()
        .expect("the window starts");
    screen.wait_for("CONNACK OK", Duration::from_mins(1));
    screen.focus_window("Air780E");
    println!("share of one processor while connected and at rest, {} s each", SPAN.as_secs());
    for (number, page) in PAGES.iter().enumerate() {
        screen.press(&format!("ctrl+{}", number + 1));
        thread::sleep(SETTLING);
        let (before, start) = (used(window.id()), Instant::now());
        thread::sleep(SPAN);
        let share = used(window.id()).saturating_sub(before).as_secs_f64() / start.elapsed().as_secs_f64();
        println!("{page:14} {:6.2} %", share * 100.0);
    }
    let _ = window.kill();
    let _ = window.wait();
}

/// Processor time that the process `id` has used, to a hundredth of a second: `utime` and `stime` of proc(5).
#[cfg(target_os = "linux")]
fn used(id: u32) -> Duration {
    let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).expect("the window runs");
    let after_name = stat.rsplit_once(')').expect("a name in brackets").1;
    let ticks: u64 = after_name.split_whitespace().skip(11).take(2).map(|t| t.parse::<u64>().expect("ticks")).sum();
    Duration::from_millis(ticks * 10)
}

#[cfg(not(target_os = "linux"))]
fn main() {
    println!("needs a virtual screen: Linux only");
}

#[cfg(target_os = "linux")]
const PAGES: [&str; 7] = ["Connect", "Messages", "Certificates", "Latency", "Troubleshoot", "Terminal", "Settings"];
#[cfg(target_os = "linux")]
const SPAN: Duration = Duration::from_secs(10);
#[cfg(target_os = "linux")]
const SETTLING: Duration = Duration::from_secs(4);
