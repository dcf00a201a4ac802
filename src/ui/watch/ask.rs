//! Which journal is to be read: a path, the system's own dialog, or one that this window wrote.

use eframe::egui::{Button, Id, Label, ScrollArea, Ui};

use super::want;
use crate::{
    action::WatchAction,
    ui::{
        Cx,
        theme::{Tone, space},
        widgets::{Answering, button, dialog, mono, muted, path_field, primary_button, small, title},
    },
    view::watch::Ask,
};

/// Draws the dialog over the window.
pub fn ask_ui(ui: &Ui, cx: &mut Cx<'_>, ask: &Ask) {
    let asked = dialog(ui, "open a journal", WIDTH, |ui, answering| {
        ui.label(title(cx.tr("watch-open")));
        ui.label(muted(&cx.tokens, cx.tr("watch-open-hint")));
        ui.add_space(space::S);
        path_ui(ui, cx, ask, answering);
        ui.add_space(space::S);
        buttons_ui(ui, cx, ask, answering);
        ScrollArea::vertical().max_height(MOST_HEIGHT).show(ui, |ui| own_ui(ui, cx, &ask.own));
    });
    if asked.is_left {
        want(cx, WatchAction::Ask(false));
    }
}

fn path_ui(ui: &mut Ui, cx: &mut Cx<'_>, ask: &Ask, answering: Answering) {
    let mut path = ask.path.clone();
    let name = cx.tr("watch-path");
    ui.label(muted(&cx.tokens, name.as_ref()));
    let input = path_field(ui, Id::unique("path of the journal"), &name, &mut path, "", f32::INFINITY);
    answering.begin_with(&input.response);
    if input.is_entered && !path.trim().is_empty() {
        want(cx, WatchAction::Open(path));
    } else if input.response.changed() {
        want(cx, WatchAction::Path(path));
    }
    if ask.has_no_dialog {
        ui.add(Label::new(small(cx.tr("files-no-dialog")).color(Tone::Warn.ink(&cx.tokens))).wrap());
    }
}

fn buttons_ui(ui: &mut Ui, cx: &mut Cx<'_>, ask: &Ask, answering: Answering) {
    let why_not = ask.path.trim().is_empty().then(|| cx.tr("save-why-no-path").into_owned());
    ui.horizontal(|ui| {
        if answering.is_given(&primary_button(ui, &cx.tr("watch-read"), why_not.as_deref())) {
            want(cx, WatchAction::Open(ask.path.clone()));
        }
        let why_not = ask.is_choosing.then(|| cx.tr("save-choosing").into_owned());
        if button(ui, &cx.tr("recorded-choose"), why_not.as_deref()).clicked() {
            want(cx, WatchAction::Choose);
        }
        if button(ui, &cx.tr("save-cancel"), None).clicked() {
            want(cx, WatchAction::Ask(false));
        }
    });
}

/// Journals that can be read with one click.
fn own_ui(ui: &mut Ui, cx: &mut Cx<'_>, paths: &[String]) {
    if paths.is_empty() {
        return;
    }
    ui.add_space(space::M);
    ui.label(muted(&cx.tokens, cx.tr("watch-own-journals")));
    for path in paths {
        let button = Button::new(mono(path)).frame_when_inactive(false).truncate();
        if ui.add(button).on_hover_text(path).clicked() {
            want(cx, WatchAction::Open(path.clone()));
        }
    }
}

const WIDTH: f32 = 560.0;
const MOST_HEIGHT: f32 = 300.0;
