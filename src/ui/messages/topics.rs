//! The topic tree: names, counts, last values and their age.

use std::time::Duration;

use eframe::egui::{Align, Id, Label, Layout, Popup, Rect, Response, Role, Sense, Ui, UiBuilder, WidgetInfo, vec2};

use crate::{
    action::Action,
    lang::Arg,
    ui::{
        Cx,
        theme::{monospace, size, space, text},
        widgets::{Icon, RowList, Rows, body, focus_ring, icon_button, muted},
    },
    view::messages::{Change, FLASH, Kept, MessagesView, TopicCells, TopicOrder, age_text, grouped},
};

use super::{change, marked, search_ui};

/// Draws the tree over what is left.
pub(super) fn topics_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &MessagesView<'_>) {
    let screen = view.screen();
    tools_ui(ui, cx, view);
    if let Some(text) = search_ui(ui, cx, "topics-search", &screen.topics.search, Id::unique("topics search")) {
        change(cx, Change::TopicSearch(text));
    }
    if view.untracked() > 0 {
        let words = cx.tr_args("topics-untracked", &[("n", Arg::from(grouped(view.untracked())))]);
        ui.label(muted(&cx.tokens, words));
    }
    let count = screen.topics.rows().len();
    if count == 0 {
        let words = if screen.topics.search.is_empty() { "topics-empty" } else { "search-empty" };
        ui.label(muted(&cx.tokens, cx.tr(words)));
        return;
    }
    RowList::new("topics", Rows { first: 0, count }, size::ROW).show(ui, |ui, row| {
        if let Some(cells) = view.topic(row) {
            row_ui(ui, cx, view, &cells);
        }
    });
}

/// How many topics there are, and what can be done with all of them.
fn tools_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &MessagesView<'_>) {
    let topics = &view.screen().topics;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        ui.label(body(cx.tr("topics")).strong());
        let count = match view.topic_hits() {
            Some(hits) => cx.tr_args("messages-hits", &[("n", Arg::from(hits))]),
            None => grouped(view.topics() as u64),
        };
        ui.label(muted(&cx.tokens, count));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            if topics.selected.is_some() && icon_button(ui, Icon::Close, &cx.tr("topics-all"), None).clicked() {
                change(cx, Change::Topic(None));
            }
            let (picture, key) =
                if topics.is_paused() { (Icon::Play, "topics-resume") } else { (Icon::Pause, "topics-pause") };
            if icon_button(ui, picture, &cx.tr(key), None).clicked() {
                change(cx, Change::TopicsPaused(!topics.is_paused()));
            }
            order_ui(ui, cx, topics.order);
            if icon_button(ui, Icon::Collapse, &cx.tr("topics-close-all"), None).clicked() {
                change(cx, Change::OpenAll(false));
            }
            if icon_button(ui, Icon::Expand, &cx.tr("topics-open-all"), None).clicked() {
                change(cx, Change::OpenAll(true));
            }
        });
    });
}

/// In which order the topics stand.
fn order_ui(ui: &mut Ui, cx: &mut Cx<'_>, current: TopicOrder) {
    let name = cx.tr("topics-order");
    let opener = icon_button(ui, Icon::Order, &name, None).on_hover_text(cx.tr(order_key(current)));
    Popup::menu(&opener).show(|ui| {
        for order in TopicOrder::ALL {
            if ui.selectable_label(order == current, cx.tr(order_key(order))).clicked() {
                change(cx, Change::Order(order));
                ui.close();
            }
        }
    });
}

const fn order_key(order: TopicOrder) -> &'static str {
    match order {
        TopicOrder::Name => "topics-order-name",
        TopicOrder::Newest => "topics-order-newest",
        TopicOrder::Most => "topics-order-most",
        TopicOrder::Kept => "topics-order-kept",
    }
}

fn row_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &MessagesView<'_>, cells: &TopicCells) {
    let area = ui.max_rect();
    let is_selected = view.screen().topics.selected == Some(cells.row.node);
    let response = ui.interact(area, ui.scope_id().with("topic"), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_selected, &cells.path));
    if is_selected || response.hovered() {
        let colors = &cx.tokens.colors;
        let fill = if is_selected { colors.accent_wash } else { colors.hover };
        ui.painter().rect_filled(area, f32::from(size::RADIUS), fill);
    }
    focus_ring(ui, &response);
    if response.clicked() {
        change(cx, Change::Topic((!is_selected).then_some(cells.row.node)));
    }
    menu_ui(cx, view, cells, &response);
    let arrow = toggle_rect(area, cells.row.depth);
    if cells.row.has_children {
        toggle_ui(ui, cx, cells, arrow);
    }
    let words = area.with_min_x(arrow.max.x + space::HAIR);
    ui.scope_builder(UiBuilder::new().max_rect(words).layout(Layout::left_to_right(Align::Center)), |ui| {
        cells_ui(ui, cx, view, cells, view.screen().topics.search.trim());
    });
    response.on_hover_text(&cells.path);
}

