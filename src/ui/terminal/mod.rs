//! The Terminal page: everything both ways, with search, filter, byte view and a line to type commands.

mod command;
mod detail;
mod row;

use eframe::egui::{
    Align, Align2, Button, Event, Frame, Id, Key, Label, Layout, Modifiers, Panel, Stroke, TextEdit, Ui, vec2,
};

use crate::{
    action::{Action, TerminalAction},
    view::{WireLook, terminal::TerminalView},
};

use super::{
    Cx, SEARCH_FIELD,
    theme::{size, space},
    widgets::{Icon, RowList, Rows, empty_page, icon_button, muted, named, page_frame, quiet_button, small, toggle},
};

pub(super) use self::row::{glimpse_ui, row_ui};
pub(super) use self::row::{ink, sign};

/// Draws the page.
pub fn page_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &TerminalView<'_>) {
    // Before the list, which scrolls by the same keys while no row is chosen.
    keys(ui, cx, view);
    page_frame().show(ui, |ui| {
        tools_ui(ui, cx, view);
        kinds_ui(ui, cx, view);
        Panel::bottom("terminal command").frame(Frame::new()).resizable(false).show(ui, |ui| {
            ui.add_space(space::XS);
            command::command_ui(ui, cx, view);
        });
        if let Some(detail) = view.detail() {
            let panel = Panel::bottom("terminal detail").frame(Frame::new().inner_margin(space::XS));
            panel.resizable(true).default_size(150.0).size_range(92.0..=320.0).show(ui, |ui| {
                detail::detail_ui(ui, cx, &detail);
            });
        }
        well(cx).show(ui, |ui| {
            ui.set_min_size(ui.available_size());
            lines_ui(ui, cx, view);
        });
    });
}

fn well(cx: &Cx<'_>) -> Frame {
    Frame::new()
        .fill(cx.tokens.colors.well)
        .stroke(Stroke::new(1.0, cx.tokens.colors.line))
        .corner_radius(size::RADIUS)
        .inner_margin(6)
}

fn tools_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &TerminalView<'_>) {
    let is_narrow = ui.available_width() < NARROW;
    ui.horizontal(|ui| {
        search_ui(ui, cx, view);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let why_not = (view.total() == 0).then(|| cx.tr("terminal-why-empty").into_owned());
            // Without their words where the line is short; the names stay.
            let tool = if is_narrow { icon_button } else { quiet_button };
            for (picture, key, action) in TOOLS {
                if tool(ui, picture, &cx.tr(key), why_not.as_deref()).clicked() {
                    cx.push(Action::Terminal(action));
                }
            }
            if is_narrow {
                ui.add(Label::new(muted(&cx.tokens, counts(cx, view))).truncate());
            }
        });
    });
}

fn search_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &TerminalView<'_>) {
    let mut search = view.screen().search.clone();
    let hint = cx.tr("terminal-search");
    let field = TextEdit::singleline(&mut search)
        .id(Id::unique(SEARCH_FIELD))
        .hint_text(muted(&cx.tokens, hint.as_ref()))
        .align(Align2::LEFT_CENTER)
        .desired_width(if ui.available_width() < NARROW { SEARCH_WIDTH_NARROW } else { SEARCH_WIDTH })
        .min_size(vec2(0.0, size::CONTROL));
    let response = named(ui.add(field), &hint);
    if response.changed() {
        cx.push(Action::Terminal(TerminalAction::Search(search)));
    }
    if response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)) {
        let is_back = ui.input(|input| input.modifiers.shift);
        cx.push(Action::Terminal(TerminalAction::Seek(if is_back { -1 } else { 1 })));
        response.request_focus();
    }
    let hits = view.hits();
    let why_not = match hits {
        None => Some(cx.tr("terminal-why-no-search").into_owned()),
        Some(hits) if hits.count == 0 => Some(cx.tr("terminal-why-no-hit").into_owned()),
        Some(_) => None,
    };
    for (icon, key, step) in [(Icon::SentUp, "terminal-previous", -1), (Icon::Received, "terminal-next", 1)] {
        if icon_button(ui, icon, &cx.tr(key), why_not.as_deref()).clicked() {
            cx.push(Action::Terminal(TerminalAction::Seek(step)));
        }
    }
    if let Some(only) = toggle(ui, &cx.tr("terminal-only-hits"), view.screen().only_hits) {
        cx.push(Action::Terminal(TerminalAction::OnlyHits(only)));
    }
    let words = hits.map_or_else(String::new, |hits| match hits.current {
        Some(current) => format!("{current} / {}", hits.count),
        None => cx.tr_args("terminal-hits", &[("n", hits.count.into())]),
    });
    ui.label(muted(&cx.tokens, words));
}

