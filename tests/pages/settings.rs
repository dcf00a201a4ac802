//! The Settings page.

use air780e_companion::{
    action::{Action, Look},
    lang::{Lang, Translator},
    settings::{Settings, ThemeChoice},
    ui::{self, Cx, theme},
    view::{
        connect::{Keyring, Ports},
        settings::{SettingsView, view},
    },
};
use eframe::egui::{CentralPanel, Frame, Theme, accesskit::Role, vec2};
use egui_kittest::{Harness, kittest::Queryable};

use crate::pictures::hold_shown;

type Shown = (Translator, SettingsView, Vec<Action>);

fn shown(lang: Lang, folder: Option<&str>, keyring: &Keyring) -> Harness<'static, Shown> {
    let page = view(&Settings::default(), lang, folder.map(str::to_owned), keyring, &Ports::Found(Vec::new()));
    let draw = |ui: &mut eframe::egui::Ui, (translator, page, wishes): &mut Shown| {
        let tokens = theme::Tokens::of(ui);
        let mut cx = Cx { lang: translator, tokens: tokens.clone(), actions: wishes };
        let frame = Frame::new().fill(tokens.colors.page);
        CentralPanel::default().frame(frame).show(ui, |ui| ui::settings::page_ui(ui, &mut cx, page));
    };
    let mut harness = Harness::builder()
        .with_size(vec2(856.0, 1_100.0))
        .with_context_setup(theme::install)
        .build_ui_state(draw, (Translator::new(lang), page, Vec::new()));
    harness.run();
    harness
}

fn asked(harness: &mut Harness<'static, Shown>, name: &str) -> Vec<Action> {
    harness.get_by_label(name).click();
    harness.run();
    std::mem::take(&mut harness.state_mut().2)
}

fn chosen(harness: &mut Harness<'static, Shown>, field: &str, option: &str) -> Vec<Action> {
    harness.get_by_role_and_label(Role::ComboBox, field).click();
    harness.run();
    asked(harness, option)
}

#[test]
fn every_choice_is_asked_for_by_its_name() {
    let mut harness = shown(Lang::En, Some("/home/me/.config"), &Keyring::Ready);
    assert_eq!(chosen(&mut harness, "Language", "简体中文"), [Action::Look(Look::Lang(Lang::ZhCn))]);
    assert_eq!(chosen(&mut harness, "Theme", "dark"), [Action::Look(Look::Theme(ThemeChoice::Dark))]);
    assert_eq!(chosen(&mut harness, "Terminal lines", "200000"), [Action::Look(Look::TerminalLines(200_000))]);
    assert_eq!(chosen(&mut harness, "Messages kept", "100"), [Action::Look(Look::Messages(100))]);
    assert_eq!(asked(&mut harness, "Stage size"), [Action::Look(Look::Stage(true))]);
    assert_eq!(asked(&mut harness, "Write a log of each connection"), [Action::Look(Look::Log(false))]);
    let numbers = asked(&mut harness, "Show IMEI, IMSI, ICCID and positions in copies and exports");
    assert_eq!(numbers, [Action::Look(Look::ShowsNumbers(true))]);
    let tries_here = asked(&mut harness, "Try the same from this computer");
    assert_eq!(tries_here, [Action::Look(Look::TriesHere(false))]);
    harness.get_by_role_and_label(Role::TextInput, "Folder for logs").focus();
    harness.run();
    harness.get_by_role_and_label(Role::TextInput, "Folder for logs").type_text("/logs");
    harness.run();
    let typed = std::mem::take(&mut harness.state_mut().2);
    assert_eq!(typed, [Action::Look(Look::LogFolder("/logs".to_owned()))]);
    assert_eq!(asked(&mut harness, "Copy the path"), [Action::Copy("/home/me/.config".to_owned())]);
}

#[test]
fn what_the_system_lacks_is_said_with_what_happens_instead() {
    let harness = shown(Lang::En, None, &Keyring::Missing("no bus".to_owned()));
    harness.get_by_label_contains("passwords are asked for each time");
    harness.get_by_label("None found. The virtual modem works without.");
    harness.get_by_label("none: nothing is kept");
    shown(Lang::En, None, &Keyring::Ready).get_by_label_contains("profiles can keep their passwords in it");
}

#[test]
fn the_page_looks_as_it_did() {
    let mut harness = shown(Lang::ZhCn, Some("/home/me/.config"), &Keyring::Ready);
    harness.state_mut().1.version = "1.2.3";
    theme::speak(&harness.ctx, Lang::ZhCn);
    hold_shown("settings-zh-light", &mut harness, Theme::Light, vec2(575.0, 420.0));
}

#[test]
fn the_page_speaks_both_languages_with_every_glyph() {
    for (lang, folder) in [(Lang::En, "Folder"), (Lang::ZhCn, "文件夹")] {
        shown(lang, None, &Keyring::Looking).get_by_label(folder);
    }
}

#[test]
fn a_wide_screen_is_used_by_two_columns() {
    let mut harness = shown(Lang::En, Some("/home/me/.config"), &Keyring::Ready);
    let left = |harness: &Harness<'static, Shown>, name: &str| harness.get_by_label(name).rect().left();
    assert!((left(&harness, "Look") - left(&harness, "Logs")).abs() < 1.0, "one below the other");
    harness.set_size(vec2(1_776.0, 900.0));
    harness.run();
    assert!(left(&harness, "Look") + 600.0 < left(&harness, "Logs"), "one beside the other");
    for name in ["Look", "History", "Logs", "This program"] {
        let place = harness.get_by_label(name).rect();
        assert!(place.bottom() < 900.0 && place.right() < 1_776.0, "{name} is in sight without scrolling: {place:?}");
    }
}