fn menu_ui(cx: &mut Cx<'_>, view: &MessagesView<'_>, cells: &TopicCells, response: &Response) {
    response.context_menu(|ui| {
        if ui.button(cx.tr("message-copy-topic")).clicked() {
            cx.push(Action::Copy(view.path(cells.row.node)));
        }
        if view.is_recorded() {
            return;
        }
        if ui.button(cx.tr("topic-address")).clicked() {
            change(cx, Change::Address(cells.row.node));
        }
        if ui.button(cx.tr("topic-clear-kept")).clicked() {
            change(cx, Change::AskClear(Some(cells.row.node)));
        }
        if cells.row.has_children {
            let words = cx.tr_args("topic-clear-below", &[("n", Arg::from(cells.kept_topics))]);
            let response = ui.add_enabled_ui(cells.kept_topics > 0, |ui| ui.button(words)).inner;
            if response.on_disabled_hover_text(cx.tr("topic-why-none-kept")).clicked() {
                change(cx, Change::AskClearBelow(cells.row.node));
            }
        }
    });
}

/// Name, count of messages and value from the left; whether the broker keeps it and its age at the right edge. A closed level
/// without a value of its own shows the newest of those below.
fn cells_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &MessagesView<'_>, cells: &TopicCells, search: &str) {
    let below = cells.below.as_ref().filter(|_| !cells.row.is_open);
    ui.spacing_mut().item_spacing.x = space::XS;
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        ui.add_space(space::XS);
        if let Some(age) = cells.age.or(below.map(|below| below.age)) {
            ui.label(muted(&cx.tokens, cx.text(&age_text(age))));
        }
        if let Some(kept) = cells.kept {
            kept_ui(ui, cx, cells, kept, view.is_recorded());
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            if cells.name.is_empty() {
                ui.label(muted(&cx.tokens, cx.tr("topic-nameless")));
            } else {
                // Of a text that spans levels the last is here.
                let search = search.rsplit('/').next().unwrap_or_default();
                let font = monospace(text::BODY - 1.0);
                ui.add(Label::new(marked(cx, &cells.name, search, font, cx.tokens.colors.text)).truncate());
            }
            let count = cx.tr_args("topic-count", &[("n", Arg::from(grouped(cells.messages)))]);
            ui.label(muted(&cx.tokens, format!("({})", grouped(cells.messages)))).on_hover_text(count);
            if let Some(value) = cells.value.as_ref().filter(|_| ui.available_width() > LEAST_VALUE) {
                value_ui(ui, cx, format!("= {value}"), cells.changed);
            }
            if let Some(below) = below.filter(|_| ui.available_width() > LEAST_VALUE) {
                value_ui(ui, cx, format!("{} = {}", below.name, below.value), below.changed);
            }
        });
    });
}

/// The newest value; one that became another stands out for a moment, once.
fn value_ui(ui: &mut Ui, cx: &Cx<'_>, words: String, changed: Option<Duration>) {
    let mut words = muted(&cx.tokens, words);
    if let Some(age) = changed.filter(|age| *age < FLASH) {
        words = words.color(cx.tokens.colors.text).background_color(cx.tokens.colors.warn_wash);
        ui.ctx().request_repaint_after(FLASH.saturating_sub(age));
    }
    ui.add(Label::new(words).truncate());
}

/// A pin for a message that the broker keeps; a click asks whether to clear it.
fn kept_ui(ui: &mut Ui, cx: &mut Cx<'_>, cells: &TopicCells, kept: Kept, is_recorded: bool) {
    let key = match kept {
        Kept::Published => "topic-kept-published",
        Kept::Probably => "topic-kept-probably",
    };
    let name = cx.tr_args("topic-kept", &[("topic", Arg::from(cells.path.as_str()))]);
    let response = super::small_icon_button(ui, Icon::Pin, &name).on_hover_text(cx.tr(key));
    if response.clicked() && !is_recorded {
        change(cx, Change::AskClear(Some(cells.row.node)));
    }
}

fn toggle_ui(ui: &mut Ui, cx: &mut Cx<'_>, cells: &TopicCells, rect: Rect) {
    let (key, picture) = if cells.row.is_open { ("topic-close", Icon::Down) } else { ("topic-open", Icon::Right) };
    let name = cx.tr_args(key, &[("topic", Arg::from(cells.path.as_str()))]);
    let builder = UiBuilder::new().max_rect(rect).layout(Layout::left_to_right(Align::Center));
    ui.scope_builder(builder, |ui| {
        ui.spacing_mut().button_padding = vec2(0.0, 0.0);
        if super::small_icon_button(ui, picture, &name).clicked() {
            change(cx, Change::Toggle(cells.row.node));
        }
    });
}

fn toggle_rect(row: Rect, depth: usize) -> Rect {
    let depth = f32::from(u8::try_from(depth.min(DEEPEST_INDENT)).unwrap_or(u8::MAX));
    let min = row.min + vec2(depth * INDENT, 0.0);
    Rect::from_min_size(min, vec2(size::ICON + space::HAIR, row.height()))
}

const INDENT: f32 = 12.0;
/// Deeper levels are drawn as if they were this deep, so that their words stay in sight.
const DEEPEST_INDENT: usize = 8;
const LEAST_VALUE: f32 = 36.0;
