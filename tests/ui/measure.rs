//! Measuring, saving and resting: the whole application against the virtual modem.

use std::{fs, time::Duration};

use air780e_companion::{
    app::{Options, Store},
    trace::Trace,
    view::Page,
};
use eframe::egui::{Key, Modifiers};

use crate::kit::Window;

fn connected(options: Options) -> Window<'static> {
    let mut window = Window::open(Options { connects_virtual: true, ..options });
    window.wait("connected", |window| window.can_click("Disconnect"));
    window
}

#[test]
fn a_measuring_run_is_run_named_and_saved_as_a_table() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = connected(Options { page: Page::Latency, ..Options::default() });
    window.click("Measure");
    window.type_into("Name", "first");
    window.replace_in("Bytes", "16");
    window.replace_in("Per second", "100");
    window.replace_in("Count", "8");
    window.click("Start");
    window.wait("measured", |window| window.can_click("Start") && window.shows("Wait for its turn"));
    assert!(window.shows("QoS 1 – at least once") && window.shows("SIMULATED"));

    window.click("Export CSV");
    let proposed = window.value_of("File");
    assert!(proposed.contains("SIMULATED") && proposed.contains("latency-"), "{proposed}");
    window.click("Cancel");
    assert!(!std::path::Path::new(&proposed).exists(), "a cancel writes nothing");

    let path = folder.path().join("run.csv");
    window.click("Export CSV");
    window.replace_in("File", &path.display().to_string());
    window.click("Save file");
    window.wait_for("Written to");
    let text = fs::read_to_string(&path).expect("the table");
    let rows: Vec<_> = text.lines().skip(1).collect();
    assert_eq!(rows.len(), 8, "{text}");
    assert!(rows.iter().all(|row| row.contains(",first,") && row.contains(",SIMULATED,1,confirmed,")), "{text}");

    window.click("Export CSV");
    window.replace_in("File", &path.display().to_string());
    window.click("Save file");
    window.wait_for("There is such a file already");
    window.click("Replace");
    window.wait("replaced", |window| !window.shows("There is such a file already"));
}

#[test]
fn a_measuring_run_is_stopped() {
    let mut window = connected(Options { page: Page::Latency, ..Options::default() });
    window.click("Measure");
    window.replace_in("Per second", "20");
    window.replace_in("Count", "100000");
    window.click("Start");
    window.wait_for("planned 20.00/s");
    window.wait("some were measured", |window| window.shows("Wait for its turn"));
    window.click("Stop");
    window.wait("stopped", |window| window.can_click("Start"));
}

#[test]
fn the_conversation_is_saved_as_a_trace_without_secrets_and_card_numbers() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = connected(Options { page: Page::Terminal, ..Options::default() });
    window.type_into("AT command", "AT+CGSN");
    window.click("Send");
    window.wait("answered", |window| window.words().matches("AT+CGSN").count() > 1);
    let path = folder.path().join("a.trace");
    window.click("Save trace");
    window.replace_in("File", &path.display().to_string());
    window.click("Save file");
    window.wait_for("Written to");
    let text = fs::read_to_string(&path).expect("the trace");
    let trace = Trace::parse(&text).expect("readable");
    assert!(trace.header.is_simulated, "{text}");
    assert!(trace.entries.iter().any(|entry| entry.bytes == b"AT+CGSN\r"), "{text}");
    let longest = text.split(|c: char| !c.is_ascii_digit()).map(str::len).max().unwrap_or(0);
    assert!(longest < 15, "{text}");
}

#[test]
fn a_path_that_cannot_be_written_is_said_and_can_be_changed() {
    let mut window = connected(Options { page: Page::Terminal, ..Options::default() });
    window.click("Save trace");
    window.replace_in("File", "/no/such/folder/a.trace");
    window.click("Save file");
    window.wait_for("It could not be written");
    assert!(window.can_click("Save file"));
}

#[test]
fn a_harmful_command_is_only_sent_after_a_word() {
    let mut window = connected(Options { page: Page::Terminal, ..Options::default() });
    window.type_into("AT command", "AT+CFUN=0");
    window.click("Send");
    assert!(window.shows("Send this command?"));
    window.click("Do not send");
    assert!(!window.shows("→ AT+CFUN=0"));
    window.click("Send");
    window.click("Send it");
    window.wait_for("→ AT+CFUN=0");
}

