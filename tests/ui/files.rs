//! Files that are dropped onto the window, and files that are saved.

use std::{
    fs,
    path::{Path, PathBuf},
};

use air780e_companion::{
    app::{Options, Store},
    settings::{SecurityCase, Settings},
    tls::authority::{Authority, KeyKind, LeafSpec},
    view::Page,
};

use crate::kit::Window;

const NOW: i64 = 1_800_000_000;

fn written(folder: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.join(name);
    fs::write(&path, bytes).expect("written");
    path
}

/// CA, certificate and key.
fn three(folder: &Path) -> [PathBuf; 3] {
    let root = Authority::root("Root", KeyKind::Rsa(2048), 0, NOW).expect("a root");
    let client = root.issue(&LeafSpec::client("dev", NOW)).expect("a client");
    [
        written(folder, "a.pem", &root.certificate_pem().expect("PEM")),
        written(folder, "b.pem", &client.certificate_pem().expect("PEM")),
        written(folder, "c.pem", &client.key_pem().expect("PEM")),
    ]
}

fn case(store: &Store) -> Option<SecurityCase> {
    store.load().ok()?.settings.draft.map(|profile| profile.security.case)
}

#[test]
fn dropped_files_offer_the_protection_they_are_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let files = three(folder.path());
    let store = Store::at(folder.path().join("settings"));
    let mut window = Window::open(Options { store: Some(store.clone()), page: Page::Latency, ..Options::default() });
    window.drop_files(&[&files[0]]);
    window.wait_for("These files are for \"Server checked\"; the profile in use has \"No encryption\".");
    window.click("Leave it as it is");
    assert!(!window.shows("These files are for"));
    window.drop_files(&[&files[0], &files[1], &files[2]]);
    window.wait_for("These files are for \"Both sides checked\"; the profile in use has \"No encryption\".");
    window.click("Use \"Both sides checked\"");
    window.wait("no longer offered", |window| !window.shows("These files are for"));
    window.wait("kept", |_| case(&store) == Some(SecurityCase::Both));
    window.drop_files(&[&files[0], &files[1], &files[2]]);
    window.wait("taken", |window| !window.shows("Not used"));
    assert!(!window.shows("These files are for"), "the profile has it by now");
}

#[test]
fn a_file_dropped_on_messages_is_the_payload_and_a_key_never_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let [_, _, key] = three(folder.path());
    let reading = written(folder.path(), "reading.bin", &[1, 2, 3]);
    let mut window = Window::open(Options { page: Page::Messages, ..Options::default() });
    window.drop_files(&[&reading]);
    window.wait_for("3 B were read from the file");
    assert_eq!(window.value_of("Path of the file"), reading.display().to_string());
    window.drop_files(&[&key]);
    window.wait_for("These files are for \"Both sides checked\"");
}

#[test]
fn a_file_dropped_on_the_terminal_is_a_log() {
    let folder = tempfile::tempdir().expect("a folder");
    let log = written(folder.path(), "notes.bin", b"AT+CPIN?\r\n+CME ERROR: 10\r\n");
    for page in [Page::Terminal, Page::Troubleshoot] {
        let mut window = Window::open(Options { page, ..Options::default() });
        window.drop_files(&[&log]);
        window.wait_for("RECORDED");
        window.wait_for("notes.bin");
    }
}

#[test]
fn a_saved_file_leads_to_its_folder_and_the_next_begins_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::at(folder.path().join("settings"));
    let path = folder.path().join("first.csv");
    let options =
        Options { store: Some(store.clone()), connects_virtual: true, page: Page::Messages, ..Options::default() };
    let mut window = Window::open(options);
    window.wait_for("Welcome");
    window.click("Save the listed messages");
    window.click("As a table (CSV)");
    window.replace_in("File", &path.display().to_string());
    window.click("Save file");
    window.wait("written", |_| path.exists());
    window.wait_for("Open the folder");
    assert!(window.can_click("Copy the path"));
    window.click("Save the listed messages");
    window.click("As JSON, every byte");
    let begins = PathBuf::from(window.value_of("File"));
    assert_eq!(begins.parent(), Some(folder.path()), "{begins:?}");
    window.click("Cancel");
    window.wait("kept", |_| store.load().is_ok_and(|kept| Path::new(&kept.settings.last_folder) == folder.path()));
}

#[test]
fn the_logs_read_last_in_two_windows_are_joined() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::at(folder.path().to_owned());
    let logs = |names: &[&str]| Settings {
        last_logs: names.iter().map(|name| (*name).to_owned()).collect(),
        ..Settings::default()
    };
    let base = logs(&["a", "b"]);
    store.save(&Settings::default(), &base).expect("saved");
    store.save(&base, &logs(&["one", "a", "b"])).expect("saved");
    let kept = store.save(&base, &logs(&["two", "b", "a"])).expect("saved");
    assert_eq!(kept.last_logs, ["two", "b", "one", "a"]);
    let kept = store.save(&kept, &kept).expect("saved");
    assert_eq!(kept.last_logs, ["two", "b", "one", "a"], "whoever changes nothing changes nothing");
}

/// Another window that hangs while it writes.
#[test]
fn settings_that_another_window_holds_are_given_up_with_a_sentence() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::at(folder.path().to_owned());
    let held = fs::File::create(folder.path().join("settings.lock")).expect("a lock");
    held.lock().expect("locked");
    let mut window = Window::open(Options { store: Some(store), page: Page::Connect, ..Options::default() });
    window.replace_in("Client ID", "another");
    window.wait_for("The settings are not kept: another window of this program holds");
    held.unlock().expect("unlocked");
    window.replace_in("Client ID", "again");
    window.wait("kept", |_| {
        fs::read_to_string(folder.path().join("settings.json")).is_ok_and(|kept| kept.contains("again"))
    });
}
