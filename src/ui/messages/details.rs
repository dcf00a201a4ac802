//! The chosen message: where it went, how far it is, and its payload in four forms.

use eframe::egui::{Align, Label, Layout, ScrollArea, Ui};

use crate::{
    action::Action,
    lang::Arg,
    ui::{
        Cx,
        theme::{Tone, space},
        widgets::{Icon, Mark, body, icon_button, mark_with_word, mono, muted, rule, small},
    },
    view::messages::{Change, Details, MessagesView, PayloadForm, Rendered, grouped, qos_key},
};

use super::{
    change,
    list::{mark_of, way_words},
    small_mono,
};

/// Draws the details.
pub(super) fn details_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &MessagesView<'_>, details: &Details) {
    header_ui(ui, cx, details);
    facts_ui(ui, cx, details);
    ui.add_space(space::XS);
    rule(ui);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        for form in PayloadForm::ALL {
            if ui.selectable_label(view.screen().form == form, cx.tr(form_key(form))).clicked() {
                change(cx, Change::Form(form));
            }
        }
    });
    payload_ui(ui, cx, view.screen().form, details);
}

fn header_ui(ui: &mut Ui, cx: &mut Cx<'_>, details: &Details) {
    let row = &details.row;
    let heading = if row.is_incoming() { "message-received" } else { "message-sent" };
    ui.horizontal(|ui| {
        ui.label(body(cx.tr(heading)).strong());
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if icon_button(ui, Icon::Close, &cx.tr("details-close"), None).clicked() {
                change(cx, Change::Select(None));
            }
            if let Rendered::Shown { text, .. } = &details.payload
                && icon_button(ui, Icon::Copy, &cx.tr("details-copy"), None).clicked()
            {
                cx.push(Action::Copy(text.clone()));
            }
            if icon_button(ui, Icon::Send, &cx.tr("details-reuse"), None).clicked() {
                change(cx, Change::Reuse(row.seq));
            }
        });
    });
    ui.add(Label::new(mono(&row.topic).strong()).wrap().selectable(true));
}

fn facts_ui(ui: &mut Ui, cx: &Cx<'_>, details: &Details) {
    let row = &details.row;
    let bytes = cx.tr_args("bytes", &[("n", Arg::from(grouped(row.bytes as u64)))]);
    let mut facts = vec![row.time.clone(), bytes];
    facts.extend(row.qos.map(|qos| cx.tr(qos_key(qos)).into_owned()));
    if row.retain {
        facts.push(cx.tr("retain").into_owned());
    }
    ui.label(muted(&cx.tokens, facts.join(" · ")));
    if let Some(announced) = row.announced {
        mark_with_word(ui, Mark::Stale, &cx.tr("message-cut"));
        let args = [("announced", Arg::from(grouped(announced as u64)))];
        ui.label(muted(&cx.tokens, cx.tr_args("message-cut-hint", &args)));
    }
    if let Some(way) = &row.way {
        mark_with_word(ui, mark_of(way.stage), &way_words(cx, way));
        ui.label(muted(&cx.tokens, cx.tr(way.stage.hint_key())));
        if let Some(fault) = &way.fault {
            let words = small(cx.text(fault)).color(Tone::Bad.ink(&cx.tokens));
            ui.add(Label::new(words).wrap().selectable(true));
        }
    }
}

fn payload_ui(ui: &mut Ui, cx: &Cx<'_>, form: PayloadForm, details: &Details) {
    let text = match &details.payload {
        Rendered::NotJson(place) => {
            ui.label(muted(&cx.tokens, cx.text(&place.text())));
            return;
        }
        Rendered::Shown { left_out: 0, .. } if details.row.bytes == 0 => {
            ui.label(muted(&cx.tokens, cx.tr("payload-empty")));
            return;
        }
        Rendered::Shown { text, left_out } => {
            if *left_out > 0 {
                let args = [("n", Arg::from(grouped(*left_out as u64)))];
                ui.label(muted(&cx.tokens, cx.tr_args("details-left-out", &args)));
            }
            text
        }
    };
    ScrollArea::both().id_salt("payload").auto_shrink(false).show(ui, |ui| {
        // Columns of a dump must stay columns; everything else is wrapped.
        if form == PayloadForm::Hex {
            ui.add(Label::new(small_mono(text)).selectable(true).extend());
        } else {
            ui.add(Label::new(mono(text)).selectable(true).wrap());
        }
    });
}

fn form_key(form: PayloadForm) -> &'static str {
    match form {
        PayloadForm::Text => "form-text",
        PayloadForm::Json => "form-json",
        PayloadForm::Hex => "form-hex",
        PayloadForm::Base64 => "form-base64",
    }
}
