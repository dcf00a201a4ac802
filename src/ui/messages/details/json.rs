//! The JSON tree: keys and values that fold; a number can be drawn over time, a path copied.

use eframe::egui::{Align, Color32, Label, Layout, Rect, Response, Role, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use crate::{
    action::Action,
    lang::Arg,
    ui::{
        Cx,
        theme::{monospace, size, space, text},
        widgets::{Icon, RowList, Rows, focus_ring, muted},
    },
    view::messages::{Change, Details, JsonRow, JsonValue, MessagesView, grouped},
};

use super::super::{change, marked, small_icon_button};

/// Draws the tree over what is left: so many rows, and so many values that were not kept.
pub(super) fn tree_ui(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    view: &MessagesView<'_>,
    details: &Details,
    (left_out, count): (usize, usize),
) {
    if left_out > 0 {
        let args = [("n", Arg::from(grouped(left_out as u64)))];
        ui.label(muted(&cx.tokens, cx.tr_args("json-left-out", &args)));
    }
    RowList::new("json rows", Rows { first: 0, count }, size::WIRE_ROW).show(ui, |ui, row| {
        if let Some(row) = view.screen().details.json_row(row) {
            row_ui(ui, cx, view, details, &row);
        }
    });
}

fn row_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &MessagesView<'_>, details: &Details, row: &JsonRow<'_>) {
    let area = ui.max_rect();
    let path = row.path.to_string();
    let response = ui.interact(area, ui.scope_id().with("value"), Sense::click());
    let name = format!("{path} = {}", row.node.words());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    if response.hovered() {
        ui.painter().rect_filled(area, f32::from(size::RADIUS), cx.tokens.colors.hover);
    }
    focus_ring(ui, &response);
    if response.clicked() && row.node.has_children() {
        change(cx, Change::Fold(row.path.clone()));
    }
    menu_ui(cx, &response, row, &path);
    let indent = f32::from(u8::try_from(row.node.depth.min(DEEPEST_INDENT)).unwrap_or(u8::MAX)) * INDENT;
    let inner = area.with_min_x(area.min.x + indent);
    let arrow = Rect::from_min_size(inner.min, vec2(size::ICON, area.height()));
    if row.node.has_children() {
        let picture = if row.is_folded { Icon::Right } else { Icon::Down };
        ui.put(arrow, crate::ui::widgets::icon(picture, cx.tokens.colors.muted));
    }
    let is_number = row.node.number().is_some();
    let button = Rect::from_min_max(pos2(area.max.x - size::ICON - space::XS, area.min.y), area.max);
    if is_number {
        ui.scope_builder(UiBuilder::new().max_rect(button).layout(Layout::left_to_right(Align::Center)), |ui| {
            ui.spacing_mut().button_padding = vec2(0.0, 0.0);
            chart_ui(ui, cx, view, details, row, &path);
        });
    }
    let end = if is_number { button.min.x - space::XS } else { area.max.x };
    let words = Rect::from_min_max(pos2(arrow.max.x + space::HAIR, area.min.y), pos2(end, area.max.y));
    ui.scope_builder(UiBuilder::new().max_rect(words).layout(Layout::left_to_right(Align::Center)), |ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        words_ui(ui, cx, row, &view.screen().list.filter.search);
    });
    response.on_hover_text(name);
}

fn words_ui(ui: &mut Ui, cx: &Cx<'_>, row: &JsonRow<'_>, search: &str) {
    let font = monospace(text::SMALL);
    if !row.node.name.is_empty() {
        let name = marked(cx, &format!("{}:", row.node.name), search, font.clone(), cx.tokens.colors.muted);
        ui.add(Label::new(name).selectable(false));
    }
    let words = marked(cx, &row.node.words(), search, font, ink(cx, &row.node.value));
    ui.add(Label::new(words).truncate().selectable(false));
}

/// Draws the number over time, or no longer.
fn chart_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &MessagesView<'_>, details: &Details, row: &JsonRow<'_>, path: &str) {
    let charts = &view.screen().charts;
    let is_shown = charts.shows(&details.topic, &row.path);
    if !is_shown && !charts.has_room() {
        return;
    }
    let key = if is_shown { "chart-hide" } else { "chart-show" };
    let name = cx.tr_args(key, &[("path", Arg::from(path))]);
    if small_icon_button(ui, Icon::Chart, &name).on_hover_text(&name).clicked() {
        change(cx, Change::Chart(details.topic.clone(), row.path.clone()));
    }
}

fn menu_ui(cx: &mut Cx<'_>, response: &Response, row: &JsonRow<'_>, path: &str) {
    response.context_menu(|ui| {
        if ui.button(cx.tr("json-copy-path")).clicked() {
            cx.push(Action::Copy(path.to_owned()));
            ui.close();
        }
        if ui.button(cx.tr("json-copy-value")).clicked() {
            cx.push(Action::Copy(row.node.words().into_owned()));
            ui.close();
        }
    });
}

fn ink(cx: &Cx<'_>, value: &JsonValue) -> Color32 {
    let colors = &cx.tokens.colors;
    match value {
        JsonValue::Object(_) | JsonValue::Array(_) => colors.muted,
        JsonValue::Text(_) => colors.good,
        JsonValue::Number(_) => colors.accent,
        JsonValue::Word(_) => colors.warn,
    }
}

const INDENT: f32 = 12.0;
/// Deeper values are drawn as if they were this deep, so that their words stay in sight.
const DEEPEST_INDENT: usize = 12;
