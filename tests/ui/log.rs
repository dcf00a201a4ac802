//! The log that writes itself: the whole application against the virtual modem.

use std::{fs, path::Path};

use air780e_companion::{
    app::{Options, Store},
    settings::{LogEntry, Settings},
    trace::Trace,
    view::Page,
};

use crate::kit::Window;

fn connected(folder: &Path, log: LogEntry) -> Window<'static> {
    let settings = Settings { log, ..Settings::default() };
    let store = Some(Store::at(folder.to_owned()));
    let mut window =
        Window::open(Options { connects_virtual: true, page: Page::Terminal, settings, store, ..Options::default() });
    window.wait("connected", |window| window.can_click("Disconnect"));
    window
}

/// The one log in `folder`.
fn log_in(folder: &Path) -> String {
    let mut files: Vec<_> =
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    let file = files.pop().expect("a log");
    assert!(files.is_empty(), "{files:?}");
    assert!(file.display().to_string().ends_with("-SIMULATED.trace"), "{}", file.display());
    fs::read_to_string(file).expect("text")
}

#[test]
fn each_connection_is_logged_whole_and_without_numbers_of_module_and_card() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = connected(folder.path(), LogEntry::default());
    window.type_into("AT command", "AT+CGSN");
    window.click("Send");
    window.wait("answered", |window| window.words().matches("AT+CGSN").count() > 1);
    let logs = folder.path().join("logs");
    window.wait("written while it goes on", |_| log_in(&logs).contains("AT+CSQ"));
    window.close();
    drop(window);
    let text = log_in(&logs);
    let trace = Trace::parse(&text).expect("readable");
    assert!(trace.header.is_simulated);
    for line in ["AT+CGSN\r", "AT+CSQ\r"] {
        assert!(trace.entries.iter().any(|entry| entry.bytes == line.as_bytes()), "{line:?} in {text}");
    }
    let longest = text.split(|c: char| !c.is_ascii_digit()).map(str::len).max().unwrap_or(0);
    assert!(longest < 15, "{text}");
}

#[test]
fn nothing_is_logged_for_who_does_not_want_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = connected(folder.path(), LogEntry { is_on: false, ..LogEntry::default() });
    window.close();
    assert!(!folder.path().join("logs").exists());
}

#[test]
fn a_folder_that_cannot_be_written_is_said_and_the_connection_stands() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("file"), b"").expect("written");
    let bad = folder.path().join("file").join("logs");
    let mut window = connected(folder.path(), LogEntry { folder: bad.display().to_string(), ..LogEntry::default() });
    window.wait_for(&bad.display().to_string());
    assert!(window.can_click("Disconnect"));
}

#[test]
fn a_window_that_closes_logs_off_at_the_broker() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = connected(folder.path(), LogEntry::default());
    window.close();
    drop(window);
    let trace = Trace::parse(&log_in(&folder.path().join("logs"))).expect("readable");
    let place = |line: &str| trace.entries.iter().position(|entry| entry.bytes == line.as_bytes());
    let [goodbye, closed] = ["AT+MDISCONNECT\r", "AT+MIPCLOSE\r"].map(place);
    assert!(goodbye.is_some() && goodbye < closed, "{goodbye:?} and {closed:?}");
    assert!(closed < Some(trace.entries.len() - 1), "the module answered");
}
