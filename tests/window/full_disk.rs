//! A disk without room for anything: the window opens, says what cannot be saved, and goes on.

use std::process::{Child, Command, Stdio};

use crate::{LIMIT, screen::Screen};

/// Fills a disk of its own that only this program and its children see, and starts the window with its home there.
const SCRIPT: &str = r#"
mount -t tmpfs -o size=256k tmpfs "$HOME" || exit 70
head -c 1M /dev/zero > "$HOME/in-the-way" 2> /dev/null
exec "$@"
"#;

/// The program on a full disk. Dropping it ends it.
struct Crowded {
    program: Child,
    _home: tempfile::TempDir,
}

impl Crowded {
    fn open(screen: &Screen) -> Self {
        let home = tempfile::tempdir().expect("a place for the disk");
        let program = Command::new("unshare")
            .args(["--user", "--map-root-user", "--mount", "sh", "-c", SCRIPT, "sh"])
            .arg(env!("CARGO_BIN_EXE_air780e-companion"))
            .args(["--lang", "en", "--theme", "light", "--connect-virtual"])
            .env("DISPLAY", screen.display())
            .env("HOME", home.path())
            .env("LIBGL_ALWAYS_SOFTWARE", "1")
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("DBUS_SESSION_BUS_ADDRESS")
            .env_remove("XDG_CONFIG_HOME")
            .env_remove("XDG_DATA_HOME")
            .env_remove("XDG_CACHE_HOME")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("unshare runs: install the Debian package util-linux");
        Self { program, _home: home }
    }

    fn is_alive(&mut self) -> bool {
        matches!(self.program.try_wait(), Ok(None))
    }
}

impl Drop for Crowded {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

#[test]
fn on_a_full_disk_the_window_opens_and_what_cannot_be_saved_stays_said() {
    let screen = Screen::start();
    let mut window = Crowded::open(&screen);
    screen.wait_for("CONNACK OK", LIMIT);
    // Neither the trace nor the broker's port can be kept; the newest stands first. "No space left on device", wherever the
    // line ends.
    screen.wait_for("device", LIMIT);
    // What is chosen cannot be kept either.
    screen.focus_window("Air780E");
    screen.press("ctrl+8");
    screen.click("Stage size", LIMIT);
    screen.wait_for_part("settings.json", LIMIT);
    screen.click("Stage size", LIMIT);
    // Another connection takes none of it away.
    screen.click("Disconnect", LIMIT);
    screen.click("Connect", LIMIT);
    screen.wait_for("Disconnect", LIMIT);
    screen.wait_for("device", LIMIT);
    screen.click("Notices", LIMIT);
    screen.wait_for_part("SIMULATED.trace", LIMIT);
    assert!(window.is_alive(), "the window goes on");
}
