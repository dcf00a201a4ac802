//! Coming back to a lost session: one bar below the ladder, in sight on every page, with one click to stop.

use eframe::egui::{Align, Label, Layout, Ui};

use crate::{
    action::{Action, ComebackAction},
    view::comeback::ComebackView,
};

use super::{
    Cx,
    theme::{size, space},
    widgets::{Mark, body, button, mark, muted, primary_button, small},
};

/// Draws the bar.
pub fn bar_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &ComebackView) {
    ui.spacing_mut().item_spacing.y = space::HAIR;
    ui.horizontal(|ui| {
        ui.set_min_height(size::CONTROL + space::XS);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            buttons_ui(ui, cx, view);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                mark(ui, if view.is_question { Mark::Stale } else { Mark::Trying });
                ui.add(Label::new(body(cx.text(&view.text))).truncate());
                ui.add(Label::new(muted(&cx.tokens, cx.text(&view.lost))).truncate());
            });
        });
    });
    if let Some(hand) = &view.hand {
        ui.add(Label::new(small(cx.text(hand)).color(cx.tokens.colors.bad)).wrap().selectable(true));
    }
}

/// From the right.
fn buttons_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &ComebackView) {
    let stop = if view.is_question { "comeback-leave" } else { "comeback-stop" };
    if button(ui, &cx.tr(stop), None).clicked() {
        cx.push(Action::Comeback(ComebackAction::Stop));
    }
    if view.is_question {
        if button(ui, &cx.tr("comeback-always"), None).on_hover_text(cx.tr("comeback-always-hint")).clicked() {
            cx.push(Action::Comeback(ComebackAction::Always));
        }
        if primary_button(ui, &cx.tr("comeback-return"), None).clicked() {
            cx.push(Action::Comeback(ComebackAction::Agree));
        }
    } else if view.can_hurry && button(ui, &cx.tr("comeback-now"), None).clicked() {
        cx.push(Action::Comeback(ComebackAction::Agree));
    }
}
