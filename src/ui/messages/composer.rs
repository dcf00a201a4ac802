//! The composer: what to publish, what is wrong with it, and what it will put on the wire.

use eframe::egui::{Align, FontSelection, Label, Layout, ScrollArea, TextEdit, Ui, vec2};

use crate::{
    action::{Action, MessagesAction},
    lang::Arg,
    ui::{
        Cx,
        theme::{Tone, monospace, size, space, text},
        widgets::{choice, muted, primary_button, small, toggle},
    },
    view::messages::{Change, Composer, MessagesView, PayloadFormat, Qos, TopicProblem, grouped, qos_key},
};

use super::{change, field_problem_ui, line, named, small_mono};

/// Draws the composer.
pub(super) fn composer_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &MessagesView<'_>, is_low: bool) {
    let mut fields = view.composer.fields.clone();
    address_ui(ui, cx, &mut fields);
    let judged = &view.composer.judged;
    if let Some(problem) = judged.topic.as_ref().map(TopicProblem::text).as_ref().or(view.composer.refusal.as_ref()) {
        field_problem_ui(ui, cx, problem);
    }
    if is_low {
        low_ui(ui, cx, view, &mut fields);
    } else {
        tall_ui(ui, cx, view, &mut fields);
    }
    if let Some(problem) = &judged.payload {
        field_problem_ui(ui, cx, &problem.text());
    }
    wire_ui(ui, cx, view);
    if fields != view.composer.fields {
        change(cx, Change::Composer(Box::new(fields)));
    }
}

/// The payload over four lines, with format, bytes and button beside it.
fn tall_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &MessagesView<'_>, fields: &mut Composer) {
    ui.horizontal_top(|ui| {
        let width = (ui.available_width() - SIDE_WIDTH - space::S).max(120.0);
        ui.allocate_ui_with_layout(vec2(width, PAYLOAD_HEIGHT), Layout::top_down(Align::Min), |ui| {
            payload_ui(ui, cx, fields, PAYLOAD_ROWS, PAYLOAD_HEIGHT);
        });
        ui.allocate_ui_with_layout(vec2(SIDE_WIDTH, PAYLOAD_HEIGHT), Layout::top_down(Align::Min), |ui| {
            format_ui(ui, cx, fields);
            bytes_ui(ui, cx, view);
            let layout = Layout::top_down_justified(Align::Center);
            ui.with_layout(layout, |ui| publish_ui(ui, cx, view));
        });
    });
}

/// Everything on one line, where the page is low.
fn low_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &MessagesView<'_>, fields: &mut Composer) {
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            publish_ui(ui, cx, view);
            bytes_ui(ui, cx, view);
            format_ui(ui, cx, fields);
            let area = vec2(ui.available_width(), size::CONTROL);
            ui.allocate_ui_with_layout(area, Layout::top_down(Align::Min), |ui| {
                payload_ui(ui, cx, fields, 1, size::CONTROL);
            });
        });
    });
}

/// Topic, QoS and retain on one line.
fn address_ui(ui: &mut Ui, cx: &Cx<'_>, fields: &mut Composer) {
    ui.horizontal(|ui| {
        let label = ui.label(muted(&cx.tokens, cx.tr("composer-topic")));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if let Some(retain) = toggle(ui, &cx.tr("retain"), fields.retain) {
                fields.retain = retain;
            }
            let words = |qos| cx.tr(qos_key(qos)).into_owned();
            if let Some(qos) = choice(ui, &cx.tr("composer-qos"), fields.qos, &Qos::ALL, words) {
                fields.qos = qos;
            }
            let field = line(&mut fields.topic)
                .font(FontSelection::FontId(monospace(text::BODY - 1.0)))
                .desired_width(ui.available_width());
            ui.add(field).labelled_by(label.id);
        });
    });
}

fn payload_ui(ui: &mut Ui, cx: &Cx<'_>, fields: &mut Composer, rows: usize, height: f32) {
    ScrollArea::vertical().id_salt("composer payload").max_height(height).show(ui, |ui| {
        let field = TextEdit::multiline(&mut fields.payload)
            .font(FontSelection::FontId(monospace(text::BODY - 1.0)))
            .hint_text(muted(&cx.tokens, cx.tr(hint_key(fields.format))))
            .desired_rows(rows)
            .desired_width(f32::INFINITY);
        named(ui.add(field), &cx.tr("composer-payload"));
    });
}

fn format_ui(ui: &mut Ui, cx: &Cx<'_>, fields: &mut Composer) {
    let words = |format| cx.tr(format_key(format)).into_owned();
    if let Some(format) = choice(ui, &cx.tr("composer-format"), fields.format, &PayloadFormat::ALL, words) {
        fields.format = format;
    }
}

/// Bytes used of those the module takes.
fn bytes_ui(ui: &mut Ui, cx: &Cx<'_>, view: &MessagesView<'_>) {
    let judged = &view.composer.judged;
    let args = [("used", Arg::from(grouped(judged.used as u64))), ("limit", Arg::from(grouped(judged.limit as u64)))];
    let tone = if judged.used > judged.limit { Tone::Bad } else { Tone::Neutral };
    ui.label(small(cx.tr_args("composer-bytes", &args)).color(tone.ink(&cx.tokens)));
}

fn publish_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &MessagesView<'_>) {
    let draft = view.draft();
    let why_not = draft.as_ref().err().map(|why| cx.text(&why.text()));
    let response = primary_button(ui, &cx.tr("publish"), why_not.as_deref());
    let response = response.on_hover_text(cx.tr("publish-hint"));
    if response.clicked()
        && let Ok(draft) = draft
    {
        cx.push(Action::Messages(MessagesAction::Publish(draft.clone())));
    }
}

/// The lines that publishing puts on the wire.
fn wire_ui(ui: &mut Ui, cx: &Cx<'_>, view: &MessagesView<'_>) {
    ui.horizontal(|ui| {
        ui.set_min_height(size::ICON);
        ui.label(muted(&cx.tokens, cx.tr("composer-wire")));
        let Some(wire) = &view.composer.wire else {
            ui.label(muted(&cx.tokens, "–"));
            return;
        };
        let words = match &wire.data {
            Some(data) => format!("{}  > {data}", wire.line),
            None => wire.line.clone(),
        };
        let shown = small_mono(words.as_str()).color(cx.tokens.colors.wire_sent);
        ui.add(Label::new(shown).truncate().selectable(true)).on_hover_text(words);
    });
}

fn format_key(format: PayloadFormat) -> &'static str {
    match format {
        PayloadFormat::Text => "form-text",
        PayloadFormat::Json => "form-json",
        PayloadFormat::Hex => "form-hex",
        PayloadFormat::Base64 => "form-base64",
    }
}

fn hint_key(format: PayloadFormat) -> &'static str {
    match format {
        PayloadFormat::Text => "composer-hint-text",
        PayloadFormat::Json => "composer-hint-json",
        PayloadFormat::Hex => "composer-hint-hex",
        PayloadFormat::Base64 => "composer-hint-base64",
    }
}

const SIDE_WIDTH: f32 = 132.0;
const PAYLOAD_ROWS: usize = 4;
const PAYLOAD_HEIGHT: f32 = 84.0;
