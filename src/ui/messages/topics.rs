//! The topic tree: names, counts, last values and their age.

use eframe::egui::{Align, Id, Label, Layout, Rect, Role, Sense, Ui, UiBuilder, WidgetInfo, vec2};

use crate::{
    lang::Arg,
    ui::{
        Cx,
        theme::{size, space},
        widgets::{Icon, RowList, Rows, body, faint, icon_button, mono, muted},
    },
    view::messages::{Change, MessagesView, TopicCells, age_text, grouped},
};

use super::{change, search_ui};

/// Draws the tree over what is left.
pub(super) fn topics_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &MessagesView<'_>) {
    let screen = view.screen();
    ui.horizontal(|ui| {
        ui.label(body(cx.tr("topics")).strong());
        ui.label(muted(&cx.tokens, grouped(view.topics() as u64)));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if screen.topics.selected.is_some() && icon_button(ui, Icon::Close, &cx.tr("topics-all"), None).clicked() {
                change(cx, Change::Topic(None));
            }
        });
    });
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
    if response.clicked() {
        change(cx, Change::Topic((!is_selected).then_some(cells.row.node)));
    }
    let arrow = toggle_rect(area, cells.row.depth);
    if cells.row.has_children {
        toggle_ui(ui, cx, cells, arrow);
    }
    let words = area.with_min_x(arrow.max.x + space::HAIR);
    ui.scope_builder(UiBuilder::new().max_rect(words).layout(Layout::left_to_right(Align::Center)), |ui| {
        cells_ui(ui, cx, cells);
    });
    response.on_hover_text(&cells.path);
}

/// Name, count of messages and value from the left; age at the right edge.
fn cells_ui(ui: &mut Ui, cx: &Cx<'_>, cells: &TopicCells) {
    ui.spacing_mut().item_spacing.x = space::XS;
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        ui.add_space(space::XS);
        if let Some(age) = cells.age {
            ui.label(muted(&cx.tokens, cx.text(&age_text(age))));
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            if cells.name.is_empty() {
                ui.label(faint(&cx.tokens, cx.tr("topic-nameless")));
            } else {
                ui.add(Label::new(mono(&cells.name)).truncate());
            }
            let count = cx.tr_args("topic-count", &[("n", Arg::from(grouped(cells.messages)))]);
            ui.label(muted(&cx.tokens, format!("({})", grouped(cells.messages)))).on_hover_text(count);
            if let Some(value) = cells.value.as_ref().filter(|_| ui.available_width() > LEAST_VALUE) {
                ui.add(Label::new(muted(&cx.tokens, format!("= {value}"))).truncate());
            }
        });
    });
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