fn kinds_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &TerminalView<'_>) {
    let is_narrow = ui.available_width() < NARROW;
    ui.horizontal(|ui| {
        for (look, key) in KINDS {
            kind_ui(ui, cx, look, key, !view.screen().hidden.contains(&look));
        }
        if !is_narrow {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| ui.label(muted(&cx.tokens, counts(cx, view))));
        }
    });
    ui.add_space(space::HAIR);
}

fn kind_ui(ui: &mut Ui, cx: &mut Cx<'_>, look: WireLook, key: &'static str, is_shown: bool) {
    let words = small(format!("{} {}", sign(look), cx.tr(key))).color(ink(&cx.tokens, look));
    let button = Button::selectable(is_shown, words).min_size(vec2(0.0, size::ROW));
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

fn lines_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &TerminalView<'_>) {
    if view.total() == 0 {
        empty_page(ui, &cx.tr("terminal-empty"), &cx.tr("terminal-empty-hint"));
        return;
    }
    let rows = Rows { first: view.first_shown(), count: view.shown() };
    let list = RowList::new("terminal", rows, size::WIRE_ROW).following_newest().jumping(view.jump());
    list.show(ui, |ui, index| {
        if let Some(line) = view.line(index)
            && row_ui(ui, &cx.tokens, &line).clicked()
        {
            let extends = ui.input(|input| input.modifiers.shift);
            let number = line.number;
            cx.push(Action::Terminal(if line.is_chosen && !extends {
                TerminalAction::ChooseNone
            } else {
                TerminalAction::Choose { number, extends }
            }));
        }
    });
}

/// Keys of the page that no text field wants.
fn keys(ui: &Ui, cx: &mut Cx<'_>, view: &TerminalView<'_>) {
    for (modifiers, step) in [(Modifiers::NONE, 1), (Modifiers::SHIFT, -1)] {
        if ui.input_mut(|input| input.consume_key(modifiers, Key::F3)) {
            cx.push(Action::Terminal(TerminalAction::Seek(step)));
        }
    }
    let is_typing =
        ui.memory(eframe::egui::Memory::focused).is_some_and(|id| TextEdit::load_state(ui.ctx(), id).is_some());
    if is_typing || view.screen().chosen().is_none() {
        return;
    }
    for (key, step) in [(Key::ArrowUp, -1), (Key::ArrowDown, 1), (Key::PageUp, -20), (Key::PageDown, 20)] {
        if ui.input_mut(|input| input.consume_key(Modifiers::NONE, key)) {
            cx.push(Action::Terminal(TerminalAction::Step(step)));
        }
    }
    if ui.input(|input| input.events.contains(&Event::Copy)) {
        cx.push(Action::Terminal(TerminalAction::CopyChosen));
    }
    if ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
        cx.push(Action::Terminal(TerminalAction::ChooseNone));
    }
}

const KINDS: [(WireLook, &str); 5] = [
    (WireLook::Sent, "wire-sent"),
    (WireLook::Echo, "wire-echo"),
    (WireLook::Answer, "wire-answer"),
    (WireLook::Unsolicited, "wire-unsolicited"),
    (WireLook::Unrecognised, "wire-unrecognised"),
];
/// What can be done with all lines, from the right.
const TOOLS: [(Icon, &str, TerminalAction); 3] = [
    (Icon::Delete, "terminal-clear", TerminalAction::Clear),
    (Icon::Save, "terminal-save", TerminalAction::Save),
    (Icon::Copy, "terminal-copy", TerminalAction::CopyShown),
];
/// Below this width tools stand without their words.
const NARROW: f32 = 640.0;
const SEARCH_WIDTH: f32 = 170.0;
const SEARCH_WIDTH_NARROW: f32 = 120.0;
