//! The list of keys that can be used now.

use eframe::egui::{Grid, Ui};

use crate::{action::Action, view::Page};

use super::{
    Cx,
    pages::PAGES,
    theme::space,
    widgets::{body, button, dialog, mono, title},
};

/// Draws the list over the window.
pub fn help_ui(ui: &Ui, cx: &mut Cx<'_>, page: Page) {
    let asked = dialog(ui, "keys", WIDTH, |ui, answering| {
        ui.label(title(cx.tr("keys-title")));
        ui.add_space(space::S);
        Grid::new("keys").num_columns(2).spacing([space::XL, space::S]).show(ui, |ui| {
            for (key, words) in COMMON.iter().chain(of_page(page)) {
                ui.label(mono(*key));
                ui.label(body(cx.tr(words)));
                ui.end_row();
            }
            for facts in PAGES {
                ui.label(mono(facts.keys()));
                ui.label(body(cx.tr(facts.word)));
                ui.end_row();
            }
        });
        ui.add_space(space::M);
        let closes = button(ui, &cx.tr("keys-close"), None);
        answering.begin_with(&closes);
        answering.is_given(&closes)
    });
    if asked.inner || asked.is_left {
        cx.push(Action::ShowHelp(false));
    }
}

fn of_page(page: Page) -> &'static [(&'static str, &'static str)] {
    match page {
        Page::Messages => &[("Ctrl+Enter", "keys-publish"), ("Ctrl+F", "keys-search"), LIST],
        Page::Terminal => {
            &[("Ctrl+F", "keys-search"), ("F3", "keys-next-hit"), ("Enter", "keys-send"), ("↑ ↓", "keys-recall"), LIST]
        }
        Page::Connect | Page::Certificates | Page::Latency | Page::Watch | Page::Troubleshoot | Page::Settings => &[],
    }
}

const WIDTH: f32 = 440.0;
const COMMON: [(&str, &str); 6] = [
    ("Ctrl+K", "keys-connect"),
    ("Ctrl+O", "recorded-open"),
    ("F2", "demo-keys-open"),
    ("Tab", "keys-tab"),
    ("Esc", "keys-escape"),
    ("F1", "keys-help"),
];
const LIST: (&str, &str) = ("↑ ↓ PgUp PgDn Home End", "keys-list");
