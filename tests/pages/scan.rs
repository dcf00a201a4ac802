//! The scan of a server on the Troubleshoot page: its field and its buttons.

use std::cell::RefCell;

use air780e_companion::{
    action::{Action, ScanAction, TroubleshootAction},
    diagnosis::{Course, Here, HereStage, Scan},
    lang::{Lang, Text, Translator},
    model::Model,
    time::Moment,
    ui::{Cx, theme, troubleshoot::page_ui},
    view::troubleshoot::{AuthorityFile, AuthorityView, Fact, Picture, ScanScreen, Screen, view},
};
use eframe::egui::{accesskit::Role, vec2};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};

struct Desk {
    translator: Translator,
    screen: Screen,
    actions: RefCell<Vec<Action>>,
}

/// The page with this scan, and with files that it could use.
fn shown(scan: ScanScreen) -> Harness<'static, Desk> {
    let mut screen = Screen::default();
    screen.scan = scan;
    let desk = Desk { translator: Translator::new(Lang::En), screen, actions: RefCell::default() };
    let mut harness =
        Harness::builder().with_size(vec2(844.0, 900.0)).with_context_setup(theme::install).build_ui_state(
            |ui, desk: &mut Desk| {
                let mut cx =
                    Cx { lang: &desk.translator, tokens: theme::Tokens::of(ui), actions: desk.actions.get_mut() };
                page_ui(ui, &mut cx, &view(&Model::default(), &desk.screen, true, Moment::ZERO));
            },
            desk,
        );
    harness.run();
    harness
}

fn open() -> ScanScreen {
    ScanScreen { is_open: true, typed: "broker.test".to_owned(), ..ScanScreen::default() }
}

/// What a scan got that is at `stage`.
fn picture(stage: HereStage) -> Box<Picture> {
    let here =
        Here { host: "broker.test".to_owned(), port: 8_883, is_tls: true, is_scan: true, stage, ..Here::default() };
    let scan = Scan::judge(&mut Course::default(), &here);
    Box::new(Picture::of("broker.test:8883".to_owned(), &here, &scan))
}

fn asked(harness: &mut Harness<'static, Desk>, name: &str) -> Vec<Action> {
    harness.get_by_role_and_label(Role::Button, name).click();
    harness.run();
    harness.state().actions.take()
}

fn wish(action: ScanAction) -> Vec<Action> {
    vec![Action::Troubleshoot(TroubleshootAction::Scan(action))]
}

#[test]
fn it_is_opened_and_closed_from_the_head_of_the_page() {
    assert_eq!(asked(&mut shown(ScanScreen::default()), "Scan a server"), wish(ScanAction::Open(true)));
    assert_eq!(asked(&mut shown(open()), "Close the scan"), wish(ScanAction::Open(false)));
}

#[test]
fn it_begins_with_a_server_only() {
    assert_eq!(asked(&mut shown(open()), "Scan"), wish(ScanAction::Start));
    let mut harness = shown(ScanScreen { typed: " ".to_owned(), ..open() });
    let button = harness.get_by_role_and_label(Role::Button, "Scan");
    assert!(button.accesskit_node().is_disabled());
    button.hover();
    harness.run_steps(60);
    assert!(harness.query_all_by_label_contains("Write the server's name first").next().is_some());
    harness.get_by_role_and_label(Role::TextInput, "Server").focus();
    harness.run();
    harness.get_by_role_and_label(Role::TextInput, "Server").type_text("b");
    harness.run();
    assert_eq!(harness.state().actions.take(), wish(ScanAction::Type(" b".to_owned())));
}

#[test]
fn the_connections_files_can_be_left_out() {
    let mut harness = shown(open());
    harness.get_by_label("With the connection's files").click();
    harness.run();
    assert_eq!(harness.state().actions.take(), wish(ScanAction::LeaveFiles(true)));
}

#[test]
fn while_it_runs_it_can_be_stopped_and_says_no_verdict() {
    let mut harness = shown(ScanScreen { picture: Some(picture(HereStage::Port)), ..open() });
    assert!(harness.query_all_by_label_contains("could not look").next().is_none(), "it is not over");
    assert_eq!(asked(&mut harness, "Stop the scan"), wish(ScanAction::Stop));
    let harness = shown(ScanScreen { picture: Some(picture(HereStage::Stopped)), ..open() });
    assert!(harness.query_all_by_label_contains("could not look at broker.test:8883").next().is_some());
}

#[test]
fn the_ca_is_shown_with_its_fingerprint_before_it_is_saved() {
    let file = AuthorityFile { subject: "CN=Root".to_owned(), fingerprint: "AB:CD".to_owned(), pem: String::new() };
    let authority = AuthorityView { file: Some(file), said: vec![Fact::said(Text::plain("Compare it."))] };
    let mut harness = shown(ScanScreen { authority: Some(authority), ..open() });
    for words in ["CN=Root", "SHA-256 AB:CD", "Compare it."] {
        harness.get_by_label(words);
    }
    assert_eq!(asked(&mut harness, "Save the CA for the module"), wish(ScanAction::SaveAuthority));
    let none = AuthorityView { file: None, said: vec![Fact::said(Text::plain("None would do."))] };
    let harness = shown(ScanScreen { authority: Some(none), ..open() });
    harness.get_by_label("None would do.");
    assert!(harness.query_by_label("Save the CA for the module").is_none());
}

#[test]
fn the_copy_in_the_head_is_that_of_the_scan_while_it_is_in_front() {
    let mut harness = shown(open());
    assert!(harness.get_by_role_and_label(Role::Button, "Copy for the customer").accesskit_node().is_disabled());
    let file = AuthorityFile { subject: "CN=Plant CA".into(), fingerprint: "AB:CD".into(), pem: "PEM".into() };
    let authority = Some(AuthorityView { file: Some(file), said: Vec::new() });
    harness.state_mut().screen.scan = ScanScreen { picture: Some(picture(HereStage::Done)), authority, ..open() };
    harness.run();
    let asked = asked(&mut harness, "Copy for the customer");
    let [Action::Copy(copied)] = asked.as_slice() else { panic!("{asked:?}") };
    assert!(copied.starts_with("broker.test:8883\n"), "{copied}");
    assert!(copied.contains("CN=Plant CA · SHA-256 AB:CD") && copied.contains("Air780E Companion"), "{copied}");
    assert!(!copied.contains("PEM"), "{copied}");
    assert!(harness.query_by_label("Copy the whole report").is_none(), "there is no report of a scan");
}
