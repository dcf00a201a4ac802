//! One of the three places for files.

use eframe::egui::{Align2, FontSelection, Label, TextEdit, Ui};

use crate::{
    action::{CertificatesAction, Profile},
    lang::Text,
    ui::{
        Cx, file_path_id,
        theme::{Tone, monospace, size, space, text},
        widgets::{
            Icon, Mark, badge, body, card, icon_button, key_value, locked_ui, mark, mark_with_word, mono, muted, named,
            path_field, small,
        },
    },
    view::{
        certificates::{
            CertificateView, CertificatesView, ConcernView, ItemView, Severity, SlotState, SlotView, role_key,
        },
        files::entry_mut,
    },
};

use super::{MARK, repair, sentence_ui, shape, tone, validity, want, word};

/// Draws the place; typed text goes to `fields`.
pub(super) fn slot_ui(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    view: &CertificatesView<'_>,
    slot: &SlotView,
    fields: &mut Profile,
) {
    card(ui, None, |ui| {
        ui.spacing_mut().item_spacing.y = space::XS;
        head_ui(ui, cx, slot);
        let why_not = view.why_not_edit.as_ref().map(|why| cx.text(why));
        let inner = locked_ui(ui, why_not.is_none(), |ui| input_ui(ui, cx, view, slot, fields));
        if let Some(why) = &why_not {
            inner.response.on_hover_text(why);
        }
        match &slot.state {
            SlotState::Unreadable(why) => {
                sentence_ui(ui, cx, Severity::Bad, why);
            }
            SlotState::Read { what, .. } => content_ui(ui, cx, slot, what),
            SlotState::Empty | SlotState::OnModule | SlotState::Reading => {}
        }
    });
}

/// The title with what the place is for and how its file stands.
fn head_ui(ui: &mut Ui, cx: &Cx<'_>, slot: &SlotView) {
    ui.horizontal(|ui| {
        ui.label(body(cx.tr(role_key(slot.role))).strong());
        let (shape, key) = match &slot.state {
            SlotState::Empty if slot.is_needed => (Mark::Unknown, "slot-wanted"),
            SlotState::Empty => (Mark::NotNeeded, "slot-not-needed"),
            SlotState::OnModule => (Mark::Accepted, "certs-slot-on-module"),
            SlotState::Reading => (Mark::Trying, "form-file-reading"),
            SlotState::Unreadable(_) => (Mark::Failed, "slot-unreadable"),
            SlotState::Read { worst: None, .. } => (Mark::Confirmed, "slot-good"),
            SlotState::Read { worst: Some(severity), .. } => match severity {
                Severity::Note => (Mark::Confirmed, "slot-good-with-notes"),
                worse => (shape(*worse), word(*worse)),
            },
        };
        mark_with_word(ui, shape, &cx.tr(key));
    });
}

fn input_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &CertificatesView<'_>, slot: &SlotView, fields: &mut Profile) {
    let role_words = cx.tr(role_key(slot.role)).into_owned();
    let role = [("role", role_words.as_str().into())];
    let entry = entry_mut(&mut fields.security, slot.role);
    if !slot.is_on_module {
        ui.horizontal(|ui| {
            let width = (ui.available_width() - PICK_WIDTH).max(120.0);
            let (id, name) = (file_path_id(slot.role), cx.tr_args("slot-path", &role));
            path_field(ui, id, &name, &mut entry.path, &cx.tr("certs-slot-path-hint"), width);
            let why_not = view.screen.picks.map(|_| cx.tr("slot-why-picking").into_owned());
            let name = cx.tr_args("certs-slot-pick", &role);
            if icon_button(ui, Icon::Folder, &name, why_not.as_deref()).clicked() {
                want(cx, CertificatesAction::Pick(slot.role));
            }
        });
    }
    ui.horizontal(|ui| {
        ui.label(muted(&cx.tokens, cx.tr("slot-name-label")));
        let field = TextEdit::singleline(&mut entry.name)
            .id_salt(("name", slot.role))
            .font(FontSelection::FontId(monospace(text::SMALL)))
            .align(Align2::LEFT_CENTER)
            .desired_width(NAME_WIDTH);
        named(ui.add(field), &cx.tr_args("slot-name", &role));
        let word = cx.tr("slot-use-module");
        let response = ui.checkbox(&mut entry.is_on_module, word.as_ref());
        named(response, &cx.tr_args("slot-use-module-name", &role));
    });
}

fn content_ui(ui: &mut Ui, cx: &mut Cx<'_>, slot: &SlotView, what: &Text) {
    ui.spacing_mut().interact_size.y = size::ICON;
    ui.label(muted(&cx.tokens, cx.text(what)));
    for item in &slot.items {
        match item {
            ItemView::Certificate(facts) => certificate_ui(ui, cx, facts),
            ItemView::Key(text) => {
                ui.horizontal_wrapped(|ui| {
                    ui.label(mono(cx.text(text)));
                    badge(ui, Tone::Busy, &cx.tr("slot-secret"));
                });
            }
            ItemView::Other(text) => drop(ui.label(mono(cx.text(text)))),
        }
    }
    if slot.more_items > 0 {
        ui.label(muted(&cx.tokens, cx.tr_args("slot-more-items", &[("count", slot.more_items.into())])));
    }
    for concern in &slot.concerns {
        concern_ui(ui, cx, concern);
    }
    if let Some(found) = &slot.repair {
        repair::repair_ui(ui, cx, slot.role, found);
    }
}

fn certificate_ui(ui: &mut Ui, cx: &Cx<'_>, facts: &CertificateView) {
    ui.add_space(space::HAIR);
    key_value(ui, &cx.tr("certificate-subject"), &facts.subject)
        .on_hover_text(format!("SHA-256 {}", facts.fingerprint));
    match &facts.issuer {
        Some(issuer) => drop(key_value(ui, &cx.tr("certificate-issuer"), issuer)),
        None => drop(ui.label(muted(&cx.tokens, cx.tr("certificate-self-issued")))),
    }
    if !facts.names.is_empty() {
        key_value(ui, &cx.tr("certificate-names"), &facts.names);
    }
    ui.label(muted(&cx.tokens, cx.text(&facts.key)));
    if let Some(dates) = &facts.validity {
        validity::validity_ui(ui, cx, dates);
    }
}

/// Shape, what it is, and below it what to do.
fn concern_ui(ui: &mut Ui, cx: &Cx<'_>, concern: &ConcernView) {
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        mark(ui, shape(concern.severity)).on_hover_text(cx.tr(word(concern.severity)));
        ui.vertical(|ui| {
            ui.set_width(ui.available_width() - MARK);
            ui.spacing_mut().item_spacing.y = space::HAIR;
            let ink = tone(concern.severity).ink(&cx.tokens);
            let words = format!("{}: {}", cx.tr(word(concern.severity)), cx.text(&concern.text));
            ui.add(Label::new(small(words).color(ink)).wrap().selectable(true));
            ui.add(Label::new(muted(&cx.tokens, cx.text(&concern.advice))).wrap().selectable(true));
        });
    });
}

const NAME_WIDTH: f32 = 110.0;
/// The button that opens a file dialog, with the blanks around it.
const PICK_WIDTH: f32 = 56.0;
