//! How the way to the broker is protected: four cases in words, and only the fields of the chosen one.

use eframe::egui::{Align, Label, Layout, RadioButton, Ui};

use crate::{
    action::{Action, CertificatesAction, Profile, SecurityCase},
    ui::{
        Cx,
        theme::{Tone, size, space},
        widgets::{
            FieldState, Icon, Mark, body, button, card, choice, field_id, form_row, icon_button, in_sight, labelled,
            mark, path_field, quiet_button, small, text_field, toggle,
        },
    },
    view::{
        Page,
        certificates::Severity,
        connect::{ConnectView, Field, SlotView, form, security},
        files::{FileRole, entry_mut},
    },
};

use super::{modem::indented, state};

/// Draws the card.
pub(super) fn security_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &ConnectView<'_>, fields: &mut Profile) {
    card(ui, Some(&cx.tr("security-title")), |ui| {
        ui.spacing_mut().item_spacing.y = space::XS;
        for case in security::CASES {
            let is_chosen = fields.security.case == case;
            let (word, hint) = words(case);
            if ui.add(RadioButton::new(is_chosen, body(cx.tr(word)))).clicked() {
                fields.security.case = case;
            }
            if is_chosen {
                let is_risky = case == SecurityCase::Encrypted;
                let color = if is_risky { Tone::Warn.ink(&cx.tokens) } else { cx.tokens.colors.muted };
                indented(ui, |ui| drop(ui.add(Label::new(small(cx.tr(hint)).color(color)).wrap())));
            }
        }
        if fields.security.case.is_encrypted() {
            encrypted_ui(ui, cx, view, fields);
        }
    });
}

pub(super) const fn words(case: SecurityCase) -> (&'static str, &'static str) {
    match case {
        SecurityCase::Plain => ("security-plain", "security-plain-hint"),
        SecurityCase::Server => ("security-server", "security-server-hint"),
        SecurityCase::Both => ("security-both", "security-both-hint"),
        SecurityCase::Encrypted => ("security-encrypted", "security-encrypted-warning"),
    }
}

fn encrypted_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &ConnectView<'_>, fields: &mut Profile) {
    for slot in &view.slots {
        slot_ui(ui, cx, view, slot, fields);
    }
    if !view.slots.is_empty() {
        ways_ui(ui, cx, view);
    }
    let name = state(cx, view, Field::ServerName);
    text_field(ui, &cx.tr("field-server-name"), &mut fields.security.server_name, fields.host.trim(), &name);
    details_ui(ui, cx, fields);
    if fields.security.case != SecurityCase::Encrypted {
        if let Some(ignores) = toggle(ui, &cx.tr("field-ignore-clock"), fields.security.ignore_clock) {
            fields.security.ignore_clock = ignores;
        }
        if fields.security.ignore_clock {
            let words = small(cx.tr("field-ignore-clock-hint")).color(Tone::Warn.ink(&cx.tokens));
            indented(ui, |ui| drop(ui.add(Label::new(words).wrap())));
        }
    }
}

/// Version, suite and time of the handshake: all of the module's unless one is chosen.
fn details_ui(ui: &mut Ui, cx: &Cx<'_>, fields: &mut Profile) {
    let entry = &mut fields.security;
    let all = cx.tr("tls-all").into_owned();
    let versions: Vec<Option<u8>> = std::iter::once(None).chain(form::VERSIONS.map(|one| Some(one as u8))).collect();
    let suites: Vec<Option<u16>> = std::iter::once(None).chain(form::SUITES.map(|one| Some(one as u16))).collect();
    form_row(ui, &cx.tr("tls-version"), |ui| {
        let word = |wanted: Option<u8>| {
            let known = form::VERSIONS.into_iter().find(|one| Some(*one as u8) == wanted);
            known.map_or_else(|| all.clone(), |one| form::version_name(one).to_owned())
        };
        if let Some(version) = choice(ui, &cx.tr("tls-version"), entry.version, &versions, word) {
            entry.version = version;
        }
    });
    form_row(ui, &cx.tr("tls-suite"), |ui| {
        let word = |wanted: Option<u16>| {
            let known = form::SUITES.into_iter().find(|one| Some(*one as u16) == wanted);
            known.map_or_else(|| all.clone(), |one| form::suite_name(one).to_owned())
        };
        if let Some(suite) = choice(ui, &cx.tr("tls-suite"), entry.suite, &suites, word) {
            entry.suite = suite;
        }
    });
    form_row(ui, &cx.tr("tls-negotiation"), |ui| {
        let word = |seconds: Option<u16>| seconds.map_or_else(|| all.clone(), |seconds| format!("{seconds} s"));
        let times = [None, Some(10), Some(30), Some(60), Some(120), Some(300)];
        if let Some(seconds) = choice(ui, &cx.tr("tls-negotiation"), entry.negotiation_s, &times, word) {
            entry.negotiation_s = seconds;
        }
    });
}

