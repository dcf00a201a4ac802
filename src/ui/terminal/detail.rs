//! The chosen line in full: its text, and its exact bytes in rows of sixteen.

use eframe::egui::{Align, CentralPanel, Frame, Label, Layout, Margin, Panel, ScrollArea, Ui};

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
    let beside = ui.available_width() - ROW_WIDTH;
    if beside < TEXT_LEAST {
        ui.add(Label::new(mono(detail.line.text)).truncate().selectable(true)).on_hover_text(detail.line.text);
        bytes_ui(ui, cx, detail);
        return;
    }
    let text = Panel::left("line text").frame(Frame::new()).exact_size(beside).resizable(false);
    text.show(ui, |ui| {
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            ui.add(Label::new(mono(detail.line.text)).wrap().selectable(true));
            if detail.line.more > 0 {
                ui.label(muted(&cx.tokens, cx.tr_args("terminal-more", &[("n", detail.line.more.into())])));
            }
        });
    });
    let area = Frame::new().inner_margin(Margin { left: 8, ..Margin::ZERO });
    CentralPanel::no_frame().frame(area).show(ui, |ui| bytes_ui(ui, cx, detail));
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
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if icon_button(ui, Icon::Close, &cx.tr("terminal-detail-close"), None).clicked() {
                cx.push(Action::Terminal(TerminalAction::ChooseNone));
            }
        });
    });
    ui.add_space(space::HAIR);
}

fn bytes_ui(ui: &mut Ui, cx: &Cx<'_>, detail: &DetailView<'_>) {
    let width = if ui.available_width() < ROW_WIDTH - SLACK { hex::NARROW_ROW } else { hex::ROW };
    let rows = Rows { first: 0, count: hex::rows(detail.bytes, width) };
    let name = format!("bytes {}", detail.line.number);
    RowList::new(&name, rows, size::WIRE_ROW).show(ui, |ui, row| {
        let words = mono_in(cx.tokens.colors.text, hex::row(detail.bytes, row, width));
        ui.add(Label::new(words).extend().selectable(true));
    });
}

/// Room that a row of sixteen bytes takes, its bar included.
const ROW_WIDTH: f32 = 600.0;
const SLACK: f32 = 12.0;
/// Least width of the text beside the bytes.
const TEXT_LEAST: f32 = 140.0;
