//! Encryption against the virtual modem and the broker inside this program, with certificates from disk.

use std::{
    fs,
    path::{Path, PathBuf},
};

use air780e_companion::{
    app::{Options, Store},
    settings::{FileEntry, Profile, SecurityCase, SecurityEntry, Settings},
    view::Page,
};
use eframe::egui::Vec2;

use crate::kit::Window;

fn options(folder: &Path, security: SecurityEntry) -> Options {
    let profile = Profile { name: "tls".to_owned(), security, ..Profile::default() };
    Options {
        store: Some(Store::at(folder.to_owned())),
        settings: Settings { profiles: vec![profile], chosen: "tls".to_owned(), ..Settings::default() },
        ..Options::default()
    }
}

fn demo_file(folder: &Path, name: &str) -> FileEntry {
    let path = folder.join("demo-certificates").join(name).display().to_string();
    FileEntry { path, name: name.to_owned(), is_on_module: false }
}

fn security(folder: &Path, case: SecurityCase) -> SecurityEntry {
    SecurityEntry {
        case,
        ca: demo_file(folder, "ca.crt"),
        certificate: demo_file(folder, "client.crt"),
        key: demo_file(folder, "client.key"),
        ..SecurityEntry::default()
    }
}

/// A folder in which the demonstration's certificates lie already.
fn folder_with_certificates() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let security = SecurityEntry { case: SecurityCase::Encrypted, ..SecurityEntry::default() };
    let mut window = Window::open(options(folder.path(), security));
    window.click("Connect");
    window.wait_for("Connected: the broker said");
    folder
}

fn connects(case: SecurityCase) {
    let folder = folder_with_certificates();
    let mut window = Window::open(options(folder.path(), security(folder.path(), case)));
    window.click("Connect");
    window.wait_for("Connected: the broker said CONNACK OK.");
    assert!(window.shows("TLS: confirmed"));
}

#[test]
fn a_checked_server_lets_the_modem_in() {
    connects(SecurityCase::Server);
}

#[test]
fn both_sides_checked_lets_the_modem_in() {
    connects(SecurityCase::Both);
}

#[test]
fn encryption_without_any_check_lets_the_modem_in() {
    connects(SecurityCase::Encrypted);
}

#[test]
fn a_foreign_authority_fails_at_tls_and_nothing_after_it_is_blamed() {
    let folder = folder_with_certificates();
    let wrong = SecurityEntry {
        ca: demo_file(folder.path(), "another-ca.crt"),
        ..security(folder.path(), SecurityCase::Server)
    };
    let mut window = Window::open(options(folder.path(), wrong));
    window.click("Connect");
    window.wait_for("TLS: failed");
    assert!(window.shows("MQTT: not reached"));
}

#[test]
fn a_file_that_changed_on_disk_is_read_again_before_it_is_sent() {
    let folder = folder_with_certificates();
    let mut security = security(folder.path(), SecurityCase::Server);
    // A file of the user's own: those of the demonstration are made anew when they are of no use any more.
    let ca = folder.path().join("own.crt");
    fs::copy(&security.ca.path, &ca).expect("copied");
    security.ca.path = ca.display().to_string();
    let mut window = Window::open(options(folder.path(), security));
    window.wait_for("FSWRITE");
    fs::write(&ca, "no certificate").expect("written");
    window.click("Connect");
    window.wait("the plan is gone", |window| !window.shows("FSWRITE"));
    assert!(window.can_click("Connect") && !window.shows("Port: confirmed"), "{}", window.words());
    assert_eq!(fs::read_to_string(&ca).expect("still there"), "no certificate");
}

#[test]
fn certificates_of_the_demonstration_are_made_before_they_are_read() {
    let folder = folder_with_certificates();
    let security = security(folder.path(), SecurityCase::Server);
    fs::write(&security.ca.path, "no certificate").expect("written");
    let mut window = Window::open(options(folder.path(), security));
    window.click("Connect");
    window.wait_for("TLS: confirmed");
}

#[test]
fn the_plan_shows_the_files_and_never_a_key() {
    let folder = folder_with_certificates();
    let mut window = Window::open(options(folder.path(), security(folder.path(), SecurityCase::Both)));
    window.wait_for("AT+FSCREATE=\"client.key\"");
    let words = window.words();
    assert!(words.contains("AT+SSLMIPSTART") && words.contains("ca.crt"), "{words}");
    let key = fs::read_to_string(folder.path().join("demo-certificates/client.key")).expect("the key");
    assert!(key.lines().all(|line| line.len() < 20 || !words.contains(line)), "no line of the key is on screen");
}

