//! The Connect page: on the left what is wanted, on the right the plan and what became of it; in a small window the plan
//! stands below the form.

mod broker;
mod files;
mod modem;
mod password;
mod plan;
mod profile;
mod security;
mod sim;

use eframe::egui::{CentralPanel, Frame, Margin, Panel, ScrollArea, Stroke, Ui};

use crate::{
    action::{Action, Edit},
    view::connect::{ConnectView, Field},
};

use super::{
    Cx,
    theme::{size, space},
    widgets::{FieldState, field_id},
};

pub use self::password::question_ui;

/// Draws the page.
pub fn page_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &ConnectView<'_>) {
    if ui.available_width() < STACKED {
        stacked_ui(ui, cx, view);
    } else {
        beside_ui(ui, cx, view);
    }
    profile::delete_ui(ui, cx, view);
    files::dialog_ui(ui, cx, view);
}

/// One column that scrolls to the line of the plan that runs; the outcome stays in sight above it.
fn stacked_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &ConnectView<'_>) {
    let frame = Frame::new().fill(cx.tokens.colors.page).inner_margin(Margin::symmetric(12, 8)).stroke(Stroke::NONE);
    CentralPanel::default().frame(frame).show(ui, |ui| {
        plan::outcome_line_ui(ui, cx, view);
        ui.add_space(space::XS);
        ScrollArea::vertical().id_salt("form and plan").auto_shrink(false).show(ui, |ui| {
            form_ui(ui, cx, view);
            plan::plan_ui(ui, cx, view);
        });
    });
}

fn beside_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &ConnectView<'_>) {
    let form_width = (ui.available_width() * 0.48).clamp(size::FORM_LEAST, size::FORM_MOST);
    let frame = Frame::new().fill(cx.tokens.colors.page).inner_margin(Margin::symmetric(12, 8)).stroke(Stroke::NONE);
    Panel::left("connect form").frame(frame).exact_size(form_width).resizable(false).show(ui, |ui| {
        ScrollArea::vertical().id_salt("form").auto_shrink(false).show(ui, |ui| form_ui(ui, cx, view));
    });
    CentralPanel::default().frame(frame).show(ui, |ui| {
        plan::outcome_ui(ui, cx, view);
        ScrollArea::vertical().id_salt("plan").auto_shrink(false).show(ui, |ui| plan::plan_ui(ui, cx, view));
    });
}

/// The form works on a copy; a changed copy is what the user wants.
fn form_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &ConnectView<'_>) {
    let mut fields = view.profile.clone();
    ui.spacing_mut().item_spacing.y = space::S;
    modem::modem_ui(ui, cx, view);
    let editable = ui.add_enabled_ui(view.is_editable, |ui| {
        ui.spacing_mut().item_spacing.y = space::S;
        broker::broker_ui(ui, cx, view, &mut fields);
        security::security_ui(ui, cx, view, &mut fields);
        sim::sim_ui(ui, cx, view, &mut fields);
        broker::subscriptions_ui(ui, cx, view, &mut fields);
        broker::will_ui(ui, cx, view, &mut fields);
    });
    if !view.is_editable {
        editable.response.on_hover_text(cx.tr("why-not-while-connected"));
    }
    profile::profile_ui(ui, cx, view, &mut fields);
    if fields != *view.profile {
        cx.push(Action::Edit(Edit::Fields(Box::new(fields))));
    }
}

/// What is wrong with `field`. Empty fields are complained of only after the user tried to connect.
fn state(cx: &Cx<'_>, view: &ConnectView<'_>, field: Field) -> FieldState {
    view.problems
        .iter()
        .find(|problem| problem.field == field && (!problem.is_empty || view.screen.was_tried))
        .map_or(FieldState::Fine, |problem| FieldState::Wrong(cx.text(&problem.text)))
}

/// Gives the keyboard to the field, which brings it into sight.
fn jump(ui: &Ui, cx: &Cx<'_>, field: Field) {
    let id = field_id(&cx.text(&field.label()));
    ui.memory_mut(|memory| memory.request_focus(id));
}

/// Below this width form and plan do not stand beside each other.
const STACKED: f32 = 700.0;
