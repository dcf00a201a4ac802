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
pub(super) fn composer_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &MessagesView<'_>) {
    let mut fields = view.composer.fields.clone();
    address_ui(ui, cx, &mut fields);
    let judged = &view.composer.judged;
    if let Some(problem) = judged.topic.as_ref().map(TopicProblem::text).as_ref().or(view.composer.refusal.as_ref()) {
        field_problem_ui(ui, cx, problem);
    }
    ui.horizontal_top(|ui| {
        let width = (ui.available_width() - SIDE_WIDTH - space::S).max(120.0);
        ui.allocate_ui_with_layout(vec2(width, PAYLOAD_HEIGHT), Layout::top_down(Align::Min), |ui| {
            payload_ui(ui, cx, &mut fields);
        });
        ui.allocate_ui_with_layout(vec2(SIDE_WIDTH, PAYLOAD_HEIGHT), Layout::top_down(Align::Min), |ui| {
            side_ui(ui, cx, view, &mut fields);
        });
    });
    if let Some(problem) = &judged.payload {
        field_problem_ui(ui, cx, &problem.text());
    }
    wire_ui(ui, cx, view);
    if fields != view.composer.fields {
        change(cx, Change::Composer(Box::new(fields)));
    }
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

fn payload_ui(ui: &mut Ui, cx: &Cx<'_>, fields: &mut Composer) {
    ScrollArea::vertical().id_salt("composer payload").max_height(PAYLOAD_HEIGHT).show(ui, |ui| {
        let field = TextEdit::multiline(&mut fields.payload)
            .font(FontSelection::FontId(monospace(text::BODY - 1.0)))
            .hint_text(muted(&cx.tokens, cx.tr(hint_key(fields.format))))
            .desired_rows(PAYLOAD_ROWS)
            .desired_width(f32::INFINITY);
        named(ui.add(field), &cx.tr("composer-payload"));
    });
}

/// Format, bytes and the button.
fn side_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &MessagesView<'_>, fields: &mut Composer) {
    let judged = &view.composer.judged;
    ui.horizontal(|ui| {
        let words = |format| cx.tr(format_key(format)).into_owned();
        if let Some(format) = choice(ui, &cx.tr("composer-format"), fields.format, &PayloadFormat::ALL, words) {
            fields.format = format;
        }
    });
    let is_over = judged.used > judged.limit;
    let args = [("used", Arg::from(grouped(judged.used as u64))), ("limit", Arg::from(grouped(judged.limit as u64)))];
    let tone = if is_over { Tone::Bad } else { Tone::Neutral };
    ui.label(small(cx.tr_args("composer-bytes", &args)).color(tone.ink(&cx.tokens)));
    let draft = view.draft();
    let why_not = draft.as_ref().err().map(|why| cx.text(&why.text()));
    let layout = Layout::top_down_justified(Align::Center);
    let response = ui.with_layout(layout, |ui| primary_button(ui, &cx.tr("publish"), why_not.as_deref())).inner;
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
