//! The Terminal page: everything both ways, with filter, search and a line to type commands.

use eframe::egui::{Align, Button, FontSelection, Id, Key, Layout, TextEdit, Ui, vec2};

use crate::{
    action::{Action, TerminalAction},
    view::{WireLook, terminal::TerminalView},
};

use super::{
    Cx, SEARCH_FIELD,
    terminal_strip::{ink, line_ui, sign},
    theme::{monospace, size, space, text},
    widgets::{Icon, RowList, Rows, empty_page, muted, named, page_frame, primary_button, quiet_button, small},
};

/// Draws the page.
pub fn page_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &TerminalView<'_>) {
    page_frame().show(ui, |ui| terminal_ui(ui, cx, view));
}

fn terminal_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &TerminalView<'_>) {
    tools_ui(ui, cx, view);
    ui.add_space(space::XS);
    let list_height = ui.available_height() - size::CONTROL - space::M;
    ui.allocate_ui(vec2(ui.available_width(), list_height), |ui| {
        eframe::egui::Frame::new()
            .fill(cx.tokens.colors.well)
            .stroke(eframe::egui::Stroke::new(1.0, cx.tokens.colors.line))
            .corner_radius(size::RADIUS)
            .inner_margin(8)
            .show(ui, |ui| {
                ui.set_min_size(ui.available_size());
                lines_ui(ui, cx, view);
            });
    });
    command_ui(ui, cx, view);
}

fn tools_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &TerminalView<'_>) {
    ui.horizontal(|ui| {
        let mut search = view.screen().search.clone();
        let hint = cx.tr("terminal-search");
        let field = TextEdit::singleline(&mut search)
            .id(Id::unique(SEARCH_FIELD))
            .hint_text(muted(&cx.tokens, hint.as_ref()))
            .desired_width(160.0)
            .min_size(vec2(0.0, size::CONTROL));
        if named(ui.add(field), &hint).changed() {
            cx.push(Action::Terminal(TerminalAction::Search(search)));
        }
        for (look, key) in KINDS {
            kind_ui(ui, cx, look, key, !view.screen().hidden.contains(&look));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let why_not = (view.total() == 0).then(|| cx.tr("terminal-why-empty").into_owned());
            if quiet_button(ui, Icon::Delete, &cx.tr("terminal-clear"), why_not.as_deref()).clicked() {
                cx.push(Action::Terminal(TerminalAction::Clear));
            }
            if quiet_button(ui, Icon::Copy, &cx.tr("terminal-copy"), why_not.as_deref()).clicked() {
                cx.push(Action::Copy(view.text()));
            }
        });
    });
    ui.label(muted(&cx.tokens, counts(cx, view)));
}

fn kind_ui(ui: &mut Ui, cx: &mut Cx<'_>, look: WireLook, key: &'static str, is_shown: bool) {
    let words = small(format!("{} {}", sign(look), cx.tr(key))).color(ink(&cx.tokens, look));
    let button = Button::selectable(is_shown, words).min_size(vec2(0.0, size::CONTROL));
    if named(ui.add(button), &cx.tr(key)).on_hover_text(cx.tr("terminal-kind-hint")).clicked() {
        cx.push(Action::Terminal(TerminalAction::Toggle(look)));
    }
}

fn counts(cx: &Cx<'_>, view: &TerminalView<'_>) -> String {
    let mut words = cx.tr_args("terminal-shown", &[("shown", view.shown().into()), ("total", view.total().into())]);
    if view.dropped > 0 {
        words.push_str(" · ");
        words.push_str(&cx.tr_args("terminal-dropped", &[("count", view.dropped.into())]));
    }
    if view.forgotten > 0 {
        words.push_str(" · ");
        words.push_str(&cx.tr_args("terminal-forgotten", &[("count", view.forgotten.into())]));
    }
    words
}

fn lines_ui(ui: &mut Ui, cx: &Cx<'_>, view: &TerminalView<'_>) {
    if view.total() == 0 {
        empty_page(ui, &cx.tr("terminal-empty"), &cx.tr("terminal-empty-hint"));
        return;
    }
    let rows = Rows { first: view.shown_before(), count: view.shown() };
    RowList::new("terminal", rows, size::WIRE_ROW).following_newest().show(ui, |ui, index| {
        if let Some(line) = view.line(index) {
            ui.horizontal_centered(|ui| line_ui(ui, &cx.tokens, &line));
        }
    });
}

fn command_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &TerminalView<'_>) {
    let why_not = (!view.can_send).then(|| cx.tr("terminal-why-closed").into_owned());
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        let is_sent = primary_button(ui, &cx.tr("terminal-send"), why_not.as_deref()).clicked();
        let mut command = view.screen().command.clone();
        let name = cx.tr("terminal-command");
        let field = TextEdit::singleline(&mut command)
            .font(FontSelection::FontId(monospace(text::BODY)))
            .hint_text(muted(&cx.tokens, cx.tr("terminal-command-hint")))
            .desired_width(f32::INFINITY)
            .min_size(vec2(0.0, size::CONTROL));
        let response = named(ui.add_enabled(view.can_send, field), &name);
        let response = match &why_not {
            Some(why) => response.on_disabled_hover_text(why),
            None => response,
        };
        if response.changed() {
            cx.push(Action::Terminal(TerminalAction::Type(command)));
        }
        let is_entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        if is_sent || is_entered {
            cx.push(Action::Terminal(TerminalAction::Send));
            response.request_focus();
        }
        if response.has_focus() {
            for (key, step) in [(Key::ArrowUp, -1), (Key::ArrowDown, 1)] {
                if ui.input(|input| input.key_pressed(key)) {
                    cx.push(Action::Terminal(TerminalAction::Recall(step)));
                }
            }
        }
    });
}

const KINDS: [(WireLook, &str); 5] = [
    (WireLook::Sent, "wire-sent"),
    (WireLook::Echo, "wire-echo"),
    (WireLook::Answer, "wire-answer"),
    (WireLook::Unsolicited, "wire-unsolicited"),
    (WireLook::Unrecognised, "wire-unrecognised"),
];
