//! The scenarios in their groups, the chosen one unfolded, and the controls by which it is started.

use eframe::egui::{Button, Response, Role, ScrollArea, Sense, TextEdit, Ui, WidgetInfo, vec2};

use crate::{
    action::{Action, DemoAction},
    ui::{
        Cx,
        theme::{Tone, size, space},
        widgets::{Icon, body, focus_ring, icon, muted, named, primary_button, quiet_button, rule, small, toggle},
    },
    view::demo::{DemoView, GroupView, RowView},
};

use super::details::details_ui;

/// Draws search and list.
pub(super) fn list_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &DemoView<'_>) {
    search_ui(ui, cx, view);
    ScrollArea::vertical().id_salt("scenarios").auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 1.0;
        if view.groups.is_empty() {
            ui.label(muted(&cx.tokens, cx.tr("demo-none-fits")));
        }
        for group in &view.groups {
            group_ui(ui, cx, view, group);
        }
    });
}

fn search_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &DemoView<'_>) {
    let mut search = view.screen.search.clone();
    let hint = cx.tr("demo-search-hint").into_owned();
    let field = TextEdit::singleline(&mut search).hint_text(muted(&cx.tokens, hint)).desired_width(f32::INFINITY);
    if named(ui.add(field.min_size(vec2(0.0, size::CONTROL))), &cx.tr("demo-search")).changed() {
        cx.push(Action::Demo(DemoAction::Search(search)));
    }
}

fn group_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &DemoView<'_>, group: &GroupView) {
    let word = cx.tr(group.group.key()).into_owned();
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), size::ROW), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{word} ({})", group.count)));
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, size::RADIUS, cx.tokens.colors.hover);
    }
    focus_ring(ui, &response);
    let arrow = if group.is_folded { Icon::Right } else { Icon::Down };
    let mut head = ui.new_child(eframe::egui::UiBuilder::new().max_rect(rect));
    head.horizontal_centered(|ui| {
        ui.add(icon(arrow, cx.tokens.colors.muted));
        ui.label(small(word).strong());
        ui.label(muted(&cx.tokens, group.count.to_string()));
    });
    if response.clicked() {
        cx.push(Action::Demo(DemoAction::Fold(group.group)));
    }
    for row in &group.rows {
        row_ui(ui, cx, row);
        if let Some(details) = view.details.as_ref().filter(|_| row.is_chosen) {
            details_ui(ui, cx, view, details);
        }
    }
}

fn row_ui(ui: &mut Ui, cx: &mut Cx<'_>, row: &RowView) -> Response {
    let ink = if row.is_on { Tone::Busy.ink(&cx.tokens) } else { cx.tokens.colors.text };
    let words = if row.is_on { format!("▶ {}", row.title) } else { row.title.clone().into_owned() };
    let button = Button::selectable(row.is_chosen, small(words).color(ink))
        .right_text(muted(&cx.tokens, row.finding.unwrap_or_default()))
        .truncate()
        .min_size(vec2(ui.available_width(), size::ROW));
    let response = ui.add(button);
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, row.is_chosen, &row.title));
    if response.clicked() {
        cx.push(Action::Demo(DemoAction::Choose(row.name)));
    }
    response.on_hover_text(format!("{}\n{}", row.title, row.name))
}

/// By which form to connect, the seed, and the ways to begin.
pub(super) fn foot_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &DemoView<'_>) {
    rule(ui);
    if let Some(uses) = toggle(ui, &cx.tr("demo-own-form"), view.screen.uses_own_form) {
        cx.push(Action::Demo(DemoAction::UseOwnForm(uses)));
    }
    ui.horizontal_wrapped(|ui| {
        let mut seed = view.screen.seed.clone();
        let label = ui.label(body(cx.tr("demo-seed")).color(cx.tokens.colors.muted));
        let field = TextEdit::singleline(&mut seed).desired_width(56.0).hint_text("1");
        let field = ui.add(field.min_size(vec2(0.0, size::CONTROL))).labelled_by(label.id);
        if field.on_hover_text(cx.tr("demo-seed-hint")).changed() {
            cx.push(Action::Demo(DemoAction::Seed(seed)));
        }
        let why_not = view.why_not_start.as_ref().map(|why| cx.text(why));
        let word = cx.tr(if view.is_restart { "demo-restart" } else { "demo-start" });
        if primary_button(ui, &word, why_not.as_deref()).clicked() {
            cx.push(Action::Demo(DemoAction::Start));
        }
        let why_not = form_fault(cx, view);
        let fill = quiet_button(ui, Icon::Copy, &cx.tr("demo-fill-form"), why_not.as_deref());
        if fill.on_hover_text(cx.tr("demo-fill-form-hint")).clicked() {
            cx.push(Action::Demo(DemoAction::FillForm));
        }
    });
    ui.add_space(space::HAIR);
}

fn form_fault(cx: &Cx<'_>, view: &DemoView<'_>) -> Option<String> {
    view.why_not_fill.as_ref().map(|why| cx.text(why))
}
