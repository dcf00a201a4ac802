//! The chosen message: where it went, how far it is, and its payload in several forms.

mod hex;
mod history;
mod json;

use eframe::egui::{Align, Label, Layout, ScrollArea, Ui};

use crate::{
    action::{Action, RecordedAction},
    lang::Arg,
    ui::{
        Cx,
        theme::{Tone, monospace, space, text},
        widgets::{Icon, Mark, body, choice, icon_button, mark_with_word, muted, rule, small, toggle},
    },
    view::messages::{Body, Change, Charset, Details, MessagesView, PayloadForm, Rendered, grouped, qos_key},
};

use super::{
    change,
    list::{mark_of, way_words},
    marked,
};

/// Draws the details.
pub(super) fn details_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &MessagesView<'_>, details: &Details) {
    header_ui(ui, cx, view, details);
    facts_ui(ui, cx, details);
    ui.add_space(space::XS);
    rule(ui);
    let state = &view.screen().details;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        // All of them on one line of the panel at its first width, in both languages.
        ui.spacing_mut().button_padding.x = space::XS + space::HAIR;
        for form in PayloadForm::ALL {
            if ui.selectable_label(state.form == form, cx.tr(form_key(form))).clicked() {
                change(cx, Change::Form(form));
            }
        }
    });
    reading_ui(ui, cx, view, details);
    match state.body() {
        Body::Nothing => {}
        _ if details.row.bytes == 0 && state.form != PayloadForm::History => {
            ui.label(muted(&cx.tokens, cx.tr("payload-empty")));
        }
        Body::Text(rendered) => text_ui(ui, cx, rendered, &view.screen().list.filter.search),
        Body::Json { tree, rows } => json::tree_ui(ui, cx, view, details, (tree.left_out(), rows.len())),
        Body::NotJson(fault) => {
            ui.label(muted(&cx.tokens, cx.text(&fault.text())));
        }
        Body::Hex(rows) => hex::hex_ui(ui, cx, view, *rows),
        Body::Changes(difference) => history::history_ui(ui, cx, view, details, difference.as_ref()),
    }
}

fn header_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &MessagesView<'_>, details: &Details) {
    let row = &details.row;
    let heading = if row.is_incoming() { "message-received" } else { "message-sent" };
    ui.horizontal(|ui| {
        ui.label(body(cx.tr(heading)).strong());
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if icon_button(ui, Icon::Close, &cx.tr("details-close"), None).clicked() {
                change(cx, Change::Select(None));
            }
            if icon_button(ui, Icon::Copy, &cx.tr("details-copy"), None).clicked()
                && let Some(text) = view.copied()
            {
                cx.push(Action::Copy(text));
            }
            if let Some(line) = row.line {
                let name = cx.tr_args("recorded-to-line", &[("line", line.into())]);
                if icon_button(ui, Icon::Terminal, &name, None).clicked() {
                    cx.push(Action::Recorded(RecordedAction::GoToLine(line, None)));
                }
            } else if icon_button(ui, Icon::Send, &cx.tr("details-reuse"), None).clicked() {
                change(cx, Change::Reuse(row.seq));
            }
        });
    });
    let search = view.screen().list.filter.search.as_str();
    let topic = marked(cx, &row.topic, search, monospace(text::BODY - 1.0), cx.tokens.colors.text);
    ui.add(Label::new(topic).wrap().selectable(true));
    if let Some(hits) = view.screen().details.hits() {
        ui.label(muted(&cx.tokens, cx.tr_args("details-hits", &[("n", Arg::from(hits))])));
    }
}

