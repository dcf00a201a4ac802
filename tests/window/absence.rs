//! Without a bus, a keyring, a home, fonts or ports the window starts, says what is missing, and works.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    process::{Child, Command, Stdio},
};

use crate::{LIMIT, screen::Screen};

/// The program in a bare environment: nothing of the session it was started from.
struct Bare {
    program: Child,
}

impl Bare {
    fn open(screen: &Screen, home: &std::path::Path, arguments: &[&str]) -> Self {
        let program = Command::new(env!("CARGO_BIN_EXE_air780e-companion"))
            .args(arguments)
            .env_clear()
            .env("DISPLAY", screen.display())
            .env("HOME", home)
            .env("LIBGL_ALWAYS_SOFTWARE", "1")
            // No fonts of the system: a configuration without folders.
            .env("FONTCONFIG_FILE", "/dev/null")
            // Where a session bus would be looked for.
            .env("XDG_RUNTIME_DIR", home.join("nothing"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the window starts");
        Self { program }
    }
}

impl Drop for Bare {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

#[test]
fn a_bare_system_is_told_what_it_lacks_and_reaches_a_broker_all_the_same() {
    let screen = Screen::start();
    let home = tempfile::tempdir().expect("a folder");
    let _window = Bare::open(&screen, home.path(), &["--lang", "en", "--theme", "light", "--page", "settings"]);
    screen.wait_for("This system", LIMIT);
    screen.wait_for("passwords are asked for each time", LIMIT);
    screen.focus_window("Air780E");
    screen.press("ctrl+1");
    screen.click("Connect now", LIMIT);
    screen.wait_for("CONNACK OK", LIMIT);
}

#[test]
fn a_home_that_cannot_be_written_is_told_and_all_else_works() {
    let screen = Screen::start();
    let home = tempfile::tempdir().expect("a folder");
    // A file where the settings' folder must be: no user, not even root, can write below it.
    fs::write(home.path().join(".config"), "in the way").expect("written");
    fs::set_permissions(home.path(), fs::Permissions::from_mode(0o555)).expect("read only");
    let _window = Bare::open(&screen, home.path(), &["--lang", "en", "--theme", "light", "--page", "messages"]);
    screen.wait_for("settings.json cannot be", LIMIT);
    screen.focus_window("Air780E");
    screen.press("ctrl+1");
    screen.click("Connect now", LIMIT);
    screen.wait_for("CONNACK OK", LIMIT);
    fs::set_permissions(home.path(), fs::Permissions::from_mode(0o755)).expect("writable again");
}
