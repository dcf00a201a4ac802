//! The Connect page: on the left what is wanted, on the right the plan and what became of it; in a small window the plan
//! stands below the form.

mod broker;
mod files;
mod modem;
mod module;
mod password;
mod plan;
mod profile;
mod security;
mod sim;

use eframe::egui::{Align, Button, CentralPanel, Frame, Label, Margin, Panel, ScrollArea, Stroke, Ui, vec2};

use crate::{
    action::{Action, Edit, Profile},
    view::connect::{ConnectView, Field},
};

use super::{
    Cx,
    theme::{size, space},
    widgets::{FieldState, field_id, locked_ui, muted, named, small},
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
    let is_wide = ui.available_width() > COLUMNS;
    let one = (ui.available_width() * 0.48).clamp(size::FORM_LEAST, size::FORM_MOST);
    let form_width = if is_wide { 2.0 * size::FORM_MOST } else { one };
    let frame = Frame::new().fill(cx.tokens.colors.page).inner_margin(Margin::symmetric(12, 8)).stroke(Stroke::NONE);
    Panel::left("connect form").frame(frame).exact_size(form_width).resizable(false).show(ui, |ui| {
        ScrollArea::vertical().id_salt("form").auto_shrink(false).show(ui, |ui| {
            if is_wide {
                columns_ui(ui, cx, view);
            } else {
                form_ui(ui, cx, view);
            }
        });
    });
    CentralPanel::default().frame(frame).show(ui, |ui| {
        plan::outcome_ui(ui, cx, view);
        ScrollArea::vertical().id_salt("plan").auto_shrink(false).show(ui, |ui| plan::plan_ui(ui, cx, view));
    });
}

/// A part of the form that can be gone to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Section {
    Modem,
    Security,
    Broker,
    Sim,
    Subscriptions,
    Will,
    Profile,
    Module,
}

impl Section {
    const ALL: [Self; 8] = [
        Self::Modem,
        Self::Security,
        Self::Broker,
        Self::Sim,
        Self::Subscriptions,
        Self::Will,
        Self::Profile,
        Self::Module,
    ];

    const fn key(self) -> &'static str {
        match self {
            Self::Modem => "modem-title",
            Self::Security => "security-title",
            Self::Broker => "section-broker",
            Self::Sim => "section-sim",
            Self::Subscriptions => "subscriptions-title",
            Self::Will => "will-title",
            Self::Profile => "top-profile",
            Self::Module => "device-title",
        }
    }
}

/// The form works on a copy; a changed copy is what the user wants.
fn form_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &ConnectView<'_>) {
    let mut fields = view.profile.clone();
    ui.spacing_mut().item_spacing.y = space::S;
    let wanted = links_ui(ui, cx, view);
    sections_ui(ui, cx, view, &mut fields, &Section::ALL, wanted);
    want(cx, view, fields);
}

/// The same in two columns, where the window is wide.
fn columns_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &ConnectView<'_>) {
    let mut fields = view.profile.clone();
    ui.spacing_mut().item_spacing = vec2(space::M, space::S);
    let wanted = links_ui(ui, cx, view);
    ui.columns_const(|[one, other]| {
        sections_ui(one, cx, view, &mut fields, &LEFT, wanted);
        sections_ui(other, cx, view, &mut fields, &RIGHT, wanted);
    });
    want(cx, view, fields);
}

fn want(cx: &mut Cx<'_>, view: &ConnectView<'_>, fields: Profile) {
    if fields != *view.profile {
        cx.push(Action::Edit(Edit::Fields(Box::new(fields))));
    }
}

/// What stands in which of two columns.
const LEFT: [Section; 4] = [Section::Modem, Section::Security, Section::Sim, Section::Module];
const RIGHT: [Section; 4] = [Section::Broker, Section::Subscriptions, Section::Will, Section::Profile];

/// Links to the parts of the form; returns the one that was clicked.
fn links_ui(ui: &mut Ui, cx: &Cx<'_>, view: &ConnectView<'_>) -> Option<Section> {
    let mut wanted = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(space::S, 0.0);
        for section in Section::ALL {
            let word = cx.tr(section.key());
            let name = cx.tr_args("section-link", &[("section", word.as_ref().into())]);
            let link =
                ui.add(Button::new(small(word.as_ref()).color(cx.tokens.colors.accent)).frame_when_inactive(false));
            if named(link, &name).clicked() {
                wanted = Some(section);
            }
        }
    });
    if !view.is_editable {
        ui.add(Label::new(muted(&cx.tokens, cx.tr("form-locked"))).wrap());
    }
    wanted
}

/// Draws some parts of the form, and brings the wanted one into sight.
fn sections_ui(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    view: &ConnectView<'_>,
    fields: &mut Profile,
    sections: &[Section],
    wanted: Option<Section>,
) {
    for section in sections {
        let is_own = matches!(section, Section::Modem | Section::Profile | Section::Module);
        let drawn = locked_ui(ui, view.is_editable || is_own, |ui| {
            ui.spacing_mut().item_spacing.y = space::S;
            match section {
                Section::Modem => modem::modem_ui(ui, cx, view),
                Section::Security => security::security_ui(ui, cx, view, fields),
                Section::Broker => broker::broker_ui(ui, cx, view, fields),
                Section::Sim => sim::sim_ui(ui, cx, view, fields),
                Section::Subscriptions => broker::subscriptions_ui(ui, cx, view, fields),
                Section::Will => broker::will_ui(ui, cx, view, fields),
                Section::Profile => profile::profile_ui(ui, cx, view, fields),
                Section::Module => module::module_ui(ui, cx, view),
            }
        });
        if wanted == Some(*section) {
            drawn.response.scroll_to_me(Some(Align::TOP));
        }
        if !view.is_editable && !is_own {
            drawn.response.on_hover_text(cx.tr("why-not-while-connected"));
        }
    }
}

/// What is wrong with `field`. Empty fields are complained of only after the user tried to connect.
fn state(cx: &Cx<'_>, view: &ConnectView<'_>, field: Field) -> FieldState {
    view.problems
        .iter()
        .find(|problem| problem.field == field && (!problem.is_empty || view.screen.was_tried))
        .map_or_else(|| unsaved(cx, view, field), |problem| FieldState::Wrong(cx.text(&problem.text)))
}

/// What is to be said of a field with which nothing is wrong.
fn unsaved(cx: &Cx<'_>, view: &ConnectView<'_>, field: Field) -> FieldState {
    let told = view.not_saved.iter().find(|(known, _)| *known == field);
    told.map_or(FieldState::Fine, |(_, text)| FieldState::Doubtful(cx.text(text)))
}

/// Gives the keyboard to the field, which brings it into sight.
fn jump(ui: &Ui, cx: &Cx<'_>, field: Field) {
    let id = field_id(&cx.text(&field.label()));
    ui.memory_mut(|memory| memory.request_focus(id));
}

/// From this width on the form has two columns beside the plan.
const COLUMNS: f32 = 1_300.0;
/// Below this width form and plan do not stand beside each other.
const STACKED: f32 = 700.0;
