//! Keeping the form under a name.

use eframe::egui::{Id, Modal, TextEdit, Ui, vec2};

use crate::{
    action::{Action, Edit, ProfileAction},
    ui::{
        Cx,
        theme::{size, space},
        widgets::{Icon, body, button, card, muted, named, quiet_button, title},
    },
    view::connect::ConnectView,
};

/// Draws the card.
pub(super) fn profile_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &ConnectView<'_>) {
    card(ui, Some(&cx.tr("profile-title")), |ui| {
        ui.spacing_mut().item_spacing.y = space::XS;
        let mut name = view.screen.name.clone();
        ui.horizontal(|ui| {
            let width = (ui.available_width() - SAVE_WIDTH).max(100.0);
            let hint = muted(&cx.tokens, cx.tr("profile-name-hint"));
            let field = TextEdit::singleline(&mut name).hint_text(hint).desired_width(width);
            if named(ui.add(field.min_size(vec2(0.0, size::CONTROL))), &cx.tr("profile-name")).changed() {
                cx.push(Action::Edit(Edit::ProfileName(name.clone())));
            }
            let why_not = name.trim().is_empty().then(|| cx.tr("profile-why-no-name").into_owned());
            if button(ui, &cx.tr("profile-save"), why_not.as_deref()).clicked() {
                cx.push(Action::Profile(ProfileAction::Save(name.clone())));
            }
        });
        ui.horizontal(|ui| {
            let is_saved = view.profiles.contains(&view.profile.name);
            let why_not = (!is_saved).then(|| cx.tr("profile-why-unsaved").into_owned());
            if quiet_button(ui, Icon::Copy, &cx.tr("profile-duplicate"), why_not.as_deref()).clicked() {
                cx.push(Action::Profile(ProfileAction::Duplicate));
            }
            if quiet_button(ui, Icon::Delete, &cx.tr("profile-delete"), why_not.as_deref()).clicked() {
                cx.push(Action::Profile(ProfileAction::AskDelete(true)));
            }
            if quiet_button(ui, Icon::Add, &cx.tr("profile-new"), None).clicked() {
                cx.push(Action::Profile(ProfileAction::New));
            }
        });
        ui.label(muted(&cx.tokens, cx.tr("profile-hint")));
    });
}

/// Asks before a profile is forgotten.
pub(super) fn delete_ui(ui: &Ui, cx: &mut Cx<'_>, view: &ConnectView<'_>) {
    if !view.screen.asks_delete {
        return;
    }
    let response = Modal::new(Id::unique("delete profile")).show(ui.ctx(), |ui| {
        ui.set_max_width(360.0);
        ui.label(title(cx.tr_args("profile-delete-title", &[("name", view.profile.name.as_str().into())])));
        ui.label(body(cx.tr("profile-delete-hint")));
        ui.add_space(space::M);
        ui.horizontal(|ui| {
            let keeps = button(ui, &cx.tr("profile-delete-no"), None).clicked();
            let deletes = button(ui, &cx.tr("profile-delete-yes"), None).clicked();
            (keeps, deletes)
        })
        .inner
    });
    let (keeps, deletes) = response.inner;
    if deletes {
        cx.push(Action::Profile(ProfileAction::Delete));
    } else if keeps || response.should_close() {
        cx.push(Action::Profile(ProfileAction::AskDelete(false)));
    }
}

const SAVE_WIDTH: f32 = 96.0;
