//! A log in the place of the live connection: the bar above it, what it comes to, its lines, and the ways to open one.

mod ask;
mod findings;
mod lines;
mod time;

use eframe::egui::{Align, Button, ComboBox, Label, Layout, Role, Ui, WidgetInfo};

use crate::{
    action::{Action, RecordedAction},
    view::recorded::BarView,
};

use super::{
    Cx,
    theme::{Tone, size},
    widgets::{Icon, badge, body, choice, icon_button, muted, named, quiet_button, small},
};

pub use self::{
    ask::{ask_ui, pasted_ui},
    findings::page_ui as findings_ui,
    lines::page_ui as lines_ui,
    time::time_ui,
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
            reading_ui(ui, cx, view);
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

/// How the log is read: its family and its port, where that has to be corrected by hand, and whether it is followed.
fn reading_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &BarView) {
    let is_narrow = ui.available_width() < NARROW;
    if let Some(follows) = view.follows {
        let name = cx.tr("recorded-follow");
        let button = Button::selectable(follows, small(name.as_ref()));
        if named(ui.add(button), &name).on_hover_text(cx.tr("recorded-follow-hint")).clicked() {
            want(cx, RecordedAction::Follow(!follows));
        }
    }
    format_ui(ui, cx, view, if is_narrow { FORMAT_NARROW } else { FORMAT });
    if view.ports.len() > 1 {
        let ports: Vec<usize> = (0..view.ports.len()).collect();
        let words = |port: usize| view.ports[port].clone();
        ui.spacing_mut().combo_width = FORMAT_NARROW;
        if let Some(port) = choice(ui, &cx.tr("recorded-port"), view.port.min(ports.len() - 1), &ports, words) {
            want(cx, RecordedAction::Port(port));
        }
    }
}

fn format_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &BarView, width: f32) {
    let automatic = cx.tr("recorded-format-found").into_owned();
    let word = |key: Option<&'static str>| {
        let known = key.and_then(|key| view.formats.iter().find(|(known, _)| *known == key));
        known.map_or_else(|| automatic.clone(), |(_, name)| (*name).to_owned())
    };
    let name = cx.tr("recorded-format");
    let mut chosen = None;
    let shown = ComboBox::from_id_salt("format of the log").width(width).truncate().selected_text(word(view.format));
    let response = shown
        .show_ui(ui, |ui| {
            for key in std::iter::once(None).chain(view.formats.iter().map(|(key, _)| Some(*key))) {
                if ui.selectable_label(key == view.format, word(key)).clicked() && key != view.format {
                    chosen = Some(key);
                }
            }
        })
        .response;
    response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, &name));
    response.on_hover_text(cx.tr("recorded-format-hint"));
    if let Some(key) = chosen {
        want(cx, RecordedAction::Format(key));
    }
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

/// Width of the choice of the family.
const FORMAT: f32 = 150.0;
const FORMAT_NARROW: f32 = 96.0;
/// Below this width tools stand without their words.
const NARROW: f32 = 640.0;
const OPENER: f32 = 220.0;
