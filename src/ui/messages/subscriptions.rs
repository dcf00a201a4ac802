//! The subscription list and the field that adds to it.

use eframe::egui::{Align, Key, Label, Layout, Popup, RichText, Role, ScrollArea, Sense, Ui, Vec2, WidgetInfo, vec2};

use crate::{
    action::{Action, MessagesAction},
    lang::Arg,
    ui::{
        Cx,
        theme::{size, space},
        widgets::{Icon, Mark, body, choice, focus_ring, icon_button, mark, mono, muted, small},
    },
    view::messages::{Change, MessagesView, Qos, SubscriptionRow, SubscriptionState, grouped, qos_key},
};

use super::{change, field_problem_ui, line, named};

/// Draws the list and the line below it.
pub(super) fn subscriptions_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &MessagesView<'_>) {
    ui.label(body(cx.tr("subscriptions")).strong());
    let rows = view.subscriptions();
    if rows.is_empty() {
        ui.label(muted(&cx.tokens, cx.tr("subscriptions-empty")));
    }
    ScrollArea::vertical().id_salt("subscription list").max_height(MOST_ROWS * size::ROW).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for row in &rows {
            row_ui(ui, cx, view, row);
        }
    });
    if !view.is_recorded() {
        add_ui(ui, cx, view);
    }
}

fn row_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &MessagesView<'_>, row: &SubscriptionRow) {
    let area = vec2(ui.available_width(), size::ROW);
    ui.allocate_ui_with_layout(area, Layout::right_to_left(Align::Center), |ui| {
        ui.set_min_size(area);
        ui.spacing_mut().item_spacing.x = space::XS;
        if !view.is_recorded() && (row.state.is_none() || !view.is_connected()) {
            forget_ui(ui, cx, row);
        }
        if row.is_offered {
            keep_ui(ui, cx, row);
        }
        let mut state = cx.tr(row.state_key()).into_owned();
        if let Some(fault) = &row.fault {
            state = format!("{state}: {}", cx.text(fault));
        }
        mark(ui, mark_of(row.state)).on_hover_text(state);
        let counted = cx.tr_args("subscription-received", &[("n", Arg::from(grouped(row.messages)))]);
        let is_wide = ui.available_width() > COUNT_WIDE;
        let words = if is_wide { counted.clone() } else { grouped(row.messages) };
        ui.label(small(words)).on_hover_text(counted);
        ui.label(muted(&cx.tokens, format!("QoS {}", row.qos))).on_hover_text(cx.tr("subscription-qos-hint"));
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| switch_ui(ui, cx, view, row));
    });
}

fn forget_ui(ui: &mut Ui, cx: &mut Cx<'_>, row: &SubscriptionRow) {
    let name = cx.tr_args("subscription-forget", &[("filter", Arg::from(row.text.as_str()))]);
    if icon_button(ui, Icon::Close, &name, None).clicked() {
        cx.push(Action::Messages(MessagesAction::Forget(row.filter.clone())));
    }
}

/// Offers what was made here to the profile.
fn keep_ui(ui: &mut Ui, cx: &mut Cx<'_>, row: &SubscriptionRow) {
    let name = cx.tr_args("subscription-keep", &[("filter", Arg::from(row.text.as_str()))]);
    if icon_button(ui, Icon::Save, &name, None).clicked() {
        cx.push(Action::Messages(MessagesAction::KeepSubscription(row.filter.clone())));
    }
}

