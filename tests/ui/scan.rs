//! The scan of a server on the Troubleshoot page, before any connection, against listeners with one defect each.

use air780e_companion::{
    app::Options,
    lang::Lang,
    sim::range::{Fault, Range, RangeConfig},
    view::Page,
};

use crate::kit::Window;

/// A listener with `fault`, and its place as it is typed.
fn listener(fault: Fault) -> (Range, String) {
    #[expect(clippy::disallowed_methods, reason = "the window judges dates by the real clock")]
    let now = chrono::Utc::now().timestamp();
    let range = Range::start(&RangeConfig { faults: vec![fault], ..RangeConfig::all(now, None) }).expect("a listener");
    let place = range.address(fault).expect("its address").to_string();
    (range, place)
}

/// A window with the scan in front and `place` typed.
fn asking(place: &str) -> Window<'static> {
    let mut window = Window::open(Options { page: Page::Troubleshoot, ..Options::default() });
    window.click("Scan a server");
    assert!(window.is_focused("Server"), "it can be typed at once");
    window.type_into("Server", place);
    window
}

#[test]
fn a_server_without_the_modules_suites_is_told_before_any_connection() {
    let (_range, place) = listener(Fault::EcdheOnly);
    let mut window = asking(&place);
    window.click("Scan");
    window.wait_for(&format!("The module cannot connect to {place} with TLS"));
    assert!(window.shows("F-071") && window.shows("Level 0: fails"), "{}", window.words());
    assert!(window.shows("takes 0 of 6"), "both sides: {}", window.words());
    assert!(window.can_click("Copy the lines for mosquitto"), "what would help: {}", window.words());
    window.click("Close the scan");
    assert!(window.shows("Nothing was tried yet"), "no connection was made: {}", window.words());
}

#[test]
fn a_good_server_is_shown_with_its_chain_and_dates() {
    let (_range, place) = listener(Fault::Good);
    let mut window = asking(&place);
    window.click("Scan");
    window.wait_for("The module can connect to");
    assert!(window.shows("Level 0: works") && window.shows("Level 1: no files given"), "{}", window.words());
    assert!(window.shows("The broker's chain") && window.shows("days left"), "{}", window.words());
    window.wait("the scan is over", |window| !window.can_click("Stop the scan"));
    assert!(!window.shows("takes 0 of 6"), "{}", window.words());
    assert!(!window.shows("lies on the module only"), "there is no module: {}", window.words());
}

#[test]
fn the_ca_for_the_module_is_saved_when_the_user_says_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("ca.crt");
    let (range, place) = listener(Fault::SelfSigned);
    let mut window = asking(&place);
    window.click("Scan");
    window.wait_for("SHA-256");
    assert!(window.shows("compare the fingerprint"), "what believing it means: {}", window.words());
    window.click("Save the CA for the module");
    window.replace_in("File", path.to_str().expect("a path in plain letters"));
    assert!(!path.exists(), "nobody has said Save yet");
    window.click("Save file");
    window.wait("the file is there", |_| path.exists());
    window.wait_for("ca.crt");
    let kept = std::fs::read(&path).expect("the file");
    assert!(kept.starts_with(b"-----BEGIN CERTIFICATE-----") && kept != range.files().ca(), "its own certificate");
}

#[test]
fn a_silent_server_is_let_go_at_once() {
    let (_range, place) = listener(Fault::Silent);
    let mut window = asking(&place);
    window.click("Scan");
    window.click("Stop the scan");
    window.wait_for(&format!("This computer could not look at {place}: it was stopped before the end"));
    assert!(window.can_click("Scan") && !window.can_click("Stop the scan"), "{}", window.words());
}

#[test]
fn a_url_with_a_login_is_refused_and_its_password_not_repeated() {
    let mut window = asking("mqtts://user:hidden-word@broker.example:8883");
    window.click("Scan");
    window.wait_for("write broker.example:8883");
    window.replace_in("Server", "broker.example:0");
    assert!(!window.shows("hidden-word") && !window.shows("write broker.example:8883"), "{}", window.words());
}

#[test]
fn nothing_of_the_scan_stays_in_english() {
    let (_range, place) = listener(Fault::EcdheOnly);
    let options = Options { lang: Some(Lang::ZhCn), page: Page::Troubleshoot, ..Options::default() };
    let mut window = Window::open(options);
    window.click("扫描服务器");
    window.type_into("服务器", &place);
    window.click("扫描");
    window.wait_for("模块无法以 TLS 连接");
    for left in ["Scan", "Level", "Module", "takes", "The broker", "not tried"] {
        assert!(!window.shows(left), "{left}: {}", window.words());
    }
}
