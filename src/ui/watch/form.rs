//! The form of a watch.

use eframe::egui::{Align2, FontSelection, TextEdit, Ui, vec2};

use super::want;
use crate::{
    action::WatchAction,
    ui::{
        Cx,
        theme::{monospace, size, space, text},
        widgets::{Icon, Mark, choice, icon_button, mark, muted, named, primary_button, small},
    },
    view::watch::{Qos, WatchField, WatchForm, WatchView},
};

/// Draws the form.
pub(super) fn form_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &WatchView<'_>) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        let mut form = view.screen.form.clone();
        fields_ui(ui, cx, view, &mut form);
        if form != view.screen.form {
            want(cx, WatchAction::Form(Box::new(form)));
        }
        ui.vertical(|ui| {
            ui.add_space(LABEL_HEIGHT);
            ui.horizontal(|ui| {
                let why_not = view.wrong.as_ref().map(|(_, why)| cx.text(why));
                if primary_button(ui, &cx.tr("watch-start"), why_not.as_deref()).clicked() {
                    want(cx, WatchAction::Start);
                }
                if icon_button(ui, Icon::Close, &cx.tr("watch-close-form"), None).clicked() {
                    want(cx, WatchAction::ShowForm(false));
                }
            });
        });
    });
    match &view.wrong {
        Some((_, why)) => {
            ui.horizontal(|ui| {
                mark(ui, Mark::Failed);
                ui.label(small(cx.text(why)).color(cx.tokens.colors.bad));
            });
        }
        None => drop(ui.label(muted(&cx.tokens, cx.tr("watch-form-hint")))),
    }
}

fn fields_ui(ui: &mut Ui, cx: &Cx<'_>, view: &WatchView<'_>, form: &mut WatchForm) {
    let is_wrong = |field| view.wrong.as_ref().is_some_and(|(wrong, _)| *wrong == field);
    field_ui(ui, cx, "watch-field-hours", &mut form.hours, 70.0, is_wrong(WatchField::Hours));
    field_ui(ui, cx, "watch-field-publish", &mut form.publish_every, 90.0, is_wrong(WatchField::PublishEvery));
    ui.vertical(|ui| {
        let name = cx.tr("watch-field-qos");
        ui.label(muted(&cx.tokens, name.as_ref()));
        ui.spacing_mut().combo_width = 64.0;
        if let Some(qos) = choice(ui, &name, form.qos, &Qos::ALL, |qos| format!("QoS {}", qos.number())) {
            form.qos = qos;
        }
    });
    field_ui(ui, cx, "watch-field-topic", &mut form.topic, 130.0, is_wrong(WatchField::Topic));
    field_ui(ui, cx, "watch-field-signal", &mut form.signal_every, 90.0, is_wrong(WatchField::SignalEvery));
    field_ui(ui, cx, "watch-field-drops", &mut form.max_drops, 80.0, is_wrong(WatchField::MaxDrops));
}

fn field_ui(ui: &mut Ui, cx: &Cx<'_>, key: &'static str, value: &mut String, width: f32, is_wrong: bool) {
    ui.vertical(|ui| {
        let name = cx.tr(key).into_owned();
        let colors = &cx.tokens.colors;
        ui.label(small(name.as_str()).color(if is_wrong { colors.bad } else { colors.muted }));
        let field = TextEdit::singleline(value)
            .id_salt(key)
            .font(FontSelection::FontId(monospace(text::BODY - 1.0)))
            .text_color(if is_wrong { colors.bad } else { colors.text })
            .align(Align2::LEFT_CENTER)
            .desired_width(width)
            .min_size(vec2(0.0, size::CONTROL));
        named(ui.add(field), &name);
    });
}

/// The height of the labels above the fields.
const LABEL_HEIGHT: f32 = 21.0;
