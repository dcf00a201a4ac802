//! The terminal strip: the newest lines of the conversation under every page, and the look of one line.

use eframe::egui::{Color32, Label, Ui};

use crate::{
    action::{Action, Look},
    view::{
        Page, WireLook,
        terminal::{LineView, TerminalView},
    },
};

use super::{
    Cx,
    theme::{Tokens, size, space},
    widgets::{Icon, RowList, Rows, icon_button, mono_in, muted, quiet_button, small},
};

/// Draws the strip, unfolded or as its heading only.
pub fn strip_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &TerminalView<'_>, is_open: bool) {
    ui.horizontal(|ui| {
        let (picture, key) = if is_open { (Icon::Down, "strip-fold") } else { (Icon::Right, "strip-unfold") };
        if icon_button(ui, picture, &cx.tr(key), None).clicked() {
            cx.push(Action::Look(Look::Strip(!is_open)));
        }
        ui.label(small(cx.tr("strip-title")));
        ui.label(muted(&cx.tokens, cx.tr_args("terminal-lines", &[("count", view.total().into())])));
        if !is_open && let Some(last) = view.total().checked_sub(1).and_then(|index| view.any_line(index)) {
            line_ui(ui, &cx.tokens, &last);
        }
        ui.with_layout(eframe::egui::Layout::right_to_left(eframe::egui::Align::Center), |ui| {
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
        if let Some(line) = view.any_line(index) {
            ui.horizontal_centered(|ui| line_ui(ui, &tokens, &line));
        }
    });
}

/// Draws one line: stamp, direction, text, in the look of its kind.
pub(super) fn line_ui(ui: &mut Ui, tokens: &Tokens, line: &LineView<'_>) {
    ui.spacing_mut().item_spacing.x = space::S;
    ui.label(mono_in(tokens.colors.faint, &line.clock));
    let ink = ink(tokens, line.look);
    ui.label(mono_in(ink, sign(line.look)));
    ui.add(Label::new(mono_in(ink, line.text)).selectable(true).truncate());
}

/// The colour of a kind of line.
pub(super) const fn ink(tokens: &Tokens, look: WireLook) -> Color32 {
    match look {
        WireLook::Sent => tokens.colors.wire_sent,
        WireLook::Echo => tokens.colors.muted,
        WireLook::Answer => tokens.colors.wire_answer,
        WireLook::Unsolicited => tokens.colors.wire_unsolicited,
        WireLook::Unrecognised => tokens.colors.wire_unrecognised,
    }
}

/// The sign of a kind of line, so that it is not told by colour alone.
pub(super) const fn sign(look: WireLook) -> &'static str {
    match look {
        WireLook::Sent => "→",
        WireLook::Echo => "◇",
        WireLook::Answer => "←",
        WireLook::Unsolicited => "◆",
        WireLook::Unrecognised => "?",
    }
}
