//! A repair, shown before it is made.

use eframe::egui::{Frame, Label, Margin, Ui};

use crate::{
    action::{CertificatesAction, RepairPlace},
    ui::{
        Cx,
        theme::{Tone, size, space},
        widgets::{Mark, body, button, mark_with_word, mono, muted, named, small},
    },
    view::{
        certificates::{RepairView, role_key},
        files::FileRole,
    },
};

use super::want;

/// Draws what changes, before and after, and the ways to do it.
pub(super) fn repair_ui(ui: &mut Ui, cx: &mut Cx<'_>, role: FileRole, repair: &RepairView) {
    if repair.is_minor && !repair.is_in_memory {
        buttons_ui(ui, cx, role, false);
        return;
    }
    ui.add_space(space::XS);
    let tone = Tone::Busy;
    Frame::new().fill(tone.wash(&cx.tokens)).corner_radius(size::RADIUS).inner_margin(Margin::same(8)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = space::XS;
        if repair.is_in_memory {
            mark_with_word(ui, Mark::Confirmed, &cx.tr("repair-in-memory"));
        } else {
            ui.label(body(cx.tr("repair-title")).strong());
        }
        for change in &repair.changes {
            ui.add(Label::new(small(format!("• {}", cx.text(change)))).wrap());
        }
        ui.label(muted(&cx.tokens, cx.text(&repair.sizes)));
        lines_ui(ui, cx, "repair-before", &repair.before);
        lines_ui(ui, cx, "repair-after", &repair.after);
        buttons_ui(ui, cx, role, repair.is_in_memory);
        ui.label(muted(&cx.tokens, cx.tr("repair-hint")));
    });
}

fn lines_ui(ui: &mut Ui, cx: &Cx<'_>, key: &'static str, lines: &[String]) {
    if lines.is_empty() {
        return;
    }
    ui.label(muted(&cx.tokens, cx.tr(key)));
    for line in lines {
        ui.add(Label::new(mono(line)).truncate().selectable(true));
    }
}

fn buttons_ui(ui: &mut Ui, cx: &mut Cx<'_>, role: FileRole, is_in_memory: bool) {
    let words = cx.tr(role_key(role)).into_owned();
    let args = [("role", words.as_str().into())];
    ui.horizontal_wrapped(|ui| {
        let name = cx.tr_args("repair-save-name", &args);
        if named(button(ui, &cx.tr("repair-save"), None), &name).clicked() {
            want(cx, CertificatesAction::Repair { role, place: RepairPlace::NewFile });
        }
        if is_in_memory {
            let name = cx.tr_args("repair-undo-name", &args);
            if named(button(ui, &cx.tr("repair-undo"), None), &name).clicked() {
                want(cx, CertificatesAction::Repair { role, place: RepairPlace::Nowhere });
            }
        } else {
            let name = cx.tr_args("repair-use-name", &args);
            if named(button(ui, &cx.tr("repair-use"), None), &name).clicked() {
                want(cx, CertificatesAction::Repair { role, place: RepairPlace::Memory });
            }
        }
    });
}
