//! A log in the place of the live connection: the bar above it, what it comes to, its lines, and the ways to open one.

mod ask;
mod findings;
mod lines;

use eframe::egui::{Align, Button, Label, Layout, Ui};

use crate::{
    action::{Action, RecordedAction},
    view::recorded::BarView,
};

use super::{
    Cx,
    theme::{Tone, size},
    widgets::{Icon, badge, body, icon_button, muted, quiet_button, small},
};

pub use self::{
    ask::{ask_ui, pasted_ui},
    findings::page_ui as findings_ui,
    lines::page_ui as lines_ui,
};

/// Draws the bar that stands in the ladder's place: nothing below it is of the live connection.
pub fn bar_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &BarView) {
    let tool = if ui.available_width() < NARROW { icon_button } else { quiet_button };
    ui.set_height(size::LADDER);
    ui.horizontal_centered(|ui| {
        badge(ui, Tone::Warn, &cx.tr("recorded")).on_hover_text(cx.tr("recorded-hint"));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if tool(ui, Icon::Close, &cx.tr("recorded-close"), None).clicked() {
                want(cx, RecordedAction::Close);
            }
            if tool(ui, Icon::Plug, &cx.tr("recorded-show-live"), None).clicked() {
                want(cx, RecordedAction::ShowLive(true));
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let name = view.name.clone().unwrap_or_else(|| cx.tr("recorded-pasted").into_owned());
                ui.add(Label::new(body(name).strong()).truncate());
                if view.is_reading {
                    ui.spinner();
                }
                ui.add(Label::new(muted(&cx.tokens, cx.text(&view.about))).truncate());
            });
        });
    });
}

/// The way to open a log, in the look of the tools beside it.
pub fn opener_ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    let tool = if ui.available_width() < OPENER { icon_button } else { quiet_button };
    if tool(ui, Icon::Folder, &cx.tr("recorded-open"), None).on_hover_text("Ctrl+O").clicked() {
        want(cx, RecordedAction::Ask(true));
    }
}

/// The sign in the top bar that a log is open; it leads there.
pub(super) fn sign_ui(ui: &mut Ui, cx: &mut Cx<'_>, name: &str) {
    let words = cx.tr("recorded").into_owned();
    let sign = Button::new(small(&words).color(Tone::Warn.ink(&cx.tokens))).fill(Tone::Warn.wash(&cx.tokens));
    if ui.add(sign).on_hover_text(format!("{name} · {}", cx.tr("recorded-elsewhere"))).clicked() {
        want(cx, RecordedAction::ShowLive(false));
    }
}

fn want(cx: &mut Cx<'_>, action: RecordedAction) {
    cx.push(Action::Recorded(action));
}

/// Below this width tools stand without their words.
const NARROW: f32 = 640.0;
const OPENER: f32 = 220.0;
