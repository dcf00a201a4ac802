//! Which log is to be read: a path, the system's own dialog, one of the last ones, one that the program wrote itself; or a
//! text that was pasted.

use eframe::egui::{Button, Id, Label, ScrollArea, Ui};

use super::want;
use crate::{
    action::RecordedAction,
    ui::{
        Cx,
        theme::{Tone, space},
        widgets::{Answering, body, button, dialog, mono, muted, path_field, primary_button, small, title},
    },
    view::recorded::Ask,
};

/// Draws the dialog over the window.
pub fn ask_ui(ui: &Ui, cx: &mut Cx<'_>, ask: &Ask) {
    let asked = dialog(ui, "open a log", WIDTH, |ui, answering| {
        ui.label(title(cx.tr("recorded-open")));
        ui.label(muted(&cx.tokens, cx.tr("recorded-open-hint")));
        ui.add_space(space::S);
        path_ui(ui, cx, ask, answering);
        ui.add_space(space::S);
        buttons_ui(ui, cx, ask, answering);
        ScrollArea::vertical().max_height(MOST_HEIGHT).show(ui, |ui| {
            list_ui(ui, cx, "recorded-last", &ask.last);
            list_ui(ui, cx, "recorded-own", &ask.own);
        });
    });
    if asked.is_left {
        want(cx, RecordedAction::Ask(false));
    }
}

fn path_ui(ui: &mut Ui, cx: &mut Cx<'_>, ask: &Ask, answering: Answering) {
    let mut path = ask.path.clone();
    let name = cx.tr("recorded-path");
    ui.label(muted(&cx.tokens, name.as_ref()));
    let input = path_field(ui, Id::unique("path of the log"), &name, &mut path, "", f32::INFINITY);
    answering.begin_with(&input.response);
    if input.is_entered && !path.trim().is_empty() {
        want(cx, RecordedAction::Open(path));
    } else if input.response.changed() {
        want(cx, RecordedAction::Path(path));
    }
    if ask.has_no_dialog {
        ui.add(Label::new(small(cx.tr("files-no-dialog")).color(Tone::Warn.ink(&cx.tokens))).wrap());
    }
}

fn buttons_ui(ui: &mut Ui, cx: &mut Cx<'_>, ask: &Ask, answering: Answering) {
    let why_not = ask.path.trim().is_empty().then(|| cx.tr("save-why-no-path").into_owned());
    ui.horizontal(|ui| {
        if answering.is_given(&primary_button(ui, &cx.tr("recorded-read"), why_not.as_deref())) {
            want(cx, RecordedAction::Open(ask.path.clone()));
        }
        let why_not = ask.is_choosing.then(|| cx.tr("save-choosing").into_owned());
        if button(ui, &cx.tr("recorded-choose"), why_not.as_deref()).clicked() {
            want(cx, RecordedAction::Choose);
        }
        if button(ui, &cx.tr("save-cancel"), None).clicked() {
            want(cx, RecordedAction::Ask(false));
        }
    });
}

/// Logs that can be read with one click.
fn list_ui(ui: &mut Ui, cx: &mut Cx<'_>, heading: &'static str, paths: &[String]) {
    if paths.is_empty() {
        return;
    }
    ui.add_space(space::M);
    ui.label(muted(&cx.tokens, cx.tr(heading)));
    for path in paths {
        let button = Button::new(mono(path)).frame_when_inactive(false).truncate();
        if ui.add(button).on_hover_text(path).clicked() {
            want(cx, RecordedAction::Open(path.clone()));
        }
    }
}

/// Offers to read a pasted text.
pub fn pasted_ui(ui: &Ui, cx: &mut Cx<'_>, pasted: &str) {
    let asked = dialog(ui, "pasted log", WIDTH, |ui, answering| {
        ui.label(title(cx.tr("recorded-pasted-title")));
        ui.add_space(space::S);
        let (lines, bytes) = (pasted.lines().count(), pasted.len());
        ui.label(body(cx.tr_args("recorded-pasted-size", &[("lines", lines.into()), ("bytes", bytes.into())])));
        ui.add_space(space::M);
        ui.horizontal(|ui| {
            let reads = primary_button(ui, &cx.tr("recorded-read-pasted"), None);
            answering.begin_with(&reads);
            if answering.is_given(&reads) {
                want(cx, RecordedAction::ReadPasted(true));
            }
            if button(ui, &cx.tr("save-cancel"), None).clicked() {
                want(cx, RecordedAction::ReadPasted(false));
            }
        });
    });
    if asked.is_left {
        want(cx, RecordedAction::ReadPasted(false));
    }
}

const WIDTH: f32 = 560.0;
const MOST_HEIGHT: f32 = 300.0;