#[test]
fn pasted_lines_are_sent_one_by_one_after_a_word() {
    let mut window = connected(Options { page: Page::Terminal, ..Options::default() });
    window.paste_into("AT command", "AT+CGMR\r\n\n  AT+CFUN?\nAT+CIMI\n");
    assert!(window.shows("Send these 3 lines one after the other?") && !window.shows("→ AT+CGMR"));
    window.click("Do not send");
    assert_eq!(window.value_of("AT command"), "");

    window.paste_into("AT command", "AT+CGMR\nAT+CFUN?\nAT+CIMI");
    window.click("Send all");
    window.wait_for("→ AT+CIMI");
    let words = window.words();
    let places = ["→ AT+CGMR", "→ AT+CFUN?", "→ AT+CIMI"].map(|line| words.find(line));
    assert!(places.is_sorted() && places[0].is_some(), "{places:?} in\n{words}");

    // They stand in the history, the last first.
    for line in ["AT+CIMI", "AT+CFUN?", "AT+CGMR"] {
        window.press(Modifiers::NONE, Key::ArrowUp);
        assert_eq!(window.value_of("AT command"), line);
    }

    window.paste_into("AT command", &"AT\n".repeat(33));
    assert!(!window.can_click("Send all"));
    window.click("Do not send");
    window.paste_into("AT command", "AT+CSQ\n");
    assert_eq!(window.value_of("AT command"), "AT+CSQ");
}

/// By `TerminalAction::GoOn`.
#[test]
fn a_line_that_fails_holds_the_rest_until_the_user_was_asked() {
    let mut window = connected(Options { page: Page::Terminal, ..Options::default() });
    for (answer, goes_on) in [("Send no more", false), ("Send the rest", true)] {
        window.paste_into("AT command", "AT+CGMM\nAT+NOSUCH\nAT+CGSN\nAT+CGMI");
        window.click("Send all");
        window.wait_for("One of the lines failed");
        assert!(window.shows("2 lines have not been sent.") && !window.shows("→ AT+CGSN"), "{}", window.words());
        window.click(answer);
        if goes_on {
            window.wait_for("→ AT+CGMI");
        } else {
            assert!(!window.shows("One of the lines failed") && !window.shows("→ AT+CGSN"));
        }
    }
}

/// Idle and connected it draws nothing: no page asks to be drawn again, but for the ages on the Messages page.
#[test]
fn a_window_at_rest_asks_for_no_frame() {
    let store = tempfile::tempdir().expect("a folder");
    let options = Options { store: Some(Store::at(store.path().to_owned())), ..Options::default() };
    let mut window = connected(options);
    for (key, least) in [
        (Key::Num1, Duration::MAX),
        (Key::Num3, Duration::MAX),
        (Key::Num4, Duration::MAX),
        (Key::Num5, Duration::MAX),
        (Key::Num6, Duration::MAX),
        (Key::Num7, Duration::MAX),
        (Key::Num8, Duration::MAX),
        (Key::Num2, Duration::from_millis(900)),
    ] {
        window.press(Modifiers::COMMAND, key);
        window.wait("at rest", |window| window.repaint_delay() >= least);
        for _ in 0..20 {
            window.step();
            assert!(window.repaint_delay() >= least, "{key:?} wants to be drawn after {:?}", window.repaint_delay());
        }
    }
}

#[test]
fn the_budget_of_publishes_is_there_again_after_a_restart() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::at(folder.path().to_owned());
    let measured = |settings| {
        let store = Some(store.clone());
        let mut window = connected(Options { page: Page::Latency, store, settings, ..Options::default() });
        window.press(Modifiers::COMMAND, Key::Num2);
        window.replace_in("Payload", "x");
        window.click("Publish");
        window.press(Modifiers::COMMAND, Key::Num4);
        window.wait_for("Budget");
        window
    };
    let kept = || store.load().expect("loaded").settings;
    let mut window = measured(kept());
    window.replace_in("Milliseconds of the budget", "750");
    window.wait("kept", |_| kept().latency_budget.limit == "750");
    window.close();
    drop(window);
    assert_eq!(measured(kept()).value_of("Milliseconds of the budget"), "750");
}
