//! The window around the pages: one click to a session, languages, theme, errors, keys.

use std::fs;

use air780e_companion::{
    app::{Options, Store},
    lang::Lang,
    settings::{LinkChoice, Profile, Settings, ThemeChoice},
    view::Page,
};
use eframe::egui::{Key, Modifiers, Vec2};

use crate::kit::Window;

fn with_profile(profile: Profile) -> Options {
    let chosen = profile.name.clone();
    Options { settings: Settings { profiles: vec![profile], chosen, ..Settings::default() }, ..Options::default() }
}

#[test]
fn one_click_leads_from_an_empty_profile_to_a_session_and_a_message() {
    let mut window = Window::open(Options::default());
    assert!(window.shows("SIMULATED"));
    window.click("Connect now");
    window.wait_for("Connected: the broker said CONNACK OK.");
    assert!(window.shows("← OK  CONNACK OK"), "the answer stands beside its line of the plan");
    window.wait_for("Subscribed: confirmed");
    assert!(window.shows("TLS: not needed"));
    window.click("Messages");
    window.wait_for("Welcome to the built-in broker");
}

#[test]
fn a_session_is_closed_and_opened_again_by_keys() {
    let mut window = Window::open(Options { connects_virtual: true, ..Options::default() });
    window.wait_for("CONNACK OK");
    window.wait("connected", |window| window.can_click("Disconnect"));
    window.press(Modifiers::COMMAND, Key::K);
    // As soon as the button says so, the port may still be closing.
    window.wait("disconnected", |window| window.can_click("Connect"));
    window.press(Modifiers::COMMAND, Key::K);
    window.wait("connected again", |window| window.can_click("Disconnect"));
    assert!(!window.shows("Stopped on request"), "{}", window.words());
}

#[test]
fn the_language_changes_while_it_runs_and_nothing_stays_behind() {
    let mut window = Window::open(Options::default());
    window.click("Switch to 简体中文");
    assert!(window.shows("连接") && window.shows("虚拟 Air780E") && window.shows("未知"));
    let words = window.words();
    for left in ["Connect", "Password", "unknown", "Broker", "Terminal"] {
        assert!(!words.contains(left), "{left:?} was left in English: {words}");
    }
    window.click("切换到 English");
    assert!(window.shows("Connect now"));
}

#[test]
fn the_theme_goes_round() {
    let mut window = Window::open(Options { theme: Some(ThemeChoice::Light), ..Options::default() });
    for name in ["Theme: light", "Theme: dark", "Theme: as the system", "Theme: light"] {
        window.click(name);
    }
}

#[test]
fn every_page_opens_by_its_key_in_both_languages_on_a_small_window() {
    for lang in Lang::ALL {
        let options = Options { lang: Some(lang), ..Options::default() };
        let mut window = Window::open_sized(options, Vec2::new(1_000.0, 640.0));
        for key in [Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num7, Key::Num8, Key::Num1] {
            window.press(Modifiers::COMMAND, key);
        }
    }
}

#[test]
fn a_missing_port_is_said_with_what_to_do() {
    let link = LinkChoice::Port("/dev/no-such-port".to_owned());
    let profile = Profile { name: "a".to_owned(), link, host: "127.0.0.1".to_owned(), ..Profile::default() };
    let mut window = Window::open(with_profile(profile));
    window.click("Connect");
    window.wait_for("There is no port /dev/no-such-port: check the cable");
    assert!(window.shows("Port: failed") && window.shows("AT: not reached"));
    assert!(window.can_click("Connect"), "it can be tried again");
}

#[test]
fn an_unusable_form_says_which_field_and_opens_nothing() {
    let profile = Profile { name: "a".to_owned(), uses_own_broker: false, ..Profile::default() };
    let mut window = Window::open(with_profile(profile));
    assert!(!window.shows("Must be filled in"), "nobody is blamed before trying");
    window.click("Connect");
    assert!(window.shows("Must be filled in"));
    assert!(window.can_click("Connect"));
}

#[test]
fn a_paste_loses_its_edges_and_a_host_out_of_a_url_is_offered_as_it_can_be_sent() {
    let profile = Profile { name: "a".to_owned(), uses_own_broker: false, ..Profile::default() };
    let mut window = Window::open(with_profile(profile));
    window.paste_into("Host", " mqtts://broker.example:8883\r\n");
    assert_eq!(window.value_of("Host"), "mqtts://broker.example:8883");
    assert!(window.shows("it holds \"mqtts://\""), "at the field, before anything is tried");
    window.click("Take \"broker.example\" and port 8883");
    assert_eq!((window.value_of("Host"), window.value_of("Port")), ("broker.example".to_owned(), "8883".to_owned()));
    assert!(!window.shows("it holds") && !window.shows("Take \""));
    for (pasted, held) in [("unit-7\n", "unit-7"), ("\u{feff}a b\u{a0}", "a b")] {
        window.paste_into("Client ID", pasted);
        assert_eq!(window.value_of("Client ID"), held);
    }
    window.click("Messages");
    window.paste_into("Payload", " two\nlines\n");
    assert_eq!(window.value_of("Payload"), " two\nlines\n", "where line ends are meant they stay");
}