/// Where files come from when there are none, and where they are looked at closely.
fn ways_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &ConnectView<'_>) {
    if view.uses_own_broker {
        under_label(ui, |ui| {
            let response = button(ui, &cx.tr("security-demo"), None);
            if response.on_hover_text(cx.tr("security-demo-hint")).clicked() {
                cx.push(Action::Certificates(CertificatesAction::UseDemo));
            }
        });
    }
    if quiet_button(ui, Icon::Right, &cx.tr("slot-to-certificates"), None).clicked() {
        cx.push(Action::Go(Page::Certificates));
    }
}

/// One place for a file: its path, a button to pick it, and in one line what lies there.
fn slot_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &ConnectView<'_>, slot: &SlotView<'_>, fields: &mut Profile) {
    let label = cx.tr(slot_key(slot.role)).into_owned();
    let entry = entry_mut(&mut fields.security, slot.role);
    let name = state(cx, view, Field::FileName(slot.role));
    let wrong = if name == FieldState::Fine { state(cx, view, Field::File(slot.role)) } else { name };
    if !entry.is_on_module {
        let hint = cx.tr("slot-path-hint").into_owned();
        let pick = cx.tr_args("slot-pick", &[("slot", label.as_str().into())]);
        let mut picks = false;
        let response = labelled(ui, &label, &wrong, |ui| {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                picks = icon_button(ui, Icon::Search, &pick, None).clicked();
                path_field(ui, field_id(&label), &label, &mut entry.path, &hint, f32::INFINITY).response
            })
            .inner
        });
        in_sight(response);
        if picks {
            cx.push(Action::Certificates(CertificatesAction::Pick(slot.role)));
        }
    }
    verdict_ui(ui, cx, slot);
    let words = cx.tr_args("slot-is-on-module", &[("slot", label.into())]);
    under_label(ui, |ui| {
        if let Some(is_on_module) = toggle(ui, &words, entry.is_on_module) {
            entry.is_on_module = is_on_module;
        }
    });
}

fn verdict_ui(ui: &mut Ui, cx: &Cx<'_>, slot: &SlotView<'_>) {
    let Some(verdict) = &slot.verdict else { return };
    let mut words = cx.text(&verdict.text);
    if let Some(concern) = &verdict.concern {
        words = cx.tr_args("slot-concern", &[("what", words.into()), ("concern", cx.text(concern).into())]);
    }
    let shape = match verdict.worst {
        Some(Severity::Bad) => Mark::Failed,
        Some(Severity::Doubt) => Mark::Stale,
        Some(Severity::Note) | None => Mark::Confirmed,
    };
    let ink = if verdict.concern.is_some() { shape.tone().ink(&cx.tokens) } else { cx.tokens.colors.text };
    under_label(ui, |ui| {
        ui.horizontal_top(|ui| {
            mark(ui, shape);
            ui.add(Label::new(small(words).color(ink)).wrap());
        });
    });
}

/// Under the inputs of a form, right of its labels.
fn under_label(ui: &mut Ui, add_contents: impl FnOnce(&mut Ui)) {
    ui.horizontal_top(|ui| {
        ui.add_space(size::LABEL + space::S);
        ui.vertical(add_contents);
    });
}

const fn slot_key(role: FileRole) -> &'static str {
    match role {
        FileRole::Authority => "slot-ca",
        FileRole::ClientCertificate => "slot-certificate-client",
        FileRole::ClientKey => "slot-key-client",
    }
}
