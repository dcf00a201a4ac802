//! Which log is to be read: a path, the system's own dialog, one of the last ones, one that the program wrote itself; or a
//! text that was pasted.

use eframe::egui::{Align2, Button, Id, Key, Memory, Modal, ScrollArea, TextEdit, Ui, vec2};

use super::want;
use crate::{
    action::RecordedAction,
    ui::{
        Cx,
        theme::{monospace, size, space, text},
        widgets::{body, button, mono, muted, named, primary_button, title},
    },
    view::recorded::Ask,
};

/// Draws the dialog over the window.
pub fn ask_ui(ui: &Ui, cx: &mut Cx<'_>, ask: &Ask) {
    let response = Modal::new(Id::unique("open a log")).show(ui.ctx(), |ui| {
        ui.set_width(WIDTH);
        ui.label(title(cx.tr("recorded-open")));
        ui.label(muted(&cx.tokens, cx.tr("recorded-open-hint")));
        ui.add_space(space::S);
        path_ui(ui, cx, ask);
        ui.add_space(space::S);
        buttons_ui(ui, cx, ask);
        ScrollArea::vertical().max_height(MOST_HEIGHT).show(ui, |ui| {
            list_ui(ui, cx, "recorded-last", &ask.last);
            list_ui(ui, cx, "recorded-own", &ask.own);
        });
    });
    if response.should_close() {
        want(cx, RecordedAction::Ask(false));
    }
}

fn path_ui(ui: &mut Ui, cx: &mut Cx<'_>, ask: &Ask) {
    let mut path = ask.path.clone();
    let name = cx.tr("recorded-path");
    ui.label(muted(&cx.tokens, name.as_ref()));
    let field = TextEdit::singleline(&mut path)
        .font(monospace(text::BODY - 1.0))
        .align(Align2::LEFT_CENTER)
        .desired_width(f32::INFINITY)
        .min_size(vec2(0.0, size::CONTROL));
    let response = named(ui.add(field), &name);
    if ui.memory(Memory::focused).is_none() {
        response.request_focus();
    }
    if response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)) && !path.trim().is_empty() {
        want(cx, RecordedAction::Open(path));
    } else if response.changed() {
        want(cx, RecordedAction::Path(path));
    }
}

fn buttons_ui(ui: &mut Ui, cx: &mut Cx<'_>, ask: &Ask) {
    let why_not = ask.path.trim().is_empty().then(|| cx.tr("save-why-no-path").into_owned());
    ui.horizontal(|ui| {
        if primary_button(ui, &cx.tr("recorded-read"), why_not.as_deref()).clicked() {
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
    let response = Modal::new(Id::unique("pasted log")).show(ui.ctx(), |ui| {
        ui.set_width(WIDTH);
        ui.label(title(cx.tr("recorded-pasted-title")));
        ui.add_space(space::S);
        let (lines, bytes) = (pasted.lines().count(), pasted.len());
        ui.label(body(cx.tr_args("recorded-pasted-size", &[("lines", lines.into()), ("bytes", bytes.into())])));
        ui.add_space(space::M);
        ui.horizontal(|ui| {
            if primary_button(ui, &cx.tr("recorded-read-pasted"), None).clicked() {
                want(cx, RecordedAction::ReadPasted(true));
            }
            if button(ui, &cx.tr("save-cancel"), None).clicked() {
                want(cx, RecordedAction::ReadPasted(false));
            }
        });
    });
    if response.should_close() {
        want(cx, RecordedAction::ReadPasted(false));
    }
}

const WIDTH: f32 = 560.0;
const MOST_HEIGHT: f32 = 300.0;