/// By `CertificatesAction::OfferPasted`, which no control asks for.
#[test]
fn the_text_of_a_key_reaches_no_field_for_something_else() {
    let body = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj";
    let profile = Profile { name: "a".to_owned(), uses_own_broker: false, ..Profile::default() };
    let mut window = Window::open(with_profile(profile));
    window.paste_into("Host", &format!("-----BEGIN PRIVATE KEY-----\n{body}\n-----END PRIVATE KEY-----\n"));
    assert!(window.shows("This is the text of a key") && !window.words().contains(body), "{}", window.words());
    window.click("Forget it");
    assert_eq!(window.value_of("Host"), "");
    // A piece alone may be a long name: of a host it is none.
    window.paste_into("Host", body);
    assert!(window.shows("This is the text of a key. It is not saved."), "{}", window.words());
    window.paste_into("Host", "broker.example");
    window.paste_into("User name", body);
    assert!(window.shows("This looks like a piece of a key, and is not saved."), "{}", window.words());
    window.paste_into("User name", "");
    window.paste_into("Password", "hush-hush-7");
    window.paste_into("User name", "hush-hush-7");
    assert!(window.shows("This is the password. It is not saved here."), "{}", window.words());
}

#[test]
fn evidence_of_a_rung_shows_the_line_and_what_it_proves() {
    let mut window = Window::open(Options { connects_virtual: true, ..Options::default() });
    window.wait_for("Network: confirmed");
    window.click("Network: confirmed");
    assert!(window.shows("AT+CEREG?") && window.shows("What it proves"));
    window.press(Modifiers::NONE, Key::Escape);
    assert!(!window.shows("What it proves"));
}

#[test]
fn a_raw_command_is_sent_and_answered() {
    let mut window = Window::open(Options { connects_virtual: true, page: Page::Terminal, ..Options::default() });
    window.wait("connected", |window| window.can_click("Disconnect"));
    window.type_into("AT command", "AT+CGMM");
    window.click("Send");
    window.wait_for("+CGMM:");
}

#[test]
fn a_profile_is_kept_without_its_password() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::at(folder.path().to_owned());
    let mut window = Window::open(Options { store: Some(store.clone()), ..Options::default() });
    window.type_into("User name", "operator");
    window.type_into("Password", "geheim-4711");
    window.type_into("Profile name", "line 3");
    window.click("Save");
    window.wait("saved", |_| store.file().exists());
    let text = fs::read_to_string(store.file()).expect("the file");
    assert!(text.contains("line 3") && text.contains("operator"), "{text}");
    assert!(!text.contains("geheim"), "{text}");
    assert!(!window.words().contains("geheim"), "no word on the screen shows it");
}

/// A serial port whose other side takes nothing and says nothing.
#[cfg(unix)]
#[test]
fn the_window_answers_while_the_port_is_stuck() {
    use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

    let silent = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a PTY");
    grantpt(&silent).expect("granted");
    unlockpt(&silent).expect("unlocked");
    let path = ptsname(&silent, Vec::new()).expect("a name").into_string().expect("UTF-8");
    let link = LinkChoice::Port(path);
    let profile = Profile { name: "a".to_owned(), link, host: "127.0.0.1".to_owned(), ..Profile::default() };
    let mut window = Window::open(with_profile(profile));
    window.click("Connect");
    window.wait_for("Port: confirmed");
    window.click("Settings");
    assert!(window.shows("Stage size"));
    window.click("Stop");
    window.wait("closed", |window| window.can_click("Connect") || window.can_click("Close now"));
    window.click_if_offered("Close now");
    window.wait("closed", |window| window.can_click("Connect"));
}

#[test]
#[should_panic(expected = "it is greyed out and says [\"Not connected\"]")]
fn what_is_greyed_out_is_not_clicked_and_its_reason_is_told() {
    let mut window = Window::open(Options { page: Page::Messages, ..Options::default() }).impatient();
    window.click("Publish");
}

/// From a fresh window, without a mouse.
#[test]
fn the_first_control_of_each_page_is_three_keys_away() {
    for (key, page) in [
        (Key::Num1, "Connect"),
        (Key::Num2, "Messages"),
        (Key::Num3, "Certificates"),
        (Key::Num4, "Latency"),
        (Key::Num5, "Watch"),
        (Key::Num6, "Troubleshoot"),
        (Key::Num7, "Terminal"),
        (Key::Num8, "Settings"),
    ] {
        let mut window = Window::open(Options::default());
        window.press(Modifiers::COMMAND, key);
        let bars = window.place_of("Settings").map_or(0.0, |place| place.right());
        window.press(Modifiers::NONE, Key::Tab);
        assert_eq!(window.focused().0, "Skip to the page", "{page}");
        window.press(Modifiers::NONE, Key::Enter);
        window.step();
        let (name, place) = window.focused();
        assert!(place.left() >= bars && place.top() > 60.0, "{page}: {name} at {place} has the keyboard");
    }
}

/// A reader is told where it is by the name alone.
#[test]
fn no_two_controls_of_a_page_have_one_name() {
    for page in Page::ALL {
        let mut window = Window::open(Options { connects_virtual: true, page, ..Options::default() });
        window.wait("connected", |window| window.can_click("Disconnect"));
        let mut names: Vec<_> = window.controls().into_iter().map(|(name, _)| name).collect();
        names.sort();
        let twice: Vec<_> = names.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| &pair[0]).collect();
        assert!(twice.is_empty() || page == Page::Connect && twice == ["Connect"], "{page:?}: {twice:?}");
    }
}
