//! The terminal strip: the newest lines of the conversation under every page, click one to see it whole.

use eframe::egui::Ui;

use crate::{
    action::{Action, Look, TerminalAction},
    view::{Page, terminal::TerminalView},
};

use super::{
    Cx, terminal,
    theme::size,
    widgets::{Icon, RowList, Rows, icon_button, muted, quiet_button, small},
};

/// Draws the strip, unfolded or as its heading only, with the way to the `notices` that were said.
pub fn strip_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &TerminalView<'_>, is_open: bool, notices: usize) {
    ui.horizontal(|ui| {
        let (picture, key) = if is_open { (Icon::Down, "strip-fold") } else { (Icon::Right, "strip-unfold") };
        if icon_button(ui, picture, &cx.tr(key), None).clicked() {
            cx.push(Action::Look(Look::Strip(!is_open)));
        }
        ui.label(small(cx.tr("strip-title")));
        ui.label(muted(&cx.tokens, cx.tr_args("terminal-lines", &[("count", view.total().into())])));
        ui.with_layout(eframe::egui::Layout::right_to_left(eframe::egui::Align::Center), |ui| {
            let words = cx.tr_args("notices-open", &[("count", notices.into())]);
            if notices > 0 && quiet_button(ui, Icon::Messages, &words, None).clicked() {
                cx.push(Action::ShowNotices(true));
            }
            if !is_open && let Some(last) = view.total().checked_sub(1).and_then(|index| view.any_line(index)) {
                ui.with_layout(eframe::egui::Layout::left_to_right(eframe::egui::Align::Center), |ui| {
                    terminal::glimpse_ui(ui, &cx.tokens, &last);
                });
            }
            if is_open && quiet_button(ui, Icon::Terminal, &cx.tr("strip-open-page"), None).clicked() {
                cx.push(Action::Go(Page::Terminal));
            }
        });
    });
    if !is_open {
        return;
    }
    if view.total() == 0 {
        ui.label(muted(&cx.tokens, cx.tr("strip-empty")));
        ui.allocate_space(ui.available_size());
        return;
    }
    let rows = Rows { first: view.forgotten, count: view.total() };
    let tokens = cx.tokens.clone();
    RowList::new("strip", rows, size::WIRE_ROW).following_newest().show(ui, |ui, index| {
        if let Some(line) = view.any_line(index)
            && terminal::row_ui(ui, &tokens, &line).clicked()
        {
            cx.push(Action::Terminal(TerminalAction::Open(line.number)));
        }
    });
}
