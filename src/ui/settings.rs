//! The Settings page: language, theme, size, history, logs, this computer's own tries, folder.

use eframe::egui::{Label, ScrollArea, Ui};

use crate::{
    action::{Action, Look, ThemeChoice},
    lang::Lang,
    view::settings::SettingsView,
};

use super::{
    Cx,
    theme::space,
    widgets::{
        FieldState, Icon, Mark, body, card, choice, form_row, key_value, mark, muted, page_frame, page_title,
        quiet_button, text_field, toggle,
    },
};

/// Draws the page.
pub fn page_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &SettingsView) {
    page_frame().show(ui, |ui| {
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| settings_ui(ui, cx, view));
    });
}

/// One column, or two where the screen is wide.
fn settings_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &SettingsView) {
    page_title(ui, &cx.tr("page-settings"), &cx.tr("settings-hint"));
    let columns: &[&[Part]] = if ui.available_width() < TWO_COLUMNS { &[&PARTS] } else { &[&PARTS[..3], &PARTS[3..]] };
    ui.horizontal_top(|ui| {
        for parts in columns {
            ui.vertical(|ui| {
                ui.set_width(WIDTH.min(ui.available_width()));
                for part in *parts {
                    part(ui, cx, view);
                    ui.add_space(space::S);
                }
            });
            ui.add_space(space::S);
        }
    });
}

/// Draws one card.
type Part = fn(&mut Ui, &mut Cx<'_>, &SettingsView);

fn program_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &SettingsView) {
    card(ui, Some(&cx.tr("settings-program")), |ui| {
        key_value(ui, &cx.tr("settings-version"), view.version);
        let folder = view.folder.clone().unwrap_or_else(|| cx.tr("settings-no-folder").into_owned());
        key_value(ui, &cx.tr("settings-folder"), &folder);
        if let Some(folder) = &view.folder
            && quiet_button(ui, Icon::Copy, &cx.tr("settings-folder-copy"), None).clicked()
        {
            cx.push(Action::Copy(folder.clone()));
        }
        ui.add(Label::new(muted(&cx.tokens, cx.tr("settings-folder-hint"))).wrap());
    });
}

/// What this system offers the program, each with a mark and a word.
fn system_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &SettingsView) {
    card(ui, Some(&cx.tr("settings-system")), |ui| {
        for facility in &view.system {
            form_row(ui, &cx.tr(facility.key), |ui| {
                mark(ui, if facility.is_there { Mark::Confirmed } else { Mark::NotNeeded });
                ui.add(Label::new(body(cx.text(&facility.text))).wrap());
            });
        }
    });
}

fn look_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &SettingsView) {
    card(ui, Some(&cx.tr("settings-look")), |ui| {
        let lang = row(ui, &cx.tr("settings-language"), |ui, name| {
            choice(ui, name, view.lang, &Lang::ALL, |lang| lang.own_name().into_owned())
        });
        if let Some(lang) = lang {
            cx.push(Action::Look(Look::Lang(lang)));
        }
        let theme = row(ui, &cx.tr("theme"), |ui, name| {
            choice(ui, name, view.theme, &ThemeChoice::ALL, |theme| cx.tr(theme_key(theme)).into_owned())
        });
        if let Some(theme) = theme {
            cx.push(Action::Look(Look::Theme(theme)));
        }
        if let Some(is_stage) = toggle(ui, &cx.tr("settings-stage"), view.is_stage) {
            cx.push(Action::Look(Look::Stage(is_stage)));
        }
        ui.label(muted(&cx.tokens, cx.tr("settings-stage-hint")));
    });
}

fn history_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &SettingsView) {
    card(ui, Some(&cx.tr("settings-history")), |ui| {
        let lines = row(ui, &cx.tr("settings-terminal-lines"), |ui, name| {
            choice(ui, name, view.terminal_lines, &[1_000, 20_000, 100_000, 200_000, 1_000_000], |n| n.to_string())
        });
        if let Some(lines) = lines {
            cx.push(Action::Look(Look::TerminalLines(lines)));
        }
        let messages = row(ui, &cx.tr("settings-messages"), |ui, name| {
            choice(ui, name, view.messages, &[100, 1_000, 10_000, 20_000, 100_000], |n| n.to_string())
        });
        if let Some(messages) = messages {
            cx.push(Action::Look(Look::Messages(messages)));
        }
        ui.label(muted(&cx.tokens, cx.tr("settings-history-hint")));
    });
}

/// The log of each connection. Without a folder of settings there is no place for it.
fn log_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &SettingsView) {
    let Some(folder) = &view.default_log_folder else { return };
    card(ui, Some(&cx.tr("settings-log")), |ui| {
        if let Some(is_on) = toggle(ui, &cx.tr("settings-log-on"), view.writes_log) {
            cx.push(Action::Look(Look::Log(is_on)));
        }
        let mut typed = view.log_folder.clone();
        let name = cx.tr("settings-log-folder");
        if text_field(ui, &name, &mut typed, folder, &FieldState::default()).changed() {
            cx.push(Action::Look(Look::LogFolder(typed)));
        }
        ui.add(Label::new(muted(&cx.tokens, cx.tr("settings-log-hint"))).wrap());
    });
}

/// What leaves the window by the clipboard or as a file.
fn export_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &SettingsView) {
    card(ui, Some(&cx.tr("settings-export")), |ui| {
        if let Some(shows) = toggle(ui, &cx.tr("settings-export-numbers"), view.shows_numbers) {
            cx.push(Action::Look(Look::ShowsNumbers(shows)));
        }
        ui.add(Label::new(muted(&cx.tokens, cx.tr("settings-export-hint"))).wrap());
    });
}

/// What this computer tries by itself, and what it never does.
fn here_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &SettingsView) {
    card(ui, Some(&cx.tr("settings-here")), |ui| {
        if let Some(is_on) = toggle(ui, &cx.tr("settings-here-on"), view.tries_here) {
            cx.push(Action::Look(Look::TriesHere(is_on)));
        }
        ui.add(Label::new(muted(&cx.tokens, cx.tr("settings-here-hint"))).wrap());
    });
}

/// One line with a choice; the label is its name.
fn row<T>(ui: &mut Ui, name: &str, add: impl FnOnce(&mut Ui, &str) -> Option<T>) -> Option<T> {
    form_row(ui, name, |ui| add(ui, name))
}

const fn theme_key(theme: ThemeChoice) -> &'static str {
    match theme {
        ThemeChoice::System => "theme-system",
        ThemeChoice::Light => "theme-light",
        ThemeChoice::Dark => "theme-dark",
    }
}

const WIDTH: f32 = 640.0;
/// From this width on there is room for two columns of it.
const TWO_COLUMNS: f32 = 2.0 * WIDTH + 40.0;
const PARTS: [Part; 7] = [look_ui, system_ui, history_ui, log_ui, export_ui, here_ui, program_ui];
