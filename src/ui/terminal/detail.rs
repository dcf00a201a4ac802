//! The chosen line in full: its text, and its exact bytes in rows of sixteen.

use eframe::egui::{Label, ScrollArea, Ui};

use crate::{
    action::{Action, TerminalAction},
    ui::{
        Cx,
        theme::{size, space},
        widgets::{Icon, RowList, Rows, icon_button, mono, mono_in, muted, quiet_button, small},
    },
    view::terminal::{DetailView, hex},
};

/// Draws the chosen line over what is left.
pub(super) fn detail_ui(ui: &mut Ui, cx: &mut Cx<'_>, detail: &DetailView<'_>) {
    heading_ui(ui, cx, detail);
    ui.columns(2, |columns| {
        columns[0].push_id("line text", |ui| {
            ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
                ui.add(Label::new(mono(detail.line.text)).wrap().selectable(true));
                if detail.line.more > 0 {
                    ui.label(muted(&cx.tokens, cx.tr_args("terminal-more", &[("n", detail.line.more.into())])));
                }
            });
        });
        columns[1].push_id("line bytes", |ui| bytes_ui(ui, cx, detail));
    });
}

fn heading_ui(ui: &mut Ui, cx: &mut Cx<'_>, detail: &DetailView<'_>) {
    ui.horizontal(|ui| {
        ui.label(small(&detail.line.clock));
        ui.label(muted(&cx.tokens, cx.tr_args("terminal-bytes", &[("n", detail.bytes.len().into())])));
        if detail.is_masked {
            ui.label(muted(&cx.tokens, cx.tr("terminal-bytes-masked")));
        }
        if quiet_button(ui, Icon::Copy, &cx.tr("terminal-copy-line"), None).clicked() {
            cx.push(Action::Terminal(TerminalAction::CopyChosen));
        }
        if quiet_button(ui, Icon::Copy, &cx.tr("terminal-copy-bytes"), None).clicked() {
            cx.push(Action::Copy(hex::pairs(detail.bytes)));
        }
        if detail.chosen > 1 {
            ui.label(muted(&cx.tokens, cx.tr_args("terminal-chosen", &[("n", detail.chosen.into())])));
        }
        ui.with_layout(eframe::egui::Layout::right_to_left(eframe::egui::Align::Center), |ui| {
            if icon_button(ui, Icon::Close, &cx.tr("terminal-detail-close"), None).clicked() {
                cx.push(Action::Terminal(TerminalAction::ChooseNone));
            }
        });
    });
    ui.add_space(space::HAIR);
}

fn bytes_ui(ui: &mut Ui, cx: &Cx<'_>, detail: &DetailView<'_>) {
    let rows = Rows { first: 0, count: hex::rows(detail.bytes) };
    let name = format!("bytes {}", detail.line.number);
    RowList::new(&name, rows, size::WIRE_ROW).show(ui, |ui, row| {
        let words = mono_in(cx.tokens.colors.text, hex::row(detail.bytes, row));
        ui.add(Label::new(words).extend().selectable(true));
    });
}