/// A modem with certificates of the demonstration chosen, on the Certificates page.
fn on_page(folder: &Path, security: SecurityEntry) -> Window<'static> {
    Window::open_sized(Options { page: Page::Certificates, ..options(folder, security) }, Vec2::new(1_200.0, 1_600.0))
}

#[test]
fn one_click_brings_a_newcomer_to_a_checked_server() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = on_page(folder.path(), SecurityEntry::default());
    window.click("Try it with the demo certificates");
    window.wait_for("Client key and client certificate are a pair");
    assert!(window.shows("Written to"), "the user is told where they are");
    window.click("Connect");
    window.wait_for("TLS: confirmed");
    window.wait_for("MQTT: confirmed");
}

#[test]
fn an_upload_needs_only_the_port_and_ends_equal_byte_for_byte() {
    let folder = folder_with_certificates();
    let mut window = on_page(folder.path(), security(folder.path(), SecurityCase::Both));
    window.wait("files read", |window| window.can_click("Upload and read back"));
    window.click("Upload and read back");
    window.wait_for("3 files are on the modem");
    assert!(window.shows("SIM: unknown"), "nothing above the port was asked");
    window.wait_for("3 files, ");
    window.wait_for("equal to the file here");
    window.click("Look at the modem");
    window.wait_for("level");
    window.wait_for("Dates are judged by the clock of the modem");
    window.click("Delete client.key");
    assert!(window.shows("Delete client.key on the modem?"));
    window.click("Keep it there");
    assert!(!window.shows("Delete client.key on the modem?"));
    window.click("Delete client.key");
    window.click("Delete from the modem");
    window.wait_for("2 files, ");
    window.click("Read back and compare ca.crt");
    window.wait("read back", |window| window.shows("AT+FSREAD=\"ca.crt\"") || window.shows("AT+FSREAD"));
}

#[test]
fn an_upload_is_stopped() {
    let folder = folder_with_certificates();
    let mut options = options(folder.path(), security(folder.path(), SecurityCase::Both));
    // A slow line leaves time for a hand to move.
    options.settings.profiles[0].baud = 2_400;
    options.page = Page::Certificates;
    let mut window = Window::open_sized(options, Vec2::new(1_200.0, 1_600.0));
    window.wait("files read", |window| window.can_click("Upload and read back"));
    window.click("Upload and read back");
    window.wait("a stop button", |window| window.can_click("Stop the upload"));
    window.click("Stop the upload");
    window.wait_for("is not complete on the modem; upload it again.");
}

#[test]
fn a_repaired_copy_is_saved_beside_and_the_file_itself_stays() {
    let folder = folder_with_certificates();
    let security = security(folder.path(), SecurityCase::Server);
    let path = PathBuf::from(&security.ca.path);
    let dos = fs::read_to_string(&path).expect("the CA").replace('\n', "\r\n");
    fs::write(&path, &dos).expect("written");
    let mut window = on_page(folder.path(), security);
    window.wait_for("CR LF becomes LF");
    window.click("Use it repaired from memory: CA certificate");
    window.wait_for("Repaired in memory");
    window.click("Save a repaired copy and use it: CA certificate");
    window.wait_for("ca.repaired.crt");
    assert_eq!(fs::read_to_string(&path).expect("still there"), dos, "the file of the user is as it was");
    let copy = fs::read_to_string(path.with_file_name("ca.repaired.crt")).expect("the copy");
    assert_eq!(copy, dos.replace("\r\n", "\n"));
    window.click("Connect");
    window.wait_for("TLS: confirmed");
}

#[test]
fn the_keyboard_stays_in_a_path_while_the_page_changes_around_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let security = SecurityEntry { case: SecurityCase::Server, ..SecurityEntry::default() };
    let mut window = Window::open(Options { page: Page::Certificates, ..options(folder.path(), security) });
    let path = "Path of the CA certificate";
    window.wait_for("Start here");
    for letter in ["/", "n", "o"] {
        window.type_on(path, letter);
    }
    window.wait("the first card is gone", |window| !window.shows("Start here"));
    assert!(window.is_focused(path));
    assert_eq!(window.value_of(path), "/no");
}
