//! The real window on a virtual screen, used as a person does: read, click, type.
#![cfg(all(feature = "gui", feature = "serial", target_os = "linux"))]

mod absence;
mod full_disk;
mod killed;
#[path = "../kit/mod.rs"]
mod kit;
mod leaving;
mod screen;
mod tour;

use std::{
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use screen::Screen;

/// Software drawing on a busy machine takes its time; a healthy run needs a tenth of this.
const LIMIT: Duration = Duration::from_secs(90);

/// The program under test with a home of its own. Dropping it ends it.
struct Window {
    program: Child,
    home: tempfile::TempDir,
}

impl Window {
    fn open(screen: &Screen, arguments: &[&str]) -> Self {
        Self::open_in(screen, arguments, tempfile::tempdir().expect("a folder for settings"))
    }

    /// The same with a home that was there before.
    fn open_in(screen: &Screen, arguments: &[&str], home: tempfile::TempDir) -> Self {
        Self::open_as(screen, arguments, home, |_| ())
    }

    /// The same in an environment that `dress` changes.
    fn open_as(screen: &Screen, arguments: &[&str], home: tempfile::TempDir, dress: impl FnOnce(&mut Command)) -> Self {
        let mut program = Command::new(env!("CARGO_BIN_EXE_air780e-companion"));
        program
            .args(arguments)
            .env("DISPLAY", screen.display())
            .env("HOME", home.path())
            .env("LIBGL_ALWAYS_SOFTWARE", "1")
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("DBUS_SESSION_BUS_ADDRESS")
            .env_remove("XDG_CONFIG_HOME")
            .env_remove("XDG_DATA_HOME")
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        dress(&mut program);
        let program = program.spawn().expect("the window starts");
        Self { program, home }
    }

    /// Ends it at once, as pulling the plug does.
    fn kill(&mut self) {
        self.program.kill().expect("a running program can be killed");
        self.program.wait().expect("it has ended");
    }

    /// Opens it once more in the same home, after its end.
    fn again(mut self, screen: &Screen, arguments: &[&str]) -> Self {
        let home = std::mem::replace(&mut self.home, tempfile::tempdir().expect("a folder"));
        Self::open_in(screen, arguments, home)
    }

    /// Waits for the program to end by itself; whether it ended well.
    fn ends_well(&mut self) -> bool {
        #[expect(clippy::disallowed_methods, reason = "a real process: the limit is real time")]
        let start = Instant::now();
        while start.elapsed() < LIMIT {
            if let Some(status) = self.program.try_wait().expect("the program can be watched") {
                return status.success();
            }
            std::thread::yield_now();
        }
        false
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

#[test]
fn a_newcomer_reaches_a_broker_in_one_click_and_sees_messages_arrive() {
    let screen = Screen::start();
    let mut window = Window::open(&screen, &["--lang", "en", "--theme", "light"]);

    screen.click("Connect now", LIMIT);
    screen.focus_window("Air780E");
    screen.wait_for("CONNACK OK", LIMIT);

    screen.click("Go to Messages", LIMIT);
    screen.wait_for("Welcome to the built-in broker", LIMIT);

    // The field for the payload stands above the line that says what will be sent.
    let sends = screen.wait_for("Sends", LIMIT);
    screen.click_into(sends.x + 100, sends.y - 45, LIMIT);
    screen.type_text("a greeting from the screen");
    screen.press("ctrl+Return");
    screen.wait_for("Echo: a greeting from the screen", LIMIT);

    screen.close_window("Air780E");
    assert!(window.ends_well(), "closing the window ends the program");
}
