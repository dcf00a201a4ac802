//! Keeping the form under a name.

use eframe::egui::{Align, Label, Layout, TextEdit, Ui, vec2};

use crate::{
    action::{Action, Edit, FilesAction, Profile, ProfileAction},
    ui::{
        Cx,
        theme::{Tone, size, space},
        widgets::{Icon, badge, body, button, card, dialog, muted, named, quiet_button, title},
    },
    view::connect::{ConnectView, files::FileDialog},
};

use super::password;

/// Draws the card.
pub(super) fn profile_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &ConnectView<'_>, fields: &mut Profile) {
    card(ui, None, |ui| {
        ui.spacing_mut().item_spacing.y = space::XS;
        ui.horizontal(|ui| {
            ui.label(body(cx.tr("profile-title")).strong());
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if view.is_changed {
                    badge(ui, Tone::Warn, &cx.tr("profile-changed"));
                }
            });
        });
        name_ui(ui, cx, view);
        if let Some(are_kept) = password::keep_ui(ui, cx, view.keyring, fields.passwords.are_kept) {
            fields.passwords.are_kept = are_kept;
        }
        ui.horizontal_wrapped(|ui| saved_ui(ui, cx, view));
        ui.horizontal_wrapped(|ui| files_ui(ui, cx, view));
        ui.add(Label::new(muted(&cx.tokens, cx.tr("profile-hint"))).wrap());
    });
}

/// The name, and saving and renaming under it.
fn name_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &ConnectView<'_>) {
    let mut name = view.screen.name.clone();
    ui.horizontal(|ui| {
        let hint = muted(&cx.tokens, cx.tr("profile-name-hint"));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if button(ui, &cx.tr("profile-rename"), why_no_rename(cx, view).as_deref()).clicked() {
                cx.push(Action::Profile(ProfileAction::Rename(name.clone())));
            }
            let why_not = name.trim().is_empty().then(|| cx.tr("profile-why-no-name").into_owned());
            if button(ui, &cx.tr("profile-save"), why_not.as_deref()).clicked() {
                cx.push(Action::Profile(ProfileAction::Save(name.clone())));
            }
            let field =
                TextEdit::singleline(&mut name).id_salt("profile name").hint_text(hint).desired_width(f32::INFINITY);
            if named(ui.add(field.min_size(vec2(0.0, size::CONTROL))), &cx.tr("profile-name")).changed() {
                cx.push(Action::Edit(Edit::ProfileName(name.clone())));
            }
        });
    });
}

fn why_no_rename(cx: &Cx<'_>, view: &ConnectView<'_>) -> Option<String> {
    let name = view.screen.name.trim();
    let key = if name.is_empty() {
        "profile-why-no-name"
    } else if !view.profiles.contains(&view.profile.name) {
        "profile-why-unsaved"
    } else if name == view.profile.name {
        "profile-why-same-name"
    } else if view.profiles.iter().any(|saved| saved == name) {
        "profile-why-taken"
    } else {
        return None;
    };
    Some(cx.tr(key).into_owned())
}

fn saved_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &ConnectView<'_>) {
    let is_saved = view.profiles.contains(&view.profile.name);
    let why_not = (!is_saved).then(|| cx.tr("profile-why-unsaved").into_owned());
    if quiet_button(ui, Icon::Copy, &cx.tr("profile-duplicate"), why_not.as_deref()).clicked() {
        cx.push(Action::Profile(ProfileAction::Duplicate));
    }
    if quiet_button(ui, Icon::Delete, &cx.tr("profile-delete"), why_not.as_deref()).clicked() {
        cx.push(Action::Profile(ProfileAction::AskDelete(true)));
    }
    let why_not = (!view.is_editable).then(|| cx.tr("why-not-while-connected").into_owned());
    if quiet_button(ui, Icon::Add, &cx.tr("profile-new"), why_not.as_deref()).clicked() {
        cx.push(Action::Profile(ProfileAction::New));
    }
}

fn files_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &ConnectView<'_>) {
    let mut open = |dialog| cx.actions.push(Action::Profile(ProfileAction::Files(FilesAction::Open(Some(dialog)))));
    if quiet_button(ui, Icon::Down, &cx.lang.tr("profile-import"), None).clicked() {
        open(FileDialog::Import);
    }
    if quiet_button(ui, Icon::Export, &cx.lang.tr("profile-export"), None).clicked() {
        open(FileDialog::Export);
    }
    let why_not = (!view.can_be_joined).then(|| cx.lang.tr("mqttx-why-no-address").into_owned());
    if quiet_button(ui, Icon::Export, &cx.lang.tr("profile-mqttx"), why_not.as_deref()).clicked() {
        open(FileDialog::Mqttx);
    }
}

/// Asks before a profile is forgotten.
pub(super) fn delete_ui(ui: &Ui, cx: &mut Cx<'_>, view: &ConnectView<'_>) {
    if !view.screen.asks_delete {
        return;
    }
    let asked = dialog(ui, "delete profile", DELETE_WIDTH, |ui, answering| {
        ui.label(title(cx.tr_args("profile-delete-title", &[("name", view.profile.name.as_str().into())])));
        ui.label(body(cx.tr("profile-delete-hint")));
        ui.add_space(space::M);
        ui.horizontal(|ui| {
            let keeps = button(ui, &cx.tr("profile-delete-no"), None);
            answering.begin_with(&keeps);
            (answering.is_given(&keeps), button(ui, &cx.tr("profile-delete-yes"), None).clicked())
        })
        .inner
    });
    let (keeps, deletes) = asked.inner;
    if deletes {
        cx.push(Action::Profile(ProfileAction::Delete));
    } else if keeps || asked.is_left {
        cx.push(Action::Profile(ProfileAction::AskDelete(false)));
    }
}

const DELETE_WIDTH: f32 = 360.0;
