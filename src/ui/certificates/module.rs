//! What is on the module: its files, what points to them, reading back and deleting.

use eframe::egui::{Label, Ui};

use crate::{
    action::CertificatesAction,
    ui::{
        Cx,
        theme::{Tone, space},
        widgets::{Icon, Mark, badge, body, button, card, dialog, icon_button, mark, mono, muted, rule, small, title},
    },
    view::certificates::{CertificatesView, Comparison, ModuleFileRow, Pointer},
};

use super::want;

/// Draws the card.
pub(super) fn module_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &CertificatesView<'_>) {
    card(ui, Some(&cx.tr("module-title")), |ui| {
        ui.spacing_mut().item_spacing.y = space::XS;
        let module = &view.module;
        ui.horizontal_wrapped(|ui| {
            let why_not = module.why_not_ask.as_ref().map(|why| cx.text(why));
            if button(ui, &cx.tr("module-look"), why_not.as_deref()).clicked() {
                want(cx, CertificatesAction::LookAtModule);
            }
            ui.add(Label::new(muted(&cx.tokens, cx.text(&module.summary))).wrap());
        });
        let Some(files) = &module.files else { return };
        if files.is_empty() {
            ui.label(muted(&cx.tokens, cx.tr("module-empty")));
        }
        for file in files {
            rule(ui);
            file_ui(ui, cx, file);
        }
        if !module.pointers.is_empty() {
            rule(ui);
            ui.label(small(cx.tr("pointer-title")).strong());
            for pointer in &module.pointers {
                pointer_ui(ui, cx, pointer);
            }
        }
    });
}

fn file_ui(ui: &mut Ui, cx: &mut Cx<'_>, file: &ModuleFileRow) {
    let why_not = file.why_not.as_ref().map(|why| cx.text(why));
    let name = [("name", file.shown.as_str().into())];
    ui.horizontal_wrapped(|ui| {
        ui.label(mono(&file.shown));
        if let Some(size) = &file.size {
            ui.label(muted(&cx.tokens, cx.text(size)));
        }
        for place in &file.places {
            badge(ui, Tone::Busy, &cx.text(place));
        }
        if icon_button(ui, Icon::Search, &cx.tr_args("module-compare", &name), why_not.as_deref()).clicked() {
            want(cx, CertificatesAction::Compare(file.name.clone()));
        }
        if icon_button(ui, Icon::Delete, &cx.tr_args("module-delete", &name), why_not.as_deref()).clicked() {
            want(cx, CertificatesAction::AskDelete(Some(file.name.clone())));
        }
    });
    let shape = match file.comparison {
        Comparison::NoLocal => Mark::NotNeeded,
        Comparison::NotCompared => Mark::Unknown,
        Comparison::Reading => Mark::Trying,
        Comparison::Equal => Mark::Confirmed,
        Comparison::Different => Mark::Failed,
    };
    ui.horizontal_top(|ui| {
        mark(ui, shape);
        ui.add(Label::new(small(cx.text(&file.text)).color(shape.tone().ink(&cx.tokens))).wrap().selectable(true));
    });
}

fn pointer_ui(ui: &mut Ui, cx: &Cx<'_>, pointer: &Pointer) {
    ui.horizontal_wrapped(|ui| {
        ui.label(mono(pointer.key));
        ui.label(muted(&cx.tokens, cx.text(&pointer.meaning)));
        ui.label(mono(cx.text(&pointer.value)));
        if pointer.is_dangling {
            mark(ui, Mark::Failed);
            ui.label(small(cx.tr("pointer-dangling")).color(Tone::Bad.ink(&cx.tokens)));
        }
    });
}

/// Asks before a file is deleted, and says what is lost.
pub(super) fn delete_ui(ui: &Ui, cx: &mut Cx<'_>, view: &CertificatesView<'_>) {
    let Some(ask) = &view.module.asks_delete else { return };
    let asked = dialog(ui, "delete module file", WIDTH, |ui, answering| {
        ui.label(title(cx.tr_args("delete-title", &[("name", ask.shown.as_str().into())])));
        ui.add(Label::new(body(cx.text(&ask.loss))).wrap());
        ui.add_space(space::M);
        ui.horizontal(|ui| {
            let keeps = button(ui, &cx.tr("delete-no"), None);
            answering.begin_with(&keeps);
            (answering.is_given(&keeps), button(ui, &cx.tr("delete-yes"), None).clicked())
        })
        .inner
    });
    let (keeps, deletes) = asked.inner;
    if deletes {
        want(cx, CertificatesAction::Delete(ask.name.clone()));
    } else if keeps || asked.is_left {
        want(cx, CertificatesAction::AskDelete(None));
    }
}

const WIDTH: f32 = 400.0;
