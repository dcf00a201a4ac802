//! One way through the whole program by mouse and keyboard: a first start, the virtual modem, one-way TLS at a real
//! mosquitto with a certificate from disk, a publish at each quality of service, a message from elsewhere, the times, and
//! the table of them in a file.

use std::{fs, path::PathBuf};

use air780e_companion::tls::authority::{Authority, KeyKind, LeafSpec};

use crate::{
    LIMIT, Window,
    kit::{mosquitto::Mosquitto, wait_for},
    screen::Screen,
};

#[test]
fn a_first_start_leads_through_tls_and_every_quality_of_service_to_a_file_of_times() {
    let (mosquitto, ca) = tls_broker();
    let folder = tempfile::tempdir().expect("a folder for the certificate");
    let ca_path = folder.path().join("bench-ca.crt");
    fs::write(&ca_path, ca).expect("a file in the test's folder");

    let screen = Screen::start();
    let window = Window::open(&screen, &["--lang", "en", "--theme", "light"]);
    choose_broker(&screen, mosquitto.port);
    choose_certificate(&screen, &ca_path.display().to_string());
    screen.press("ctrl+k");
    screen.wait_for("CONNACK OK", LIMIT);

    screen.press("ctrl+2");
    publish(&screen, None, "nobody confirms this");
    publish(&screen, Some("at least once"), "confirmed in one step");
    screen.wait_for("PUBACK", LIMIT);
    publish(&screen, Some("exactly once"), "confirmed in two steps");
    screen.wait_for("PUBCOMP", LIMIT);
    mosquitto.wait_for_log("Sending PUBCOMP");

    mosquitto.publish("mqtt/pub", b"a word from elsewhere", 0);
    screen.wait_for("a word from elsewhere", LIMIT);

    screen.press("ctrl+4");
    // The legend's arrows run into its words for the reader; the table's heading stands alone.
    screen.wait_for("exactly once", LIMIT);
    let written = export(&screen, &window);
    let rows = written.lines().filter(|line| line.ends_with(",SIMULATED") || line.contains(",SIMULATED,")).count();
    assert_eq!(rows, 3, "one row for each publish: {written}");
}

/// A mosquitto that shows a certificate for this machine, and the authority to check it with.
#[expect(clippy::disallowed_methods, reason = "certificates for a real clock")]
fn tls_broker() -> (Mosquitto, Vec<u8>) {
    let now = chrono::Utc::now().timestamp();
    let root = Authority::root("Bench Root", KeyKind::Rsa(2048), 0, now).expect("an authority");
    let server = root.issue(&LeafSpec::server(&["localhost", "127.0.0.1"], now)).expect("a certificate");
    let ca = root.certificate_pem().expect("PEM");
    let (certificate, key) = (server.certificate_pem().expect("PEM"), server.key_pem().expect("PEM"));
    (Mosquitto::with_tls(&certificate, &key, &ca, ""), ca)
}

fn choose_broker(screen: &Screen, port: u16) {
    // The form is longer than the window.
    let form = screen.settled("No encryption", LIMIT);
    screen.roll_down_to("Keep Alive", form.x, form.y, LIMIT);
    screen.click("Another broker", LIMIT);
    screen.focus_window("Air780E");
    screen.wait_for("Host", LIMIT);
    fill(screen, "Host", "localhost");
    fill(screen, "Port", &port.to_string());
}

/// Types into the field right of its label.
fn fill(screen: &Screen, label: &str, text: &str) {
    // The ladder has a rung of that name; the label stands below it.
    let place = wait_for(label, || screen.find_all(label).pop());
    screen.click_into(place.x + FIELD_FROM_LABEL, place.y + place.height / 2, LIMIT);
    screen.press("ctrl+a");
    screen.type_text(text);
}

fn choose_certificate(screen: &Screen, path: &str) {
    screen.press("ctrl+3");
    screen.click("No encryption", LIMIT);
    screen.click("Server checked", LIMIT);
    let field = screen.settled("path of the file", LIMIT);
    screen.click_into(field.x + field.width / 2, field.y + field.height / 2, LIMIT);
    screen.type_text(path);
    screen.wait_for("Bench Root", LIMIT);
}

/// Publishes `text` at the quality of service of that name, or at the one that is set.
fn publish(screen: &Screen, quality: Option<&str>, text: &str) {
    if let Some(quality) = quality {
        // The chooser stands left of the word; the menu's words are read better without their digit.
        let retain = screen.wait_for("Retain", LIMIT);
        screen.click_at(retain.x - 120, retain.y + retain.height / 2);
        screen.click(quality, LIMIT);
    }
    let sends = screen.wait_for("Sends", LIMIT);
    screen.click_into(sends.x + 100, sends.y - 45, LIMIT);
    screen.press("ctrl+a");
    screen.type_text(text);
    screen.press("ctrl+Return");
    screen.wait_for(text, LIMIT);
}

/// Exports the times where the program proposes to, and reads what it wrote.
fn export(screen: &Screen, window: &Window) -> String {
    // The reader takes the last letter of CSV for a stroke; the first word is enough.
    screen.click("Export", LIMIT);
    screen.wait_for("Save the measurements as a table", LIMIT);
    // White on blue over a dimmed page is hard to read; the button stands left of this word.
    let cancel = screen.wait_for("Cancel", LIMIT);
    screen.click_at(cancel.x - SAVE_FROM_CANCEL, cancel.y + cancel.height / 2);
    wait_for("the file of times", || {
        let file = tables_in(window.home.path()).pop()?;
        // It is there before anything is in it, and what is in it comes at once.
        fs::read_to_string(file).ok().filter(|text| !text.is_empty())
    })
}

/// Every table below `folder`.
fn tables_in(folder: &std::path::Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let (folders, files): (Vec<_>, Vec<_>) =
        entries.flatten().map(|entry| entry.path()).partition(|path| path.is_dir());
    let tables = files.into_iter().filter(|path| path.extension().is_some_and(|extension| extension == "csv"));
    tables.chain(folders.iter().flat_map(|folder| tables_in(folder))).collect()
}

/// From the left of a label to well inside its field, in pixels.
const FIELD_FROM_LABEL: i32 = 260;
/// From the left of *Cancel* to the middle of *Save file*, in pixels.
const SAVE_FROM_CANCEL: i32 = 214;