fn facts_ui(ui: &mut Ui, cx: &Cx<'_>, details: &Details) {
    let row = &details.row;
    let bytes = cx.tr_args("bytes", &[("n", Arg::from(grouped(row.bytes as u64)))]);
    let line = row.line.map(|line| cx.tr_args("recorded-time-line", &[("line", line.into())]));
    let time = Some(row.time.clone()).filter(|time| !time.is_empty());
    let mut facts: Vec<String> = time.into_iter().chain(line).chain([bytes]).collect();
    facts.extend(row.qos.map(|qos| cx.tr(qos_key(qos)).into_owned()));
    if row.retain {
        facts.push(cx.tr("retain").into_owned());
    }
    let facts = ui.label(muted(&cx.tokens, facts.join(" · ")));
    if row.is_incoming() {
        facts.on_hover_text(cx.tr("message-received-hint"));
    }
    if let Some(announced) = row.announced {
        mark_with_word(ui, Mark::Stale, &cx.tr("message-cut"));
        let args = [("announced", Arg::from(grouped(announced as u64)))];
        ui.label(muted(&cx.tokens, cx.tr_args("message-cut-hint", &args)));
    }
    if row.is_probably_cut && row.announced.is_none() {
        mark_with_word(ui, Mark::Stale, &cx.tr("message-probably-cut"));
        ui.add(Label::new(muted(&cx.tokens, cx.tr("message-probably-cut-hint"))).wrap());
    }
    if let Some(way) = &row.way {
        mark_with_word(ui, mark_of(way.stage), &way_words(cx, way)).on_hover_text(cx.tr(way.stage.hint_key()));
        if let Some(fault) = &way.fault {
            let words = small(cx.text(fault)).color(Tone::Bad.ink(&cx.tokens));
            ui.add(Label::new(words).wrap().selectable(true));
        }
    }
}

/// In which characters the payload is read, and whether the newest message is followed.
fn reading_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &MessagesView<'_>, details: &Details) {
    let state = &view.screen().details;
    ui.horizontal_wrapped(|ui| {
        // Both on one line of the panel at its first width.
        ui.spacing_mut().combo_width = COMBO_WIDTH;
        if !matches!(state.form, PayloadForm::Hex | PayloadForm::Base64) {
            let name = cx.tr("details-charset");
            let told = cx.tr_args("charset-automatic", &[("charset", Arg::from(charset_words(cx, details.told)))]);
            let words = |choice: Option<Charset>| choice.map_or_else(|| told.clone(), |c| charset_words(cx, c));
            let options = [None, Some(Charset::Utf8), Some(Charset::Gbk), Some(Charset::Binary)];
            if let Some(charset) = choice(ui, &name, details.chosen, &options, words) {
                change(cx, Change::Charset(details.row.seq, charset));
            }
        }
        if let Some(follows) = toggle(ui, &cx.tr("details-follow"), state.follows) {
            change(cx, Change::Follow(follows));
        }
    });
}

fn text_ui(ui: &mut Ui, cx: &Cx<'_>, rendered: &Rendered, search: &str) {
    if rendered.left_out > 0 {
        let args = [("n", Arg::from(grouped(rendered.left_out as u64)))];
        ui.label(muted(&cx.tokens, cx.tr_args("details-left-out", &args)));
    }
    ScrollArea::vertical().id_salt("payload").auto_shrink(false).show(ui, |ui| {
        let words = marked(cx, &rendered.text, search, monospace(text::BODY - 1.0), cx.tokens.colors.text);
        ui.add(Label::new(words).selectable(true).wrap());
    });
}

fn charset_words(cx: &Cx<'_>, charset: Charset) -> String {
    let key = match charset {
        Charset::Utf8 => "charset-utf8",
        Charset::Gbk => "charset-gbk",
        Charset::Binary => "charset-binary",
    };
    cx.tr(key).into_owned()
}

fn form_key(form: PayloadForm) -> &'static str {
    match form {
        PayloadForm::Text => "form-text",
        PayloadForm::Json => "form-json",
        PayloadForm::Hex => "form-hex",
        PayloadForm::Base64 => "form-base64",
        PayloadForm::History => "form-history",
    }
}

const COMBO_WIDTH: f32 = 88.0;
