//! A log in the window: opened by its path, pasted, its findings and its lines, beside the live connection.

use std::{fs, path::PathBuf};

use air780e_companion::{
    app::{Options, Store},
    lang::Lang,
    settings::Settings,
    view::Page,
};
use eframe::egui::{Event, Key, Modifiers, Vec2};

use crate::kit::Window;

/// A card that is not there at line 4, and a password at line 9.
const LOG: &str = "[10:00:00.000]发→◇AT+CPIN?\r\n□\r\n[10:00:00.010]收←◆\r\n+CME ERROR: 10\r\n\r\n\
    [10:00:02.000]发→◇AT+MCONFIG=\"unit\",\"u\",\"hidden77\"\r\n□\r\n[10:00:02.010]收←◆\r\nOK\r\n\r\n";

fn log_in(folder: &tempfile::TempDir, text: &str) -> PathBuf {
    let path = folder.path().join("customer.log");
    fs::write(&path, text).expect("a file");
    path
}

/// A window with this log open.
fn opened(text: &str) -> (Window<'static>, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = log_in(&folder, text);
    let store = Some(Store::at(folder.path().join("settings")));
    let mut window = Window::open(Options { store, ..Options::default() });
    window.press(Modifiers::COMMAND, Key::O);
    window.type_into("Path of the log", &path.display().to_string());
    window.click("Read it");
    (window, folder)
}

#[test]
fn a_log_shows_its_cause_and_each_line_leads_to_the_log_and_back() {
    let (mut window, _folder) = opened(LOG);
    window.wait_for("Something is wrong, up to the end of the log");
    for words in ["RECORDED", "customer.log", "F-021", "seen", "not put right", "10:00:00.010"] {
        assert!(window.shows(words), "{words} is not on screen: {}", window.words());
    }
    window.wait_for("SIM: failed");
    window.click("Go to line 4");
    window.wait_for("4 +CME ERROR: 10 | ← +CME ERROR: 10");
    assert!(window.shows("1 [10:00:00.000]"), "the log's own lines: {}", window.words());
    assert!(!window.words().contains("hidden77"), "{}", window.words());
    window.click("Go to episode 1");
    window.wait_for("F-021");
}

#[test]
fn the_live_connection_goes_on_beside_a_log() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = log_in(&folder, LOG);
    let mut window = Window::open(Options { connects_virtual: true, page: Page::Terminal, ..Options::default() });
    window.wait("connected", |window| window.can_click("Disconnect"));
    window.press(Modifiers::COMMAND, Key::O);
    window.type_into("Path of the log", &path.display().to_string());
    window.click("Read it");
    window.wait_for("4 +CME ERROR: 10");
    assert!(!window.shows("AT command"), "nothing can be written to a log: {}", window.words());
    assert!(window.can_click("Disconnect"));
    window.click("Show the connection");
    assert!(window.shows("AT command") && !window.shows("+CME ERROR: 10"), "{}", window.words());
    window.click("RECORDED");
    window.wait_for("4 +CME ERROR: 10");
    window.click("Close the log");
    assert!(window.shows("AT command") && !window.shows("RECORDED"), "{}", window.words());
}

/// By `RecordedAction::Offer`, which no control asks for.
#[test]
fn a_pasted_text_is_offered_where_no_field_takes_it() {
    let mut window = Window::open(Options { page: Page::Terminal, ..Options::default() });
    window.event(Event::Paste(LOG.to_owned()));
    window.wait_for("Read the pasted text as a log?");
    window.click("Read as a log");
    window.wait_for("4 +CME ERROR: 10");
    assert!(window.shows("Pasted text") && !window.words().contains("hidden77"), "{}", window.words());
    window.click("Close the log");
    window.paste_into("Search lines", "AT+CSQ");
    assert!(!window.shows("Read the pasted text as a log?"), "a field takes its own paste");
    window.press(Modifiers::COMMAND, Key::Num1);
    window.event(Event::Paste(LOG.to_owned()));
    assert!(!window.shows("Read the pasted text as a log?"), "no page of logs");
}

#[test]
fn the_logs_that_were_read_last_are_offered_again() {
    let (mut window, folder) = opened(LOG);
    window.wait_for("Something is wrong");
    window.click("Open a log");
    let path = folder.path().join("customer.log").display().to_string();
    assert!(window.shows("Read last") && window.can_click(&path), "{}", window.words());
    window.close();
    drop(window);
    let settings: Settings = Store::at(folder.path().join("settings")).load().expect("settings").settings;
    assert_eq!(settings.last_logs, [path]);
}

