//! Passwords: their fields, and the question for those that are missing.

use eframe::egui::{Key, Label, Ui};
use zeroize::Zeroizing;

use crate::{
    action::{Action, Password, SecretKind, SecretsAction},
    ui::{
        Cx,
        theme::space,
        widgets::{Answering, FieldState, body, button, dialog, muted, password_field, primary_button, title},
    },
    view::connect::{ConnectView, Keyring, missing},
};

/// The field of one password; returns what was typed. An empty field says what will happen to it.
pub(super) fn field_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    view: &ConnectView<'_>,
    kind: SecretKind,
    held: &Password,
    state: &FieldState,
) -> Option<Password> {
    let mut typed = Zeroizing::new(held.reveal().to_owned());
    let is_needed = view.profile.passwords.has(kind);
    let hint = if is_needed { "password-will-be-asked" } else { "field-optional" };
    let response = password_field(ui, &cx.tr(label(kind)), &mut typed, &cx.tr(hint), state);
    response.changed().then(|| Password::new(std::mem::take(&mut *typed)))
}

const fn label(kind: SecretKind) -> &'static str {
    match kind {
        SecretKind::Login => "field-password",
        SecretKind::AccessPoint => "sim-password",
    }
}

/// Where passwords are kept: the choice where there is one, the reason where there is none.
pub(super) fn keep_ui(ui: &mut Ui, cx: &Cx<'_>, keyring: &Keyring, are_kept: bool) -> Option<bool> {
    let is_ready = *keyring == Keyring::Ready;
    let changed = ui.add_enabled_ui(is_ready, |ui| {
        let mut now = are_kept && is_ready;
        let response = ui.checkbox(&mut now, cx.tr("password-keep"));
        let changed = response.changed().then_some(now);
        let why = match keyring {
            Keyring::Ready => cx.tr("password-keep-hint").into_owned(),
            Keyring::Looking => cx.tr("keyring-looking").into_owned(),
            Keyring::Missing(detail) => cx.tr_args("keyring-missing", &[("detail", detail.as_str().into())]),
        };
        response.on_hover_text(&why).on_disabled_hover_text(why);
        changed
    });
    if let Keyring::Missing(_) = keyring {
        ui.add(Label::new(muted(&cx.tokens, cx.tr("keyring-missing-short"))).wrap());
    }
    changed.inner
}

/// Asks for the passwords that are missing, and connects with them.
pub fn question_ui(ui: &Ui, cx: &mut Cx<'_>, view: &ConnectView<'_>) {
    if !view.screen.asks_secrets {
        return;
    }
    let asked = dialog(ui, "passwords", WIDTH, |ui, answering| {
        ui.spacing_mut().item_spacing.y = space::S;
        let name = if view.profile.name.is_empty() {
            cx.tr("profile-unsaved").into_owned()
        } else {
            view.profile.name.clone()
        };
        ui.label(title(cx.tr_args("ask-title", &[("name", name.into())])));
        ui.add(Label::new(body(cx.tr("ask-hint"))).wrap());
        let is_entered = fields_ui(ui, cx, view, answering);
        if let Some(are_kept) = keep_ui(ui, cx, view.keyring, view.profile.passwords.are_kept) {
            cx.push(Action::Secrets(SecretsAction::Keep(are_kept)));
        }
        buttons_ui(ui, cx, view, (answering, is_entered))
    });
    if asked.inner || asked.is_left {
        cx.push(Action::Secrets(SecretsAction::Cancel));
    }
}

/// The fields; whether Enter was pressed in one.
fn fields_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &ConnectView<'_>, answering: Answering) -> bool {
    let mut is_entered = false;
    for (place, kind) in missing(view.profile, view.secrets).into_iter().enumerate() {
        let mut typed = Zeroizing::new(view.screen.typed.of(kind).reveal().to_owned());
        let name = cx.tr(ask_label(kind)).into_owned();
        let response = password_field(ui, &name, &mut typed, "", &FieldState::Fine);
        // Before the field may get the keyboard back: then it would not have lost it.
        is_entered |= response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        if place == 0 {
            answering.begin_with(&response);
        }
        if response.changed() {
            cx.push(Action::Secrets(SecretsAction::Type(kind, Password::new(std::mem::take(&mut *typed)))));
        }
    }
    is_entered
}

/// The buttons; whether the question was cancelled.
fn buttons_ui(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    view: &ConnectView<'_>,
    (answering, is_entered): (Answering, bool),
) -> bool {
    let is_incomplete = missing(view.profile, view.secrets).iter().any(|kind| view.screen.typed.of(*kind).is_empty());
    let why_not = is_incomplete.then(|| cx.tr("ask-why-empty").into_owned());
    ui.add_space(space::XS);
    ui.horizontal_wrapped(|ui| {
        let connects = answering.is_given(&primary_button(ui, &cx.tr("ask-connect"), why_not.as_deref()));
        if (connects || is_entered) && !is_incomplete {
            cx.push(Action::Secrets(SecretsAction::Connect));
        }
        if button(ui, &cx.tr("ask-without"), None).clicked() {
            cx.push(Action::Secrets(SecretsAction::ConnectWithout));
        }
        button(ui, &cx.tr("ask-cancel"), None).clicked()
    })
    .inner
}

const fn ask_label(kind: SecretKind) -> &'static str {
    match kind {
        SecretKind::Login => "ask-login",
        SecretKind::AccessPoint => "ask-access-point",
    }
}

const WIDTH: f32 = 460.0;
