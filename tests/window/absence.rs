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

#[test]
fn a_library_that_cannot_be_loaded_is_a_sentence_with_what_helps_and_no_crash() {
    let screen = Screen::start();
    let home = tempfile::tempdir().expect("a folder");
    // The window library panics for want of this one; a file that is no library stands before the system's own.
    let broken = "libxkbcommon-x11.so";
    for name in [broken.to_owned(), format!("{broken}.0")] {
        fs::write(home.path().join(name), "no library").expect("written");
    }
    let ended = Command::new(env!("CARGO_BIN_EXE_air780e-companion"))
        .args(["--lang", "en"])
        .env_clear()
        .env("DISPLAY", screen.display())
        .env("HOME", home.path())
        .env("LD_LIBRARY_PATH", home.path())
        .output()
        .expect("the window starts");
    let told = String::from_utf8_lossy(&ended.stderr);
    assert!(!ended.status.success(), "{told}");
    assert_eq!(told.lines().count(), 2, "{told}");
    assert!(told.contains("install libxkbcommon-x11-0") && told.contains("debian-packages.sh"), "{told}");
    let logs = home.path().join(".config/air780e-companion/logs");
    let reports = fs::read_dir(&logs).map_or(0, Iterator::count);
    assert_eq!(reports, 0, "a report of a crash in {}", logs.display());
}