#[test]
fn what_is_no_log_is_said_with_a_sentence() {
    let (mut window, folder) = opened("Dear all,\nplease find it attached.\n");
    window.wait_for("No log: none of the 2 lines");
    window.click("Open a log");
    window.type_into("Path of the log", &folder.path().join("none.log").display().to_string());
    window.click("Read it");
    window.wait_for("The log could not be read");
    assert!(window.shows("none.log"), "{}", window.words());
}

#[test]
fn a_long_log_is_shown_at_any_line() {
    let mut log = "AT+CSQ\r\n+CSQ: 7,0\r\nOK\r\n".repeat(20_000);
    log.push_str("AT+CPIN?\r\n+CME ERROR: 10\r\n");
    let (mut window, _folder) = opened(&log);
    window.wait_for("F-021");
    window.click("Go to line 60002");
    window.wait_for("60002 +CME ERROR: 10");
}

#[test]
fn nothing_stays_english_in_chinese_and_all_of_it_fits_a_small_window() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = log_in(&folder, LOG);
    let options = Options { lang: Some(Lang::ZhCn), ..Options::default() };
    let mut window = Window::open_sized(options, Vec2::new(1_000.0, 640.0));
    window.press(Modifiers::COMMAND, Key::O);
    window.type_into("日志路径", &path.display().to_string());
    window.click("读取");
    window.wait_for("存在故障");
    assert!(window.can_click("关闭日志") && window.shows("日志记录"), "{}", window.words());
    for left in ["RECORDED", "Episode", "line", "Open"] {
        assert!(!window.words().contains(left), "{left} was left in English: {}", window.words());
    }
}

/// A session, a message each way, a lost session; a password in it.
const SESSION: &str = "[10:00:00.000]发→◇AT+CSQ\r\n□\r\n[10:00:00.010]收←◆\r\n+CSQ: 24,0\r\n\r\nOK\r\n\r\n\
    [10:00:01.000]发→◇AT+MCONFIG=\"unit\",\"u\",\"hidden77\"\r\n□\r\n[10:00:01.010]收←◆\r\nOK\r\n\r\n\
    [10:00:02.000]发→◇AT+MIPSTART=\"broker.test\",\"1883\"\r\n□\r\n[10:00:02.010]收←◆\r\nOK\r\n\r\n[10:00:02.300]收←◆\r\nCONNECT OK\r\n\r\n\
    [10:00:03.000]发→◇AT+MCONNECT=1,60\r\n□\r\n[10:00:03.010]收←◆\r\nOK\r\n\r\n[10:00:03.200]收←◆\r\nCONNACK OK\r\n\r\n\
    [10:00:04.000]发→◇AT+MPUB=\"plant/1\",1,0,\"21.5\"\r\n□\r\n[10:00:04.010]收←◆\r\nOK\r\n\r\n[10:00:04.200]收←◆\r\nPUBACK\r\n\r\n\
    [10:00:05.000]收←◆\r\n+MSUB: \"plant/set\",2 byte,on\r\n\r\n[10:00:09.000]收←◆\r\nCLOSED\r\n\r\n";

#[test]
fn a_log_is_shown_like_a_connection_that_cannot_be_written_to() {
    let (mut window, _folder) = opened(SESSION);
    window.wait_for("Time line of the log: sessions 1");
    window.click("Messages");
    window.wait_for("plant/1");
    for words in ["RECORDED", "plant/set", "10:00:05.000", "PUBACK"] {
        assert!(window.shows(words), "{words} is not on screen: {}", window.words());
    }
    for tool in ["Publish", "Subscribe", "Clear"] {
        assert!(!window.can_click(tool), "nothing can be written to a log: {tool}");
    }
    window.click("Latency");
    window.wait_for("p50");
    assert!(window.shows("RECORDED") && !window.can_click("Measure"), "{}", window.words());
    window.click("Show the connection");
    assert!(window.can_click("Measure"), "{}", window.words());
}

#[test]
fn the_family_of_a_log_is_corrected_by_hand_and_the_log_read_again() {
    let (mut window, _folder) = opened(LOG);
    window.wait_for("SSCOM");
    window.click("Format of the log");
    window.click("tio");
    // No line of it is one of that tool.
    window.wait_for("plain text,");
}

#[test]
fn a_report_on_a_log_is_looked_at_before_it_goes_out() {
    let (mut window, _folder) = opened(LOG);
    window.wait_for("F-021");
    window.click("Report …");
    window.wait_for("Lines in which something is masked");
    assert!(window.shows("What went wrong") && !window.words().contains("hidden77"), "{}", window.words());
    window.type_into("Hide these words too", "customer");
    window.wait_for("Report on ********.log");
    window.click("Cancel");
    assert!(!window.shows("Report to send back"));
}