/// The colour, the switch and the filter.
fn switch_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &MessagesView<'_>, row: &SubscriptionRow) {
    colour_ui(ui, cx, row);
    let mut is_on = row.state.is_some();
    let was_on = is_on;
    let name = cx.tr_args("subscription-switch", &[("filter", Arg::from(row.text.as_str()))]);
    let can_switch = view.is_connected() && !view.is_recorded();
    let response = ui.add_enabled_ui(can_switch, |ui| ui.checkbox(&mut is_on, "")).inner;
    let why_not = if view.is_recorded() { "recorded-hint" } else { "why-not-connected" };
    let response = named(response, &name).on_disabled_hover_text(cx.tr(why_not));
    if response.changed() {
        cx.push(Action::Messages(if was_on {
            MessagesAction::Unsubscribe(row.filter.clone())
        } else {
            MessagesAction::Subscribe { filter: row.filter.clone(), qos: row.qos }
        }));
    }
    let words: RichText = mono(row.text.as_str());
    let words = if was_on { words } else { words.color(cx.tokens.colors.muted) };
    ui.add(Label::new(words).truncate()).on_hover_text(&row.text);
}

/// The colour, and a menu to choose another.
fn colour_ui(ui: &mut Ui, cx: &mut Cx<'_>, row: &SubscriptionRow) {
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(size::ICON), Sense::click());
    let series = cx.tokens.colors.series;
    let name = cx.tr_args("subscription-colour", &[("filter", Arg::from(row.text.as_str()))]);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    let dot = rect.shrink(if response.hovered() { 2.0 } else { 3.0 });
    ui.painter().rect_filled(dot, 2.0, series[row.colour % series.len()]);
    focus_ring(ui, &response);
    let response = response.on_hover_text(&name);
    Popup::menu(&response).show(|ui| {
        for (colour, ink) in series.iter().enumerate() {
            let name = cx.tr_args("colour-number", &[("n", Arg::from(colour + 1))]);
            let words = RichText::new(format!("■ {name}")).color(*ink);
            if ui.selectable_label(row.colour % series.len() == colour, words).clicked() {
                cx.push(Action::Messages(MessagesAction::Colour { filter: row.filter.clone(), colour }));
                ui.close();
            }
        }
    });
}

fn mark_of(state: Option<SubscriptionState>) -> Mark {
    match state {
        None => Mark::Unknown,
        Some(SubscriptionState::Wanted) => Mark::Trying,
        Some(SubscriptionState::Accepted) => Mark::Accepted,
        Some(SubscriptionState::Confirmed) => Mark::Confirmed,
        Some(SubscriptionState::Failed) => Mark::Failed,
    }
}

fn add_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &MessagesView<'_>) {
    let screen = view.screen();
    let mut text = screen.new_filter.clone();
    let hint = muted(&cx.tokens, cx.tr("subscription-hint"));
    let field = line(&mut text).hint_text(hint).desired_width(f32::INFINITY);
    let response = named(ui.add(field), &cx.tr("subscription-new"));
    let is_entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    if response.changed() {
        change(cx, Change::NewFilter(text));
    }
    if let Some(Err(problem)) = screen.filter() {
        field_problem_ui(ui, cx, &problem.text());
    }
    let why_not = view.why_not_subscribe().map(|why| cx.text(&why.text()));
    let is_wanted = ui
        .horizontal(|ui| {
            ui.set_min_height(size::CONTROL);
            let words = |qos| cx.tr(qos_key(qos)).into_owned();
            let chosen = choice(ui, &cx.tr("subscription-new-qos"), screen.new_qos, &Qos::ALL, words);
            if let Some(qos) = chosen {
                change(cx, Change::NewQos(qos));
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                icon_button(ui, Icon::Add, &cx.tr("subscribe"), why_not.as_deref()).clicked()
            })
            .inner
        })
        .inner;
    if (is_wanted || is_entered && why_not.is_none())
        && let Some(Ok(filter)) = screen.filter()
    {
        cx.push(Action::Messages(MessagesAction::Subscribe { filter, qos: screen.new_qos }));
        change(cx, Change::NewFilter(String::new()));
        if is_entered {
            // The next one can be typed at once.
            response.request_focus();
        }
    }
}

/// From this width on the count of messages has its word beside it.
const COUNT_WIDE: f32 = 200.0;
/// How many subscriptions are seen without scrolling.
const MOST_ROWS: f32 = 4.0;
