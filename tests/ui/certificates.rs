//! Encryption against the virtual modem and the broker inside this program, with certificates from disk.

use std::{fs, path::Path};

use air780e_companion::{
    app::{Options, Store},
    settings::{FileEntry, Profile, SecurityCase, SecurityEntry, Settings},
};

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
    let security = security(folder.path(), SecurityCase::Server);
    let ca = security.ca.path.clone();
    let mut window = Window::open(options(folder.path(), security));
    window.wait_for("FSWRITE");
    fs::write(&ca, "no certificate").expect("written");
    window.click("Connect");
    window.wait("the plan is gone", |window| !window.shows("FSWRITE"));
    assert!(window.can_click("Connect") && !window.shows("Port: confirmed"), "{}", window.words());
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
