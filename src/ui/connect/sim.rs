//! The SIM card: a public one needs nothing, one of a private network has an access point of its own.

use eframe::egui::{Label, RadioButton, Ui};

use crate::{
    action::{AccessCheck, Action, Edit, Profile, SecretKind},
    ui::{
        Cx,
        theme::{Tone, space},
        widgets::{body, card, choice, form_row, muted, small, text_field},
    },
    view::connect::{ConnectView, Field},
};

use super::{modem::indented, password, state};

/// Draws the card.
pub(super) fn sim_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &ConnectView<'_>, fields: &mut Profile) {
    card(ui, Some(&cx.tr("sim-title")), |ui| {
        ui.spacing_mut().item_spacing.y = space::XS;
        if ui.add(RadioButton::new(!fields.sim.is_private, body(cx.tr("sim-public")))).clicked() {
            fields.sim.is_private = false;
        }
        if !fields.sim.is_private {
            indented(ui, |ui| drop(ui.label(muted(&cx.tokens, cx.tr("sim-public-hint")))));
        }
        if ui.add(RadioButton::new(fields.sim.is_private, body(cx.tr("sim-private")))).clicked() {
            fields.sim.is_private = true;
        }
        if fields.sim.is_private {
            private_ui(ui, cx, view, fields);
        }
    });
}

fn private_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &ConnectView<'_>, fields: &mut Profile) {
    let sim = &mut fields.sim;
    let name = state(cx, view, Field::AccessPoint);
    text_field(ui, &cx.tr("sim-apn"), &mut sim.access_point, &cx.tr("sim-apn-hint"), &name);
    form_row(ui, &cx.tr("sim-check"), |ui| {
        let word = |check| cx.tr(check_key(check)).into_owned();
        if let Some(check) = choice(ui, &cx.tr("sim-check"), sim.check, &AccessCheck::ALL, word) {
            sim.check = check;
        }
    });
    if sim.check != AccessCheck::None {
        let optional = cx.tr("field-optional").into_owned();
        text_field(ui, &cx.tr("sim-user"), &mut sim.user, &optional, &state(cx, view, Field::AccessUser));
        let wrong = state(cx, view, Field::AccessPassword);
        if let Some(typed) =
            password::field_ui(ui, cx, view, SecretKind::AccessPoint, &view.secrets.access_point, &wrong)
        {
            cx.push(Action::Edit(Edit::Secret(SecretKind::AccessPoint, typed)));
        }
    }
    ui.add(Label::new(small(cx.tr("sim-private-warning")).color(Tone::Warn.ink(&cx.tokens))).wrap());
}

const fn check_key(check: AccessCheck) -> &'static str {
    match check {
        AccessCheck::Chap => "sim-check-chap",
        AccessCheck::Pap => "sim-check-pap",
        AccessCheck::None => "sim-check-none",
    }
}
